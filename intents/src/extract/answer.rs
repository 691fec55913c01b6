//! Yes and no, as customers say them: "dale", "pode ser", "sure why not", "👍👍", "mejor no".
//!
//! Only messages that are nothing but an answer. "Sim mas às 16h" is no yes: it says something
//! else. "No, perfect" and "no hay problema" are no no.

use super::token::{Token, fold, tokenize};

/// What a message answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Agreed.
    Yes,
    /// Declined.
    No,
}

/// What a phrase contributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Yes,
    No,
    /// Agrees after a "no" and by itself: "perfect", "no hay problema".
    Content,
    /// Says nothing: "please", "gracias".
    Polite,
}

/// Phrases, folded; the longest that fits is taken.
const PHRASES: &[(Piece, &str)] = &[
    (
        Piece::Yes,
        "yes|yeah|yea|yep|yup|yess|ye|ya|yah|y|sure|sure thing|sure why not|why not|ok|okay|oki|okey|okie|alright|all right|\
         fine|that is fine|that's fine|thats fine|that works|that will work|works|works for me|that works for me|sounds good|sounds great|sounds perfect|\
         of course|absolutely|definitely|certainly|indeed|correct|that's correct|that is correct|thats correct|right|that's right|thats right|\
         exactly|affirmative|agreed|deal|go ahead|go for it|do it|let's do it|lets do it|let's go|book it|confirm|confirmed|i confirm|\
         please do|i do|i am|it is|you bet|totally|for sure|by all means|yes i do|yes please|i would|i'd like that|i'd love to|i will|it does|\
         please go ahead|i accept|i agree|agree|no doubt|cool|that'd be great|that would be great|that would be perfect",
    ),
    (
        Piece::Yes,
        "si|sip|sii|sep|claro|claro que si|por supuesto|desde luego|vale|dale|dale si|va|va que va|venga|listo|sale|simon|orale|de una|\
         de acuerdo|esta bien|esta perfecto|todo bien|bien|bueno|correcto|exacto|asi es|eso es|eso|confirmo|confirmado|me sirve|me va bien|me viene bien|me parece bien|\
         me parece|me parece perfecto|adelante|hagale|hagamoslo|cierto|seguro|seguro que si|obvio|obviamente|efectivamente|por que no|como no|ya|ok si|\
         buenisimo|joya|me gusta|me encanta|acepto|quedo|quedamos asi|si quiero|si confirmo|okis|okay si|perfecto si|esta ok",
    ),
    (
        Piece::Yes,
        "sim|s|ss|sss|claro que sim|com certeza|pode ser|pode|pode sim|pode marcar|pode confirmar|isso|isso mesmo|isso ai|exatamente|\
         ta bom|ta|ta ok|ta otimo|tudo bem|tudo certo|certo|certinho|beleza|blz|fechado|fechou|combinado|bora|vamos|vamos la|quero|quero sim|\
         aceito|confirmado|confirma|positivo|uhum|aham|serve|me serve|da sim|por mim tudo bem|por mim ok|sim quero|sim pode ser|show|joia|ok pode ser|\
         de boa|topo|fica bom|fica otimo|esta certo|ta certo|porque nao|por que nao|sem duvida|e isso|e isso ai|bele|pode crer|concordo",
    ),
    (
        Piece::Content,
        "perfect|great|excellent|awesome|wonderful|lovely|good|very good|no problem|no problem at all|no worries|not a problem|no prob|np|no objection|no objections|\
         no issues|no issue|nothing else|that's all|that is all|thats all|all good|not at all|i don't mind|i do not mind|i dont mind|no harm|fantastic|amazing|super|brilliant|no it's fine|it's fine|its fine|it's ok|it is ok|its ok",
    ),
    (
        Piece::Content,
        "perfecto|genial|excelente|buenisimo|estupendo|fenomenal|barbaro|no hay problema|no hay ningun problema|sin problema|sin problemas|ningun problema|\
         no pasa nada|no hay drama|no hay lio|no hay inconveniente|ningun inconveniente|nada mas|eso es todo|asi esta bien|esta bien asi|todo perfecto|muy bien|de lujo|no me molesta|no me importa|de maravilla|super",
    ),
    (
        Piece::Content,
        "perfeito|otimo|excelente|maravilha|sem problema|sem problemas|nao tem problema|nao ha problema|nenhum problema|nao faz mal|de nada|so isso|e so isso|\
         mais nada|esta otimo|muito bom|muito bem|legal|massa|nao me importo|tranquilo|suave|sem stress|sem estresse|maravilhoso",
    ),
    (
        Piece::No,
        "no|nope|nop|nah|naw|nay|no way|not really|not now|not today|not yet|not this time|not interested|no thanks|no thank you|i don't|i do not|i dont|\
         don't|do not|dont|rather not|i'd rather not|id rather not|i would rather not|better not|absolutely not|definitely not|of course not|never|negative|\
         i don't think so|i dont think so|i do not think so|don't think so|that's wrong|thats wrong|wrong|incorrect|that's not right|thats not right|not correct|\
         not ok|not okay|it is not ok|not good|that doesn't work|that does not work|that doesnt work|doesn't work|does not work|doesn't work for me|not for me|i'll pass|ill pass|pass|\
         i can't|i cant|i cannot|can't|cannot|please don't|please dont|don't do it|dont do it|no i don't|no i dont|it's not|it isn't|i'm not|leave it|disagree|i disagree",
    ),
    (
        Piece::No,
        "no gracias|mejor no|no quiero|no puedo|no me sirve|no me va|no me viene bien|no me va bien|no me interesa|ahora no|hoy no|todavia no|aun no|para nada|de ninguna manera|\
         que va|nada|negativo|incorrecto|eso no|no es correcto|no esta bien|esta mal|no creo|no lo creo|creo que no|claro que no|por supuesto que no|ni loco|ni loca|ni hablar|nel|nones|tampoco|paso|no lo hagas|no confirmo|no acepto|no estoy de acuerdo|no no",
    ),
    (
        Piece::No,
        "nao|naum|n|nn|nao obrigado|nao obrigada|melhor nao|nao quero|nao posso|nao da|nao vai dar|nao serve|nao me serve|nao rola|nao precisa|agora nao|hoje nao|ainda nao|\
         de jeito nenhum|de forma alguma|nem pensar|nunca|errado|incorreto|esta errado|ta errado|nao esta certo|nao ta certo|acho que nao|eu acho que nao|claro que nao|nada disso|deixa pra la|nao confirmo|nao aceito|nao concordo|negativo|nao e isso|jamais|nao mesmo|nao pode",
    ),
    (
        Piece::Polite,
        "please|pls|plz|thanks|thank you|thank you so much|thanks a lot|thx|ty|cheers|mate|dear|man|bro|sir|madam|then|so|well|oh|ah|um|uh|hmm|hm|haha|lol|just|really|\
         por favor|porfa|porfi|porfavor|pf|xfa|gracias|muchas gracias|mil gracias|pues|entonces|che|jaja|jajaja|amigo|amiga|guapa|linda|\
         pfv|pfvr|obrigado|obrigada|muito obrigado|muito obrigada|obg|brigada|brigado|valeu|entao|ne|uai|kkk|kkkk|rs|querida|querido|moca|moco|tambem|tambien|too|senhor|senhora|senora|por gentileza",
    ),
];

/// Signs that say yes.
const YES_SIGNS: &[char] = &['👍', '✅', '👌', '🙌', '☑', '✔', '🆗', '💯', '🤝', '🫡'];
/// Signs that say no.
const NO_SIGNS: &[char] = &['👎', '❌', '🚫', '🙅', '✖', '⛔'];
/// Longest phrase, in words.
const MAX_WORDS: usize = 7;
/// An answer is short.
const MAX_TOKENS: usize = 24;

/// The answer that a message as a whole is; none when it says anything else, or both.
#[must_use]
pub fn answer(text: &str) -> Option<Answer> {
    let (text, _) = crate::normalize(text);
    let tokens: Vec<Token> = tokenize(&fold(&text))
        .into_iter()
        .filter(|token| !is_decoration(&token.folded))
        .take(MAX_TOKENS + 1)
        .collect();
    if tokens.is_empty() || tokens.len() > MAX_TOKENS || asks(&text) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (piece, used) = piece(&tokens[at..])?;
        pieces.push(piece);
        at += used;
    }
    judge(&pieces)
}

fn asks(text: &str) -> bool {
    text.trim_end().ends_with('?')
}

/// Punctuation, skin tones, smiles: part of no phrase. Apostrophes stay.
fn is_decoration(token: &str) -> bool {
    let mut characters = token.chars();
    let (Some(first), None) = (characters.next(), characters.next()) else {
        return false;
    };
    !first.is_alphanumeric()
        && first != '\''
        && !matches!(first, '+' | '/' | ':' | '%' | '@' | '#')
        && !YES_SIGNS.contains(&first)
        && !NO_SIGNS.contains(&first)
}

fn piece(tokens: &[Token]) -> Option<(Piece, usize)> {
    let mut sign = tokens[0].folded.chars();
    if let (Some(sign), None) = (sign.next(), sign.next()) {
        if YES_SIGNS.contains(&sign) {
            return Some((Piece::Yes, 1));
        }
        if NO_SIGNS.contains(&sign) {
            return Some((Piece::No, 1));
        }
    }
    (1..=MAX_WORDS.min(tokens.len())).rev().find_map(|used| {
        let said: Vec<&str> = tokens[..used].iter().map(|token| token.folded.as_str()).collect();
        // "that's" is three tokens.
        let said = said.join(" ").replace(" ' ", "'");
        let piece =
            PHRASES.iter().find(|(_, phrases)| phrases.split('|').any(|phrase| phrase == said))?;
        Some((piece.0, used))
    })
}

fn judge(pieces: &[Piece]) -> Option<Answer> {
    let has = |piece: Piece| pieces.contains(&piece);
    match (has(Piece::Yes), has(Piece::No), has(Piece::Content)) {
        (true, false, _) | (false, false, true) => Some(Answer::Yes),
        (false, true, false) => Some(Answer::No),
        // "No, perfect": nothing to object.
        (false, true, true) if pieces[0] == Piece::No => Some(Answer::Yes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_all_shapes() {
        let yes = "yes|Yes please!|yeah sure|sure, why not|ok|okay 👍|👍|👍🏽|👌👌👌|✅|sounds good|that works for me, thanks|go ahead|\
            that's fine|Yup that's fine|of course|no problem|no, perfect|no, that's all|\
            sí|si por favor|claro que sí|dale|vale, gracias|va|de una|está bien|por supuesto|no hay problema|no, perfecto|me parece bien|\
            👌 Está bien|listo|sale|obvio|siiii|¡Sí!|cómo no|sin problema|\
            sim|pode ser|Pode sim!|isso|isso mesmo|tá bom|beleza|blz|fechado|combinado|bora|com certeza|claro que sim|quero sim|\
            uhum|sem problemas|não tem problema|👌🏾 Tá ok|ss|não, perfeito|simmm|ok obrigada";
        for text in yes.split('|') {
            assert_eq!(answer(text.trim()), Some(Answer::Yes), "{text}");
        }
        let no = "no|No.|nope|nah|no thanks|not really|I don't think so|no, thank you|not now|👎|❌|rather not|absolutely not|\
            no gracias|mejor no|no puedo|ahora no|para nada|creo que no|no no|ni hablar|no me sirve|\
            não|nao|n|não, obrigada|melhor não|agora não|acho que não|de jeito nenhum|não quero|não vai dar|Não. Eu acho que não.";
        for text in no.split('|') {
            assert_eq!(answer(text.trim()), Some(Answer::No), "{text}");
        }
        let neither = "sim mas às 16h|yes but at 5|sí, pero el martes|yes, tomorrow|no, friday|não, sexta|ok and a haircut too|\
            yes or no|sí o no|yes no|is that ok?|ok?|no sé|não sei|I don't know|no entiendo|maybe|quizás|talvez|hola|what|5|\
            sim, às 16h|no quiero con Ana|dale a las 5|👍👎||!!!|si puedes a las 3|no problem, but at 4|yes and no";
        for text in neither.split('|') {
            assert_eq!(answer(text.trim()), None, "{text}");
        }
    }

    #[test]
    fn every_phrase_can_be_said() {
        for (_, phrases) in PHRASES {
            for phrase in phrases.split('|') {
                let tokens = tokenize(&fold(phrase));
                assert!(tokens.len() <= MAX_WORDS + 2, "{phrase} is too long");
                assert!(piece(&tokens).is_some_and(|(_, used)| used == tokens.len()), "{phrase}");
            }
        }
    }
}
