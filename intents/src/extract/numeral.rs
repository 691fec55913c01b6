//! Cardinal numbers, in digits or in the words of the three languages.
//!
//! "twenty-five", "ciento veinte", "cento e vinte e três", "1.200", "a dozen". Only amounts: ordinals
//! are the lexicon's, and what a number counts is for the finders to say.

use kernel::Locale;

use super::token::{Shape, Token};

/// Tokens of digits and separators that are looked at.
const MAX_GROUPS: usize = 10;

/// A number and how many tokens it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) value: u64,
    pub(super) tokens: usize,
    /// Written in digits.
    pub(super) digits: bool,
}

/// What a word does to the number so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Below twenty; also the Spanish "veintiuno" to "veintinueve".
    Unit(u64),
    /// Twenty to ninety.
    Ten(u64),
    /// "doscientos", "cento".
    Hundred(u64),
    /// "hundred": so many times what stands before.
    Hundreds,
    /// "thousand", "mil", "million".
    Power(u64),
    /// "dozen".
    Dozen,
}

/// Words of all three languages; none of them is a different number in another. Those that are
/// another word elsewhere are in [`ELSEWHERE`].
const PARTS: &[(Part, &str)] = &[
    (Part::Unit(0), "zero cero"),
    (Part::Unit(1), "one uno un una um uma"),
    (Part::Unit(2), "two dos dois duas"),
    (Part::Unit(3), "three tres"),
    (Part::Unit(4), "four cuatro quatro"),
    (Part::Unit(5), "five cinco"),
    (Part::Unit(6), "six seis meia"),
    (Part::Unit(7), "seven siete sete"),
    (Part::Unit(8), "eight ocho oito"),
    (Part::Unit(9), "nine nueve nove"),
    (Part::Unit(10), "ten diez dez"),
    (Part::Unit(11), "eleven onze once"),
    (Part::Unit(12), "twelve doce doze"),
    (Part::Unit(13), "thirteen trece treze"),
    (Part::Unit(14), "fourteen catorce catorze quatorze"),
    (Part::Unit(15), "fifteen quince quinze"),
    (Part::Unit(16), "sixteen dieciseis dezesseis dezasseis"),
    (Part::Unit(17), "seventeen diecisiete dezessete dezassete"),
    (Part::Unit(18), "eighteen dieciocho dezoito"),
    (Part::Unit(19), "nineteen diecinueve dezenove dezanove"),
    (Part::Unit(21), "veintiuno veintiun veintiuna"),
    (Part::Unit(22), "veintidos"),
    (Part::Unit(23), "veintitres"),
    (Part::Unit(24), "veinticuatro"),
    (Part::Unit(25), "veinticinco"),
    (Part::Unit(26), "veintiseis"),
    (Part::Unit(27), "veintisiete"),
    (Part::Unit(28), "veintiocho"),
    (Part::Unit(29), "veintinueve"),
    (Part::Ten(20), "twenty veinte vinte"),
    (Part::Ten(30), "thirty treinta trinta"),
    (Part::Ten(40), "forty fourty cuarenta quarenta"),
    (Part::Ten(50), "fifty cincuenta cinquenta cincoenta"),
    (Part::Ten(60), "sixty sesenta sessenta"),
    (Part::Ten(70), "seventy setenta"),
    (Part::Ten(80), "eighty ochenta oitenta"),
    (Part::Ten(90), "ninety noventa"),
    (Part::Hundred(100), "cien ciento cem cento"),
    (Part::Hundred(200), "doscientos doscientas duzentos duzentas"),
    (Part::Hundred(300), "trescientos trescientas trezentos trezentas"),
    (Part::Hundred(400), "cuatrocientos cuatrocientas quatrocentos quatrocentas"),
    (Part::Hundred(500), "quinientos quinientas quinhentos quinhentas"),
    (Part::Hundred(600), "seiscientos seiscientas seiscentos seiscentas"),
    (Part::Hundred(700), "setecientos setecientas setecentos setecentas"),
    (Part::Hundred(800), "ochocientos ochocientas oitocentos oitocentas"),
    (Part::Hundred(900), "novecientos novecientas novecentos novecentas"),
    (Part::Hundreds, "hundred"),
    (Part::Power(1_000), "thousand mil"),
    (Part::Power(1_000_000), "million millon millones milhao milhoes"),
    (Part::Dozen, "dozen docena docenas duzia duzias"),
];

/// Numbers of one language that are common words of another: "once more", "meia hora".
const ELSEWHERE: &[(&str, Locale)] =
    &[("once", Locale::Es), ("meia", Locale::Pt), ("dos", Locale::Es)];

fn part(word: &str, locale: Locale) -> Option<Part> {
    if ELSEWHERE.iter().any(|(known, of)| *known == word && *of != locale) {
        return None;
    }
    let found = PARTS.iter().find(|(_, words)| words.split(' ').any(|known| known == word));
    found.map(|(part, _)| *part)
}

/// The number that starts at the first of `tokens`.
pub(super) fn read(tokens: &[Token], locale: Locale) -> Option<Numeral> {
    digits(tokens).or_else(|| words(tokens, locale))
}

/// "12", "1.200", "1,200,000", "20k".
fn digits(tokens: &[Token]) -> Option<Numeral> {
    let first = tokens.first().filter(|token| token.shape == Shape::Digits)?;
    let mut text = first.folded.clone();
    let mut used = 1;
    if text.len() <= 3 && !text.starts_with('0') {
        while let [mark, group, ..] = &tokens[used..]
            && used < MAX_GROUPS
        {
            let separates = matches!(mark.folded.as_str(), "." | ",") && mark.glued;
            let thousand = group.shape == Shape::Digits && group.glued && group.folded.len() == 3;
            if !separates || !thousand {
                break;
            }
            text.push_str(&group.folded);
            used += 2;
        }
    }
    let mut value: u64 = text.parse().ok()?;
    if let Some(suffix) = tokens.get(used).filter(|token| token.glued && token.folded == "k") {
        value = value.checked_mul(1_000)?;
        used += usize::from(suffix.shape == Shape::Word);
    }
    Some(Numeral { value, tokens: used, digits: true })
}

fn words(tokens: &[Token], locale: Locale) -> Option<Numeral> {
    let mut total = 0_u64;
    let mut group = 0_u64;
    // The smallest place filled so far; the next part must fit below it.
    let mut room = u64::MAX;
    let mut used = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let joins = used > 0
            && (matches!(token.folded.as_str(), "and" | "y" | "e")
                || (token.folded == "-" && token.glued));
        if joins {
            let next = tokens.get(at + 1).and_then(|next| part(&next.folded, locale));
            let small = matches!(next, Some(Part::Unit(1..) | Part::Ten(_) | Part::Hundred(_)));
            // "two and three" are two numbers, "vinte e dois" is one.
            let fits = match next {
                Some(Part::Unit(n)) => n < room,
                Some(Part::Ten(n) | Part::Hundred(n)) => n < room && room >= 100,
                _ => false,
            };
            if !small || !fits || room <= 1 {
                break;
            }
            at += 1;
            continue;
        }
        let article = used == 0 && matches!(token.folded.as_str(), "a" | "half");
        if article {
            let (n, take) =
                match (token.folded.as_str(), word(tokens, at + 1), word(tokens, at + 2)) {
                    ("a", Some("hundred"), _) => (100, 2),
                    ("a", Some("thousand"), _) => (1000, 2),
                    ("a", Some("dozen"), _) => (12, 2),
                    ("half", Some("a"), Some("dozen")) => (6, 3),
                    _ => return None,
                };
            (group, room, used, at) = (n, n, take, take);
            continue;
        }
        let Some(part) =
            (token.shape == Shape::Word).then(|| part(&token.folded, locale)).flatten()
        else {
            break;
        };
        match part {
            Part::Unit(n) if n < room => {
                group += n;
                room = 1;
            }
            Part::Ten(n) if n < room && room >= 100 => {
                group += n;
                room = 10;
            }
            Part::Hundred(n) if room > 100 => {
                group += n;
                room = 100;
            }
            Part::Hundreds if (1..10).contains(&group) && total == 0 || group < 10 && group > 0 => {
                group *= 100;
                room = 100;
            }
            Part::Dozen if group <= 20 && total == 0 => {
                group = group.max(1) * 12;
                room = 1;
            }
            Part::Power(power) if total == 0 || total > power => {
                total += group.max(1).checked_mul(power)?;
                group = 0;
                room = power;
            }
            _ => break,
        }
        at += 1;
        used = at;
    }
    (used > 0).then(|| Numeral { value: total + group, tokens: used, digits: false })
}

fn word(tokens: &[Token], at: usize) -> Option<&str> {
    tokens.get(at).map(|token| token.folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::token::{fold, tokenize};

    #[test]
    fn numbers_in_digits_and_words() {
        for (text, value, rest) in [
            ("12", 12, 0),
            ("1.200", 1200, 0),
            ("1,200,000", 1_200_000, 0),
            ("100k", 100_000, 0),
            ("3.5", 3, 2),
            ("seven", 7, 0),
            ("twenty-five", 25, 0),
            ("twenty five people", 25, 1),
            ("two and three", 2, 2),
            ("one hundred and twenty", 120, 0),
            ("a hundred", 100, 0),
            ("two thousand three hundred", 2300, 0),
            ("a dozen", 12, 0),
            ("half a dozen eggs", 6, 1),
            ("two dozen", 24, 0),
            ("treinta y tres", 33, 0),
            ("veintidós", 22, 0),
            ("ciento veinte", 120, 0),
            ("dos mil trescientos cuarenta y siete", 2347, 0),
            ("quinientos diez millones", 510_000_000, 0),
            ("una docena", 12, 0),
            ("dos y media", 2, 2),
            ("vinte e três", 23, 0),
            ("cento e vinte e três", 123, 0),
            ("mil e quinhentos", 1500, 0),
            ("dezesseis", 16, 0),
            ("duas dúzias", 24, 0),
            ("cinqüenta", 50, 0),
            ("dois e três", 2, 2),
        ] {
            let tokens = tokenize(&fold(text));
            let locale = Locale::ALL.into_iter().find(|locale| read(&tokens, *locale).is_some());
            let locale = locale.unwrap_or_else(|| panic!("{text}"));
            let found = read(&tokens, locale).map(|n| (n.value, tokens.len() - n.tokens));
            assert_eq!(found, Some((value, rest)), "{text}");
        }
        for text in ["a", "half", "hundred", "people", "", "-", "y tres", "once more"] {
            assert_eq!(read(&tokenize(text), Locale::En), None, "{text}");
        }
    }
}
