//! What went wrong and where, for people: classes, confusions, misses, and what the plots show.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answers::{Answer, Judged, View};
use crate::measure;

/// How many confusions are listed.
const CONFUSIONS: usize = 15;
/// How many misses are kept, the surest first.
const MISSES: usize = 300;
/// Labels in the heat map.
const HEAT: usize = 16;
const BINS: usize = 15;
/// Points of a curve.
const POINTS: usize = 120;

/// Everything but the figures.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Tables {
    /// The most frequent pairs of right and given label.
    pub(crate) confusions: Vec<Confusion>,
    /// Every label that occurs.
    pub(crate) classes: Vec<Class>,
    /// Wrong answers, the surest first.
    pub(crate) misses: Vec<Miss>,
    /// What the page draws.
    pub(crate) plots: Plots,
}

/// One label taken for another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Confusion {
    is: String,
    taken_for: String,
    times: usize,
    such_as: String,
}

/// One label.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Class {
    pub(crate) intent: String,
    pub(crate) n: usize,
    pub(crate) recall: f64,
    pub(crate) precision: f64,
    pub(crate) f1: f64,
}

/// One wrong answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Miss {
    pub(crate) text: String,
    pub(crate) is: String,
    pub(crate) taken_for: String,
    pub(crate) confidence: f64,
}

/// Points to draw.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Plots {
    /// Confidence against accuracy.
    pub(crate) reliability: Vec<Bin>,
    /// Share answered, share of those that are wrong.
    pub(crate) risk_coverage: Vec<(f64, f64)>,
    /// Labels that are confused most, and how often each was taken for each: row is, column given.
    pub(crate) heat_labels: Vec<String>,
    /// Counts, row by row.
    pub(crate) heat: Vec<Vec<usize>>,
    /// Shares of in-scope and out-of-scope messages by out-of-scope score, in equal bins.
    pub(crate) oos: Vec<(f64, f64)>,
}

/// Answers of about the same confidence.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Bin {
    pub(crate) n: usize,
    pub(crate) confidence: f64,
    pub(crate) accuracy: f64,
}

impl Tables {
    /// Collects from all answers.
    pub(crate) fn of(answers: &[&Answer], labels: &[String], view: View) -> Self {
        let name = |label: usize| match labels.get(label) {
            Some(name) => name.clone(),
            None if view == View::Sets => "(none)".to_owned(),
            None => "out_of_scope".to_owned(),
        };
        let judged: Vec<(&Answer, Judged)> =
            answers.iter().filter_map(|a| Some((*a, a.judge(view)?))).collect();
        let sure = answers.iter().flat_map(|a| a.sure(view)).collect();
        let plots = plots(answers, &judged, measure::by_confidence(sure), &name);
        let mut tables = Self { plots, ..Self::default() };
        tables.confusions = confusions(&judged, &name);
        tables.classes = if view == View::Sets {
            let labelled = answers.iter().map(|a| (&*a.case.gold, &*a.present));
            classes(labelled, &name)
        } else {
            let pairs: Vec<([usize; 1], [usize; 1])> =
                judged.iter().map(|(_, j)| ([j.gold], [j.guess])).collect();
            classes(pairs.iter().map(|(gold, guess)| (&gold[..], &guess[..])), &name)
        };
        tables.misses = misses(answers, view, &name);
        tables
    }
}

fn confusions(judged: &[(&Answer, Judged)], name: &dyn Fn(usize) -> String) -> Vec<Confusion> {
    let mut pairs: BTreeMap<(usize, usize), (usize, &str)> = BTreeMap::new();
    for (answer, judged) in judged.iter().filter(|(_, j)| !j.is_right) {
        let such_as = answer.case.row.text.as_str();
        pairs.entry((judged.gold, judged.guess)).or_insert((0, such_as)).0 += 1;
    }
    let mut confusions: Vec<Confusion> = pairs
        .into_iter()
        .map(|((is, taken_for), (times, such_as))| Confusion {
            is: name(is),
            taken_for: name(taken_for),
            times,
            such_as: such_as.to_owned(),
        })
        .collect();
    confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.times));
    confusions.truncate(CONFUSIONS);
    confusions
}

fn classes<'a>(
    labelled: impl Iterator<Item = (&'a [usize], &'a [usize])>,
    name: &dyn Fn(usize) -> String,
) -> Vec<Class> {
    let mut counts: BTreeMap<usize, [usize; 3]> = BTreeMap::new();
    for (gold, given) in labelled {
        for label in gold {
            let count = counts.entry(*label).or_default();
            count[0] += 1;
            count[2] += usize::from(given.contains(label));
        }
        given.iter().for_each(|label| counts.entry(*label).or_default()[1] += 1);
    }
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { round(part, whole) };
    let class = |(label, [n, given, hits]): (usize, [usize; 3])| Class {
        intent: name(label),
        n,
        recall: share(hits, n),
        precision: share(hits, given),
        f1: share(2 * hits, n + given),
    };
    counts.into_iter().filter(|(_, [n, ..])| *n > 0).map(class).collect()
}

fn misses(answers: &[&Answer], view: View, name: &dyn Fn(usize) -> String) -> Vec<Miss> {
    let names = |labels: &[usize]| {
        let names: Vec<String> = labels.iter().map(|label| name(*label)).collect();
        if names.is_empty() { "(none)".to_owned() } else { names.join(" + ") }
    };
    let miss = |answer: &&Answer| {
        let (is, taken_for, confidence) = if view == View::Sets {
            if answer.case.gold == answer.present {
                return None;
            }
            (
                names(&answer.case.gold),
                names(&answer.present),
                answer.said.first().map_or(0.0, |(_, p)| *p),
            )
        } else {
            let judged = answer.judge(view).filter(|judged| !judged.is_right)?;
            (name(judged.gold), name(judged.guess), judged.confidence)
        };
        let confidence = (f64::from(confidence) * 1000.0).round() / 1000.0;
        Some(Miss { text: answer.case.row.text.clone(), is, taken_for, confidence })
    };
    let mut misses: Vec<Miss> = answers.iter().filter_map(miss).collect();
    misses.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    misses.truncate(MISSES);
    misses
}

fn plots(
    answers: &[&Answer],
    judged: &[(&Answer, Judged)],
    sorted: Vec<(f32, bool)>,
    name: &dyn Fn(usize) -> String,
) -> Plots {
    let mut bins = vec![(0_usize, 0.0_f64, 0_usize); BINS];
    for (confidence, is_right) in &sorted {
        let bin = ((confidence * BINS as f32) as usize).min(BINS - 1);
        bins[bin].0 += 1;
        bins[bin].1 += f64::from(*confidence);
        bins[bin].2 += usize::from(*is_right);
    }
    let reliability = bins.into_iter().filter(|(n, ..)| *n > 0).map(|(n, confidence, right)| Bin {
        n,
        confidence: confidence / n as f64,
        accuracy: right as f64 / n as f64,
    });
    let curve = measure::risk_coverage(&sorted);
    let step = curve.len().div_ceil(POINTS).max(1);
    // From the end, so that the point where everything is answered is drawn.
    let mut risk_coverage: Vec<(f64, f64)> = curve.into_iter().rev().step_by(step).collect();
    risk_coverage.reverse();

    let mut trouble: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, judged) in judged.iter().filter(|(_, j)| !j.is_right) {
        *trouble.entry(judged.gold).or_default() += 1;
        *trouble.entry(judged.guess).or_default() += 1;
    }
    let mut worst: Vec<(usize, usize)> = trouble.into_iter().collect();
    worst.sort_by_key(|(label, n)| (std::cmp::Reverse(*n), *label));
    let mut worst: Vec<usize> = worst.into_iter().take(HEAT).map(|(label, _)| label).collect();
    worst.sort_unstable();
    let count = |is: usize, given: usize| {
        judged.iter().filter(|(_, j)| (j.gold, j.guess) == (is, given)).count()
    };
    Plots {
        reliability: reliability.collect(),
        risk_coverage,
        heat: worst.iter().map(|is| worst.iter().map(|to| count(*is, *to)).collect()).collect(),
        heat_labels: worst.into_iter().map(name).collect(),
        oos: out_of_scope(answers),
    }
}

fn out_of_scope(answers: &[&Answer]) -> Vec<(f64, f64)> {
    let mut bins = vec![[0_usize; 2]; BINS];
    for answer in answers {
        let bin = ((answer.out_of_scope * BINS as f32) as usize).min(BINS - 1);
        bins[bin][usize::from(answer.case.row.outside)] += 1;
    }
    let total = |kind: usize| bins.iter().map(|bin| bin[kind]).sum::<usize>();
    let (inside, outside) = (total(0), total(1));
    if inside == 0 || outside == 0 {
        return Vec::new();
    }
    bins.iter().map(|bin| (round(bin[0], inside), round(bin[1], outside))).collect()
}

fn round(part: usize, whole: usize) -> f64 {
    (part as f64 / whole as f64 * 1000.0).round() / 1000.0
}
