//! What words mean, whatever the language. The lexicons map phrases to these.

use serde::{Deserialize, Serialize};

use crate::{Grain, holiday::Holiday};

/// A stretch of the day that has a name. How long it is depends on the conventions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The small hours until day breaks: "madrugada".
    Dawn,
    /// The first part of the morning.
    EarlyMorning,
    /// Until noon.
    Morning,
    /// Around noon.
    Lunch,
    /// From noon on.
    Afternoon,
    /// When work is over.
    Evening,
    /// When it is dark.
    Night,
    /// Once breakfast is over.
    AfterBreakfast,
    /// Once lunch is over.
    AfterLunch,
    /// Once work is over.
    AfterWork,
    /// Once school is over.
    AfterSchool,
    /// Once dinner is over.
    AfterDinner,
    /// While breakfast is had.
    Breakfast,
    /// Between breakfast and lunch.
    Brunch,
    /// While dinner is had.
    Dinner,
    /// While it is light.
    Daytime,
    /// While shops are open.
    BusinessHours,
}

/// A quarter of the solar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A stretch inside a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Section {
    Early,
    Mid,
    Late,
    /// What is left of it: "the rest of the week", "later this week".
    Rest,
    /// Up to now: "earlier this week".
    SoFar,
}

/// What a word or phrase can mean. One word may mean several things ("second", "segunda"); the
/// grammar asks for the one it can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Meaning {
    // Numbers.
    /// A cardinal in words: 0 to 99, hundreds, 1000.
    Number(u32),
    /// A vague number: "a few" is 3, "a couple of" 2.
    Few(u32),
    Ordinal(i8),
    /// What makes digits an ordinal: "th", "º".
    OrdinalSuffix,
    Half,
    Quarter,
    ThreeQuarters,
    // Names of times.
    /// Days from today.
    Day(i32),
    /// Part of a day so many days from today: "tonight", "last night", "anoche".
    DayPart(i32, Part),
    Now,
    /// 1 Monday to 7 Sunday.
    Weekday(i8),
    /// The plural, where it says "every": "Mondays".
    Weekdays(i8),
    Month(i8),
    Unit(Grain),
    /// "business days", "dias úteis".
    BusinessDay,
    Fortnight,
    Weekend,
    Weekends,
    /// Monday to Friday.
    Workweek,
    Part(Part),
    /// In the plural: "mornings".
    Parts(Part),
    Season(Season),
    Noon,
    Midnight,
    Holiday(Holiday),
    /// Minutes east of Greenwich.
    Zone(i16),
    /// The end of this cycle: "EOM"; of this one unless told otherwise.
    EndOfUnit(Grain),
    StartOfUnit(Grain),
    // Which one.
    This,
    Next,
    Last,
    /// Only of those to come: "upcoming", "coming".
    Coming,
    /// After the noun: "que viene", "que vem".
    NextAfter,
    /// After the noun: "pasado", "passada".
    LastAfter,
    /// "same".
    Same,
    /// After a name: "week after next".
    AfterNext,
    // Distance.
    /// After a length: "ago", "atrás".
    Ago,
    /// Before a length: "hace", "há".
    AgoBefore,
    /// After a length: "from now", "hence".
    Hence,
    /// Before a length: "in", "en", "daqui a".
    InLength,
    /// Before a length, all of it: "within", "dentro de".
    Within,
    /// "a week on Tuesday", "de hoje a oito".
    Later,
    Earlier,
    // Sides and ends.
    From,
    To,
    Between,
    Until,
    Since,
    After,
    Before,
    By,
    Through,
    OrLater,
    OrEarlier,
    // Sections.
    Section(Section),
    // Small words.
    At,
    On,
    In,
    Of,
    The,
    A,
    For,
    And,
    Or,
    About,
    Ish,
    More,
    /// "day" before a number: "dia 15".
    Sharp,
    // Clock.
    Am,
    Pm,
    OClock,
    /// After digits: "h", "hs", "horas".
    HourMark,
    /// "past", after minutes.
    Past,
    /// "to", after minutes.
    ToHour,
    /// Before minutes: "menos".
    Minus,
    Oh,
    // Repetition.
    Every,
    EveryOther,
    /// "daily", "monthly": so many of the unit.
    Adverb(u32, Grain),
    /// "once", "twice", before "a week".
    Times(u32),
    /// Years of our era, and before.
    Ad,
    Bc,
    Closest,
    Starting,
    Lasting,
    // Around it.
    Not,
    NotAfter,
    AnyDay,
    /// A word that stands between and means nothing.
    Filler,
}
