//! What the words of the three languages say about bookings.
//!
//! The grammar (dates, clocks, windows, people) is written once, over these meanings; the words
//! that carry them are in `lexicon`.

use temporal::Term;

use crate::PartOfDay;

/// One thing a word or phrase can mean. A word may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    // --- days ---
    /// "tonight", "esta tarde".
    TodayPart(PartOfDay),
    /// "in the morning", "temprano".
    Part,
    /// A word of the calendar, which the grammar of dates knows.
    Calendar(Term),
    This,

    // --- small words ---
    The,
    A,
    Of,
    On,
    In,
    /// Before a time: "at", "a las".
    At,
    /// Before a time or a plural: "las".
    SoftAt,
    For,
    With,
    From,
    To,
    /// "al 13": to, and a day follows.
    ToDay,
    And,
    Or,

    // --- clock ---
    Am,
    Pm,
    /// "o'clock", "en punto".
    OClock,
    /// "h" in "15h30".
    HourMark,
    Half,
    Quarter,
    /// "menos" in "cuatro menos cuarto".
    Minus,
    Ish,

    // --- bounds ---
    Between,
    Earliest,

    /// "move it to", "cambiar": "from 3 to 5" is then two times, not a window.
    Move,

    // --- ruling out ---
    /// "not", "menos", "except": what follows is ruled out.
    Not,
    /// A plain "no" of Spanish and Portuguese: rules out what follows unless it opens the message.
    BareNo,
    /// "doesn't work", "no puedo": what precedes is ruled out.
    NotAfter,

    // --- people ---
    /// "people", "pax".
    People,
    /// "table for", "somos".
    PartyOf,
    AnyPerson,
    /// "no preference": any person, unless something else was asked.
    Indifferent,
    /// "my name is".
    NameIs,
    /// "I'm": a name only if it looks like one.
    IAm,

    // --- choosing ---
    Ordinal(u32),
    /// "th" in "14th".
    OrdinalSuffix,
    LastOne,
    /// "option", "number".
    Choice,
    /// "one" in "the second one".
    Pronoun,

    // --- the rest ---
    Number(u32),
    /// "please", "ok": says nothing here.
    Filler,
    /// A phrase whose words would mislead: "first time", "un segundo".
    Idle,
}
