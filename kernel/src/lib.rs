//! The words everyone shares: ids, instants, ranges, locales, money.
//!
//! Nothing here does I/O (but for [`Zones`], which reads rule files), knows an async runtime, or knows what a booking is. Every other crate
//! may use this one; this one uses none of ours.

mod clock;
mod confidence;
mod id;
mod locale;
mod money;
mod phone;
mod time_range;
mod zone;

pub use clock::{Clock, MockClock, SystemClock};
pub use confidence::{Confidence, ConfidenceError};
pub use id::{
    AddOnId, ApiKeyId, AppointmentId, ChannelAccountId, ContactId, ConversationId, Id, IdError,
    Ids, MessageId, OutboundId, ResourceId, SeriesId, ServiceId, SessionId, TenantId, TurnId,
    WaitlistEntryId,
};
pub use locale::{Locale, LocaleError};
pub use money::{Currency, Money, MoneyError};
pub use phone::{PhoneError, PhoneNumber};
pub use time_range::{TimeRange, TimeRangeError};
pub use zone::{Local, ZoneError, Zones, local_to_instant};
