//! Tables of messages, by language. Now is Monday 2 March 2026, nine in the morning, in Madrid.

mod en;
mod entities;
mod es;
mod laws;
mod pt;

use jiff::{
    Timestamp,
    civil::{Time, date},
    tz::TimeZone,
};
use kernel::{Id, Locale};

use super::{Expecting, ExtractContext, Region, extract};
use crate::{Catalogue, CatalogueEntry, Entity, EntityValue, Utterance};

/// A message, what was asked before it, and what it says, in the notation of [`show`].
type Case = (&'static str, Option<Expecting>, &'static str);

/// The id whose last letter is the digit `n`.
fn numbered<I: Id>(prefix: &str, n: u8) -> I {
    format!("{prefix}_{n:026}").parse().expect("a valid id")
}

/// The digit [`numbered`] was given.
fn number(id: impl Id) -> char {
    id.to_string().chars().last().expect("never empty")
}

fn catalogue() -> Catalogue {
    let service = |n: u8, locale, name: &str, aliases: &[&str]| CatalogueEntry {
        id: numbered("svc", n),
        locale: Some(locale),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
    };
    let person = |n: u8, name: &str| CatalogueEntry {
        id: numbered("res", n),
        locale: None,
        name: name.to_owned(),
        aliases: Vec::new(),
    };
    Catalogue {
        services: vec![
            service(1, Locale::En, "Haircut", &["trim"]),
            service(1, Locale::Es, "Corte de pelo", &["corte"]),
            service(1, Locale::Pt, "Corte de cabelo", &["corte"]),
            service(2, Locale::En, "Manicure", &["nails"]),
            service(2, Locale::Es, "Manicura", &["uñas"]),
            service(2, Locale::Pt, "Manicure", &["unhas", "unha"]),
            service(3, Locale::En, "Deep tissue massage", &[]),
            service(3, Locale::Es, "Masaje descontracturante", &[]),
            service(3, Locale::Pt, "Massagem profunda", &[]),
            service(4, Locale::En, "Relaxing massage", &[]),
            service(4, Locale::Es, "Masaje relajante", &[]),
            service(4, Locale::Pt, "Massagem relaxante", &[]),
        ],
        staff: vec![
            person(1, "Ana"),
            person(2, "Bruno"),
            person(3, "Marta Ruiz"),
            person(4, "Marta López"),
            person(5, "Monica"),
            person(6, "Will"),
        ],
    }
}

fn read(text: &str, locale: Locale, expecting: Option<Expecting>) -> Vec<Entity> {
    let catalogue = catalogue();
    let zone = TimeZone::get("Europe/Madrid").expect("bundled");
    let now: Timestamp =
        date(2026, 3, 2).at(9, 0, 0, 0).to_zoned(zone.clone()).expect("no gap").timestamp();
    let cx = ExtractContext {
        now: now.to_zoned(zone),
        catalogue: &catalogue,
        region: Some(Region::ES),
        month_first: false,
        expecting,
    };
    extract(&Utterance::new(text, locale), &cx)
}

fn check(locale: Locale, cases: &[Case]) {
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|(text, expecting, expected)| {
            let found: Vec<String> =
                read(text, locale, *expecting).iter().map(show_entity).collect();
            let found = found.join(" ");
            (found != *expected)
                .then(|| format!("{text:?}\n  expected {expected}\n     found {found}"))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {}\n{}", failures.len(), cases.len(), failures.join("\n"));
}

fn show_entity(entity: &Entity) -> String {
    let not = if entity.negated { "!" } else { "" };
    let others: String =
        entity.alternatives.iter().map(|other| format!("|{}", show(other))).collect();
    format!("{not}{}{others}", show(&entity.value))
}

fn amount(cents: &i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn code(currency: &Option<kernel::Currency>) -> &str {
    currency.as_ref().map_or("?", kernel::Currency::code)
}

/// `03-14` is a day of 2026, `15:00` a time, `14:00..16:00` a window, `svc1` a service.
fn show(value: &EntityValue) -> String {
    let day = |date: &jiff::civil::Date| {
        if date.year() == 2026 { date.strftime("%m-%d").to_string() } else { date.to_string() }
    };
    let time = |time: &Time| time.strftime("%H:%M").to_string();
    let bound = |bound: &Option<Time>| bound.as_ref().map(time).unwrap_or_default();
    match value {
        EntityValue::Date(date) => day(date),
        EntityValue::DateRange { first, last } => format!("{}..{}", day(first), day(last)),
        EntityValue::Time(at) => time(at),
        EntityValue::TimeWindow { from, until } => format!("{}..{}", bound(from), bound(until)),
        EntityValue::PartOfDay(part) => format!("{part:?}").to_lowercase(),
        EntityValue::Earliest => "earliest".to_owned(),
        EntityValue::Past(date) => format!("past({})", day(date)),
        EntityValue::ImpossibleDate => "impossible".to_owned(),
        EntityValue::Service(id) => format!("svc{}", number(*id)),
        EntityValue::Staff(id) => format!("staff{}", number(*id)),
        EntityValue::AnyStaff => "anyone".to_owned(),
        EntityValue::PartySize(people) => format!("{people}p"),
        EntityValue::Name(name) => format!("name({name})"),
        EntityValue::Phone(phone) => phone.as_str().to_owned(),
        EntityValue::Select(chosen) => format!("#{chosen}"),
        EntityValue::SelectLast => "#last".to_owned(),
        EntityValue::SelectLatest => "#latest".to_owned(),
        EntityValue::SelectAny => "#any".to_owned(),
        EntityValue::Email(address) => format!("mail({address})"),
        EntityValue::BookingReference(code) => format!("ref({code})"),
        EntityValue::Money { cents, currency } => format!("{}{}", amount(cents), code(currency)),
        EntityValue::Budget { at_least, at_most, currency } => {
            let bound = |cents: &Option<i64>| cents.as_ref().map(amount).unwrap_or_default();
            format!("[{}..{}]{}", bound(at_least), bound(at_most), code(currency))
        }
    }
}
