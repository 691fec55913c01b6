//! Company, money, addresses, codes, nicknames and choices in the three languages.

use super::*;

#[test]
fn company() {
    let asked = Some(Expecting::PartySize);
    check(
        Locale::En,
        &[
            ("a table for me and my wife", None, "2p"),
            ("me and my 2 kids", None, "3p"),
            ("me, my wife and two kids", None, "4p"),
            ("it's me and my husband", asked, "2p"),
            ("my wife and I tomorrow", None, "2p 03-03"),
            ("2 adults and 3 children", None, "5p"),
            ("two adults and a baby", None, "3p"),
            ("120 people", None, "120p"),
            ("twenty-five guests", None, "25p"),
            ("a dozen people", None, "12p"),
            ("just me", asked, "1p"),
            ("only me", None, "1p"),
            ("me", asked, "1p"),
            ("me and 3 others", asked, "4p"),
            ("me plus 3", asked, "4p"),
            ("there will be five of us", None, "5p"),
            ("my parents and me", None, "3p"),
            ("me and my boss", None, "2p"),
            ("two", asked, "2p"),
            ("my wife", asked, ""),
            ("can you call me", None, ""),
            ("help me, I don't know", None, ""),
            ("call me at 5", None, "17:00|05:00"),
            ("my daughter needs a haircut", None, "svc1"),
            ("with my sister at 3pm", None, "15:00"),
            ("I have 2 kids", None, "2p"),
        ],
    );
    check(
        Locale::Es,
        &[
            ("mi esposa y yo", None, "2p"),
            ("para mí y mi esposa", None, "2p"),
            ("yo y mis 2 hijos", None, "3p"),
            ("somos 4", None, "4p"),
            ("nosotros tres", None, "3p"),
            ("dos adultos y un niño", None, "3p"),
            ("cien personas", None, "100p"),
            ("veintidós personas", None, "22p"),
            ("mesa para dos", None, "2p"),
            ("yo y 3 más", asked, "4p"),
            ("solo yo", asked, "1p"),
            ("sola", asked, "1p"),
            ("los dos", asked, "2p"),
            ("somos mi marido, mi hija y yo", None, "3p"),
            ("con mi hermana", None, ""),
            ("una persona", None, "1p"),
            ("yo quiero un corte", None, "svc1"),
        ],
    );
    check(
        Locale::Pt,
        &[
            ("eu e minha esposa", None, "2p"),
            ("eu e meus 2 filhos", None, "3p"),
            ("nós três", None, "3p"),
            ("nós dois amanhã às 15h", None, "2p 03-03 15:00"),
            ("somos 4", None, "4p"),
            ("mesa para dois", None, "2p"),
            ("cento e vinte pessoas", None, "120p"),
            ("2 adultos e 1 criança", None, "3p"),
            ("eu, meu marido e nossa filha", None, "3p"),
            ("só eu", asked, "1p"),
            ("sozinha", asked, "1p"),
            ("eu e mais 3", asked, "4p"),
            ("meu marido e eu", None, "2p"),
            ("eu quero um corte", None, "svc1"),
            ("com minha mãe", None, ""),
        ],
    );
}

#[test]
fn money_and_limits() {
    check(
        Locale::En,
        &[
            ("is it €20", None, "20.00EUR"),
            ("20€", None, "20.00EUR"),
            ("€20.5", None, "20.50EUR"),
            ("I paid $ 35.50", None, "35.50?"),
            ("20 bucks", None, "20.00?"),
            ("fifty euros", None, "50.00EUR"),
            ("30 quid", None, "30.00GBP"),
            ("US$ 1,200", None, "1200.00USD"),
            ("under 30", None, "[..30.00]?"),
            ("under 30 please", None, "[..30.00]?"),
            ("less than 50 euros", None, "[..50.00]EUR"),
            ("up to $40", None, "[..40.00]?"),
            ("at least 20 dollars", None, "[20.00..]?"),
            ("between €20 and €30", None, "20.00EUR 30.00EUR"),
            ("€20 to €30", None, "[20.00..30.00]EUR"),
            ("20-30 euros", None, "[20.00..30.00]EUR"),
            ("under 30 minutes", None, ""),
            ("up to 5", None, "..17:00"),
            ("under 4 people", None, "4p"),
        ],
    );
    check(
        Locale::Es,
        &[
            ("20 pavos", None, "20.00EUR"),
            ("cuesta 15 euros?", None, "15.00EUR"),
            ("15,50 €", None, "15.50EUR"),
            ("cincuenta euros", None, "50.00EUR"),
            ("menos de 40 euros", None, "[..40.00]EUR"),
            ("menos de 40", None, "[..40.00]?"),
            ("hasta 500 pesos", None, "[..500.00]?"),
            ("1.500 pesos", None, "1500.00?"),
            ("20 lucas", None, "20000.00?"),
            ("como mucho 30€", None, "[..30.00]EUR"),
            ("veinte euros y medio", None, "20.50EUR"),
        ],
    );
    check(
        Locale::Pt,
        &[
            ("R$ 50", None, "50.00BRL"),
            ("R$50,90", None, "50.90BRL"),
            ("50 conto", None, "50.00BRL"),
            ("50 contos", None, "50.00BRL"),
            ("cinquenta reais", None, "50.00BRL"),
            ("até 80 reais", None, "[..80.00]BRL"),
            ("menos de 100", None, "[..100.00]?"),
            ("mais de 30 reais", None, "[30.00..]BRL"),
            ("1.200 reais", None, "1200.00BRL"),
        ],
    );
}

#[test]
fn addresses_and_codes() {
    check(
        Locale::En,
        &[
            ("ana.soto+spam@mail.example.com", None, "mail(ana.soto+spam@mail.example.com)"),
            ("my email is John_Doe@Example.org.", None, "mail(John_Doe@Example.org)"),
            ("alice at exAmple.io", None, "mail(alice@exAmple.io)"),
            ("yo+yo at blah.org", None, "mail(yo+yo@blah.org)"),
            ("email me at ana at gmail dot com", None, "mail(ana@gmail.com)"),
            ("hey@6", None, "18:00|06:00"),
            ("x@ dot x", None, ""),
            ("class at 12.00", None, "12:00|00:00"),
            ("a@b", None, ""),
            ("my booking reference is 7GK2PA", None, "ref(7GK2PA)"),
            ("ref 7gk2pa please", None, "ref(7GK2PA)"),
            ("7GK2PA", None, "ref(7GK2PA)"),
            ("code: 123456", None, "ref(123456)"),
            ("code O1IL0Z", None, "ref(01110Z)"),
            ("cancel booking please", None, ""),
            ("my code is banana", None, ""),
            ("B2B4UX", None, ""),
        ],
    );
    check(
        Locale::Es,
        &[
            ("mi correo es ana@correo.es", None, "mail(ana@correo.es)"),
            ("ana arroba gmail punto com", None, "mail(ana@gmail.com)"),
            ("código 7GK2PA", None, "ref(7GK2PA)"),
            ("mi reserva 7gk2pa", None, "ref(7GK2PA)"),
        ],
    );
    check(
        Locale::Pt,
        &[
            ("meu email é joao@uol.com.br", None, "mail(joao@uol.com.br)"),
            ("joana arroba hotmail ponto com ponto br", None, "mail(joana@hotmail.com.br)"),
            ("meu código é 7GK2PA", None, "ref(7GK2PA)"),
        ],
    );
}

#[test]
fn fond_names_of_staff() {
    check(
        Locale::Es,
        &[
            ("con Anita", None, "staff1"),
            ("un corte con la Anita", None, "svc1 staff1"),
            ("con Bru", None, "staff2"),
            ("¿está Moni?", Some(Expecting::Staff), "staff5"),
            ("anita", Some(Expecting::Staff), "staff1"),
            ("con Martita", None, "staff3|staff4"),
            ("con cualquiera menos Bruno", None, "anyone !staff2"),
            ("es muy bonita", None, ""),
            ("una moneda", None, ""),
        ],
    );
    check(
        Locale::Pt,
        &[
            ("com a Aninha", None, "staff1"),
            ("com o Bru", None, "staff2"),
            ("qualquer um menos o Bruno", None, "anyone !staff2"),
            ("não com a Ana", None, "!staff1"),
            ("a minha cita", None, ""),
        ],
    );
    check(Locale::En, &[("with Bru", None, "staff2"), ("not with Ana", None, "!staff1")]);
}

#[test]
fn names_of_customers() {
    let asked = Some(Expecting::Name);
    check(
        Locale::En,
        &[
            ("it's John Smith", None, "name(John Smith)"),
            ("this is Kaytie", None, "name(Kaytie)"),
            ("my name is jean-luc picard", None, "name(Jean-Luc Picard)"),
            ("book it for Zelda Quimby tomorrow", None, "name(Zelda Quimby) 03-03"),
            ("there should be a booking under Rudolf Helmich", None, "name(Rudolf Helmich)"),
            ("maria de souza", asked, "name(Maria de Souza)"),
            ("O'Brien", asked, "name(O'Brien)"),
        ],
    );
    check(
        Locale::Es,
        &[
            ("me llamo maría josé garcía", None, "name(María José García)"),
            ("soy la Joana", None, "name(Joana)"),
            ("a nombre de Luis de la Cruz", None, "name(Luis de la Cruz)"),
            ("juan pérez", asked, "name(Juan Pérez)"),
            ("habla Ricardo", None, "name(Ricardo)"),
            ("soy nueva", None, ""),
        ],
    );
    check(
        Locale::Pt,
        &[
            ("é a Ana Paula", None, "name(Ana Paula)"),
            ("aqui é o Thiago", None, "name(Thiago)"),
            ("meu nome é joão da silva", None, "name(João da Silva)"),
            ("pode ser no nome da Fernanda dos Santos", None, "name(Fernanda dos Santos)"),
            ("sou a Luiza", None, "name(Luiza)"),
            ("carlos eduardo", asked, "name(Carlos Eduardo)"),
        ],
    );
}

/// The words of the calendar are asked of `temporal`: none is a name, whatever was asked.
#[test]
fn nobody_is_called_tomorrow() {
    let asked = Some(Expecting::Name);
    let cases = [
        (Locale::En, "tomorrow", "03-03"),
        (Locale::En, "speak tomorrow", "03-03"),
        (Locale::En, "noon", "12:00"),
        (Locale::En, "mañana", "03-03"),
        (Locale::En, "viernes", "03-06"),
        (Locale::Es, "mañana", "03-03"),
        (Locale::Es, "pasado mañana", "03-04"),
        (Locale::Es, "siguiente", ""),
        (Locale::Es, "finde", "03-07..03-08"),
        (Locale::Pt, "amanhã", "03-03"),
        (Locale::Pt, "hj", "03-02"),
        // But these are names elsewhere, or short for one.
        (Locale::En, "my name is Julio", "name(Julio)"),
        (Locale::En, "Mo", "name(Mo)"),
    ];
    for (locale, text, expected) in cases {
        check(locale, &[(text, asked, expected)]);
    }
}

/// A number before a length or a month counts that.
#[test]
fn numbers_of_the_calendar_are_no_party() {
    check(
        Locale::En,
        &[
            ("a room for two nights", None, ""),
            ("the first of march", Some(Expecting::Selection(3)), "2027-03-01"),
        ],
    );
}

#[test]
fn choices_by_comparison() {
    let offered = Some(Expecting::Selection(3));
    check(
        Locale::En,
        &[
            ("the later one", offered, "#latest"),
            ("the earlier one please", offered, "earliest"),
            ("either", offered, "#any"),
            ("either works", offered, "#any"),
            ("any of those", offered, "#any"),
            ("the second one", offered, "#2"),
            ("1 works for me", offered, "#1"),
            ("any time after 9pm", offered, "21:00.."),
            ("the one at 10:30", offered, "10:30|22:30"),
            ("a primeira", offered, "#1"),
            ("last one", offered, "#last"),
            ("2", offered, "#2"),
            ("the 5pm one", offered, "17:00"),
        ],
    );
    check(
        Locale::Es,
        &[
            ("la de más tarde", offered, "#latest"),
            ("la más temprano", offered, "earliest"),
            ("cualquiera", offered, "#any"),
            ("cualquiera de las dos", offered, "#any"),
            ("me da igual", offered, "#any"),
            ("la de las 5", offered, "17:00|05:00"),
            ("la segunda", offered, "#2"),
            ("la 1", offered, "#1"),
        ],
    );
    check(
        Locale::Pt,
        &[
            ("o mais tarde", offered, "#latest"),
            ("o mais cedo", offered, "earliest"),
            ("tanto faz", offered, "#any"),
            ("qualquer um", offered, "#any"),
            ("o último", offered, "#last"),
            ("a segunda", offered, "#2"),
        ],
    );
}
