//! Messages that mean one thing and need no model: a bare yes, a lone thumb, a hello.

use crate::{
    Intent,
    extract::answer::{Answer, answer},
};

/// What the whole message may be, accents and outer punctuation aside.
const TABLE: &[(Intent, &[&str])] = &[
    (
        Intent::Affirm,
        &[
            // en, es, pt, then signs
            "yes",
            "yes please",
            "yep",
            "yeah",
            "yup",
            "sure",
            "ok",
            "okay",
            "si",
            "si por favor",
            "claro",
            "claro que si",
            "vale",
            "dale",
            "sim",
            "sim por favor",
            "isso",
            "ta bom",
            "👍",
            "✅",
            "👌",
        ],
    ),
    (
        Intent::Deny,
        &[
            "no",
            "nope",
            "nah",
            "no thanks",
            "no thank you",
            "no gracias",
            "nao",
            "nao obrigado",
            "nao obrigada",
            "👎",
            "❌",
        ],
    ),
    // In the middle of a booking this drops it; see the dialog's `Abandon`.
    (
        Intent::Cancel,
        &[
            "forget it",
            "forget about it",
            "never mind",
            "nevermind",
            "leave it",
            "cancel",
            "cancel it",
            "olvidalo",
            "dejalo",
            "dejalo asi",
            "mejor nada",
            "cancela",
            "cancelar",
            "cancelalo",
            "esquece",
            "deixa",
            "deixa pra la",
            "deixa quieto",
        ],
    ),
    (
        Intent::Greet,
        &[
            "hi",
            "hello",
            "hey",
            "hi there",
            "good morning",
            "good afternoon",
            "good evening",
            "hola",
            "buenas",
            "buenos dias",
            "buenas tardes",
            "buenas noches",
            "oi",
            "ola",
            "bom dia",
            "boa tarde",
            "boa noite",
            "👋",
        ],
    ),
    (
        Intent::Thank,
        &[
            "thanks",
            "thank you",
            "thank you so much",
            "thx",
            "ty",
            "gracias",
            "muchas gracias",
            "mil gracias",
            "obrigado",
            "obrigada",
            "muito obrigado",
            "muito obrigada",
            "valeu",
            "🙏",
        ],
    ),
    (
        Intent::Goodbye,
        &[
            "bye",
            "goodbye",
            "bye bye",
            "see you",
            "see you later",
            "adios",
            "chao",
            "chau",
            "hasta luego",
            "hasta pronto",
            "tchau",
            "ate logo",
            "ate mais",
        ],
    ),
];

/// The meaning of a message that leaves no doubt.
pub(super) fn unmistakable(text: &str) -> Option<Intent> {
    let bare = bare(text);
    let listed = TABLE.iter().find(|(_, phrases)| phrases.contains(&bare.as_str()));
    listed.map(|(intent, _)| *intent).or_else(|| answered(text, &bare))
}

/// "Dale, me sirve", "pode ser", "mejor no": answers in more words than the table has. With thanks
/// in it, it may as well close the conversation, which is for the model to say.
fn answered(text: &str, bare: &str) -> Option<Intent> {
    let thanks = |word: &str| {
        let stems =
            ["thank", "thx", "ty", "gracias", "obrigad", "valeu", "brigad", "obg", "cheers"];
        stems.iter().any(|stem| word.starts_with(stem))
    };
    if bare.split(' ').any(thanks) {
        return None;
    }
    answer(text).map(|answer| match answer {
        Answer::Yes => Intent::Affirm,
        Answer::No => Intent::Deny,
    })
}

/// Lower case without accents, skin tones, variation selectors or punctuation; single spaces.
fn bare(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

    let is_modifier = |c: char| matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{fe0f}' | '\u{200d}');
    let kept: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_modifier(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_ascii_punctuation() || matches!(c, '¡' | '¿' | '…') { ' ' } else { c })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_message_must_match() {
        for (text, intent) in [
            ("Yes!!", Some(Intent::Affirm)),
            ("sí, por favor", Some(Intent::Affirm)),
            ("👍🏽", Some(Intent::Affirm)),
            ("Não.", Some(Intent::Deny)),
            ("¡Hola!", Some(Intent::Greet)),
            ("olá", Some(Intent::Greet)),
            ("muchas gracias", Some(Intent::Thank)),
            ("tchau 👋", None),
            ("até logo", Some(Intent::Goodbye)),
            ("yes at 5", None),
            ("sure why not", Some(Intent::Affirm)),
            ("pode ser", Some(Intent::Affirm)),
            ("no hay problema", Some(Intent::Affirm)),
            ("sim mas às 16h", None),
            ("mejor no", Some(Intent::Deny)),
            ("perfect, thanks", None),
            ("", None),
        ] {
            assert_eq!(unmistakable(text), intent, "{text}");
        }
    }

    #[test]
    fn no_phrase_stands_twice_or_in_a_form_that_never_matches() {
        let mut phrases: Vec<&str> =
            TABLE.iter().flat_map(|(_, phrases)| *phrases).copied().collect();
        assert!(phrases.iter().all(|phrase| bare(phrase) == *phrase));
        let n = phrases.len();
        phrases.sort_unstable();
        phrases.dedup();
        assert_eq!(phrases.len(), n);
    }
}
