//! How much is enough for a day or a week.

use std::collections::BTreeMap;

use jiff::{SignedDuration, ToSpan as _, civil::Date};
use jiff_sqlx::ToSqlx as _;
use platform::TenantTx;
use sqlx::query;
use uuid::Uuid;

use super::{Loaded, Scope};
use crate::BookingError;

/// On which days people have done as much as they may.
pub(super) async fn add_full_days(
    tx: &mut TenantTx,
    scope: &Scope<'_>,
    loaded: &mut Loaded,
) -> Result<(), BookingError> {
    let limited: Vec<Uuid> = loaded
        .resources
        .iter()
        .filter(|resource| resource.max_per_day.or(resource.max_per_week).is_some())
        .map(|resource| resource.id.as_uuid())
        .collect();
    if limited.is_empty() {
        return Ok(());
    }
    let week = SignedDuration::from_hours(8 * 24);
    let (start, end) = (scope.window.start(), scope.window.end());
    let rows = query!(
        r#"SELECT s.resource_id, s.starts_at AS "starts_at: jiff_sqlx::Timestamp"
           FROM appointment_segments s
           JOIN appointments a
             ON a.tenant_id = s.tenant_id AND a.appointment_id = s.appointment_id
           WHERE s.tenant_id = $1 AND s.resource_id = ANY($2)
             AND s.starts_at >= $3 AND s.starts_at < $4
             AND a.state IN ('held', 'pending', 'confirmed', 'arrived', 'completed')
             AND (a.expires_at IS NULL OR a.expires_at > $5)
             AND ($6::uuid IS NULL OR a.appointment_id <> $6 AND a.claim_id <> $6)"#,
        tx.tenant_uuid(),
        &limited,
        start.saturating_sub(week).unwrap_or(start).to_sqlx() as _,
        end.saturating_add(week).unwrap_or(end).to_sqlx() as _,
        scope.now.to_sqlx() as _,
        scope.moving.map(|id| id.as_uuid()),
    )
    .fetch_all(tx.conn())
    .await?;
    let mut days: BTreeMap<(Uuid, Date), u16> = BTreeMap::new();
    for row in rows {
        if let Some(resource) = loaded.resource(row.resource_id) {
            let day = resource.zone.to_datetime(row.starts_at.to_jiff()).date();
            *days.entry((row.resource_id, day)).or_default() += 1;
        }
    }
    for resource in &mut loaded.resources {
        let id = resource.id.as_uuid();
        let booked = || days.range((id, Date::MIN)..=(id, Date::MAX)).map(|(key, n)| (key.1, *n));
        let mut weeks: BTreeMap<Date, u16> = BTreeMap::new();
        for (day, n) in booked() {
            *weeks.entry(monday(day)).or_default() += n;
            if resource.max_per_day.is_some_and(|most| n >= most) {
                resource.full_days.push(day);
            }
        }
        let full =
            weeks.iter().filter(|(_, n)| resource.max_per_week.is_some_and(|most| **n >= most));
        let full: Vec<Date> = full
            .flat_map(|(monday, _)| (0..7).map(|n: i64| monday.saturating_add(n.days())))
            .collect();
        resource.full_days.extend(full);
    }
    Ok(())
}

fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}
