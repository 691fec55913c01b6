//! What the customer is called: "my name is Ana", "soy Joana", or a bare name when it was asked.

use super::{
    Expecting, RANK_NAME,
    lexicon::{self, Lexicon},
    meaning::Meaning,
    scene::{Hit, Scene},
    token::Shape,
};
use crate::EntityValue;

/// Names have at most this many words.
const MAX_WORDS: usize = 4;
/// Words inside names: "da Silva", "de la Cruz".
const PARTICLES: &[&str] =
    &["da", "de", "do", "dos", "das", "del", "la", "van", "von", "di", "e", "y"];

/// Finds a name starting at lexeme `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let c = scene.cursor(at);
    let lexeme = c.peek()?;
    let asked = matches!(scene.cx.expecting, Some(Expecting::Name));
    let (claim, first, strict) = if lexeme.is(Meaning::NameIs) {
        (lexeme.tokens.start, after_marks(scene, lexeme.tokens.end), false)
    } else if lexeme.is(Meaning::IAm) {
        (lexeme.tokens.start, lexeme.tokens.end, !asked)
    } else if let Some(first) = it_is(scene, at) {
        (lexeme.tokens.start, first, true)
    } else if asked && at == first_word(scene)? {
        (lexeme.tokens.start, lexeme.tokens.start, false)
    } else {
        return None;
    };
    let bare = claim == first;
    let end = name_end(scene, first, strict)?;
    if bare && !rest_is_polite(scene, end) {
        return None;
    }
    let value = EntityValue::Name(spelled(scene, first, end));
    Some(Hit {
        claim: claim..end,
        core: first..end,
        value,
        alternatives: Vec::new(),
        rank: RANK_NAME,
    })
}

/// Portuguese "é a Ana" at the start of a message; the accent tells it from "e a Ana". The token
/// after it.
fn it_is(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let start = scene.lexemes.get(at)?.tokens.start;
    let [is, article, ..] = scene.tokens.get(start..)? else {
        return None;
    };
    let typed = scene.original.get(scene.origin(is.chars.start))?;
    let says = is.folded == "e"
        && matches!(typed, 'é' | 'É')
        && matches!(article.folded.as_str(), "a" | "o");
    let opens = scene.lexemes[..at].iter().all(|lexeme| {
        lexeme.mark.is_some() || lexeme.is(Meaning::Filler) || lexeme.is(Meaning::Idle)
    });
    let asks = scene.lexemes.last().is_some_and(|lexeme| lexeme.mark == Some('?'));
    (says && opens && !asks).then_some(start + 2)
}

fn after_marks(scene: &Scene<'_>, mut token: usize) -> usize {
    while scene.tokens.get(token).is_some_and(|token| token.folded == ":" || token.folded == "\"") {
        token += 1;
    }
    token
}

/// The first lexeme that is not politeness.
fn first_word(scene: &Scene<'_>) -> Option<usize> {
    scene.lexemes.iter().position(|l| l.mark.is_none() && !l.is(Meaning::Filler))
}

/// Where the name that starts at token `first` ends; `strict` names are written with capitals.
fn name_end(scene: &Scene<'_>, first: usize, strict: bool) -> Option<usize> {
    let mut end = first;
    let mut at = first;
    while at < first + MAX_WORDS {
        if at > first && at == end && joins(scene, at) {
            at += 1;
        }
        let Some(token) = scene.tokens.get(at).filter(|token| token.shape == Shape::Word) else {
            break;
        };
        let capital = scene.is_capital(at);
        let particle = at > first && PARTICLES.contains(&token.folded.as_str());
        if particle {
            // Only with another name after it: "de la Cruz".
            let is_particle = |at: &usize| {
                let next = scene.tokens.get(*at);
                next.is_some_and(|next| PARTICLES.contains(&next.folded.as_str()))
            };
            let next = (at + 1..at + 3).find(|at| !is_particle(at)).unwrap_or(at + 1);
            let named = scene.tokens.get(next).is_some_and(|token| token.shape == Shape::Word)
                && could_be(scene, next)
                && (scene.is_capital(next) || !scene.is_capital(first));
            if !named || matches!(token.folded.as_str(), "e" | "y") {
                break;
            }
            at += 1;
            continue;
        }
        if (strict && !capital)
            || !(could_be(scene, at) || joins(scene, at + 1))
            || (at > first && scene.is_capital(first) && !capital && !scene.tokens[at].glued)
        {
            break;
        }
        at += 1;
        end = at;
    }
    let long = scene.tokens.get(first)?.folded.len() >= 2 || end > first + 1;
    (end > first && long).then_some(end)
}

/// "Jean-Luc", "O'Brien": a hyphen or an apostrophe with letters on both sides.
fn joins(scene: &Scene<'_>, at: usize) -> bool {
    let [mark, next, ..] = scene.tokens.get(at..).unwrap_or_default() else {
        return false;
    };
    matches!(mark.folded.as_str(), "-" | "'")
        && mark.glued
        && next.glued
        && next.shape == Shape::Word
        && next.folded.len() >= 2
}

/// Whether a word can be part of a name: no word of the languages, unless it is capitalised and
/// only common, as "Rosa" is.
fn could_be(scene: &Scene<'_>, at: usize) -> bool {
    let Some(token) = scene.tokens.get(at) else {
        return false;
    };
    let known = Lexicon::of(scene.utterance.locale).knows(&token.folded);
    let common = lexicon::is_common(&token.folded);
    let starts_message = at == 0;
    !known && (!common || (scene.is_capital(at) && !starts_message && token.folded.len() > 2))
}

fn rest_is_polite(scene: &Scene<'_>, end: usize) -> bool {
    scene.lexemes.iter().filter(|lexeme| lexeme.tokens.start >= end).all(|lexeme| {
        lexeme.is(Meaning::Filler) || matches!(lexeme.mark, Some(mark) if mark != '?')
    })
}

/// As typed; with capitals, when there was none.
fn spelled(scene: &Scene<'_>, first: usize, end: usize) -> String {
    let shouted_or_lower = (first..end).all(|token| !scene.is_capital(token));
    let mut name = String::new();
    for at in first..end {
        let Some(token) = scene.tokens.get(at) else { continue };
        let (from, to) = (scene.origin(token.chars.start), scene.origin(token.chars.end - 1));
        let word: String = scene.original.get(from..=to).unwrap_or_default().iter().collect();
        if at > first && !token.glued {
            name.push(' ');
        }
        let particle = PARTICLES.contains(&token.folded.as_str());
        let mut letters = word.chars();
        match letters.next().filter(|_| shouted_or_lower && !particle) {
            Some(head) => name.extend(head.to_uppercase().chain(letters)),
            None => name.push_str(&word),
        }
    }
    name
}
