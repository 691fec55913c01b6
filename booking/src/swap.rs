//! Two appointments change places.

use jiff::Timestamp;
use kernel::{AppointmentId, Clock, TimeRange};
use platform::TenantTx;

use crate::{
    Appointment, BookingError, Party, Rules, Segment, Segments, Wanted,
    confirm::moved_detail,
    db::{appointments, claims, claims::NewClaim, events::Event, locks, savepoint},
    engine,
    hold::resources_of,
    lifecycle::claimed,
    opening,
};

/// Two appointments that change places in time, and whoever does them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swap {
    /// One.
    pub first: AppointmentId,
    /// The other.
    pub second: AppointmentId,
    /// How finely, how soon, how far ahead.
    pub rules: Rules,
}

/// Gives each of two appointments the other's start and people, both or neither. Each keeps its
/// services, length and price, so what is longer must fit where it goes; each must be on offer
/// there, but for the other one. Classes do not swap: their seats are alike.
///
/// # Errors
///
/// [`BookingError::Taken`] and [`BookingError::NotAnOpening`] when one does not fit where the other
/// is; [`BookingError::InvalidTransition`] unless both are pending or confirmed;
/// [`BookingError::Invalid`] for an appointment and itself.
pub async fn swap(
    tx: &mut TenantTx,
    request: &Swap,
    clock: &dyn Clock,
) -> Result<(Appointment, Appointment), BookingError> {
    let now = clock.now();
    if request.first == request.second {
        return Err(BookingError::invalid("with", "must be another appointment"));
    }
    // In order of id, like everybody who wants two.
    let mut both = [request.first, request.second];
    both.sort_unstable();
    for id in both {
        claimed(tx, id).await?;
    }
    let first = found(tx, request.first).await?;
    let second = found(tx, request.second).await?;
    let mut concerned = resources_of(&first);
    concerned.extend(resources_of(&second));
    locks::lock_resources(tx, concerned).await?;
    let first = appointments::fetch_locked(tx, first.id).await?;
    let second = appointments::fetch_locked(tx, second.id).await?;
    first.state.move_to(second.during.start(), now)?;
    second.state.move_to(first.during.start(), now)?;

    let point = savepoint::set(tx).await?;
    claims::remove(tx, &[first.id, second.id]).await?;
    let swapped = async {
        let one = moved(tx, &first, &second, request.rules, now).await?;
        let other = moved(tx, &second, &first, request.rules, now).await?;
        Ok((one, other))
    };
    match swapped.await {
        Ok(done) => Ok(done),
        Err(error) => {
            point.roll_back(tx).await?;
            Err(error)
        }
    }
}

async fn found(tx: &mut TenantTx, id: AppointmentId) -> Result<Appointment, BookingError> {
    appointments::fetch(tx, id).await?.ok_or(BookingError::UnknownAppointment(id))
}

/// Puts `appointment` where `there` is; neither has claims at the moment.
async fn moved(
    tx: &mut TenantTx,
    appointment: &Appointment,
    there: &Appointment,
    rules: Rules,
    now: Timestamp,
) -> Result<Appointment, BookingError> {
    let mut visit = appointment.visit();
    let places: Vec<_> = there.segments.iter().map(|segment| segment.resource).collect();
    for (item, place) in visit.items.iter_mut().zip(places.iter().cycle()) {
        item.among = Some(vec![*place]);
    }
    let wanted =
        Wanted { visit, starts_at: there.during.start(), moving: Some(appointment.id), rules };
    let (loaded, frame) = opening::load_for(tx, &wanted, now).await?;
    if loaded.segments.iter().any(|segment| segment.seats > 1) {
        return Err(BookingError::invalid("with", "must not be a class"));
    }
    let judged = loaded.with(frame, |visit| {
        engine::judge(visit, wanted.starts_at)
            .map_err(|objections| crate::why::explained(&loaded, &objections))
    });
    let placement = judged.map_err(crate::hold::refusal)?;
    let unreadable = || BookingError::corrupt("resources of a placement");
    let opening = loaded.opening(&placement).ok_or_else(unreadable)?;
    let (starts_local, zone) = loaded.local(&placement).ok_or_else(unreadable)?;
    let priced = opening
        .segments
        .iter()
        .zip(appointment.segments.iter())
        .map(|(to, from)| Segment { price_minor: from.price_minor, ..to.clone() });
    let segments = Segments::new(priced).ok_or_else(unreadable)?;
    let mut wanted_claims = Vec::new();
    for (index, (segment, placed)) in (0_i16..).zip(segments.iter().zip(&placement.segments)) {
        for id in std::iter::once(segment.resource).chain(segment.also.iter().copied()) {
            let resource = loaded.resources.iter().find(|resource| resource.id == id);
            wanted_claims.push(NewClaim {
                segment: index,
                resource: id,
                capacity: resource.map_or(1, |resource| resource.capacity),
                units: resource.map_or(1, |resource| resource.units(appointment.party_size)),
                during: placed.block,
                claim: Some(appointment.id.as_uuid()),
            });
        }
    }
    let state = appointment.state.move_to(placement.starts_at(), now)?;
    if !claims::insert(tx, appointment.id, &wanted_claims, state.expiry()).await? {
        return Err(BookingError::Taken { why: Vec::new() });
    }
    appointments::replace_segments(tx, appointment.id, &segments).await?;
    let during =
        TimeRange::new(placement.starts_at(), placement.ends_at()).map_err(|_| unreadable())?;
    let detail = moved_detail(appointment, there);
    let event = Event::new("swapped", Party::Business.as_str()).with(detail);
    let moved = Appointment { segments, during, starts_local, zone, state, ..appointment.clone() };
    appointments::save(tx, moved, &event, now).await
}
