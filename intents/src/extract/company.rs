//! Who comes along: "me and my wife", "eu e meus 2 filhos", "nosotros tres", "120 personas".
//!
//! Counts heads that are named rather than numbered. What is only a number is for `people`.

use std::ops::Range;

use super::{
    Expecting, RANK_COMPANY, numeral,
    scene::{Hit, Scene},
    token::{Shape, Token},
};
use crate::EntityValue;

/// More than this is not a party.
const MAX_PARTY: u64 = 500;

/// Nobody lists more than this.
const MAX_TERMS: usize = 8;

/// "My", articles, and what may stand between them and the noun.
const DETERMINERS: &[&str] = &[
    "my",
    "our",
    "the",
    "his",
    "her",
    "their",
    "mi",
    "mis",
    "nuestro",
    "nuestra",
    "nuestros",
    "nuestras",
    "el",
    "la",
    "los",
    "las",
    "su",
    "sus",
    "meu",
    "minha",
    "meus",
    "minhas",
    "nosso",
    "nossa",
    "nossos",
    "nossas",
    "o",
    "os",
    "as",
    "of",
    "de",
    "other",
    "otros",
    "otras",
    "outros",
    "outras",
    "little",
    "young",
    "small",
    "best",
    "old",
    "two-year-old",
];
/// One head more, without a number.
const ARTICLES: &[&str] =
    &["a", "an", "another", "un", "una", "otro", "otra", "um", "uma", "outro", "outra"];
/// The speaker.
const ME: &[&str] = &["me", "myself", "i", "yo", "eu", "mim"];
/// One person.
const KIN: &[&str] = &[
    "wife",
    "husband",
    "partner",
    "spouse",
    "girlfriend",
    "boyfriend",
    "fiance",
    "fiancee",
    "friend",
    "mate",
    "buddy",
    "mom",
    "mum",
    "mother",
    "dad",
    "father",
    "son",
    "daughter",
    "kid",
    "child",
    "baby",
    "toddler",
    "sister",
    "brother",
    "cousin",
    "aunt",
    "uncle",
    "grandma",
    "grandpa",
    "grandmother",
    "grandfather",
    "nephew",
    "niece",
    "boss",
    "colleague",
    "coworker",
    "roommate",
    "neighbour",
    "neighbor",
    "date",
    "gf",
    "bf",
    "hubby",
    "esposa",
    "esposo",
    "mujer",
    "marido",
    "novia",
    "novio",
    "pareja",
    "amiga",
    "amigo",
    "mama",
    "papa",
    "madre",
    "padre",
    "hijo",
    "hija",
    "nene",
    "nena",
    "nino",
    "nina",
    "bebe",
    "hermano",
    "hermana",
    "primo",
    "prima",
    "tia",
    "tio",
    "abuela",
    "abuelo",
    "sobrino",
    "sobrina",
    "suegra",
    "suegro",
    "jefe",
    "jefa",
    "companero",
    "companera",
    "mulher",
    "namorada",
    "namorado",
    "noiva",
    "noivo",
    "mae",
    "pai",
    "filho",
    "filha",
    "irma",
    "irmao",
    "crianca",
    "avo",
    "vo",
    "sogra",
    "sogro",
    "cunhado",
    "cunhada",
    "sobrinho",
    "sobrinha",
    "colega",
    "companheiro",
    "companheira",
    "parceiro",
    "parceira",
];
/// Two persons in one word.
const PAIRS: &[&str] =
    &["parents", "grandparents", "twins", "padres", "abuelos", "gemelos", "pais", "gemeos"];
/// Several persons, that need a number.
const HEADS: &[&str] = &[
    "people",
    "persons",
    "guests",
    "pax",
    "ppl",
    "adults",
    "adult",
    "kids",
    "children",
    "babies",
    "toddlers",
    "infants",
    "friends",
    "mates",
    "buddies",
    "sons",
    "daughters",
    "girls",
    "boys",
    "sisters",
    "brothers",
    "cousins",
    "colleagues",
    "coworkers",
    "others",
    "more",
    "grandkids",
    "teens",
    "teenagers",
    "seniors",
    "ladies",
    "men",
    "women",
    "personas",
    "comensales",
    "adultos",
    "adultas",
    "ninos",
    "ninas",
    "hijos",
    "hijas",
    "amigos",
    "amigas",
    "nenes",
    "nenas",
    "bebes",
    "hermanos",
    "hermanas",
    "primos",
    "primas",
    "companeros",
    "mas",
    "chicos",
    "chicas",
    "pessoas",
    "criancas",
    "filhos",
    "filhas",
    "irmaos",
    "irmas",
    "colegas",
    "convidados",
    "mais",
    "person",
    "persona",
    "pessoa",
    "guest",
    "adulto",
    "adulta",
];
const JOINTS: &[&str] =
    &["and", "y", "e", "plus", "with", "con", "com", "mas", "mais", "+", ",", "&", "n"];
/// Before a number of heads: "nosotros tres", "nós dois".
const WE: &[&str] = &["nosotros", "nosotras", "nos", "us"];
const ONLY: &[&str] = &["just", "only", "solo", "solamente", "so", "somente", "apenas", "sozinho"];
/// Alone, by themselves.
const ALONE: &[&str] = &["alone", "solo", "sola", "sozinho", "sozinha"];

/// A stretch of tokens and the heads in it.
#[derive(Clone, Copy)]
struct Term {
    heads: u64,
    end: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Me,
    Kin,
    Heads,
}

/// Finds company starting at token `at`.
pub(super) fn find(scene: &Scene<'_>, at: usize) -> Option<Hit> {
    let (range, heads) = we(scene, at).or_else(|| sum(scene, at)).or_else(|| alone(scene, at))?;
    let heads = u32::try_from(heads).ok().filter(|n| *n >= 1)?;
    Some(Hit {
        claim: range.clone(),
        core: range,
        value: EntityValue::PartySize(heads),
        alternatives: Vec::new(),
        rank: RANK_COMPANY,
    })
}

fn word<'a>(scene: &'a Scene<'_>, at: usize) -> &'a str {
    scene.tokens.get(at).map_or("", |token| token.folded.as_str())
}

fn before<'a>(scene: &'a Scene<'_>, at: usize) -> &'a str {
    at.checked_sub(1).map_or("", |at| word(scene, at))
}

fn asked(scene: &Scene<'_>) -> bool {
    matches!(scene.cx.expecting, Some(Expecting::PartySize))
}

/// "nós três", "nosotros dos", "us two"; "los dos" when heads were asked for.
fn we(scene: &Scene<'_>, at: usize) -> Option<(Range<usize>, u64)> {
    let first = word(scene, at);
    let article = asked(scene) && matches!(first, "los" | "las" | "os" | "as");
    // Spanish "nos" is "us" of verbs: "nos vemos", "nos 3" is not said.
    let we =
        WE.contains(&first) && !(first == "nos" && scene.utterance.locale != kernel::Locale::Pt);
    if !we && !article {
        return None;
    }
    let number = numeral::read(scene.tokens.get(at + 1..)?, scene.utterance.locale)?;
    let end = at + 1 + number.tokens;
    ((2..=20).contains(&number.value) && !counts_otherwise(scene, end))
        .then_some((at..end, number.value))
}

/// "sozinha", "just me", when heads were asked for.
fn alone(scene: &Scene<'_>, at: usize) -> Option<(Range<usize>, u64)> {
    let me = ME.contains(&word(scene, at));
    let only = ONLY.contains(&before(scene, at));
    let lone = asked(scene) && ALONE.contains(&word(scene, at)) && word(scene, at + 1).is_empty();
    let just_me = me && (only || asked(scene)) && !goes_on(scene, at + 1);
    (lone || just_me).then_some((at..at + 1, 1))
}

/// Something follows that makes "me" no head: "just me asking".
fn goes_on(scene: &Scene<'_>, at: usize) -> bool {
    scene.tokens.get(at).is_some_and(|token| {
        let closes = matches!(
            token.folded.as_str(),
            "please"
                | "thanks"
                | "pls"
                | "this"
                | "tonight"
                | "today"
                | "tomorrow"
                | "at"
                | "on"
                | "for"
                | "hoy"
                | "hoje"
                | "para"
                | "gracias"
                | "mesmo"
                | "por"
        );
        token.shape == Shape::Word && !closes
    })
}

/// "me and my wife", "2 adultos y un niño", "my wife and 3 kids".
fn sum(scene: &Scene<'_>, at: usize) -> Option<(Range<usize>, u64)> {
    let first = term(scene, at, None)?;
    let (mut heads, mut end, mut terms) = (first.heads, first.end, vec![first.kind]);
    while terms.len() < MAX_TERMS {
        let mut next = end;
        while JOINTS.contains(&word(scene, next)) && next < end + 2 {
            next += 1;
        }
        // "2 adults 1 kid": heads need nothing between them.
        let counted = scene.tokens.get(next).is_some_and(|token| token.shape == Shape::Digits);
        if next == end && !counted {
            break;
        }
        let Some(term) = term(scene, next, terms.last().copied()) else { break };
        if term.kind == Kind::Me && terms.contains(&Kind::Me) {
            break;
        }
        if next == end && term.kind == Kind::Heads && !HEADS.contains(&word(scene, term.end - 1)) {
            break;
        }
        heads += term.heads;
        end = term.end;
        terms.push(term.kind);
    }
    let party = match terms.as_slice() {
        // "120 people"; "my 3 kids" may be a part of the party only.
        [Kind::Heads] => first.heads > 1 || asked(scene) || !ARTICLES.contains(&word(scene, at)),
        [Kind::Kin] => asked(scene) && first.heads > 1,
        [_] => false,
        // "my wife and my friend" leaves the speaker out unless heads were asked for.
        [first, ..] => {
            *first == Kind::Heads
                || terms.contains(&Kind::Me)
                || asked(scene)
                || announced(scene, at)
        }
        [] => false,
    };
    (party && heads <= MAX_PARTY && !counts_otherwise(scene, end)).then_some((at..end, heads))
}

/// "for", "para", "somos" before it.
fn announced(scene: &Scene<'_>, at: usize) -> bool {
    matches!(before(scene, at), "for" | "para" | "pra" | "somos" | "are" | "be" | "re" | "seremos")
}

fn term(scene: &Scene<'_>, at: usize, previous: Option<Kind>) -> Option<Term> {
    let determined = skip(scene, at);
    if ME.contains(&word(scene, at)) {
        return Some(Term { heads: 1, end: at + 1, kind: Kind::Me });
    }
    // "para mí y mi mujer": "mí" loses its accent in folding.
    if word(scene, at) == "mi" && JOINTS.contains(&word(scene, at + 1)) {
        return Some(Term { heads: 1, end: at + 1, kind: Kind::Me });
    }
    let number = numeral::read(scene.tokens.get(determined..)?, scene.utterance.locale);
    let one = ARTICLES.contains(&word(scene, determined));
    let (number, after) = match number {
        Some(number) => (Some(number.value), determined + number.tokens),
        None if one => (Some(1), determined + 1),
        None => (None, determined),
    };
    let noun_at = skip(scene, after);
    let noun = word(scene, noun_at);
    let owned = determined > at || noun_at > after;
    let kin = KIN.contains(&noun);
    if let Some(pair) = PAIRS.contains(&noun).then_some(2) {
        return Some(Term { heads: number.unwrap_or(pair), end: noun_at + 1, kind: Kind::Kin });
    }
    if kin && (owned || number.is_some() || previous.is_some()) {
        return Some(Term { heads: number.unwrap_or(1), end: noun_at + 1, kind: Kind::Kin });
    }
    if HEADS.contains(&noun) {
        return number.map(|heads| Term { heads, end: noun_at + 1, kind: Kind::Heads });
    }
    // "me + 3", "eu e mais 2", "yo y 3 más"
    let counted = number.filter(|_| previous == Some(Kind::Me) && !one);
    counted.filter(|n| (1..=20).contains(n) && !counts_otherwise(scene, after)).map(|heads| Term {
        heads,
        end: after,
        kind: Kind::Heads,
    })
}

/// Past determiners.
fn skip(scene: &Scene<'_>, mut at: usize) -> usize {
    let from = at;
    while DETERMINERS.contains(&word(scene, at)) && at < from + 3 {
        at += 1;
    }
    at
}

/// A number that is a time, a day or a length after all.
fn counts_otherwise(scene: &Scene<'_>, at: usize) -> bool {
    let token: Option<&Token> = scene.tokens.get(at);
    token.is_some_and(|token| {
        matches!(
            token.folded.as_str(),
            "am" | "pm"
                | "h"
                | "hs"
                | "hrs"
                | "hours"
                | "hour"
                | "minutes"
                | "min"
                | "days"
                | "day"
                | "weeks"
                | "week"
                | "oclock"
                | "de"
                | "horas"
                | "hora"
                | "dias"
                | "dia"
                | "semanas"
                | "minutos"
                | "euros"
                | "reais"
                | "pesos"
                | "years"
                | "anos"
                | "st"
                | "nd"
                | "rd"
                | "th"
                | "%"
        ) || (matches!(token.folded.as_str(), ":" | "/") && token.glued)
    })
}
