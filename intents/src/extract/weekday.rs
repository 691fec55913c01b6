//! Weekdays: "next friday", "friday next week", "martes 3", "sexta da semana que vem".
//!
//! Two readings of a weekday need a rule. A bare weekday is the first after today; said on that
//! same day, today is the alternative. "next friday" is, in English, the one of the following
//! calendar week, and the nearer one is the alternative; "el próximo viernes" and "sexta que vem"
//! are the first after today, and the one a week later is the alternative where that first one is
//! still in this week.

use kernel::Locale;

use super::{
    Expecting,
    calendar::{judged, next_weekday, plus_days, upcoming_day, weekday_in_week, weekday_of},
    date::{Dated, Reader, day_month, day_number, day_of_month, month_then_day, numeric},
    meaning::{Meaning, Unit},
    scene::{Cursor, Scene},
};
use crate::EntityValue;

/// "friday", "next friday", "friday next week", "la semana que viene el viernes", "martes 3".
pub(super) fn weekday(scene: &Scene<'_>, c: &mut Cursor<'_>) -> Option<Dated> {
    let today = scene.today;
    let mut d = *c;
    if let Some(weeks) = which_week(&mut d) {
        d.eat_any(&[Meaning::On, Meaning::The]);
        let weekday = d.weekday()?;
        *c = d;
        return Some(judged(today, weekday_in_week(today, weekday, weeks)).into());
    }
    let this = c.eat(Meaning::This);
    let mut next = !this && c.eat(Meaning::Next);
    let previous = !this && !next && c.eat(Meaning::Previous);
    let named = c.at;
    let weekday = c.weekday()?;
    if is_choice(scene, named) {
        return None;
    }
    if previous || c.eat(Meaning::Previous) {
        return Some(EntityValue::Past(plus_days(next_weekday(today, weekday), -7)).into());
    }
    let mut d = *c;
    d.eat_any(&[Meaning::Of, Meaning::On]);
    d.eat(Meaning::The);
    if let Some(weeks) = which_week(&mut d) {
        *c = d;
        return Some(judged(today, weekday_in_week(today, weekday, weeks)).into());
    }
    if let Some(dated) = with_number(scene, c, weekday) {
        return Some(dated);
    }
    next |= c.eat(Meaning::Next);
    Some(upcoming(scene, weekday, this, next, c.eat(Meaning::WeekAfter)))
}

/// "a segunda opção", or "a segunda" after an offer: the second, not Monday.
fn is_choice(scene: &Scene<'_>, at: usize) -> bool {
    let lexeme = &scene.lexemes[at];
    let rank = lexeme.meanings.iter().find_map(|meaning| match meaning {
        Meaning::Ordinal(rank) => usize::try_from(*rank).ok(),
        _ => None,
    });
    let Some(rank) = rank else { return false };
    let article = at == 0 || {
        let before = &scene.lexemes[at - 1];
        before.is(Meaning::The) && !before.is(Meaning::On)
    };
    let offered = matches!(scene.cx.expecting, Some(Expecting::Selection(n)) if rank <= n);
    (article && offered) || scene.cursor(at + 1).is(Meaning::Pronoun)
}

/// Applies the rule of the module's documentation.
fn upcoming(scene: &Scene<'_>, weekday: i8, this: bool, next: bool, week_after: bool) -> Dated {
    let today = scene.today;
    let first = next_weekday(today, weekday);
    let following = weekday_in_week(today, weekday, 1);
    let this_week = weekday_in_week(today, weekday, 0);
    let (value, other) = if week_after {
        (plus_days(first, 7), None)
    } else if next && scene.utterance.locale == Locale::En {
        (following, (first < following).then_some(first))
    } else if next {
        (first, (first < following).then_some(following))
    } else if this && this_week >= today {
        (this_week, None)
    } else {
        (first, (weekday_of(today) == weekday).then_some(today))
    };
    Dated {
        value: EntityValue::Date(value),
        alternatives: other.map(EntityValue::Date).into_iter().collect(),
    }
}

/// "this week", "next week", "la semana que viene": how many weeks ahead.
fn which_week(c: &mut Cursor<'_>) -> Option<i32> {
    let mut d = *c;
    let this = d.eat(Meaning::This);
    let next = !this && d.eat(Meaning::Next);
    if !this && !next {
        d.eat(Meaning::The);
    }
    d.eat(Meaning::Unit(Unit::Week)).then_some(())?;
    let weeks = match (this, next || d.eat(Meaning::Next)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => return None,
    };
    *c = d;
    Some(weeks)
}

/// "monday the 12th", "martes 3 de marzo", "quarta dia 4", "lunes 12": the number decides, the
/// weekday is the alternative where the two disagree.
fn with_number(scene: &Scene<'_>, c: &mut Cursor<'_>, weekday: i8) -> Option<Dated> {
    let mut d = *c;
    let _comma = d.eat_mark(',');
    let readers: [Reader; 5] = [numeric, day_month, month_then_day, day_of_month, |scene, c| {
        if scene.utterance.locale == Locale::En {
            return None;
        }
        let (day, _) = day_number(c)?;
        Some(EntityValue::Date(upcoming_day(scene.today, day)?).into())
    }];
    for (index, reader) in readers.into_iter().enumerate() {
        let mut e = d;
        let direct = index < 4 || d.at == c.at;
        if let Some(mut dated) = reader(scene, &mut e).filter(|_| direct) {
            let named = next_weekday(scene.today, weekday);
            if !matches!(dated.value, EntityValue::Date(date) if weekday_of(date) == weekday) {
                dated.alternatives.insert(0, EntityValue::Date(named));
            }
            *c = e;
            return Some(dated);
        }
    }
    None
}
