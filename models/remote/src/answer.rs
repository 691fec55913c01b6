//! From the bytes of an answer to what the model said and what it cost, or why there is neither.
//!
//! Nothing is believed: a 200 may hold an error, a choice may hold one, fields may be missing or of
//! another type. What it cost is read separately, because failures are billed too.

use std::{collections::BTreeMap, time::Duration};

use models::LanguageModelError as Error;
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use crate::cost;

/// Longest answer of the model itself, in bytes.
const MAX_CONTENT: usize = 16 * 1024;
/// Longest name of a model that is kept, in characters.
const MAX_MODEL: usize = 100;

/// What one body says.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) said: Result<Value, Error>,
    pub(crate) bill: Bill,
}

/// What it cost, as far as the provider says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Bill {
    pub(crate) model: Option<String>,
    pub(crate) prompt_tokens: Option<u64>,
    pub(crate) completion_tokens: Option<u64>,
    pub(crate) cost_nanos: Option<i64>,
}

type Fields<'j> = BTreeMap<String, &'j RawValue>;

/// Reads the body of an answer with `status`.
pub(crate) fn read(status: u16, retry_after: Option<Duration>, body: &[u8]) -> Answer {
    if !(200..300).contains(&status) {
        return Answer { said: Err(by_status(status, retry_after)), bill: Bill::default() };
    }
    // Borrowed and not decoded, so that a wrong field does not hide a right one.
    let Ok(fields) = serde_json::from_slice::<Fields<'_>>(body) else {
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
        let error = if is_json { Error::Malformed } else { Error::NotJson };
        return Answer { said: Err(error), bill: Bill::default() };
    };
    Answer { said: said(&fields, retry_after), bill: bill(&fields) }
}

/// What a status means. Unknown ones are refusals: nobody knows that trying again helps.
pub(crate) fn by_status(status: u16, retry_after: Option<Duration>) -> Error {
    match status {
        401 => Error::Unauthorized,
        402 => Error::NoCredit { retry_after },
        403 => Error::Forbidden,
        413 => Error::TooLong,
        429 => Error::RateLimited { retry_after },
        408 | 500..600 => Error::Unavailable { status, retry_after },
        _ => Error::Refused { status },
    }
}

#[derive(Deserialize)]
struct Choice {
    finish_reason: Option<String>,
    message: Option<Message>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

fn said(fields: &Fields<'_>, retry_after: Option<Duration>) -> Result<Value, Error> {
    if let Some(error) = fields.get("error").filter(|error| error.get() != "null") {
        let error = serde_json::from_str(error.get()).unwrap_or(Value::Null);
        return Err(inside(&error, retry_after));
    }
    let choices = fields.get("choices").filter(|it| it.get() != "null").ok_or(Error::NoChoice)?;
    let choices: Vec<Choice> = serde_json::from_str(choices.get()).map_err(|_| Error::Malformed)?;
    let choice = choices.into_iter().next().ok_or(Error::NoChoice)?;
    if let Some(error) = choice.error.filter(|error| !error.is_null()) {
        return Err(inside(&error, retry_after));
    }
    match choice.finish_reason.as_deref() {
        Some("length") => return Err(Error::Cut),
        Some("content_filter") => return Err(Error::Withheld),
        Some("error") => return Err(Error::Unavailable { status: 200, retry_after }),
        Some("stop") | None => {}
        // Tools were not offered, so a call of one is no answer either.
        Some(_) => return Err(Error::Malformed),
    }
    let message = choice.message.ok_or(Error::Malformed)?;
    if message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err(Error::Withheld);
    }
    let content = message.content.ok_or(Error::Malformed)?;
    if content.len() > MAX_CONTENT {
        return Err(Error::TooLarge);
    }
    match serde_json::from_str::<Value>(content.trim()) {
        Ok(object @ Value::Object(_)) => Ok(object),
        _ => Err(Error::NotAnObject),
    }
}

/// An error within a 200: the code is a status, or a word.
fn inside(error: &Value, retry_after: Option<Duration>) -> Error {
    let code = match &error["code"] {
        Value::String(code) => code.parse().ok(),
        code => code.as_u64().and_then(|code| u16::try_from(code).ok()),
    };
    match code {
        Some(code @ 400..600) => by_status(code, retry_after),
        _ => Error::Unavailable { status: 200, retry_after },
    }
}

fn bill(fields: &Fields<'_>) -> Bill {
    let model = fields.get("model").and_then(|it| serde_json::from_str::<String>(it.get()).ok());
    let usage =
        fields.get("usage").and_then(|it| serde_json::from_str::<Fields<'_>>(it.get()).ok());
    let usage = usage.unwrap_or_default();
    let tokens = |name: &str| usage.get(name).and_then(|it| it.get().parse::<u64>().ok());
    // The account's own provider is paid beside what OpenRouter charges.
    let details = usage.get("cost_details");
    let details = details.and_then(|it| serde_json::from_str::<Fields<'_>>(it.get()).ok());
    let own_key = usage.get("is_byok").is_some_and(|it| it.get() == "true");
    let upstream = details
        .filter(|_| own_key)
        .and_then(|details| cost::nanos(details.get("upstream_inference_cost")?.get()));
    Bill {
        model: model.map(|name| printable(&name)).filter(|name| !name.is_empty()),
        prompt_tokens: tokens("prompt_tokens"),
        completion_tokens: tokens("completion_tokens"),
        cost_nanos: usage
            .get("cost")
            .and_then(|it| cost::nanos(it.get()))
            .map(|cost| cost.saturating_add(upstream.unwrap_or(0))),
    }
}

/// The name of a model as it goes into rows and metrics.
fn printable(name: &str) -> String {
    let is_usual = |c: &char| c.is_ascii_alphanumeric() || "-_./:@".contains(*c);
    name.chars().filter(is_usual).take(MAX_MODEL).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn error(body: &str) -> Error {
        read(200, None, body.as_bytes()).said.unwrap_err()
    }

    #[test]
    fn an_error_inside_a_200_is_an_error_even_beside_an_answer() {
        let body = r#"{"error":{"code":502},"choices":[{"finish_reason":"stop",
            "message":{"content":"{\"intent\":\"book\",\"entities\":[]}"}}]}"#;
        assert_eq!(error(body), Error::Unavailable { status: 502, retry_after: None });
        assert_eq!(error(r#"{"error":{"code":"401"}}"#), Error::Unauthorized);
        let word = Error::Unavailable { status: 200, retry_after: None };
        assert_eq!(error(r#"{"error":"overloaded"}"#), word);
        assert_eq!(error(r#"{"error":{"code":999999}}"#), word);
    }

    #[test]
    fn a_wrong_field_does_not_hide_what_it_cost() {
        let body = br#"{"choices":7,"model":"a/b\n<script>","usage":{"prompt_tokens":12,
            "completion_tokens":"x","cost":0.0000031}}"#;
        let answer = read(200, None, body);
        assert_eq!(answer.said, Err(Error::Malformed));
        let expected = Bill {
            model: Some("a/bscript".to_owned()),
            prompt_tokens: Some(12),
            completion_tokens: None,
            cost_nanos: Some(3100),
        };
        assert_eq!(answer.bill, expected);
    }

    #[test]
    fn a_key_of_ones_own_costs_both() {
        let body = br#"{"usage":{"cost":0.01,"is_byok":true,
            "cost_details":{"upstream_inference_cost":0.2}}}"#;
        assert_eq!(read(200, None, body).bill.cost_nanos, Some(210_000_000));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(status in 100..999u16, body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(status, None, &body);
        }
    }
}
