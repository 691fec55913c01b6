//! Appointments that repeat.

mod book;
mod cancel;
mod read;

use booking::Occurrence;
use jiff::civil;
use kernel::SeriesId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{OpeningView, appointments::AppointmentView, schema};
use crate::app::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(book::book))
        .routes(routes!(read::list))
        .routes(routes!(cancel::cancel))
}

/// A series as it was booked.
#[derive(Debug, Serialize, ToSchema)]
struct SeriesView {
    /// Which.
    #[schema(value_type = schema::SeriesId)]
    series_id: SeriesId,
    /// One for each date, in order.
    occurrences: Vec<OccurrenceView>,
}

/// What became of one date of a series.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SeriesOccurrence)]
pub(crate) struct OccurrenceView {
    /// What the clock shows then.
    #[schema(value_type = schema::LocalDateTime)]
    starts_at_local: civil::DateTime,
    /// The appointment; `null` when it cannot be had.
    #[schema(required)]
    appointment: Option<AppointmentView>,
    /// When it cannot be had: why not, as in a problem of the kind `not_an_opening`; `busy` when
    /// somebody else has it.
    #[schema(required)]
    reason: Option<&'static str>,
    /// When it cannot be had: what is near.
    alternatives: Vec<OpeningView>,
}

impl From<&Occurrence> for OccurrenceView {
    fn from(occurrence: &Occurrence) -> Self {
        match occurrence {
            Occurrence::Booked(appointment) => Self {
                starts_at_local: appointment.starts_local,
                appointment: Some((&**appointment).into()),
                reason: None,
                alternatives: Vec::new(),
            },
            Occurrence::Refused { starts_local, reason, alternatives } => Self {
                starts_at_local: *starts_local,
                appointment: None,
                reason: Some(reason.unwrap_or(booking::NoOpening::Busy).as_str()),
                alternatives: alternatives.iter().map(Into::into).collect(),
            },
        }
    }
}
