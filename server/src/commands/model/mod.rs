//! `booka model pull`, and finding the weights that it fetched. Every file is pinned by its hash;
//! an interrupted download leaves nothing that looks like a model.

mod fetch;

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use clap::Subcommand;

use crate::{config::Settings, terminal};

/// The encoder that Booka understands with unless told otherwise.
const NAME: &str = "all-MiniLM-L6-v2";

/// The local model.
#[derive(Debug, Subcommand)]
pub(crate) enum Model {
    /// Fetch the sentence encoder (87 MB), once, and print where it is.
    Pull {
        /// Put it here instead of into the cache.
        #[arg(long)]
        dir: Option<PathBuf>,
    },
}

impl Model {
    /// Runs the command.
    ///
    /// # Errors
    ///
    /// When the model could not be fetched from anywhere.
    pub(crate) async fn run(self, settings: &Settings) -> anyhow::Result<()> {
        let Self::Pull { dir } = self;
        if let (None, Some(own)) = (&dir, &settings.model_dir) {
            terminal::line(given(own)?.display());
            return Ok(());
        }
        let dir = dir.unwrap_or_else(|| cached(&settings.cache_dir));
        pull(&dir).await?;
        terminal::line(dir.display());
        Ok(())
    }
}

/// The directory with the weights: `model_dir` if there is one, else what is cached, fetched now
/// if need be. `None` when it cannot be fetched, which the person has been told then.
///
/// # Errors
///
/// When `model_dir` holds no model: somebody asked for that one.
pub(crate) async fn ensure_model(
    model_dir: Option<&Path>,
    cache_dir: &Path,
) -> anyhow::Result<Option<PathBuf>> {
    if let Some(dir) = model_dir {
        return Ok(Some(given(dir)?.to_owned()));
    }
    let dir = cached(cache_dir);
    match pull(&dir).await {
        Ok(()) => Ok(Some(dir)),
        Err(error) => {
            terminal::note(format_args!("no model: {error:#}"));
            Ok(None)
        }
    }
}

/// A directory that somebody named. Any BERT will do, so only what loading needs is asked for.
fn given(dir: &Path) -> anyhow::Result<&Path> {
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        ensure!(dir.join(name).is_file(), "BOOKA_MODEL_DIR: {} has no {name}", dir.display());
    }
    Ok(dir)
}

fn cached(cache_dir: &Path) -> PathBuf {
    cache_dir.join("models").join(NAME)
}

/// Makes sure that the model is in `dir`.
async fn pull(dir: &Path) -> anyhow::Result<()> {
    if missing_file(dir).is_none() {
        return Ok(());
    }
    let parent = dir.parent().context("no place to put the model")?;
    let prepare = || format!("cannot write to {}", parent.display());
    fs::create_dir_all(parent).with_context(prepare)?;
    let name = dir.file_name().context("no name for the model's directory")?.to_string_lossy();
    let _turn = wait_for_turn(&parent.join(format!(".{name}.lock"))).await.with_context(prepare)?;
    if missing_file(dir).is_none() {
        return Ok(()); // somebody else fetched it meanwhile
    }
    let draft = Draft(parent.join(format!(".{name}.partial")));
    draft.clear().with_context(prepare)?;
    fs::create_dir_all(&draft.0).with_context(prepare)?;
    fetch::into(&draft.0).await?;
    if dir.exists() {
        // Only what an older version left behind; never somebody's other files.
        fs::remove_dir(dir).with_context(|| format!("{} is not a model", dir.display()))?;
    }
    fs::rename(&draft.0, dir).with_context(prepare)?;
    Ok(())
}

fn missing_file(dir: &Path) -> Option<&'static str> {
    fetch::FILES.iter().map(|file| file.path).find(|path| !dir.join(path).is_file())
}

/// One download at a time; the others wait and then find it done.
async fn wait_for_turn(path: &Path) -> anyhow::Result<File> {
    let file = File::create(path)?;
    tokio::task::spawn_blocking(move || file.lock().map(|()| file)).await?.map_err(Into::into)
}

/// Where a download grows. Gone when dropped, and cleared before the next one.
struct Draft(PathBuf);

impl Draft {
    fn clear(&self) -> std::io::Result<()> {
        if self.0.exists() { fs::remove_dir_all(&self.0) } else { Ok(()) }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Err(error) = self.clear() {
            tracing::debug!(%error, "could not clear {}", self.0.display());
        }
    }
}
