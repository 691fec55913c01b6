//! What the tagger looks at.

use std::collections::HashSet;

use super::{train::Rows, words::Word};

/// Features of one text: hashes a token.
pub(crate) struct Looking<'a> {
    /// The tokens.
    pub(crate) words: &'a [Word],
    /// What was just asked, by slot name.
    pub(crate) requested: &'a [String],
    /// What the grammar says about each token: "B-time", "I-date".
    pub(crate) hints: &'a [Vec<String>],
    /// Hashes of the words that are frequent in training; all others are told by their shape.
    pub(crate) common: &'a HashSet<u32>,
}

const START: &str = "<s>";
const END: &str = "</s>";

impl Looking<'_> {
    /// The features of every token.
    pub(crate) fn rows(&self) -> Rows {
        (0..self.words.len()).map(|at| self.row(at)).collect()
    }

    fn lower(&self, at: usize, offset: isize) -> &str {
        match at.checked_add_signed(offset) {
            None => START,
            Some(at) => self.words.get(at).map_or(END, |word| word.lower.as_str()),
        }
    }

    /// Digits as their count, so that "7:30" and "8:45" are alike; rare words as their shape.
    fn class(&self, at: usize, offset: isize) -> &str {
        match at.checked_add_signed(offset) {
            None => START,
            Some(at) => self.words.get(at).map_or(END, |word| {
                let plain = !word.shape.starts_with('d') && self.is_common(word);
                if let Some(closed) = closed(&word.lower) {
                    closed
                } else if plain {
                    word.lower.as_str()
                } else {
                    word.shape.as_str()
                }
            }),
        }
    }

    fn is_common(&self, word: &Word) -> bool {
        self.common.contains(&word_hash(&word.lower))
    }

    fn rarity(&self, at: usize, offset: isize) -> &'static str {
        match at.checked_add_signed(offset).and_then(|at| self.words.get(at)) {
            None => "-",
            Some(word) if word.shape.starts_with('d') => "d",
            Some(word) if self.is_common(word) => "c",
            Some(word) if word.lower.chars().all(char::is_alphabetic) => "r",
            Some(_) => "m",
        }
    }

    /// What stands around the grammar's hit that this token is in, as if the hit were one word.
    fn chunk(&self, at: usize, add: &mut impl FnMut(&str, &[&str])) {
        let of = |at: usize| self.hints.get(at).and_then(|hints| hints.first());
        let Some(hint) = of(at) else { return };
        let what = hint.get(2..).unwrap_or_default();
        let start =
            (0..=at).rev().find(|i| of(*i).is_none_or(|h| h.starts_with("B-"))).unwrap_or(at);
        let next_start = |i: &usize| of(*i).is_none_or(|h| h.starts_with("B-"));
        let end = (at + 1..self.words.len()).find(next_start).unwrap_or(self.words.len());
        let before = |n: isize| self.class(start, -n);
        let after = |n: isize| self.class(end, n - 1);
        let nth = (0..start)
            .filter(|i| of(*i).is_some_and(|h| h.starts_with("B-") && h.ends_with(what)))
            .count();
        let nth = ["0", "1", "2+"][nth.min(2)];
        let further = (end..self.words.len()).any(|i| of(i).is_some_and(|h| h.ends_with(what)));
        let further = if further { "more" } else { "last" };
        let position = &hint[..1];
        add("chunk", &[position, what]);
        add("chunk-1", &[position, what, before(1)]);
        add("chunk-2", &[position, what, before(1), before(2)]);
        add("chunk-3", &[position, what, before(1), before(2), before(3)]);
        add("chunk-skip", &[position, what, before(2)]);
        add("chunk+1", &[position, what, after(1)]);
        add("chunk+2", &[position, what, after(1), after(2)]);
        add("chunk-around", &[position, what, before(1), after(1)]);
        add("chunk-nth", &[position, what, nth, further]);
        add("chunk-nth-1", &[position, what, nth, further, before(1)]);
        for back in 1..=5_isize {
            let kind = kind(self.lower(start, -back));
            if !kind.is_empty() {
                add("chunk-kind", &[position, what, kind]);
                break;
            }
        }
    }

    fn shape(&self, at: usize, offset: isize) -> &str {
        match at.checked_add_signed(offset) {
            None => START,
            Some(at) => self.words.get(at).map_or(END, |word| word.shape.as_str()),
        }
    }

    fn hint(&self, at: usize, offset: isize) -> String {
        match at.checked_add_signed(offset) {
            None => START.to_owned(),
            Some(at) => self.hints.get(at).map_or_else(|| END.to_owned(), |h| h.join("+")),
        }
    }

    fn row(&self, at: usize) -> Vec<u32> {
        let mut row = Vec::with_capacity(96);
        let mut add = |name: &str, parts: &[&str]| row.push(hash(name, parts));
        add("bias", &[]);
        for offset in -4..=4_isize {
            let name = ["w-4", "w-3", "w-2", "w-1", "w0", "w1", "w2", "w3", "w4"]
                [usize::try_from(offset + 4).unwrap_or(0)];
            add(name, &[self.lower(at, offset)]);
            if offset.abs() <= 2 {
                add(name, &["shape", self.shape(at, offset)]);
                add(name, &["hint", &self.hint(at, offset)]);
            }
        }
        let class = |offset| self.class(at, offset);
        for (name, from, to) in [
            ("c-2-1", -2, -1),
            ("c-10", -1, 0),
            ("c01", 0, 1),
            ("c12", 1, 2),
            ("c-101", -1, 1),
            ("c-210", -2, 0),
            ("c012", 0, 2),
            ("c-3-2-1", -3, -1),
            ("c123", 1, 3),
            ("c-3..0", -3, 0),
            ("c0..3", 0, 3),
        ] {
            let parts: Vec<&str> = (from..=to).map(class).collect();
            add(name, &parts);
        }
        for (name, from, to) in [("s-10", -1, 0), ("s01", 0, 1), ("s-101", -1, 1), ("s-22", -2, 2)]
        {
            let parts: Vec<&str> = (from..=to).map(|offset| self.shape(at, offset)).collect();
            add(name, &parts);
        }
        add("skip-", &[class(-2), class(0)]);
        add("skip+", &[class(0), class(2)]);
        add("around", &[class(-1), class(1)]);
        for (name, from, to) in [("h-10", -1, 0), ("h01", 0, 1), ("h-101", -1, 1)] {
            let parts: Vec<String> = (from..=to).map(|offset| self.hint(at, offset)).collect();
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            add(name, &parts);
        }
        add("hw", &[&self.hint(at, 0), class(0)]);
        add("hw-1", &[&self.hint(at, 0), class(-1)]);
        add("hw1", &[&self.hint(at, 0), class(1)]);

        for offset in -3..=3_isize {
            let kind = kind(self.lower(at, offset));
            if !kind.is_empty() {
                add(
                    ["k-3", "k-2", "k-1", "k0", "k1", "k2", "k3"]
                        [usize::try_from(offset + 3).unwrap_or(0)],
                    &[kind],
                );
            }
        }
        self.chunk(at, &mut add);
        let rare: Vec<&str> = (-2..=2).map(|offset| self.rarity(at, offset)).collect();
        add("r0", &[rare[2], self.shape(at, 0)]);
        add("r-10", &[rare[1], rare[2]]);
        add("r01", &[rare[2], rare[3]]);
        add("r-101", &[rare[1], rare[2], rare[3]]);
        add("r-22", &rare);
        add("r-w", &[rare[2], class(-1)]);
        add("rw-", &[rare[2], class(-2), class(-1)]);
        add("r+w", &[rare[2], class(1)]);
        add("rr", &[rare[1], rare[2], class(-2)]);
        add("rrr", &[rare[1], rare[2], class(-3), class(-2)]);
        let word = &self.words[at];
        let letters: Vec<char> = word.lower.chars().collect();
        if !word.shape.starts_with('d') {
            for length in 1..=5.min(letters.len()) {
                let prefix: String = letters[..length].iter().collect();
                let suffix: String = letters[letters.len() - length..].iter().collect();
                add("prefix", &[&prefix]);
                add("suffix", &[&suffix]);
            }
        } else {
            add("number", &[magnitude(&word.lower)]);
            add("number1", &[magnitude(&word.lower), class(1)]);
            add("number-1", &[magnitude(&word.lower), class(-1)]);
        }
        for (name, offset) in [("n-1", -1), ("n1", 1)] {
            let near: Vec<char> = self.lower(at, offset).chars().collect();
            let suffix: String = near[near.len().saturating_sub(3)..].iter().collect();
            add(name, &[&suffix]);
        }
        add("glued", &[if word.glued { "1" } else { "0" }, class(-1), class(0)]);
        let next_glued = self.words.get(at + 1).is_some_and(|next| next.glued);
        add("glues", &[if next_glued { "1" } else { "0" }, class(0), class(1)]);
        let length = ["0", "1", "2", "3", "4", "5-7", "5-7", "5-7", "8+"][self.words.len().min(8)];
        add("length", &[length]);
        let place = ["0", "1", "2", "3+"][at.min(3)];
        add("place", &[place, &word.shape]);
        add("place", &[place, length, &word.shape]);
        add("from-end", &[["0", "1", "2", "3+"][(self.words.len() - 1 - at).min(3)], &word.shape]);
        let requested = self.requested.join("+");
        for (name, what) in [("any", requested.as_str())]
            .into_iter()
            .chain(self.requested.iter().map(|slot| ("one", slot.as_str())))
        {
            add("asked", &[name, what]);
            add("asked-place", &[name, what, place, length]);
            add("asked-shape", &[name, what, &word.shape]);
            add("asked-shapes", &[name, what, self.shape(at, -1), &word.shape, self.shape(at, 1)]);
            add("asked-word", &[name, what, class(0)]);
            add("asked-before", &[name, what, class(-1)]);
            add("asked-after", &[name, what, class(1)]);
            add("asked-rare", &[name, what, rare[1], rare[2], rare[3]]);
            add("asked-rare", &[name, what, rare[2], &word.shape, place, length]);
            add("asked-hint", &[name, what, &self.hint(at, 0)]);
        }
        row
    }
}

/// The name of a small closed set of words that behave alike.
fn closed(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
        | "mon" | "tue" | "tues" | "wed" | "weds" | "thu" | "thur" | "thurs" | "fri" => "<day>",
        "january" | "february" | "march" | "april" | "june" | "july" | "august" | "september"
        | "october" | "november" | "december" | "jan" | "feb" | "apr" | "jun" | "jul" | "aug"
        | "sep" | "sept" | "oct" | "nov" | "dec" => "<month>",
        "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten"
        | "eleven" | "twelve" | "thirteen" | "fourteen" | "fifteen" | "sixteen" | "seventeen"
        | "eighteen" | "nineteen" | "twenty" => "<number>",
        "st" | "nd" | "rd" | "th" => "<th>",
        _ => return None,
    })
}

/// What a word is about, where that is plain; empty otherwise.
fn kind(lower: &str) -> &'static str {
    match lower {
        "from" | "since" | "starting" | "arrive" | "arriving" | "coming" | "arrival" | "begin"
        | "beginning" | "starts" | "start" => "from",
        "until" | "till" | "til" | "leave" | "leaving" | "depart" | "departing" | "departure"
        | "through" | "to" | "checkout" | "out" => "until",
        "adult" | "adults" | "grown" | "grownups" => "adult",
        "kid" | "kids" | "child" | "children" | "baby" | "babies" | "toddler" | "toddlers"
        | "infant" | "infants" | "son" | "sons" | "daughter" | "daughters" | "boys" | "girls"
        | "boy" | "girl" | "minor" | "minors" | "teens" | "nephew" | "niece" => "child",
        "wife" | "husband" | "mom" | "mum" | "mother" | "dad" | "father" | "parents" | "friend"
        | "friends" | "partner" | "girlfriend" | "boyfriend" | "sister" | "brother" | "cousin"
        | "cousins" | "family" | "colleague" | "colleagues" | "uncle" | "aunt" | "grandmother"
        | "grandma" | "grandpa" | "boss" | "wives" | "couple" | "couples" => "kin",
        "people" | "persons" | "person" | "guests" | "guest" | "pax" | "ppl" | "peoples" | "us"
        | "party" | "group" => "people",
        "day" | "days" | "night" | "nights" | "week" | "weeks" | "weekend" | "month" | "months"
        | "fortnight" | "hour" | "hours" | "minute" | "minutes" | "mins" | "year" => "unit",
        "room" | "rooms" | "suite" | "suites" | "bedroom" | "bedrooms" => "room",
        "under" | "name" | "called" | "surname" | "behalf" => "name",
        _ => "",
    }
}

/// Coarse sizes that separate heads, hours, days and years.
fn magnitude(digits: &str) -> &'static str {
    match digits.parse::<u32>() {
        Ok(0) => "0",
        Ok(1..=7) => "1-7",
        Ok(8..=12) => "8-12",
        Ok(13..=24) => "13-24",
        Ok(25..=31) => "25-31",
        Ok(32..=59) => "32-59",
        Ok(60..=999) => "60-999",
        Ok(1000..=2400) => "1000-2400",
        _ => "more",
    }
}

/// What `common` holds for a word in lower case.
pub(crate) fn word_hash(lower: &str) -> u32 {
    hash("word", &[lower])
}

/// FNV-1a with a mark between parts.
fn hash(name: &str, parts: &[&str]) -> u32 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |bytes: &[u8]| {
        for byte in bytes {
            state = (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        state = (state ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
    };
    eat(name.as_bytes());
    parts.iter().for_each(|part| eat(part.as_bytes()));
    (state ^ (state >> 32)) as u32
}
