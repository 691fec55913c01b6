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
    Conventions, Language,
    expr::{Day, Expr, Point, Time, Which},
    grammar::length::Measured,
    stream::{Input, Parsed, behind},
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
    /// A weekday that its article makes every one: "los lunes".
    fn plural_weekday -> i8;
    /// Which one, said behind a weekday in a way of its own: "lunes siguiente".
    fn weekday_after -> Which;
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
pub(crate) fn weak_follows(input: &Input<'_>) -> bool {
    match input.state.language {
        Language::En => true,
        Language::Es => es::weak_follows(input),
        Language::Pt => pt::weak_follows(input),
    }
}

/// Whether the words that lead a part of the day in are part of its name: "in the morning", but
/// "de [noite]".
pub(crate) fn part_keeps_its_lead(input: &Input<'_>) -> bool {
    input.state.language != Language::Pt
}

/// Whether a bare hour may stand before a day: "9 tomorrow", never "4 mañana", who are people.
pub(crate) fn hour_before_day(input: &Input<'_>) -> bool {
    input.state.language != Language::Es
}

/// Whether an article of the clock was just read: "las 5".
pub(crate) fn hour_article(input: &Input<'_>) -> bool {
    behind(input).is_some_and(|token| matches!(token.atom.text.as_str(), "las" | "la"))
}

/// Whether what follows is "at", not "to": "martes 4 a las 7" is no range.
pub(crate) fn at_ahead(input: &Input<'_>) -> bool {
    input.state.language == Language::Es && es::at_ahead(input)
}

/// Whether a part of day may be read here: "mañana" without an article is tomorrow.
pub(crate) fn is_part(input: &Input<'_>) -> bool {
    input.state.language != Language::Es || es::is_part(input)
}

/// How many atoms of article here are left out of the core of an expression.
pub(crate) fn article(input: &Input<'_>) -> usize {
    if input.state.language == Language::Es { es::article(input) } else { 0 }
}

/// The same for a point, where a preposition may have run into the article: "del", "al".
pub(crate) fn point_article(input: &Input<'_>) -> usize {
    if input.state.language == Language::Es { es::point_article(input) } else { 0 }
}

/// Whether the article here belongs to what follows.
pub(crate) fn article_stays(input: &Input<'_>) -> bool {
    input.state.language == Language::Es && es::article_stays(input)
}

/// Whether the core of a long day leaves its article out whatever the day.
pub(crate) fn sheds_articles(input: &Input<'_>) -> bool {
    input.state.language != Language::Es
}

/// Whether the article before a number makes it the day of a month: "el 5", not "las 5". `None`
/// where any article does.
pub(crate) fn day_article(input: &Input<'_>) -> Option<bool> {
    (input.state.language == Language::Es).then(|| {
        behind(input).is_some_and(|token| matches!(token.atom.text.as_str(), "el" | "del" | "al"))
    })
}

/// Whether four digits are a year wherever they stand; the engines take them for one in Spanish.
pub(crate) fn bare_years(input: &Input<'_>) -> bool {
    input.state.language == Language::Es && input.state.conventions != Conventions::Booking
}

/// Whether a letter stands for a quarter of the year: "Q3", "T3".
pub(crate) fn quarter_letter(letter: &str, input: &Input<'_>) -> bool {
    letter == "q" || (letter == "t" && input.state.language == Language::Es)
}

/// Whether a part of day stands for itself without "in the".
pub(crate) fn part_alone(_input: &Input<'_>) -> bool {
    false
}

/// Whether "from" after a length starts it: "2 weeks from Monday" is a day in English.
pub(crate) fn starts(_input: &Input<'_>) -> bool {
    false
}
