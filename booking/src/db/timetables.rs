//! Everything that openings are computed from, in five queries.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use jiff_sqlx::ToSqlx as _;
use kernel::{AppointmentId, Money, ResourceId, ServiceId, TimeRange};
use platform::TenantTx;
use sqlx::query;
use uuid::Uuid;

use super::{resources::stored_zone, schedules};
use crate::{
    BookingError, ScheduleException, WeeklyHours,
    availability::{Shape, Timetable},
};

/// What to load.
pub(crate) struct Scope<'a> {
    pub(crate) service: ServiceId,
    pub(crate) resources: Option<&'a [ResourceId]>,
    /// When the service may start.
    pub(crate) window: TimeRange,
    /// Whose claim is not in the way.
    pub(crate) moving: Option<AppointmentId>,
    /// Holds that have expired by now are not in the way either.
    pub(crate) now: Timestamp,
}

pub(crate) struct Loaded {
    pub(crate) service: LoadedService,
    /// Active, doing the service, in order of position.
    pub(crate) resources: Vec<LoadedResource>,
    /// Where the appointment to be moved is, if it is near.
    pub(crate) moving_from: Option<(ResourceId, Timestamp)>,
}

pub(crate) struct LoadedService {
    pub(crate) id: ServiceId,
    pub(crate) active: bool,
    pub(crate) price: Money,
    duration: SignedDuration,
    buffer_before: SignedDuration,
    buffer_after: SignedDuration,
}

impl LoadedService {
    pub(crate) const fn shape(&self, step: SignedDuration) -> Shape {
        Shape {
            duration: self.duration,
            buffer_before: self.buffer_before,
            buffer_after: self.buffer_after,
            step,
        }
    }
}

pub(crate) struct LoadedResource {
    pub(crate) id: ResourceId,
    pub(crate) zone: TimeZone,
    weekly: Vec<WeeklyHours>,
    exceptions: Vec<ScheduleException>,
    busy: Vec<TimeRange>,
}

impl LoadedResource {
    pub(crate) fn timetable(&self) -> Timetable<'_> {
        Timetable {
            zone: &self.zone,
            weekly: &self.weekly,
            exceptions: &self.exceptions,
            busy: &self.busy,
        }
    }
}

pub(crate) async fn load(tx: &mut TenantTx, scope: &Scope<'_>) -> Result<Loaded, BookingError> {
    let service = service(tx, scope.service).await?;
    let resources = resources(tx, scope).await?;
    let mut loaded = Loaded { service, resources, moving_from: None };
    add_hours(tx, scope, &mut loaded).await?;
    add_claims(tx, scope, &mut loaded).await?;
    Ok(loaded)
}

async fn service(tx: &mut TenantTx, id: ServiceId) -> Result<LoadedService, BookingError> {
    let row = query!(
        "SELECT s.duration_minutes, s.buffer_before_minutes, s.buffer_after_minutes,
                s.price_minor, s.active, t.currency
         FROM services s JOIN tenants t ON t.tenant_id = s.tenant_id
         WHERE s.tenant_id = $1 AND s.service_id = $2",
        tx.tenant_uuid(),
        id.as_uuid(),
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(BookingError::UnknownService(id))?;
    let currency =
        row.currency.parse().map_err(|_| BookingError::corrupt("currency of a tenant"))?;
    let minutes = |minutes: i32| SignedDuration::from_mins(minutes.into());
    Ok(LoadedService {
        id,
        active: row.active,
        price: Money { amount_minor: row.price_minor, currency },
        duration: minutes(row.duration_minutes),
        buffer_before: minutes(row.buffer_before_minutes),
        buffer_after: minutes(row.buffer_after_minutes),
    })
}

async fn resources(
    tx: &mut TenantTx,
    scope: &Scope<'_>,
) -> Result<Vec<LoadedResource>, BookingError> {
    let only: Option<Vec<Uuid>> =
        scope.resources.map(|ids| ids.iter().map(ResourceId::as_uuid).collect());
    let rows = query!(
        "SELECT r.resource_id, r.zone
         FROM resources r
         JOIN resource_services rs
           ON rs.tenant_id = r.tenant_id AND rs.resource_id = r.resource_id
         WHERE r.tenant_id = $1 AND rs.service_id = $2 AND r.active
           AND ($3::uuid[] IS NULL OR r.resource_id = ANY($3))
         ORDER BY r.position, r.resource_id",
        tx.tenant_uuid(),
        scope.service.as_uuid(),
        only as Option<Vec<Uuid>>,
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(LoadedResource {
                id: ResourceId::from_uuid(row.resource_id),
                zone: stored_zone(&row.zone)?,
                weekly: Vec::new(),
                exceptions: Vec::new(),
                busy: Vec::new(),
            })
        })
        .collect()
}

async fn add_hours(
    tx: &mut TenantTx,
    scope: &Scope<'_>,
    loaded: &mut Loaded,
) -> Result<(), BookingError> {
    let ids = loaded.ids();
    for (id, hours) in schedules::weekly(tx, &ids).await? {
        if let Some(resource) = loaded.resource(id) {
            resource.weekly.push(hours);
        }
    }
    // Two days wider than the window: zones differ, and a service may run past midnight.
    let margin = SignedDuration::from_hours(72);
    let day = |instant: Timestamp, by| {
        TimeZone::UTC.to_datetime(instant.saturating_add(by).unwrap_or(instant)).date()
    };
    let (first, last) = (day(scope.window.start(), -margin), day(scope.window.end(), margin));
    for (id, exception) in schedules::exceptions(tx, &ids, first, last).await? {
        if let Some(resource) = loaded.resource(id) {
            resource.exceptions.push(exception);
        }
    }
    Ok(())
}

async fn add_claims(
    tx: &mut TenantTx,
    scope: &Scope<'_>,
    loaded: &mut Loaded,
) -> Result<(), BookingError> {
    let Shape { duration, buffer_before, buffer_after, .. } =
        loaded.service.shape(SignedDuration::ZERO);
    let (start, end) = (scope.window.start(), scope.window.end());
    let from = start.saturating_add(-buffer_before).unwrap_or(start);
    let until = end.saturating_add(duration + buffer_after).unwrap_or(end);
    let rows = query!(
        "SELECT appointment_id, claim_id, resource_id, starts_at, blocks_from, blocks_until
         FROM appointments
         WHERE tenant_id = $1 AND resource_id = ANY($2) AND during && tstzrange($3, $4)
           AND state IN ('held', 'confirmed')
           AND (state = 'confirmed' OR expires_at > $5)",
        tx.tenant_uuid(),
        &loaded.ids(),
        from.to_sqlx() as _,
        until.to_sqlx() as _,
        scope.now.to_sqlx() as _,
    )
    .fetch_all(tx.conn())
    .await?;
    let moving = scope.moving.map(|id| id.as_uuid());
    for row in rows {
        let id = ResourceId::from_uuid(row.resource_id);
        if Some(row.appointment_id) == moving {
            loaded.moving_from = Some((id, row.starts_at.to_jiff()));
        } else if Some(row.claim_id) != moving {
            let block = TimeRange::new(row.blocks_from.to_jiff(), row.blocks_until.to_jiff())
                .map_err(|_| BookingError::corrupt("range of an appointment"))?;
            if let Some(resource) = loaded.resource(id) {
                resource.busy.push(block);
            }
        }
    }
    Ok(())
}

impl Loaded {
    fn ids(&self) -> Vec<Uuid> {
        self.resources.iter().map(|resource| resource.id.as_uuid()).collect()
    }

    fn resource(&mut self, id: ResourceId) -> Option<&mut LoadedResource> {
        self.resources.iter_mut().find(|resource| resource.id == id)
    }
}
