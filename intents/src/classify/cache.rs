//! A trained classifier on disk, so that only the first start trains.
//!
//! The file's name is a hash of all that went into the training; its content starts with a
//! checksum. Whatever is wrong with a file, the answer is to train again.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
};

use sha2::{Digest as _, Sha256};

use super::labels::{LabelClassifier, LabelTraining};
use crate::normalize;

/// Changes whenever the code that trains, or the n-grams in `models`, would give other weights.
const CODE_VERSION: u32 = 3;
const MAGIC: &[u8; 8] = b"bkahead2";
const CHECKSUM_LENGTH: usize = 32;

/// Where the classifier of this training is kept.
pub(super) fn path(dir: &Path, training: &LabelTraining<'_>) -> PathBuf {
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    field(&CODE_VERSION.to_le_bytes());
    field(training.encoder.fingerprint().as_bytes());
    // Numbers and flags always serialise.
    field(&serde_json::to_vec(&training.config).unwrap_or_default());
    for part in [training.train, training.dev] {
        field(&(part.len() as u64).to_le_bytes());
        for row in part {
            // Normalisation changes what the examples say: their normalised form is the key.
            field(normalize(&row.text).0.as_bytes());
            field(&(row.labels.len() as u64).to_le_bytes());
            row.labels.iter().for_each(|label| field(label.as_bytes()));
        }
    }
    dir.join(format!("labels-{}.head", &hex::encode(hash.finalize())[..16]))
}

/// Reads a classifier back; `None` when there is no usable one.
pub(super) fn read(path: &Path) -> Option<LabelClassifier> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            tracing::warn!(error = %error, "cannot read the cached head {}", path.display());
            return None;
        }
    };
    let classifier = decode(&bytes);
    if classifier.is_none() {
        tracing::warn!("the cached head {} is damaged; training again", path.display());
    }
    classifier
}

/// Writes a classifier so that a reader sees all of it or nothing.
pub(super) fn write(path: &Path, classifier: &LabelClassifier) -> io::Result<()> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    let temporary = path.with_extension(format!("{}.tmp", process::id()));
    let payload = encode(classifier);
    let mut bytes = Vec::with_capacity(payload.len() + MAGIC.len() + CHECKSUM_LENGTH);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&Sha256::digest(&payload));
    bytes.extend_from_slice(&payload);
    fs::write(&temporary, &bytes)?;
    fs::rename(&temporary, path).inspect_err(|_| {
        let _ = fs::remove_file(&temporary); // the first failure is the one to report
    })
}

/// Names a classifier by what it contains.
pub(super) fn id(classifier: &LabelClassifier) -> String {
    id_of(&classifier.encoder, &Sha256::digest(encode(classifier)))
}

fn id_of(encoder: &str, checksum: &[u8]) -> String {
    let encoder: String = encoder.chars().take(8).collect();
    format!("{encoder}/{}", &hex::encode(checksum)[..8])
}

pub(super) fn encode(classifier: &LabelClassifier) -> Vec<u8> {
    // A classifier is numbers and names, which always serialise.
    postcard::to_allocvec(classifier).unwrap_or_default()
}

fn decode(bytes: &[u8]) -> Option<LabelClassifier> {
    let (checksum, payload) = bytes.strip_prefix(MAGIC)?.split_at_checked(CHECKSUM_LENGTH)?;
    if Sha256::digest(payload).as_slice() != checksum {
        return None;
    }
    let mut classifier: LabelClassifier = postcard::from_bytes(payload).ok()?;
    classifier.id = id_of(&classifier.encoder, checksum);
    Some(classifier)
}
