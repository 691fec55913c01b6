//! Checks shared by services, resources and schedules.

use jiff::{SignedDuration, tz::TimeZone};

use crate::BookingError;

const NAME_LIMIT: usize = 120;
const ALIASES_LIMIT: usize = 50;

/// Trims a name; refuses a blank or overlong one.
pub(crate) fn name(field: &'static str, text: &str) -> Result<String, BookingError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(BookingError::invalid(field, "must not be blank")),
        n if n > NAME_LIMIT => {
            Err(BookingError::invalid(field, format!("must have at most {NAME_LIMIT} characters")))
        }
        _ => Ok(text.to_owned()),
    }
}

/// Trims each alias; refuses blank ones and too many.
pub(crate) fn aliases(
    field: &'static str,
    aliases: &[String],
) -> Result<Vec<String>, BookingError> {
    if aliases.len() > ALIASES_LIMIT {
        return Err(BookingError::invalid(field, format!("must be at most {ALIASES_LIMIT}")));
    }
    aliases.iter().map(|alias| name(field, alias)).collect()
}

/// Looks a zone up in the tz database.
pub(crate) fn zone(field: &'static str, zone: &str) -> Result<TimeZone, BookingError> {
    TimeZone::get(zone)
        .ok()
        .filter(|zone| zone.iana_name().is_some())
        .ok_or_else(|| BookingError::invalid(field, "must be an IANA time zone"))
}

/// Whole minutes between `least` and `most`.
pub(crate) fn minutes(
    field: &'static str,
    duration: SignedDuration,
    least: i32,
    most: i32,
) -> Result<i32, BookingError> {
    i32::try_from(duration.as_mins())
        .ok()
        .filter(|minutes| {
            SignedDuration::from_mins((*minutes).into()) == duration
                && (least..=most).contains(minutes)
        })
        .ok_or_else(|| {
            BookingError::invalid(field, format!("must be {least} to {most} whole minutes"))
        })
}
