//! What the database knows that this turn may rely on: the business, its catalogue and hours, its
//! own answers, and this customer's appointments.

use booking::{AppointmentState, EntryState, WaitlistEntry, WeeklyHours};
use dialog::{
    AppointmentFact, Business, Customer, DayHours, Facts, FreedFact, Question, ServiceFact,
    StaffFact, Tone,
};
use intents::{Catalogue, CatalogueEntry, Expecting, ExtractContext};
use jiff::{
    Timestamp,
    civil::{Time, Weekday},
};
use kernel::{ContactId, PhoneNumber, ResourceId};
use platform::TenantTx;
use serde::Serialize;
use tenancy::Tenant;

use super::receive::Message;
use crate::{TurnContext, TurnError, booking_rules};

/// Whom the facts are about.
#[derive(Debug, Clone)]
pub(crate) struct Who {
    /// Which contact.
    pub(crate) contact: ContactId,
    /// What they are called.
    pub(crate) name: Option<String>,
    /// Their number.
    pub(crate) phone: Option<PhoneNumber>,
}

/// Everything a turn knows before it listens.
#[derive(Debug)]
pub(crate) struct Known {
    /// Whose turn it is.
    pub(crate) tenant: Tenant,
    /// For the policy.
    pub(crate) facts: Facts,
    /// For extraction: names and aliases.
    pub(crate) catalogue: Catalogue,
    /// The bounds within which bookings are taken.
    pub(crate) rules: booking::Rules,
}

/// How much was found, for the trace.
#[derive(Serialize)]
pub(crate) struct Summary {
    services: usize,
    staff: usize,
    answers: usize,
    appointments: usize,
}

impl Known {
    pub(crate) fn summary(&self) -> Summary {
        Summary {
            services: self.facts.services.len(),
            staff: self.facts.staff.len(),
            answers: self.facts.answers.len(),
            appointments: self.facts.appointments.len(),
        }
    }

    /// What extraction may assume: today, the tenant's words, and what was just asked, be it by
    /// the waiting list.
    pub(crate) fn extract_context(&self, message: &Message) -> ExtractContext<'_> {
        let state = dialog::with_offer(&message.state, &self.facts);
        ExtractContext {
            now: self.facts.now.clone(),
            catalogue: &self.catalogue,
            region: self.tenant.country.as_deref().and_then(|code| code.parse().ok()),
            month_first: self.tenant.rules.month_first,
            expecting: dialog::expecting(&state).and_then(|expected| self.expecting(&expected)),
        }
    }

    fn expecting(&self, expected: &dialog::Expected) -> Option<Expecting> {
        Some(match expected.question {
            Question::Service => Expecting::Selection(self.facts.services.len()), // a numbered list
            Question::PartySize => Expecting::PartySize,
            Question::Date | Question::NewTime => Expecting::Date,
            Question::Time => Expecting::Time,
            Question::Choice => Expecting::Selection(expected.options),
            Question::Appointment => Expecting::Selection(self.facts.appointments.len()),
            Question::Confirmation | Question::CancelConfirmation | Question::Person => {
                Expecting::Confirmation
            }
            // Any detail may follow.
            Question::Change => return None,
            Question::Name => Expecting::Name,
        })
    }
}

/// Reads it all, inside the turn's transaction.
pub(crate) async fn retrieve(
    cx: &TurnContext,
    tx: &mut TenantTx,
    who: &Who,
) -> Result<Known, TurnError> {
    let tenant = tenancy::load_tenant(tx).await?.ok_or(TurnError::NoTenant)?;
    let now = cx.clock.now().to_zoned(tenant.zone.clone());
    let stored = booking::catalogue(tx).await?;
    let appointments = booking::upcoming_for_contact(tx, who.contact, now.timestamp()).await?;
    let waits = booking::on_waitlist(tx, who.contact).await?;
    let offer = offered(tx, &waits, now.timestamp()).await?;
    let answers = tenancy::facts(tx).await?;
    let working: Vec<_> = stored.leads().map(|lead| lead.id).collect();
    let hours = booking::weekly_hours_of(tx, &working).await?;
    let rules = booking_rules(&tenant.rules)?;
    let (services, staff) = service_facts(&stored);
    let facts = Facts {
        now,
        business: Business {
            name: tenant.name.clone(),
            address: tenant.address.clone(),
            locale: tenant.locale,
            tone: tone_of(&tenant),
        },
        services,
        staff,
        hours: merged(&hours),
        answers: answers.into_iter().map(|fact| (fact.topic, fact.locale, fact.body)).collect(),
        appointments: appointments.iter().map(fact).collect(),
        waiting: waits.iter().map(|entry| entry.id).collect(),
        offer,
        customer: Customer { name: who.name.clone(), phone: who.phone.clone() },
    };
    Ok(Known { catalogue: words(&stored), tenant, facts, rules })
}

/// What came free, was offered, and has not been answered; the latest of several.
async fn offered(
    tx: &mut TenantTx,
    waits: &[WaitlistEntry],
    now: Timestamp,
) -> Result<Option<FreedFact>, TurnError> {
    let unanswered = waits.iter().filter(|entry| entry.state != EntryState::Waiting);
    let Some((entry, (hold, until))) = unanswered
        .filter_map(|entry| Some((entry, entry.offer?)))
        .max_by_key(|(_, (_, until))| *until)
    else {
        return Ok(None);
    };
    let hold = booking::get(tx, hold).await?;
    Ok(hold.map(|hold| FreedFact {
        lapsed: entry.state == EntryState::Lapsed || until <= now,
        appointment: fact(&hold),
    }))
}

/// An appointment as the dialog sees it.
pub(crate) fn fact(appointment: &booking::Appointment) -> AppointmentFact {
    AppointmentFact {
        id: appointment.id,
        reference: appointment.reference.to_string(),
        service: appointment.service(),
        staff: appointment.resource(),
        starts_at: appointment.starts_at(),
        price: appointment.price,
        party_size: appointment.party_size,
        pending: appointment.awaits.is_some()
            && matches!(
                appointment.state,
                AppointmentState::Held { .. } | AppointmentState::Pending { .. }
            ),
    }
}

/// How the business speaks: as its line of business, with what its owner has changed.
///
/// A tone that cannot be read, as after going back to an older release, must not keep customers from
/// an answer: they get it in the tone of the line of business, and the log says so.
fn tone_of(tenant: &Tenant) -> Tone {
    Tone::of(&tenant.vertical, &tenant.tone.overrides).unwrap_or_else(|error| {
        tracing::error!(
            tenant.id = %tenant.id, error = &error as &dyn std::error::Error,
            "the tone cannot be read"
        );
        metrics::counter!("booka_tones_unreadable_total").increment(1);
        Tone::for_vertical(&tenant.vertical)
    })
}

/// What can be booked, and who does it, in display order.
pub(crate) fn service_facts(stored: &booking::Catalogue) -> (Vec<ServiceFact>, Vec<StaffFact>) {
    let services = stored.bookable().map(|service| service_fact(service, stored)).collect();
    let staff = stored.leads().map(|lead| StaffFact { id: lead.id, name: lead.name.clone() });
    (services, staff.collect())
}

fn service_fact(service: &booking::Service, stored: &booking::Catalogue) -> ServiceFact {
    ServiceFact {
        id: service.id,
        names: service.names.iter().map(|(locale, name)| (*locale, name.name.clone())).collect(),
        duration_minutes: u32::try_from(service.duration.as_mins()).unwrap_or(0),
        price: service.price,
        staff: stored.resources_for(service.id).map(|resource| resource.id).collect(),
        by_party: stored
            .resources_for(service.id)
            .any(|resource| resource.limits.max_party.is_some() || resource.limits.capacity > 1),
    }
}

fn words(stored: &booking::Catalogue) -> Catalogue {
    let services = stored.bookable().flat_map(|service| {
        service.names.iter().map(|(locale, name)| CatalogueEntry {
            id: service.id,
            locale: Some(*locale),
            name: name.name.clone(),
            aliases: name.aliases.clone(),
        })
    });
    let staff = stored.leads().map(|resource| CatalogueEntry {
        id: resource.id,
        locale: None,
        name: resource.name.clone(),
        aliases: resource.aliases.clone(),
    });
    Catalogue { services: services.collect(), staff: staff.collect() }
}

/// What any member of staff covers, day by day: overlapping and touching stretches become one.
fn merged(hours: &[(ResourceId, WeeklyHours)]) -> Vec<DayHours> {
    let mut days = Vec::new();
    for weekday in Weekday::Monday.cycle_forward().take(7) {
        let mut stretches: Vec<(u16, u16)> = hours
            .iter()
            .filter(|(_, stretch)| stretch.weekday == weekday)
            .map(|(_, stretch)| (stretch.hours.start_minute(), stretch.hours.end_minute()))
            .collect();
        stretches.sort_unstable();
        let mut open: Vec<(u16, u16)> = Vec::new();
        for (start, end) in stretches {
            match open.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => open.push((start, end)),
            }
        }
        if !open.is_empty() {
            let ranges = open.into_iter().map(|(start, end)| (wall(start), wall(end))).collect();
            days.push(DayHours { weekday, ranges });
        }
    }
    days
}

/// Minutes after midnight as a clock shows them; the midnight that ends a day as 23:59, what runs
/// past it as the clock shows it then.
pub(crate) fn wall(minute: u16) -> Time {
    let minute = if minute > 1440 { minute - 1440 } else { minute.min(1439) };
    let part = |value: u16| i8::try_from(value).unwrap_or(0);
    Time::constant(part(minute / 60), part(minute % 60), 0, 0)
}
