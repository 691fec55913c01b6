//! People mix languages: "need a table el 12 de marzo". What a message says in another language than
//! its own counts where its own has nothing of that kind.

use kernel::Locale;

use super::{Expecting, ExtractContext, in_its_language};
use crate::{Entity, EntityValue, Utterance};

/// A single word of another language counts from so many letters on; shorter ones mean other things
/// in this one ("once", "mar", "a").
const LONG: usize = 6;

/// Words without which nothing of another language is looked for: most messages are in one, and
/// reading them thrice would cost thrice.
const TELLTALES: [(Locale, &str); 3] = [
    (
        Locale::En,
        "tomorrow today tonight monday tuesday wednesday thursday friday saturday sunday january \
         february march april june july august september october november december morning \
         afternoon evening at after before between first second third last people us",
    ),
    (
        Locale::Es,
        "mañana hoy lunes martes miércoles miercoles jueves viernes sábado sabado domingo enero \
         febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre las \
         tarde noche después despues antes entre somos seremos para primera segunda tercera última \
         ultima opción opcion personas",
    ),
    (
        Locale::Pt,
        "amanhã amanha hoje segunda terça terca quarta quinta sexta sábado sabado domingo janeiro \
         fevereiro março marco abril maio junho julho agosto setembro outubro novembro dezembro às \
         manhã manha tarde noite depois antes entre somos seremos para pra primeira terceira última \
         ultima opção opcao pessoas",
    ),
];

fn sounds_like(text: &str, locale: Locale) -> bool {
    let known = TELLTALES.iter().find(|(of, _)| *of == locale).map_or("", |(_, words)| *words);
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| known.split_whitespace().any(|telltale| telltale == word))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Day,
    Clock,
    Party,
    Choice,
}

/// Adds days, times, company and choices that are said in another language.
pub(super) fn add_what_others_say(
    entities: &mut Vec<Entity>,
    utterance: &Utterance,
    cx: &ExtractContext<'_>,
) {
    let wanted: Vec<Kind> = [Kind::Day, Kind::Clock, Kind::Party, Kind::Choice]
        .into_iter()
        .filter(|kind| !entities.iter().any(|known| kind_of(&known.value) == Some(*kind)))
        .filter(|kind| match kind {
            Kind::Choice => matches!(cx.expecting, Some(Expecting::Selection(_))),
            Kind::Party => matches!(cx.expecting, None | Some(Expecting::PartySize)),
            Kind::Day | Kind::Clock => true,
        })
        .collect();
    if wanted.is_empty() {
        return;
    }
    let others = Locale::ALL
        .into_iter()
        .filter(|locale| *locale != utterance.locale && sounds_like(&utterance.text, *locale));
    for locale in others {
        let other = Utterance { locale, ..utterance.clone() };
        for found in in_its_language(&other, cx) {
            let Some(kind) = kind_of(&found.value).filter(|kind| wanted.contains(kind)) else {
                continue;
            };
            let apart = entities.iter().all(|known| {
                known.span.end <= found.span.start || found.span.end <= known.span.start
            });
            let taken = entities.iter().any(|known| {
                kind_of(&known.value) == Some(kind) && !matches!(kind, Kind::Day | Kind::Clock)
            });
            if apart && !taken && is_meant(&found, kind, utterance) {
                entities.push(found);
            }
        }
        if entities.iter().any(|known| kind_of(&known.value).is_some_and(|k| wanted.contains(&k))) {
            break;
        }
    }
    entities.sort_by_key(|entity| entity.span.start);
}

/// Several words, or the long name of a day; a number is enough for a choice and for company. The
/// evening of "buenas tardes" is none.
fn is_meant(found: &Entity, kind: Kind, utterance: &Utterance) -> bool {
    let text: String = utterance
        .original
        .chars()
        .skip(found.span.start)
        .take(found.span.end - found.span.start)
        .collect();
    matches!(kind, Kind::Choice | Kind::Party)
        || text.split_whitespace().count() > 1
        || (kind == Kind::Day && text.chars().filter(|c| c.is_alphabetic()).count() >= LONG)
}

const fn kind_of(value: &EntityValue) -> Option<Kind> {
    match value {
        EntityValue::Date(_) | EntityValue::DateRange { .. } | EntityValue::Past(_) => {
            Some(Kind::Day)
        }
        EntityValue::Time(_) | EntityValue::TimeWindow { .. } | EntityValue::PartOfDay(_) => {
            Some(Kind::Clock)
        }
        EntityValue::PartySize(_) => Some(Kind::Party),
        EntityValue::Select(_) | EntityValue::SelectLast => Some(Kind::Choice),
        _ => None,
    }
}
