//! Whether a number is an hour: the little of the clock that other finders ask about. Days and
//! times are read by the crate `temporal`, see `when`.

use jiff::civil::Time;
use temporal::Term;

use super::{meaning::Meaning, scene::Cursor};

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
    let next_glued = c.peek().is_some_and(|lexeme| lexeme.glued);
    c.is_any(&[Meaning::Calendar(Term::Unit), Meaning::Calendar(Term::Month)])
        || c.is_any(&[Meaning::People, Meaning::Pronoun])
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
            d.eat(Meaning::Of) && d.is(Meaning::Calendar(Term::Month))
        }
}
