//! One experiment: what is learned from, what is calibrated on, what is asked.

use std::collections::{BTreeMap, BTreeSet};

use rand::{SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};

use super::rows::{Row, Rows};
use crate::data::BadData;

/// How many labels or places a note quotes.
const QUOTED: usize = 3;

/// A message with its labels as positions in [`Experiment::labels`].
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// As it lay in the file.
    pub(crate) row: Row,
    /// Ascending. Empty where it is out of scope, or has no label in a set of several a message.
    pub(crate) gold: Vec<usize>,
}

/// Parts of one or more files, put together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Experiment {
    /// Those of the training and test rows, in alphabetical order.
    pub(crate) labels: Vec<String>,
    /// Whether a message may have several labels, or none.
    pub(crate) is_multi: bool,
    /// To learn from. Out-of-scope rows among them are examples of that.
    pub(crate) train: Vec<Case>,
    /// To choose and calibrate on; empty where none was given.
    pub(crate) dev: Vec<Case>,
    /// To report on, those out of scope included.
    pub(crate) test: Vec<Case>,
    /// What was odd about the data, with counts.
    pub(crate) notes: Vec<String>,
}

/// The parts as they were named on the command line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    /// To learn from.
    pub(crate) train: Rows,
    /// To choose and calibrate on.
    pub(crate) dev: Rows,
    /// To report on.
    pub(crate) test: Rows,
    /// All of these are out of scope, whatever their label.
    pub(crate) oos: Rows,
}

impl Experiment {
    /// Puts the parts together.
    ///
    /// # Errors
    ///
    /// [`BadData`] where there is too little to learn from or nothing to ask.
    pub(crate) fn of(parts: &Parts) -> Result<Self, BadData> {
        let Parts { train, dev, test, oos } = parts;
        let is_multi = [train, dev, test].iter().any(|rows| rows.is_multi);
        let mut notes = Vec::new();
        let known: BTreeSet<&String> = train.rows.iter().flat_map(|row| &row.labels).collect();
        if known.len() < 2 {
            return Err(BadData::of(
                "--train",
                format!("has {} in-scope label(s); two are needed to tell apart", known.len()),
            ));
        }
        let asked = test.rows.iter().flat_map(|row| &row.labels);
        let labels: BTreeSet<&String> = known.iter().copied().chain(asked).collect();
        let labels: Vec<String> = labels.into_iter().cloned().collect();
        let place: BTreeMap<&str, usize> =
            labels.iter().enumerate().map(|(i, label)| (label.as_str(), i)).collect();
        let case = |row: &Row| {
            let mut gold: Vec<usize> =
                row.labels.iter().filter_map(|label| place.get(label.as_str()).copied()).collect();
            gold.sort_unstable();
            Case { row: row.clone(), gold }
        };

        let empty = |row: &Row| row.text.trim().is_empty();
        note(&mut notes, train, &empty, "training rows without text were left out");
        let unlearnt =
            |row: &Row| !empty(row) && row.labels.iter().any(|label| !known.contains(label));
        note(
            &mut notes,
            dev,
            &unlearnt,
            "--dev rows have a label that --train lacks and were left out; add training rows for \
             it or drop them",
        );
        note(&mut notes, dev, &empty, "--dev rows without text were left out");
        note(
            &mut notes,
            test,
            &unlearnt,
            "--test rows have a label that --train lacks; they count as wrong",
        );
        note(&mut notes, test, &empty, "--test rows have no text; they are asked all the same");
        note(
            &mut notes,
            oos,
            &|row| !row.outside,
            "--oos rows carry an in-scope label; they are taken as out of scope",
        );

        let train: Vec<Case> = train.rows.iter().filter(|row| !empty(row)).map(case).collect();
        let kept = |row: &&Row| !empty(row) && !unlearnt(row);
        let dev: Vec<Case> = dev.rows.iter().filter(kept).map(case).collect();
        let outside = oos.rows.iter().map(|row| {
            // Files of --oos are told apart from those of --test by a number beyond them.
            let file = row.file + test.files.len();
            Case { row: Row { labels: vec![], outside: true, file, ..row.clone() }, gold: vec![] }
        });
        let test: Vec<Case> = test.rows.iter().map(case).chain(outside).collect();
        if test.iter().all(|case| case.row.outside) {
            return Err(BadData::of(
                "--test",
                "holds no in-scope rows; name a file that does, and the others with --oos",
            ));
        }
        Ok(Self { labels, is_multi, train, dev, test, notes })
    }

    /// Deals the training labels out anew, and so those of dev: what is left to learn is nothing.
    pub(crate) fn permute_labels(&mut self, seed: u64) {
        let mut rng = StdRng::seed_from_u64(seed);
        for part in [&mut self.train, &mut self.dev] {
            let mut dealt: Vec<(Vec<String>, bool, Vec<usize>)> = part
                .iter()
                .map(|case| (case.row.labels.clone(), case.row.outside, case.gold.clone()))
                .collect();
            dealt.shuffle(&mut rng);
            for (case, (labels, outside, gold)) in part.iter_mut().zip(dealt) {
                (case.row.labels, case.row.outside, case.gold) = (labels, outside, gold);
            }
        }
    }
}

/// Cuts one part into experiments that each report on one group of folds and learn from the others.
/// Fold numbers in ascending order are dealt to `groups` groups, neighbours together; fewer groups
/// where there are fewer folds. `only` keeps the groups that hold one of these fold numbers.
///
/// # Errors
///
/// [`BadData`] where a row has no fold, or there is nothing to cut.
pub(crate) fn folds(parts: &Parts, groups: usize, only: &[u64]) -> anyhow::Result<Vec<Parts>> {
    let all = &parts.train;
    let mut numbers = BTreeSet::new();
    for row in &all.rows {
        let fold = row.fold.ok_or_else(|| {
            BadData::of(&all.place(row), "has no \"fold\" number, which --folds needs; add one")
        })?;
        numbers.insert(fold);
    }
    let numbers: Vec<u64> = numbers.into_iter().collect();
    let groups = groups.min(numbers.len());
    if groups < 2 {
        return Err(BadData::of("--train", "has one fold only; --folds needs two").into());
    }
    if let Some(fold) = only.iter().find(|fold| !numbers.contains(fold)) {
        let known = numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        return Err(
            BadData::of("--fold-test", format!("there is no fold {fold} in {known}")).into()
        );
    }
    let group = |fold: u64| numbers.partition_point(|n| *n < fold) * groups / numbers.len();
    let wanted: BTreeSet<usize> = if only.is_empty() {
        (0..groups).collect()
    } else {
        only.iter().map(|fold| group(*fold)).collect()
    };
    let part = |keep: &dyn Fn(usize) -> bool| Rows {
        rows: all.rows.iter().filter(|r| keep(group(r.fold.unwrap_or(0)))).cloned().collect(),
        files: all.files.clone(),
        is_multi: all.is_multi,
    };
    Ok(wanted
        .into_iter()
        .map(|tested| Parts {
            train: part(&|group| group != tested),
            test: part(&|group| group == tested),
            dev: parts.dev.clone(),
            oos: parts.oos.clone(),
        })
        .collect())
}

fn note(notes: &mut Vec<String>, rows: &Rows, odd: &dyn Fn(&Row) -> bool, what: &str) {
    let odd: Vec<&Row> = rows.rows.iter().filter(|row| odd(row)).collect();
    if odd.is_empty() {
        return;
    }
    let mut labels: Vec<&str> = odd.iter().flat_map(|r| &r.labels).map(String::as_str).collect();
    labels.sort_unstable();
    labels.dedup();
    let mut quoted: Vec<String> = odd.iter().take(QUOTED).map(|row| rows.place(row)).collect();
    if odd.len() > QUOTED {
        quoted.push("…".to_owned());
    }
    let named = if labels.is_empty() {
        String::new()
    } else {
        format!("; labels: {}", labels.iter().take(QUOTED).copied().collect::<Vec<_>>().join(", "))
    };
    notes.push(format!("{} {what} ({}{named})", odd.len(), quoted.join(", ")));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(&str, &[&str], Option<u64>)]) -> Rows {
        let row = |(line, (text, labels, fold)): (usize, &(&str, &[&str], Option<u64>))| Row {
            text: (*text).to_owned(),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            outside: false,
            fold: *fold,
            locale: None,
            file: 0,
            line: line + 1,
        };
        Rows {
            rows: rows.iter().enumerate().map(row).collect(),
            files: vec![("f.jsonl".into(), String::new())],
            is_multi: false,
        }
    }

    #[test]
    fn oddities_are_counted_not_fatal() {
        let parts = Parts {
            train: rows(&[("a", &["x"], None), ("", &["x"], None), ("b", &["y"], None)]),
            dev: rows(&[("c", &["z"], None), ("d", &["x"], None)]),
            test: rows(&[("e", &["new"], None), ("f", &["y"], None)]),
            oos: rows(&[("g", &["x"], None)]),
        };
        let made = Experiment::of(&parts).expect("an experiment");
        assert_eq!(made.labels, ["new", "x", "y"]);
        assert_eq!((made.train.len(), made.dev.len(), made.test.len()), (2, 1, 3));
        assert_eq!((&made.test[0].gold, &made.test[1].gold), (&vec![0], &vec![2]));
        assert!(made.test[2].row.outside && made.test[2].row.file == 1);
        let notes = made.notes.join("\n");
        for says in ["1 training rows without text", "f.jsonl:1; labels: z", "labels: new"] {
            assert!(notes.contains(says), "{notes}");
        }
    }

    #[test]
    fn too_little_is_an_error() {
        let one = rows(&[("a", &["x"], None)]);
        let two = rows(&[("a", &["x"], None), ("b", &["y"], None)]);
        let parts = Parts { train: one.clone(), test: two.clone(), ..Parts::default() };
        assert!(Experiment::of(&parts).is_err());
        let parts = Parts { train: two.clone(), oos: one, ..Parts::default() };
        assert!(Experiment::of(&parts).is_err());
        let parts = Parts { train: two, ..Parts::default() };
        assert!(folds(&parts, 10, &[]).is_err(), "no fold numbers");
    }

    #[test]
    fn every_row_is_tested_once() {
        let labels: [&[&str]; 2] = [&["x"], &["y"]];
        let all: Vec<_> = (0..40).map(|i| ("t", labels[i % 2], Some(i as u64 % 20))).collect();
        let parts = Parts { train: rows(&all), ..Parts::default() };
        let cut = folds(&parts, 10, &[]).expect("cuts");
        assert_eq!(cut.len(), 10);
        let mut tested: Vec<usize> =
            cut.iter().flat_map(|parts| parts.test.rows.iter().map(|row| row.line)).collect();
        tested.sort_unstable();
        assert_eq!(tested, (1..=40).collect::<Vec<_>>());
        assert!(cut.iter().all(|parts| parts.train.rows.len() == 36));
        let third = folds(&parts, 10, &[5]).expect("cuts");
        assert_eq!(third.len(), 1);
        assert!(third[0].test.rows.iter().all(|row| matches!(row.fold, Some(4 | 5))));
        assert!(folds(&parts, 10, &[20]).is_err());
    }

    #[test]
    fn permuted_labels_are_the_same_labels() {
        let labels: [&[&str]; 2] = [&["x"], &["y"]];
        let all: Vec<_> = (0..60).map(|i| ("t", labels[i % 2], None)).collect();
        let parts = Parts { train: rows(&all), test: rows(&all), ..Parts::default() };
        let before = Experiment::of(&parts).expect("an experiment");
        let mut after = before.clone();
        after.permute_labels(1);
        let gold = |cases: &[Case]| cases.iter().map(|case| case.gold.clone()).collect::<Vec<_>>();
        assert_ne!(gold(&before.train), gold(&after.train));
        assert_eq!(gold(&before.test), gold(&after.test));
        let mut sorted = gold(&after.train);
        sorted.sort();
        let mut original = gold(&before.train);
        original.sort();
        assert_eq!(sorted, original);
    }
}
