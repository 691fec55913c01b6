//! Whether a number is an hour: the little of the clock that other finders ask about. Days and
//! times are read by the crate `temporal`, see `when`.

use jiff::civil::Time;

use super::{
    meaning::{Meaning, Unit},
    scene::Cursor,
};

/// A bare hour as a front desk takes it: one to seven is after noon.
pub(super) fn hour(c: &mut Cursor<'_>) -> Option<Time> {
    let hour = c.number()?.value;
    let hour = match hour {
        1..=7 => hour + 12,
        8..=23 => hour,
        _ => return None,
    };
    Time::new(i8::try_from(hour).ok()?, 0, 0, 0).ok()
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
