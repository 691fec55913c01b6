//! A low-rank correction of an encoder's matrices, small enough to live in the repository: what
//! training on messages changed, and nothing else. Merged into the weights at load, so that it
//! costs nothing per message.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use candle_core::{DType, Device, Tensor};
use safetensors::SafeTensors;
use sha2::{Digest as _, Sha256};

/// Where a layer is corrected. Query, key and value share their first factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    /// Query, key and value.
    Qkv,
    /// What attention puts back.
    Output,
    /// Into the wide layer.
    Up,
    /// Out of it.
    Down,
}

/// The adapter and how to recognise it.
#[derive(Clone)]
pub struct Adapter {
    /// `layers.{i}.{site}.{a|b}`: `a` is inputs × rank, `b` rank × outputs.
    tensors: BTreeMap<String, Tensor>,
    about: About,
    fingerprint: String,
}

/// What an adapter says about itself.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct About {
    /// Fingerprint of the weights it was trained on; it fits no others.
    pub base: String,
    /// What `a · b` is multiplied by.
    pub scale: f64,
    /// What it was trained on, for its model card.
    pub trained_on: String,
}

/// An adapter cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AdapterError {
    /// The bytes are no adapter.
    #[error("the adapter is damaged or of another kind; train it again with `booka train adapter`")]
    Malformed(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It was trained on other weights.
    #[error("the adapter was trained on the encoder {trained_on}, this one is {found}")]
    OtherBase {
        /// The encoder it belongs to.
        trained_on: String,
        /// The encoder at hand.
        found: String,
    },
    /// It does not fit the shapes of the weights.
    #[error("the adapter does not fit the weights")]
    Shape(#[from] candle_core::Error),
}

const ABOUT: &str = "about";

impl Site {
    pub(crate) const ALL: [Self; 4] = [Self::Qkv, Self::Output, Self::Up, Self::Down];

    /// The matrices of a BERT layer it stands for, in the order of their outputs.
    pub(crate) const fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Qkv => &["attention.self.query", "attention.self.key", "attention.self.value"],
            Self::Output => &["attention.output.dense"],
            Self::Up => &["intermediate.dense"],
            Self::Down => &["output.dense"],
        }
    }

    pub(crate) fn tensor(self, layer: usize, factor: &str) -> String {
        let site = match self {
            Self::Qkv => "qkv",
            Self::Output => "output",
            Self::Up => "up",
            Self::Down => "down",
        };
        format!("layers.{layer}.{site}.{factor}")
    }
}

impl Adapter {
    /// Takes trained factors; they are kept in f16, which loses nothing that int8 would keep.
    pub(crate) fn new(
        tensors: impl IntoIterator<Item = (String, Tensor)>,
        about: About,
    ) -> candle_core::Result<Self> {
        let tensors = tensors
            .into_iter()
            .map(|(name, tensor)| Ok((name, tensor.to_dtype(DType::F16)?)))
            .collect::<candle_core::Result<_>>()?;
        let mut adapter = Self { tensors, about, fingerprint: String::new() };
        adapter.fingerprint = fingerprint(&adapter.to_bytes()?);
        Ok(adapter)
    }

    /// Reads an adapter file.
    ///
    /// # Errors
    ///
    /// [`AdapterError::Malformed`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AdapterError> {
        let malformed = |source: Box<dyn std::error::Error + Send + Sync>| {
            AdapterError::Malformed(source)
        };
        let (_, metadata) =
            SafeTensors::read_metadata(bytes).map_err(|error| malformed(error.into()))?;
        let about = metadata
            .metadata()
            .as_ref()
            .and_then(|metadata| metadata.get(ABOUT))
            .ok_or_else(|| malformed("it does not say what it is about".into()))?;
        let about = serde_json::from_str(about).map_err(|error| malformed(error.into()))?;
        let tensors = candle_core::safetensors::load_buffer(bytes, &Device::Cpu)
            .map_err(|error| malformed(error.into()))?;
        Ok(Self {
            tensors: tensors.into_iter().collect(),
            about,
            fingerprint: fingerprint(bytes),
        })
    }

    /// As a safetensors file; the same adapter gives the same bytes.
    ///
    /// # Errors
    ///
    /// When a tensor cannot be read.
    pub fn to_bytes(&self) -> candle_core::Result<Vec<u8>> {
        let about = serde_json::to_string(&self.about).map_err(candle_core::Error::wrap)?;
        let metadata = HashMap::from([(ABOUT.to_owned(), about)]);
        Ok(safetensors::serialize(&self.tensors, Some(metadata))?)
    }

    /// Reads the adapter from a file.
    ///
    /// # Errors
    ///
    /// [`AdapterError::Malformed`], also when it cannot be read.
    pub fn read(path: &Path) -> Result<Self, AdapterError> {
        let bytes = std::fs::read(path).map_err(|error| AdapterError::Malformed(error.into()))?;
        Self::from_bytes(&bytes)
    }

    /// What it was trained on and for.
    #[must_use]
    pub const fn about(&self) -> &About {
        &self.about
    }

    /// The first 16 hexadecimal digits of the SHA-256 of its file.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Adds the corrections to the weights of the encoder whose fingerprint is `base`.
    ///
    /// # Errors
    ///
    /// [`AdapterError::OtherBase`] for another encoder, [`AdapterError::Shape`] when a matrix is
    /// missing or of another shape.
    pub(crate) fn merge(
        &self,
        weights: &mut HashMap<String, Tensor>,
        base: &str,
    ) -> Result<(), AdapterError> {
        if self.about.base != base {
            return Err(AdapterError::OtherBase {
                trained_on: self.about.base.clone(),
                found: base.to_owned(),
            });
        }
        for layer in 0.. {
            if !self.tensors.contains_key(&Site::Qkv.tensor(layer, "a")) {
                break;
            }
            for site in Site::ALL {
                let factor = |name| -> Result<Tensor, AdapterError> {
                    let name = site.tensor(layer, name);
                    let tensor = self.tensors.get(&name).ok_or_else(|| {
                        AdapterError::Malformed(format!("it lacks {name}").into())
                    })?;
                    Ok(tensor.to_dtype(DType::F32)?)
                };
                let delta = (factor("a")?.matmul(&factor("b")?)? * self.about.scale)?.t()?;
                let mut start = 0;
                for part in site.parts() {
                    let name = format!("encoder.layer.{layer}.{part}.weight");
                    let weight = weights.get_mut(&name).ok_or_else(|| {
                        AdapterError::Malformed(format!("the weights lack {name}").into())
                    })?;
                    let outputs = weight.dim(0)?;
                    *weight = (&*weight + delta.narrow(0, start, outputs)?)?;
                    start += outputs;
                }
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for Adapter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Adapter")
            .field("fingerprint", &self.fingerprint)
            .field("about", &self.about)
            .finish_non_exhaustive()
    }
}

fn fingerprint(bytes: &[u8]) -> String {
    let mut fingerprint = hex::encode(Sha256::digest(bytes));
    fingerprint.truncate(16);
    fingerprint
}
