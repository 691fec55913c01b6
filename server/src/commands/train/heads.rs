//! `booka train heads`: the heads that turn vectors into intents.

use std::{
    fs::File,
    io::{BufReader, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use flate2::read::MultiGzDecoder;
use intents::classify::{
    ExampleSet, HeadConfig, IntentClassifier, KeptEncoder, LabelClassifier, LabelTraining,
    LabelledText, Training, read_labelled,
};
use models::{Encoder, HashEncoder};

use crate::terminal;

/// Arguments of `train heads`.
#[derive(Debug, Args)]
pub(crate) struct HeadsArgs {
    /// Labelled texts to learn from instead, one JSON object a line with `text` and `intent` (or
    /// `intents`); `.gz` too. May be repeated.
    #[arg(long, value_name = "FILE", requires = "out")]
    train: Vec<PathBuf>,
    /// Labelled texts to choose and calibrate on. Without any, parts of the others are held out.
    #[arg(long, value_name = "FILE", requires = "train")]
    dev: Vec<PathBuf>,
    /// Where the trained heads go.
    #[arg(long, value_name = "FILE", requires = "train")]
    out: Option<PathBuf>,
    /// Decides what is held out together.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

impl HeadsArgs {
    /// Trains with `encoder`, or with the floor's where there is none.
    pub(super) fn run(self, encoder: Option<Arc<dyn Encoder>>, cache: &Path) -> anyhow::Result<()> {
        let floor: Arc<dyn Encoder> = Arc::new(HashEncoder);
        let Some(out) = &self.out else {
            for encoder in encoder.into_iter().chain([floor]) {
                self.product(&keep(encoder, cache)?, cache)?;
            }
            return Ok(());
        };
        let encoder = keep(encoder.unwrap_or(floor), cache)?;
        let (train, dev) = (read(&self.train)?, read(&self.dev)?);
        ensure!(train.len() > 1, "{} has too few texts", names(&self.train));
        let training = LabelTraining {
            encoder: &encoder,
            train: &train,
            dev: &dev,
            config: self.config(&encoder),
        };
        let started = Instant::now();
        let classifier = with_bar(|progress| LabelClassifier::train(&training, progress))?;
        classifier.save(out).with_context(|| format!("cannot write {}", out.display()))?;
        ensure!(
            LabelClassifier::open(out).is_some_and(|read| read == classifier),
            "{} does not read back as it was written",
            out.display()
        );
        terminal::line(format_args!(
            "{}: {} labels from {} texts in {:.1} s, {} kB, {}",
            classifier.id(),
            classifier.labels().len(),
            train.len(),
            started.elapsed().as_secs_f64(),
            classifier.size_bytes().div_ceil(1000),
            out.display()
        ));
        Ok(())
    }

    /// Trains what `serve` would train at its first start, and leaves it where that looks.
    fn product(&self, encoder: &KeptEncoder, cache: &Path) -> anyhow::Result<()> {
        let examples = ExampleSet::embedded().context("the committed examples do not parse")?;
        let mut training = Training::new(encoder, &examples);
        training.config.seed = self.seed;
        let heads = cache.join("heads");
        let started = Instant::now();
        let classifier =
            with_bar(|progress| IntentClassifier::load_or_train(&heads, &training, progress))?;
        terminal::line(format_args!(
            "{}: {} examples in {:.1} s, {} kB, {}",
            classifier.id(),
            examples.train.len(),
            started.elapsed().as_secs_f64(),
            classifier.size_bytes().div_ceil(1000),
            heads.display()
        ));
        Ok(())
    }

    fn config(&self, encoder: &dyn Encoder) -> HeadConfig {
        let config =
            if encoder.is_learned() { HeadConfig::default() } else { HeadConfig::heuristic() };
        HeadConfig { seed: self.seed, ..config }
    }
}

fn keep(encoder: Arc<dyn Encoder>, cache: &Path) -> anyhow::Result<KeptEncoder> {
    let dir = cache.join("embeddings");
    let kept = KeptEncoder::open(&dir, encoder);
    let kept = kept.with_context(|| format!("cannot keep embeddings in {}", dir.display()))?;
    terminal::note(format_args!("{} embeddings kept from before", kept.n_kept()));
    Ok(kept)
}

fn with_bar<T, E>(train: impl FnOnce(&mut dyn FnMut(f32)) -> Result<T, E>) -> Result<T, E> {
    let bar = terminal::bar(1000, "training");
    let trained = train(&mut |done| bar.set_position((done * 1000.0) as u64));
    bar.finish_and_clear();
    trained
}

/// The labelled texts of all files.
pub(super) fn read(files: &[PathBuf]) -> anyhow::Result<Vec<LabelledText>> {
    let mut all = Vec::new();
    for path in files {
        let cannot = || format!("cannot read {}", path.display());
        let mut file = BufReader::new(File::open(path).with_context(cannot)?);
        let mut content = String::new();
        if path.extension().is_some_and(|ending| ending == "gz") {
            MultiGzDecoder::new(file).read_to_string(&mut content).with_context(cannot)?;
        } else {
            file.read_to_string(&mut content).with_context(cannot)?;
        }
        let rows = read_labelled(&path.display().to_string(), &content)?;
        if rows.is_empty() {
            bail!("{} has no labelled texts", path.display());
        }
        all.extend(rows);
    }
    Ok(all)
}

fn names(files: &[PathBuf]) -> String {
    files.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
