//! Days, times and prices in the customer's language.

use icu_calendar::Iso;
use icu_datetime::{DateTimeFormatter, NoCalendarFormatter, fieldsets};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_locale::{Locale as IcuLocale, locale as tag};
use jiff::{
    Zoned,
    civil::{Date, Time, Weekday},
};
use jiff_icu::ConvertFrom as _;
use kernel::{Locale, Money};

use super::{marks, words};

/// "Tuesday 3 March at 15:00".
pub(super) fn moment(at: &Zoned, locale: Locale) -> String {
    let args = [("date", day(at.date(), locale).into()), ("time", clock(at.time(), locale).into())];
    worded(locale, "moment", &args)
}

/// "Tuesday 3 March".
pub(super) fn day(date: Date, locale: Locale) -> String {
    let icu = icu_calendar::Date::<Iso>::convert_from(date);
    let month_day = DateTimeFormatter::try_new(icu_locale(locale).into(), fieldsets::MD::long())
        .map_or_else(|_| date.to_string(), |formatter| formatter.format(&icu).to_string());
    let args = [("weekday", weekday_of(date, locale).into()), ("day", month_day.into())];
    worded(locale, "day", &args)
}

/// "Tuesday".
pub(super) fn weekday(weekday: Weekday, locale: Locale) -> String {
    let monday = Date::constant(2024, 1, 1);
    let date = monday
        .checked_add(jiff::Span::new().days(weekday.to_monday_zero_offset()))
        .unwrap_or(monday);
    weekday_of(date, locale)
}

/// "on Mondays".
pub(super) fn every(on: Weekday, locale: Locale) -> String {
    let name = weekday(on, locale);
    match locale {
        Locale::En => format!("on {name}s"),
        Locale::Es if name.ends_with('s') => format!("los {name}"),
        Locale::Es => format!("los {name}s"),
        // segunda-feira is a fair and feminine; sábado and domingo are neither
        Locale::Pt => match name.strip_suffix("-feira") {
            Some(number) => format!("às {number}s-feiras"),
            None => format!("aos {name}s"),
        },
    }
}

/// "15:00".
pub(super) fn clock(time: Time, locale: Locale) -> String {
    let icu = icu_datetime::input::Time::convert_from(time);
    NoCalendarFormatter::try_new(icu_locale(locale).into(), fieldsets::T::hm())
        .map_or_else(|_| time.to_string(), |formatter| formatter.format(&icu).to_string())
}

/// "€25.00", "25,00 €", "R$ 25,00".
pub(super) fn price(money: Money, locale: Locale) -> String {
    let digits = money.currency.minor_digits();
    let mut decimal = Decimal::from(money.amount_minor);
    decimal.multiply_pow10(-i16::from(digits));
    let amount = DecimalFormatter::try_new(icu_locale(locale).into(), Default::default())
        .map_or_else(|_| decimal.to_string(), |formatter| formatter.format(&decimal).to_string());
    let code = money.currency.code();
    let symbol = symbol(code);
    let letters = symbol.chars().all(|c| c.is_ascii_alphabetic());
    match locale {
        Locale::En if letters => format!("{symbol} {amount}"),
        Locale::En => format!("{symbol}{amount}"),
        // reais, pesos and dollars stand before the amount wherever they are the money in use
        Locale::Pt | Locale::Es if symbol.ends_with('$') => format!("{symbol} {amount}"),
        Locale::Es | Locale::Pt => format!("{amount} {symbol}"),
    }
}

/// A fact as a whole, so without marks of its own.
fn worded(locale: Locale, key: &str, args: &words::Args<'_>) -> String {
    marks::strip(&words::words(locale, key, args))
}

fn weekday_of(date: Date, locale: Locale) -> String {
    let icu = icu_calendar::Date::<Iso>::convert_from(date);
    DateTimeFormatter::try_new(icu_locale(locale).into(), fieldsets::E::long())
        .map_or_else(|_| date.to_string(), |formatter| formatter.format(&icu).to_string())
}

/// Day before month and a 24-hour clock in all three.
fn icu_locale(locale: Locale) -> IcuLocale {
    match locale {
        Locale::En => tag!("en-GB"),
        Locale::Es => tag!("es"),
        Locale::Pt => tag!("pt"),
    }
}

fn symbol(code: &str) -> &str {
    match code {
        "EUR" => "€",
        "GBP" => "£",
        "BRL" => "R$",
        "USD" => "US$",
        "MXN" | "ARS" | "CLP" | "COP" => "$",
        "JPY" => "¥",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(amount_minor: i64, code: &str) -> Money {
        Money { amount_minor, currency: code.parse().expect("a code") }
    }

    #[test]
    fn moments_read_naturally() {
        let at: Zoned = "2026-03-03T15:00[Europe/Madrid]".parse().expect("a moment");
        assert_eq!(moment(&at, Locale::En), "Tuesday 3 March at 15:00");
        assert_eq!(moment(&at, Locale::Es), "martes 3 de marzo a las 15:00");
        assert_eq!(moment(&at, Locale::Pt), "terça-feira, 3 de março às 15:00");
        let early: Zoned = "2026-03-03T09:05[Europe/Madrid]".parse().expect("a moment");
        assert_eq!(clock(early.time(), Locale::En), "09:05");
    }

    #[test]
    fn prices_read_naturally() {
        assert_eq!(price(euros(2500, "EUR"), Locale::En), "€25.00");
        assert_eq!(price(euros(2500, "EUR"), Locale::Es), "25,00 €");
        assert_eq!(price(euros(2500, "BRL"), Locale::Pt), "R$ 25,00");
        assert_eq!(price(euros(2500, "CHF"), Locale::En), "CHF 25.00");
        assert_eq!(price(euros(2500, "JPY"), Locale::En), "¥2,500");
    }

    #[test]
    fn days_of_every_week_read_naturally() {
        let all = |on| Locale::ALL.map(|locale| every(on, locale)).join(", ");
        assert_eq!(all(Weekday::Monday), "on Mondays, los lunes, às segundas-feiras");
        assert_eq!(all(Weekday::Sunday), "on Sundays, los domingos, aos domingos");
    }

    #[test]
    fn weekdays_follow_the_calendar() {
        assert_eq!(weekday(Weekday::Sunday, Locale::Es), "domingo");
        assert_eq!(weekday(Weekday::Monday, Locale::Pt), "segunda-feira");
    }
}
