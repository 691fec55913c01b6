//! Claiming an opening while the customer decides.
//!
//! # How a double booking is prevented
//!
//! By the constraint `claims_no_overlap` (and `seats_one_each` for classes), and by nothing else:
//! whatever the code, another version of it, or somebody at a SQL prompt does, Postgres refuses the
//! second of two overlapping claims on one place of a resource. The locks taken here are for
//! manners. An insert that meets a rival steps back (`ON CONFLICT DO NOTHING`), but two visits that
//! each have what the other wants next could wait for each other, and one would die of a deadlock,
//! an error no customer should see. So writers queue first, in one order everywhere: the customer
//! and the claims (advisory locks), then the resources by id (row locks), then appointments.
//! Whoever queued second finds the time taken by looking, and gets [`BookingError::Taken`] in a
//! transaction that still works.
//!
//! The order holds within a call, so a transaction should not place holds on, or confirm, two
//! unrelated claims. Hold then confirm, or release then hold, are fine.

use jiff::{SignedDuration, Timestamp};
use kernel::{AppointmentId, Clock, Ids, ResourceId, SeriesId, SessionId, TimeRange};
use metrics::counter;
use platform::TenantTx;

use crate::{
    Appointment, Awaits, BookingError, Customer, Missing, NoOpening, Party, Reference, Rules,
    Segment, Segments, Visit, Wanted, Why, customer,
    db::{
        appointments::{self, NewHold},
        claims::{self, NewClaim},
        events::{self, Event},
        locks, savepoint, seats,
        seats::Session,
        timetables::Loaded,
    },
    engine::{self, Placement},
    opening, sweep,
    why::explained,
};

const TTL_LIMIT: SignedDuration = SignedDuration::from_hours(24);
const REFERENCES_TRIED: usize = 16;

/// A wish to claim an opening.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceHold {
    /// What for, and on whom; whoever is free first, by position, where anybody will do.
    pub visit: Visit,
    /// When the customer comes.
    pub starts_at: Timestamp,
    /// Who comes. What is missing is taken over from the appointment that is replaced.
    pub customer: Customer,
    /// How long the claim lasts without a confirmation; at most a day.
    pub ttl: SignedDuration,
    /// The appointment to be moved here. It stays where it is until this hold is confirmed, and is
    /// not in its own way.
    pub replaces: Option<AppointmentId>,
    /// The series it is to belong to.
    pub series: Option<SeriesId>,
    /// Who asks. A customer is bound by what the business lets customers do by themselves.
    pub by: Party,
    /// How finely, how soon, how far ahead.
    pub rules: Rules,
}

impl PlaceHold {
    /// What is wanted, without for whom.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        Wanted {
            visit: self.visit.clone(),
            starts_at: self.starts_at,
            moving: self.replaces,
            rules: self.rules,
        }
    }
}

/// Claims an opening until `ttl` has passed. Price, zone, buffers and terms are those of this
/// moment and stay with the appointment; only a move within the same services keeps the price
/// agreed before.
///
/// Holds that have expired are out of the way at once, swept or not. A second hold for moving the
/// same appointment lets the first go. On any error but [`BookingError::Database`] the transaction
/// can be used further.
///
/// # Errors
///
/// [`BookingError::Taken`] when another claim is in the way; [`BookingError::NotAnOpening`] when
/// the start is not on offer to anybody; [`BookingError::MayNotBook`] and [`BookingError::TooLate`]
/// for a customer; [`BookingError::InvalidTransition`] when `replaces` cannot be moved;
/// [`BookingError::Invalid`] and the `Unknown…` ones for bad requests.
pub async fn place_hold(
    tx: &mut TenantTx,
    request: &PlaceHold,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Appointment, BookingError> {
    let now = clock.now();
    request.visit.check()?;
    let expires_at = expiry(request, now)?;
    // A first look finds out who is concerned; the second, when nobody else can be at it, counts.
    let (seen, _) = opening::load_for(tx, &request.wanted(), now).await?;
    let asked = mind_the_customer(tx, request, &seen, now).await?;
    let original = original(tx, request, now).await?;
    let mut concerned: Vec<ResourceId> =
        seen.resources.iter().map(|resource| resource.id).collect();
    concerned.extend(original.iter().flat_map(resources_of));
    locks::lock_resources(tx, concerned).await?;

    let (loaded, frame) = opening::load_for(tx, &request.wanted(), now).await?;
    let judged = loaded.with(frame, |visit| {
        engine::judge(visit, request.starts_at)
            .map_err(|objections| explained(&loaded, &objections))
    });
    let placement = match judged {
        Ok(placement) => placement,
        Err(why) => return Err(refusal(why)),
    };
    let plan = Plan::new(tx, &loaded, &placement).await?;
    for claim in &plan.claims {
        sweep::expire_in_the_way(tx, claim.resource, claim.during, now).await?;
    }
    let mut hold = plan.hold(request, original.as_ref(), expires_at, now)?;
    let awaits = loaded.segments.iter().flat_map(|segment| segment.awaits.iter().copied());
    // Who books at the desk has approved; a move needs what was given already no second time.
    let needed = awaits.chain(asked).filter(|awaits| {
        original.is_none() && !(request.by == Party::Business && *awaits == Awaits::Approval)
    });
    hold.awaits = Missing::of(needed);
    let point = savepoint::set(tx).await?;
    let Some(hold) = insert(tx, &plan, hold, request.by, ids, clock).await? else {
        point.roll_back(tx).await?;
        return Err(refusal(Vec::new()));
    };
    if let Some(original) = &original {
        let earlier = appointments::moves_of(tx, original.id, Some(hold.id)).await?;
        appointments::cancel_all(tx, earlier, request.by, now).await?;
    }
    Ok(hold)
}

/// Taken, when somebody else's booking is all that is against it for somebody.
pub(crate) fn refusal(why: Vec<Why>) -> BookingError {
    let nearest = why.first().map(|why| why.resource);
    let of_nearest: Vec<NoOpening> =
        why.iter().filter(|why| Some(why.resource) == nearest).map(|why| why.rule).collect();
    if of_nearest.iter().all(|rule| rule.is_taken()) {
        counter!("booking_openings_taken_total").increment(1);
        return BookingError::Taken { why };
    }
    // A rule that time does not mend is what to say first.
    let reason = of_nearest.into_iter().find(|rule| !rule.is_taken());
    BookingError::NotAnOpening { reason: reason.unwrap_or(NoOpening::NotOffered), why }
}

fn expiry(request: &PlaceHold, now: Timestamp) -> Result<Timestamp, BookingError> {
    if request.ttl <= SignedDuration::ZERO || request.ttl > TTL_LIMIT {
        return Err(BookingError::invalid("ttl", "must be more than nothing and at most a day"));
    }
    now.checked_add(request.ttl).map_err(|_| BookingError::invalid("ttl", "must end some day"))
}

/// Refuses a customer whose standing does not let them book; or says what it takes besides.
async fn mind_the_customer(
    tx: &mut TenantTx,
    request: &PlaceHold,
    seen: &Loaded,
    now: Timestamp,
) -> Result<Option<Awaits>, BookingError> {
    let (Party::Customer, Some(contact)) = (request.by, request.customer.contact) else {
        return Ok(None);
    };
    let wish = customer::Wish {
        contact,
        starts_at: request.starts_at,
        zone: seen.zone.clone(),
        moving: request.replaces,
    };
    customer::judge(tx, &wish, request.rules.policy(), now).await
}

/// The appointment to be moved, which nobody else can move until this transaction ends.
async fn original(
    tx: &mut TenantTx,
    request: &PlaceHold,
    now: Timestamp,
) -> Result<Option<Appointment>, BookingError> {
    let Some(id) = request.replaces else {
        return Ok(None);
    };
    locks::lock_claim(tx, id).await?;
    let original =
        appointments::fetch(tx, id).await?.ok_or(BookingError::UnknownAppointment(id))?;
    let theirs = original.customer.contact;
    if theirs.is_some() && request.customer.contact.is_some_and(|mine| theirs != Some(mine)) {
        return Err(BookingError::UnknownAppointment(id)); // somebody else's
    }
    original.state.move_to(request.starts_at, now)?;
    if request.by == Party::Customer {
        original.terms.allow_change(original.during.start(), now)?;
    }
    Ok(Some(original))
}

/// Everything an appointment occupies.
pub(crate) fn resources_of(appointment: &Appointment) -> Vec<ResourceId> {
    let segments = appointment.segments.iter();
    segments
        .flat_map(|segment| std::iter::once(segment.resource).chain(segment.also.iter().copied()))
        .collect()
}

/// A placement, ready to be written.
struct Plan {
    segments: Segments,
    claims: Vec<NewClaim>,
    /// For each segment that is a class.
    sessions: Vec<(i16, Session, Option<SessionId>)>,
    during: TimeRange,
    starts_local: jiff::civil::DateTime,
    zone: jiff::tz::TimeZone,
    price: kernel::Money,
}

impl Plan {
    async fn new(
        tx: &mut TenantTx,
        loaded: &Loaded,
        placement: &Placement,
    ) -> Result<Self, BookingError> {
        let unreadable = || BookingError::corrupt("resources of a placement");
        let opening = loaded.opening(placement).ok_or_else(unreadable)?;
        let (starts_local, zone) = loaded.local(placement).ok_or_else(unreadable)?;
        let mut segments: Vec<Segment> = opening.segments.iter().cloned().collect();
        let mut claims = Vec::new();
        let mut sessions = Vec::new();
        for (index, placed) in (0_i16..).zip(&placement.segments) {
            let at = usize::try_from(index).unwrap_or_default();
            let (Some(from), Some(segment)) = (loaded.segments.get(at), segments.get_mut(at))
            else {
                return Err(unreadable());
            };
            if from.seats > 1 {
                let session = Session {
                    service: segment.service,
                    resource: segment.resource,
                    during: segment.during,
                    seats: from.seats,
                };
                let joined = placed.session.and_then(|nth| from.session(placed.lead, nth));
                if let Some(joined) = joined {
                    segment.also = seats::rooms(tx, joined, segment.resource).await?;
                }
                sessions.push((index, session, joined));
            }
            for id in std::iter::once(segment.resource).chain(segment.also.iter().copied()) {
                let resource = loaded.resources.iter().find(|resource| resource.id == id);
                let capacity = resource.map_or(1, |resource| resource.capacity);
                let is_class = from.seats > 1;
                let units = if capacity > 1 && !is_class { from.party_size() } else { 1 };
                claims.push(NewClaim {
                    segment: index,
                    resource: id,
                    capacity,
                    units,
                    during: placed.block,
                    claim: None,
                });
            }
        }
        let during =
            TimeRange::new(placement.starts_at(), placement.ends_at()).map_err(|_| unreadable())?;
        let segments = Segments::new(segments).ok_or_else(unreadable)?;
        Ok(Self { segments, claims, sessions, during, starts_local, zone, price: opening.price })
    }

    fn hold(
        &self,
        request: &PlaceHold,
        original: Option<&Appointment>,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<NewHold, BookingError> {
        let mut customer = request.customer.clone();
        let mut price = self.price;
        let mut segments = self.segments.clone();
        let mut terms = request.rules.policy().terms();
        if let Some(original) = original {
            let before = original.customer.clone();
            customer.contact = customer.contact.or(before.contact);
            customer.name = customer.name.or(before.name);
            customer.phone = customer.phone.or(before.phone);
            terms = original.terms;
            if same_services(&original.segments, &segments) {
                price = original.price;
                segments = with_prices_of(&original.segments, &segments)
                    .ok_or_else(|| BookingError::corrupt("segments"))?;
            }
        }
        Ok(NewHold {
            customer,
            party_size: request.visit.party_size,
            segments,
            during: self.during,
            starts_local: self.starts_local,
            zone: self.zone.clone(),
            price,
            awaits: None,
            terms,
            expires_at,
            replaces: request.replaces,
            series: request.series.or(original.and_then(|original| original.series)),
            at: now,
        })
    }
}

fn same_services(one: &Segments, other: &Segments) -> bool {
    let what = |segment: &Segment| (segment.service, segment.add_ons.clone());
    one.iter().map(what).eq(other.iter().map(what))
}

fn with_prices_of(promised: &Segments, segments: &Segments) -> Option<Segments> {
    let priced = segments.iter().zip(promised.iter()).map(|(segment, promised)| Segment {
        price_minor: promised.price_minor,
        ..segment.clone()
    });
    Segments::new(priced)
}

/// Inserts under a fresh id and reference; `None` when a constraint found a claim in the way.
async fn insert(
    tx: &mut TenantTx,
    plan: &Plan,
    hold: NewHold,
    by: Party,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Option<Appointment>, BookingError> {
    let id: AppointmentId = ids.next(clock);
    for _ in 0..REFERENCES_TRIED {
        let reference = Reference::draw(ids);
        if !appointments::insert_hold(tx, id, &reference, &hold).await? {
            continue;
        }
        let own = hold.replaces.unwrap_or(id).as_uuid();
        let expires_at = Some(hold.expires_at);
        let mut claims = plan.claims.clone();
        for claim in &mut claims {
            claim.claim = Some(own);
        }
        for (segment, session, joined) in &plan.sessions {
            let fresh = joined.unwrap_or_else(|| ids.next(clock));
            let session = seats::open(tx, session, fresh).await?;
            sweep::expire_in_session(tx, session, hold.at).await?;
            if !seats::take(tx, session, id, hold.party_size, expires_at).await? {
                return Ok(None);
            }
            for claim in claims.iter_mut().filter(|claim| claim.segment == *segment) {
                claim.claim = Some(session.as_uuid());
            }
        }
        if !claims::insert(tx, id, &claims, expires_at).await? {
            return Ok(None);
        }
        let hold = hold.into_appointment(id, reference);
        events::record(tx, &hold, &Event::new("held", by.as_str())).await?;
        return Ok(Some(hold));
    }
    Err(BookingError::corrupt("reference: every one drawn is in use"))
}
