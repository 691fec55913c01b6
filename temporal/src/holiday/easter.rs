//! Easter, western and orthodox, and what is counted from it.

use jiff::civil::Date;

/// Easter Sunday of a year in the Gregorian reckoning.
pub(crate) fn western(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let a = y % 19;
    let b = y / 100;
    let c = y % 100;
    let d = b / 4;
    let e = b % 4;
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let i = c / 4;
    let k = c % 4;
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Easter Sunday of the orthodox churches, as a Gregorian date; 1900 to 2099.
pub(crate) fn orthodox(year: i16) -> Option<Date> {
    if !(1900..2100).contains(&year) {
        return None;
    }
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let month = (d + e + 114) / 31;
    let day = (d + e + 114) % 31 + 1;
    let julian = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    // The Julian calendar is thirteen days behind in these centuries.
    julian.checked_add(jiff::Span::new().days(13)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn known_easters() {
        assert_eq!(western(2013), Some(date(2013, 3, 31)));
        assert_eq!(western(2024), Some(date(2024, 3, 31)));
        assert_eq!(western(2038), Some(date(2038, 4, 25)));
        assert_eq!(orthodox(2020), Some(date(2020, 4, 19)));
        assert_eq!(orthodox(2018), Some(date(2018, 4, 8)));
    }
}
