//! Words that name something in the calendar, for callers that ask only whether a word is one of
//! them and leave its reading to [`parse`](crate::parse): nobody is called "Tomorrow", and in "2
//! weeks" the number counts weeks.

use crate::{Language, lexicon, meaning::Meaning};

/// What a word or phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// A day seen from today: "tomorrow", "anteayer".
    Day,
    /// "monday", "segunda-feira".
    Weekday,
    /// "march", "dezembro".
    Month,
    /// "weekend", "fin de semana".
    Weekend,
    /// A length of time: "minute", "semanas".
    Unit,
    /// A moment of the day: "noon", "medianoche".
    Moment,
}

/// The terms that `words` begin with, each with how many of the words it takes, longest first.
///
/// A word is a run of letters, a run of digits or a single mark, in lower case and without accents.
/// It is compared as it stands: slips of the finger, which [`parse`](crate::parse) forgives, are
/// not forgiven here, because "Dominga" is a name.
pub fn terms(words: &[&str], language: Language) -> impl Iterator<Item = (Term, usize)> {
    let senses = lexicon::of(language).phrases(words);
    senses.filter_map(|sense| Some((term(sense.meaning)?, sense.atoms)))
}

const fn term(meaning: Meaning) -> Option<Term> {
    match meaning {
        Meaning::Day(_) => Some(Term::Day),
        Meaning::Weekday(_) | Meaning::Weekdays(_) => Some(Term::Weekday),
        Meaning::Month(_) => Some(Term::Month),
        Meaning::Weekend | Meaning::Weekends => Some(Term::Weekend),
        Meaning::Unit(_) => Some(Term::Unit),
        Meaning::Noon | Meaning::Midnight => Some(Term::Moment),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_calendar_and_others() {
        for (language, words, wanted) in [
            (Language::En, "tomorrow at 3", "Day 1"),
            (Language::En, "2 weeks", ""),
            (Language::Es, "fin de semana", "Weekend 3"),
            (Language::Es, "dominga", ""),
            (Language::Pt, "segunda - feira", "Weekday 3, Weekday 1"),
            (Language::Pt, "corte", ""),
        ] {
            let words: Vec<&str> = words.split(' ').collect();
            let found: Vec<String> = terms(&words, language)
                .map(|(term, length)| format!("{term:?} {length}"))
                .collect();
            assert_eq!(found.join(", "), wanted, "{words:?}");
        }
        assert_eq!(terms(&[], Language::En).count(), 0);
    }
}
