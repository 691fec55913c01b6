//! Scores the grammar on a corpus file: counts, and the misses.

#![expect(clippy::print_stdout, reason = "a tool for people at a terminal")]

use std::{fs::File, io::Read as _, path::PathBuf};

use clap::Parser;
use flate2::read::GzDecoder;
use temporal::{
    Language,
    corpus::{Format, score},
};

#[derive(Parser)]
struct Arguments {
    /// The corpus, one JSON object a line, gzip'd or not.
    #[arg(long)]
    data: PathBuf,
    /// `duckling` or `recognizers`.
    #[arg(long)]
    format: String,
    /// `en`, `es` or `pt`.
    #[arg(long)]
    lang: String,
    /// How many misses to show.
    #[arg(long, default_value_t = 0)]
    misses: usize,
    /// Only items whose section begins so.
    #[arg(long, default_value = "")]
    section: String,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut text = String::new();
    let file = File::open(&arguments.data)?;
    if arguments.data.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(file).read_to_string(&mut text)?;
    } else {
        std::io::BufReader::new(file).read_to_string(&mut text)?;
    }
    let format: Format = arguments.format.parse()?;
    let language = match arguments.lang.as_str() {
        "en" => Language::En,
        "es" => Language::Es,
        "pt" => Language::Pt,
        other => anyhow::bail!("unknown language `{other}`"),
    };
    let country = arguments.data.to_string_lossy().split("time_en_").nth(1).and_then(|rest| {
        let code: Vec<u8> = rest.bytes().take(2).map(|byte| byte.to_ascii_uppercase()).collect();
        <[u8; 2]>::try_from(code).ok()
    });
    let scores = score(text.lines(), format, language, country)?;
    let mut shown = 0;
    for item in scores.items.iter().filter(|item| item.section.starts_with(&arguments.section)) {
        if !item.exact && item.counted && shown < arguments.misses {
            shown += 1;
            println!(
                "{}\t{}\n    want {}\n    got  {}",
                item.section, item.text, item.wanted, item.got
            );
        }
    }
    for (section, (right, all)) in scores.sections() {
        println!(
            "{section:34} {right:5} / {all:5}  {:.1} %",
            100.0 * right as f64 / all.max(1) as f64
        );
    }
    println!(
        "exact {:.4} (n {}), supported {:.4} (n {}), span_f1 {:.4}, negatives refused {:.4} (n {})",
        scores.exact,
        scores.counted,
        scores.exact_all,
        scores.all,
        scores.span_f1,
        scores.negatives_refused,
        scores.negatives
    );
    Ok(())
}
