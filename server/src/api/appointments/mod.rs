//! Appointments, and the holds they come from.

mod attendance;
mod cancel;
mod read;
mod reschedule;

use booking::{Appointment, AppointmentState};
use jiff::{Timestamp, civil};
use kernel::{AppointmentId, ContactId, PhoneNumber, ResourceId, ServiceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    schema,
    values::{Amount, zone_name},
};
use crate::app::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list))
        .routes(routes!(read::show))
        .routes(routes!(cancel::cancel))
        .routes(routes!(attendance::note))
        .routes(routes!(reschedule::reschedule))
}

/// A claim on a resource's time.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AppointmentView {
    /// Which; stays the same when it is moved.
    #[schema(value_type = schema::AppointmentId)]
    appointment_id: AppointmentId,
    /// What the customer reads out loud; stays the same when it is moved.
    #[schema(example = "7K3M9Q")]
    reference: String,
    /// What for.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// On whom.
    #[schema(value_type = schema::ResourceId)]
    resource_id: ResourceId,
    /// Who comes.
    customer: CustomerView,
    /// When the customer comes.
    starts_at: Timestamp,
    /// When the customer leaves.
    ends_at: Timestamp,
    /// When the customer comes, by the clock that was promised.
    #[schema(value_type = schema::LocalDateTime)]
    starts_at_local: civil::DateTime,
    /// When the customer leaves, by the clock that was promised.
    #[schema(value_type = schema::LocalDateTime)]
    ends_at_local: civil::DateTime,
    /// Where that clock hangs.
    #[schema(value_type = schema::TimeZone)]
    time_zone: String,
    /// As promised when it was held, whatever the catalogue says since.
    price: Amount,
    /// Where it stands.
    #[schema(value_type = State)]
    state: &'static str,
    /// For a hold: the first instant at which it blocks nothing any more. Until it is swept up, a
    /// hold that has run out still shows as `held`.
    #[schema(required)]
    expires_at: Option<Timestamp>,
    /// Whose doing it was that it is off.
    #[schema(required, value_type = Option<Party>)]
    cancelled_by: Option<&'static str>,
    /// For a hold: the appointment that moves here once this is confirmed.
    #[schema(required, value_type = Option<schema::AppointmentId>)]
    replaces: Option<AppointmentId>,
    /// Goes up by one with every change.
    #[schema(minimum = 1)]
    version: i32,
    /// When it was held.
    created_at: Timestamp,
    /// When it last changed.
    updated_at: Timestamp,
}

/// Who comes.
#[derive(Debug, Serialize, ToSchema)]
struct CustomerView {
    /// `null` when it was made for nobody on a channel.
    #[schema(required, value_type = Option<schema::ContactId>)]
    contact_id: Option<ContactId>,
    /// As they introduced themselves.
    #[schema(required)]
    name: Option<String>,
    /// Where to reach them.
    #[schema(required, value_type = Option<schema::PhoneNumber>)]
    phone: Option<PhoneNumber>,
}

/// Where an appointment stands.
#[derive(ToSchema)]
#[schema(as = AppointmentState, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its name and variants are looked at, by the document")]
enum State {
    /// Blocks the time while the customer decides.
    Held,
    /// Agreed.
    Confirmed,
    /// Called off; or, for a hold, let go.
    Cancelled,
    /// A hold that nobody confirmed in time.
    Expired,
    /// The customer came.
    Completed,
    /// The customer did not come.
    NoShow,
}

/// Whose doing something was.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Party {
    /// The customer's.
    Customer,
    /// The business's.
    #[default]
    Business,
}

impl From<Party> for booking::Party {
    fn from(party: Party) -> Self {
        match party {
            Party::Customer => Self::Customer,
            Party::Business => Self::Business,
        }
    }
}

impl From<&Appointment> for AppointmentView {
    fn from(appointment: &Appointment) -> Self {
        let expires_at = appointment.state.expiry();
        let cancelled_by = match appointment.state {
            AppointmentState::Cancelled { by } => Some(by.as_str()),
            _ => None,
        };
        let customer = appointment.customer.clone();
        Self {
            appointment_id: appointment.id,
            reference: appointment.reference.to_string(),
            service_id: appointment.service(),
            resource_id: appointment.resource(),
            customer: CustomerView {
                contact_id: customer.contact,
                name: customer.name,
                phone: customer.phone,
            },
            starts_at: appointment.during.start(),
            ends_at: appointment.during.end(),
            starts_at_local: appointment.starts_at().datetime(),
            ends_at_local: appointment.ends_at().datetime(),
            time_zone: zone_name(&appointment.zone),
            price: appointment.price.into(),
            state: appointment.state.name(),
            expires_at,
            cancelled_by,
            replaces: appointment.replaces,
            version: appointment.version,
            created_at: appointment.created_at,
            updated_at: appointment.updated_at,
        }
    }
}
