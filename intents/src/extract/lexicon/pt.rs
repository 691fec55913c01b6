//! Portuguese, of Brazil and of Portugal.

use super::Entry;
use crate::{
    PartOfDay,
    extract::meaning::Meaning::{
        A, Am, And, AnyPerson, At, BareNo, Between, Choice, Earliest, Filler, For, From, Half,
        HourMark, IAm, Idle, In, Indifferent, LastOne, Minus, Move, NameIs, Not, NotAfter, Number,
        OClock, Of, On, Or, Ordinal, OrdinalSuffix, Part, PartyOf, People, Pm, Pronoun, Quarter,
        The, This, To, ToDay, TodayPart, With,
    },
};

pub(super) const TABLE: &[Entry] = &[
    (TodayPart(PartOfDay::Night), "esta noite|essa noite|nesta noite|nessa noite"),
    (TodayPart(PartOfDay::Morning), "esta manhã|essa manhã"),
    (TodayPart(PartOfDay::Afternoon), "esta tarde|essa tarde|nesta tarde"),
    (This, "este|esta|esse|essa|deste|desta|desse|dessa|neste|nesta|nesse|nessa"),
    (The, "o|a|os|as"),
    (A, "um|uma"),
    (Of, "de|do|da|d"),
    (
        On,
        "dia|no dia|na|no|pro dia|para o dia|pra o dia|o dia|ao dia|pra|pro|nas|nos|para a|para o|pelo dia",
    ),
    (In, "em|daqui a|dentro de|daqui|em uns|dentro d"),
    (
        At,
        "às|as|pelas|por volta das|por volta da|lá pelas|das|pras|para as|pra as|a partir das|tipo|perto das|umas|lá pra",
    ),
    (For, "para|pra|p/|p"),
    (With, "com|c/|pela|pelo|c"),
    (From, "de|das|da|desde|desde as|entre"),
    (To, "a|até|até as|até a|às"),
    (ToDay, "ao|ao dia|até o dia|até ao dia|a dia"),
    (And, "e|&"),
    (Or, "ou|nem"),
    (Am, "am|a.m."),
    (Pm, "pm|p.m."),
    (OClock, "horas|em ponto|hora|hs"),
    (HourMark, "h|hs|hrs|hr"),
    (Half, "meia"),
    (Quarter, "quarto|um quarto|quinze"),
    (Minus, "menos"),
    (
        Part,
        "de manhã|da manhã|pela manhã|na manhã|à manhã|!manhã|manhãs|de manhãzinha|na parte da manhã|parte da manhã|no período da manhã|período da manhã|cedo|a manhã|cedinho|logo cedo|de manha cedo",
    ),
    (
        Part,
        "hora do almoço|na hora do almoço|no horário de almoço|horário de almoço|do meio-dia|do meio dia",
    ),
    (
        Part,
        "à tarde|de tarde|da tarde|na parte da tarde|parte da tarde|tarde|tardes|pela tarde|a tarde|de tardezinha|à tardinha|no período da tarde|período da tarde|na tarde",
    ),
    (
        Part,
        "fim da tarde|final da tarde|no fim da tarde|ao fim da tarde|no final da tarde|fim de tarde|final do dia|fim do dia|no fim do dia",
    ),
    (
        Part,
        "à noite|de noite|da noite|pela noite|noite|noites|na parte da noite|a noite|no período da noite|na noite|de noitinha",
    ),
    (Between, "entre|entre as|entre a|entre o"),
    (
        Earliest,
        "o quanto antes|quanto antes|o mais rápido possível|o mais cedo possível|mais rápido possível|mais cedo possível|assim que possível|o mais breve possível|primeiro horário|o primeiro horário|primeiro disponível|o primeiro disponível|primeira vaga|a primeira vaga|horário mais próximo|o horário mais próximo|quanto antes melhor|agora mesmo|o mais próximo|o primeiro horário disponível",
    ),
    (
        Not,
        "menos|exceto|menos na|menos no|tirando|não na|não no|não com|não quero|não posso|não consigo|que não seja|sem ser|em vez de|em vez da|em vez do|nada de|nem|não pode ser|menos com|não dá na|não dá no|não com a|não com o|que não|qualquer dia menos|qualquer um menos|tirando a|tirando o|ao invés de|ao invés da",
    ),
    (AnyPerson, "qualquer um menos"),
    (BareNo, "não|nao|n|naum"),
    (
        Move,
        "mudar|muda|trocar|troca|passar|passa|remarcar|remarca|transferir|antecipar|adiar|alterar",
    ),
    (
        NotAfter,
        "não|não posso|não dá|não consigo|não vai dar|não funciona|não rola|não me dá jeito|impossível|n da|n posso|não serve|não pode",
    ),
    (People, "!pessoas|pessoa|adultos|adulto|crianças|criança|convidados|lugares"),
    (
        PartyOf,
        "somos|seremos|mesa para|mesa pra|mesa de|uma mesa para|uma mesa pra|vamos ser|grupo de|reserva para|reserva pra|estamos em|reservar para|lugar para|lugar pra|mesa p",
    ),
    (
        AnyPerson,
        "quem estiver livre|quem tiver livre|qualquer pessoa|qualquer profissional|quem tiver disponível|quem estiver disponível|qualquer cabeleireira|com quem for|quem for|com qualquer um|com qualquer uma|qualquer um deles|qualquer uma delas|quem puder|qualquer barbeiro",
    ),
    (
        Indifferent,
        "qualquer um|qualquer uma|tanto faz|sem preferência|não tenho preferência|indiferente|pra mim tanto faz|dá no mesmo|é indiferente",
    ),
    (
        NameIs,
        "meu nome é|o meu nome é|me chamo|chamo-me|em nome de|em nome da|em nome do|no nome de|no nome da|no nome do|nome:|meu nome completo é|o nome é|pode me chamar de",
    ),
    (
        IAm,
        "aqui é a|aqui é o|aqui é|aqui fala|aqui quem fala é|quem fala é|sou a|sou o|sou|eu sou|fala a",
    ),
    (Ordinal(1), "primeiro|primeira"),
    (Ordinal(2), "segundo|segunda"),
    (Ordinal(3), "terceiro|terceira"),
    (Ordinal(4), "quarto|quarta"),
    (Ordinal(5), "quinto|quinta"),
    (Ordinal(6), "sexto|sexta"),
    (Ordinal(7), "sétimo|sétima"),
    (Ordinal(8), "oitavo|oitava"),
    (Ordinal(9), "nono|nona"),
    (Ordinal(10), "décimo|décima"),
    (OrdinalSuffix, "o|a|ro|do|ra|da"),
    (LastOne, "o último|a última|último|última|última opção|a última opção"),
    (Choice, "opção|a opção|número|o número|nro|num|#|n°|alternativa"),
    (Pronoun, "opção|opções|horários|horário|vaga|alternativa"),
    (Number(0), "zero"),
    (Number(1), "um|uma"),
    (Number(2), "dois|duas|um par de"),
    (Number(3), "três"),
    (Number(4), "quatro"),
    (Number(5), "cinco"),
    (Number(6), "seis"),
    (Number(7), "sete"),
    (Number(8), "oito"),
    (Number(9), "nove"),
    (Number(10), "dez"),
    (Number(11), "onze"),
    (Number(12), "doze"),
    (Number(13), "treze"),
    (Number(14), "quatorze|catorze"),
    (Number(15), "quinze"),
    (Number(16), "dezesseis|dezasseis"),
    (Number(17), "dezessete|dezassete"),
    (Number(18), "dezoito"),
    (Number(19), "dezenove|dezanove"),
    (Number(20), "vinte"),
    (Number(30), "trinta"),
    (Number(40), "quarenta"),
    (Number(50), "cinquenta"),
    (
        Filler,
        "por favor|pf|pfv|pfvr|obrigado|obrigada|ok|sim|claro|perfeito|então|oi|olá|talvez|melhor|tá|beleza|blz|bom|quero|prefiro|pode ser|fico com|vou querer|por gentileza|acho que",
    ),
    (
        Idle,
        "café da manhã|café da manha|primeira vez|a primeira vez|um segundo|um segundinho|última vez|da última vez|a última vez|boa tarde|boa noite|bom dia|boas tardes|semana passada|mês passado|mais tarde|mais cedo|muito tarde|tarde demais|atrasada|última hora|meia hora|para a frente|todo dia|todos os dias|que dia|outro dia|que horas|a que horas|outra hora|uma hora|uma vaga|um horário|vou chegar tarde|chegar mais tarde|quarto de|quarto com|quarto vago|quarto duplo|um quarto para dois",
    ),
];

pub(super) const COMMON: &str = "
    a abrir acho agenda agendar agora ai ainda algo alguem alguma algum alto amigo antes ao aos
    aqui as assim ate atende bem boa bom cabelo cada cama cancela cancelar cara carta casa caso cedo
    certo chegar coisa com como consigo corta cortar corte cor da dar das de dela dele deles demora
    dente depois desde desse deve dia dias disse diz do dois dor dos duas e ela ele eles em entao
    entre era essa esse esta estao estar estou eu faco falar faltar faz fazer feito ficar fico fila
    fim foi fora gente gostaria grande ha hoje hora horas ir isso ja lado lugar luz luzes la lhe
    linha livre logo longe mae mais mal manda mande mando mao maos marca marcada marcado marcar
    marco marido mas massa me meia melhor menos mesa meu mesmo mim minha moca muda mudar mude muito
    nada nao nas nem nenhum no nome nos nossa nova novo num nunca o obrigado onde ou outra outro
    pagar pago para parte passa pela pelo pequeno pessoa pode podem poder ponta por porque posso
    pouco pra preciso preco primeira pro qual quando quanta quanto quase que quem quer queria quero
    rosa sabe saber sair salao sao se seja sem sempre ser sera sete seu sim so sobre sol sou sua
    tambem tanto tao tarde te tem tenho ter teria teve tinha tira todo toda todos trazer troca
    trocar mensagem mensagens passagem quantas quantos quartos tudo um uma unha unhas vaga vagas vai valor vamos veja vem ver vez vida vir voce vou
    apos atras passada passado proxima proximo retrasada seguinte sextou";
