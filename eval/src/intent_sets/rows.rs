//! Intent sets as they lie in files: one JSON object a line, in any of the known shapes.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use kernel::Locale;
use serde_json::Value;

use crate::data::{BadData, DataFile, MissingData};

/// Labels that mean "none of these", whatever their case.
const OUTSIDE: [&str; 4] = ["oos", "ood", "out_of_scope", "no_nodes_detected"];

/// One labelled message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// As typed.
    pub(crate) text: String,
    /// What it means: one label, several, or none at all in a set of several a message; in the
    /// order of the file. Empty where it is out of scope.
    pub(crate) labels: Vec<String>,
    /// Whether it is labelled as none of the set's business.
    pub(crate) outside: bool,
    /// Which part of a cross-validation it belongs to, where the set says so.
    pub(crate) fold: Option<u64>,
    /// In which language it was written, where the set says so.
    pub(crate) locale: Option<Locale>,
    /// Where it came from: which of the files, in the order they were named.
    pub(crate) file: usize,
    /// Counted from one.
    pub(crate) line: usize,
}

/// The rows of one role: train, dev, test or out of scope.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    /// In the order of the files.
    pub(crate) rows: Vec<Row>,
    /// The files: path and SHA-256.
    pub(crate) files: Vec<(PathBuf, String)>,
    /// Whether any row came with a list of labels rather than one.
    pub(crate) is_multi: bool,
}

impl Rows {
    /// Reads the files of one role.
    ///
    /// # Errors
    ///
    /// [`MissingData`] where a file is not there, [`BadData`] where a line is not a labelled
    /// message, naming file and line and what to do.
    pub(crate) fn read(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut all = Self::default();
        for (file, path) in paths.iter().enumerate() {
            let data = DataFile::read(path)?.ok_or_else(|| MissingData::file(path))?;
            let before = all.rows.len();
            for entry in data.numbered::<Value>() {
                let (line, value) = entry?;
                let (row, is_list) = row(&value, path, line, file)?;
                all.is_multi |= is_list;
                all.rows.push(row);
            }
            if all.rows.len() == before {
                return Err(BadData::whole(
                    path,
                    "holds no rows; give one JSON object a line, such as \
                     {\"text\": \"how much is a cut\", \"intent\": \"price\"}",
                )
                .into());
            }
            all.files.push((path.clone(), data.sha256.clone()));
        }
        Ok(all)
    }

    /// Where a row lies, for a message: `file:line`.
    pub(crate) fn place(&self, row: &Row) -> String {
        let file = self.files.get(row.file).map_or_else(String::new, |(path, _)| name(path));
        format!("{file}:{}", row.line)
    }
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Whether a label means "none of these".
pub(crate) fn is_outside(label: &str) -> bool {
    OUTSIDE.iter().any(|outside| label.eq_ignore_ascii_case(outside))
}

/// Reads one object; the second value says whether it has a list of labels.
fn row(value: &Value, path: &Path, line: usize, file: usize) -> Result<(Row, bool), BadData> {
    let bad = |problem: &str| BadData::at(path, line, problem);
    let Some(object) = value.as_object() else {
        return Err(bad("is not a JSON object; write {\"text\": …, \"intent\": …}"));
    };
    let Some(text) = object.get("text").and_then(Value::as_str) else {
        return Err(bad("has no \"text\" string; add one with the message as typed"));
    };
    let list = object.get("intents").or_else(|| object.get("labels"));
    let (labels, is_list) = match (list, object.get("intent")) {
        (Some(list), _) => {
            let labels: Option<Vec<String>> = list
                .as_array()
                .and_then(|labels| labels.iter().map(|l| l.as_str().map(str::to_owned)).collect());
            let labels = labels.ok_or_else(|| {
                bad("has \"intents\" that is not a list of strings; write [\"a\", \"b\"] or []")
            })?;
            (labels, true)
        }
        (None, Some(Value::String(label))) => (vec![label.clone()], false),
        (None, Some(_)) => return Err(bad("has an \"intent\" that is not a string; name one")),
        (None, None) => {
            return Err(bad(
                "has no label; add \"intent\" (a string, \"oos\" for out of scope) or \
                 \"intents\" (a list of strings)",
            ));
        }
    };
    if labels.iter().any(|label| label.trim().is_empty()) {
        return Err(bad("has an empty label; name the intent, or write \"oos\""));
    }
    let mut seen = BTreeSet::new();
    let mut labels: Vec<String> = labels.iter().map(|label| label.trim().to_owned()).collect();
    labels.retain(|label| seen.insert(label.clone()));
    let outside = labels.iter().any(|label| is_outside(label));
    if outside {
        labels.clear();
    }
    let fold = match object.get("fold") {
        None | Some(Value::Null) => None,
        Some(fold) => {
            Some(fold.as_u64().ok_or_else(|| bad("has a \"fold\" that is no whole number"))?)
        }
    };
    let locale = ["locale", "lang"].iter().find_map(|key| object.get(*key)?.as_str()?.parse().ok());
    Ok((Row { text: text.to_owned(), labels, outside, fold, locale, file, line }, is_list))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Result<(Row, bool), String> {
        row(value, Path::new("set.jsonl"), 7, 0).map_err(|error| error.to_string())
    }

    #[test]
    fn every_shape_of_the_sets() {
        let (one, is_list) = read(&json!({"text": "hi", "intent": "greet"})).expect("a row");
        assert_eq!((one.labels, one.outside, is_list), (vec!["greet".to_owned()], false, false));
        for outside in ["oos", "ood", "NO_NODES_DETECTED", "out_of_scope"] {
            let (row, _) = read(&json!({"text": "hi", "intent": outside})).expect("a row");
            assert!(row.outside && row.labels.is_empty(), "{outside}");
        }
        let several = json!({"text": "hi", "intents": ["b", "a", "b"], "fold": 3});
        let (several, is_list) = read(&several).expect("a row");
        assert_eq!((several.labels, several.fold), (vec!["b".into(), "a".into()], Some(3)));
        assert!(is_list);
        let (none, _) = read(&json!({"text": "hi", "labels": []})).expect("a row");
        assert!(none.labels.is_empty() && !none.outside);
    }

    #[test]
    fn what_is_wrong_is_said_with_file_and_line() {
        for (value, says) in [
            (json!({"intent": "a"}), "no \"text\""),
            (json!({"text": 1, "intent": "a"}), "no \"text\""),
            (json!({"text": "hi"}), "no label"),
            (json!({"text": "hi", "intent": null}), "not a string"),
            (json!({"text": "hi", "intent": "  "}), "empty label"),
            (json!({"text": "hi", "intents": "a"}), "not a list"),
            (json!({"text": "hi", "intent": "a", "fold": "x"}), "no whole number"),
            (json!([1]), "not a JSON object"),
        ] {
            let error = read(&value).expect_err("not a row");
            assert!(error.starts_with("set.jsonl:7: ") && error.contains(says), "{error}");
        }
    }
}
