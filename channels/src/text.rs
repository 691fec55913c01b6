//! What text must be like before Postgres and the pipeline may see it.

use serde_json::Value;

/// The longest message body that is processed, in Unicode code points; also what WhatsApp sends.
pub const MAX_CHARS: usize = 4096;

/// Removes NUL, which Postgres stores neither in `text` nor in `jsonb`.
pub(crate) fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

/// The start of `text`: no NUL, at most `limit` code points.
pub(crate) fn clipped(text: &str, limit: usize) -> String {
    text.chars().filter(|c| *c != '\0').take(limit).collect()
}

/// Makes a payload fit for storing: no NUL, no API key, whatever the depth.
pub(crate) fn storable(value: Value) -> Value {
    match value {
        Value::String(text) if text.contains('\0') => Value::String(without_nul(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(storable).collect()),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| {
                    let value = if name.eq_ignore_ascii_case("apikey") && !value.is_null() {
                        Value::String("[redacted]".to_owned())
                    } else {
                        storable(value)
                    };
                    (without_nul(&name), value)
                })
                .collect(),
        ),
        other => other,
    }
}
