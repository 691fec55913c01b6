//! What the database knows, loaded before a turn decides anything. The policy may say nothing about
//! prices, hours or appointments that is not here.

use jiff::{
    Zoned,
    civil::{Time, Weekday},
};
use kernel::{AppointmentId, Locale, Money, PhoneNumber, ResourceId, ServiceId, WaitlistEntryId};
use serde::{Deserialize, Serialize};

use crate::{Tone, Topic};

/// Everything a turn may rely on.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The instant of the turn, in the business's zone.
    pub now: Zoned,
    /// The business itself.
    pub business: Business,
    /// Active services, in display order.
    pub services: Vec<ServiceFact>,
    /// Active staff, in display order.
    pub staff: Vec<StaffFact>,
    /// Opening hours: what any member of staff covers, merged, Monday first, closed days absent.
    pub hours: Vec<DayHours>,
    /// The business's own answers: topic, language, text.
    pub answers: Vec<(String, Locale, String)>,
    /// This customer's pending and confirmed appointments that are not over, soonest first.
    pub appointments: Vec<AppointmentFact>,
    /// What this customer waits for to free up, in order.
    pub waiting: Vec<WaitlistEntryId>,
    /// What was offered to them because it came free, and they have not answered.
    pub offer: Option<FreedFact>,
    /// Who is writing.
    pub customer: Customer,
}

impl Facts {
    /// The active service `id`.
    #[must_use]
    pub fn service(&self, id: ServiceId) -> Option<&ServiceFact> {
        self.services.iter().find(|service| service.id == id)
    }

    /// The active member of staff `id`.
    #[must_use]
    pub fn staff_member(&self, id: ResourceId) -> Option<&StaffFact> {
        self.staff.iter().find(|staff| staff.id == id)
    }

    /// This customer's appointment `id`.
    #[must_use]
    pub fn appointment(&self, id: AppointmentId) -> Option<&AppointmentFact> {
        self.appointments.iter().find(|appointment| appointment.id == id)
    }

    /// The business's own answer to `topic`, in `locale` or in any language it has one in.
    #[must_use]
    pub fn answer(&self, topic: Topic, locale: Locale) -> Option<&str> {
        let of_topic =
            || self.answers.iter().filter(|(key, _, text)| key == topic.key() && !text.is_empty());
        of_topic()
            .find(|(_, l, _)| *l == locale)
            .or_else(|| of_topic().next())
            .map(|(_, _, text)| text.as_str())
    }
}

/// The business.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Business {
    /// As customers know it.
    pub name: String,
    /// One line; empty when the owner gave none.
    pub address: String,
    /// The language it speaks when the customer's is not known.
    pub locale: Locale,
    /// How it speaks.
    #[serde(default)]
    pub tone: Tone,
}

/// Who is writing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// From the channel's profile, or as they told us.
    pub name: Option<String>,
    /// When the channel has one.
    pub phone: Option<PhoneNumber>,
}

/// Something bookable.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceFact {
    /// Which.
    pub id: ServiceId,
    /// What it is called, a name a language.
    pub names: Vec<(Locale, String)>,
    /// How long the customer is there.
    pub duration_minutes: u32,
    /// What it costs today.
    pub price: Money,
    /// Who does it.
    pub staff: Vec<ResourceId>,
    /// How many come decides where they can be: a table. Asked before anything is looked for.
    pub by_party: bool,
}

impl ServiceFact {
    /// The name in `locale`, or in any language the business has one in.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        self.names
            .iter()
            .find(|(l, _)| *l == locale)
            .or(self.names.first())
            .map_or("", |(_, name)| name.as_str())
    }
}

/// Somebody who works there.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffFact {
    /// Which.
    pub id: ResourceId,
    /// What customers call them.
    pub name: String,
}

/// One weekday's opening hours.
#[derive(Debug, Clone, PartialEq)]
pub struct DayHours {
    /// Which day.
    pub weekday: Weekday,
    /// Open from, until; in order, not overlapping. Midnight at the end of the day is 23:59.
    pub ranges: Vec<(Time, Time)>,
}

/// An appointment of this customer, or what would be one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppointmentFact {
    /// Which.
    pub id: AppointmentId,
    /// What the customer reads out.
    pub reference: String,
    /// For what.
    pub service: ServiceId,
    /// With whom.
    pub staff: ResourceId,
    /// When, in the zone it was promised in.
    pub starts_at: Zoned,
    /// At which price it was promised.
    pub price: Money,
    /// How many come.
    #[serde(default = "one")]
    pub party_size: u16,
    /// The business has still to say yes.
    #[serde(default)]
    pub pending: bool,
}

const fn one() -> u16 {
    1
}

/// A time that came free and is held for somebody who waited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FreedFact {
    /// As it would be; the hold.
    pub appointment: AppointmentFact,
    /// It was kept for as long as it could be.
    pub lapsed: bool,
}

/// A bookable start, shown to the customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// For what.
    pub service: ServiceId,
    /// With whom.
    pub staff: ResourceId,
    /// When, in the business's zone.
    pub starts_at: Zoned,
}
