//! The meaning of an expression before it meets a calendar: what was said, not when that is.
//!
//! The grammar builds these from small parts; `resolve` turns them into values. Nothing here knows
//! a language.

use crate::{
    Direction, Grain, Length,
    holiday::Holiday,
    meaning::{Part, Season, Section},
};

/// A whole expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// "tomorrow at 5", "in the morning", "next week".
    Point(Point),
    /// "from Monday to Friday", "9-11am".
    Range { from: Point, to: Point, style: Style },
    /// "after 5", "by Friday", "since May".
    Open { direction: Direction, edge: Edge, point: Point },
    /// "for 10 days from 18 December".
    Lasting { length: Length, grain: Grain, from: Point },
    /// "within two weeks": from now, that long.
    Within { length: Length, grain: Grain },
    /// "two hours".
    Duration { length: Length, grain: Grain },
    /// "every Monday at 9".
    Set(Set),
}

/// How a range was said; the engines end them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Both ends inside: "from Monday to Friday", "1-3".
    Through,
    /// The last named is where it stops: "after 3:30 but before 6", "until".
    Until,
}

/// Which edge of the named stretch an open range starts or stops at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// "after 2018" begins when it is over, in strict reading; "since 2018" at its start.
    After,
    Since,
    Before,
    /// "until", "by": up to and, for days, counting it.
    Until,
    /// "by the end of", "by".
    By,
}

/// A day, a time of day, or both.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Point {
    pub(crate) day: Option<Day>,
    pub(crate) clock: Option<Clock>,
    /// Minutes east of Greenwich, where a zone was named.
    pub(crate) zone: Option<i16>,
    /// Understood only where bare numbers and names count.
    pub(crate) latent: bool,
    pub(crate) marks: Marks,
}

/// Where the parts of a point stand, as tokens from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    pub(crate) day: Option<(usize, usize)>,
    pub(crate) part: Option<(usize, usize)>,
    pub(crate) time: Option<(usize, usize)>,
}

/// Which of many: of weeks, Mondays, Christmases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Not said: the nearest that makes sense.
    Bare,
    This,
    /// So many on: 1 is "next".
    Next(i32),
    /// So many back: 1 is "last".
    Last(i32),
    /// The first that has not begun: "this coming", "que viene".
    Coming,
}

/// A year as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    Full(i16),
    /// Two digits.
    Short(i16),
    /// From this one.
    Relative(i16),
}

/// Something there is one of, again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cycle {
    Grain(Grain),
    Weekday(i8),
    Month(i8),
    Weekend,
    Holiday(Holiday),
}

/// A day, or a longer stretch of the calendar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Day {
    Now,
    /// Days from today.
    Offset(i32),
    /// Any of these may be missing: the 15th; May; 5 May; Friday the 13th; 2014.
    Date {
        year: Option<Year>,
        month: Option<i8>,
        day: Option<i8>,
        weekday: Option<i8>,
    },
    Weekday {
        day: i8,
        which: Which,
    },
    /// "next March".
    Month {
        month: i8,
        which: Which,
    },
    /// One unit of the calendar: "this week".
    Cycle {
        grain: Grain,
        which: Which,
    },
    /// Several units: "next 3 days". `business` leaves Saturday and Sunday out.
    Run {
        count: i32,
        grain: Grain,
        which: Which,
        business: bool,
    },
    Fortnight(Which),
    Weekend(Which),
    Workweek(Which),
    Season {
        season: Season,
        which: Which,
        year: Option<Year>,
    },
    /// The season that it is: "this season".
    AnySeason(Which),
    Holiday {
        holiday: Holiday,
        which: Which,
        year: Option<Year>,
    },
    /// The days off around a holiday.
    HolidayWeekend {
        holiday: Holiday,
        which: Which,
        year: Option<Year>,
    },
    /// "third Tuesday of June"; from the end when `n` is negative. `count` for "first two weeks".
    Nth {
        n: i32,
        count: i32,
        cycle: Cycle,
        within: Box<Day>,
    },
    /// "third Tuesday after Christmas", "2 Sundays from now".
    NthFrom {
        n: i32,
        cycle: Cycle,
        base: Box<Day>,
    },
    /// "the closest Monday to 5 October".
    Closest {
        n: i32,
        cycle: Cycle,
        to: Box<Day>,
    },
    /// "two weeks ago", "a year after Christmas".
    Shift {
        length: Length,
        grain: Grain,
        back: bool,
        base: Box<Day>,
    },
    /// "end of May".
    Section {
        section: Section,
        of: Box<Day>,
    },
    /// "Wednesday of next week".
    WeekdayOf {
        weekday: i8,
        within: Box<Day>,
    },
    /// "the 20th of next month".
    NumberOf {
        day: i32,
        within: Box<Day>,
    },
    /// "May of next year", "Christmas in two years".
    In {
        day: Box<Day>,
        within: Box<Day>,
    },
    /// "week of the 18th".
    WeekOf(Box<Day>),
    /// "week 23", of a year.
    WeekNumber {
        week: i32,
        year: Option<Year>,
    },
    Quarter {
        quarter: i32,
        year: Option<Year>,
    },
    HalfYear {
        half: i32,
        year: Option<Year>,
    },
    Decade {
        start: i16,
        short: bool,
    },
    Century(i16),
    /// Either way to read "4/5", the likelier first.
    Either(Box<Day>, Box<Day>),
    /// Before our era.
    Bc(i16),
}

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Am,
    Pm,
}

/// A time on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) hour: i8,
    pub(crate) minute: Option<i8>,
    pub(crate) second: Option<i8>,
    /// Said; where it was not, an hour up to 12 may be either.
    pub(crate) half: Option<Half>,
    /// Written so that it can only be one: "15h", "03:00", "noon".
    pub(crate) exact: bool,
}

/// A time of day or a stretch of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Clock {
    pub(crate) part: Option<Part>,
    /// "late evening".
    pub(crate) section: Option<Section>,
    pub(crate) time: Option<Time>,
    /// With `time`, the other end of a stretch.
    pub(crate) until: Option<Time>,
}

/// Something that repeats.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Set {
    pub(crate) every: u32,
    pub(crate) grain: Grain,
    pub(crate) weekdays: Vec<i8>,
    pub(crate) clock: Option<Clock>,
}

impl Point {
    pub(crate) fn day(day: Day) -> Self {
        Self { day: Some(day), ..Self::default() }
    }

    pub(crate) fn clock(clock: Clock) -> Self {
        Self { clock: Some(clock), ..Self::default() }
    }
}

impl Clock {
    pub(crate) fn part(part: Part) -> Self {
        Self { part: Some(part), ..Self::default() }
    }

    pub(crate) fn time(time: Time) -> Self {
        Self { time: Some(time), ..Self::default() }
    }
}

impl Time {
    pub(crate) const fn hour(hour: i8) -> Self {
        Self { hour, minute: None, second: None, half: None, exact: false }
    }
}
