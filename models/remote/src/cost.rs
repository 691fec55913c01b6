//! Decimal numbers as they are written, to billionths: money does not go through binary fractions.

/// More than this is no price of an answer: a million units.
const LARGEST: i128 = 1_000_000 * 1_000_000_000;

/// Reads a JSON number, or a JSON string that holds one, as billionths; half a billionth rounds up.
/// `None` when it is negative, absurd, or no number.
pub(crate) fn nanos(json: &str) -> Option<i64> {
    let text = json.trim().trim_matches('"');
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let is_number = !whole.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || digits.len() > 30 || exponent.unsigned_abs() > 30 {
        return None;
    }
    let value: i128 = digits.parse().ok()?;
    let places = i32::try_from(fraction.len()).ok()?;
    let shift = exponent - places + 9;
    let power = 10i128.checked_pow(shift.unsigned_abs())?;
    let nanos =
        if shift >= 0 { value.checked_mul(power)? } else { value.checked_add(power / 2)? / power };
    i64::try_from(nanos).ok().filter(|nanos| i128::from(*nanos) <= LARGEST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digits_are_kept() {
        for (json, expected) in [
            ("0.00095", Some(950_000)),
            ("\"0.00095\"", Some(950_000)),
            ("9.5e-4", Some(950_000)),
            ("1", Some(1_000_000_000)),
            ("0", Some(0)),
            ("1.5E0", Some(1_500_000_000)),
            ("0.0000000004", Some(0)),
            ("0.0000000005", Some(1)),
            ("0.1234567891", Some(123_456_789)),
            ("-0.5", None),
            ("1e300", None),
            ("1e7", None),
            ("null", None),
            ("{}", None),
            ("\"\"", None),
            (".5", None),
            ("1.2.3", None),
            ("99999999999999999999999999999999999", None),
        ] {
            assert_eq!(nanos(json), expected, "{json}");
        }
    }

    proptest! {
        #[test]
        fn never_fails_and_reads_what_it_wrote(text in ".{0,40}", n in 0..1_000_000_000_000i64) {
            let _ = nanos(&text);
            let written = format!("{}.{:09}", n / 1_000_000_000, n % 1_000_000_000);
            prop_assert_eq!(nanos(&written), Some(n));
        }
    }
}
