//! Guessers over our own intents that understand nothing: a list of words, and a constant.

use std::collections::BTreeMap;

use intents::Intent;

/// Words that give an intent away, in en, es and pt, without accents. The first entry that occurs
/// wins. An afternoon's `if contains(…)` chat bot, not a straw man.
const KEYWORDS: &[(Intent, &str)] = &[
    (Intent::OptOut, "unsubscribe|stop messag|no me escrib|nao me mand|descadastr"),
    (
        Intent::Reschedule,
        "reschedul|move my|change my appo|reprogram|cambiar mi|remarcar|mudar meu|mudar minha",
    ),
    (Intent::Cancel, "cancel|anular|desmarcar"),
    (Intent::JoinWaitlist, "waitlist|waiting list|lista de espera"),
    (Intent::RunningLate, "running late|late|tarde un poco|llego tarde|atrasad"),
    (Intent::ListAppointments, "my appointment|mis citas|mi cita|meus horarios|meu horario"),
    (Intent::AskGiftCard, "gift card|voucher|tarjeta de regalo|vale presente|vale-presente"),
    (Intent::AskPromotions, "discount|promo|descuento|desconto|oferta"),
    (Intent::AskPayment, "pay|card|cash|pagar|tarjeta|efectivo|cartao|pix"),
    (Intent::AskPrice, "how much|price|cost|cuanto|precio|quanto|preco"),
    (Intent::AskDuration, "how long|cuanto dura|cuanto tarda|quanto tempo|demora"),
    (Intent::AskParking, "park|estacion|aparcar"),
    (Intent::AskAddress, "where|address|direccion|donde|endereco|onde"),
    (Intent::AskContact, "phone|e-mail|email|instagram|telefono|telefone"),
    (Intent::AskHours, "open|close|hours|horario|abren|abrem|abre|cierra|fecha"),
    (Intent::AskPolicy, "policy|refund|politica|reembolso"),
    (Intent::AskReceipt, "invoice|receipt|factura|recibo|nota fiscal"),
    (Intent::AskStaff, "who works|who does|quien|quem"),
    (Intent::AskServices, "services|do you do|do you offer|servicios|ofrecen|servicos|fazem"),
    (Intent::LostItem, "left my|forgot my|olvide|deje mi|esqueci"),
    (Intent::BusinessInquiry, "job|hiring|partnership|empleo|vaga|curriculum"),
    (Intent::TalkToPerson, "human|real person|una persona|atendente|pessoa de verdade"),
    (Intent::Complaint, "complain|terrible|awful|queja|pesimo|reclama"),
    (Intent::AskBot, "robot|bot|are you real"),
    (Intent::StartOver, "start over|de nuevo|do zero|desde cero|recomec"),
    (Intent::Repeat, "repeat|again?|repite|repetir"),
    (Intent::RequestAlternatives, "other|another|else|otro|otra|outro|outra"),
    (Intent::CheckAvailability, "available|availab|free|disponib|hueco|vaga"),
    (Intent::Book, "book|appointment|schedule|reserv|cita|turno|agendar|marcar"),
    (Intent::Thank, "thank|gracias|obrigad|valeu"),
    (Intent::Goodbye, "bye|adios|hasta luego|tchau"),
    (Intent::Affirm, "yes|yeah|sure|correct|si |claro|sim"),
    (Intent::Deny, "no|nope|nao"),
    (Intent::Greet, "hi |hello|hola|oi|bom dia|buenos dias"),
];

/// The intent of the first keyword, or inform.
pub(crate) fn keyword(text: &str) -> Intent {
    let text: String = text.to_lowercase().chars().map(without_accent).collect();
    let hit = KEYWORDS.iter().find(|(_, words)| words.split('|').any(|word| text.contains(word)));
    hit.map_or(Intent::Inform, |(intent, _)| *intent)
}

const fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'ê' => 'e',
        'í' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    }
}

/// The constant answer that is right most often on the very data it is judged by: an upper bound
/// on what guessing one class can reach.
pub(crate) fn majority<'a>(accepted: impl Iterator<Item = &'a [Intent]>) -> Intent {
    let mut counts: BTreeMap<Intent, usize> = BTreeMap::new();
    for intent in accepted.flatten() {
        *counts.entry(*intent).or_default() += 1;
    }
    let best = counts.into_iter().max_by_key(|(intent, n)| (*n, std::cmp::Reverse(*intent)));
    best.map_or(Intent::OutOfScope, |(intent, _)| intent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessers_guess() {
        assert_eq!(keyword("¿Cuánto cuesta?"), Intent::AskPrice);
        assert_eq!(keyword("the 5th"), Intent::Inform);
        let sets: [&[Intent]; 3] =
            [&[Intent::Book], &[Intent::Affirm, Intent::Book], &[Intent::Deny]];
        assert_eq!(majority(sets.into_iter()), Intent::Book);
    }
}
