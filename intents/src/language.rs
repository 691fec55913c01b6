//! Which language a message is in.
//!
//! Short messages are the rule here, and a statistical detector guesses on them ("ok", "Ana",
//! "sexta"). So the conversation's language stands unless there is evidence: first words that only
//! one of the three languages has, then the detector.

use std::sync::OnceLock;

use kernel::Locale;
use lingua::{Language, LanguageDetector, LanguageDetectorBuilder};

/// Below this many words the detector is not asked.
const MIN_WORDS: usize = 3;
/// The detector must be this sure to change the language.
const MIN_CONFIDENCE: f64 = 0.7;
/// Enough for the detector to decide, in code points.
const MAX_SAMPLE: usize = 300;

/// Decides the language of a normalised text. `prior` is kept when the text is too short or too
/// mixed to tell.
#[must_use]
pub fn detect(text: &str, prior: Locale) -> Locale {
    let words: Vec<&str> = text
        .split(|character: char| !character.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(MAX_SAMPLE)
        .collect();
    if let Some(locale) = by_words(&words) {
        return locale;
    }
    if words.len() < MIN_WORDS {
        return prior;
    }
    let sample: String = text.chars().take(MAX_SAMPLE).collect();
    by_letters(&sample).unwrap_or(prior)
}

/// The one language that has strictly more telltale words than each other.
fn by_words(words: &[&str]) -> Option<Locale> {
    let count = |locale| words.iter().filter(|word| telltales(locale).contains(*word)).count();
    let mut counts = Locale::ALL.map(|locale| (count(locale), locale));
    counts.sort_by_key(|(hits, _)| std::cmp::Reverse(*hits));
    let [(first, locale), (second, _), _] = counts;
    (first > second).then_some(locale)
}

fn by_letters(sample: &str) -> Option<Locale> {
    static DETECTOR: OnceLock<LanguageDetector> = OnceLock::new();
    let detector = DETECTOR.get_or_init(|| {
        LanguageDetectorBuilder::from_languages(&[
            Language::English,
            Language::Spanish,
            Language::Portuguese,
        ])
        .build()
    });
    let (language, confidence) =
        detector.compute_language_confidence_values(sample).into_iter().next()?;
    let locale = match language {
        Language::English => Locale::En,
        Language::Spanish => Locale::Es,
        Language::Portuguese => Locale::Pt,
    };
    (confidence >= MIN_CONFIDENCE).then_some(locale)
}

/// Words of bookings and courtesy that the other two languages do not have. Sorted, for humans.
fn telltales(locale: Locale) -> &'static std::collections::HashSet<&'static str> {
    static SETS: OnceLock<[std::collections::HashSet<&'static str>; 3]> = OnceLock::new();
    let [en, es, pt] = SETS.get_or_init(|| {
        [ENGLISH, SPANISH, PORTUGUESE].map(|words| words.split_whitespace().collect())
    });
    match locale {
        Locale::En => en,
        Locale::Es => es,
        Locale::Pt => pt,
    }
}

const ENGLISH: &str = "
    afternoon and any anyone appointment april asap at august available before between book booking
    but can cancel could day december evening february friday from haircut hello hey how i january
    july june monday morning my need next night october of on one please reschedule saturday second
    september sunday table thanks the thursday time today tomorrow tonight tuesday want wednesday
    week weekend what when with would yes you";

const SPANISH: &str = "
    abril agendame agosto ahora alguien anoche anular ayer buenas buenos cambiar cita citas
    cualquiera cuando cuándo cuanto cuánto cuatro cuesta cuánto  el ella enero  febrero
    finde gracias hay hola hoy huecos hueco jueves julio junio lunes lo los las martes mañana mayo
     miércoles miercoles mí necesito noche nueve ocho octubre once puede puedo pueden 
    próximo quién quiero quisiera   septiembre  siete sí  tengo tenés tienes
    turno usted viernes viene y ya";

const PORTUGUESE: &str = "
    agendar agendamento agora aí amanhã amanha alguém bom boa consigo depois dezembro  dois duas
    em encaixe fevereiro feira hj hoje horário horario janeiro julho junho maio manhã marcação
    marcar março  meia meu minha muito não nao  noite novembro obrigada obrigado oi oito
    olá ontem outubro  pessoas pode posso pra preciso pro  quatro quero
    queria quinta  sete setembro sexta terça tem tenho três uma um vaga vagas vem vocês você
    vc vcs às";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_need_a_telltale() {
        for (text, prior, expected) in [
            ("ok", Locale::Es, Locale::Es),
            ("ana", Locale::Pt, Locale::Pt),
            ("👍", Locale::Pt, Locale::Pt),
            ("", Locale::En, Locale::En),
            ("3pm", Locale::Es, Locale::Es),
            ("no", Locale::Es, Locale::Es),
            ("gracias", Locale::En, Locale::Es),
            ("obrigado!", Locale::En, Locale::Pt),
            ("amanhã", Locale::Es, Locale::Pt),
            ("mañana", Locale::En, Locale::Es),
            ("quero cortar", Locale::En, Locale::Pt),
            ("quiero cortar", Locale::En, Locale::Es),
            ("thanks", Locale::Es, Locale::En),
            ("sexta às 16h", Locale::Es, Locale::Pt),
        ] {
            assert_eq!(detect(text, prior), expected, "{text}");
        }
    }

    #[test]
    fn longer_texts_speak_for_themselves() {
        for (text, expected) in [
            ("could you fit me in tomorrow afternoon please", Locale::En),
            ("me gustaría pedir cita para cortarme el pelo", Locale::Es),
            ("gostaria de marcar um horário para cortar o cabelo", Locale::Pt),
            ("podría venir antes del almuerzo, gracias", Locale::Es),
            ("dá pra trocar a ana pela bia no meu agendamento?", Locale::Pt),
        ] {
            for prior in Locale::ALL {
                assert_eq!(detect(text, prior), expected, "{text}");
            }
        }
    }
}
