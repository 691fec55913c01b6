//! The date and time grammar on the test cases of the two reference engines.

use std::collections::BTreeMap;

use clap::ValueEnum;
use serde::Serialize;
use serde_json::json;
use temporal::{
    Language,
    corpus::{self, CorpusError, Format, Item, Scores},
};

use crate::{
    Data, DatetimeArgs, Metric, Report, Run,
    bootstrap::Bootstrap,
    data::{BadData, DataFile, MissingData},
};

/// Whose cases the lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CorpusFormat {
    /// Facebook's Duckling.
    Duckling,
    /// Microsoft's Recognizers-Text.
    Recognizers,
}

/// One case that did not come out as wanted.
#[derive(Debug, Serialize)]
struct Miss<'a> {
    text: &'a str,
    section: &'a str,
    wanted: &'a str,
    got: &'a str,
}

/// One section of a corpus.
#[derive(Debug, Serialize)]
struct Section<'a> {
    section: &'a str,
    right: usize,
    of: usize,
    share: f64,
}

/// Scores every case of a file.
pub(crate) fn run(args: &DatetimeArgs) -> anyhow::Result<Report> {
    let file = DataFile::read(&args.data)?.ok_or_else(|| MissingData::file(&args.data))?;
    let (language, country) = language(&args.lang).ok_or_else(|| {
        BadData::of("--lang", "is en, es or pt, or with a country, such as en-GB")
    })?;
    let format = match args.format {
        CorpusFormat::Duckling => Format::Duckling,
        CorpusFormat::Recognizers => Format::Recognizers,
    };
    let scores = corpus::score(file.text().lines(), format, language, country);
    let scores = scores.map_err(|error| match error {
        CorpusError::Line { line, source } => {
            BadData::json(&args.data, line, &source, "one case a line, as --format has them").into()
        }
        other => anyhow::Error::new(other),
    })?;
    if scores.items.is_empty() {
        let problem = "holds no date or time cases; see --format";
        return Err(BadData::whole(&args.data, problem).into());
    }
    let name = args.data.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Report {
        command: "datetime".to_owned(),
        data: Data {
            name,
            sha256: file.sha256.clone(),
            selection: format!("{:?}, {}", args.format, args.lang).to_lowercase(),
        },
        seed: args.out.seed,
        notes: Vec::new(),
        runs: vec![measured(&scores, Bootstrap::new(args.out.seed))],
    })
}

fn measured(scores: &Scores, bootstrap: Bootstrap) -> Run {
    let mut run = Run { engine: "grammar".to_owned(), ..Run::default() };
    run.metrics = metrics(&scores.items, bootstrap);
    run.counts.insert("cases".to_owned(), scores.items.len());
    run.counts.insert("counted".to_owned(), scores.counted);
    run.counts.insert("negatives".to_owned(), scores.negatives);
    let sections = scores.sections();
    let sections = sections.into_iter().map(|(section, (right, of))| Section {
        section,
        right,
        of,
        share: (right as f64 / of.max(1) as f64 * 1000.0).round() / 1000.0,
    });
    let misses = scores.misses().map(|item| Miss {
        text: &item.text,
        section: &item.section,
        wanted: &item.wanted,
        got: &item.got,
    });
    run.details = json!({
        "sections": sections.collect::<Vec<_>>(),
        "misses": misses.collect::<Vec<_>>(),
    });
    run
}

/// The figures of [`Scores`], with intervals. Those about nothing are left out.
fn metrics(items: &[Item], bootstrap: Bootstrap) -> BTreeMap<String, Metric> {
    let mut metrics = BTreeMap::new();
    let mut add = |name: &str, units: Vec<(usize, usize)>, n: usize| {
        if n > 0 {
            metrics.insert(name.to_owned(), bootstrap.ratio(&units, n));
        }
    };
    let right = |of: &dyn Fn(&Item) -> bool| -> Vec<(usize, usize)> {
        items.iter().filter(|item| of(item)).map(|item| (usize::from(item.exact), 1)).collect()
    };
    let exact = right(&|item| item.counted && !item.negative);
    add("exact", exact.clone(), exact.len());
    let all = right(&|item| !item.negative);
    add("exact_all", all.clone(), all.len());
    let refused = right(&|item| item.negative);
    add("negatives_refused", refused.clone(), refused.len());
    let counted = || items.iter().filter(|item| item.counted);
    let spans = counted().map(|item| (2 * item.spans_right, item.spans_wanted + item.spans_found));
    add("span_f1", spans.collect(), counted().map(|item| item.spans_wanted).sum());
    metrics
}

/// `en`, `es-MX`: the language, and the country where one is named.
fn language(tag: &str) -> Option<(Language, Option<[u8; 2]>)> {
    let tag = tag.to_lowercase().replace('_', "-");
    let (language, country) = match tag.split_once('-') {
        Some((language, country)) => (language, Some(country)),
        None => (tag.as_str(), None),
    };
    let language = match language {
        "en" => Language::En,
        "es" => Language::Es,
        "pt" => Language::Pt,
        _ => return None,
    };
    let country = match country {
        Some(country) => Some(country.to_uppercase().into_bytes().try_into().ok()?),
        None => None,
    };
    Some((language, country))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_with_and_without_a_country() {
        assert!(matches!(language("en"), Some((Language::En, None))));
        assert!(matches!(language("EN_gb"), Some((Language::En, Some([b'G', b'B'])))));
        assert!(language("de").is_none() && language("en-gbr").is_none());
    }
}
