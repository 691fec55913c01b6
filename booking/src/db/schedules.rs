//! Tables `weekly_hours` and `schedule_exceptions`.

use jiff::civil::{Date, Weekday};
use jiff_sqlx::ToSqlx as _;
use kernel::ResourceId;
use platform::TenantTx;
use sqlx::query;
use uuid::Uuid;

use crate::{BookingError, Hours, ScheduleException, WeeklyHours, engine::Closure};

fn hours(start_minute: i16, end_minute: i16) -> Result<Hours, BookingError> {
    let minute = |minute: i16| u16::try_from(minute).unwrap_or(u16::MAX);
    Hours::new(minute(start_minute), minute(end_minute))
        .map_err(|_| BookingError::corrupt("hours of a resource"))
}

/// Hours as the table has them.
fn minutes(hours: Hours) -> (i16, i16) {
    let minute = |minute: u16| i16::try_from(minute).unwrap_or(i16::MAX);
    (minute(hours.start_minute()), minute(hours.end_minute()))
}

/// Reads the weekly patterns of some resources, Monday first.
pub(crate) async fn weekly(
    tx: &mut TenantTx,
    resources: &[Uuid],
) -> Result<Vec<(ResourceId, WeeklyHours)>, BookingError> {
    let rows = query!(
        "SELECT resource_id, weekday, start_minute, end_minute FROM weekly_hours
         WHERE tenant_id = $1 AND resource_id = ANY($2)
         ORDER BY resource_id, weekday, start_minute",
        tx.tenant_uuid(),
        resources,
    )
    .fetch_all(tx.conn())
    .await?;
    rows.into_iter()
        .map(|row| {
            let weekday = i8::try_from(row.weekday)
                .ok()
                .and_then(|weekday| Weekday::from_monday_one_offset(weekday).ok())
                .ok_or(BookingError::corrupt("weekday of a resource"))?;
            let hours = hours(row.start_minute, row.end_minute)?;
            Ok((ResourceId::from_uuid(row.resource_id), WeeklyHours { weekday, hours }))
        })
        .collect()
}

pub(crate) async fn replace_weekly(
    tx: &mut TenantTx,
    resource: ResourceId,
    pattern: &[WeeklyHours],
) -> Result<(), BookingError> {
    query!(
        "DELETE FROM weekly_hours WHERE tenant_id = $1 AND resource_id = $2",
        tx.tenant_uuid(),
        resource.as_uuid(),
    )
    .execute(tx.conn())
    .await?;
    let weekdays: Vec<i16> =
        pattern.iter().map(|weekly| weekly.weekday.to_monday_one_offset().into()).collect();
    let (starts, ends): (Vec<i16>, Vec<i16>) =
        pattern.iter().map(|weekly| minutes(weekly.hours)).unzip();
    query!(
        "INSERT INTO weekly_hours (tenant_id, resource_id, weekday, start_minute, end_minute)
         SELECT $1, $2, * FROM unnest($3::smallint[], $4::smallint[], $5::smallint[])",
        tx.tenant_uuid(),
        resource.as_uuid(),
        &weekdays,
        &starts,
        &ends,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Reads the exceptions of some resources between two days, both included, in order.
pub(crate) async fn exceptions(
    tx: &mut TenantTx,
    resources: &[Uuid],
    from: Date,
    to: Date,
) -> Result<Vec<(ResourceId, ScheduleException)>, BookingError> {
    let rows = query!(
        "SELECT resource_id, day, start_minute, end_minute, reason FROM schedule_exceptions
         WHERE tenant_id = $1 AND resource_id = ANY($2) AND day BETWEEN $3 AND $4
         ORDER BY resource_id, day, start_minute",
        tx.tenant_uuid(),
        resources,
        from.to_sqlx() as _,
        to.to_sqlx() as _,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut found: Vec<(ResourceId, ScheduleException)> = Vec::new();
    for row in rows {
        let (id, day) = (ResourceId::from_uuid(row.resource_id), row.day.to_jiff());
        if found.last().is_none_or(|(last, exception)| (*last, exception.day) != (id, day)) {
            found.push((id, ScheduleException { day, hours: Vec::new(), reason: row.reason }));
        }
        // One row from 0 to 0 is a closed day.
        if let Some((_, exception)) = found.last_mut().filter(|_| row.end_minute > 0) {
            exception.hours.push(hours(row.start_minute, row.end_minute)?);
        }
    }
    Ok(found)
}

pub(crate) async fn insert_exception(
    tx: &mut TenantTx,
    resource: ResourceId,
    exception: &ScheduleException,
) -> Result<(), BookingError> {
    let mut rows: Vec<_> = exception.hours.iter().copied().map(minutes).collect();
    if rows.is_empty() {
        rows.push((0, 0));
    }
    let (starts, ends): (Vec<i16>, Vec<i16>) = rows.into_iter().unzip();
    query!(
        "INSERT INTO schedule_exceptions
             (tenant_id, resource_id, day, reason, start_minute, end_minute)
         SELECT $1, $2, $3, $4, * FROM unnest($5::smallint[], $6::smallint[])",
        tx.tenant_uuid(),
        resource.as_uuid(),
        exception.day.to_sqlx() as _,
        exception.reason,
        &starts,
        &ends,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Says whether there was one.
pub(crate) async fn delete_exception(
    tx: &mut TenantTx,
    resource: ResourceId,
    day: Date,
) -> Result<bool, BookingError> {
    let result = query!(
        "DELETE FROM schedule_exceptions WHERE tenant_id = $1 AND resource_id = $2 AND day = $3",
        tx.tenant_uuid(),
        resource.as_uuid(),
        day.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(result.rows_affected() > 0)
}

/// The days from `first` to `last` on which the whole business is closed, in order.
pub(crate) async fn closures(
    tx: &mut TenantTx,
    first: Date,
    last: Date,
) -> Result<Vec<Closure>, BookingError> {
    let rows = query!(
        r#"SELECT day AS "day: jiff_sqlx::Date", name FROM closures
           WHERE tenant_id = $1 AND day BETWEEN $2 AND $3 ORDER BY day"#,
        tx.tenant_uuid(),
        first.to_sqlx() as _,
        last.to_sqlx() as _,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Closure { day: row.day.to_jiff(), name: row.name }).collect())
}

pub(crate) async fn set_closure(tx: &mut TenantTx, closure: &Closure) -> Result<(), BookingError> {
    query!(
        "INSERT INTO closures (tenant_id, day, name) VALUES ($1, $2, $3)
         ON CONFLICT (tenant_id, day) DO UPDATE SET name = excluded.name",
        tx.tenant_uuid(),
        closure.day.to_sqlx() as _,
        closure.name,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(crate) async fn delete_closure(tx: &mut TenantTx, day: Date) -> Result<bool, BookingError> {
    let result = query!(
        "DELETE FROM closures WHERE tenant_id = $1 AND day = $2",
        tx.tenant_uuid(),
        day.to_sqlx() as _,
    )
    .execute(tx.conn())
    .await?;
    Ok(result.rows_affected() == 1)
}
