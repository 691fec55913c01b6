//! What a business would say in a tone that it does not use yet. Reads, and changes nothing.

use booking::BookingError;
use dialog::{AppointmentFact, Business, Customer, DialogAct, Facts, Offer, Tone, render};
use jiff::{Span, Timestamp, Zoned};
use kernel::{AppointmentId, Locale, Money, ResourceId, ServiceId};
use platform::TenantTx;
use tenancy::Tenant;

use crate::stages::retrieve::service_facts;

/// One thing to say, in every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToneSample {
    /// What is said: `greet`, `offers`, `summary` …
    pub act: &'static str,
    /// The words, by language.
    pub words: Vec<(Locale, String)>,
}

/// Says the same few things in `tone`, with the first service of the business and whoever does it,
/// as if somebody booked for tomorrow.
///
/// # Errors
///
/// [`BookingError`] when the catalogue cannot be read.
pub async fn preview_tone(
    tx: &mut TenantTx,
    tenant: &Tenant,
    tone: Tone,
    now: Timestamp,
) -> Result<Vec<ToneSample>, BookingError> {
    let (services, staff) = service_facts(&booking::catalogue(tx).await?);
    let now = now.to_zoned(tenant.zone.clone());
    let nothing = sqlx::types::Uuid::nil();
    let first = services.first();
    let service = first.map_or(ServiceId::from_uuid(nothing), |service| service.id);
    let by = first.and_then(|service| service.staff.first()).copied();
    let appointment = AppointmentFact {
        id: AppointmentId::from_uuid(nothing),
        reference: "A1B2C3".to_owned(),
        service,
        staff: by.unwrap_or(ResourceId::from_uuid(nothing)),
        starts_at: days_on(&now, 1, 15),
        price: first.map_or(Money { amount_minor: 2500, currency: tenant.currency }, |s| s.price),
        party_size: 1,
        pending: false,
    };
    let offer = |starts_at| Offer { service, staff: appointment.staff, starts_at };
    let offers = vec![offer(appointment.starts_at.clone()), offer(days_on(&now, 2, 11))];
    let of = || appointment.clone();
    let acts = [
        ("greet", DialogAct::Greet),
        ("offers", DialogAct::Offer { offers, widened: false }),
        ("summary", DialogAct::Confirm { appointment: of(), moves: false }),
        ("booked", DialogAct::Booked { appointment: of() }),
        ("moved", DialogAct::Moved { appointment: of() }),
        ("cancelled", DialogAct::Cancelled { appointment: of() }),
        ("not_understood", DialogAct::NotUnderstood),
        ("handed_over", DialogAct::HandedOver),
        ("welcome", DialogAct::Welcome),
        ("goodbye", DialogAct::Goodbye),
    ];
    let facts = Facts {
        now,
        business: Business {
            name: tenant.name.clone(),
            address: tenant.address.clone(),
            locale: tenant.locale,
            tone,
        },
        services,
        staff,
        hours: vec![],
        answers: vec![],
        appointments: vec![],
        waiting: vec![],
        offer: None,
        customer: Customer::default(),
    };
    let said = |act: &DialogAct| {
        let words = |locale| (locale, render(std::slice::from_ref(act), &facts, locale));
        Locale::ALL.map(words).to_vec()
    };
    Ok(acts.iter().map(|(name, act)| ToneSample { act: name, words: said(act) }).collect())
}

/// Some days on, at an hour of the day.
fn days_on(now: &Zoned, days: i64, hour: i8) -> Zoned {
    now.date()
        .checked_add(Span::new().days(days))
        .and_then(|day| day.at(hour, 0, 0, 0).to_zoned(now.time_zone().clone()))
        .unwrap_or_else(|_| now.clone())
}
