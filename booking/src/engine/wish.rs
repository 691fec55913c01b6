//! What somebody would like, as a set of constraints; and a few placements that obey it.

use jiff::{
    SignedDuration, Timestamp, Zoned,
    civil::{Date, DateTime, Weekday},
    tz::TimeZone,
};
use kernel::TimeRange;

use super::visit::Placement;
use crate::TimeOfDay;

/// Constraints on the start and on who does it. An empty list constrains nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// In which days and times of day are meant: the zone of the business, or of the customer.
    pub zone: TimeZone,
    /// Starts inside one of these.
    pub windows: Vec<Window>,
    /// Starts on one of these.
    pub weekdays: Vec<Weekday>,
    /// Does not start on these.
    pub excluded_days: Vec<Date>,
    /// Starts within one of these.
    pub times_of_day: Vec<TimeOfDay>,
    /// Every segment is led by one of these; indices into the visit's timetables.
    pub any_of: Vec<usize>,
    /// Nobody of these has any part in it; indices into the visit's timetables.
    pub none_of: Vec<usize>,
    /// Starts at this instant or later.
    pub not_before: Option<Timestamp>,
    /// Starts before this instant.
    pub not_after: Option<Timestamp>,
    /// What matters besides.
    pub order: Order,
    /// Close to this, if possible; that then matters instead of how early it is.
    pub near: Option<Timestamp>,
    /// The shortest time that is of use to the business, buffers included: less of it beside a
    /// claim or the edge of opening hours is a gap that nobody can book.
    pub shortest: SignedDuration,
}

/// A stretch in which a visit may start, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// By the clock on the wall, in the wish's zone.
    Local {
        /// The first time inside.
        from: DateTime,
        /// The first time after.
        until: DateTime,
    },
    /// By instants.
    Between(TimeRange),
}

/// What matters among placements that obey a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The first offer is the very earliest; the others are early, and apart from each other.
    Earliest,
    /// Early counts, but so do a day without holes and a choice of days.
    #[default]
    Best,
}

/// A placement worth offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is offered.
    pub placement: Placement,
    /// What spoke for it, for the trace.
    pub why: Why,
}

/// What spoke for an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// No other starts earlier.
    Earliest,
    /// Nothing is nearer to the time that was wanted.
    Nearest,
    /// It leaves no useless gap, where an earlier one would.
    NoGap,
    /// The best of a day that had no offer yet.
    OtherDay,
    /// The best of a part of the day that had no offer yet.
    OtherTime,
    /// The best with somebody who had no offer yet.
    OtherLead,
    /// The best of what was left.
    Next,
}

impl Wish {
    /// Anything at all, by the clocks of `zone`.
    #[must_use]
    pub fn anything(zone: TimeZone) -> Self {
        Self {
            zone,
            windows: Vec::new(),
            weekdays: Vec::new(),
            excluded_days: Vec::new(),
            times_of_day: Vec::new(),
            any_of: Vec::new(),
            none_of: Vec::new(),
            not_before: None,
            not_after: None,
            order: Order::default(),
            near: None,
            shortest: SignedDuration::ZERO,
        }
    }

    /// Whether a placement obeys every constraint.
    #[must_use]
    pub fn admits(&self, placement: &Placement) -> bool {
        self.admits_start(placement.starts_at())
            && placement.segments.iter().all(|placed| {
                (self.any_of.is_empty() || self.any_of.contains(&placed.resource))
                    && !self.none_of.contains(&placed.resource)
                    && !placed.others.iter().any(|other| self.none_of.contains(other))
            })
    }

    /// Whether a start obeys every constraint on when.
    #[must_use]
    pub fn admits_start(&self, start: Timestamp) -> bool {
        let wall = self.zone.to_datetime(start);
        let inside = |window: &Window| match window {
            Window::Local { from, until } => *from <= wall && wall < *until,
            Window::Between(range) => range.contains(start),
        };
        (self.windows.is_empty() || self.windows.iter().any(inside))
            && (self.weekdays.is_empty() || self.weekdays.contains(&wall.weekday()))
            && !self.excluded_days.contains(&wall.date())
            && (self.times_of_day.is_empty()
                || self.times_of_day.iter().any(|times| times.contains(wall.time())))
            && self.not_before.is_none_or(|first| first <= start)
            && self.not_after.is_none_or(|end| start < end)
    }
}

/// Picks at most `n` of `placements` that obey `wish`, the best first. They are apart from each
/// other (other days, other parts of the day, other people) as far as the wish leaves room; no two
/// have the same start and the same first lead. The same input gives the same offers.
pub fn rank(placements: impl IntoIterator<Item = Placement>, wish: &Wish, n: usize) -> Vec<Offer> {
    let placements = placements.into_iter().filter(|placement| wish.admits(placement));
    let mut field: Vec<Rated> = Vec::new();
    let mut first = None;
    for placement in placements {
        let start = placement.starts_at();
        let first = *first.get_or_insert(start);
        field.push(Rated::new(placement, wish, first));
    }
    let earliest = field.iter().map(|rated| rated.at.timestamp()).min();
    let mut offers: Vec<(Rated, Why)> = Vec::with_capacity(n.min(field.len()));
    while offers.len() < n {
        let Some(best) = field
            .iter()
            .enumerate()
            .min_by_key(|(index, rated)| (rated.cost, rated.at.timestamp(), *index))
            .map(|(index, _)| index)
        else {
            break;
        };
        let best = field.remove(best);
        for rated in &mut field {
            rated.cost += rated.likeness(&best);
        }
        field.retain(|rated| !rated.is_same(&best));
        let why = best.why(&offers, wish, earliest);
        offers.push((best, why));
    }
    offers.into_iter().map(|(rated, why)| Offer { placement: rated.placement, why }).collect()
}

/// A day later weighs as much as this many minutes: people look for a day first.
const DAY_LATER: i64 = 180;
/// A gap of no use, in minutes of delay that are put up with to avoid it.
const USELESS_GAP: i64 = 75;
/// Costs of being like an offer that was made already, in the same minutes.
const SAME_HOUR: i64 = 480;
const SAME_PART: i64 = 300;
const SAME_DAY: i64 = 120;
const SAME_LEAD: i64 = 40;

/// A placement with what speaks against it.
struct Rated {
    placement: Placement,
    at: Zoned,
    lead: usize,
    n_gaps: i64,
    /// In minutes, more or less; it grows as offers like it are made.
    cost: i64,
}

impl Rated {
    fn new(placement: Placement, wish: &Wish, first: Timestamp) -> Self {
        let start = placement.starts_at();
        let at = start.to_zoned(wish.zone.clone());
        let lead = placement.segments.first().map_or(usize::MAX, |placed| placed.resource);
        let is_useless = |gap: SignedDuration| gap.is_positive() && gap < wish.shortest;
        let gaps = placement
            .segments
            .iter()
            .flat_map(|placed| [placed.room.before, placed.room.after])
            .filter(|gap| is_useless(*gap));
        let n_gaps = i64::try_from(gaps.count()).unwrap_or(i64::MAX);
        let pauses: i64 = placement
            .segments
            .windows(2)
            .map(|pair| pair[1].service.start().duration_since(pair[0].service.end()).as_mins())
            .sum();
        let mut rated = Self { placement, at, lead, n_gaps, cost: 0 };
        rated.cost += match (wish.near, wish.order) {
            (Some(near), _) => {
                2 * start.duration_since(near).abs().as_mins() + pauses + n_gaps * USELESS_GAP / 5
            }
            // Early comes first, and only what spreads offers may outweigh it.
            (None, Order::Earliest) => start.duration_since(first).as_mins(),
            (None, Order::Best) => {
                let first = first.to_zoned(wish.zone.clone());
                let n_days = days_between(first.date(), rated.at.date());
                n_days * DAY_LATER + minute_of_day(&rated.at) / 8 + pauses + n_gaps * USELESS_GAP
            }
        };
        rated
    }

    fn part(&self) -> u8 {
        match self.at.hour() {
            0..6 => 0,
            6..12 => 1,
            12..17 => 2,
            _ => 3,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.at.timestamp() == other.at.timestamp() && self.lead == other.lead
    }

    fn is_same_day(&self, other: &Self) -> bool {
        self.at.date() == other.at.date()
    }

    fn likeness(&self, other: &Self) -> i64 {
        let mut cost = 0;
        let apart = self.at.timestamp().duration_since(other.at.timestamp()).abs();
        if apart < SignedDuration::from_hours(1) {
            cost += SAME_HOUR;
        }
        if self.is_same_day(other) {
            cost += if self.part() == other.part() { SAME_PART } else { SAME_DAY };
        } else if self.part() == other.part() {
            cost += SAME_LEAD / 2;
        }
        if self.lead == other.lead {
            cost += SAME_LEAD;
        }
        cost
    }

    fn why(&self, made: &[(Self, Why)], wish: &Wish, earliest: Option<Timestamp>) -> Why {
        let is_new = |same: &dyn Fn(&Self) -> bool| !made.iter().any(|(other, _)| same(other));
        if made.is_empty() && wish.near.is_some() {
            return Why::Nearest;
        }
        if Some(self.at.timestamp()) == earliest && made.is_empty() {
            return Why::Earliest;
        }
        if made.is_empty() {
            return if self.n_gaps == 0 { Why::NoGap } else { Why::Next };
        }
        if is_new(&|other| self.is_same_day(other)) {
            return Why::OtherDay;
        }
        if is_new(&|other| self.is_same_day(other) && self.part() == other.part()) {
            return Why::OtherTime;
        }
        if is_new(&|other| self.lead == other.lead) {
            return Why::OtherLead;
        }
        Why::Next
    }
}

fn days_between(first: Date, second: Date) -> i64 {
    first.duration_until(second).as_hours() / 24
}

fn minute_of_day(at: &Zoned) -> i64 {
    i64::from(at.hour()) * 60 + i64::from(at.minute())
}
