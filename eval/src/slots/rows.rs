//! Rows with slots: RESTAURANTS-8K, NLU++, SNIPS and whatever else has their form.

use std::{collections::BTreeSet, path::Path};

use intents::Span;
use serde::Deserialize;
use serde_json::Value;

use crate::data::{BadData, DataFile, MissingData};

/// One line.
#[derive(Debug, Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    requested: Option<Vec<String>>,
    #[serde(default)]
    slots: Vec<SlotLine>,
    #[serde(default)]
    fold: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct SlotLine {
    name: String,
    start: usize,
    end: usize,
    #[serde(default)]
    norm: Option<Value>,
}

/// A slot that is there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slot {
    pub(super) name: String,
    /// Code points of the text, without whitespace at either end.
    pub(super) span: Span,
    /// What it means, where the set says so.
    pub(super) norm: Option<Value>,
}

/// A text and the slots in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) requested: Vec<String>,
    pub(super) slots: Vec<Slot>,
    pub(super) fold: Option<u64>,
}

impl Row {
    /// With NLU++'s slots called what RESTAURANTS-8K calls them, where they mean the same: a
    /// person's name is a first name and the rest, arrival and departure are dates. None where a
    /// slot counts heads in the other set's manner, or there is no name to learn.
    pub(super) fn as_table_booking(&self) -> Option<Self> {
        let named = self.slots.iter().any(|slot| slot.name == "person_name");
        let counted = self.slots.iter().any(|s| matches!(s.name.as_str(), "adults" | "kids"));
        (named && !counted).then_some(())?;
        let letters: Vec<char> = self.text.chars().collect();
        let mut slots = Vec::new();
        for slot in &self.slots {
            let Span { start, end } = slot.span;
            let called = |name: &str, span| Slot { name: name.to_owned(), span, norm: None };
            match slot.name.as_str() {
                "person_name" => {
                    let first = letters[start..end].iter().position(|c| *c == ' ');
                    let middle = first.map_or(end, |length| start + length);
                    slots.push(called("first_name", Span { start, end: middle }));
                    if middle < end {
                        slots.push(called("last_name", Span { start: middle + 1, end }));
                    }
                }
                "date" | "date_from" | "date_to" => slots.push(called("date", slot.span)),
                "time" | "time_from" | "time_to" => slots.push(called("time", slot.span)),
                "people" => slots.push(called("people", slot.span)),
                _ => {}
            }
        }
        Some(Self { slots, ..self.clone() })
    }
}

/// The rows of a file.
pub(super) struct Rows {
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) rows: Vec<Row>,
}

impl Rows {
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let file = DataFile::read(path)?.ok_or_else(|| MissingData::file(path))?;
        let mut rows = Vec::new();
        for entry in file.numbered::<Line>() {
            let (number, line) = entry?;
            rows.push(row(line).map_err(|problem| BadData::at(path, number, problem))?);
        }
        if rows.is_empty() {
            return Err(BadData::whole(path, "holds no rows").into());
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, sha256: file.sha256, rows })
    }

    /// The slots that occur, in alphabetical order.
    pub(super) fn slots(&self) -> BTreeSet<String> {
        self.rows.iter().flat_map(|row| &row.slots).map(|slot| slot.name.clone()).collect()
    }
}

fn row(line: Line) -> Result<Row, String> {
    let letters: Vec<char> = line.text.chars().collect();
    let mut slots = Vec::with_capacity(line.slots.len());
    for SlotLine { name, mut start, mut end, norm } in line.slots {
        if start >= end || end > letters.len() {
            return Err(format!(
                "slot {name} at {start}..{end} is not inside a text of {} code points",
                letters.len()
            ));
        }
        while start < end && letters[start].is_whitespace() {
            start += 1;
        }
        while start < end && letters[end - 1].is_whitespace() {
            end -= 1;
        }
        if start == end {
            return Err(format!("slot {name} holds nothing but whitespace"));
        }
        slots.push(Slot { name, span: Span { start, end }, norm });
    }
    slots.sort_by_key(|slot| slot.span.start);
    let requested = line.requested.unwrap_or_default();
    Ok(Row { text: line.text, requested, slots, fold: line.fold })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<Rows> {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(file.path(), text)?;
        Rows::read(file.path())
    }

    #[test]
    fn whitespace_is_no_part_of_a_slot() {
        let rows = read(
            r#"{"text":"for  8pm","slots":[{"name":"time","value":" 8pm","start":4,"end":8}]}"#,
        )
        .expect("good");
        assert_eq!(rows.rows[0].slots[0].span, Span { start: 5, end: 8 });
        assert_eq!(rows.slots(), BTreeSet::from(["time".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, says) in [
            (
                "{\"text\":\"hi\"}\n{\"text\":\"hi\",\"slots\":[{\"name\":\"x\",\"start\":0,\"end\":9}]}",
                ":2: slot x at 0..9",
            ),
            ("{\"text\":\" \",\"slots\":[{\"name\":\"x\",\"start\":0,\"end\":1}]}", "whitespace"),
            ("", "holds no rows"),
            ("nonsense", ":1: is not"),
        ] {
            let error = read(text).map(|rows| rows.rows.len()).expect_err(text).to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
