//! How a business speaks: shown, changed, and tried before it is changed.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State};
use dialog::{Emoji, Formality, Length, ToneError, Warmth};
use kernel::{Clock, Locale};
use pipeline::ToneSample;
use platform::Db;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenancy::Tenant;
use utoipa::ToSchema;

use super::load;
use crate::{
    api::{
        merge::Merge,
        reply::Reply,
        schema,
        values::Language,
        version::{IfMatch, IfMatchHeader},
    },
    auth::Caller,
    body::{self, ApiJson},
    problem::Problem,
};

/// A change to a tone.
type TonePatch = Merge<Tone>;

/// How a business speaks.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Tone {
    /// How customers are addressed, in every language that `formality_in` does not name.
    #[schema(value_type = schema::Formality)]
    formality: Formality,
    /// How they are addressed in some languages, by language.
    #[schema(value_type = BTreeMap<String, schema::Formality>, example = json!({ "en": "informal" }))]
    formality_in: BTreeMap<Language, Formality>,
    /// How much it shows that customers are welcome.
    #[schema(value_type = schema::Warmth)]
    warmth: Warmth,
    /// How many emoji a reply has.
    #[schema(value_type = schema::EmojiLevel)]
    emoji: Emoji,
    /// Whether sentences that are mere courtesy are left out.
    #[schema(value_type = schema::ReplyLength)]
    length: Length,
    /// The business's own hello, by language: one line of plain text of 1 to 200 characters, without
    /// figures, prices, days and links. Who answers and what it can do is said after it. A language
    /// that is not here has our hello.
    #[schema(value_type = BTreeMap<String, String>, example = json!({ "es": "¡Bienvenida a casa!" }))]
    greeting: BTreeMap<Language, String>,
    /// The last line of replies that end something, by language: as `greeting`, of 1 to 120
    /// characters.
    #[schema(value_type = BTreeMap<String, String>, example = json!({ "es": "Ana y el equipo" }))]
    sign_off: BTreeMap<Language, String>,
    /// Words and phrases of 2 to 40 characters that no wording may have, whatever the case. One that
    /// cannot be avoided is refused. Names and the business's own answers are said as they are.
    #[schema(max_items = 50, example = json!(["sorry", "lo siento"]))]
    banned_words: Vec<String>,
}

impl Default for Tone {
    fn default() -> Self {
        dialog::Tone::default().into()
    }
}

impl From<dialog::Tone> for Tone {
    fn from(tone: dialog::Tone) -> Self {
        Self {
            formality: tone.formality,
            formality_in: named(tone.formality_in),
            warmth: tone.warmth,
            emoji: tone.emoji,
            length: tone.length,
            greeting: named(tone.greeting),
            sign_off: named(tone.sign_off),
            banned_words: tone.banned_words,
        }
    }
}

impl From<Tone> for dialog::Tone {
    fn from(tone: Tone) -> Self {
        Self {
            formality: tone.formality,
            formality_in: unnamed(tone.formality_in),
            warmth: tone.warmth,
            emoji: tone.emoji,
            length: tone.length,
            greeting: unnamed(tone.greeting),
            sign_off: unnamed(tone.sign_off),
            banned_words: tone.banned_words,
        }
    }
}

fn named<T>(by_locale: BTreeMap<Locale, T>) -> BTreeMap<Language, T> {
    by_locale.into_iter().map(|(locale, value)| (Language(locale), value)).collect()
}

fn unnamed<T>(by_language: BTreeMap<Language, T>) -> BTreeMap<Locale, T> {
    by_language.into_iter().map(|(language, value)| (language.0, value)).collect()
}

/// How a business speaks, and what of it is its owner's choice.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ToneView {
    /// One more with each change.
    version: i32,
    /// As replies have it.
    tone: Tone,
    /// The fields that the owner has set; the others are as the line of business has them.
    #[schema(example = json!(["warmth", "greeting"]))]
    changed: Vec<String>,
}

/// What would be said, and in which tone.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TonePreview {
    /// The tone as it would be.
    tone: Tone,
    /// A visit from hello to goodbye.
    samples: Vec<SampleView>,
}

/// One thing that is said, in every language.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SampleView {
    /// What is said: `greet`, `offers`, `summary`, `booked`, `moved`, `cancelled`,
    /// `not_understood`, `handed_over`, `welcome`, `goodbye`.
    #[schema(example = "welcome")]
    act: &'static str,
    /// The words, by language.
    #[schema(value_type = BTreeMap<String, String>, example = json!({ "en": "You're welcome!" }))]
    words: BTreeMap<Locale, String>,
}

impl From<ToneSample> for SampleView {
    fn from(sample: ToneSample) -> Self {
        Self { act: sample.act, words: sample.words.into_iter().collect() }
    }
}

/// Show how the business speaks.
#[utoipa::path(get, path = "/v1/tenant/tone", operation_id = "show_tone", tag = "Business",
    responses((status = 200, description = "The tone", body = ToneView,
        headers(("ETag" = String, description = "Its version")))))]
pub(super) async fn show(caller: Caller, State(db): State<Db>) -> Result<Reply, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    shown(&load(&mut tx).await?)
}

/// Change how the business speaks.
///
/// From the next reply on. Only what is sent is changed; `null` goes back to what the line of
/// business has.
#[utoipa::path(patch, path = "/v1/tenant/tone", operation_id = "update_tone", tag = "Business",
    params(IfMatchHeader), request_body = TonePatch,
    responses(
        (status = 200, description = "The tone as it is now", body = ToneView,
            headers(("ETag" = String, description = "Its version"))),
        (status = 412, description = "It has changed: `version_conflict`", body = Problem,
            content_type = "application/problem+json")))]
pub(super) async fn update(
    caller: Caller,
    State(db): State<Db>,
    seen: IfMatch,
    ApiJson(patch): ApiJson<TonePatch>,
) -> Result<Reply, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    tenancy::lock_tone(&mut tx).await?;
    let mut tenant = load(&mut tx).await?;
    seen.allows(tenant.tone.version)?;
    let overrides = patch.over(tenant.tone.overrides.clone());
    checked(&tenant, &overrides)?;
    if overrides != tenant.tone.overrides {
        let version = tenancy::set_tone(&mut tx, &overrides).await?;
        tenant.tone.version = version.ok_or_else(|| Problem::not_found("tenant"))?;
        tenant.tone.overrides = overrides;
        tx.commit().await?;
    }
    shown(&tenant)
}

/// Try how the business would speak.
///
/// Changes nothing: says a few things in the tone as it would be with these changes, with the first
/// service of the business.
#[utoipa::path(post, path = "/v1/tenant/tone/preview", operation_id = "preview_tone",
    tag = "Business", request_body = TonePatch,
    responses((status = 200, description = "What would be said", body = TonePreview)))]
pub(super) async fn preview(
    caller: Caller,
    State(db): State<Db>,
    State(clock): State<Arc<dyn Clock>>,
    ApiJson(patch): ApiJson<TonePatch>,
) -> Result<Json<TonePreview>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    let tenant = load(&mut tx).await?;
    let tone = checked(&tenant, &patch.over(tenant.tone.overrides.clone()))?;
    let samples = pipeline::preview_tone(&mut tx, &tenant, tone.clone(), clock.now()).await?;
    let samples = samples.into_iter().map(SampleView::from).collect();
    Ok(Json(TonePreview { tone: tone.into(), samples }))
}

/// The tone with these changes, if it can be said.
fn checked(tenant: &Tenant, overrides: &Value) -> Result<dialog::Tone, Problem> {
    let tone: Tone = body::from_value(dialog::Tone::overlaid(&tenant.vertical, overrides))?;
    let tone = dialog::Tone::from(tone);
    tone.validate(&tenant.name)
        .map_err(|ToneError { pointer, reason }| Problem::invalid(pointer, reason))?;
    Ok(tone)
}

fn shown(tenant: &Tenant) -> Result<Reply, Problem> {
    let overrides = &tenant.tone.overrides;
    let tone = dialog::Tone::of(&tenant.vertical, overrides);
    let tone = tone.map_err(|error| Problem::internal(&error))?;
    let changed = overrides.as_object().into_iter().flatten().map(|(field, _)| field.clone());
    let view =
        ToneView { version: tenant.tone.version, tone: tone.into(), changed: changed.collect() };
    Ok(Reply::ok(&view).version(tenant.tone.version))
}
