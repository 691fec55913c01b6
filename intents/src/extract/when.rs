//! Days and times: what the date and time grammar finds, as the values a booking knows.
//!
//! The grammar is the crate `temporal`; here its expressions become dates, ranges of days, times,
//! windows and parts of the day, and the few things are added that only a conversation can know: a
//! bare number is a day or a time when one was asked for, and "from 3 to 5" is two times when an
//! appointment is moved.

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, Time},
};
use temporal::{
    Context, Conventions, DateOrder, Direction, End, Found, Grain, Kind, Language, Part, Term,
    Value,
};

use super::{
    Expecting, RANK_DATE, RANK_DAYS, RANK_PART, RANK_TIME, RANK_WINDOW,
    lexicon::language,
    meaning::Meaning,
    scene::{Hit, Scene},
};
use crate::{EntityValue, PartOfDay};

/// "after the 12th" looks this far, in days.
const HORIZON_DAYS: i32 = 14;
/// When people leave work.
const WORK_ENDS: Time = Time::constant(17, 0, 0, 0);
/// When lunch is over.
const LUNCH_ENDS: Time = Time::constant(14, 0, 0, 0);

/// Finds every day and time of the message.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Hit> {
    let text = &scene.utterance.text;
    let found = temporal::parse(text, &context(scene, false));
    let mut hits: Vec<Hit> = found.iter().flat_map(|found| mapped(scene, found)).collect();
    if scene.moving {
        let more = moved(scene, &hits);
        hits.extend(more);
    }
    hits.retain(|hit| !is_choice(scene, hit));
    let asked = matches!(
        scene.cx.expecting,
        Some(Expecting::Time | Expecting::Date | Expecting::Selection(_))
    );
    if hits.is_empty() && asked {
        hits.extend(bare(scene));
    }
    settle_halves(&mut hits);
    hits
}

/// "a segunda opção", or "a segunda" after an offer: the second, not Monday.
fn is_choice(scene: &Scene<'_>, hit: &Hit) -> bool {
    let here = |lexeme: &super::scene::Lexeme| {
        lexeme.tokens.start < hit.core.end && lexeme.tokens.end > hit.core.start
    };
    let rank = |lexeme: &super::scene::Lexeme| {
        let weekday = lexeme.is(Meaning::Calendar(Term::Weekday));
        lexeme.meanings.iter().find_map(|meaning| match meaning {
            Meaning::Ordinal(rank) if weekday => usize::try_from(*rank).ok(),
            _ => None,
        })
    };
    let found = scene
        .lexemes
        .iter()
        .enumerate()
        .filter(|(_, lexeme)| here(lexeme))
        .find_map(|(at, lexeme)| Some((at, rank(lexeme)?)));
    let Some((at, rank)) = found else { return false };
    let article =
        |lexeme: &super::scene::Lexeme| lexeme.is(Meaning::The) && !lexeme.is(Meaning::On);
    let articled = at == 0
        || scene.lexemes.get(at).is_some_and(article)
        || scene.lexemes.get(at - 1).is_some_and(article);
    let offered = matches!(scene.cx.expecting, Some(Expecting::Selection(n)) if rank <= n);
    (articled && offered) || scene.cursor(at + 1).is(Meaning::Pronoun)
}

/// "move it to 5", "change it for half past 3": after these words a bare hour is a time.
fn moved(scene: &Scene<'_>, hits: &[Hit]) -> Vec<Hit> {
    let leads = [Meaning::To, Meaning::For, Meaning::From];
    let mut found = Vec::new();
    for (at, lexeme) in scene.lexemes.iter().enumerate() {
        let leads = leads.iter().any(|meaning| lexeme.is(*meaning));
        let Some(next) = scene.lexemes.get(at + 1).filter(|_| leads) else { continue };
        let Some(first) = scene.tokens.get(next.tokens.start) else { continue };
        let taken = hits.iter().any(|hit| hit.claim.contains(&next.tokens.start));
        let number = next.digits.is_some()
            || next.meanings.iter().any(|m| matches!(m, Meaning::Number(_) | Meaning::Half));
        if taken || !number {
            continue;
        }
        let start = first.chars.start;
        let rest: String = scene.utterance.text.chars().skip(start).collect();
        let parsed = temporal::parse(&rest, &context(scene, true));
        let Some(time) = parsed.first().filter(|time| time.span.start == 0) else { continue };
        let mut counted = scene.cursor(at + 1);
        let number = counted.number();
        if time.kind == Kind::Time
            && !(number.is_some() && super::clock::counts_something(&counted))
        {
            let shifted = shift(time, start);
            found.extend(mapped(scene, &shifted));
        }
    }
    found
}

/// An expression of the rest of a text, as of the whole.
fn shift(found: &Found, by: usize) -> Found {
    let moved =
        |span: temporal::Span| temporal::Span { start: span.start + by, end: span.end + by };
    let mut found = found.clone();
    found.span = moved(found.span);
    found.core = moved(found.core);
    for end in &mut found.ends {
        if let Some(time) = &mut end.time {
            time.span = moved(time.span);
        }
        if let Some(part) = &mut end.part {
            part.span = moved(part.span);
        }
        if let Some(day) = &mut end.day {
            day.span = moved(day.span);
        }
    }
    found
}

/// What the grammar needs to know.
fn context(scene: &Scene<'_>, latent: bool) -> Context {
    let language = language(scene.utterance.locale);
    let mut cx = Context::new(scene.cx.now.clone(), language);
    cx.order = if scene.cx.month_first && language == Language::En {
        DateOrder::MonthDay
    } else {
        DateOrder::DayMonth
    };
    cx.country = scene.cx.region.map(|region| {
        let code = AsRef::<str>::as_ref(&region).as_bytes();
        [code.first().copied().unwrap_or(b' '), code.get(1).copied().unwrap_or(b' ')]
    });
    cx.future_only = true;
    cx.latent = latent;
    cx.conventions = Conventions::Booking;
    cx
}

/// A number alone, when a day or a time was asked for.
fn bare(scene: &Scene<'_>) -> Vec<Hit> {
    let start = (0..scene.lexemes.len()).find(|at| {
        let lexeme = &scene.lexemes[*at];
        lexeme.digits.is_some()
            || lexeme
                .meanings
                .iter()
                .any(|m| matches!(m, Meaning::Number(_) | Meaning::Ordinal(_) | Meaning::Half))
    });
    let Some(start) = start else { return Vec::new() };
    match scene.cx.expecting {
        Some(Expecting::Date) => bare_day(scene, start).into_iter().collect(),
        Some(Expecting::Time) => bare_time(scene, None),
        Some(Expecting::Selection(offered)) => bare_time(scene, Some(offered)),
        _ => Vec::new(),
    }
}

fn bare_day(scene: &Scene<'_>, start: usize) -> Option<Hit> {
    let mut c = scene.cursor(start);
    let ordinal = |meaning| if let Meaning::Ordinal(value) = meaning { Some(value) } else { None };
    let day = match c.take(ordinal) {
        Some(day) => day,
        None => c.number()?.value,
    };
    if !scene.alone(&(start..c.at)) {
        return None;
    }
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    let date = (0..4).find_map(|months| {
        let month = scene.today.first_of_month().checked_add(months.months()).ok()?;
        Date::new(month.year(), month.month(), day).ok().filter(|date| *date >= scene.today)
    })?;
    Some(scene.hit(start..c.at, start, RANK_DATE, EntityValue::Date(date)))
}

/// A bare hour; after an offer, only one that is no number of it.
fn bare_time(scene: &Scene<'_>, offered: Option<usize>) -> Vec<Hit> {
    let found = temporal::parse(&scene.utterance.text, &context(scene, true));
    let [found] = found.as_slice() else { return Vec::new() };
    let mut hits = mapped(scene, found);
    hits.retain(|hit| matches!(hit.value, EntityValue::Time(_)));
    let alone = hits.iter().all(|hit| {
        let lexemes = scene.lexemes.iter().enumerate().filter(|(_, lexeme)| {
            lexeme.tokens.start >= hit.claim.start && lexeme.tokens.end <= hit.claim.end
        });
        let at: Vec<usize> = lexemes.map(|(at, _)| at).collect();
        match (at.first(), at.last()) {
            (Some(first), Some(last)) => scene.alone(&(*first..*last + 1)),
            _ => false,
        }
    });
    let chosen = hits.iter().any(|hit| match (&hit.value, offered) {
        (EntityValue::Time(time), Some(offered)) => {
            let hour = usize::try_from(time.hour() % 12).unwrap_or(0);
            hour <= offered && hour > 0
        }
        _ => false,
    });
    if alone && !chosen { hits } else { Vec::new() }
}

/// The values of one expression.
fn mapped(scene: &Scene<'_>, found: &Found) -> Vec<Hit> {
    match (&found.value, found.ends.as_slice()) {
        (Value::Impossible, _) => {
            one(scene, found, found.core, RANK_DATE, EntityValue::ImpossibleDate)
        }
        (Value::Duration { .. }, _) => Vec::new(),
        (Value::Recurrence(recurrence), _) => {
            let day =
                recurrence.weekdays.first().and_then(|weekday| next_weekday(scene.today, *weekday));
            let date = day.map(EntityValue::Date);
            date.map_or_else(Vec::new, |value| one(scene, found, found.core, RANK_DATE, value))
        }
        (_, [from, to]) if scene.moving => {
            let mut hits = point(scene, found, from);
            hits.extend(point(scene, found, to));
            hits
        }
        (Value::Interval { start, end, .. }, [_, _]) => range(scene, found, *start, *end),
        (Value::Open { direction, at, grain }, [end]) => {
            open(scene, found, *direction, *at, *grain, end)
        }
        (_, [end]) => point(scene, found, end),
        (Value::Interval { start, end, .. }, _) if found.kind == Kind::DateRange => {
            let value = days(scene.today, start.date(), before(*end));
            one(scene, found, found.core, RANK_DAYS, value)
        }
        _ => Vec::new(),
    }
}

fn one(
    scene: &Scene<'_>,
    found: &Found,
    core: temporal::Span,
    rank: u8,
    value: EntityValue,
) -> Vec<Hit> {
    hit(scene, found.span, core, rank, value).into_iter().collect()
}

/// A hit on the tokens under a span.
fn hit(
    scene: &Scene<'_>,
    claim: temporal::Span,
    core: temporal::Span,
    rank: u8,
    value: EntityValue,
) -> Option<Hit> {
    let tokens = |span: temporal::Span| {
        let start = scene.tokens.iter().position(|token| token.chars.end > span.start)?;
        let end = scene.tokens.iter().rposition(|token| token.chars.start < span.end)? + 1;
        (start < end).then_some(start..end)
    };
    Some(Hit { claim: tokens(claim)?, core: tokens(core)?, value, alternatives: Vec::new(), rank })
}

/// A point: its day, its part of the day and its time, each by itself.
fn point(scene: &Scene<'_>, found: &Found, end: &End) -> Vec<Hit> {
    let mut hits = Vec::new();
    if let Some(day) = &end.day {
        hits.extend(dated(scene, day.span, &day.candidates));
        // "in 2 hours" says a time too.
        if let Some(Value::Instant { at, grain }) = day.candidates.first()
            && *grain < Grain::Day
        {
            let value = EntityValue::Time(to_minute(at.time()));
            hits.extend(hit(scene, day.span, day.span, RANK_TIME, value));
        }
    }
    if let Some(time) = &end.time {
        let mut values = time.candidates.iter().map(|time| EntityValue::Time(*time));
        let made =
            values.next().and_then(|value| hit(scene, time.span, time.span, RANK_TIME, value));
        hits.extend(made.map(|hit| Hit { alternatives: values.collect(), ..hit }));
    }
    if let Some(window) = &end.window
        && scene.moving
        && let Some(hits_of_both) = both_ends(scene, window)
    {
        hits.extend(hits_of_both);
    } else if let Some(window) = &end.window
        && let Some((from, until)) = window.candidates.first()
    {
        let value = EntityValue::TimeWindow { from: Some(*from), until: Some(*until) };
        hits.extend(hit(scene, window.span, window.span, RANK_WINDOW, value));
    }
    if let Some(part) = &end.part
        && let Some(said) = part.candidates.first()
        && !absorbed(scene, found, end, part.span)
    {
        let value = part_value(*said);
        let rank =
            if matches!(value, EntityValue::TimeWindow { .. }) { RANK_WINDOW } else { RANK_PART };
        let same_as_day = end.day.as_ref().is_some_and(|day| day.span == part.span);
        // "tonight" is taken apart later, by the words of the day.
        if !same_as_day {
            hits.extend(hit(scene, part.span, part.span, rank, value));
        }
    }
    hits
}

/// "from 3 to 5" of an appointment that is moved: not a window but two times.
fn both_ends(scene: &Scene<'_>, window: &temporal::Piece<(Time, Time)>) -> Option<[Hit; 2]> {
    let (from, until) = window.candidates.first()?;
    let span = window.span;
    let inside = |lexeme: &&super::scene::Lexeme| {
        scene
            .tokens
            .get(lexeme.tokens.start)
            .is_some_and(|token| span.start <= token.chars.start && token.chars.end <= span.end)
    };
    let mut lexemes = scene.lexemes.iter().filter(inside);
    let between = lexemes.clone().any(|lexeme| lexeme.is(Meaning::Between));
    let joint = lexemes.find(|lexeme| lexeme.is(Meaning::To))?;
    let middle = scene.tokens.get(joint.tokens.start)?.chars.clone();
    if between {
        return None;
    }
    let time = |at: Time, start: usize, end: usize| {
        let span = temporal::Span { start, end };
        let other = at.wrapping_add(12.hours());
        let value = EntityValue::Time(at);
        let found = hit(scene, span, span, RANK_TIME, value)?;
        Some(Hit { alternatives: vec![EntityValue::Time(other)], ..found })
    };
    let first = time(*from, span.start, middle.start.saturating_sub(1))?;
    let last = time(*until, middle.end + 1, span.end)?;
    Some([first, last])
}

/// Whether a part of the day only says which half a time beside it is in: "3 in the afternoon".
fn absorbed(scene: &Scene<'_>, found: &Found, end: &End, part: temporal::Span) -> bool {
    let Some(time) =
        end.time.as_ref().map(|time| time.span).or(end.window.as_ref().map(|w| w.span))
    else {
        return false;
    };
    if end.day.as_ref().is_some_and(|day| day.span == part) {
        return false;
    }
    let (first, second) = if part.start < time.start { (part, time) } else { (time, part) };
    let between = scene.utterance.text.chars().skip(first.end);
    let comma = between.take(second.start.saturating_sub(first.end)).any(|c| c == ',');
    let whole = found.span.start <= first.start && second.end <= found.span.end;
    whole && !comma
}

fn part_value(part: Part) -> EntityValue {
    let part = match part {
        Part::Dawn
        | Part::EarlyMorning
        | Part::Morning
        | Part::Breakfast
        | Part::AfterBreakfast => PartOfDay::Morning,
        Part::Brunch | Part::Lunch => PartOfDay::Midday,
        Part::Afternoon | Part::Daytime | Part::BusinessHours | Part::AfterSchool => {
            PartOfDay::Afternoon
        }
        Part::Evening | Part::Dinner => PartOfDay::Evening,
        Part::Night | Part::AfterDinner => PartOfDay::Night,
        Part::AfterWork => return EntityValue::TimeWindow { from: Some(WORK_ENDS), until: None },
        Part::AfterLunch => return EntityValue::TimeWindow { from: Some(LUNCH_ENDS), until: None },
    };
    EntityValue::PartOfDay(part)
}

/// A day or several, with the other readings.
fn dated(scene: &Scene<'_>, span: temporal::Span, candidates: &[Value]) -> Option<Hit> {
    let mut values = candidates.iter().filter_map(|value| match value {
        Value::Instant { at, grain } if *grain <= Grain::Day => {
            Some(judged(scene.today, at.date()))
        }
        Value::Instant { at, grain } => {
            let end = temporal::end_of(*at, *grain)?;
            Some(days(scene.today, at.date(), before(end)))
        }
        Value::Interval { start, end, .. } => Some(days(scene.today, start.date(), before(*end))),
        _ => None,
    });
    let value = values.next()?;
    let rank = if matches!(value, EntityValue::DateRange { .. }) { RANK_DAYS } else { RANK_DATE };
    let alternatives = values.filter(|value| !matches!(value, EntityValue::Past(_))).collect();
    let found = hit(scene, span, span, rank, value)?;
    Some(Hit { alternatives, ..found })
}

/// From one point to another.
fn range(scene: &Scene<'_>, found: &Found, start: DateTime, end: DateTime) -> Vec<Hit> {
    if found.kind == Kind::DateRange {
        let value = days(scene.today, start.date(), before(end));
        return one(scene, found, found.span, RANK_WINDOW, value);
    }
    let window = EntityValue::TimeWindow { from: Some(start.time()), until: Some(end.time()) };
    let day = found.ends.iter().find_map(|end| end.day.as_ref());
    let mut hits: Vec<Hit> =
        day.and_then(|day| dated(scene, day.span, &day.candidates)).into_iter().collect();
    // The day inside it, if any, keeps its own words.
    let core = match (day, found.ends.first().and_then(|end| end.time.as_ref())) {
        (Some(day), Some(time)) if day.span.start < time.span.start => {
            temporal::Span { start: time.span.start, end: found.span.end }
        }
        (Some(day), Some(_)) => temporal::Span { start: found.span.start, end: day.span.start },
        _ => found.span,
    };
    hits.extend(hit(scene, core, core, RANK_WINDOW, window));
    hits
}

/// "after 5", "before Friday", "tomorrow before noon".
fn open(
    scene: &Scene<'_>,
    found: &Found,
    direction: Direction,
    at: DateTime,
    grain: Grain,
    end: &End,
) -> Vec<Hit> {
    if grain < Grain::Day {
        let time = to_minute(at.time());
        let value = match direction {
            Direction::After => EntityValue::TimeWindow { from: Some(time), until: None },
            Direction::Before => EntityValue::TimeWindow { from: None, until: Some(time) },
        };
        let day = end.day.as_ref();
        let mut hits: Vec<Hit> =
            day.and_then(|day| dated(scene, day.span, &day.candidates)).into_iter().collect();
        let span = match (day, &end.time) {
            (Some(_), Some(time)) => time.span,
            _ => found.span,
        };
        hits.extend(hit(scene, span, span, RANK_WINDOW, value));
        return hits;
    }
    let value = match direction {
        Direction::After => {
            let first = at.date();
            days(scene.today, first, first.saturating_add((HORIZON_DAYS - 1).days()))
        }
        Direction::Before => days(scene.today, scene.today, before(at)),
    };
    one(scene, found, found.span, RANK_WINDOW, value)
}

/// The last day before a moment.
fn before(end: DateTime) -> Date {
    if end.time() == Time::midnight() { end.date().saturating_sub(1.day()) } else { end.date() }
}

/// One day, past or not.
fn judged(today: Date, date: Date) -> EntityValue {
    if date < today { EntityValue::Past(date) } else { EntityValue::Date(date) }
}

/// What is left of several days.
fn days(today: Date, first: Date, last: Date) -> EntityValue {
    if last < today {
        return EntityValue::Past(last);
    }
    let first = first.max(today);
    if first >= last { EntityValue::Date(last) } else { EntityValue::DateRange { first, last } }
}

fn to_minute(time: Time) -> Time {
    Time::constant(time.hour(), time.minute(), 0, 0)
}

fn next_weekday(today: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - today.weekday().to_monday_one_offset()).rem_euclid(7);
    let ahead = if ahead == 0 { 7 } else { i64::from(ahead) };
    today.checked_add(ahead.days()).ok()
}

/// Where the message speaks of one part of the day, times that could be of two are of that one.
fn settle_halves(hits: &mut [Hit]) {
    let mut parts = hits.iter().filter_map(|hit| match hit.value {
        EntityValue::PartOfDay(part) => Some(part),
        _ => None,
    });
    let (Some(part), None) = (parts.next(), parts.next()) else { return };
    let (from, until) = part.bounds();
    for hit in hits {
        let EntityValue::Time(time) = hit.value else { continue };
        let fits = |time: Time| from <= time && time <= until;
        let other = hit.alternatives.iter().find_map(|other| match other {
            EntityValue::Time(other) if fits(*other) => Some(*other),
            _ => None,
        });
        if fits(time) {
            hit.alternatives.clear();
        } else if let Some(other) = other {
            hit.value = EntityValue::Time(other);
            hit.alternatives.clear();
        }
    }
}

/// What "tonight" and its like say: the day, and the part of it.
pub(super) fn today_part(scene: &Scene<'_>, at: usize) -> Option<(EntityValue, PartOfDay)> {
    scene.cursor(at).take(|meaning| match meaning {
        Meaning::TodayPart(part) => Some((EntityValue::Date(scene.today), part)),
        _ => None,
    })
}
