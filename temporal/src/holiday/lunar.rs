//! Holidays of calendars that follow the moon: Hijri, Hebrew, Hindu and Chinese.

use jiff::{
    Span,
    civil::{Date, Weekday},
};

use super::sky;

/// Hours that India is east of Greenwich.
const INDIA: f64 = 5.5;

fn plus(date: Date, days: i32) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// A day of the Islamic calendar of Umm al-Qura in a Gregorian year: month and day from 1.
///
/// A month begins on the day after the new moon if that came before sunset in Mecca, until 1999
/// before midnight in Greenwich; one more day later otherwise.
pub(super) fn hijri(month: i32, day: i32, year: i16) -> Option<Date> {
    let guess = (f64::from(year) - 622.0) * 33.0 / 32.0;
    #[expect(clippy::cast_possible_truncation, reason = "a year")]
    let guess = guess.floor() as i32;
    (guess - 1..=guess + 2).find_map(|hijri_year| {
        let date = plus(hijri_month(hijri_year, month)?, day - 1)?;
        (date.year() == year).then_some(date)
    })
}

/// The day after the last of the Ramadan that begins in a Gregorian year.
pub(super) fn ramadan_end(year: i16) -> Option<Date> {
    let first = hijri(9, 1, year)?;
    let same = hijri(10, 1, year).filter(|end| *end > first);
    same.or_else(|| hijri(10, 1, year + 1))
}

/// The first day of a month.
fn hijri_month(year: i32, month: i32) -> Option<Date> {
    // By the tabular calendar, a day or two off; as days from 2000-01-01.
    let days = (11 * year + 3) / 30 + 354 * year + 30 * month - (month - 1) / 2 + 1_948_440 - 385;
    let new = sky::new_moon(f64::from(days - 2_451_545) - 1.0);
    let date = sky::date_at(new, 0.0)?;
    let hour = (new + 0.5).rem_euclid(1.0) * 24.0;
    let late = date.year() > 1999 && hour > sunset_in_mecca(date);
    plus(date, if late { 2 } else { 1 })
}

/// Hour of universal time.
fn sunset_in_mecca(date: Date) -> f64 {
    let day = f64::from(date.day_of_year() - 1);
    let declination = (-23.44_f64 * (360.0 / 365.0 * (day + 10.0)).to_radians().cos()).to_radians();
    let half_day =
        (-(21.4225_f64.to_radians().tan()) * declination.tan()).acos().to_degrees() / 15.0;
    let b = (360.0 / 365.0 * (day - 81.0)).to_radians();
    let equation = 9.87 * (2.0 * b).sin() - 7.53 * b.cos() - 1.5 * b.sin();
    12.0 - 39.826 / 15.0 + half_day - equation / 60.0
}

/// What a Hebrew holiday is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Hebrew {
    /// 1 Tishrei.
    NewYear,
    /// 25 Kislev.
    Hanukkah,
    /// 1 Nisan.
    Nisan,
    /// 15 Shevat.
    Trees,
    /// 5 Iyar, moved off the Sabbath.
    Independence,
    /// 27 Nisan, moved off the Sabbath.
    Shoah,
}

/// So many days from a day of the Hebrew calendar, in a Gregorian year.
pub(super) fn hebrew(from: Hebrew, days: i32, year: i16) -> Option<Date> {
    let autumn = i64::from(year) + 3761;
    let new_year = hebrew_new_year(autumn)?;
    let nisan = plus(new_year, -177)?;
    let length = |year: i64| Some((hebrew_new_year(year + 1)? - hebrew_new_year(year)?).get_days());
    let date = match from {
        Hebrew::NewYear => new_year,
        Hebrew::Hanukkah => {
            let long = length(autumn)? % 10 == 5;
            plus(new_year, 30 + 29 + i32::from(long) + 24)?
        }
        Hebrew::Nisan => nisan,
        Hebrew::Trees => {
            let leap = length(autumn - 1)? > 360;
            plus(nisan, if leap { -89 } else { -59 } + 14)?
        }
        Hebrew::Independence => {
            let day = plus(nisan, 34)?;
            match day.weekday() {
                Weekday::Friday => plus(day, -1)?,
                Weekday::Saturday => plus(day, -2)?,
                Weekday::Monday if year >= 2004 => plus(day, 1)?,
                _ => day,
            }
        }
        Hebrew::Shoah => {
            let day = plus(nisan, 26)?;
            match day.weekday() {
                Weekday::Friday => plus(day, -1)?,
                Weekday::Sunday if year >= 1997 => plus(day, 1)?,
                _ => day,
            }
        }
    };
    plus(date, days)
}

/// 1 Tishrei of a Hebrew year.
fn hebrew_new_year(year: i64) -> Option<Date> {
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
    };
    let (before, this, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let late = if after - this == 356 { 2 } else { i64::from(this - before == 382) };
    // Day 1 of the Gregorian calendar is 1 January of year 1.
    let fixed = -1_373_427 + this + late;
    plus(Date::new(1, 1, 1).ok()?, i32::try_from(fixed - 1).ok()?)
}

/// A day of the Hindu calendar in a Gregorian year: the first day on which, at an hour in India,
/// the lunar day (1 to 30, 15 the full moon) of a month (1 Chaitra, from new moon to new moon) has
/// come.
pub(super) fn hindu(month: i32, lunar_day: i32, hour: i32, year: i16) -> Option<Date> {
    let start_of_year = sky::moment(Date::new(year, 1, 1).ok()?, 0.0)?;
    let mut new = sky::new_moon(start_of_year - 45.0);
    for _ in 0..15 {
        let next = sky::new_moon(new + sky::MONTH);
        if sign(new) == (month - 2).rem_euclid(12) && sign(next) != sign(new) {
            let date = lunar_day_after(new, lunar_day, hour);
            if let Some(date) = date.filter(|date| date.year() == year) {
                return Some(date);
            }
        }
        new = next;
    }
    None
}

/// The sign the sun is in, from 0 for Mesha.
#[expect(clippy::cast_possible_truncation, reason = "a twelfth of a circle")]
fn sign(at: sky::Moment) -> i32 {
    (sky::sidereal_sun(at) / 30.0).floor() as i32
}

fn lunar_day_after(new: sky::Moment, lunar_day: i32, hour: i32) -> Option<Date> {
    let first = sky::date_at(new, INDIA)?;
    let skip = (lunar_day - 2).max(0);
    (skip..=31).find_map(|days| {
        let date = plus(first, days)?;
        let at = sky::moment(date, f64::from(hour) - INDIA)?;
        #[expect(clippy::cast_possible_truncation, reason = "a thirtieth of a circle")]
        let here = (sky::elongation(at) / 12.0).floor() as i32 + 1;
        let age = at - new;
        let before = age < 0.0 || (age < 2.0 && here > 25);
        let over = age > 27.0 && here < 5;
        (!before && (here >= lunar_day || over)).then_some(date)
    })
}

/// The day the sun enters a sign (0 Mesha), in India: the next one if after sunset.
pub(super) fn sun_enters(wanted: i32, year: i16) -> Option<Date> {
    let mut date = Date::new(year, 1, 1).ok()?;
    // Signs follow one another from Makara in the middle of January on.
    let months = (wanted - 9).rem_euclid(12);
    date = plus(date, months * 30 + months / 3)?;
    (0..45).find_map(|days| {
        let date = plus(date, days)?;
        let evening = sky::moment(date, 18.0 - INDIA)?;
        let before = sign(evening - 1.0);
        (sign(evening) == wanted && before != wanted).then_some(date)
    })
}

/// The day on which the moon is in Shravana while the sun is in Simha: Thiruvonam.
pub(super) fn onam(year: i16) -> Option<Date> {
    let from = Date::new(year, 8, 14).ok()?;
    (0..36).find_map(|days| {
        let date = plus(from, days)?;
        let evening = sky::moment(date, 18.0 - INDIA)?;
        let house = sky::sidereal_moon(evening) / (360.0 / 27.0);
        (sign(evening) == 4 && (21.0..22.0).contains(&house)).then_some(date)
    })
}

/// The first day of the Chinese year: the new moon in Beijing from 21 January to 20 February.
pub(super) fn chinese_new_year(year: i16) -> Option<Date> {
    let from = Date::new(year, 1, 21).ok()?;
    let to = Date::new(year, 2, 20).ok()?;
    let guess = sky::moment(Date::new(year, 2, 5).ok()?, 0.0)?;
    [-1.0, 0.0, 1.0].into_iter().find_map(|months| {
        let new = sky::new_moon(guess + months * sky::MONTH);
        sky::date_at(new, 8.0).filter(|date| (from..=to).contains(date))
    })
}

/// The Parsi new year, in a calendar of 365 days.
pub(super) fn parsi_new_year(year: i16) -> Option<Date> {
    let known = Date::new(2018, 8, 17).ok()?;
    plus(known, 365 * i32::from(year - 2018))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn hijri_months_begin_as_in_mecca() {
        assert_eq!(hijri(10, 1, 2022), Some(date(2022, 5, 2)));
        assert_eq!(hijri(10, 1, 2023), Some(date(2023, 4, 21)));
        assert_eq!(hijri(9, 1, 2018), Some(date(2018, 5, 16)));
        assert_eq!(hijri(12, 10, 1966), Some(date(1966, 4, 1)));
    }

    #[test]
    fn hebrew_days() {
        assert_eq!(hebrew(Hebrew::NewYear, 0, 2018), Some(date(2018, 9, 10)));
        assert_eq!(hebrew(Hebrew::Hanukkah, 0, 2018), Some(date(2018, 12, 3)));
        assert_eq!(hebrew(Hebrew::Nisan, 14, 2024), Some(date(2024, 4, 23)));
        assert_eq!(hebrew(Hebrew::Trees, 0, 2018), Some(date(2018, 1, 31)));
    }

    #[test]
    fn hindu_days() {
        assert_eq!(hindu(7, 30, 18, 2019), Some(date(2019, 10, 27)));
        assert_eq!(hindu(12, 15, 18, 2018), Some(date(2018, 3, 1)));
        assert_eq!(sun_enters(0, 2018), Some(date(2018, 4, 14)));
        assert_eq!(onam(2018), Some(date(2018, 8, 24)));
    }

    #[test]
    fn chinese_years() {
        assert_eq!(chinese_new_year(2014), Some(date(2014, 1, 31)));
        assert_eq!(chinese_new_year(2024), Some(date(2024, 2, 10)));
    }
}
