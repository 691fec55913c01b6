//! When a visit starts, as callers say it: an instant, or what the clock on the wall shows. A time
//! that the clock never shows, or shows twice, is not guessed at.

use axum::http::StatusCode;
use jiff::{Timestamp, Zoned, civil, tz::TimeZone};
use kernel::Local;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    schema,
    values::{Instant, LocalTime, ZoneName},
};
use crate::problem::Problem;

/// What a request says about its start: `starts_at` alone, or `starts_at_local` with what it needs.
#[derive(Debug, Clone, Default)]
pub(super) struct When {
    pub(super) starts_at: Option<Instant>,
    pub(super) starts_at_local: Option<LocalTime>,
    pub(super) time_zone: Option<ZoneName>,
    pub(super) occurrence: Option<Nth>,
}

/// Which of the two times that the clock shows when it is put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Occurrence)]
pub(super) enum Nth {
    /// Before the clock is put back.
    First,
    /// After it was.
    Second,
}

/// A time that a clock shows, told apart from others that look the same.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClockTime {
    /// With `ambiguous_time`: what to send as `occurrence`.
    #[serde(skip_serializing_if = "Option::is_none")]
    occurrence: Option<Nth>,
    /// The instant.
    starts_at: Timestamp,
    /// What the clock shows.
    #[schema(value_type = schema::LocalDateTime)]
    starts_at_local: civil::DateTime,
    /// How far that clock is ahead of UTC then.
    #[schema(example = "+02:00")]
    utc_offset: String,
}

impl ClockTime {
    fn new(at: &Zoned, occurrence: Option<Nth>) -> Self {
        Self {
            occurrence,
            starts_at: at.timestamp(),
            starts_at_local: at.datetime(),
            utc_offset: at.strftime("%:z").to_string(),
        }
    }
}

impl When {
    /// The instant; by the clocks of `business` where no zone is named.
    pub(super) fn resolve(self, business: &TimeZone) -> Result<Timestamp, Problem> {
        match (self.starts_at, self.starts_at_local) {
            (Some(instant), None) => {
                let odd = [
                    ("/time_zone", self.time_zone.is_some()),
                    ("/occurrence", self.occurrence.is_some()),
                ];
                match odd.into_iter().find(|(_, is_sent)| *is_sent) {
                    Some((field, _)) => {
                        Err(Problem::invalid(field, "goes with `starts_at_local` only"))
                    }
                    None => Ok(instant.0),
                }
            }
            (None, Some(wall)) => {
                let zone = self.time_zone.map_or_else(|| business.clone(), |zone| zone.0);
                instant(wall.0, &zone, self.occurrence)
            }
            (None, None) => Err(Problem::invalid(
                "/starts_at",
                "is missing: send `starts_at`, an instant, or `starts_at_local`, a local time",
            )),
            (Some(_), Some(_)) => Err(Problem::invalid(
                "/starts_at_local",
                "must be left out when `starts_at` is sent: they say the same",
            )),
        }
    }
}

fn instant(
    wall: civil::DateTime,
    zone: &TimeZone,
    wanted: Option<Nth>,
) -> Result<Timestamp, Problem> {
    let found = kernel::local_to_instant(wall, zone);
    match found.map_err(|_| Problem::invalid("/starts_at_local", "must be in our time"))? {
        Local::Unique(at) => Ok(at.timestamp()),
        Local::Gap { before, after } => Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "no_such_time",
            "The clock never shows that time",
        )
        .detail(format!(
            "The clock is put forward over {wall}; the times around it are {} and {}",
            shown(&before),
            shown(&after)
        ))
        .about("/starts_at_local")
        .times(&[ClockTime::new(&before, None), ClockTime::new(&after, None)])),
        Local::Fold { first, second } => match wanted {
            Some(Nth::First) => Ok(first.timestamp()),
            Some(Nth::Second) => Ok(second.timestamp()),
            None => Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "ambiguous_time",
                "The clock shows that time twice",
            )
            .detail(format!(
                "The clock is put back over {wall}; send `occurrence`: `first` for {}, `second` \
                 for {}",
                shown(&first),
                shown(&second)
            ))
            .about("/occurrence")
            .times(&[
                ClockTime::new(&first, Some(Nth::First)),
                ClockTime::new(&second, Some(Nth::Second)),
            ])),
        },
    }
}

/// With its offset, by which it is told apart.
fn shown(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
