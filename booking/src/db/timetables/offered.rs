//! The visit itself: its services, what they need, who gives them, how long that takes and what it
//! costs.

use jiff::SignedDuration;
use kernel::ResourceId;
use platform::TenantTx;
use sqlx::query;
use uuid::Uuid;

use super::{Loaded, LoadedLead, LoadedResource, LoadedSegment, Scope};
use crate::{
    BookingError, ResourceKind, Visit,
    db::{add_ons, resources::stored_zone},
    engine::{Fill, Standing},
};

pub(super) async fn services(tx: &mut TenantTx, scope: &Scope<'_>) -> Result<Loaded, BookingError> {
    let rows = query!(
        r#"SELECT s.service_id, s.duration_minutes, s.buffer_before_minutes,
                  s.buffer_after_minutes, s.active, s.seats, s.awaits, s.needs, t.currency, t.zone,
                  EXISTS (SELECT FROM services v
                          WHERE v.tenant_id = s.tenant_id AND v.variation_of = s.service_id
                            AND v.active) AS "is_heading!",
                  (SELECT min(duration_minutes) FROM services
                   WHERE tenant_id = $1 AND active) AS shortest
           FROM services s JOIN tenants t ON t.tenant_id = s.tenant_id
           WHERE s.tenant_id = $1 AND s.service_id = ANY($2)"#,
        tx.tenant_uuid(),
        &scope.visit.services().map(|id| id.as_uuid()).collect::<Vec<_>>(),
    )
    .fetch_all(tx.conn())
    .await?;
    let minutes = |minutes: i32| SignedDuration::from_mins(minutes.into());
    let mut segments = Vec::new();
    for item in &scope.visit.items {
        let row = rows
            .iter()
            .find(|row| row.service_id == item.service.as_uuid())
            .ok_or(BookingError::UnknownService(item.service))?;
        if row.is_heading {
            return Err(BookingError::invalid("service_id", "must be one of its variations"));
        }
        // A kind that is needed and of which there is none keeps its role, which nobody fills.
        let mut needs: Vec<(ResourceKind, Vec<Fill>)> = Vec::new();
        for need in &row.needs {
            needs.push((need.parse()?, Vec::new()));
        }
        needs.sort_by_key(|(kind, _)| kind.as_str());
        segments.push(LoadedSegment {
            service: item.service,
            add_ons: item.add_ons.clone(),
            awaits: row.awaits.iter().map(|awaits| awaits.parse()).collect::<Result<_, _>>()?,
            seats: u16::try_from(row.seats).unwrap_or(1),
            buffer_before: minutes(row.buffer_before_minutes),
            buffer_after: minutes(row.buffer_after_minutes),
            standing: if row.active { Standing::Offered } else { Standing::Inactive },
            party_size: scope.visit.party_size,
            leads: Vec::new(),
            needs,
        });
    }
    let first = rows.first().ok_or_else(|| BookingError::invalid("items", "must not be empty"))?;
    let corrupt = |_| BookingError::corrupt("currency of a tenant");
    Ok(Loaded {
        segments,
        resources: Vec::new(),
        closures: Vec::new(),
        currency: first.currency.parse().map_err(corrupt)?,
        zone: stored_zone(&first.zone)?,
        shortest: minutes(first.shortest.unwrap_or(5)),
    })
}

/// The resources that are linked to the services or to what they are variations of, and those that
/// were asked for by name.
pub(super) async fn add_resources(
    tx: &mut TenantTx,
    scope: &Scope<'_>,
    loaded: &mut Loaded,
) -> Result<(), BookingError> {
    let wanted: Vec<ResourceId> =
        scope.visit.items.iter().flat_map(|item| item.among.iter().flatten()).copied().collect();
    let services: Vec<Uuid> = scope.visit.services().map(|id| id.as_uuid()).collect();
    let rows = query!(
        r#"SELECT r.resource_id, r.kind, r.zone, r.capacity, r.active, r.min_party, r.max_party,
                  r.max_per_day, r.max_per_week, s.service_id AS "service_id?",
                  coalesce(own.duration_minutes, s.duration_minutes) AS duration_minutes,
                  coalesce(own.price_minor, s.price_minor) AS price_minor,
                  (own.service_id IS NOT NULL OR heading.service_id IS NOT NULL) AS "is_linked!"
           FROM resources r
           LEFT JOIN services s ON s.tenant_id = r.tenant_id AND s.service_id = ANY($2)
           LEFT JOIN resource_services own
             ON own.tenant_id = r.tenant_id AND own.resource_id = r.resource_id
            AND own.service_id = s.service_id
           LEFT JOIN resource_services heading
             ON heading.tenant_id = r.tenant_id AND heading.resource_id = r.resource_id
            AND heading.service_id = s.variation_of
           WHERE r.tenant_id = $1
             AND (own.service_id IS NOT NULL OR heading.service_id IS NOT NULL
                  OR r.resource_id = ANY($3))
           ORDER BY r.position, r.resource_id"#,
        tx.tenant_uuid(),
        &services,
        &wanted.iter().map(ResourceId::as_uuid).collect::<Vec<_>>(),
    )
    .fetch_all(tx.conn())
    .await?;
    let add_ons = add_on_sums(tx, scope.visit).await?;
    for row in rows {
        let id = ResourceId::from_uuid(row.resource_id);
        let kind: ResourceKind = row.kind.parse()?;
        let index = match loaded.index(id) {
            Some(index) => index,
            None => {
                let limit = |limit: Option<i32>| limit.and_then(|limit| u16::try_from(limit).ok());
                loaded.resources.push(LoadedResource {
                    id,
                    kind,
                    zone: stored_zone(&row.zone)?,
                    capacity: limit(Some(row.capacity)).unwrap_or(1),
                    active: row.active,
                    min_party: limit(Some(row.min_party)).unwrap_or(1),
                    max_party: limit(row.max_party),
                    max_per_day: limit(row.max_per_day),
                    max_per_week: limit(row.max_per_week),
                    weekly: Vec::new(),
                    exceptions: Vec::new(),
                    claims: Vec::new(),
                    claimants: Vec::new(),
                    full_days: Vec::new(),
                });
                loaded.resources.len() - 1
            }
        };
        let (Some(service), Some(minutes), Some(price_minor)) =
            (row.service_id, row.duration_minutes, row.price_minor)
        else {
            continue;
        };
        let resource = &loaded.resources[index];
        let is_small = scope.visit.party_size < resource.min_party;
        let (active, seats) = (resource.active, resource.max_party);
        let items = scope.visit.items.iter().zip(&add_ons);
        for (segment, (item, (extra, extra_price))) in loaded.segments.iter_mut().zip(items) {
            if segment.service.as_uuid() != service {
                continue;
            }
            if let Some((_, fills)) = segment.needs.iter_mut().find(|(need, _)| *need == kind) {
                if row.is_linked && active && !is_small {
                    fills.push(Fill { resource: index, rank: 0, seats });
                }
                continue;
            }
            let is_wanted = item.among.as_ref().is_some_and(|among| among.contains(&id));
            if !item.accepts(id) || (!row.is_linked && !is_wanted) {
                continue;
            }
            // Nobody hears of those who are away, unless they were asked for.
            let standing = match (row.is_linked && !is_small, active) {
                (true, true) => Standing::Offered,
                (true, false) if is_wanted => Standing::Inactive,
                (false, _) if is_wanted => Standing::NotOffered,
                _ => continue,
            };
            segment.leads.push(LoadedLead {
                resource: index,
                standing,
                duration: SignedDuration::from_mins(minutes.into()) + *extra,
                price_minor: price_minor + extra_price,
                sessions: Vec::new(),
                session_ids: Vec::new(),
            });
        }
    }
    match wanted.iter().find(|id| loaded.index(**id).is_none()) {
        Some(id) => Err(BookingError::UnknownResource(*id)),
        None => Ok(()),
    }
}

/// How much longer and dearer each item is by what comes on top.
async fn add_on_sums(
    tx: &mut TenantTx,
    visit: &Visit,
) -> Result<Vec<(SignedDuration, i64)>, BookingError> {
    if visit.items.iter().all(|item| item.add_ons.is_empty()) {
        return Ok(vec![(SignedDuration::ZERO, 0); visit.items.len()]);
    }
    let all = add_ons::all(tx, None).await?;
    let sum = |item: &crate::Item| {
        item.add_ons.iter().try_fold((SignedDuration::ZERO, 0), |(time, price), id| {
            let found = all.iter().find(|add_on| add_on.id == *id);
            let add_on = found.ok_or(BookingError::UnknownAddOn(*id))?;
            if !add_on.active || add_on.service != item.service {
                let only = "must be add-ons of the service that are on offer";
                return Err(BookingError::invalid("add_on_ids", only));
            }
            Ok((time + add_on.duration, price + add_on.price.amount_minor))
        })
    };
    visit.items.iter().map(sum).collect()
}
