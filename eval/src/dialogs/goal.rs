//! What a simulated customer wants, drawn from a seed, and whether an appointment is that.

use jiff::{
    ToSpan as _, Zoned,
    civil::{Date, DateTime, Time},
};
use rand::{Rng, RngExt as _, seq::IndexedRandom as _};
use testkit::shop::Shop;

use super::speech::TimeWish;

/// How far the customer bends when what they want is not free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flexibility {
    /// This or nothing.
    None,
    /// Another time that day.
    SameDay,
    /// Any time within a week.
    AnyDay,
}

/// What they want it done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An appointment.
    Book,
    /// The one they have, at another time.
    Move,
    /// The one they have, gone.
    Cancel,
}

impl Kind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Move => "move",
            Self::Cancel => "cancel",
        }
    }
}

/// What a customer wants. Services and people are by position in the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Goal {
    pub(super) kind: Kind,
    pub(super) service: usize,
    pub(super) staff: Option<usize>,
    pub(super) day: Date,
    pub(super) time: TimeWish,
    pub(super) party: u16,
    pub(super) flexibility: Flexibility,
}

impl Goal {
    /// A goal that the shop's timetable allows, unless somebody else is there already.
    pub(super) fn draw(kind: Kind, shop: &Shop, today: Date, rng: &mut impl Rng) -> Self {
        let service = rng.random_range(0..shop.services.len());
        let named = shop.vertical != "restaurant" && rng.random_bool(0.5);
        let does: Vec<usize> = (0..shop.leads.len())
            .filter(|lead| shop.leads[*lead].does.contains(&service))
            .collect();
        let staff = if named && kind == Kind::Book { does.choose(rng).copied() } else { None };
        let flexibility = match rng.random_range(0..3) {
            0 => Flexibility::None,
            1 => Flexibility::SameDay,
            _ => Flexibility::AnyDay,
        };
        Self {
            kind,
            service,
            staff,
            day: open_day(shop, today, rng),
            time: time(shop, service, rng),
            party: if shop.vertical == "restaurant" { rng.random_range(1..=6) } else { 1 },
            flexibility,
        }
    }

    /// The same with one thing changed, for somebody who changes their mind.
    pub(super) fn changed(self, shop: &Shop, today: Date, rng: &mut impl Rng) -> Self {
        let mut other = self;
        for _ in 0..20 {
            match rng.random_range(0..3) {
                0 => other.day = open_day(shop, today, rng),
                1 => other.time = TimeWish::At(exact(shop, self.service, rng)),
                _ if shop.vertical == "restaurant" => other.party = rng.random_range(1..=6),
                _ => other.day = open_day(shop, today, rng),
            }
            if other != self {
                break;
            }
        }
        other
    }

    /// The exact start wanted, where one is.
    pub(super) fn start(&self) -> Option<DateTime> {
        match self.time {
            TimeWish::At(time) => Some(self.day.to_datetime(time)),
            _ => None,
        }
    }

    /// Whether this is what was wanted.
    pub(super) fn is_met(&self, start: &Zoned, staff: usize) -> bool {
        self.fits_staff(staff) && start.date() == self.day && fits(self.time, start.time())
    }

    /// Whether it will do.
    pub(super) fn accepts(&self, start: &Zoned, staff: usize) -> bool {
        let ahead = (start.date() - self.day).get_days();
        self.is_met(start, staff)
            || self.fits_staff(staff)
                && match self.flexibility {
                    Flexibility::None => false,
                    Flexibility::SameDay => ahead == 0,
                    Flexibility::AnyDay => (-7..=7).contains(&ahead),
                }
    }

    fn fits_staff(&self, staff: usize) -> bool {
        self.staff.is_none_or(|wanted| wanted == staff)
    }
}

/// Parts of the day as people mean them, edges generous.
fn fits(wish: TimeWish, time: Time) -> bool {
    let hour = f64::from(time.hour()) + f64::from(time.minute()) / 60.0;
    match wish {
        TimeWish::At(at) => at == time,
        TimeWish::Morning => hour <= 12.0,
        TimeWish::Afternoon => (12.0..=20.0).contains(&hour),
        TimeWish::Evening => hour >= 18.0,
        TimeWish::After(at) => at <= time,
        TimeWish::Before(at) => time <= at,
        TimeWish::Between(from, until) => from <= time && time <= until,
    }
}

fn open_day(shop: &Shop, today: Date, rng: &mut impl Rng) -> Date {
    let days: Vec<Date> = (1..=9)
        .map(|n: i64| today.saturating_add(n.days()))
        .filter(|day| !shop.closed.contains(&day.weekday()))
        .collect();
    days.choose(rng).copied().unwrap_or(today)
}

/// A start on the half hour at which the service ends before the doors close.
fn exact(shop: &Shop, service: usize, rng: &mut impl Rng) -> Time {
    let minutes = i16::try_from(shop.services[service].minutes).unwrap_or(60);
    let starts: Vec<i16> = shop
        .hours
        .iter()
        .flat_map(|(from, until)| {
            let (from, until) = (*from as i16 * 60, *until as i16 * 60);
            (from..=until - minutes).step_by(30)
        })
        .collect();
    clock(starts.choose(rng).copied().unwrap_or(600))
}

fn clock(minute: i16) -> Time {
    let part = |value: i16| i8::try_from(value).unwrap_or(0);
    Time::constant(part(minute / 60), part(minute % 60), 0, 0)
}

fn time(shop: &Shop, service: usize, rng: &mut impl Rng) -> TimeWish {
    let at = exact(shop, service, rng);
    let whole = Time::constant(at.hour(), 0, 0, 0);
    let is_late = at.hour() >= 18;
    match rng.random_range(0..20) {
        0..10 => TimeWish::At(at),
        10..14 if at.hour() < 12 => TimeWish::Morning,
        10..14 if is_late => TimeWish::Evening,
        10..14 => TimeWish::Afternoon,
        14..17 => TimeWish::After(whole),
        17..19 => {
            let until = Time::constant((at.hour() + 1).min(23), 0, 0, 0);
            TimeWish::Before(until)
        }
        _ => TimeWish::Between(whole, Time::constant((at.hour() + 2).min(23), 0, 0, 0)),
    }
}
