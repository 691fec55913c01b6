//! E-mail addresses, written or dictated: "ana@mail.com", "ana arroba mail punto com".

use email_address::EmailAddress;

use super::{
    Expecting, RANK_EMAIL,
    scene::{Hit, Scene},
    token::{Shape, Token},
};
use crate::EntityValue;

/// An address has at most this many pieces, letters, digits and marks.
const MAX_TOKENS: usize = 40;

/// Finds an address whose local part starts at token `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let first = scene.tokens.get(at)?;
    let opens = first.shape != Shape::Mark || first.folded == "_";
    let tail = at > 0 && first.glued && is_local(&scene.tokens[at - 1]);
    if !opens || tail {
        return None;
    }
    let (address, end) = written(scene, at).or_else(|| dictated(scene, at))?;
    let tokens = at..end;
    Some(Hit {
        claim: tokens.clone(),
        core: tokens,
        value: EntityValue::Email(address),
        alternatives: Vec::new(),
        rank: RANK_EMAIL,
    })
}

fn is_local(token: &Token) -> bool {
    token.shape != Shape::Mark || matches!(token.folded.as_str(), "." | "_" | "-" | "+" | "'")
}

/// Pieces without whitespace, one `@` among them.
fn written(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let mut end = at + 1;
    let mut ats = 0;
    while let Some(token) = scene.tokens.get(end).filter(|_| end < at + MAX_TOKENS) {
        ats += usize::from(token.folded == "@");
        if !token.glued || !(is_local(token) || token.folded == "@") {
            break;
        }
        end += 1;
    }
    if ats == 0 {
        return None;
    }
    // A full stop or a dash after the address is the sentence's.
    while end > at + 1 && scene.tokens[end - 1].shape == Shape::Mark {
        end -= 1;
    }
    let text = typed(scene, at, end);
    valid(&text).then_some((text, end))
}

/// "ana at mail dot com", "ana arroba gmail punto com": with at least the dot in words when the
/// "at" is English, since "dinner at luigi.com" is no address unless one was asked for.
fn dictated(scene: &Scene<'_>, at: usize) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut end = at;
    let (mut said_at, mut said_dot, mut english, mut expects) = (false, false, false, true);
    while let Some(token) = scene.tokens.get(end).filter(|_| end < at + MAX_TOKENS) {
        match token.folded.as_str() {
            "at" | "arroba" | "@" if !said_at && !text.is_empty() => {
                text.push('@');
                (said_at, expects) = (true, true);
                english = token.folded == "at";
            }
            "dot" | "punto" | "ponto" if !text.is_empty() => {
                text.push('.');
                (said_dot, expects) = (said_dot || said_at, true);
            }
            "." | "_" | "-" | "+" if token.glued || expects => {
                text.push_str(&token.folded);
                said_dot |= said_at && token.folded == "." && !english;
                expects = true;
            }
            _ if token.shape != Shape::Mark && (expects || token.glued) => {
                text.push_str(&typed(scene, end, end + 1));
                expects = false;
            }
            _ => break,
        }
        end += 1;
    }
    while text.ends_with(['.', '-', '_', '+']) && end > at {
        text.pop();
        end -= 1;
    }
    let spoken = said_at && (said_dot || english && text.contains('.') && plausible(scene));
    (spoken && valid(&text)).then_some((text, end))
}

/// Whether the message is about an address at all.
fn plausible(scene: &Scene<'_>) -> bool {
    let says = |token: &Token| matches!(token.folded.as_str(), "email" | "mail" | "correo");
    !matches!(scene.cx.expecting, Some(Expecting::Time | Expecting::Date))
        && (scene.tokens.iter().any(says) || scene.tokens.len() <= 12 && !says_time(scene))
}

fn says_time(scene: &Scene<'_>) -> bool {
    scene
        .tokens
        .iter()
        .any(|token| matches!(token.folded.as_str(), "tonight" | "class" | "pm" | "am"))
}

fn typed(scene: &Scene<'_>, from: usize, to: usize) -> String {
    let (Some(first), Some(last)) = (scene.tokens.get(from), scene.tokens.get(to - 1)) else {
        return String::new();
    };
    let (start, end) = (scene.origin(first.chars.start), scene.origin(last.chars.end - 1));
    scene.original.get(start..=end).unwrap_or_default().iter().collect()
}

fn valid(text: &str) -> bool {
    let domain = text.rsplit_once('@').map_or("", |(_, domain)| domain);
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    EmailAddress::is_valid(text) && top.len() >= 2 && top.chars().all(char::is_alphabetic)
}
