//! Times of day: "half past 3", "15h30", "las tres de la tarde", "quarter to four".
//!
//! A clock without a half of the day is read as people mean it at a reception: one to seven is
//! after noon, eight to twelve as it stands; the other reading is kept. Reading is separate from
//! resolving, because "between 2 and 4pm" is resolved as a pair.

use jiff::civil::Time;

use super::{
    meaning::{Meaning, Unit},
    scene::{Cursor, Hit, Scene},
};
use crate::{EntityValue, PartOfDay, extract::Expecting};

/// Which half of the day a clock time is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Am,
    Pm,
    Part(PartOfDay),
    /// After midnight.
    SmallHours,
    /// Nothing to decide: noon, midnight.
    Exact,
}

/// A time as said, before its half of the day is decided.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    hour: u32,
    minute: u32,
    pub(super) half: Option<Hint>,
    /// Written like "08:30" or "00:15": a 24-hour clock.
    padded: bool,
    /// Can only be a time, whatever stands around it.
    pub(super) marked: bool,
}

impl Clock {
    fn at(hour: u32, minute: u32) -> Self {
        Self { hour, minute, half: None, padded: false, marked: false }
    }

    /// The best reading, then the other if both are possible.
    pub(super) fn resolve(self, hint: Option<Hint>) -> Option<(Time, Option<Time>)> {
        let Self { hour, minute, half, padded, .. } = self;
        let time = |hour: u32| {
            Time::new(i8::try_from(hour % 24).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
        };
        let afternoon = if hour < 12 { hour + 12 } else { hour };
        let hinted = match half.or(hint) {
            _ if hour > 12 || hour == 0 => return Some((time(hour)?, None)),
            Some(Hint::Exact) => Some(hour),
            Some(Hint::Am | Hint::SmallHours) => Some(hour % 12),
            Some(Hint::Pm) => Some(afternoon),
            Some(Hint::Part(PartOfDay::Morning)) => Some(hour),
            Some(Hint::Part(PartOfDay::Midday)) if hour >= 11 => Some(hour),
            Some(Hint::Part(PartOfDay::Midday | PartOfDay::Afternoon)) => Some(afternoon),
            Some(Hint::Part(PartOfDay::Evening | PartOfDay::Night)) if hour == 12 => Some(0),
            Some(Hint::Part(PartOfDay::Evening)) => Some(afternoon),
            Some(Hint::Part(PartOfDay::Night)) if hour >= 5 => Some(afternoon),
            Some(Hint::Part(PartOfDay::Night)) => Some(hour),
            None => None,
        };
        if let Some(hour) = hinted {
            return Some((time(hour)?, None));
        }
        let other = (hour + 12) % 24;
        if hour >= 8 || padded {
            Some((time(hour)?, time(other)))
        } else {
            Some((time(other)?, time(hour)))
        }
    }
}

/// Reads a time. Whether a bare number is one is for the caller to judge: see [`Clock::marked`].
pub(super) fn read(c: &mut Cursor<'_>) -> Option<Clock> {
    let start = *c;
    if c.eat(Meaning::Noon) {
        return Some(Clock { half: Some(Hint::Exact), marked: true, ..Clock::at(12, 0) });
    }
    if c.eat(Meaning::Midnight) {
        return Some(Clock { half: Some(Hint::Exact), marked: true, ..Clock::at(0, 0) });
    }
    let mut leading = start;
    let part = leading.part();
    let mut after_part = leading;
    after_part.eat(Meaning::At);
    if let Some(part) = part
        && let Some(clock) = minutes_first(&mut after_part).or_else(|| hours_first(&mut after_part))
        && clock.half.is_none()
    {
        *c = after_part;
        return Some(Clock { half: Some(Hint::Part(part)), marked: true, ..clock });
    }
    minutes_first(c).or_else(|| {
        *c = start;
        hours_first(c)
    })
}

/// "half past 3", "quarter to four", "ten past 3", "15 pras 4", "cuarto para las cuatro".
fn minutes_first(c: &mut Cursor<'_>) -> Option<Clock> {
    let mut d = *c;
    d.eat(Meaning::A);
    let (minutes, named) = if d.eat(Meaning::Half) {
        (30, true)
    } else if d.eat(Meaning::Quarter) {
        (15, true)
    } else {
        (d.number().filter(|number| (1..60).contains(&number.value))?.value, false)
    };
    let spelled = named | d.eat(Meaning::Unit(Unit::Minute));
    let past = if d.eat(Meaning::PastHour) {
        true
    } else {
        let spanish =
            d.peek().is_some_and(|lexeme| lexeme.tokens.len() > 1 || !lexeme.is(Meaning::To));
        if !d.eat(Meaning::ToHour) || !(spelled || spanish) || !minutes.is_multiple_of(5) {
            return None;
        }
        false
    };
    d.eat_any(&[Meaning::At, Meaning::SoftAt]);
    let hour = d.number().filter(|number| (1..=24).contains(&number.value))?.value;
    let (hour, minute) =
        if past { (hour, minutes) } else { (if hour == 1 { 12 } else { hour - 1 }, 60 - minutes) };
    let mut clock = Clock { marked: true, ..Clock::at(hour, minute) };
    suffix(&mut d, &mut clock);
    *c = d;
    Some(clock)
}

/// "3", "3pm", "15:00", "15h30", "3 y media", "cuatro menos cuarto", "three thirty".
fn hours_first(c: &mut Cursor<'_>) -> Option<Clock> {
    let mut d = *c;
    let number = d.number()?;
    let mut clock = match number.digits {
        Some(3 | 4) if number.value % 100 < 60 && number.value / 100 <= 24 => {
            compact(&d, number.value)?
        }
        Some(1 | 2) | None
            if number.value <= 24 && (number.digits.is_some() || number.value > 0) =>
        {
            let mut clock = Clock::at(number.value, 0);
            clock.padded = number.digits == Some(2) && number.value < 10;
            minutes(&mut d, &mut clock, number.digits.is_some());
            clock
        }
        _ => return None,
    };
    suffix(&mut d, &mut clock);
    *c = d;
    Some(clock)
}

/// "330pm", "1530h": only with something after that makes it a time.
fn compact(after: &Cursor<'_>, value: u32) -> Option<Clock> {
    after
        .is_any(&[Meaning::Am, Meaning::Pm, Meaning::HourMark])
        .then(|| Clock::at(value / 100, value % 100))
}

fn minutes(c: &mut Cursor<'_>, clock: &mut Clock, in_digits: bool) {
    let mut d = *c;
    let colon = d.peek().is_some_and(|lexeme| lexeme.glued) && d.eat_mark(':');
    let hours = !colon && in_digits && d.eat(Meaning::HourMark);
    let dot = !colon && !hours && d.peek().is_some_and(|lexeme| lexeme.glued) && d.eat_mark('.');
    if (colon || hours || dot)
        && let Some(digits) =
            d.glued_digits().filter(|digits| digits.length == 2 && digits.value < 60)
    {
        clock.minute = digits.value;
        // "3.30" may be a price or a date; with "pm" after it, or "at" before, it is a time.
        clock.marked = colon || hours || d.is_any(&[Meaning::Am, Meaning::Pm]);
        if !dot || clock.marked || !d.is_mark('.') {
            *c = d;
        }
        return;
    }
    if hours {
        let mut after = *c;
        after.at += 1;
        clock.marked = !after.is_any(&[Meaning::Of]) || clock.hour >= 7;
        *c = after;
    } else {
        o_clock(c, clock);
    }
    let mut d = *c;
    if d.eat(Meaning::And) {
        let mut named = d;
        if named.eat(Meaning::Half) {
            (clock.minute, clock.marked, *c) = (30, true, named);
        } else if named.eat(Meaning::Quarter) {
            (clock.minute, clock.marked, *c) = (15, true, named);
        } else if let Some(number) =
            d.number().filter(|number| matches!(number.value, 5 | 10 | 20 | 25 | 35 | 40 | 50 | 55))
        {
            (clock.minute, *c) = (number.value, d);
        }
    } else if d.eat(Meaning::Minus) {
        let less = if d.eat(Meaning::Quarter) {
            Some(15)
        } else {
            d.number().map(|number| number.value).filter(|value| (1..=30).contains(value))
        };
        if let Some(less) = less {
            clock.hour = if clock.hour <= 1 { 12 } else { clock.hour - 1 };
            (clock.minute, clock.marked, *c) = (60 - less, true, d);
        }
    } else if !in_digits
        && let Some(number) =
            d.number().filter(|n| n.digits.is_none() && (10..60).contains(&n.value))
    {
        (clock.minute, *c) = (number.value, d);
    }
}

/// "o'clock" makes a time; "horas" may be hours, so it does from seven on.
fn o_clock(c: &mut Cursor<'_>, clock: &mut Clock) {
    let hours = c.is(Meaning::Unit(Unit::Hour));
    if c.eat(Meaning::OClock) {
        clock.marked |= !hours || (clock.hour >= 7 && !c.is(Meaning::Of));
    }
}

/// What may follow the numbers: "o'clock", "ish", "pm", "in the afternoon".
fn suffix(c: &mut Cursor<'_>, clock: &mut Clock) {
    o_clock(c, clock);
    clock.marked |= c.eat(Meaning::Ish);
    let mut d = *c;
    let half = if d.eat(Meaning::Am) {
        Some(Hint::Am)
    } else if d.eat(Meaning::Pm) {
        Some(Hint::Pm)
    } else if d.eat(Meaning::SmallHours) {
        Some(Hint::SmallHours)
    } else if d.eat(Meaning::Noon) {
        (clock.hour == 12).then_some(Hint::Exact)
    } else {
        d.part().map(Hint::Part)
    };
    if half.is_some() {
        clock.half = half;
        clock.marked = true;
        *c = d;
    }
}

/// Whether what follows a number makes it something other than a time.
pub(super) fn counts_something(c: &Cursor<'_>) -> bool {
    let unit = [Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year];
    let next_glued = c.peek().is_some_and(|lexeme| lexeme.glued);
    unit.into_iter().any(|unit| c.is(Meaning::Unit(unit)))
        || c.is(Meaning::People)
        || c.is(Meaning::Pronoun)
        || c.peek().is_some_and(|l| l.meanings.iter().any(|m| matches!(m, Meaning::Month(_))))
        || (next_glued && c.is(Meaning::OrdinalSuffix))
        || (next_glued && c.peek().is_some_and(|lexeme| lexeme.digits.is_some()))
        || ['%', '€', '$', '£', '/'].into_iter().any(|mark| c.is_mark(mark))
        || {
            let mut d = *c;
            (next_glued
                && (d.eat_mark('.') || d.eat_mark(',') || d.eat_mark(':') || d.eat_mark('-')))
                && d.peek().is_some_and(|lexeme| lexeme.glued && lexeme.digits.is_some())
        }
        || {
            let mut d = *c;
            d.eat(Meaning::Of) && d.month().is_some()
        }
}

/// Finds a time of day starting at lexeme `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let mut c = scene.cursor(at);
    let mut asked = c.eat(Meaning::At);
    asked |= !asked && scene.moving && c.eat_any(&[Meaning::To, Meaning::From, Meaning::For]);
    asked &= !c.is(Meaning::A) || scene.lexemes[at].is(Meaning::At);
    let soft = !asked && c.eat(Meaning::SoftAt);
    let around = c.eat(Meaning::Around);
    c.eat_any(&[Meaning::At, Meaning::SoftAt]);
    let core = c.at;
    if is_glued_to_number(scene, core) {
        return None;
    }
    // "half 3" is half past three in Britain, but only where a time is expected.
    let expecting = matches!(scene.cx.expecting, Some(Expecting::Time));
    let british = (asked || expecting) && {
        let mut d = c;
        d.eat(Meaning::Half) && d.peek().is_some_and(|lexeme| lexeme.digits.is_some())
    };
    if british {
        c.at += 1;
    }
    let mut clock = read(&mut c)?;
    if british {
        clock.minute = 30;
        clock.marked = true;
    }
    let in_digits = scene.lexemes.get(core).is_some_and(|lexeme| lexeme.digits.is_some());
    let listed =
        matches!(scene.cx.expecting, Some(Expecting::Selection(n)) if clock.hour as usize > n);
    let bare = (expecting || listed) && scene.alone(&(core..c.at));
    let evident = clock.marked
        || ((asked || around || (soft && (in_digits || expecting)) || bare)
            && !counts_something(&c));
    if !evident || is_duration(scene, at, &c, &clock) {
        return None;
    }
    let (time, other) = clock.resolve(scene.hint)?;
    let mut hit = scene.hit(at..c.at, core, super::RANK_TIME, EntityValue::Time(time));
    hit.alternatives = other.map(EntityValue::Time).into_iter().collect();
    Some(hit)
}

/// "in 2h", "2h of massage": not a time of day.
fn is_duration(scene: &Scene<'_>, at: usize, after: &Cursor<'_>, clock: &Clock) -> bool {
    let before_is_in =
        at > 0 && scene.lexemes[at - 1].is(Meaning::In) && !scene.lexemes[at - 1].is(Meaning::At);
    before_is_in && clock.half.is_none() && after.at > 0 && {
        let last = &scene.lexemes[after.at - 1];
        last.is(Meaning::HourMark)
    }
}

/// Whether the number at `at` is the tail of a longer one: "14/03", "1.500", "$20".
fn is_glued_to_number(scene: &Scene<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| scene.lexemes.get(before)) else {
        return false;
    };
    scene.lexemes.get(at).is_some_and(|lexeme| lexeme.glued && lexeme.digits.is_some())
        && matches!(before.mark, Some('/' | ':' | '.' | ',' | '$' | '€' | '£' | '#' | '+'))
}
