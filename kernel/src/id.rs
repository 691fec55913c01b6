//! Identifiers: every kind its own type, time-ordered, printed with a prefix.
//!
//! Inside, an id is a `UUIDv7`, which is what Postgres stores. Outside (API, logs, chat) it is
//! `<prefix>_<26 characters of Crockford base32>`, so that one kind cannot be pasted where another
//! is expected.

use std::{fmt, str::FromStr, sync::Mutex};

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

use crate::Clock;

/// What every identifier can do.
pub trait Id: Copy + fmt::Display + FromStr<Err = IdError> {
    /// The letters before the underscore.
    const PREFIX: &'static str;

    /// Wraps what the database stores.
    fn from_uuid(uuid: Uuid) -> Self;

    /// What the database stores.
    fn as_uuid(&self) -> Uuid;
}

/// The text is not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an id like `{prefix}_01h…` (26 letters and digits after `{prefix}_`)")]
pub struct IdError {
    prefix: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl Id for $name {
            const PREFIX: &'static str = $prefix;

            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl $name {
            /// Wraps what the database stores.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// What the database stores.
            #[must_use]
            pub const fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), base32(self.0.as_u128()))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(from_base32)
                    .map(|bits| Self(Uuid::from_u128(bits)))
                    .ok_or(IdError { prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A business we serve.
    TenantId "ten";
    /// A key that opens one tenant's API.
    ApiKeyId "key";
    /// A tenant's number on a channel.
    ChannelAccountId "cha";
    /// An address on a channel that writes to a tenant.
    ContactId "con";
    /// All turns with one contact.
    ConversationId "cnv";
    /// One inbound message.
    MessageId "msg";
    /// One message in the outbox.
    OutboundId "out";
    /// One inbound message and its reply.
    TurnId "trn";
    /// What can be had on top of a service.
    AddOnId "add";
    /// Several customers of one teacher at one time.
    SessionId "ssn";
    /// Appointments that repeat.
    SeriesId "ser";
    /// Somebody who waits for an opening.
    WaitlistEntryId "wtl";
    /// Something bookable, with duration, price and buffers.
    ServiceId "svc";
    /// Staff, room or chair that a booking occupies.
    ResourceId "res";
    /// A claim on a resource's time, held or confirmed.
    AppointmentId "apt";
}

/// Makes identifiers: time from the injected clock, the rest from an injected generator.
pub struct Ids {
    rng: Mutex<StdRng>,
}

impl Ids {
    /// Seeds from the operating system.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where identifiers get their entropy"
    )]
    pub fn from_entropy() -> Self {
        Self { rng: Mutex::new(StdRng::from_rng(&mut rand::rng())) }
    }

    /// Seeds from a number: the same seed and clock give the same ids.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { rng: Mutex::new(StdRng::seed_from_u64(seed)) }
    }

    /// Makes the next identifier of the kind `I`.
    pub fn next<I: Id>(&self, clock: &dyn Clock) -> I {
        let random: [u8; 10] =
            self.rng.lock().unwrap_or_else(std::sync::PoisonError::into_inner).random();
        let millis = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
        I::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// A generator of its own for somebody who needs randomness: jitter, samples.
    pub fn fork(&self) -> StdRng {
        StdRng::from_rng(&mut *self.rng.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Fills `bytes` with randomness, for secrets.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.rng.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill(bytes);
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ids")
    }
}

/// Crockford's alphabet, lower case: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 26;

fn base32(bits: u128) -> String {
    (0..LENGTH)
        .rev()
        .map(|i| char::from(ALPHABET[usize::try_from((bits >> (5 * i)) & 31).unwrap_or(0)]))
        .collect()
}

fn from_base32(text: &str) -> Option<u128> {
    if text.len() != LENGTH {
        return None;
    }
    let mut bits: u128 = 0;
    for (i, byte) in text.bytes().enumerate() {
        let digit = ALPHABET.iter().position(|a| *a == byte)?;
        if i == 0 && digit > 7 {
            return None; // 26 digits hold 130 bits; the first may use only three of its five
        }
        bits = (bits << 5) | u128::try_from(digit).ok()?;
    }
    Some(bits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::MockClock;

    proptest! {
        #[test]
        fn printing_and_parsing_agree(bits: u128) {
            let id = TenantId::from_uuid(Uuid::from_u128(bits));
            prop_assert_eq!(id.to_string().parse::<TenantId>(), Ok(id));
        }

        #[test]
        fn any_text_is_refused_or_round_trips(text in ".{0,40}") {
            if let Ok(id) = text.parse::<ServiceId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }

    #[test]
    fn one_kind_is_not_another() {
        let clock = MockClock::at(jiff::Timestamp::UNIX_EPOCH);
        let tenant: TenantId = Ids::seeded(1).next(&clock);
        let text = tenant.to_string();
        assert!(text.parse::<ServiceId>().is_err());
        assert!(text.replace("ten_", "svc_").parse::<ServiceId>().is_ok());
    }

    #[test]
    fn ids_sort_by_time() {
        let clock = MockClock::at(jiff::Timestamp::UNIX_EPOCH);
        let ids = Ids::seeded(7);
        let first: MessageId = ids.next(&clock);
        clock.advance(jiff::SignedDuration::from_millis(1));
        let second: MessageId = ids.next(&clock);
        assert!(first < second);
        assert!(first.to_string() < second.to_string());
    }
}
