//! Who would like to come when something frees up.
//!
//! An entry waits in the order in which it was made. When time is freed, the first entry that it
//! suits is offered it: a hold is placed for [`OFFER_LEASE`], so nobody else gets the time while the
//! customer thinks, and the desk sees it like every hold. A yes confirms the hold. A no, or no
//! answer, frees the time once more, and the event of that drives the offer to the next.
//!
//! ```text
//! waiting ──► offered ──► accepted | declined
//!    ▲            │
//!    └── lapsed ◄─┘          (withdrawn from anything that is not over)
//! ```
//!
//! Whoever lets an offer lapse is passed over until they write again, so that a telephone that is
//! switched off does not keep freed time from everybody else: then [`to_waiting`] puts the entry
//! back where it was in the order. Somebody who answers too late is told so and keeps their place.
//!
//! No entry has two offers: only `waiting` becomes `offered`, in one statement that looks, and again
//! in the trigger `waitlist_entries_moves`. No opening has two leases: an offer is a hold, and holds
//! meet `claims_no_overlap`.

use std::collections::BTreeSet;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, Weekday},
};
use kernel::{AppointmentId, Clock, ContactId, Ids, PhoneNumber, WaitlistEntryId};
use platform::TenantTx;

use crate::{
    Appointment, BookingError, Customer, Freed, Item, Opening, Party, PlaceHold, Rules, Search,
    TimeOfDay, Visit, catalogue,
    db::{locks, waitlist as table},
    engine::Window,
    lifecycle, place_hold, search,
};

/// How long an offer is kept for the customer.
pub const OFFER_LEASE: SignedDuration = SignedDuration::from_mins(15);

/// How long before what was freed a visit may start that makes use of it.
const REACH: SignedDuration = SignedDuration::from_hours(12);

/// How many openings in what was freed are looked at for one entry.
const CONSIDERED: usize = 48;

/// Constraints on when, by the clock of the business. What is left out does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WaitWish {
    /// The first day that would do.
    pub from: Option<Date>,
    /// The last.
    pub until: Option<Date>,
    /// On one of these days of the week.
    pub weekdays: Vec<Weekday>,
    /// Not on these days.
    pub excluded_days: Vec<Date>,
    /// Starting within one of these.
    pub times_of_day: Vec<TimeOfDay>,
}

impl WaitWish {
    fn windows(&self) -> Vec<Window> {
        if self.from.is_none() && self.until.is_none() {
            return Vec::new();
        }
        let first = self.from.unwrap_or(Date::MIN).to_datetime(Time::midnight());
        let after = self.until.and_then(|last| last.tomorrow().ok()).unwrap_or(Date::MAX);
        vec![Window::Local { from: first, until: after.to_datetime(Time::midnight()) }]
    }
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryState {
    /// For something to free up.
    Waiting,
    /// Has been offered a time, which is held.
    Offered,
    /// Took it.
    Accepted,
    /// Did not want it, nor to wait for another.
    Declined,
    /// Did not answer in time.
    Lapsed,
    /// No longer wants to wait.
    Withdrawn,
}

impl EntryState {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Offered,
        Self::Accepted,
        Self::Declined,
        Self::Lapsed,
        Self::Withdrawn,
    ];

    /// As stored, and as in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether the customer still hopes for something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Offered | Self::Lapsed)
    }
}

/// Somebody who waits.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitlistEntry {
    /// Its identifier.
    pub id: WaitlistEntryId,
    /// Who; always on a channel, or nobody could tell them.
    pub customer: Customer,
    /// Their contact.
    pub contact: ContactId,
    /// What for, and on whom.
    pub visit: Visit,
    /// When.
    pub wish: WaitWish,
    /// Where it stands.
    pub state: EntryState,
    /// The hold that is, or last was, offered, and until when.
    pub offer: Option<(AppointmentId, Timestamp)>,
    /// When it was made; the order.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl WaitlistEntry {
    /// Its place in the order.
    #[must_use]
    pub const fn place(&self) -> Place {
        Place { created_at: self.created_at, entry: self.id }
    }
}

/// A place in the order, just after one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// When that one was made.
    pub created_at: Timestamp,
    /// Which it is.
    pub entry: WaitlistEntryId,
}

/// A wish to be told.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinWaitlist {
    /// Who.
    pub contact: ContactId,
    /// As they introduced themselves.
    pub name: Option<String>,
    /// Where to reach them.
    pub phone: Option<PhoneNumber>,
    /// What for, and on whom.
    pub visit: Visit,
    /// When.
    pub wish: WaitWish,
}

/// Puts somebody at the end of the waitlist. Somebody who waits for the very same already keeps
/// their place.
///
/// # Errors
///
/// [`BookingError::Invalid`], [`BookingError::UnknownContact`], [`BookingError::UnknownService`],
/// [`BookingError::UnknownResource`].
pub async fn join_waitlist(
    tx: &mut TenantTx,
    request: &JoinWaitlist,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<WaitlistEntry, BookingError> {
    request.visit.check()?;
    let wish = &request.wish;
    if wish.from.zip(wish.until).is_some_and(|(first, last)| last < first) {
        return Err(BookingError::invalid("until", "must not be before from"));
    }
    check_names(tx, &request.visit).await?;
    // Two messages at once must not make two entries.
    locks::lock_customer(tx, request.contact).await?;
    let same = |entry: &WaitlistEntry| entry.visit == request.visit && entry.wish == request.wish;
    if let Some(entry) = on_waitlist(tx, request.contact).await?.into_iter().find(same) {
        return Ok(entry);
    }
    let now = clock.now();
    let entry = WaitlistEntry {
        id: ids.next(clock),
        contact: request.contact,
        customer: Customer {
            contact: Some(request.contact),
            name: request.name.clone(),
            phone: request.phone.clone(),
        },
        visit: request.visit.clone(),
        wish: request.wish.clone(),
        state: EntryState::Waiting,
        offer: None,
        created_at: now,
        updated_at: now,
    };
    table::insert(tx, &entry).await?;
    Ok(entry)
}

/// Refuses what the business does not have.
async fn check_names(tx: &mut TenantTx, visit: &Visit) -> Result<(), BookingError> {
    let known = catalogue(tx).await?;
    let services: BTreeSet<_> = known.services.iter().map(|service| service.id).collect();
    let resources: BTreeSet<_> = known.resources.iter().map(|resource| resource.id).collect();
    for item in &visit.items {
        if !services.contains(&item.service) {
            return Err(BookingError::UnknownService(item.service));
        }
        for resource in item.among.iter().flatten().chain(&item.except) {
            if !resources.contains(resource) {
                return Err(BookingError::UnknownResource(*resource));
            }
        }
    }
    Ok(())
}

/// Reads entries in their order, at most `limit`.
///
/// # Errors
///
/// [`BookingError::Database`], [`BookingError::Corrupt`].
pub async fn waitlist(
    tx: &mut TenantTx,
    states: &[EntryState],
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<WaitlistEntry>, BookingError> {
    table::list(tx, states, after, limit).await
}

/// What a contact still hopes for, in order.
///
/// # Errors
///
/// [`BookingError::Database`], [`BookingError::Corrupt`].
pub async fn on_waitlist(
    tx: &mut TenantTx,
    contact: ContactId,
) -> Result<Vec<WaitlistEntry>, BookingError> {
    table::open_of(tx, contact).await
}

/// The first who waits, after `after`. Nobody else offers anything until the transaction ends.
///
/// # Errors
///
/// [`BookingError::Database`], [`BookingError::Corrupt`].
pub async fn next_in_turn(
    tx: &mut TenantTx,
    after: Option<Place>,
) -> Result<Option<WaitlistEntry>, BookingError> {
    locks::lock_waitlist(tx).await?;
    let first = table::list(tx, &[EntryState::Waiting], after, 1).await?;
    Ok(first.into_iter().next())
}

/// Offers an entry an opening in what was freed: places the hold. `None` when nothing there suits
/// it, when the customer may not book, or when it does not wait (any more); then everything is as it
/// was. One offer a transaction, as with every hold.
///
/// # Errors
///
/// [`BookingError::UnknownWaitlistEntry`], [`BookingError::Database`].
pub async fn offer_freed(
    tx: &mut TenantTx,
    entry: WaitlistEntryId,
    freed: &Freed,
    rules: Rules,
    ids: &Ids,
    clock: &dyn Clock,
) -> Result<Option<Appointment>, BookingError> {
    let now = clock.now();
    let found = table::fetch(tx, entry).await?;
    let entry = found.ok_or(BookingError::UnknownWaitlistEntry(entry))?;
    if entry.state != EntryState::Waiting {
        return Ok(None);
    }
    for opening in suitable(tx, &entry, freed, rules, now).await? {
        table::mark(tx).await?;
        let wish = hold_of(&entry, &opening, rules);
        match place_hold(tx, &wish, ids, clock).await {
            Ok(hold) => {
                let until = hold.state.expiry().unwrap_or(now);
                if table::offer(tx, entry.id, hold.id, until, now).await? {
                    return Ok(Some(hold));
                }
                table::back_to_mark(tx).await?; // somebody else was quicker with this entry
                return Ok(None);
            }
            Err(BookingError::Database(error)) => return Err(error.into()),
            Err(BookingError::MayNotBook { .. }) => {
                table::back_to_mark(tx).await?;
                return Ok(None);
            }
            Err(_) => table::back_to_mark(tx).await?,
        }
    }
    Ok(None)
}

/// Openings that would not be there without what was freed, the best first.
async fn suitable(
    tx: &mut TenantTx,
    entry: &WaitlistEntry,
    freed: &Freed,
    rules: Rules,
    now: Timestamp,
) -> Result<Vec<Opening>, BookingError> {
    let mut found = Vec::new();
    for (resource, during) in &freed.stretches {
        let wish = Search {
            windows: entry.wish.windows(),
            weekdays: entry.wish.weekdays.clone(),
            excluded_days: entry.wish.excluded_days.clone(),
            times_of_day: entry.wish.times_of_day.clone(),
            not_before: during.start().checked_sub(REACH).ok(),
            not_after: Some(during.end()),
            near: Some(during.start()),
            limit: CONSIDERED,
            rules,
            ..Search::new(entry.visit.clone())
        };
        let offers = match search(tx, &wish, now).await {
            Ok(offers) => offers,
            Err(BookingError::Database(error)) => return Err(error.into()),
            // A service that is gone, say: nothing suits this entry.
            Err(_) => continue,
        };
        for offer in offers {
            let makes_use = offer.opening.segments.iter().any(|segment| {
                let takes = segment.resource == *resource || segment.also.contains(resource);
                takes && segment.during.overlaps(during)
            });
            if makes_use && !found.contains(&offer.opening) {
                found.push(offer.opening);
            }
        }
    }
    Ok(found)
}

fn hold_of(entry: &WaitlistEntry, opening: &Opening, rules: Rules) -> PlaceHold {
    let items = entry.visit.items.iter().zip(opening.segments.iter());
    let items = items.map(|(item, segment)| Item { ..item.clone().on(Some(segment.resource)) });
    PlaceHold {
        visit: Visit { items: items.collect(), party_size: entry.visit.party_size },
        starts_at: opening.starts_at.timestamp(),
        customer: entry.customer.clone(),
        ttl: OFFER_LEASE,
        replaces: None,
        series: None,
        by: Party::Customer,
        rules,
    }
}

/// How an offer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The hold was confirmed.
    Yes,
    /// The customer did not want it.
    No,
    /// The hold went away unanswered.
    None,
}

/// Writes down what became of an offer, when `hold` was one that nothing had become of; says whether
/// it was. The hold itself is the caller's.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn answer_offer(
    tx: &mut TenantTx,
    hold: AppointmentId,
    answer: Answer,
    now: Timestamp,
) -> Result<bool, BookingError> {
    let (from, to): (&[EntryState], _) = match answer {
        Answer::Yes => (&[EntryState::Offered], EntryState::Accepted),
        Answer::No => (&[EntryState::Offered, EntryState::Lapsed], EntryState::Declined),
        Answer::None => (&[EntryState::Offered], EntryState::Lapsed),
    };
    table::settle(tx, hold, from, to, now).await
}

/// Lets entries whose offer lapsed wait again, at their old place: the customer is there.
///
/// # Errors
///
/// [`BookingError::Database`].
pub async fn to_waiting(
    tx: &mut TenantTx,
    contact: ContactId,
    now: Timestamp,
) -> Result<(), BookingError> {
    table::to_waiting(tx, contact, now).await
}

/// Takes an entry off the list and lets go of what is held for it. One that is over stays as it is.
///
/// # Errors
///
/// [`BookingError::UnknownWaitlistEntry`].
pub async fn withdraw(
    tx: &mut TenantTx,
    id: WaitlistEntryId,
    by: Party,
    now: Timestamp,
) -> Result<WaitlistEntry, BookingError> {
    let unknown = || BookingError::UnknownWaitlistEntry(id);
    let entry = table::fetch(tx, id).await?.ok_or_else(unknown)?;
    if !entry.state.is_open() {
        return Ok(entry);
    }
    let offered = |entry: &WaitlistEntry| entry.offer.map(|(hold, _)| hold);
    // The hold before the entry, as with a yes.
    if entry.state == EntryState::Offered {
        let_go(tx, offered(&entry), by, now).await?;
    }
    table::withdraw(tx, id, now).await?;
    let withdrawn = table::fetch(tx, id).await?.ok_or_else(unknown)?;
    if offered(&withdrawn) != offered(&entry) {
        let_go(tx, offered(&withdrawn), by, now).await?; // offered since we looked
    }
    Ok(withdrawn)
}

async fn let_go(
    tx: &mut TenantTx,
    hold: Option<AppointmentId>,
    by: Party,
    now: Timestamp,
) -> Result<(), BookingError> {
    let Some(hold) = hold else { return Ok(()) };
    match lifecycle::release(tx, hold, by, now).await {
        Ok(_) | Err(BookingError::InvalidTransition(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
