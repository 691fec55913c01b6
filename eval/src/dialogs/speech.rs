//! What a simulated customer types: phrase banks, a language each, and the ways of writing that
//! make it hard.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use kernel::Locale;
use rand::{Rng, RngExt as _, seq::IndexedRandom as _};
use serde::Deserialize;

/// The phrases of one language; `{…}` stands for what the goal says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bank {
    pub(super) open: Vec<String>,
    pub(super) bare: Vec<String>,
    pub(super) staff: Vec<String>,
    pub(super) any_staff: Vec<String>,
    pub(super) party: Vec<String>,
    pub(super) service: Vec<String>,
    on: On,
    at: At,
    morning: Vec<String>,
    afternoon: Vec<String>,
    evening: Vec<String>,
    after: Vec<String>,
    before: Vec<String>,
    between: Vec<String>,
    pub(super) yes: Vec<String>,
    pub(super) choose: Vec<String>,
    pub(super) choose_time: Vec<String>,
    ordinals: Vec<String>,
    pub(super) alternatives: Vec<String>,
    pub(super) correct: Vec<String>,
    pub(super) change_mind: Vec<String>,
    pub(super) cancel: Vec<String>,
    #[serde(rename = "move")]
    pub(super) reschedule: Vec<String>,
    pub(super) move_own: Vec<String>,
    pub(super) give_up: Vec<String>,
    pub(super) no_person: Vec<String>,
    pub(super) name: Vec<String>,
    pub(super) story: Vec<String>,
    pub(super) side: Vec<String>,
    months: Vec<String>,
    weekdays: Vec<String>,
    hours: Vec<String>,
    parts: Vec<String>,
}

/// Ways to name a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct On {
    tomorrow: Vec<String>,
    weekday: Vec<String>,
    date: Vec<String>,
}

/// Ways to name a time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct At {
    clock: Vec<String>,
    half: Vec<String>,
    full: Vec<String>,
}

/// When on a day, as the goal has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeWish {
    At(Time),
    Morning,
    Afternoon,
    Evening,
    After(Time),
    Before(Time),
    Between(Time, Time),
}

impl Bank {
    /// The bank of a language.
    pub(super) fn of(locale: Locale) -> anyhow::Result<Self> {
        let text = match locale {
            Locale::En => include_str!("phrases/en.toml"),
            Locale::Es => include_str!("phrases/es.toml"),
            Locale::Pt => include_str!("phrases/pt.toml"),
        };
        Ok(toml::from_str(text)?)
    }

    /// Everything in it that could be a message of its own, placeholders left in.
    #[cfg(test)]
    pub(super) fn messages(&self) -> impl Iterator<Item = &String> {
        [
            &self.open,
            &self.bare,
            &self.cancel,
            &self.reschedule,
            &self.alternatives,
            &self.give_up,
            &self.side,
            &self.correct,
            &self.change_mind,
        ]
        .into_iter()
        .flatten()
    }

    /// "tomorrow", "on friday", "march 5".
    pub(super) fn day(&self, day: Date, today: Date, rng: &mut impl Rng) -> String {
        let ahead = (day - today).get_days();
        let forms = match ahead {
            1 if rng.random_bool(0.7) => &self.on.tomorrow,
            1..=6 if rng.random_bool(0.7) => &self.on.weekday,
            _ => &self.on.date,
        };
        let index = |list: &[String], at: i8| {
            list.get(usize::try_from(at).unwrap_or(0)).cloned().unwrap_or_default()
        };
        let weekday = index(&self.weekdays, day.weekday().to_monday_zero_offset());
        let text = fill(
            pick(forms, rng),
            &[
                ("weekday", &weekday),
                ("day", &day.day().to_string()),
                ("month", &index(&self.months, day.month() - 1)),
            ],
        );
        // Portuguese says where the days of the weekend are of the other gender.
        text.replace("na sáb", "no sáb")
            .replace("na dom", "no dom")
            .replace("nesta sáb", "neste sáb")
            .replace("nesta dom", "neste dom")
    }

    /// "at 5pm", "after 17:00", "in the morning".
    pub(super) fn time(&self, wish: TimeWish, rng: &mut impl Rng) -> String {
        let forms = match wish {
            TimeWish::At(time) if time.minute() == 0 && rng.random_bool(0.5) => &self.at.full,
            TimeWish::At(time) if time.minute() == 30 && rng.random_bool(0.5) => &self.at.half,
            TimeWish::At(_) => &self.at.clock,
            TimeWish::Morning => &self.morning,
            TimeWish::Afternoon => &self.afternoon,
            TimeWish::Evening => &self.evening,
            TimeWish::After(_) => &self.after,
            TimeWish::Before(_) => &self.before,
            TimeWish::Between(..) => &self.between,
        };
        let (time, until) = match wish {
            TimeWish::At(time) | TimeWish::After(time) | TimeWish::Before(time) => (time, time),
            TimeWish::Between(from, until) => (from, until),
            _ => (Time::midnight(), Time::midnight()),
        };
        let text = self.clock(pick(forms, rng), time);
        let text = fill(&text, &[("from", &plain(time)), ("until", &plain(until))]);
        text.replace("a las una", "a la una").replace("às uma", "à uma")
    }

    /// Fills `{h24}`, `{h12}`, `{hour}` and `{part}` for a time.
    pub(super) fn clock(&self, template: &str, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
        let half = if hour < 12 { "am" } else { "pm" };
        let h12 = if minute == 0 {
            format!("{twelve}{half}")
        } else {
            format!("{twelve}:{minute:02}{half}")
        };
        let at = |list: &[String], index: i8| {
            list.get(usize::try_from(index).unwrap_or(0)).cloned().unwrap_or_default()
        };
        let part = match hour {
            0..12 => 0,
            12..19 => 1,
            19 if self.parts.iter().any(|part| part == "tarde") && self.parts[2] == "noche" => 1,
            _ => 2,
        };
        fill(
            template,
            &[
                ("h24", &plain(time)),
                ("h12", &h12),
                ("hour", &at(&self.hours, twelve - 1)),
                ("part", &at(&self.parts, part)),
            ],
        )
    }

    /// Names the `n`-th of a list, counted from 1, by one of the phrases in `forms`.
    pub(super) fn nth(&self, forms: &[String], n: usize, rng: &mut impl Rng) -> String {
        let ordinal = self.ordinals.get(n - 1).cloned().unwrap_or_else(|| n.to_string());
        fill(pick(forms, rng), &[("n", &n.to_string()), ("ordinal", &ordinal)])
    }
}

/// "17:00", as everybody writes it.
fn plain(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// One of them.
pub(super) fn pick<'a>(forms: &'a [String], rng: &mut impl Rng) -> &'a str {
    forms.choose(rng).map_or("", String::as_str)
}

/// Puts words in for `{…}`.
pub(super) fn fill(template: &str, words: &[(&str, &str)]) -> String {
    let words: BTreeMap<_, _> = words.iter().copied().collect();
    words
        .iter()
        .fold(template.to_owned(), |text, (key, word)| text.replace(&format!("{{{key}}}"), word))
}

/// Types badly: no accents, letters swapped and dropped in one long word of seven.
pub(super) fn typos(text: &str, rng: &mut impl Rng) -> String {
    let plain: String = text.to_lowercase().chars().map(without_accent).collect();
    let words = plain.split(' ').map(|word| {
        let mut letters: Vec<char> = word.chars().collect();
        let typable = letters.len() >= 5 && letters.iter().all(|c| c.is_ascii_alphabetic());
        if typable && rng.random_bool(1.0 / 7.0) {
            let at = rng.random_range(1..letters.len() - 1);
            if rng.random_bool(0.5) {
                letters.swap(at, at + 1);
            } else {
                letters.remove(at);
            }
        }
        letters.into_iter().collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'ê' => 'e',
        'í' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}
