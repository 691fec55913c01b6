//! Portuguese as customers of Brazil and Portugal write it, on Wednesday 11 March 2026 at 10:00.

use anyhow::{Context as _, Result};
use jiff::{
    civil::{DateTime, date},
    tz::{Offset, TimeZone},
};
use temporal::{Context, Conventions, Direction, Found, Kind, Language, Value, parse};

fn context() -> Result<Context> {
    let zone = TimeZone::fixed(Offset::constant(-3));
    Ok(Context::new(date(2026, 3, 11).at(10, 0, 0, 0).to_zoned(zone)?, Language::Pt))
}

/// Days without their hours, times to the minute, the year where it is another.
fn show_time(at: DateTime) -> String {
    let format = if at.hour() == 0 && at.minute() == 0 { "%m-%d" } else { "%m-%d %H:%M" };
    let year = if at.year() == 2026 { String::new() } else { format!("{}-", at.year()) };
    format!("{year}{}", at.strftime(format))
}

fn show(value: &Value) -> String {
    match value {
        Value::Instant { at, .. } => show_time(*at),
        Value::Interval { start, end, .. } => {
            format!("{} to {}", show_time(*start), show_time(*end))
        }
        Value::Open { direction: Direction::Before, at, .. } => format!("< {}", show_time(*at)),
        Value::Open { direction: Direction::After, at, .. } => format!("> {}", show_time(*at)),
        Value::Duration { length, .. } => {
            format!("{}m {}d {}s", length.months, length.days, length.seconds)
        }
        Value::Recurrence(set) => format!("every {} {:?} {:?}", set.every, set.grain, set.weekdays),
        Value::Impossible => "impossible".to_owned(),
    }
}

fn read(text: &str) -> Result<Vec<Found>> {
    Ok(parse(text, &context()?))
}

/// Every row that is not read as one expression, over that part of its text, with that value.
fn wrong(rows: &[(&str, &str, &str)]) -> Result<String> {
    let mut wrong = Vec::new();
    for (text, part, value) in rows {
        let got: Vec<(String, String)> = read(text)?
            .iter()
            .map(|found| {
                let span = found.core;
                let said = text.chars().skip(span.start).take(span.end - span.start).collect();
                (said, show(&found.value))
            })
            .collect();
        if got != [((*part).to_owned(), (*value).to_owned())] {
            wrong.push(format!("{text}: want {part} = {value}, got {got:?}"));
        }
    }
    Ok(wrong.join("\n"))
}

#[test]
fn days() -> Result<()> {
    let wrong = wrong(&[
        ("pode ser amanha?", "amanha", "03-12"),
        ("depois de amanhã", "depois de amanhã", "03-13"),
        ("foi anteontem", "anteontem", "03-09"),
        ("tem vaga na segunda-feira?", "segunda-feira", "03-16"),
        ("2ª feira", "2ª feira", "03-16"),
        ("quero na 6ª", "6ª", "03-13"),
        ("terca que vem", "terca que vem", "03-17"),
        ("no sabado", "sabado", "03-14"),
        ("sexta da semana que vem", "sexta da semana que vem", "03-20"),
        ("quinta desta semana", "quinta desta semana", "03-12"),
        ("próximo sábado", "próximo sábado", "03-14"),
        ("segunda passada", "segunda passada", "03-09"),
        ("dia 15", "dia 15", "03-15"),
        ("dia 15 do mês que vem", "dia 15 do mês que vem", "04-15"),
        ("vinte e um de maio", "vinte e um de maio", "05-21"),
        ("1º de abril", "1º de abril", "04-01"),
        ("05/04", "05/04", "04-05"),
        ("9 de 8 de 2026", "9 de 8 de 2026", "08-09"),
        ("a primeira segunda de junho", "a primeira segunda de junho", "06-01"),
        ("última sexta do mês", "última sexta do mês", "03-27"),
        ("daqui a 3 dias", "daqui a 3 dias", "03-14"),
        ("há duas semanas", "há duas semanas", "02-25"),
        ("dois dias atrás", "dois dias atrás", "03-09"),
        ("de hoje a oito", "de hoje a oito", "03-18"),
        ("no Natal", "Natal", "12-25"),
        ("sexta-feira santa", "sexta-feira santa", "04-03"),
        ("no carnaval do ano que vem", "carnaval do ano que vem", "2027-02-09"),
    ])?;
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

#[test]
fn times() -> Result<()> {
    let wrong = wrong(&[
        ("às cinco e meia da tarde", "cinco e meia da tarde", "03-11 17:30"),
        ("sexta as 10", "sexta as 10", "03-13 10:00"),
        ("seg 10h", "seg 10h", "03-16 10:00"),
        ("ter 10h", "ter 10h", "03-17 10:00"),
        ("hj à tarde", "hj à tarde", "03-11 12:00 to 03-11 18:00"),
        ("hoje à noite", "hoje à noite", "03-11 19:00 to 03-12"),
        ("amanhã 15h30", "amanhã 15h30", "03-12 15:30"),
        ("pode ser 17hs?", "17hs", "03-11 17:00"),
        ("amanhã às 8 da manhã", "amanhã às 8 da manhã", "03-12 08:00"),
        ("amanhã quinze para as cinco", "amanhã quinze para as cinco", "03-12 16:45"),
        ("sexta às cinco menos um quarto", "sexta às cinco menos um quarto", "03-13 16:45"),
        ("sábado ao meio-dia e meia", "sábado ao meio-dia e meia", "03-14 12:30"),
        ("dia 20 às 20 horas", "dia 20 às 20 horas", "03-20 20:00"),
        ("duas da madrugada de sábado", "duas da madrugada de sábado", "03-14 02:00"),
        ("às três e vinte e cinco", "três e vinte e cinco", "03-11 15:25"),
        ("dps do almoço", "dps do almoço", "03-11 14:00 to 03-11 18:00"),
        ("amanhã no fim da tarde", "amanhã no fim da tarde", "03-12 15:00 to 03-12 18:00"),
        ("amanhã à 1", "amanhã à 1", "03-12 13:00"),
        ("faltando dez pras 3", "dez pras 3", "03-11 14:50"),
        ("mesa para 4 às 20h", "20h", "03-11 20:00"),
        ("20.03 às 15h", "20.03 às 15h", "03-20 15:00"),
        ("no 15 às 8", "15 às 8", "03-15 08:00"),
        ("amanhã em torno das 8", "amanhã em torno das 8", "03-12 08:00"),
        ("hoje no fim do dia", "hoje no fim do dia", "03-11 16:00 to 03-11 20:00"),
        ("São 3 horas", "3 horas", "03-11 15:00"),
        ("em 2 horas", "em 2 horas", "03-11 12:00"),
    ])?;
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

#[test]
fn stretches() -> Result<()> {
    let wrong = wrong(&[
        ("das 9 às 11", "das 9 às 11", "03-11 09:00 to 03-11 11:00"),
        ("amanhã das 14h às 16h", "amanhã das 14h às 16h", "03-12 14:00 to 03-12 16:00"),
        ("entre as 5 e as 7 da tarde", "entre as 5 e as 7 da tarde", "03-11 17:00 to 03-11 19:00"),
        ("de segunda a sexta", "de segunda a sexta", "03-16 to 03-21"),
        ("de 10 a 15 de abril", "de 10 a 15 de abril", "04-10 to 04-16"),
        ("do dia 20 ao 22", "do dia 20 ao 22", "03-20 to 03-23"),
        ("depois das 18h", "depois das 18h", "> 03-11 18:00"),
        ("amanhã antes do meio-dia", "amanhã antes do meio-dia", "< 03-12 12:00"),
        ("a partir de segunda", "a partir de segunda", "> 03-16"),
        ("das 15h em diante", "das 15h em diante", "> 03-11 15:00"),
        ("semana que vem", "semana que vem", "03-16"),
        ("no fds", "fds", "03-14 to 03-16"),
        ("primeira quinzena de abril", "primeira quinzena de abril", "04-01 to 04-16"),
        ("meados de junho", "meados de junho", "06-11 to 06-21"),
        ("mês passado", "mês passado", "02-01"),
        ("nos próximos 5 dias úteis", "próximos 5 dias úteis", "03-12 to 03-19"),
        ("os próximos 3 dias", "próximos 3 dias", "03-12 to 03-15"),
        (
            "entre as 3 da manhã e as 5pm",
            "entre as 3 da manhã e as 5pm",
            "03-11 03:00 to 03-11 17:00",
        ),
        ("consulta de 3 horas", "3 horas", "0m 0d 10800s"),
        ("dura 2h", "2h", "0m 0d 7200s"),
        ("uma hora e meia", "uma hora e meia", "0m 0d 5400s"),
        ("hora e meia", "hora e meia", "0m 0d 5400s"),
        ("quinze dias", "quinze dias", "0m 15d 0s"),
        ("toda segunda e quarta", "toda segunda e quarta", "every 1 Week [1, 3]"),
        ("de 15 em 15 dias", "de 15 em 15 dias", "every 15 Day []"),
    ])?;
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

#[test]
fn what_only_looks_like_a_time() -> Result<()> {
    let texts = [
        "boa tarde, tudo bem?",
        "boa sexta, bom domingo!",
        "vou ter que ver",
        "quero um",
        "somos de 4 a 6 pessoas",
        "as 3 opções",
        "preciso da segunda via",
        "moro no 2º andar",
        "custa R$ 50,00",
        "com os dois",
    ];
    for text in texts {
        let found = read(text)?;
        assert!(found.is_empty(), "{text}: {found:?}");
    }
    // Not one o'clock tomorrow.
    let found = read("quero marcar uma amanhã")?;
    assert_eq!(found.first().map(|found| found.kind), Some(Kind::Date), "{found:?}");
    Ok(())
}

#[test]
fn what_is_ruled_out() -> Result<()> {
    for text in ["não posso na sexta", "qualquer dia menos sexta", "sexta não dá"] {
        let found = read(text)?;
        let day = found.last().context("a day")?;
        assert!(day.negated, "{text}: {found:?}");
    }
    let found = read("Não, sexta é melhor")?;
    assert!(!found.first().context("a day")?.negated, "{found:?}");
    Ok(())
}

#[test]
fn conventions_differ_on_new_years_night() -> Result<()> {
    let mut cx = context()?;
    let night = |cx: &Context| parse("réveillon", cx).first().map(|found| show(&found.value));
    assert_eq!(night(&cx).as_deref(), Some("12-31"));
    cx.conventions = Conventions::Duckling;
    assert_eq!(night(&cx).as_deref(), Some("2027-01-01"));
    Ok(())
}

#[test]
fn countries_differ_on_mothers_day() -> Result<()> {
    let mut cx = context()?;
    let day = |cx: &Context| parse("dia das mães", cx).first().map(|found| show(&found.value));
    assert_eq!(day(&cx).as_deref(), Some("05-10"));
    cx.country = Some(*b"PT");
    assert_eq!(day(&cx).as_deref(), Some("05-03"));
    Ok(())
}
