//! What the customer rules out: "not monday", "any day but friday", "con Ana no".

use super::{
    meaning::Meaning,
    scene::{Hit, Lexeme, Scene},
};

/// Small words that may stand between the "not" and what it rules out.
const BETWEEN: &[Meaning] = &[
    Meaning::The,
    Meaning::On,
    Meaning::At,
    Meaning::With,
    Meaning::For,
    Meaning::In,
    Meaning::Of,
    Meaning::This,
    Meaning::ToDay,
    Meaning::SoftAt,
];

/// How many of them.
const MAX_BETWEEN: usize = 3;

/// Whether each of `hits`, in order of appearance, is ruled out.
pub(super) fn ruled_out(scene: &Scene<'_>, hits: &[Hit]) -> Vec<bool> {
    let mut flags: Vec<bool> = Vec::with_capacity(hits.len());
    for (index, hit) in hits.iter().enumerate() {
        let before = index.checked_sub(1).map(|previous| (&hits[previous], flags[previous]));
        let negated = preceded(scene, hit) || followed(scene, hit) || joined(scene, hit, before);
        flags.push(negated);
    }
    flags
}

/// Lexemes that end at or before `token`, nearest first.
fn backwards<'a>(scene: &'a Scene<'_>, token: usize) -> impl Iterator<Item = (usize, &'a Lexeme)> {
    let end = scene.lexemes.partition_point(|lexeme| lexeme.tokens.end <= token);
    scene.lexemes[..end].iter().enumerate().rev()
}

fn preceded(scene: &Scene<'_>, hit: &Hit) -> bool {
    for (skipped, (at, lexeme)) in backwards(scene, hit.claim.start).enumerate() {
        if lexeme.is(Meaning::Not) && lexeme.tokens.len() > 1 {
            return true;
        }
        if lexeme.is(Meaning::Not) {
            return !lexeme.is(Meaning::Or) || at > 0;
        }
        // "no, el lunes" corrects; "pero no el lunes" rules out.
        if lexeme.is(Meaning::BareNo) {
            return at > 0 && !scene.lexemes[at - 1].is(Meaning::Filler);
        }
        let passes = BETWEEN.iter().any(|meaning| lexeme.is(*meaning));
        if !passes || skipped >= MAX_BETWEEN {
            return false;
        }
    }
    false
}

fn followed(scene: &Scene<'_>, hit: &Hit) -> bool {
    let start = scene.lexemes.partition_point(|lexeme| lexeme.tokens.start < hit.claim.end);
    let Some(no) = scene.lexemes.get(start).filter(|lexeme| lexeme.is(Meaning::NotAfter)) else {
        return false;
    };
    // A single "no" closes what it rules out; otherwise it opens what comes next.
    let closes = |lexeme: &Lexeme| lexeme.mark.is_some() || lexeme.is(Meaning::Filler);
    no.tokens.len() > 1 || scene.lexemes.get(start + 1).is_none_or(closes)
}

/// "not monday or tuesday".
fn joined(scene: &Scene<'_>, hit: &Hit, before: Option<(&Hit, bool)>) -> bool {
    let Some((previous, true)) = before else {
        return false;
    };
    let mut between = scene
        .lexemes
        .iter()
        .skip_while(|lexeme| lexeme.tokens.start < previous.claim.end)
        .take_while(|lexeme| lexeme.tokens.end <= hit.claim.start)
        .filter(|lexeme| !BETWEEN.iter().any(|meaning| lexeme.is(*meaning)));
    between.next().is_some_and(|lexeme| lexeme.is(Meaning::Or)) && between.next().is_none()
}
