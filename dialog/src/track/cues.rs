//! Words that say something whatever the classifier makes of the rest: letting go, and speaking of
//! an appointment one already has. Read in all languages at once, for people mix them.

/// "OK, leave it" begins like a yes.
const LETS_GO: &[&str] = &[
    "never mind",
    "nevermind",
    "forget it",
    "forget about it",
    "leave it",
    "leave it there",
    "don't bother",
    "dont bother",
    "déjalo",
    "dejalo",
    "déjelo",
    "dejelo",
    "dejémoslo",
    "dejemoslo",
    "olvídalo",
    "olvidalo",
    "olvídelo",
    "olvidelo",
    "olvídate",
    "olvidate",
    "nada, gracias",
    "nada gracias",
    "deixa pra lá",
    "deixa pra la",
    "deixa para lá",
    "deixa para la",
    "deixa quieto",
    "deixa estar",
    "esquece",
    "esqueça",
    "deixa, valeu",
    "deixa, obrigad",
    "deixa valeu",
];

/// What turns "leave it" into an answer: "leave it at five", "déjalo para el martes".
const GOES_ON: &[&str] = &["at ", "for ", "para ", "as it is", "como está", "como esta", "como tá"];

/// Beginnings of words that call something off, and nothing else.
const CALLS_OFF: &[&str] = &["cancel", "anul", "anúl", "desmarc"];

/// Beginnings of words that move something.
const MOVES: &[&str] =
    &["move", "change", "resched", "mover", "mueve", "cambi", "mudar", "muda", "remarc", "reagend"];

/// One's own appointment: "the one I have", "my haircut", "tengo un corte".
const OWN: &[&str] = &[
    "i have", "i've got", "ive got", "i had", "my", "mine", "tengo", "tenía", "tenia", "mi",
    "la mía", "la mia", "tenho", "tinha", "meu", "minha",
];

/// Whether the message lets go of whatever was going on, and says nothing else.
pub(super) fn lets_go(text: &str) -> bool {
    let text = text.to_lowercase();
    LETS_GO.iter().filter_map(|phrase| Some((phrase, text.find(phrase)?))).any(|(phrase, at)| {
        let rest = text[at + phrase.len()..].trim_start();
        !GOES_ON.iter().any(|more| rest.starts_with(more))
    })
}

/// Whether a word in it calls something off.
pub(super) fn calls_off(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| CALLS_OFF.iter().any(|stem| word.starts_with(stem)))
        || text.contains("call off")
        || text.contains("call it off")
}

/// Whether it asks for what the customer has to be moved.
pub(super) fn moves_own(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| MOVES.iter().any(|stem| word.starts_with(stem))) && speaks_of_own(text)
}

/// Whether it speaks of something the customer has.
pub(super) fn speaks_of_own(text: &str) -> bool {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let text = format!(" {} ", words.join(" "));
    OWN.iter().any(|phrase| {
        let phrase = format!(" {phrase} ");
        let mut found = text.match_indices(&phrase);
        // "I have to" and "tengo que" have nothing.
        found.any(|(at, _)| {
            let rest = &text[at + phrase.len()..];
            !["to ", "que ", "de "].iter().any(|must| rest.starts_with(must))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letting_go_is_told_from_settling() {
        for text in ["bueno, déjalo", "ok forget it", "tá, deixa, valeu", "leave it, thanks anyway"]
        {
            assert!(lets_go(text), "{text}");
        }
        for text in ["leave it at five", "déjalo para el martes", "yes please", "nada más?"] {
            assert!(!lets_go(text), "{text}");
        }
    }

    #[test]
    fn moving_what_one_has_names_both() {
        for text in ["no, i want to move the one i have", "quero mudar o que já tenho"] {
            assert!(moves_own(text), "{text}");
        }
        for text in ["no, change the day", "no, my boss needs me", "mueve la cita"] {
            assert!(!moves_own(text), "{text}");
        }
    }

    #[test]
    fn what_one_has_is_told_from_what_one_wants() {
        for text in ["could you push my haircut", "tengo tinte", "a que eu tenho", "mi cita"] {
            assert!(speaks_of_own(text), "{text}");
        }
        for text in ["any time in may", "mid-morning", "quiero un tinte", "i have to cancel"] {
            assert!(!speaks_of_own(text), "{text}");
        }
    }
}
