//! Files in and out.

use std::{
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use flate2::read::MultiGzDecoder;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

use crate::Report;

const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A file of JSON lines, unpacked.
#[derive(Debug)]
pub(crate) struct DataFile {
    /// Where it was.
    pub(crate) path: PathBuf,
    /// Of the file as it lies there.
    pub(crate) sha256: String,
    text: String,
}

impl DataFile {
    /// Reads a file, gzip'd or not; `None` when there is none.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Option<Self>> {
        let Some(bytes) = read(path)? else {
            return Ok(None);
        };
        let mut text = String::new();
        if bytes.starts_with(&GZIP) {
            MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text)
        } else {
            (&bytes[..]).read_to_string(&mut text)
        }
        .with_context(|| format!("{} is not UTF-8 text, gzip'd or plain", path.display()))?;
        Ok(Some(Self { path: path.to_owned(), sha256: sha256(&bytes), text }))
    }

    /// Its lines, each as a `T`.
    pub(crate) fn lines<T: DeserializeOwned>(&self) -> impl Iterator<Item = anyhow::Result<T>> {
        let lines = self.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines.map(|(i, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("line {} of {}", i + 1, self.path.display()))
        })
    }
}

/// An earlier report; `None` when there is none.
pub(crate) fn read_report(path: &Path) -> anyhow::Result<Option<Report>> {
    let Some(bytes) = read(path)? else {
        return Ok(None);
    };
    let report = serde_json::from_slice(&bytes)
        .with_context(|| format!("{} is not a report of `booka eval`", path.display()))?;
    Ok(Some(report))
}

/// Writes `value`, readable and with a last newline.
pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> anyhow::Result<()> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// In hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
