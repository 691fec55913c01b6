//! Runs the grammar over a text: at each word the longest expression, and on behind it.

use winnow::stream::{Stateful, Stream as _};

use crate::{
    Context, End, Found, Piece, Span, grammar,
    lexer::{self, Atom},
    lexicon,
    meaning::Meaning,
    resolve::{Parts, Scene, apart, read},
    stream::{self, Grammar, Token},
};

/// Finds every expression.
pub(crate) fn scan(text: &str, cx: &Context) -> Vec<Found> {
    let atoms = lexer::lex(text);
    let tokens = stream::tokens(&atoms, lexicon::of(cx.language));
    let scene = Scene::new(cx);
    let state = Grammar {
        all: &tokens,
        language: cx.language,
        order: cx.order,
        conventions: cx.conventions,
        latent: cx.latent,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        // "24/7" is said of always; only more than the phrase is an expression.
        let over = passed_over(&tokens, at);
        match here(&tokens, at, state, &scene) {
            Some((expression, next)) if over == 1 || next - at > over => {
                found.push(expression);
                at = next;
            }
            _ => at += over,
        }
    }
    found
}

/// How many atoms to go on by where no expression begins: all of a phrase that only looks like a
/// time ("boa tarde"), else one.
fn passed_over(tokens: &[Token<'_>], at: usize) -> usize {
    let fillers = tokens.get(at).into_iter().flat_map(|token| &token.senses);
    fillers
        .filter(|sense| sense.meaning == Meaning::Filler)
        .map(|sense| sense.atoms)
        .max()
        .unwrap_or(1)
}

/// The expression that begins at an atom, and the atom after it.
fn here<'i>(
    tokens: &'i [Token<'i>],
    at: usize,
    state: Grammar<'i>,
    scene: &Scene,
) -> Option<(Found, usize)> {
    let first = tokens.get(at)?;
    let number = matches!(first.atom.shape, lexer::Shape::Number { .. });
    if (first.senses.is_empty() && !number) || inside_a_word(tokens, at) {
        return None;
    }
    let mut input = Stateful { input: &tokens[at..], state };
    let phrase = grammar::phrase(&mut input).ok()?;
    let end = tokens.len() - input.eof_offset();
    if end <= at {
        return None;
    }
    let reading = read(&phrase.expr, scene)?;
    let last = if state.language == crate::Language::Pt { last(tokens, at, end) } else { end - 1 };
    let span = Span { start: first.atom.chars.start, end: tokens.get(last)?.atom.chars.end };
    let core = tokens.get(at + phrase.lead).map_or(span.start, |token| token.atom.chars.start);
    let past = reading.end.is_some_and(|end| end <= scene.now);
    let value = reading.candidates.first()?.clone();
    let found = Found {
        span,
        core: Span { start: core.min(span.end), end: span.end },
        kind: reading.kind,
        value,
        candidates: reading.candidates,
        past,
        latent: reading.latent,
        negated: negated(tokens, at, end),
        ends: apart(&phrase.expr, scene)
            .into_iter()
            .map(|parts| ends(parts, tokens, (at + phrase.lead, end)))
            .collect(),
    };
    Some((found, end))
}

/// The last atom of an expression: not the full stop of the sentence behind "23 set."
fn last(tokens: &[Token<'_>], at: usize, end: usize) -> usize {
    let stop = tokens.get(end - 1).is_some_and(|token| token.atom.text == ".");
    let sentence = tokens.get(end).is_none_or(|token| token.atom.after_break);
    let short = tokens.get(end.saturating_sub(2)).is_some_and(|token| {
        let named = |meaning| matches!(meaning, Meaning::Month(_) | Meaning::Weekday(_));
        token.senses.iter().any(|sense| named(sense.meaning))
    });
    if stop && sentence && short && end >= at + 2 { end - 2 } else { end - 1 }
}

/// The parts of a point with their spans; those without a place of their own have the whole.
fn ends(parts: Parts, tokens: &[Token<'_>], whole: (usize, usize)) -> End {
    let span = |place: Option<(usize, usize)>| {
        let (start, end) = place.unwrap_or(whole);
        let start = (start..end).find(|at| tokens.get(*at).is_some_and(says)).unwrap_or(start);
        Some(Span {
            start: tokens.get(start)?.atom.chars.start,
            end: tokens.get(end.checked_sub(1)?)?.atom.chars.end,
        })
    };
    End {
        day: parts.day.and_then(|(at, candidates)| Some(Piece { span: span(at)?, candidates })),
        part: parts.part.and_then(|(at, part)| {
            Some(Piece { span: whole_span(at.unwrap_or(whole), tokens)?, candidates: vec![part] })
        }),
        time: parts.time.and_then(|(at, candidates)| Some(Piece { span: span(at)?, candidates })),
        window: parts
            .window
            .and_then(|(at, candidates)| Some(Piece { span: span(at)?, candidates })),
    }
}

/// From a token to another, commas in front left out.
fn whole_span((start, end): (usize, usize), tokens: &[Token<'_>]) -> Option<Span> {
    let mark = |at: &usize| {
        tokens.get(*at).is_some_and(|token| !matches!(token.atom.shape, lexer::Shape::Mark(_)))
    };
    let start = (start..end).find(mark).unwrap_or(start);
    Some(Span {
        start: tokens.get(start)?.atom.chars.start,
        end: tokens.get(end.checked_sub(1)?)?.atom.chars.end,
    })
}

/// Whether a token is more than a small word before what is meant.
fn says(token: &Token<'_>) -> bool {
    let small = |sense: &Meaning| {
        matches!(
            sense,
            Meaning::At
                | Meaning::On
                | Meaning::The
                | Meaning::For
                | Meaning::About
                | Meaning::Of
                | Meaning::In
        )
    };
    let only_small = !token.senses.is_empty()
        && token.senses.iter().all(|sense| sense.atoms == 1)
        && token.senses.iter().any(|sense| small(&sense.meaning));
    !only_small && !matches!(token.atom.shape, lexer::Shape::Mark(',' | '@' | '-'))
}

/// Digits that hang on letters are no numbers: "A4", "B12". An at sign begins anew: "tomorrow@6".
fn inside_a_word(tokens: &[Token<'_>], at: usize) -> bool {
    let glued_to = |token: &Token<'_>| {
        token.atom.glued
            && token.atom.shape != lexer::Shape::Mark('@')
            && at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
                !matches!(before.atom.shape, lexer::Shape::Mark(_)) || is_joint(tokens, at)
            })
    };
    tokens.get(at).is_some_and(glued_to)
}

/// "650.650.6500": digits joined by dots or signs to what stands before.
fn is_joint(tokens: &[Token<'_>], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|index| tokens.get(index));
    let digits = |atom: &Atom| matches!(atom.shape, lexer::Shape::Number { .. });
    match (before(1), before(2), tokens.get(at)) {
        (Some(mark), Some(left), Some(here)) => {
            let mark_joins =
                matches!(mark.atom.shape, lexer::Shape::Mark('.' | ',' | '/' | ':' | '-'));
            mark_joins && mark.atom.glued && digits(left.atom) && digits(here.atom)
        }
        _ => false,
    }
}

/// How far before an expression its "not" may stand.
const REACH: usize = 4;

/// Whether the words around an expression rule it out.
fn negated(tokens: &[Token<'_>], start: usize, end: usize) -> bool {
    let means = |token: &Token<'_>, wanted: Meaning| {
        token.senses.iter().any(|sense| sense.meaning == wanted)
    };
    let after = tokens.get(end).is_some_and(|token| means(token, Meaning::NotAfter));
    let before = (1..=REACH).any(|back| {
        let Some(token) = start.checked_sub(back).and_then(|at| tokens.get(at)) else {
            return false;
        };
        token
            .senses
            .iter()
            .any(|sense| sense.meaning == Meaning::Not && sense.atoms >= back.saturating_sub(1))
    });
    after || before
}
