//! Looking up wording.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{LanguageIdentifier, fluent_bundle::FluentValue, langid};
use kernel::Locale;

use super::marks;

fluent_templates::static_loader! {
    static WORDS = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| {
            // isolation marks are for mixed scripts; in a chat they break copying and search
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(|value, _| match value {
                FluentValue::Number(number) => Some(marks::fact(&number.as_string())),
                _ => None,
            }));
        },
    };
}

/// Named values for a message.
pub(super) type Args<'a> = [(&'static str, FluentValue<'a>)];

/// The wording of `key`, what is put into it marked as facts; empty when the key is missing, which
/// a test forbids.
pub(super) fn words(locale: Locale, key: &str, args: &Args<'_>) -> String {
    // Not in the formatter above, which is also asked about the whole message.
    let marked = |value: &FluentValue<'_>| match value {
        FluentValue::String(text) => FluentValue::from(marks::fact(text)),
        other => other.into_owned(),
    };
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> =
        args.iter().map(|(name, value)| (Cow::Borrowed(*name), marked(value))).collect();
    WORDS.lookup_single_language(&language(locale), key, Some(&args)).unwrap_or_default()
}

fn language(locale: Locale) -> LanguageIdentifier {
    match locale {
        Locale::En => langid!("en"),
        Locale::Es => langid!("es"),
        Locale::Pt => langid!("pt"),
    }
}
