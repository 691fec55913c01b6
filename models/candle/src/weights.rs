//! The tensors of a network by name, between the file and what is made of them.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;

use crate::files::LoadError;

/// The weights of one BERT in f32, named as in `model.safetensors` but without the prefix `bert.`
/// that some have: `encoder.layer.0.attention.self.query.weight`.
///
/// An adapter is merged here, before anything is packed or quantised.
#[derive(Debug, Clone)]
pub struct Weights {
    tensors: HashMap<String, Tensor>,
    path: PathBuf,
}

impl Weights {
    /// Reads the bytes of a safetensors file. `path` is for messages.
    pub(crate) fn read(
        bytes: &[u8],
        model_type: Option<&str>,
        path: &Path,
    ) -> Result<Self, LoadError> {
        let prefixes: Vec<String> =
            ["bert"].into_iter().chain(model_type).map(|kind| format!("{kind}.")).collect();
        let read = || -> candle_core::Result<HashMap<String, Tensor>> {
            candle_core::safetensors::load_buffer(bytes, &Device::Cpu)?
                .into_iter()
                .filter(|(_, tensor)| tensor.dtype().is_float())
                .map(|(name, tensor)| {
                    let bare = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix));
                    Ok((bare.unwrap_or(&name).to_owned(), tensor.to_dtype(DType::F32)?))
                })
                .collect()
        };
        let tensors =
            read().map_err(|source| LoadError::Weights { path: path.to_owned(), source })?;
        Ok(Self { tensors, path: path.to_owned() })
    }

    /// The tensor of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Tensor> {
        self.tensors.get(name)
    }

    /// Replaces a tensor, or adds one.
    pub fn insert(&mut self, name: impl Into<String>, tensor: Tensor) {
        self.tensors.insert(name.into(), tensor);
    }

    /// The tensors in the shape that candle's models take them; they share memory.
    pub(crate) fn builder(&self) -> VarBuilder<'static> {
        VarBuilder::from_tensors(self.tensors.clone(), DType::F32, &Device::Cpu)
    }

    /// The error for a tensor that is missing or of another shape.
    pub(crate) fn error(&self, source: candle_core::Error) -> LoadError {
        LoadError::Weights { path: self.path.clone(), source }
    }
}
