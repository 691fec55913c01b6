//! What only one language does. The shared grammar asks here at every joint where word order or
//! habit differs; a language that has nothing to say at one fails there, which is the default.
//!
//! To add a rule for one language, find the joint whose result it builds, write the rule in that
//! language's file and name it in its function there. If the joint is missing, add it to
//! [`joints`] with the place in `grammar` that asks.

mod en;
mod es;
mod pt;

use crate::{
    Language,
    expr::{Day, Expr, Point, Time},
    grammar::length::Measured,
    stream::{Input, Parsed},
};

/// Sends each question to the language of the text.
macro_rules! joints {
    ($($(#[$doc:meta])* fn $name:ident -> $result:ty;)*) => {
        $(
            $(#[$doc])*
            pub(crate) fn $name(input: &mut Input<'_>) -> Parsed<$result> {
                match input.state.language {
                    Language::En => en::$name(input),
                    Language::Es => es::$name(input),
                    Language::Pt => pt::$name(input),
                }
            }
        )*
    };
}

joints! {
    /// A whole expression.
    fn expression -> Expr;
    /// A point: a day with a time in an order of its own.
    fn point -> Point;
    /// A range.
    fn range -> Expr;
    /// A range open on one side.
    fn open -> Expr;
    /// A day built on another day.
    fn day -> Day;
    /// A day that needs no other.
    fn simple_day -> Day;
    /// A calendar date.
    fn date -> Day;
    /// A stretch inside a longer one.
    fn section -> Day;
    /// A time that says by itself that it is one.
    fn time -> Time;
    /// A time that needs "at" or a day beside it.
    fn weak_time -> Time;
    /// A length of time.
    fn length -> Measured;
    /// The word "day" before the number of one: "dia 15".
    fn day_word -> ();
    /// The words "the month of" before the name of one.
    fn month_word -> ();
    /// The word for any season: "this season".
    fn season_word -> ();
    /// The word for half a year after an ordinal.
    fn half_year -> ();
    /// "but" between two sides: "after 3 but before 6".
    fn but -> ();
    /// What begins a range of days: "del 13 al 15".
    fn from_day -> ();
    /// What begins a range on the clock: "de 3 a 5".
    fn from_clock -> ();
}

/// Whether a word may be the name of a month only where something leads it in: "may".
pub(crate) fn may_be_no_month(word: &str) -> bool {
    matches!(word, "may" | "mar" | "set" | "ago" | "out" | "dez" | "march")
        && !matches!(word, "march")
}

/// Whether a bare number just read cannot be an hour, by its form or by what it counts.
pub(crate) fn no_hour(input: &Input<'_>) -> bool {
    match input.state.language {
        Language::Pt => pt::no_hour(input),
        Language::En | Language::Es => false,
    }
}

/// Whether an article makes a number the day of a month: "the 15".
pub(crate) fn article_makes_a_day(input: &Input<'_>) -> bool {
    input.state.language != Language::Pt
}

/// Whether an article makes a unit this one: "the week".
pub(crate) fn article_makes_a_cycle(input: &Input<'_>) -> bool {
    input.state.language == Language::En
}

/// Whether a dotted pair of numbers is a time, not a date: "15.30".
pub(crate) fn dots_are_times(_input: &Input<'_>) -> bool {
    true
}

/// Whether a bare hour may follow a day at once: "Friday 5".
pub(crate) fn weak_follows(_input: &Input<'_>) -> bool {
    true
}

/// Whether a part of day stands for itself without "in the".
pub(crate) fn part_alone(_input: &Input<'_>) -> bool {
    false
}

/// Whether "from" after a length starts it: "2 weeks from Monday" is a day in English.
pub(crate) fn starts(_input: &Input<'_>) -> bool {
    false
}
