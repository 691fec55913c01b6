//! The fact lock: nobody who rewords a reply can change, drop, repeat or add a fact.
//!
//! What leaves for rewording is a template in which every fact is a number in braces. What comes
//! back is taken only when it has each of these once, asks as before, and has nothing else that
//! could be a fact: a number in figures or words, money, a link, a day or time, a name from the
//! catalogue. The lists are wide on purpose: what is refused in error costs one rewording, and the
//! reply is said in the words it had.
//!
//! It does not understand what it reads. A rewording that turns "it is booked" into "it is not" has
//! the same facts; whoever puts a model behind this must not send it what states an outcome.

use std::collections::BTreeMap;

use super::{
    bank::spaced,
    marks::{self, Part},
};

/// How much longer a rewording may be, in times the template.
const MAX_GROWTH: usize = 3;

/// Days and months in three languages, as [`spaced`] has them. `may` is too ordinary to be a month.
const CALENDAR: &str = "
    monday tuesday wednesday thursday friday saturday sunday
    mondays tuesdays wednesdays thursdays fridays saturdays sundays
    january february april june july august september october november december
    lunes martes miércoles miercoles jueves viernes sábado sabado domingo sábados sabados domingos
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre
    diciembre feira feiras
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
";

/// What else a rewording could add a fact with: times of day, numbers, money. An owner's greeting
/// may say `today` and `mil gracias`; `one`, `un` and the like nobody can do without.
const QUANTITIES: &str = "
    march marco today tomorrow tonight yesterday noon midday midnight weekend weekends oclock
    two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty
    sixty hundred thousand half quarter dozen percent
    hoy mañana ayer mediodía mediodia medianoche
    dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta cuarenta
    cincuenta sesenta cien ciento mil media cuarto docena
    segunda terça terca quarta quinta sexta segundas terças quartas quintas sextas
    hoje amanhã amanha ontem meio dia meia noite
    dois duas quatro sete oito nove dez onze doze quinze vinte trinta quarenta cinquenta sessenta
    cem cento
    euro euros eur dollar dollars usd pound pounds gbp real reais brl peso pesos mxn chf cents
    céntimos centavos free gratis grátis discount descuento desconto
";

/// A reply whose facts are locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    template: String,
    facts: Vec<String>,
    /// What the business's catalogue calls things and people, as [`spaced`] has it.
    names: Vec<String>,
}

/// Why a rewording was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// It lacks a fact.
    #[error("fact {0} is missing")]
    Missing(usize),
    /// It says a fact twice.
    #[error("fact {0} is said twice")]
    Repeated(usize),
    /// It has braces that are no fact's.
    #[error("there is no such fact: `{0}`")]
    Unknown(String),
    /// It has what could be a fact and was not there.
    #[error("`{0}` was not there")]
    Added(String),
    /// It asks where nothing was asked, or the other way round.
    #[error("a question has come or gone")]
    Question,
    /// It is much longer, or empty.
    #[error("the length is wrong")]
    Length,
}

impl Locked {
    /// Locks the facts of a marked text.
    pub(super) fn new(marked: &str, names: impl Iterator<Item = String>) -> Self {
        let (mut template, mut facts) = (String::new(), Vec::new());
        for part in marks::parts(marked) {
            match part {
                Part::Own(text) => template.push_str(&text),
                Part::Fact(fact) => {
                    facts.push(fact);
                    template.push_str(&format!("{{{}}}", facts.len()));
                }
            }
        }
        let names = names.map(|name| spaced(&name)).filter(|name| name != " ").collect();
        Self { template, facts, names }
    }

    /// What may leave for rewording: `{1}`, `{2}` and so on stand for the facts.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.template
    }

    /// The facts, in the order of their numbers.
    #[must_use]
    pub fn facts(&self) -> &[String] {
        &self.facts
    }

    /// The words it has without rewording.
    #[must_use]
    pub fn words(&self) -> String {
        self.filled(&self.template)
    }

    /// A rewording of the template with the facts put back.
    ///
    /// # Errors
    ///
    /// [`Violation`] when its facts are not those of this reply; say [`Locked::words`] instead.
    pub fn accept(&self, rewording: &str) -> Result<String, Violation> {
        let rewording = rewording.trim();
        let n_chars = rewording.chars().count();
        if n_chars == 0 || n_chars > MAX_GROWTH * self.template.chars().count().max(40) {
            return Err(Violation::Length);
        }
        let own = self.check_places(rewording)?;
        let (before, _) = split(&self.template);
        if before.contains('?') != own.contains('?') {
            return Err(Violation::Question);
        }
        match self.added(&before, &own) {
            Some(added) => Err(Violation::Added(added)),
            None => Ok(self.filled(rewording)),
        }
    }

    /// Each place once, and no others; gives the wording between them.
    fn check_places(&self, rewording: &str) -> Result<String, Violation> {
        let (own, places) = split(rewording);
        let mut seen = vec![false; self.facts.len()];
        for place in places {
            // `{01}` and `{+1}` are numbers and no places.
            let number = place.parse::<usize>().ok().filter(|number| number.to_string() == place);
            let at = number.and_then(|number| number.checked_sub(1)).filter(|at| *at < seen.len());
            let Some(at) = at else { return Err(Violation::Unknown(place)) };
            if std::mem::replace(&mut seen[at], true) {
                return Err(Violation::Repeated(at + 1));
            }
        }
        match seen.iter().position(|seen| !seen) {
            Some(at) => Err(Violation::Missing(at + 1)),
            None => Ok(own),
        }
    }

    /// What the wording `after` has of facts that `before` has not.
    fn added(&self, before: &str, after: &str) -> Option<String> {
        if let Some(c) = after.chars().find(|c| marks_a_fact(*c)) {
            return Some(c.to_string());
        }
        if let Some(link) = link(after).filter(|link| !before.contains(link.as_str())) {
            return Some(link);
        }
        let (before, after) = (spaced(before), spaced(after));
        let had = counts(&before);
        let more = counts(&after).into_iter().find(|(word, n)| {
            let is_fact = is_in(CALENDAR, word)
                || is_in(QUANTITIES, word)
                || self.names.iter().any(|name| name.trim() == *word);
            is_fact && *n > had.get(word).copied().unwrap_or_default()
        });
        let name = || {
            let found = self.names.iter().find(|name| {
                after.matches(name.as_str()).count() > before.matches(name.as_str()).count()
            });
            found.map(|name| name.trim().to_owned())
        };
        more.map(|(word, _)| word.to_owned()).or_else(name)
    }

    fn filled(&self, template: &str) -> String {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, tail)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((place, after)) = tail.split_once('}') else { break };
            let at = place.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            filled.push_str(at.and_then(|at| self.facts.get(at)).map_or("", String::as_str));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

/// The first thing in an owner's text that is a fact rather than a courtesy. `allowed` is no fact,
/// whatever it looks like: the name of the business.
pub(crate) fn first_fact(text: &str, allowed: &str) -> Option<String> {
    let allowed = allowed.trim();
    let text = if allowed.is_empty() { text.to_owned() } else { text.replace(allowed, " ") };
    if let Some(link) = link(&text) {
        return Some(link);
    }
    let is_number = |word: &&str| word.chars().any(marks_a_fact);
    if let Some(word) = text.split_whitespace().find(is_number) {
        return Some(word.to_owned());
    }
    let spaced = spaced(&text);
    spaced.split(' ').find(|word| is_in(CALENDAR, word)).map(str::to_owned)
}

/// The wording and the places of a template. A brace that opens none, or closes none, is a place
/// that does not exist.
fn split(template: &str) -> (String, Vec<String>) {
    let (mut own, mut places) = (String::new(), Vec::new());
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        own.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = if tail.starts_with('{') { tail.find('}') } else { None };
        let Some(end) = end else {
            places.push(tail.to_owned());
            rest = "";
            break;
        };
        places.push(tail[1..end].to_owned());
        own.push(' '); // `a{1}b` is no word
        rest = &tail[end + 1..];
    }
    own.push_str(rest);
    (own, places)
}

/// Figures of any script, money, percentages, and characters that hide or turn text.
fn marks_a_fact(c: char) -> bool {
    c.is_numeric()
        || matches!(c, '$' | '%' | '¢' | '£' | '¤' | '¥' | '\u{20A0}'..='\u{20CF}' | '@' | '#')
        || super::is_invisible(c)
        || (c.is_control() && c != '\n')
        || matches!(c, marks::OPEN | marks::CLOSE)
}

/// A word that leads somewhere: `salon.example`, `a://b`, `@aurora`.
fn link(text: &str) -> Option<String> {
    let leads = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.contains("://")
            || word.contains('@')
            || word.split_once('.').is_some_and(|(before, after)| {
                before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
            })
    };
    text.split_whitespace().find(leads).map(str::to_owned)
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

fn counts(spaced: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for word in spaced.split(' ').filter(|word| !word.is_empty()) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::marks::fact;

    fn locked() -> Locked {
        let text = format!("{} with {}. Shall I book it?", fact("Haircut"), fact("Ana"));
        Locked::new(&text, ["Haircut", "Full colour", "Bruno"].map(str::to_owned).into_iter())
    }

    #[test]
    fn a_rewording_with_the_same_facts_is_taken() {
        let locked = locked();
        assert_eq!(locked.template(), "{1} with {2}. Shall I book it?");
        assert_eq!(locked.words(), "Haircut with Ana. Shall I book it?");
        assert_eq!(
            locked.accept("With {2}, a {1}: may I put you down?"),
            Ok("With Ana, a Haircut: may I put you down?".to_owned())
        );
    }

    #[test]
    fn anything_else_is_not() {
        let locked = locked();
        let added = |what: &str| Violation::Added(what.to_owned());
        for (rewording, violation) in [
            ("", Violation::Length),
            ("{1}: shall I?", Violation::Missing(2)),
            ("{1} with {2} and {2}?", Violation::Repeated(2)),
            ("{1} with {2} at {3}?", Violation::Unknown("3".into())),
            ("{1} with {02}?", Violation::Unknown("02".into())),
            ("{1} with {2?", Violation::Unknown("{2?".into())),
            ("{1} with {2}. Booked.", Violation::Question),
            ("{1} with {2} for 5?", added("5")),
            ("{1} with {2} for ٥?", added("٥")),
            ("{1} with {2}, €?", added("€")),
            ("{1} with {2} at three?", added("three")),
            ("{1} with {2} Tomorrow?", added("tomorrow")),
            ("{1} with {2}, el martes?", added("martes")),
            ("{1} with {2} or bruno?", added("bruno")),
            ("{1}, full  colour, with {2}?", added("full colour")),
            ("{1} with {2}? See aurora.example", added("aurora.example")),
            ("{1} with {2}? https://x", added("https://x")),
            ("{1} with \u{202E}{2}?", added("\u{202E}")),
        ] {
            assert_eq!(locked.accept(rewording), Err(violation), "{rewording}");
        }
        let long = format!("{{1}} with {{2}}? {}", "so nice ".repeat(99));
        assert_eq!(locked.accept(&long), Err(Violation::Length));
    }

    #[test]
    fn what_was_there_may_stay() {
        let text = format!("Free today: {}", fact("15:00"));
        let locked = Locked::new(&text, std::iter::empty());
        assert!(locked.accept("Today {1} is free").is_ok());
        assert!(locked.accept("Today, yes today, {1} is free").is_err());
    }
}
