//! Table `claims`: what each appointment occupies.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AppointmentId, ResourceId, TimeRange};
use platform::TenantTx;
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use crate::BookingError;

/// One thing that a segment occupies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NewClaim {
    pub(crate) segment: i16,
    pub(crate) resource: ResourceId,
    /// How many of its places there are, and are wanted.
    pub(crate) capacity: u16,
    pub(crate) units: u16,
    /// Buffers included.
    pub(crate) during: TimeRange,
    /// What it may overlap; `None` before the appointment has an id.
    pub(crate) claim: Option<Uuid>,
}

/// Occupies everything in `claims` for an appointment; says whether it could. When it could not,
/// some of it may be written: the caller goes back to a savepoint.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    id: AppointmentId,
    claims: &[NewClaim],
    expires_at: Option<Timestamp>,
) -> Result<bool, BookingError> {
    for claim in claims {
        let units = match free_units(tx, claim).await? {
            Some(units) => units,
            None if claim.capacity > 1 => match make_room(tx, claim).await? {
                Some(units) => units,
                None => return Ok(false),
            },
            None => return Ok(false),
        };
        let result = query!(
            "INSERT INTO claims
                 (tenant_id, appointment_id, segment, resource_id, unit, during, claim_id,
                  expires_at)
             SELECT $1, $2, $3, $4, unit, tstzrange($6, $7), $8, $9 FROM unnest($5::smallint[]) unit
             ON CONFLICT DO NOTHING",
            tx.tenant_uuid(),
            id.as_uuid(),
            claim.segment,
            claim.resource.as_uuid(),
            &units,
            claim.during.start().to_sqlx() as _,
            claim.during.end().to_sqlx() as _,
            claim.claim,
            expires_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        )
        .execute(tx.conn())
        .await?;
        if result.rows_affected() != u64::from(claim.units) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first places that nobody else occupies then; `None` when they are too few. A person has one
/// place, and whether it is free is for the constraint to say.
async fn free_units(tx: &mut TenantTx, claim: &NewClaim) -> Result<Option<Vec<i16>>, BookingError> {
    if claim.capacity == 1 {
        return Ok(Some(vec![1]));
    }
    let units = query_scalar!(
        r#"SELECT unit::smallint AS "unit!" FROM generate_series(1, $3) unit
           WHERE NOT EXISTS (
               SELECT FROM claims c
               WHERE c.tenant_id = $1 AND c.resource_id = $2 AND c.unit = unit.unit
                 AND c.blocks_until > $4 AND c.blocks_from < $5 AND c.claim_id <> $6)
           ORDER BY unit LIMIT $7"#,
        tx.tenant_uuid(),
        claim.resource.as_uuid(),
        i32::from(claim.capacity),
        claim.during.start().to_sqlx() as _,
        claim.during.end().to_sqlx() as _,
        claim.claim,
        i64::from(claim.units),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok((units.len() == usize::from(claim.units)).then_some(units))
}

/// Places that no resource has, for rows that are being given another.
const ASIDE: i16 = 500;

/// One row of the table, to be given another place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placed {
    appointment: Uuid,
    segment: i16,
    unit: i16,
    claim: Uuid,
    during: TimeRange,
}

/// Places were given out as customers came, so although there is a free one at every instant, no
/// single one may be free throughout. Gives the claims around `claim` other places such that its
/// own are free, if there is any way. Nobody minds: places of one resource are alike.
async fn make_room(tx: &mut TenantTx, claim: &NewClaim) -> Result<Option<Vec<i16>>, BookingError> {
    let near = neighbours(tx, claim).await?;
    let Some((moved, units)) = packed(&near, claim) else {
        return Ok(None);
    };
    // Through places that do not exist, because a row's place is part of its key.
    for pass in [0_i16, 1] {
        for (row, unit) in near.iter().zip(&moved) {
            let aside = row.unit + ASIDE;
            let (from, to) = if pass == 0 { (row.unit, aside) } else { (aside, *unit) };
            query!(
                "UPDATE claims SET unit = $5, live = $6
                 WHERE tenant_id = $1 AND appointment_id = $2 AND segment = $3
                   AND resource_id = $7 AND unit = $4",
                tx.tenant_uuid(),
                row.appointment,
                row.segment,
                from,
                to,
                pass == 1,
                claim.resource.as_uuid(),
            )
            .execute(tx.conn())
            .await?;
        }
    }
    Ok(Some(units))
}

/// The live claims that overlap `claim`, those that overlap them, and so on, in order of start.
async fn neighbours(tx: &mut TenantTx, claim: &NewClaim) -> Result<Vec<Placed>, BookingError> {
    struct Row {
        appointment_id: Uuid,
        segment: i16,
        unit: i16,
        claim_id: Uuid,
        starts: jiff_sqlx::Timestamp,
        ends: jiff_sqlx::Timestamp,
    }
    let mut span = claim.during;
    loop {
        let rows = query_as!(
            Row,
            r#"SELECT appointment_id, segment, unit, claim_id,
                      lower(during) AS "starts!: jiff_sqlx::Timestamp",
                      upper(during) AS "ends!: jiff_sqlx::Timestamp"
               FROM claims
               WHERE tenant_id = $1 AND resource_id = $2
                 AND blocks_until > $3 AND blocks_from < $4
               ORDER BY lower(during), appointment_id, segment, unit"#,
            tx.tenant_uuid(),
            claim.resource.as_uuid(),
            span.start().to_sqlx() as _,
            span.end().to_sqlx() as _,
        )
        .fetch_all(tx.conn())
        .await?;
        let near: Vec<Placed> = rows
            .into_iter()
            .map(|row| {
                let during = TimeRange::new(row.starts.to_jiff(), row.ends.to_jiff())
                    .map_err(|_| BookingError::corrupt("range of a claim"))?;
                Ok(Placed {
                    appointment: row.appointment_id,
                    segment: row.segment,
                    unit: row.unit,
                    claim: row.claim_id,
                    during,
                })
            })
            .collect::<Result<_, BookingError>>()?;
        let wider = near.iter().fold(span, |span, row| {
            TimeRange::new(span.start().min(row.during.start()), span.end().max(row.during.end()))
                .unwrap_or(span)
        });
        if wider == span {
            return Ok(near);
        }
        span = wider;
    }
}

/// A place for each of `near`, in order of start, and places for `claim`; `None` when they do not
/// fit. First come, lowest free place: for intervals that needs as few places as there are claims
/// at the busiest instant, so it only fails when the resource is full.
fn packed(near: &[Placed], claim: &NewClaim) -> Option<(Vec<i16>, Vec<i16>)> {
    let capacity = i16::try_from(claim.capacity).ok()?;
    let rows = near.iter().enumerate();
    let mut all: Vec<(TimeRange, Option<Uuid>, Option<usize>)> =
        rows.map(|(i, row)| (row.during, Some(row.claim), Some(i))).collect();
    all.extend((0..claim.units).map(|_| (claim.during, claim.claim, None)));
    all.sort_by_key(|(during, _, row)| (during.start(), *row));
    let mut placed: Vec<(TimeRange, Option<Uuid>, i16, Option<usize>)> =
        Vec::with_capacity(all.len());
    for (during, whose, row) in all {
        let in_use: BTreeSet<i16> = placed
            .iter()
            .filter(|(other, theirs, ..)| {
                other.overlaps(&during) && (*theirs != whose || row.is_none())
            })
            .map(|(_, _, unit, _)| *unit)
            .collect();
        let unit = (1..=capacity).find(|unit| !in_use.contains(unit))?;
        placed.push((during, whose, unit, row));
    }
    let mut moved = vec![0; near.len()];
    let mut units = Vec::new();
    for (_, _, unit, row) in placed {
        match row {
            Some(i) => *moved.get_mut(i)? = unit,
            None => units.push(unit),
        }
    }
    Some((moved, units))
}

/// Gives an appointment the claims of the hold for moving it, in place of its own.
pub(crate) async fn take_over(
    tx: &mut TenantTx,
    id: AppointmentId,
    hold: AppointmentId,
    expires_at: Option<Timestamp>,
) -> Result<(), BookingError> {
    remove(tx, &[id]).await?;
    query!(
        "UPDATE claims SET appointment_id = $2, expires_at = $4
         WHERE tenant_id = $1 AND appointment_id = $3",
        tx.tenant_uuid(),
        id.as_uuid(),
        hold.as_uuid(),
        expires_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(tx.conn())
    .await?;
    query!(
        "UPDATE seats SET appointment_id = $2, expires_at = $4
         WHERE tenant_id = $1 AND appointment_id = $3",
        tx.tenant_uuid(),
        id.as_uuid(),
        hold.as_uuid(),
        expires_at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Frees everything that these appointments occupy.
pub(crate) async fn remove(
    tx: &mut TenantTx,
    appointments: &[AppointmentId],
) -> Result<(), BookingError> {
    let ids: Vec<Uuid> = appointments.iter().map(AppointmentId::as_uuid).collect();
    query!(
        "DELETE FROM claims WHERE tenant_id = $1 AND appointment_id = ANY($2)",
        tx.tenant_uuid(),
        &ids,
    )
    .execute(tx.conn())
    .await?;
    query!(
        "DELETE FROM seats WHERE tenant_id = $1 AND appointment_id = ANY($2)",
        tx.tenant_uuid(),
        &ids,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
