//! WhatsApp's addresses.

use kernel::PhoneNumber;

/// What an address stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Jid {
    /// A person, known by number.
    Phone(PhoneNumber),
    /// A person, known by an opaque id.
    Lid(String),
    /// Not a person: a group, a list, a channel, a status.
    Other {
        /// Which, for logs.
        what: &'static str,
    },
}

impl Jid {
    /// Reads `user[:device]@server`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (user, server) = text.split_once('@').unwrap_or((text, ""));
        let user = user.split(':').next().unwrap_or(user);
        match server {
            "s.whatsapp.net" | "c.us" => format!("+{user}")
                .parse()
                .map_or(Self::Other { what: "unknown address" }, Self::Phone),
            "lid" if !user.is_empty() => Self::Lid(format!("{user}@lid")),
            "g.us" => Self::Other { what: "group" },
            "broadcast" if user == "status" => Self::Other { what: "status" },
            "broadcast" => Self::Other { what: "broadcast" },
            "newsletter" => Self::Other { what: "newsletter" },
            _ => Self::Other { what: "unknown address" },
        }
    }
}

/// The address of a person known by number.
#[must_use]
pub fn phone_jid(phone: &PhoneNumber) -> String {
    format!("{}@s.whatsapp.net", phone.digits())
}
