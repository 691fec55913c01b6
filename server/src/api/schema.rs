//! How the plain values of other crates look in the OpenAPI document. These types are never made.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, Schema, SchemaFormat, Type},
    },
};

macro_rules! strings {
    ($(#[doc = $doc:literal] $name:ident { $($key:ident: $value:expr),+ $(,)? })*) => {$(
        #[doc = $doc]
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some($doc.trim()))
                    $(.$key($value))+
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*

        /// All of them, by name.
        pub(super) fn all() -> Vec<(String, RefOr<Schema>)> {
            vec![$((<$name as ToSchema>::name().into_owned(), <$name as PartialSchema>::schema())),*]
        }
    };
}

/// What follows the prefix of an id.
macro_rules! id {
    ($prefix:literal) => {
        Some(concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$"))
    };
}

fn format(name: &str) -> Option<SchemaFormat> {
    Some(SchemaFormat::Custom(name.to_owned()))
}

strings! {
    /// A business.
    TenantId { pattern: id!("ten"), examples: ["ten_01kemv8n00e9p5v3x2y7r4c6ta"] }
    /// Something bookable.
    ServiceId { pattern: id!("svc"), examples: ["svc_01kemv8n00e9p5v3x2y7r4c6tb"] }
    /// Whatever takes bookings: a member of staff, a room, a chair, a table, equipment.
    ResourceId { pattern: id!("res"), examples: ["res_01kemv8n00e9p5v3x2y7r4c6tc"] }
    /// What can be had on top of a service.
    AddOnId { pattern: id!("add"), examples: ["add_01kemv8n00e9p5v3x2y7r4c6tj"] }
    /// Appointments that repeat.
    SeriesId { pattern: id!("ser"), examples: ["ser_01kemv8n00e9p5v3x2y7r4c6tk"] }
    /// A hold or an appointment; a hold keeps its id when it is confirmed.
    AppointmentId { pattern: id!("apt"), examples: ["apt_01kemv8n00e9p5v3x2y7r4c6td"] }
    /// Somebody who writes to the business.
    ContactId { pattern: id!("con"), examples: ["con_01kemv8n00e9p5v3x2y7r4c6te"] }
    /// All messages with one contact.
    ConversationId { pattern: id!("cnv"), examples: ["cnv_01kemv8n00e9p5v3x2y7r4c6tf"] }
    /// A message: `msg_…` when a contact wrote it, `out_…` when Booka did.
    AnyMessageId {
        pattern: Some("^(msg|out)_[0-7][0-9a-hjkmnp-tv-z]{25}$"),
        examples: ["msg_01kemv8n00e9p5v3x2y7r4c6tg"],
    }
    /// A message from a contact.
    MessageId { pattern: id!("msg"), examples: ["msg_01kemv8n00e9p5v3x2y7r4c6tg"] }
    /// One message and what Booka made of it.
    TurnId { pattern: id!("trn"), examples: ["trn_01kemv8n00e9p5v3x2y7r4c6th"] }
    /// A day of the calendar, from 1970 on.
    Day { format: format("date"), examples: ["2026-12-24"] }
    /// What the wall clock shows in `time_zone`, without an offset.
    LocalDateTime { pattern: Some(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"), examples: ["2026-12-24T10:30:00"] }
    /// A day (`2026-12-24`, by the business's clocks, the whole of it) or an instant (RFC 3339; write `+` as `%2B` in an address).
    DayOrInstant { examples: ["2026-12-24", "2026-12-24T09:30:00Z"] }
    /// An IANA time zone.
    TimeZone { examples: ["Europe/Madrid"] }
    /// A language, as a BCP 47 tag.
    Locale { enum_values: Some(["en", "es", "pt"]), examples: ["es"] }
    /// How customers are addressed: everyday English, tú, você; or formal English, usted, and Portuguese without você.
    Formality { enum_values: Some(["informal", "formal"]), examples: ["informal"] }
    /// How much it shows that customers are welcome.
    Warmth { enum_values: Some(["neutral", "warm"]), examples: ["warm"] }
    /// How many emoji a reply has: none, at most one, as many as its wording has.
    EmojiLevel { enum_values: Some(["none", "few", "many"]), examples: ["few"] }
    /// Whether sentences that are mere courtesy are left out.
    ReplyLength { enum_values: Some(["short", "normal"]), examples: ["normal"] }
    /// An ISO 4217 currency code.
    Currency { pattern: Some("^[A-Z]{3}$"), examples: ["EUR"] }
    /// A telephone number in international form (E.164).
    PhoneNumber { pattern: Some(r"^\+[1-9]\d{6,14}$"), examples: ["+34600111222"] }
    /// A stretch of wall-clock time, half-open; `24:00` is the midnight that ends the day, and an end before the start is on the next day: `22:00-02:00`.
    Hours { pattern: Some(r"^\d{1,2}:\d\d-\d{1,2}:\d\d$"), examples: ["09:00-17:30"] }
    /// A name: 1 to 120 characters on one line.
    Name { min_length: Some(1), max_length: Some(120), examples: ["Ana"] }
    /// What a reply is about.
    Topic {
        enum_values: Some([
            "payment", "parking", "policy", "promotions", "gift_card", "contact", "preparation",
            "receipt", "lost_item", "business", "waitlist", "running_late", "complaint", "praise",
            "attendance",
        ]),
        examples: ["parking"],
    }
}
