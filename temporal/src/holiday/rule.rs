//! How the day of a holiday is found.

use jiff::{
    Span,
    civil::{Date, DateTime, Weekday, date},
};

use super::{
    easter,
    lunar::{self, Hebrew},
};

/// How the day of a holiday is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, which one (negative from the end), weekday from 1 Monday.
    Nth(i8, i8, i8),
    /// So many days from the nth weekday of a month.
    NthPlus(i8, i8, i8, i32),
    /// The last such weekday on or before a day.
    OnOrBefore(i8, i8, i8),
    /// The nearest Monday to Friday to a day.
    NearestWeekday(i8, i8),
    /// Days from western Easter.
    Easter(i32),
    /// Days from orthodox Easter.
    Orthodox(i32),
    /// One day a year that no short rule gives: year, month and day.
    Table(&'static [(i16, i8, i8)]),
    /// Month and day of the Islamic calendar, and days from there.
    Hijri(i32, i32, i32),
    /// All of Ramadan.
    RamadanMonth,
    /// 9 Av, from the evening before; a day later where that is the Sabbath.
    TishaBAv,
    /// The Monday nearest to a day.
    NearestMonday(i8, i8),
    /// The last Friday of Ramadan.
    LastFridayOfRamadan,
    /// Days from a day of the Hebrew calendar.
    Hebrew(Hebrew, i32),
    /// Month, lunar day and deciding hour of the Hindu calendar, and days from there.
    Hindu(i32, i32, i32, i32),
    /// The day the sun enters a sign, and days from there.
    SunEnters(i32, i32),
    Onam(i32),
    ChineseNewYear(i32),
    ParsiNewYear,
    /// Several days from the first.
    Days(&'static Rule, i32),
    /// One hour from half past eight in the evening of a day.
    EveningHour(&'static Rule),
    /// By ISO 3166 code; the first is for all others.
    ByCountry(&'static Rule, &'static [([u8; 2], Rule)]),
}

impl Rule {
    /// Whether most years do not have the holiday, so that one must look far.
    pub(crate) const fn is_rare(self) -> bool {
        matches!(self, Self::Table(_))
    }
}

/// The first day and the one after the last, in a year.
pub(crate) fn days(rule: Rule, year: i16, country: Option<[u8; 2]>) -> Option<(Date, Date)> {
    match rule {
        Rule::Days(rule, count) => {
            let (first, _) = days(*rule, year, country)?;
            Some((first, plus(first, count)?))
        }
        Rule::RamadanMonth => Some((lunar::hijri(9, 1, year)?, lunar::ramadan_end(year)?)),
        Rule::ByCountry(other, rules) => {
            let own = rules.iter().find(|(code, _)| Some(*code) == country);
            days(own.map_or(*other, |(_, rule)| *rule), year, country)
        }
        _ => {
            let first = day(rule, year)?;
            Some((first, plus(first, 1)?))
        }
    }
}

/// For the few that are hours of a day: from and to.
pub(crate) fn hours(
    rule: Rule,
    year: i16,
    country: Option<[u8; 2]>,
) -> Option<(DateTime, DateTime)> {
    let Rule::EveningHour(rule) = rule else { return None };
    let (date, _) = days(*rule, year, country)?;
    Some((date.at(20, 30, 0, 0), date.at(21, 30, 0, 0)))
}

fn day(rule: Rule, year: i16) -> Option<Date> {
    match rule {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::Nth(month, n, weekday) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok()
        }
        Rule::NthPlus(month, n, weekday, days) => {
            plus(day(Rule::Nth(month, n, weekday), year)?, days)
        }
        Rule::OnOrBefore(month, day, weekday) => {
            let limit = Date::new(year, month, day).ok()?;
            let back = (limit.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
            plus(limit, -i32::from(back))
        }
        Rule::NearestWeekday(month, day) => {
            let date = Date::new(year, month, day).ok()?;
            match date.weekday() {
                Weekday::Saturday => plus(date, -1),
                Weekday::Sunday => plus(date, 1),
                _ => Some(date),
            }
        }
        Rule::Easter(days) => plus(easter::western(year)?, days),
        Rule::Orthodox(days) => plus(easter::orthodox(year)?, days),
        Rule::Table(rows) => {
            let (_, month, day) = rows.iter().find(|(of, ..)| *of == year)?;
            Some(date(year, *month, *day))
        }
        Rule::Hijri(month, day, days) => plus(lunar::hijri(month, day, year)?, days),
        Rule::LastFridayOfRamadan => {
            let last = plus(lunar::hijri(10, 1, year)?, -1)?;
            let back = (last.weekday().to_monday_one_offset() - 5).rem_euclid(7);
            plus(last, -i32::from(back))
        }
        Rule::TishaBAv => {
            // 112 days after the fifteenth of Nisan.
            let eve = lunar::hebrew(Hebrew::Nisan, 125, year)?;
            plus(eve, i32::from(eve.weekday() == Weekday::Friday))
        }
        Rule::NearestMonday(month, day) => {
            let date = Date::new(year, month, day).ok()?;
            let ahead = i32::from(date.weekday().to_monday_zero_offset());
            plus(date, if ahead <= 3 { -ahead } else { 7 - ahead })
        }
        Rule::Hebrew(from, days) => lunar::hebrew(from, days, year),
        Rule::Hindu(month, lunar_day, hour, days) => {
            plus(lunar::hindu(month, lunar_day, hour, year)?, days)
        }
        Rule::SunEnters(sign, days) => plus(lunar::sun_enters(sign, year)?, days),
        Rule::Onam(days) => plus(lunar::onam(year)?, days),
        Rule::ChineseNewYear(days) => plus(lunar::chinese_new_year(year)?, days),
        Rule::ParsiNewYear => lunar::parsi_new_year(year),
        Rule::Days(..) | Rule::ByCountry(..) | Rule::EveningHour(_) | Rule::RamadanMonth => None,
    }
}

fn plus(date: Date, days: i32) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}
