//! `booka train adapter`: teaches the encoder to tell apart what people want, and keeps what it
//! learned as a small file.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use intents::{classify::ExampleSet, gloss::gloss, normalize};
use models_candle::train::{self, AdapterConfig, AdapterExample, AdapterTraining};

use super::heads::read;
use crate::terminal;

/// Arguments of `train adapter`.
#[derive(Debug, Args)]
pub(crate) struct AdapterArgs {
    /// A labelled set to learn beside the committed examples, as `name=file`; may be given often.
    #[arg(long = "train", value_name = "NAME=FILE")]
    sets: Vec<Part>,
    /// A part of a set to look at after each epoch, as `name=file`.
    #[arg(long = "dev", value_name = "NAME=FILE")]
    dev: Vec<Part>,
    /// At most this many messages of each set, the first of the file.
    #[arg(long)]
    limit: Option<usize>,
    /// Times each message is seen.
    #[arg(long, default_value_t = AdapterConfig::default().epochs)]
    epochs: usize,
    /// Starts the random numbers.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Where the adapter goes. Beside it, `….state` keeps what an interrupted training needs to go
    /// on.
    #[arg(long)]
    out: PathBuf,
}

/// A named file.
#[derive(Debug, Clone)]
struct Part {
    name: String,
    path: PathBuf,
}

impl std::str::FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = text
            .split_once('=')
            .filter(|(name, path)| !name.is_empty() && !path.is_empty())
            .ok_or("write it as name=file")?;
        Ok(Self { name: name.to_owned(), path: path.into() })
    }
}

impl AdapterArgs {
    /// Trains with the encoder in `dir`.
    pub(crate) fn run(&self, dir: Option<PathBuf>) -> anyhow::Result<()> {
        let dir = dir.context("there are no weights on this machine to adapt")?;
        let own = ExampleSet::embedded()?;
        let example = |example: &intents::classify::Example| AdapterExample {
            set: "own".to_owned(),
            label: example.intent.name().to_owned(),
            text: as_encoded(&example.text),
        };
        let mut training: Vec<AdapterExample> = own.train.iter().map(example).collect();
        let mut dev: Vec<AdapterExample> = own.dev.iter().map(example).collect();
        for (parts, rows) in [(&self.sets, &mut training), (&self.dev, &mut dev)] {
            for part in parts {
                rows.extend(self.read(part)?);
            }
        }
        let names: Vec<&str> = self.sets.iter().map(|part| part.name.as_str()).collect();
        let config =
            AdapterConfig { epochs: self.epochs, seed: self.seed, ..AdapterConfig::default() };
        let training = AdapterTraining {
            dir: &dir,
            trained_on: format!(
                "{} messages: the examples of this repository, {}",
                training.len(),
                names.join(", ")
            ),
            train: &training,
            dev: &dev,
            checkpoint: Some(self.out.with_extension("state")),
            config,
        };
        let bar = terminal::bar(0, "adapting the encoder");
        let adapter = train::train(&training, &mut |now| {
            bar.set_length(now.steps as u64);
            bar.set_position(now.step as u64);
            if let Some(dev) = &now.dev {
                let shares = dev.iter().map(|(set, share)| format!("{set} {share:.3}"));
                let shares: Vec<String> = shares.collect();
                bar.suspend(|| {
                    terminal::note(format_args!(
                        "step {}: loss {:.3}, right on dev: {}",
                        now.step,
                        now.loss,
                        shares.join(", ")
                    ));
                });
            }
        })?;
        bar.finish_and_clear();
        let bytes = adapter.to_bytes()?;
        fs::write(&self.out, &bytes)
            .with_context(|| format!("cannot write {}", self.out.display()))?;
        terminal::note(format_args!(
            "{}: adapter {}, {} kB. Try it with BOOKA_ADAPTER.",
            self.out.display(),
            adapter.fingerprint(),
            bytes.len() / 1000
        ));
        Ok(())
    }

    fn read(&self, part: &Part) -> anyhow::Result<Vec<AdapterExample>> {
        let rows = read(std::slice::from_ref(&part.path))?;
        // A message with no label, or several, teaches a single softmax nothing.
        let single = rows.into_iter().filter_map(|row| match row.labels.as_slice() {
            [label] => Some(AdapterExample {
                set: part.name.clone(),
                label: label.clone(),
                text: as_encoded(&row.text),
            }),
            _ => None,
        });
        Ok(single.take(self.limit.unwrap_or(usize::MAX)).collect())
    }
}

/// What the encoder is given of a message when it is in use.
fn as_encoded(text: &str) -> String {
    gloss(&normalize(text).0).into_owned()
}
