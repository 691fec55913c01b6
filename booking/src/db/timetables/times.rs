//! When: hours, claims, and sessions that have begun to fill.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use jiff_sqlx::ToSqlx as _;
use kernel::{AppointmentId, SessionId, TimeRange};
use platform::TenantTx;
use sqlx::query;
use uuid::Uuid;

use super::{Loaded, Scope};
use crate::{
    BookingError, ResourceKind,
    db::schedules,
    engine::{self, Claim, Session},
};

/// Days that matter for starts in the window: zones differ, and a visit may run past midnight.
fn days_around(window: TimeRange) -> (Date, Date) {
    let margin = SignedDuration::from_hours(72);
    let day = |instant: Timestamp, by| {
        TimeZone::UTC.to_datetime(instant.saturating_add(by).unwrap_or(instant)).date()
    };
    (day(window.start(), -margin), day(window.end(), margin))
}

pub(super) async fn add_hours(
    tx: &mut TenantTx,
    scope: &Scope<'_>,
    loaded: &mut Loaded,
) -> Result<(), BookingError> {
    let ids = loaded.ids();
    for (id, hours) in schedules::weekly(tx, &ids).await? {
        if let Some(resource) = loaded.resource(id.as_uuid()) {
            resource.weekly.push(hours);
        }
    }
    let (first, last) = days_around(scope.window);
    for (id, exception) in schedules::exceptions(tx, &ids, first, last).await? {
        if let Some(resource) = loaded.resource(id.as_uuid()) {
            resource.exceptions.push(exception);
        }
    }
    loaded.closures = schedules::closures(tx, first, last).await?;
    // A room is there when the business is, and whoever works in it says when that is.
    for resource in &mut loaded.resources {
        let stands_there = resource.kind != ResourceKind::Staff;
        if stands_there && resource.weekly.is_empty() && resource.exceptions.is_empty() {
            resource.weekly = engine::round_the_clock()?;
        }
    }
    Ok(())
}

pub(super) async fn add_claims(
    tx: &mut TenantTx,
    scope: &Scope<'_>,
    loaded: &mut Loaded,
) -> Result<(), BookingError> {
    let longest: SignedDuration = loaded
        .segments
        .iter()
        .map(|segment| {
            let service = segment.leads.iter().map(|lead| lead.duration).max().unwrap_or_default();
            segment.buffer_before + service + segment.buffer_after
        })
        .sum();
    let (start, end) = (scope.window.start(), scope.window.end());
    let from = start.saturating_sub(longest).unwrap_or(start);
    let until = end.saturating_add(longest).unwrap_or(end);
    let rows = query!(
        r#"SELECT appointment_id, resource_id, count(*) AS "units!",
                  lower(during) AS "starts!: jiff_sqlx::Timestamp",
                  upper(during) AS "ends!: jiff_sqlx::Timestamp"
           FROM claims
           WHERE tenant_id = $1 AND resource_id = ANY($2)
             AND blocks_until > $3 AND blocks_from < $4
             AND (expires_at IS NULL OR expires_at > $5)
             AND ($6::uuid IS NULL OR appointment_id <> $6 AND claim_id <> $6)
           GROUP BY appointment_id, segment, resource_id, during"#,
        tx.tenant_uuid(),
        &loaded.ids(),
        from.to_sqlx() as _,
        until.to_sqlx() as _,
        scope.now.to_sqlx() as _,
        scope.moving.map(|id| id.as_uuid()),
    )
    .fetch_all(tx.conn())
    .await?;
    for row in rows {
        let blocks = TimeRange::new(row.starts.to_jiff(), row.ends.to_jiff())
            .map_err(|_| BookingError::corrupt("range of a claim"))?;
        if let Some(resource) = loaded.resource(row.resource_id) {
            resource.claims.push(Claim { blocks, units: u16::try_from(row.units).unwrap_or(1) });
            resource.claimants.push(AppointmentId::from_uuid(row.appointment_id));
        }
    }
    Ok(())
}

pub(super) async fn add_sessions(
    tx: &mut TenantTx,
    scope: &Scope<'_>,
    loaded: &mut Loaded,
) -> Result<(), BookingError> {
    let classes: Vec<Uuid> = loaded
        .segments
        .iter()
        .filter(|segment| segment.seats > 1)
        .map(|segment| segment.service.as_uuid())
        .collect();
    if classes.is_empty() {
        return Ok(());
    }
    let (first, last) = (scope.window.start(), scope.window.end());
    let margin = SignedDuration::from_hours(48);
    let rows = query!(
        r#"SELECT s.session_id, s.service_id, s.resource_id, s.seats,
                  s.starts_at AS "starts_at: jiff_sqlx::Timestamp",
                  s.ends_at AS "ends_at: jiff_sqlx::Timestamp", count(*) AS "n_taken!"
           FROM sessions s
           JOIN seats t ON t.tenant_id = s.tenant_id AND t.session_id = s.session_id
           WHERE s.tenant_id = $1 AND s.resource_id = ANY($2) AND s.service_id = ANY($3)
             AND s.starts_at >= $4 AND s.starts_at < $5
             AND t.live AND (t.expires_at IS NULL OR t.expires_at > $6)
             AND ($7::uuid IS NULL OR t.appointment_id <> $7)
           GROUP BY s.tenant_id, s.session_id"#,
        tx.tenant_uuid(),
        &loaded.ids(),
        &classes,
        first.to_sqlx() as _,
        last.saturating_add(margin).unwrap_or(last).to_sqlx() as _,
        scope.now.to_sqlx() as _,
        scope.moving.map(|id| id.as_uuid()),
    )
    .fetch_all(tx.conn())
    .await?;
    for row in rows {
        let during = TimeRange::new(row.starts_at.to_jiff(), row.ends_at.to_jiff())
            .map_err(|_| BookingError::corrupt("range of a session"))?;
        let free = i64::from(row.seats).saturating_sub(row.n_taken);
        let session = Session { during, free_seats: u16::try_from(free).unwrap_or(0) };
        let resources = &loaded.resources;
        let leads = loaded
            .segments
            .iter_mut()
            .filter(|segment| segment.service.as_uuid() == row.service_id)
            .flat_map(|segment| &mut segment.leads);
        for lead in leads {
            if resources[lead.resource].id.as_uuid() == row.resource_id {
                lead.sessions.push(session);
                lead.session_ids.push(SessionId::from_uuid(row.session_id));
            }
        }
    }
    Ok(())
}
