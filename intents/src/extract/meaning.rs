//! What the words of the three languages say about bookings.
//!
//! The grammar (dates, clocks, windows, people) is written once, over these meanings; the words
//! that carry them are in `lexicon`.

use crate::PartOfDay;

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// One thing a word or phrase can mean. A word may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    // --- days ---
    /// Days from today: "tomorrow" is 1.
    Day(i8),
    /// "tonight", "esta tarde".
    TodayPart(PartOfDay),
    /// Monday is 1.
    Weekday(i8),
    /// January is 1.
    Month(i8),
    Unit(Unit),
    Weekend,
    This,
    Next,
    /// "last friday", "el viernes pasado".
    Previous,
    Ago,
    /// "later this week".
    Later,
    StartOf,
    EndOf,
    /// "from now", "from today".
    FromNow,
    /// "tuesday week".
    WeekAfter,

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
    /// "del 10": from, and a day follows.
    FromDay,
    To,
    /// "al 13": to, and a day follows.
    ToDay,
    And,
    Or,

    // --- clock ---
    Am,
    Pm,
    /// "de la madrugada".
    SmallHours,
    /// "o'clock", "en punto".
    OClock,
    /// "h" in "15h30".
    HourMark,
    Half,
    Quarter,
    PastHour,
    ToHour,
    /// "menos" in "cuatro menos cuarto".
    Minus,
    Around,
    Ish,
    Noon,
    Midnight,
    Part(PartOfDay),

    // --- bounds ---
    After,
    Before,
    Between,
    /// "or later", "em diante".
    Onwards,
    /// "or earlier".
    OrBefore,
    AfterWork,
    AfterLunch,
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
