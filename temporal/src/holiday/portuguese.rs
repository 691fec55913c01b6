//! Holidays in Portuguese: what Brazil and Portugal keep.

use super::{Holiday, Rule as R};
use crate::{lexicon::Row, meaning::Meaning};

const fn is(name: &'static str, rule: R) -> Meaning {
    Meaning::Holiday(Holiday { name, rule })
}

/// Every name.
pub(super) const NAMES: &[Row] = &[
    (is("Natal", R::Fixed(12, 25)), "natal|dia de natal|dia do natal|feriado de natal"),
    (
        is("Véspera de Natal", R::Fixed(12, 24)),
        "vespera de natal|vespera do natal|noite de natal|consoada|ceia de natal",
    ),
    (
        is("Ano Novo", R::Fixed(1, 1)),
        "ano novo|ano-novo|dia de ano novo|dia de ano-novo|dia do ano novo|ano bom|primeiro dia do ano|confraternizacao universal|dia da confraternizacao universal|feriado de ano novo|yuandan",
    ),
    (
        is("Véspera de Ano Novo", R::Fixed(12, 31)),
        "vespera de ano novo|vespera do ano novo|vespera de ano-novo|passagem de ano|virada do ano|virada de ano|noite de ano novo|ultimo dia do ano|sao silvestre|dia de sao silvestre",
    ),
    (
        is("Dia de Reis", R::Fixed(1, 6)),
        "dia de reis|dia dos reis|reis magos|dia de reis magos|epifania",
    ),
    (is("Aniversário de São Paulo", R::Fixed(1, 25)), "aniversario de sao paulo"),
    (
        is("Segunda de Carnaval", R::Easter(-48)),
        "segunda de carnaval|segunda-feira de carnaval|segunda feira de carnaval",
    ),
    (is("Sábado de Carnaval", R::Easter(-50)), "sabado de carnaval"),
    (is("Domingo de Carnaval", R::Easter(-49)), "domingo de carnaval|domingo gordo"),
    (
        is("Carnaval", R::Easter(-47)),
        "carnaval|o carnaval|terca de carnaval|terca-feira de carnaval|terca feira de carnaval|terca-feira gorda|terca gorda|entrudo|feriado de carnaval",
    ),
    (
        is("Quarta-feira de Cinzas", R::Easter(-46)),
        "quarta de cinzas|quarta-feira de cinzas|quarta feira de cinzas",
    ),
    (is("Domingo de Ramos", R::Easter(-7)), "domingo de ramos"),
    (is("Semana Santa", R::Days(&R::Easter(-7), 8)), "semana santa"),
    (is("Quinta-feira Santa", R::Easter(-3)), "quinta-feira santa|quinta feira santa|quinta santa"),
    (
        is("Sexta-feira Santa", R::Easter(-2)),
        "sexta-feira santa|sexta feira santa|sexta santa|sexta-feira da paixao|sexta feira da paixao|sexta da paixao|paixao de cristo",
    ),
    (is("Sábado de Aleluia", R::Easter(-1)), "sabado de aleluia|sabado santo"),
    (
        is("Páscoa", R::Easter(0)),
        "pascoa|dia de pascoa|domingo de pascoa|dia da pascoa|feriado de pascoa",
    ),
    (
        is("Segunda-feira de Páscoa", R::Easter(1)),
        "segunda-feira de pascoa|segunda feira de pascoa|segunda de pascoa",
    ),
    (is("Ascensão", R::Easter(39)), "ascensao|dia da ascensao|ascensao do senhor"),
    (is("Pentecostes", R::Easter(49)), "pentecostes|domingo de pentecostes"),
    (
        is("Corpus Christi", R::Easter(60)),
        "corpus christi|corpo de deus|dia do corpo de deus|corpus cristi",
    ),
    (
        is("Dia Internacional da Mulher", R::Fixed(3, 8)),
        "dia da mulher|dia internacional da mulher|dia das mulheres",
    ),
    (is("São José", R::Fixed(3, 19)), "dia de sao jose|dia do pai"),
    (is("Dia da Mentira", R::Fixed(4, 1)), "dia da mentira|dia das mentiras|dia dos bobos"),
    (is("Dia do Índio", R::Fixed(4, 19)), "dia do indio|dia dos povos indigenas"),
    (is("Tiradentes", R::Fixed(4, 21)), "tiradentes|dia de tiradentes|feriado de tiradentes"),
    (is("Dia da Terra", R::Fixed(4, 22)), "dia da terra"),
    (is("Dia da Liberdade", R::Fixed(4, 25)), "dia da liberdade"),
    (
        is("Dia do Trabalho", R::Fixed(5, 1)),
        "dia do trabalho|dia do trabalhador|dia dos trabalhadores|dia internacional do trabalho|dia internacional do trabalhador",
    ),
    (
        is("Dia das Mães", R::ByCountry(&R::Nth(5, 2, 7), &[([b'P', b'T'], R::Nth(5, 1, 7))])),
        "dia das maes|dia da mae|domingo das maes",
    ),
    (
        is("Dia dos Namorados", R::ByCountry(&R::Fixed(6, 12), &[([b'P', b'T'], R::Fixed(2, 14))])),
        "dia dos namorados|dia do namorado",
    ),
    (is("São Valentim", R::Fixed(2, 14)), "sao valentim|dia de sao valentim|valentine's day"),
    (is("Dia de Portugal", R::Fixed(6, 10)), "dia de portugal|dia de camoes"),
    (is("Santo Antônio", R::Fixed(6, 13)), "dia de santo antonio|noite de santo antonio"),
    (is("São João", R::Fixed(6, 24)), "dia de sao joao|noite de sao joao|festa de sao joao"),
    (is("São Pedro", R::Fixed(6, 29)), "dia de sao pedro|festa de sao pedro"),
    (is("Dia do Amigo", R::Fixed(7, 20)), "dia do amigo|dia da amizade"),
    (is("Dia dos Avós", R::Fixed(7, 26)), "dia dos avos|dia da avo"),
    (
        is("Dia dos Pais", R::ByCountry(&R::Nth(8, 2, 7), &[([b'P', b'T'], R::Fixed(3, 19))])),
        "dia dos pais",
    ),
    (
        is("Assunção de Nossa Senhora", R::Fixed(8, 15)),
        "assuncao de nossa senhora|dia da assuncao|assuncao de maria",
    ),
    (
        is("Independência do Brasil", R::Fixed(9, 7)),
        "dia da independencia|independencia do brasil|dia da patria|feriado da independencia",
    ),
    (is("Dia do Cliente", R::Fixed(9, 15)), "dia do cliente"),
    (
        is("Dia de São Francisco", R::Fixed(10, 4)),
        "dia de sao francisco|dia de sao francisco de assis",
    ),
    (
        is("Implantação da República", R::Fixed(10, 5)),
        "implantacao da republica|dia da implantacao da republica",
    ),
    (
        is("Nossa Senhora Aparecida", R::Fixed(10, 12)),
        "nossa senhora aparecida|dia de nossa senhora aparecida|dia da padroeira|dia da padroeira do brasil|n sra aparecida|nossa sra aparecida",
    ),
    (
        is("Dia das Crianças", R::ByCountry(&R::Fixed(10, 12), &[([b'P', b'T'], R::Fixed(6, 1))])),
        "dia das criancas|dia da crianca",
    ),
    (is("Dia do Professor", R::Fixed(10, 15)), "dia do professor|dia dos professores"),
    (is("Dia das Bruxas", R::Fixed(10, 31)), "halloween|dia das bruxas|noite das bruxas|hallowen"),
    (
        is("Todos os Santos", R::Fixed(11, 1)),
        "dia de todos os santos|todos os santos|dia de todos-os-santos",
    ),
    (
        is("Finados", R::Fixed(11, 2)),
        "finados|dia de finados|dia dos finados|dia dos fieis defuntos|dia dos mortos|feriado de finados",
    ),
    (is("São Martinho", R::Fixed(11, 11)), "sao martinho|dia de sao martinho"),
    (
        is("Proclamação da República", R::Fixed(11, 15)),
        "proclamacao da republica|dia da proclamacao da republica|dia da republica",
    ),
    (is("Dia da Bandeira", R::Fixed(11, 19)), "dia da bandeira"),
    (
        is("Consciência Negra", R::Fixed(11, 20)),
        "consciencia negra|dia da consciencia negra|dia de zumbi|dia de zumbi dos palmares|feriado da consciencia negra",
    ),
    (
        is("Dia de Ação de Graças", R::Nth(11, 4, 4)),
        "acao de gracas|dia de acao de gracas|dia da acao de gracas|thanksgiving",
    ),
    (is("Black Friday", R::NthPlus(11, 4, 4, 1)), "black friday|black fraude|blackfriday"),
    (is("Cyber Monday", R::NthPlus(11, 4, 4, 4)), "cyber monday|cybermonday"),
    (is("Restauração da Independência", R::Fixed(12, 1)), "restauracao da independencia"),
    (
        is("Imaculada Conceição", R::Fixed(12, 8)),
        "imaculada conceicao|dia da imaculada conceicao|nossa senhora da conceicao",
    ),
];
