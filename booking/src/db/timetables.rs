//! Everything that openings are computed from, in six queries, or eight when the business has
//! classes and people with a limit; however many resources there are.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use jiff_sqlx::ToSqlx as _;
use kernel::{
    AddOnId, AppointmentId, Currency, Money, ResourceId, ServiceId, SessionId, TimeRange,
};
use platform::TenantTx;
use sqlx::query;
use uuid::Uuid;

use super::{add_ons, resources::stored_zone, schedules};
use crate::{
    Awaits, BookingError, ResourceKind, ScheduleException, Visit, WeeklyHours,
    engine::{self, Claim, Closure, Fill, Lead, Role, Session, Standing, Timetable},
};

/// What to load.
pub(crate) struct Scope<'a> {
    pub(crate) visit: &'a Visit,
    /// When the visit may start.
    pub(crate) window: TimeRange,
    /// Whose claim is not in the way.
    pub(crate) moving: Option<AppointmentId>,
    /// Holds that have expired by now are not in the way either.
    pub(crate) now: Timestamp,
}

/// A visit with everything that decides where it can be.
pub(crate) struct Loaded {
    pub(crate) segments: Vec<LoadedSegment>,
    /// In order of position.
    pub(crate) resources: Vec<LoadedResource>,
    closures: Vec<Closure>,
    pub(crate) currency: Currency,
    /// The business's.
    pub(crate) zone: TimeZone,
    /// The shortest service of the business: gaps below it are lost.
    pub(crate) shortest: SignedDuration,
}

pub(crate) struct LoadedSegment {
    pub(crate) service: ServiceId,
    pub(crate) add_ons: Vec<AddOnId>,
    pub(crate) awaits: Vec<Awaits>,
    /// How many customers share a time; 1 unless it is a class.
    pub(crate) seats: u16,
    pub(crate) buffer_before: SignedDuration,
    pub(crate) buffer_after: SignedDuration,
    standing: Standing,
    party_size: u16,
    leads: Vec<LoadedLead>,
    needs: Vec<(ResourceKind, Vec<Fill>)>,
}

struct LoadedLead {
    resource: usize,
    standing: Standing,
    duration: SignedDuration,
    price_minor: i64,
    sessions: Vec<Session>,
    session_ids: Vec<SessionId>,
}

pub(crate) struct LoadedResource {
    pub(crate) id: ResourceId,
    pub(crate) kind: ResourceKind,
    pub(crate) zone: TimeZone,
    pub(crate) capacity: u16,
    active: bool,
    min_party: u16,
    max_party: Option<u16>,
    max_per_day: Option<u16>,
    max_per_week: Option<u16>,
    weekly: Vec<WeeklyHours>,
    exceptions: Vec<ScheduleException>,
    claims: Vec<Claim>,
    /// Whose each claim is; for staff.
    pub(crate) claimants: Vec<AppointmentId>,
    full_days: Vec<Date>,
}

/// How a visit may be placed in time; what is not up to the catalogue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) step: SignedDuration,
    pub(crate) bookable: TimeRange,
}

impl Loaded {
    /// Hands the visit to the engine, which borrows everything.
    pub(crate) fn with<T>(&self, frame: Frame, run: impl FnOnce(&engine::Visit<'_>) -> T) -> T {
        let timetables: Vec<Timetable<'_>> =
            self.resources.iter().map(|resource| resource.timetable(&self.closures)).collect();
        let leads: Vec<Vec<Lead<'_>>> =
            self.segments.iter().map(|segment| self.leads(segment)).collect();
        let roles: Vec<Vec<Role<'_>>> =
            self.segments.iter().map(|segment| segment.roles(&self.resources)).collect();
        let segments: Vec<engine::Segment<'_>> = self
            .segments
            .iter()
            .zip(leads.iter().zip(&roles))
            .map(|(segment, (leads, roles))| engine::Segment {
                standing: segment.standing,
                leads,
                roles,
                before: segment.buffer_before,
                after: segment.buffer_after,
                party: segment.party_size,
            })
            .collect();
        run(&engine::Visit {
            timetables: &timetables,
            segments: &segments,
            wait: SignedDuration::ZERO,
            step: frame.step,
            bookable: frame.bookable,
        })
    }

    fn leads<'a>(&'a self, segment: &'a LoadedSegment) -> Vec<Lead<'a>> {
        let lead = |(rank, lead): (u16, &'a LoadedLead)| {
            let resource = self.resources.get(lead.resource)?;
            let is_person = resource.kind == ResourceKind::Staff;
            Some(Lead {
                resource: lead.resource,
                rank: if is_person { rank } else { 0 },
                standing: lead.standing,
                duration: lead.duration,
                price: Money { amount_minor: lead.price_minor, currency: self.currency },
                seats: if segment.seats > 1 { Some(segment.seats) } else { resource.max_party },
                units: resource.units(segment.party_size),
                sessions: &lead.sessions,
                full_days: &resource.full_days,
            })
        };
        (0..).zip(&segment.leads).filter_map(lead).collect()
    }

    fn index(&self, id: ResourceId) -> Option<usize> {
        self.resources.iter().position(|resource| resource.id == id)
    }

    fn ids(&self) -> Vec<Uuid> {
        self.resources.iter().map(|resource| resource.id.as_uuid()).collect()
    }

    fn resource(&mut self, id: Uuid) -> Option<&mut LoadedResource> {
        self.resources.iter_mut().find(|resource| resource.id.as_uuid() == id)
    }
}

impl LoadedSegment {
    fn roles<'a>(&'a self, resources: &[LoadedResource]) -> Vec<Role<'a>> {
        let role = |(_, candidates): &'a (ResourceKind, Vec<Fill>)| {
            // Places are counted alike in all rooms of a kind: those of one place take a party.
            let shared = candidates.iter().filter_map(|fill| resources.get(fill.resource));
            let units = shared.map(|resource| resource.units(self.party_size)).max();
            Role { candidates, units: units.unwrap_or(1) }
        };
        self.needs.iter().map(role).collect()
    }

    /// How many people come.
    pub(crate) const fn party_size(&self) -> u16 {
        self.party_size
    }

    /// Which kind of resource fills a role.
    pub(crate) fn role(&self, index: usize) -> Option<ResourceKind> {
        self.needs.get(index).map(|(kind, _)| *kind)
    }

    /// How many seats of a session are left.
    pub(crate) fn free_seats(&self, lead: usize, session: usize) -> Option<u16> {
        self.leads.get(lead)?.sessions.get(session).map(|session| session.free_seats)
    }

    /// The session that a placement joins.
    pub(crate) fn session(&self, lead: usize, session: usize) -> Option<SessionId> {
        self.leads.get(lead)?.session_ids.get(session).copied()
    }
}

impl LoadedResource {
    fn timetable<'a>(&'a self, closures: &'a [Closure]) -> Timetable<'a> {
        Timetable {
            zone: &self.zone,
            weekly: &self.weekly,
            exceptions: &self.exceptions,
            closures: if self.kind == ResourceKind::Staff { closures } else { &[] },
            claims: &self.claims,
            capacity: self.capacity,
        }
    }

    /// How many of its places a party takes: all people of it where there are several, the whole
    /// where there is one.
    pub(crate) const fn units(&self, party_size: u16) -> u16 {
        if self.capacity > 1 { party_size } else { 1 }
    }
}

pub(crate) async fn load(tx: &mut TenantTx, scope: &Scope<'_>) -> Result<Loaded, BookingError> {
    let mut loaded = services(tx, scope).await?;
    add_resources(tx, scope, &mut loaded).await?;
    add_hours(tx, scope, &mut loaded).await?;
    add_claims(tx, scope, &mut loaded).await?;
    add_sessions(tx, scope, &mut loaded).await?;
    add_full_days(tx, scope, &mut loaded).await?;
    Ok(loaded)
}

async fn services(tx: &mut TenantTx, scope: &Scope<'_>) -> Result<Loaded, BookingError> {
    let rows = query!(
        r#"SELECT s.service_id, s.duration_minutes, s.buffer_before_minutes,
                  s.buffer_after_minutes, s.active, s.seats, s.awaits, t.currency, t.zone,
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
            needs: Vec::new(),
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
async fn add_resources(
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
                  coalesce(own.price_minor, s.price_minor) AS price_minor, s.needs AS "needs?",
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
        let needs = row.needs.unwrap_or_default();
        let resource = &loaded.resources[index];
        let is_small = scope.visit.party_size < resource.min_party;
        let (active, seats) = (resource.active, resource.max_party);
        let items = scope.visit.items.iter().zip(&add_ons);
        for (segment, (item, (extra, extra_price))) in loaded.segments.iter_mut().zip(items) {
            if segment.service.as_uuid() != service {
                continue;
            }
            if needs.iter().any(|need| need == kind.as_str()) {
                if row.is_linked && active && !is_small {
                    segment.fill(kind, Fill { resource: index, rank: 0, seats });
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
    // A kind that is needed and of which there is none keeps its role, which nobody fills.
    add_empty_roles(tx, loaded).await?;
    match wanted.iter().find(|id| loaded.index(**id).is_none()) {
        Some(id) => Err(BookingError::UnknownResource(*id)),
        None => Ok(()),
    }
}

async fn add_empty_roles(tx: &mut TenantTx, loaded: &mut Loaded) -> Result<(), BookingError> {
    let services: Vec<Uuid> =
        loaded.segments.iter().map(|segment| segment.service.as_uuid()).collect();
    let rows = query!(
        "SELECT service_id, needs FROM services
         WHERE tenant_id = $1 AND service_id = ANY($2) AND needs <> '{}'",
        tx.tenant_uuid(),
        &services,
    )
    .fetch_all(tx.conn())
    .await?;
    for row in rows {
        for segment in &mut loaded.segments {
            if segment.service.as_uuid() == row.service_id {
                for need in &row.needs {
                    segment.role_of(need.parse()?);
                }
                segment.needs.sort_by_key(|(kind, _)| kind.as_str());
            }
        }
    }
    Ok(())
}

impl LoadedSegment {
    fn role_of(&mut self, kind: ResourceKind) -> &mut Vec<Fill> {
        let found = self.needs.iter().position(|(known, _)| *known == kind);
        let index = found.unwrap_or_else(|| {
            self.needs.push((kind, Vec::new()));
            self.needs.len() - 1
        });
        &mut self.needs[index].1
    }

    fn fill(&mut self, kind: ResourceKind, fill: Fill) {
        self.role_of(kind).push(fill);
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

/// Days that matter for starts in the window: zones differ, and a visit may run past midnight.
fn days_around(window: TimeRange) -> (Date, Date) {
    let margin = SignedDuration::from_hours(72);
    let day = |instant: Timestamp, by| {
        TimeZone::UTC.to_datetime(instant.saturating_add(by).unwrap_or(instant)).date()
    };
    (day(window.start(), -margin), day(window.end(), margin))
}

async fn add_hours(
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

async fn add_claims(
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

async fn add_sessions(
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

/// On which days people have done as much as they may.
async fn add_full_days(
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
