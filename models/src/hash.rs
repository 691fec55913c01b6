//! The heuristic floor: an encoder that needs no weights.

use crate::{Embedding, EncodeError, Encoder, ngrams::Ngrams};

const DIMENSION: usize = 512;
/// How much a shared word counts beside a shared run of characters.
const WORD_WEIGHT: f32 = 2.0;

/// Hashes word and character n-grams into a vector of 512 signed buckets. Deterministic on every
/// machine; similar spelling gives similar vectors, similar meaning does not.
#[derive(Debug, Clone, Copy, Default)]
pub struct HashEncoder;

impl HashEncoder {
    fn embed(text: &str) -> Embedding {
        let ngrams = Ngrams::of(text);
        let mut values = vec![0.0_f32; DIMENSION];
        for (hashes, weight) in [(&ngrams.words, WORD_WEIGHT), (&ngrams.chars, 1.0)] {
            for hash in hashes {
                let sign = if hash >> 63 == 0 { weight } else { -weight };
                let bucket = hash % DIMENSION as u64;
                values[usize::try_from(bucket).unwrap_or(0)] += sign;
            }
        }
        Embedding::normalized(values)
    }
}

impl Encoder for HashEncoder {
    fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
        Ok(texts.iter().map(|text| Self::embed(text)).collect())
    }

    fn dimension(&self) -> usize {
        DIMENSION
    }

    fn fingerprint(&self) -> &str {
        "hash-v1"
    }

    fn is_learned(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_similarity() {
        let of = HashEncoder::embed;
        let near = of("quiero una cita").cosine(&of("quiero una citta"));
        let far = of("quiero una cita").cosine(&of("where do you park"));
        assert!(near > 0.6 && far < 0.2, "near {near}, far {far}");
        assert!((of("cita").cosine(&of("cita")) - 1.0).abs() < 1e-5);
        assert!(of("").values().iter().all(|x| *x == 0.0));
    }
}
