//! Single days: "tomorrow", "next friday", "the 14th", "3 de marzo", "14/03".
//!
//! Dates lie ahead: without a year, the next one that comes. Weekdays are in `weekday`.

use jiff::civil::Date;
use kernel::Locale;

use super::{
    Expecting, RANK_DATE,
    calendar::{day_in_month, judged, month_day, plus, plus_days, upcoming_day},
    meaning::{Meaning, Unit},
    scene::{Cursor, Hit, Scene},
    weekday::weekday,
};
use crate::{EntityValue, PartOfDay};

/// A day as read, with its other readings.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    pub(super) value: EntityValue,
    pub(super) alternatives: Vec<EntityValue>,
}

impl From<EntityValue> for Dated {
    fn from(value: EntityValue) -> Self {
        Self { value, alternatives: Vec::new() }
    }
}

/// Finds a day starting at lexeme `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let mut c = scene.cursor(at);
    let dated = read(scene, &mut c).or_else(|| bare(scene, &mut c))?;
    let end = c.at;
    let articles = [Meaning::On, Meaning::FromDay, Meaning::ToDay];
    let core = (at..end)
        .find(|i| !articles.iter().any(|meaning| scene.lexemes[*i].is(*meaning)))
        .unwrap_or(at);
    let mut hit = scene.hit(at..end, core, RANK_DATE, dated.value);
    hit.alternatives = dated.alternatives;
    Some(hit)
}

/// "tonight" is two entities: the day on its first half, the part of day on the rest.
pub(super) fn today_part(scene: &Scene<'_>, at: usize) -> Option<(EntityValue, PartOfDay)> {
    scene.cursor(at).take(|meaning| match meaning {
        Meaning::TodayPart(part) => Some((EntityValue::Date(scene.today), part)),
        _ => None,
    })
}

/// One way of saying a day.
pub(super) type Reader = fn(&Scene<'_>, &mut Cursor<'_>) -> Option<Dated>;

/// Reads the longest day here.
pub(super) fn read(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Dated> {
    longest(scene, c, &[relative, weekday, numeric, day_month, month_then_day, day_of_month])
}

fn longest(scene: &Scene<'_>, c: &mut Cursor<'_>, readers: &[Reader]) -> Option<Dated> {
    let mut best: Option<(usize, Dated)> = None;
    for reader in readers {
        let mut d = *c;
        if let Some(dated) = reader(scene, &mut d)
            && best.as_ref().is_none_or(|(end, _)| d.at > *end)
        {
            best = Some((d.at, dated));
        }
    }
    let (end, dated) = best?;
    c.at = end;
    Some(dated)
}

/// A number alone, when a day was asked for.
fn bare(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Dated> {
    let start = c.at;
    let day = day_number(c)?.0;
    let asked = matches!(scene.cx.expecting, Some(Expecting::Date));
    (asked && scene.alone(&(start..c.at))).then_some(())?;
    Some(EntityValue::Date(upcoming_day(scene.today, day)?).into())
}

/// "tomorrow", "in 3 days", "a week from tuesday", "3 days ago".
fn relative(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Dated> {
    let today = scene.today;
    if let Some(dated) = today_or_later(scene, c) {
        return Some(dated);
    }
    let ago = c.eat(Meaning::Ago);
    let ahead = !ago && c.eat(Meaning::In);
    let count = if let Some(number) = c.number() {
        number.value
    } else {
        c.eat(Meaning::A).then_some(1)?
    };
    let unit =
        c.take(|meaning| if let Meaning::Unit(unit) = meaning { Some(unit) } else { None })?;
    if ago || c.eat(Meaning::Ago) {
        let days = match unit {
            Unit::Minute | Unit::Hour => return None,
            Unit::Day => 1,
            Unit::Week => 7,
            Unit::Month => 30,
            Unit::Year => 365,
        };
        let back = i32::try_from(count.min(1_000)).unwrap_or(0) * days;
        return Some(EntityValue::Past(plus_days(today, -back)).into());
    }
    if ahead || c.eat(Meaning::FromNow) {
        c.eat(Meaning::FromNow);
        return Some(EntityValue::Date(plus(today, count, unit)?).into());
    }
    // "a week from tuesday" counts; "5 days from the 6th" is a stay that starts then.
    c.eat_any(&[Meaning::From, Meaning::After]).then_some(())?;
    let base = if unit == Unit::Day {
        today_or_later(scene, c)?
    } else {
        longest(
            scene,
            c,
            &[today_or_later, weekday, numeric, day_month, month_then_day, day_of_month],
        )?
    };
    match base.value {
        EntityValue::Date(date) => Some(EntityValue::Date(plus(date, count, unit)?).into()),
        _ => None,
    }
}

/// "today", "tomorrow", "ayer".
fn today_or_later(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Dated> {
    let days =
        c.take(|meaning| if let Meaning::Day(days) = meaning { Some(days) } else { None })?;
    Some(judged(scene.today, plus_days(scene.today, i32::from(days))).into())
}

/// "2026-03-14", "14/03", "14/03/2026", "14.03.2026".
pub(super) fn numeric(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Dated> {
    let today = scene.today;
    let _on = c.eat(Meaning::On);
    let first = c.digits()?;
    let mark = ['/', '-', '.'].into_iter().find(|mark| c.eat_mark(*mark))?;
    let second = c.glued_digits().filter(|digits| digits.length <= 2)?;
    let small = |value: u32| i8::try_from(value).ok().filter(|value| *value > 0);
    if first.length == 4 {
        c.eat_mark(mark).then_some(())?;
        let third = c.glued_digits().filter(|digits| digits.length <= 2)?;
        let year = i16::try_from(first.value).ok()?;
        return Some(
            month_day(today, small(second.value)?, small(third.value)?, Some(year)).into(),
        );
    }
    let mut d = *c;
    let year = if d.eat_mark(mark) {
        d.glued_digits().and_then(|digits| year_of(digits.value, digits.length))
    } else {
        None
    };
    if year.is_some() {
        *c = d;
    }
    // "2-4" is a window and "3.30" a time; "14-03" and "14.03." could only be dates if padded.
    let padded = first.length == 2 && second.length == 2 && second.value <= 12 && mark == '-';
    let dateish = mark == '/' || year.is_some() || padded;
    if first.length > 2 || !dateish || clocky(c) || (first.value > 31 || second.value > 31) {
        return None;
    }
    let (a, b) = (small(first.value)?, small(second.value)?);
    if (a, b) == (10, 10) && !matches!(scene.cx.expecting, Some(Expecting::Date)) {
        return None; // full marks
    }
    let month_first = scene.cx.month_first && scene.utterance.locale == Locale::En;
    let reading = |day: i8, month: i8| (month <= 12).then(|| month_day(today, month, day, year));
    let (best, other) =
        if month_first { (reading(b, a), reading(a, b)) } else { (reading(a, b), reading(b, a)) };
    match (best, other) {
        (Some(value), other) => {
            let plausible =
                |other: &EntityValue| matches!(other, EntityValue::Date(_)) && *other != value;
            let alternatives = other.filter(plausible).into_iter().collect();
            Some(Dated { value, alternatives })
        }
        (None, Some(value)) => Some(value.into()),
        (None, None) => None,
    }
}

/// "3rd of march", "3 de marzo de 2026", "30 february".
pub(super) fn day_month(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Dated> {
    articles(c);
    let (day, _) = day_number(c)?;
    c.eat(Meaning::Of);
    let month = c.month()?;
    let year = year(c);
    Some(month_day(scene.today, month, day, year).into())
}

/// "march 3rd", "March 3, 2026".
pub(super) fn month_then_day(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Dated> {
    articles(c);
    let month = c.month()?;
    c.eat(Meaning::The);
    let (day, _) = day_number(c)?;
    let year = year(c);
    Some(month_day(scene.today, month, day, year).into())
}

/// "the 14th", "el 14", "dia 14", "4th of this month", "the 2nd of next month".
pub(super) fn day_of_month(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Dated> {
    let article = articles(c);
    let start = c.at;
    let (day, kind) = day_number(c)?;
    if let Some(months) = which_month(c) {
        return Some(day_in_month(scene.today, day, months).into());
    }
    let selection = match scene.cx.expecting {
        Some(Expecting::Selection(offered)) => usize::try_from(day).is_ok_and(|day| day <= offered),
        _ => false,
    };
    let chosen = c.is(Meaning::Pronoun) || selection;
    let said = match kind {
        DayKind::Suffixed => true,
        DayKind::Plain => article == Some(Article::Day),
        // "the second" chooses; "the fifteenth" is a day.
        DayKind::Word => {
            article.is_some() && (day > 10 || matches!(scene.cx.expecting, Some(Expecting::Date)))
        }
    };
    if !said || chosen || scene.lexemes[start].is(Meaning::Pronoun) {
        return None;
    }
    Some(
        upcoming_day(scene.today, day)
            .map_or(EntityValue::ImpossibleDate, EntityValue::Date)
            .into(),
    )
}

/// "of this month", "del mes que viene": how many months ahead.
fn which_month(c: &mut Cursor<'_>) -> Option<i32> {
    let mut d = *c;
    d.eat(Meaning::Of);
    d.eat(Meaning::The);
    let this = d.eat(Meaning::This);
    let next = !this && d.eat(Meaning::Next);
    d.eat(Meaning::Unit(Unit::Month)).then_some(())?;
    let next = next || d.eat(Meaning::Next);
    (this || next).then_some(())?;
    *c = d;
    Some(i32::from(next))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Article {
    /// A number after it is a day of the month.
    Day,
    /// It may be anything.
    Any,
}

/// Eats what stands before a day of the month: "on the", "para el", "no dia".
fn articles(c: &mut Cursor<'_>) -> Option<Article> {
    let mut found = None;
    for _ in 0..3 {
        let day =
            c.is_any(&[Meaning::On, Meaning::FromDay, Meaning::ToDay, Meaning::Unit(Unit::Day)])
                || c.is(Meaning::The) && !c.is_any(&[Meaning::SoftAt, Meaning::To, Meaning::A]);
        if day {
            found = Some(Article::Day);
        } else if c.is(Meaning::The) {
            found = found.or(Some(Article::Any));
        } else {
            break;
        }
        c.at += 1;
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DayKind {
    /// "14th".
    Suffixed,
    /// "14", "catorce".
    Plain,
    /// "fourteenth".
    Word,
}

/// A number from 1 to 31 that is not a time, a price or a count.
pub(super) fn day_number(c: &mut Cursor<'_>) -> Option<(i8, DayKind)> {
    let mut d = *c;
    let ordinal = |meaning| {
        if let Meaning::Ordinal(value) = meaning { Some(value) } else { None }
    };
    let (value, kind) = if let Some(value) = d.take(ordinal) {
        (value, DayKind::Word)
    } else {
        if d.is(Meaning::A) {
            return None; // "pra um corte" is no day
        }
        let number = d.number().filter(|number| number.digits.is_none_or(|length| length <= 2))?;
        let suffixed = number.digits.is_some()
            && d.peek().is_some_and(|lexeme| lexeme.glued)
            && d.eat(Meaning::OrdinalSuffix);
        (number.value, if suffixed { DayKind::Suffixed } else { DayKind::Plain })
    };
    if !(1..=31).contains(&value) || (kind == DayKind::Plain && clocky(&d)) {
        return None;
    }
    *c = d;
    Some((i8::try_from(value).ok()?, kind))
}

/// Whether what follows makes a number a time or a count rather than a day.
fn clocky(c: &Cursor<'_>) -> bool {
    let mut joined = *c;
    let fraction = (joined.eat_mark(':')
        || joined.eat_mark('.')
        || joined.eat_mark('/')
        || joined.eat_mark(','))
        && joined.peek().is_some_and(|lexeme| lexeme.glued && lexeme.digits.is_some());
    let mut half = *c;
    let and_half = (half.eat(Meaning::And) || half.eat(Meaning::Minus))
        && half.is_any(&[Meaning::Half, Meaning::Quarter]);
    let units = [Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year];
    fraction
        || and_half
        || c.is_any(&[
            Meaning::Am,
            Meaning::Pm,
            Meaning::HourMark,
            Meaning::OClock,
            Meaning::People,
        ])
        || c.is_any(&[Meaning::PastHour, Meaning::Pronoun, Meaning::Ish])
        || units.into_iter().any(|unit| c.is(Meaning::Unit(unit)))
        || ['%', '€', '$', '£'].into_iter().any(|mark| c.is_mark(mark))
        || c.peek().is_some_and(|lexeme| lexeme.glued && lexeme.digits.is_some())
}

/// ", 2026", "de 2026".
fn year(c: &mut Cursor<'_>) -> Option<i16> {
    let mut d = *c;
    let _comma = d.eat_mark(',') || d.eat(Meaning::Of);
    let digits = d.digits().filter(|digits| digits.length == 4)?;
    let year = year_of(digits.value, digits.length)?;
    *c = d;
    Some(year)
}

fn year_of(value: u32, length: usize) -> Option<i16> {
    let year = match length {
        2 => value + 2000,
        4 => value,
        _ => return None,
    };
    (1900..=2200).contains(&year).then(|| i16::try_from(year).ok())?
}

/// The day itself, for those that need a plain one.
pub(super) fn plain(dated: &Dated) -> Option<Date> {
    if let EntityValue::Date(date) = dated.value { Some(date) } else { None }
}
