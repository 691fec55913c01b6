//! Appointments, and the holds they come from.

mod approval;
mod attendance;
mod cancel;
mod events;
mod read;
mod reschedule;
mod swap;

use booking::{Appointment, AppointmentState, Customer};
use jiff::{Timestamp, civil};
use kernel::{AppointmentId, ContactId, PhoneNumber, ResourceId, SeriesId, ServiceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    reply::Reply,
    schema,
    services::Awaits,
    values::{Amount, Name, zone_name},
    visit::SegmentView,
};
use crate::app::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list))
        .routes(routes!(read::show))
        .routes(routes!(cancel::cancel))
        .routes(routes!(attendance::note))
        .routes(routes!(reschedule::reschedule))
        .routes(routes!(approval::approve))
        .routes(routes!(approval::decline))
        .routes(routes!(approval::intake))
        .routes(routes!(events::list))
        .routes(routes!(swap::swap))
}

/// A visit that somebody has claimed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppointmentView {
    /// Which; stays the same when it is moved.
    #[schema(value_type = schema::AppointmentId)]
    appointment_id: AppointmentId,
    /// What the customer reads out loud; stays the same when it is moved.
    #[schema(example = "7K3M9Q")]
    reference: String,
    /// What for; the first service of several.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// On whom; who does the first service of several.
    #[schema(value_type = schema::ResourceId)]
    resource_id: ResourceId,
    /// What happens, in order; one for each service.
    segments: Vec<SegmentView>,
    /// Who comes.
    customer: CustomerView,
    /// How many come.
    #[schema(minimum = 1)]
    party_size: u16,
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
    /// For everything, as promised when it was held, whatever the catalogue says since.
    price: Amount,
    /// Where it stands.
    #[schema(value_type = State)]
    state: &'static str,
    /// What must still be there before it is confirmed.
    #[schema(value_type = Vec<Awaits>)]
    awaits: Vec<&'static str>,
    /// What was agreed about changing one's mind.
    terms: TermsView,
    /// For a hold, and for what is pending: the first instant at which it blocks nothing any more.
    /// Until it is swept up, one that has run out still shows as it was.
    #[schema(required)]
    expires_at: Option<Timestamp>,
    /// Whose doing it was that it is off.
    #[schema(required, value_type = Option<Party>)]
    cancelled_by: Option<&'static str>,
    /// For a hold: the appointment that moves here once this is confirmed.
    #[schema(required, value_type = Option<schema::AppointmentId>)]
    replaces: Option<AppointmentId>,
    /// The series it belongs to.
    #[schema(required, value_type = Option<schema::SeriesId>)]
    series_id: Option<SeriesId>,
    /// Goes up by one with every change; the `ETag` of the appointment.
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

/// Who comes, as callers say it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CustomerFields {
    /// As they introduced themselves.
    #[schema(value_type = Option<schema::Name>)]
    name: Option<Name>,
    /// Where to reach them.
    #[schema(value_type = Option<schema::PhoneNumber>)]
    phone: Option<PhoneNumber>,
}

impl CustomerFields {
    /// Who comes; `contact` is who writes to the business, if it is somebody who does.
    pub(super) fn customer(self, contact: Option<ContactId>) -> Customer {
        Customer { contact, name: self.name.map(String::from), phone: self.phone }
    }
}

/// What was agreed about changing one's mind, as it was when it was held.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Terms)]
struct TermsView {
    /// How long before the start the customer can still call off or move, in minutes.
    cancel_notice_minutes: u32,
}

/// Where an appointment stands.
#[derive(ToSchema)]
#[schema(as = AppointmentState, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its name and variants are looked at, by the document")]
enum State {
    /// Blocks the time while the customer decides.
    Held,
    /// Agreed by the customer; something is missing, see `awaits`. Blocks the time.
    Pending,
    /// Agreed.
    Confirmed,
    /// The customer is here.
    Arrived,
    /// Called off; or, for a hold, let go.
    Cancelled,
    /// A hold that nobody confirmed in time, or what was pending until it would have started.
    Expired,
    /// The customer came.
    Completed,
    /// The customer did not come.
    NoShow,
}

/// Whose doing something was.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Party {
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
            segments: SegmentView::all(&appointment.segments, appointment.price.currency),
            party_size: appointment.party_size,
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
            awaits: appointment
                .awaits
                .into_iter()
                .flat_map(booking::Missing::iter)
                .map(booking::Awaits::as_str)
                .collect(),
            terms: TermsView { cancel_notice_minutes: appointment.terms.cancel_notice_minutes },
            expires_at,
            cancelled_by,
            replaces: appointment.replaces,
            series_id: appointment.series,
            version: appointment.version,
            created_at: appointment.created_at,
            updated_at: appointment.updated_at,
        }
    }
}

/// Whose wish it is. The whole body may be left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ByWhom {
    /// Whose; the business's when left out.
    by: Party,
}

/// An appointment, with its version.
pub(super) fn shown(appointment: &Appointment) -> Reply {
    Reply::ok(&AppointmentView::from(appointment)).version(appointment.version)
}

/// A hold that is new, with its version.
pub(super) fn placed(hold: &Appointment) -> Reply {
    let location = format!("/v1/appointments/{}", hold.id);
    Reply::created(location, &AppointmentView::from(hold)).version(hold.version)
}
