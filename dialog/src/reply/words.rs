//! Looking up wording.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{LanguageIdentifier, fluent_bundle::FluentValue, langid};
use kernel::Locale;

fluent_templates::static_loader! {
    static WORDS = {
        locales: "./locales",
        fallback_language: "en",
        // isolation marks are for mixed scripts; in a chat they break copying and search
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// Named values for a message.
pub(super) type Args<'a> = [(&'static str, FluentValue<'a>)];

/// The wording of `key`; empty when the key is missing, which a test forbids.
pub(super) fn words(locale: Locale, key: &str, args: &Args<'_>) -> String {
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> =
        args.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    WORDS.lookup_single_language(&language(locale), key, Some(&args)).unwrap_or_default()
}

fn language(locale: Locale) -> LanguageIdentifier {
    match locale {
        Locale::En => langid!("en"),
        Locale::Es => langid!("es"),
        Locale::Pt => langid!("pt"),
    }
}
