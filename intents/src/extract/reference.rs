//! The code of a booking: six letters and digits, read out loud or pasted.
//!
//! The codes the house hands out have no I, L, O or U; customers type O for 0 and I for 1 all the
//! same, which is forgiven.

use super::{
    RANK_REFERENCE,
    scene::{Hit, Scene},
    token::{Shape, Token},
};
use crate::EntityValue;

const LENGTH: usize = 6;

/// Words that announce a code.
const ANNOUNCE: &[&str] = &[
    "reference",
    "ref",
    "code",
    "booking",
    "reservation",
    "confirmation",
    "codigo",
    "referencia",
    "reserva",
    "localizador",
    "cita",
    "agendamento",
    "confirmacion",
    "confirmacao",
];

/// Finds a code starting at token `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let first = scene.tokens.get(at)?;
    if first.shape == Shape::Mark || (at > 0 && first.glued && joins(&scene.tokens[at - 1])) {
        return None;
    }
    let mut end = at;
    let mut code = String::new();
    while let Some(token) = scene.tokens.get(end) {
        let goes_on = end == at || token.glued;
        if !goes_on || token.shape == Shape::Mark || code.len() > LENGTH {
            break;
        }
        code.push_str(&token.folded);
        end += 1;
    }
    let digits = code.chars().filter(char::is_ascii_digit).count();
    let code = cleaned(&code)?;
    let shouted = (at..end).all(|token| is_shouted(scene, &scene.tokens[token]));
    let announced = announced(scene, at);
    // A number alone may be anything; letters alone are a word unless shouted after its announcement.
    let plain = digits == 0 || digits == LENGTH;
    if !(announced && (digits > 0 || shouted) || (!plain && shouted)) {
        return None;
    }
    let tokens = at..end;
    Some(Hit {
        claim: tokens.clone(),
        core: tokens,
        value: EntityValue::BookingReference(code),
        alternatives: Vec::new(),
        rank: RANK_REFERENCE,
    })
}

/// Digits and capitals only.
fn is_shouted(scene: &Scene<'_>, token: &Token) -> bool {
    let (start, end) = (scene.origin(token.chars.start), scene.origin(token.chars.end - 1));
    let typed = scene.original.get(start..=end).unwrap_or_default();
    typed.iter().all(|letter| letter.is_ascii_digit() || letter.is_uppercase())
}

fn joins(token: &Token) -> bool {
    token.shape != Shape::Mark || matches!(token.folded.as_str(), "@" | "." | "+" | "/" | ":" | "-")
}

/// Upper case, with the usual misreadings put right; none when it cannot be a code.
fn cleaned(code: &str) -> Option<String> {
    let fits = code.len() == LENGTH && code.bytes().all(|b| b.is_ascii_alphanumeric());
    let right = |letter: char| match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let code: String = code.chars().map(right).collect();
    (fits && !code.contains('U')).then_some(code)
}

/// "code", "booking reference" or a hash sign within the three tokens before.
fn announced(scene: &Scene<'_>, at: usize) -> bool {
    scene.tokens[at.saturating_sub(4)..at]
        .iter()
        .any(|token| token.folded == "#" || ANNOUNCE.contains(&token.folded.as_str()))
}
