//! Amounts of money and limits on them: "€20", "20 pavos", "cincuenta conto", "under 30".

use kernel::Currency;

use super::{
    RANK_MONEY, numeral,
    scene::{Hit, Scene},
    token::Shape,
};
use crate::EntityValue;

/// Marks before an amount, longest first. Words that fit several currencies name none.
const BEFORE: &[(&[&str], Option<&str>)] = &[
    (&["us", "$"], Some("USD")),
    (&["u", "$", "s"], Some("USD")),
    (&["r", "$"], Some("BRL")),
    (&["s", "/", "."], Some("PEN")),
    (&["s", "/"], Some("PEN")),
    (&["$"], None),
    (&["€"], Some("EUR")),
    (&["£"], Some("GBP")),
    (&["eur"], Some("EUR")),
    (&["usd"], Some("USD")),
    (&["brl"], Some("BRL")),
    (&["mxn"], Some("MXN")),
    (&["ars"], Some("ARS")),
    (&["gbp"], Some("GBP")),
];

/// Words after an amount; how many units one is worth.
const AFTER: &[(&str, Option<&str>, i64)] = &[
    ("€ euro euros eur leuros pavo pavos", Some("EUR"), 1),
    ("£ quid pound pounds gbp", Some("GBP"), 1),
    ("$ buck bucks dollar dollars dolar dolares usd", None, 1),
    ("real reais brl conto contos pila pilas pratas", Some("BRL"), 1),
    ("sol soles pen", Some("PEN"), 1),
    ("peso pesos mango mangos varos", None, 1),
    ("mxn", Some("MXN"), 1),
    ("ars", Some("ARS"), 1),
    ("clp", Some("CLP"), 1),
    ("luca lucas", None, 1_000),
];

/// "under", "at most".
const AT_MOST: &[&str] = &[
    "under",
    "below",
    "less than",
    "up to",
    "at most",
    "no more than",
    "max",
    "maximum",
    "cheaper than",
    "not more than",
    "menos de",
    "hasta",
    "maximo",
    "como mucho",
    "no mas de",
    "por debajo de",
    "hasta unos",
    "maximo de",
    "ate",
    "menos que",
    "no maximo",
    "abaixo de",
    "ate uns",
];
/// Among them, those that need no currency: nothing else of a booking is "cheaper than".
const AT_MOST_PRICE: &[&str] =
    &["under", "below", "less than", "cheaper than", "menos de", "por debajo de", "abaixo de"];
/// "over", "at least".
const AT_LEAST: &[&str] = &[
    "over",
    "above",
    "more than",
    "at least",
    "mas de",
    "por lo menos",
    "al menos",
    "a partir de",
    "mais de",
    "pelo menos",
    "acima de",
    "desde",
];

/// An amount: hundredths, its currency, and the tokens it takes.
struct Amount {
    cents: i64,
    currency: Option<Currency>,
    /// One past its last token.
    end: usize,
    /// A mark or word said that it is money.
    said: bool,
}

/// Finds money starting at token `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let bound = |phrases: &[&str]| {
        let lengths = phrases.iter().filter_map(|phrase| starts(scene, at, phrase));
        lengths.max()
    };
    let (most, least) = (bound(AT_MOST), bound(AT_LEAST));
    let start = at + most.or(least).unwrap_or(0);
    let mut amount = amount(scene, start)?;
    let priced = bound(AT_MOST_PRICE).is_some() && closes(scene, amount.end);
    let upper = range(scene, amount.end).filter(|_| most.or(least).is_none());
    if !amount.said && upper.is_none() && !(priced && amount.cents >= 500) {
        return None;
    }
    let (cents, currency) = (amount.cents, amount.currency);
    let value = if most.is_some() {
        EntityValue::Budget { at_least: None, at_most: Some(cents), currency }
    } else if least.is_some() {
        EntityValue::Budget { at_least: Some(cents), at_most: None, currency }
    } else if let Some(upper) = upper {
        amount.end = upper.end;
        let currency = upper.currency.or(currency);
        EntityValue::Budget { at_least: Some(cents), at_most: Some(upper.cents), currency }
    } else {
        EntityValue::Money { cents, currency }
    };
    let tokens = at..amount.end;
    Some(Hit {
        claim: tokens.clone(),
        core: tokens,
        value,
        alternatives: Vec::new(),
        rank: RANK_MONEY,
    })
}

/// How many tokens `phrase` takes at `at`, if it stands there.
fn starts(scene: &Scene<'_>, at: usize, phrase: &str) -> Option<usize> {
    let mut used = 0;
    for word in phrase.split(' ') {
        (scene.tokens.get(at + used)?.folded == word).then_some(())?;
        used += 1;
    }
    Some(used)
}

/// "€20 to €30", "20-30 euros": the upper end, where both are money.
fn range(scene: &Scene<'_>, at: usize) -> Option<Amount> {
    let joint = scene.tokens.get(at)?;
    matches!(joint.folded.as_str(), "to" | "a" | "-" | "y" | "e").then_some(())?;
    amount(scene, at + 1).filter(|amount| amount.said)
}

fn amount(scene: &Scene<'_>, at: usize) -> Option<Amount> {
    let mut at = at;
    let mut currency = None;
    let mut said = false;
    let prefix = BEFORE.iter().find(|(marks, _)| {
        marks.iter().enumerate().all(|(i, mark)| {
            scene
                .tokens
                .get(at + i)
                .is_some_and(|token| token.folded == *mark && (i == 0 || token.glued))
        })
    });
    if let Some((marks, code)) = prefix {
        (currency, said) = (code.and_then(|code| code.parse().ok()), true);
        at += marks.len();
    }
    let numeral = numeral::read(scene.tokens.get(at..)?, scene.utterance.locale)?;
    let mut cents = i64::try_from(numeral.value).ok()?.checked_mul(100)?;
    let mut end = at + numeral.tokens;
    if numeral.digits
        && let Some((more, used)) = decimals(scene, end)
    {
        cents += more;
        end += used;
    }
    if !said {
        let token = scene.tokens.get(end);
        // "20 de euros" is no phrase, but "un millón de pesos" is.
        let skip =
            usize::from(token.is_some_and(|token| token.folded == "de") && cents >= 100_000_000);
        let word = scene.tokens.get(end + skip).map_or("", |token| token.folded.as_str());
        let unit = AFTER.iter().find(|(words, ..)| words.split(' ').any(|known| known == word));
        if let Some((_, code, worth)) = unit {
            currency = code.and_then(|code| code.parse().ok());
            said = true;
            cents = cents.checked_mul(*worth)?;
            end += skip + 1;
            if let Some((more, used)) = half(scene, end) {
                cents += more;
                end += used;
            }
        }
    }
    Some(Amount { cents, currency, end, said })
}

/// ",50" or ".5" right after an amount, in hundredths.
fn decimals(scene: &Scene<'_>, at: usize) -> Option<(i64, usize)> {
    let [mark, digits, ..] = scene.tokens.get(at..)? else {
        return None;
    };
    let point = matches!(mark.folded.as_str(), "." | ",") && mark.glued && digits.glued;
    if !point || digits.shape != Shape::Digits {
        return None;
    }
    let value: i64 = digits.folded.parse().ok()?;
    match digits.folded.len() {
        1 => Some((value * 10, 2)),
        2 => Some((value, 2)),
        _ => None,
    }
}

/// "y medio" after the unit.
fn half(scene: &Scene<'_>, at: usize) -> Option<(i64, usize)> {
    let [and, half, ..] = scene.tokens.get(at..)? else {
        return None;
    };
    let said = matches!(and.folded.as_str(), "y" | "e" | "and")
        && matches!(half.folded.as_str(), "medio" | "meio");
    said.then_some((50, 2))
}

/// Nothing, or punctuation, or politeness follows.
fn closes(scene: &Scene<'_>, at: usize) -> bool {
    scene.tokens.get(at).is_none_or(|token| {
        let open =
            matches!(token.folded.as_str(), ":" | "/" | "%" | "-" | "." | ",") && token.glued;
        let followed =
            scene.tokens.get(at + 1).is_some_and(|next| next.glued && next.shape == Shape::Digits);
        (token.shape == Shape::Mark && !(open && followed) && token.folded != "%")
            || matches!(
                token.folded.as_str(),
                "please" | "pls" | "porfa" | "gracias" | "thanks" | "obrigado" | "obrigada"
            )
    })
}
