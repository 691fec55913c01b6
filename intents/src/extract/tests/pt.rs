//! Portuguese.

use super::*;

#[test]
fn days() {
    check(
        Locale::Pt,
        &[
            ("hoje", None, "03-02"),
            ("hj", None, "03-02"),
            ("amanhã", None, "03-03"),
            ("amanha", None, "03-03"),
            ("depois de amanhã", None, "03-04"),
            ("amanhã de manhã", None, "03-03 morning"),
            ("de manhã", None, "morning"),
            ("ontem", None, "past(03-01)"),
            ("sexta", None, "03-06"),
            ("sexta-feira", None, "03-06"),
            ("sexta-feira que vem", None, "03-06|03-13"),
            ("próxima terça", None, "03-03|03-10"),
            ("seg", None, "03-09|03-02"),
            ("sexta da semana que vem", None, "03-13"),
            ("dia 14", None, "03-14"),
            ("no dia 14", None, "03-14"),
            ("14/03", None, "03-14"),
            ("3 de março", None, "03-03"),
            ("30 de fevereiro", None, "impossible"),
            ("quarta dia 4", None, "03-04"),
            ("daqui a 3 dias", None, "03-05"),
            ("em duas semanas", None, "03-16"),
            ("esta semana", None, "03-02..03-08"),
            ("semana que vem", None, "03-09..03-15"),
            ("fim de semana", None, "03-07..03-08"),
            ("fim do mês", None, "03-25..03-31"),
            ("de segunda a quarta", None, "03-09..03-11"),
            ("até sexta", None, "03-02..03-06"),
        ],
    );
}

#[test]
fn times_and_windows() {
    check(
        Locale::Pt,
        &[
            ("às 3", None, "15:00|03:00"),
            ("às 15h", None, "15:00"),
            ("15h30", None, "15:30"),
            ("3 e meia", None, "15:30|03:30"),
            ("15 pras 4", None, "15:45|03:45"),
            ("3 da tarde", None, "15:00"),
            ("meio-dia", None, "12:00"),
            ("sexta 16h", None, "03-06 16:00"),
            ("o das 16h", None, "16:00"),
            ("por volta das 4", None, "16:00|04:00"),
            ("depois das 17h", None, "17:00.."),
            ("até as 10", None, "..10:00"),
            ("antes das 11", None, "..11:00"),
            ("das 14 às 16", None, "14:00..16:00"),
            ("entre 2 e 4", None, "14:00..16:00"),
            ("depois do trabalho", None, "17:00.."),
            ("sexta de tarde", None, "03-06 afternoon"),
            ("o quanto antes", None, "earliest"),
            ("boa tarde", None, ""),
            ("3", Some(Expecting::Time), "15:00|03:00"),
            ("vou amanhã às 10", None, "03-03 10:00|22:00"),
            ("quarta às 9", None, "03-04 09:00|21:00"),
            ("massagem de 2 horas", None, "svc3|svc4"),
        ],
    );
}

#[test]
fn people_services_choices() {
    check(
        Locale::Pt,
        &[
            ("queria um corte com a Ana amanhã às 15h", None, "svc1 staff1 03-03 15:00"),
            ("quero fazer a unha", None, "svc2"),
            ("massagem relaxante", None, "svc4"),
            ("quero marcar horário", None, ""),
            ("tanto faz", None, "anyone"),
            ("me passa pra um atendente", None, ""),
            ("quantas calorias tem", None, ""),
            ("o quarto tem café da manhã", None, ""),
            ("vc é a Ana ou um robô?", None, "staff1"),
            ("qualquer um", None, "anyone"),
            ("2 pessoas", None, "2p"),
            ("mesa pra 2 no sábado a noite", None, "2p 03-07 night"),
            ("meu nome é Joana", None, "name(Joana)"),
            ("aqui é a Carla", None, "name(Carla)"),
            ("carla", Some(Expecting::Name), "name(Carla)"),
            ("o segundo", None, "#2"),
            ("a segunda opção", None, "#2"),
            ("a segunda", Some(Expecting::Selection(3)), "#2"),
            ("na segunda", None, "03-09|03-02"),
            ("o último", None, "#last"),
            ("2", Some(Expecting::Selection(3)), "#2"),
            ("menos segunda", None, "!03-09|03-02"),
            ("não posso na sexta", None, "!03-06"),
            ("sexta não dá", None, "!03-06"),
            ("não, na sexta", None, "03-06"),
            ("telefone +55 21 99999-0000", None, "+5521999990000"),
        ],
    );
}
