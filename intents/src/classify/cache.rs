//! A trained classifier on disk, so that only the first start trains.
//!
//! The file's name is a hash of all that went into the training; its content starts with a
//! checksum. Whatever is wrong with a file, the answer is to train again.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    LabelClassifier, Training,
    anchors::Anchors,
    calibrate::Calibration,
    features::Vocabulary,
    head::{Head, HeadConfig},
};
use crate::normalize;

/// Changes whenever the code that trains, or the n-grams in `models`, would give other weights.
const CODE_VERSION: u32 = 2;
const MAGIC: &[u8; 8] = b"bkahead1";
const CHECKSUM_LENGTH: usize = 32;

/// All of a file that is not a long list of numbers.
#[derive(Serialize, Deserialize)]
struct Header {
    encoder: String,
    labels: Vec<String>,
    dimension: usize,
    n_ngrams: usize,
    n_anchors: usize,
    config: HeadConfig,
}

/// Where the classifier of this training is kept.
pub(super) fn path(dir: &Path, training: &Training<'_>) -> PathBuf {
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    field(&CODE_VERSION.to_le_bytes());
    field(training.encoder.fingerprint().as_bytes());
    field(training.examples.content_hash().as_bytes());
    // Normalisation changes what the examples say: their normalised form is part of the key.
    for example in &training.examples.train {
        field(normalize(&example.text).0.as_bytes());
    }
    let config = &training.config;
    for number in [config.embedding_weight, config.word_weight, config.char_weight, config.l2] {
        field(&number.to_le_bytes());
    }
    field(&config.tolerance.to_le_bytes());
    for count in [config.min_documents, config.max_iterations] {
        field(&(count as u64).to_le_bytes());
    }
    dir.join(format!("intents-{}.head", &hex::encode(hash.finalize())[..16]))
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
    let LabelClassifier { head, vocabulary, anchors, calibration, config, .. } = classifier;
    let header = Header {
        encoder: classifier.encoder.clone(),
        labels: classifier.labels.clone(),
        dimension: classifier.dimension,
        n_ngrams: vocabulary.hashes.len(),
        n_anchors: anchors.values.len() / classifier.dimension.max(1),
        config: config.clone(),
    };
    // A header of numbers and names always serialises.
    let header = serde_json::to_vec(&header).unwrap_or_default();
    let mut out = Vec::new();
    out.extend_from_slice(&(header.len() as u64).to_le_bytes());
    out.extend_from_slice(&header);
    out.extend(vocabulary.hashes.iter().flat_map(|hash| hash.to_le_bytes()));
    let floats = [
        &[calibration.temperature][..],
        &calibration.centre,
        &calibration.spread,
        &calibration.weights,
        &[vocabulary.unseen_idf],
        &vocabulary.idf,
        &anchors.values,
        &head.weights,
    ];
    for list in floats {
        out.extend(list.iter().flat_map(|float| float.to_le_bytes()));
    }
    out
}

fn decode(bytes: &[u8]) -> Option<LabelClassifier> {
    let (checksum, payload) = bytes.strip_prefix(MAGIC)?.split_at_checked(CHECKSUM_LENGTH)?;
    if Sha256::digest(payload).as_slice() != checksum {
        return None;
    }
    let mut reader = Reader(payload);
    let header_length = usize::try_from(u64::from_le_bytes(reader.take()?)).ok()?;
    let header: Header = serde_json::from_slice(reader.bytes(header_length)?).ok()?;
    let hashes = (0..header.n_ngrams)
        .map(|_| reader.take().map(u64::from_le_bytes))
        .collect::<Option<_>>()?;
    let calibration = Calibration {
        temperature: reader.float()?,
        centre: reader.floats_array()?,
        spread: reader.floats_array()?,
        weights: reader.floats_array()?,
    };
    let unseen_idf = reader.float()?;
    let vocabulary = Vocabulary { hashes, unseen_idf, idf: reader.floats(header.n_ngrams)? };
    let n_values = header.n_anchors.checked_mul(header.dimension)?;
    let anchors = Anchors { values: reader.floats(n_values)? };
    let n_classes = header.labels.len() + 1;
    let n_weights = vocabulary.width(header.dimension).checked_mul(n_classes)?;
    let head = Head { n_classes, weights: reader.floats(n_weights)? };
    reader.0.is_empty().then(|| LabelClassifier {
        id: id_of(&header.encoder, checksum),
        encoder: header.encoder,
        labels: header.labels,
        dimension: header.dimension,
        config: header.config,
        head,
        vocabulary,
        anchors,
        calibration,
    })
}

/// Takes numbers off the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    fn float(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes)
    }

    fn floats(&mut self, n: usize) -> Option<Vec<f32>> {
        let bytes = self.bytes(n.checked_mul(size_of::<f32>())?)?;
        let (floats, _) = bytes.as_chunks();
        Some(floats.iter().map(|float| f32::from_le_bytes(*float)).collect())
    }

    fn floats_array<const N: usize>(&mut self) -> Option<[f32; N]> {
        self.floats(N)?.try_into().ok()
    }
}
