//! Telephone numbers, national and international.

use kernel::PhoneNumber;

use super::{
    Expecting, RANK_PHONE,
    scene::{Hit, Scene},
    token::Shape,
};
use crate::EntityValue;

/// Fewest digits of a number worth asking the metadata about.
const MIN_DIGITS: usize = 7;
/// Most digits of an international number, with a prefix for going abroad.
const MAX_DIGITS: usize = 18;

/// Most pieces, digits and marks, that a number is written in.
const MAX_TOKENS: usize = 30;

/// Finds a telephone number starting at token `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let first = scene.tokens.get(at)?;
    let opens = first.shape == Shape::Digits || matches!(first.folded.as_str(), "+" | "(");
    let tail = at > 0
        && first.glued
        && matches!(scene.tokens[at - 1].folded.as_str(), "+" | "(" | "-" | "." | "/" | ":");
    if !opens || tail {
        return None;
    }
    let mut end = at;
    let mut groups: Vec<&str> = Vec::new();
    let mut number = String::new();
    while let Some(token) = scene.tokens.get(end).filter(|_| end < at + MAX_TOKENS) {
        match (token.shape, token.folded.as_str()) {
            (Shape::Digits, digits) => {
                if number.len() + digits.len() > MAX_DIGITS {
                    break;
                }
                groups.push(digits);
                number.push_str(digits);
            }
            (Shape::Mark, "+") if end == at => number.push('+'),
            (Shape::Mark, "(" | ")" | "-" | ".") => {}
            _ => break,
        }
        end += 1;
    }
    while end > at && scene.tokens[end - 1].shape != Shape::Digits {
        end -= 1;
    }
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    if digits < MIN_DIGITS || is_dated(&groups) || is_list(scene, &groups, &number) {
        return None;
    }
    let value = EntityValue::Phone(parse(scene, &number)?);
    Some(Hit { claim: at..end, core: at..end, value, alternatives: Vec::new(), rank: RANK_PHONE })
}

/// "2026-03-14", "14.03.2026".
fn is_dated(groups: &[&str]) -> bool {
    match groups {
        [first, second, third, ..] => {
            let lengths = [first.len(), second.len(), third.len()];
            lengths == [4, 2, 2]
                || (lengths[0] <= 2
                    && lengths[1] <= 2
                    && third.starts_with("20")
                    && third.len() == 4)
        }
        _ => false,
    }
}

/// "10 12 14 16" is a list of hours; "06 12 34 56 78" is a number, and so is anything asked for.
fn is_list(scene: &Scene<'_>, groups: &[&str], number: &str) -> bool {
    let asked = matches!(scene.cx.expecting, Some(Expecting::Phone));
    !asked && groups.iter().all(|group| group.len() <= 2) && !number.starts_with(['+', '0'])
}

fn parse(scene: &Scene<'_>, number: &str) -> Option<PhoneNumber> {
    let parsed = phonenumber::parse(scene.cx.region, number).ok()?;
    if !phonenumber::is_valid(&parsed) {
        return None;
    }
    parsed.format().mode(phonenumber::Mode::E164).to_string().parse().ok()
}
