//! Claiming an opening while the customer decides.
//!
//! # How a double booking is prevented
//!
//! By the constraint `appointments_no_overlap`, and by nothing else: whatever the code, another
//! version of it, or somebody at a SQL prompt does, Postgres refuses the second of two overlapping
//! claims. The locks taken here are for manners. An insert that meets a rival steps back (`ON
//! CONFLICT DO NOTHING`), but the update of a confirmation or a move checks the constraint too and
//! cannot: it and a rival insert could each wait for the other, and one would die of a
//! deadlock, an error no customer should see. So writers queue first, in one order everywhere:
//! the claim (an advisory lock on the appointment that is held, confirmed or moved), then the
//! resources by id (row locks), then appointments. Whoever queued second finds the time taken by
//! looking, and gets [`BookingError::Taken`] in a transaction that still works.
//!
//! The order holds within a call, so a transaction should not place holds on, or confirm, two
//! unrelated claims. Hold then confirm, or release then hold, are fine.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kernel::{AppointmentId, Clock, Ids, Money, ResourceId, ServiceId, TimeRange};
use metrics::counter;
use platform::TenantTx;

use crate::{
    Appointment, BookingError, Customer, NoOpening, Party, Reference, Rules,
    availability::{Verdict, verdict},
    db::{
        appointments::{self, Event, NewHold},
        locks, resources, timetables,
    },
    sweep,
};

const TTL_LIMIT: SignedDuration = SignedDuration::from_hours(24);
const REFERENCES_TRIED: usize = 16;

/// A wish to claim an opening.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceHold {
    /// What for.
    pub service: ServiceId,
    /// On whom; the first who is free, by position, when `None`.
    pub resource: Option<ResourceId>,
    /// When the customer comes.
    pub starts_at: Timestamp,
    /// Who comes. What is missing is taken over from the appointment that is replaced.
    pub customer: Customer,
    /// How long the claim lasts without a confirmation; at most a day.
    pub ttl: SignedDuration,
    /// The confirmed appointment to be moved here. It stays where it is until this hold is
    /// confirmed, and is not in its own way.
    pub replaces: Option<AppointmentId>,
    /// Who asks.
    pub by: Party,
    /// How finely, how soon, how far ahead.
    pub rules: Rules,
}

/// Claims an opening until `ttl` has passed. Price, zone and buffers are those of this moment and
/// stay with the appointment; only a move within the same service keeps the price agreed before.
///
/// Holds that have expired are out of the way at once, swept or not. A second hold for moving the
/// same appointment lets the first go. On any error but [`BookingError::Database`] the transaction
/// can be used further.
///
/// # Errors
///
/// [`BookingError::Taken`] when another claim is in the way; [`BookingError::NotAnOpening`] when
/// the start is not on offer to anybody; [`BookingError::InvalidTransition`] when `replaces` is
/// not confirmed; [`BookingError::Invalid`] and the `Unknown…` ones for bad requests.
pub async fn place_hold(
    tx: &mut TenantTx,
    request: &PlaceHold,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Appointment, BookingError> {
    let now = clock.now();
    let expires_at = expiry(request, now)?;
    let original = original(tx, request).await?;
    let resources = resources::offering(tx, request.service, request.resource).await?;
    let wanted = resources.iter().copied().chain(original.iter().map(|moved| moved.resource));
    locks::lock_resources(tx, wanted.collect()).await?;

    let (places, mut refusal) = judge(tx, request, &resources, now).await?;
    for place in places {
        sweep::expire_in_the_way(tx, place.resource, place.blocks, now).await?;
        let blocks = place.blocks;
        let hold = place.hold(request, original.as_ref(), expires_at, now);
        if let Some(hold) = insert(tx, hold, request.by, ids, clock).await? {
            if let Some(original) = &original {
                let earlier = appointments::moves_of(tx, original.id, Some(hold.id)).await?;
                appointments::cancel_all(tx, earlier, request.by, now).await?;
            }
            return Ok(hold);
        }
        refusal = BookingError::Taken { during: blocks };
    }
    if matches!(refusal, BookingError::Taken { .. }) {
        counter!("booking_openings_taken_total").increment(1);
    }
    Err(refusal)
}

fn expiry(request: &PlaceHold, now: Timestamp) -> Result<Timestamp, BookingError> {
    if request.ttl <= SignedDuration::ZERO || request.ttl > TTL_LIMIT {
        return Err(BookingError::invalid("ttl", "must be more than nothing and at most a day"));
    }
    let bookable = request.rules.bookable(now);
    if bookable.is_none_or(|bookable| request.starts_at < bookable.start()) {
        return Err(BookingError::NotAnOpening { reason: NoOpening::TooSoon });
    }
    if bookable.is_none_or(|bookable| request.starts_at >= bookable.end()) {
        return Err(BookingError::NotAnOpening { reason: NoOpening::TooFar });
    }
    now.checked_add(request.ttl).map_err(|_| BookingError::invalid("ttl", "must end some day"))
}

/// The appointment to be moved, which nobody else can move until this transaction ends.
async fn original(
    tx: &mut TenantTx,
    request: &PlaceHold,
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
    original.state.move_elsewhere()?;
    Ok(Some(original))
}

/// Where and how the service could take place.
struct Place {
    resource: ResourceId,
    during: TimeRange,
    blocks: TimeRange,
    zone: TimeZone,
    price: Money,
}

impl Place {
    fn hold(
        self,
        request: &PlaceHold,
        original: Option<&Appointment>,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> NewHold {
        let mut customer = request.customer.clone();
        let mut price = self.price;
        if let Some(original) = original {
            let before = original.customer.clone();
            customer.contact = customer.contact.or(before.contact);
            customer.name = customer.name.or(before.name);
            customer.phone = customer.phone.or(before.phone);
            if original.service == request.service {
                price = original.price;
            }
        }
        NewHold {
            service: request.service,
            resource: self.resource,
            customer,
            during: self.during,
            blocks: self.blocks,
            zone: self.zone,
            price,
            expires_at,
            replaces: request.replaces,
            at: now,
        }
    }
}

/// The places that are free, in order of position, and the error to give when none works out.
async fn judge(
    tx: &mut TenantTx,
    request: &PlaceHold,
    resources: &[ResourceId],
    now: Timestamp,
) -> Result<(Vec<Place>, BookingError), BookingError> {
    let start = request.starts_at;
    let scope = timetables::Scope {
        service: request.service,
        resources: Some(resources),
        window: TimeRange::new(start, start + SignedDuration::from_secs(1))
            .map_err(|_| BookingError::invalid("starts_at", "must not be the end of time"))?,
        moving: request.replaces,
        now,
    };
    let loaded = timetables::load(tx, &scope).await?;
    if !loaded.service.active {
        let reason = NoOpening::ServiceInactive;
        return Ok((Vec::new(), BookingError::NotAnOpening { reason }));
    }
    let shape = loaded.service.shape(request.rules.step());
    let mut places = Vec::new();
    let (mut taken, mut reason) = (None, NoOpening::NotOffered);
    for resource in loaded.resources {
        match verdict(&resource.timetable(), shape, start) {
            Verdict::Free(during) => places.push(Place {
                resource: resource.id,
                during,
                blocks: shape.block(&during),
                zone: resource.zone,
                price: loaded.service.price,
            }),
            Verdict::Busy(during) => taken = Some(during),
            Verdict::OffStep => reason = NoOpening::OffStep,
            Verdict::OutsideHours if reason == NoOpening::NotOffered => {
                reason = NoOpening::OutsideHours;
            }
            Verdict::OutsideHours => {}
        }
    }
    let refusal = match taken {
        Some(during) => BookingError::Taken { during },
        None => BookingError::NotAnOpening { reason },
    };
    Ok((places, refusal))
}

/// Inserts under a fresh id and reference; `None` when the constraint found a claim in the way.
async fn insert(
    tx: &mut TenantTx,
    hold: NewHold,
    by: Party,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Option<Appointment>, BookingError> {
    let id = ids.next(clock);
    for _ in 0..REFERENCES_TRIED {
        let reference = Reference::draw(ids);
        if appointments::insert_hold(tx, id, &reference, &hold).await? {
            let hold = hold.into_appointment(id, reference);
            appointments::record(tx, &hold, &Event::new("held", by.as_str())).await?;
            return Ok(Some(hold));
        }
        if !appointments::is_reference_used(tx, &reference).await? {
            return Ok(None);
        }
    }
    Err(BookingError::corrupt("reference: every one drawn is in use"))
}
