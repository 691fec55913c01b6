//! Embeddings that outlive a training. Encoding is most of its time; a training that was broken
//! off, or is repeated after a few examples were added, encodes only what is new.

use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use models::{Embedding, EncodeError, Encoder};
use sha2::{Digest as _, Sha256};

/// The first half of a text's SHA-256 stands for the text, so that messages do not linger on disk.
type Key = [u8; 16];

/// An encoder that writes down what it said and does not say it again. One file an encoder
/// fingerprint; a record that was cut off by a crash is dropped when the file is next opened. Not
/// for two processes at a time.
pub struct KeptEncoder {
    encoder: Arc<dyn Encoder>,
    kept: Mutex<Kept>,
}

struct Kept {
    embeddings: HashMap<Key, Embedding>,
    file: File,
}

impl KeptEncoder {
    /// Opens, or begins, what is kept in `dir` of this encoder.
    ///
    /// # Errors
    ///
    /// When the directory or the file cannot be written.
    pub fn open(dir: &Path, encoder: Arc<dyn Encoder>) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        let name = hex::encode(Sha256::digest(encoder.fingerprint()));
        let path = dir.join(format!("{}.vectors", &name[..16]));
        let bytes = if path.exists() { fs::read(&path)? } else { Vec::new() };
        let record = size_of::<Key>() + encoder.dimension() * size_of::<f32>();
        let mut embeddings = HashMap::new();
        for record in bytes.chunks_exact(record) {
            let Some((key, floats)) = record.split_first_chunk() else { continue };
            let (floats, _) = floats.as_chunks();
            let values = floats.iter().map(|float| f32::from_le_bytes(*float)).collect();
            embeddings.insert(*key, Embedding::normalized(values));
        }
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        file.set_len((bytes.len() - bytes.len() % record) as u64)?;
        Ok(Self { encoder, kept: Mutex::new(Kept { embeddings, file }) })
    }

    /// How many embeddings are kept.
    #[must_use]
    pub fn n_kept(&self) -> usize {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).embeddings.len()
    }
}

impl Encoder for KeptEncoder {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new: Vec<&str> = texts.to_vec();
        new.retain(|text| !kept.embeddings.contains_key(&key(text)));
        new.sort_unstable();
        new.dedup();
        if !new.is_empty() {
            let mut bytes = Vec::new();
            for (text, embedding) in new.iter().zip(self.encoder.encode(&new)?) {
                bytes.extend_from_slice(&key(text));
                bytes.extend(embedding.values().iter().flat_map(|x| x.to_le_bytes()));
                kept.embeddings.insert(key(text), embedding);
            }
            // What cannot be kept is only slower the next time.
            if let Err(error) = kept.file.write_all(&bytes) {
                tracing::warn!(%error, "cannot keep embeddings");
            }
        }
        let find = |text: &&str| kept.embeddings.get(&key(text)).cloned();
        let found: Option<Vec<Embedding>> = texts.iter().map(find).collect();
        found.ok_or_else(|| EncodeError::Failed("the encoder left a text out".to_owned()))
    }

    fn dimension(&self) -> usize {
        self.encoder.dimension()
    }

    fn fingerprint(&self) -> &str {
        self.encoder.fingerprint()
    }

    fn is_learned(&self) -> bool {
        self.encoder.is_learned()
    }
}

fn key(text: &str) -> Key {
    let hash: [u8; 32] = Sha256::digest(text).into();
    std::array::from_fn(|i| hash[i])
}
