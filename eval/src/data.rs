//! Files in and out, and what can be wrong with them.

use std::{
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use flate2::read::MultiGzDecoder;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

const GZIP: [u8; 2] = [0x1f, 0x8b];
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What a file holds cannot be used; the sentence names the place and what to do.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{place}: {problem}")]
pub(crate) struct BadData {
    place: String,
    problem: String,
}

impl BadData {
    /// One line of a file, counted from one.
    pub(crate) fn at(path: &Path, line: usize, problem: impl Into<String>) -> Self {
        Self { place: format!("{}:{line}", path.display()), problem: problem.into() }
    }

    /// One line that is not the JSON it should be, and what to look at.
    pub(crate) fn json(path: &Path, line: usize, error: &serde_json::Error, see: &str) -> Self {
        // The parser counts lines within the line.
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        let column = error.column();
        Self::at(
            path,
            line,
            format!("is not what is expected here ({said}, column {column}); {see}"),
        )
    }

    /// The file as a whole.
    pub(crate) fn whole(path: &Path, problem: impl Into<String>) -> Self {
        Self { place: path.display().to_string(), problem: problem.into() }
    }

    /// Something that several files add up to.
    pub(crate) fn of(place: &str, problem: impl Into<String>) -> Self {
        Self { place: place.to_owned(), problem: problem.into() }
    }
}

/// Something to measure on is not on this machine.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub(crate) struct MissingData(pub(crate) String);

impl MissingData {
    /// There is no such file.
    pub(crate) fn file(path: &Path) -> Self {
        Self(format!(
            "There is no file {}. Public sets are kept beside the repository, in ../shared/data; \
             docs/eval.md says in which form.",
            path.display()
        ))
    }
}

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
        let mut unpacked = Vec::new();
        let bytes_of = |unpacked| {
            if bytes.starts_with(&GZIP) {
                MultiGzDecoder::new(&bytes[..]).read_to_end(unpacked)
            } else {
                (&bytes[..]).read_to_end(unpacked)
            }
        };
        bytes_of(&mut unpacked)
            .map_err(|error| BadData::whole(path, format!("cannot be unpacked: {error}")))?;
        let text = String::from_utf8(unpacked).map_err(|error| {
            let bytes = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
            BadData::at(path, line, "is not UTF-8; convert the file to UTF-8")
        })?;
        let text = text.strip_prefix(BYTE_ORDER_MARK).map(str::to_owned).unwrap_or(text);
        Ok(Some(Self { path: path.to_owned(), sha256: sha256(&bytes), text }))
    }

    /// All of it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Its lines that are not empty, each as a `T`, with their numbers, counted from one.
    pub(crate) fn numbered<T: DeserializeOwned>(
        &self,
    ) -> impl Iterator<Item = Result<(usize, T), BadData>> {
        let lines = self.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines.map(|(i, line)| match serde_json::from_str(line) {
            Ok(value) => Ok((i + 1, value)),
            Err(error) => Err(BadData::json(&self.path, i + 1, &error, "one object a line")),
        })
    }

    /// The same without numbers.
    pub(crate) fn lines<T: DeserializeOwned>(&self) -> impl Iterator<Item = Result<T, BadData>> {
        self.numbered().map(|entry| entry.map(|(_, value)| value))
    }
}

/// An earlier report, or several in one file.
///
/// # Errors
///
/// [`MissingData`] where there is none, [`BadData`] where it is something else.
pub(crate) fn read_report<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let missing = || MissingData(format!("There is no baseline at {}.", path.display()));
    let bytes = read(path)?.ok_or_else(missing)?;
    let report = serde_json::from_slice(&bytes).map_err(|error| {
        BadData::whole(
            path,
            format!("is not a report of this command ({error}); make it anew with --json"),
        )
    })?;
    Ok(report)
}

/// Writes `value`, readable and with a last newline.
pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> anyhow::Result<()> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    write(path, &text)
}

/// Writes text; makes the folder where there is none.
pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    write_bytes(path, text.as_bytes())
}

/// Writes bytes; makes the folder where there is none.
pub(crate) fn write_bytes(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
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
