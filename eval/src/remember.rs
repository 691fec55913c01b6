//! An encoder that encodes each text once: folds and few-shot variants of a set ask for the same
//! texts again and again. Keeps count of the time that encoding took, so that it can be told from
//! training.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use models::{Embedding, EncodeError, Encoder};

/// The most texts kept, of a hundred megabytes or so.
const MOST: usize = 60_000;

/// Remembers what `inner` said.
pub(crate) struct Remembering {
    inner: Arc<dyn Encoder>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    embeddings: HashMap<String, Embedding>,
    spent: Duration,
}

impl Remembering {
    /// Knows nothing yet.
    pub(crate) fn new(inner: Arc<dyn Encoder>) -> Self {
        Self { inner, known: Mutex::default() }
    }

    /// How long encoding has taken so far, in seconds.
    pub(crate) fn seconds(&self) -> f64 {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).spent.as_secs_f64()
    }
}

impl Encoder for Remembering {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.embeddings.len() + texts.len() > MOST {
            known.embeddings.clear();
        }
        let mut new: Vec<&str> =
            texts.iter().filter(|text| !known.embeddings.contains_key(**text)).copied().collect();
        new.sort_unstable_by_key(|text| (text.len(), *text));
        new.dedup();
        let started = Instant::now();
        let embeddings = if new.is_empty() { Vec::new() } else { self.inner.encode(&new)? };
        known.spent += started.elapsed();
        let new = new.into_iter().map(str::to_owned).zip(embeddings);
        known.embeddings.extend(new);
        let missing = || EncodeError::Failed("the encoder left a text out".to_owned());
        let find = |text: &&str| known.embeddings.get(*text).cloned().ok_or_else(missing);
        texts.iter().map(find).collect()
    }

    fn dimension(&self) -> usize {
        self.inner.dimension()
    }

    fn fingerprint(&self) -> &str {
        self.inner.fingerprint()
    }

    fn is_learned(&self) -> bool {
        self.inner.is_learned()
    }
}

#[cfg(test)]
mod tests {
    use models::HashEncoder;

    use super::*;

    #[test]
    fn says_what_the_encoder_says() {
        let remembering = Remembering::new(Arc::new(HashEncoder));
        let texts = ["a cut", "book", "a cut"];
        for _ in 0..2 {
            let said = remembering.encode(&texts).expect("hashes");
            assert_eq!(said, HashEncoder.encode(&texts).expect("hashes"));
        }
        assert_eq!(remembering.known.lock().expect("held by nobody").embeddings.len(), 2);
    }
}
