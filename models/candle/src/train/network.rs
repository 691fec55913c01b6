//! The encoder as a network whose matrices stay as they are and get a low-rank correction each
//! (LoRA, Hu et al. 2021, arXiv 2106.09685).

use std::sync::Arc;

use candle_core::{CustomOp1, D, DType, Device, Result, Tensor, Var};
use candle_nn::ops::softmax;
use candle_transformers::models::bert::Config;

use super::{
    ops::{FrozenLinear, FrozenNorm, Gelu},
    random::Random,
};
use crate::{adapter::Site, weights::Weights};

type Op = Arc<Box<dyn CustomOp1 + Send + Sync>>;

/// A frozen matrix and its correction `x · A · B`.
struct Adapted {
    frozen: Op,
    a: Var,
    b: Var,
    scale: f64,
}

struct Layer {
    qkv: Adapted,
    output: Adapted,
    output_norm: Op,
    up: Adapted,
    down: Adapted,
    down_norm: Op,
}

/// The trainable encoder.
pub(super) struct Network {
    words: Tensor,
    positions: Tensor,
    embedding_norm: Op,
    gelu: Op,
    layers: Vec<Layer>,
    heads: usize,
    width: usize,
}

/// What is switched off at random while training: a share of the values that enter each sum.
pub(super) struct Dropout<'a> {
    pub(super) share: f32,
    pub(super) random: &'a mut Random,
}

impl Adapted {
    fn new(
        weights: &[(&Tensor, &Tensor)],
        rank: usize,
        scale: f64,
        random: &mut Random,
    ) -> Result<Self> {
        let matrices: Vec<&Tensor> = weights.iter().map(|(weight, _)| *weight).collect();
        let biases: Vec<&Tensor> = weights.iter().map(|(_, bias)| *bias).collect();
        let (weight, bias) = (Tensor::cat(&matrices, 0)?, Tensor::cat(&biases, 0)?);
        let (outputs, inputs) = weight.dims2()?;
        // As in the paper: A is small noise, B is zero, so that training starts at the model as is.
        let bound = (3.0 / inputs as f32).sqrt();
        let a: Vec<f32> = (0..inputs * rank).map(|_| random.symmetric() * bound).collect();
        let a = Var::from_tensor(&Tensor::from_vec(a, (inputs, rank), &Device::Cpu)?)?;
        let b = Var::zeros((rank, outputs), DType::F32, &Device::Cpu)?;
        Ok(Self { frozen: op(FrozenLinear::new(&weight, &bias)?), a, b, scale })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let correction =
            (x.matmul(self.a.as_tensor())? * self.scale)?.matmul(self.b.as_tensor())?;
        x.apply_op1_arc(self.frozen.clone())? + correction
    }
}

impl Network {
    /// Builds the network from the tensors of a BERT.
    pub(super) fn new(
        weights: &Weights,
        config: &Config,
        rank: usize,
        scale: f64,
        random: &mut Random,
    ) -> Result<Self> {
        let get = |name: &str| {
            weights
                .get(name)
                .ok_or_else(|| candle_core::Error::Msg(format!("the weights lack {name}")))
        };
        let norm = |name: &str| {
            let gain = get(&format!("{name}.weight"))?;
            let offset = get(&format!("{name}.bias"))?;
            FrozenNorm::new(gain, offset, config.layer_norm_eps).map(op)
        };
        let mut layers = Vec::new();
        for i in 0..config.num_hidden_layers {
            let mut adapted = |site: Site| {
                let parts = site.parts().iter().map(|part| {
                    let name = format!("encoder.layer.{i}.{part}");
                    Ok((get(&format!("{name}.weight"))?, get(&format!("{name}.bias"))?))
                });
                Adapted::new(&parts.collect::<Result<Vec<_>>>()?, rank, scale, random)
            };
            layers.push(Layer {
                qkv: adapted(Site::Qkv)?,
                output: adapted(Site::Output)?,
                up: adapted(Site::Up)?,
                down: adapted(Site::Down)?,
                output_norm: norm(&format!("encoder.layer.{i}.attention.output.LayerNorm"))?,
                down_norm: norm(&format!("encoder.layer.{i}.output.LayerNorm"))?,
            });
        }
        let kinds = get("embeddings.token_type_embeddings.weight")?.get(0)?;
        Ok(Self {
            words: get("embeddings.word_embeddings.weight")?.clone(),
            positions: get("embeddings.position_embeddings.weight")?.broadcast_add(&kinds)?,
            embedding_norm: norm("embeddings.LayerNorm")?,
            gelu: op(Gelu),
            layers,
            heads: config.num_attention_heads,
            width: config.hidden_size,
        })
    }

    /// The trained tensors, named as in an adapter file.
    pub(super) fn variables(&self) -> Vec<(String, Var)> {
        let mut all = Vec::new();
        for (i, layer) in self.layers.iter().enumerate() {
            let sites = [
                (Site::Qkv, &layer.qkv),
                (Site::Output, &layer.output),
                (Site::Up, &layer.up),
                (Site::Down, &layer.down),
            ];
            for (site, adapted) in sites {
                all.push((site.tensor(i, "a"), adapted.a.clone()));
                all.push((site.tensor(i, "b"), adapted.b.clone()));
            }
        }
        all
    }

    /// Sentence vectors of length one, a row each. All sentences have the same number of tokens,
    /// so there is no padding and no mask.
    pub(super) fn forward(
        &self,
        sentences: &[&[u32]],
        dropout: Option<Dropout<'_>>,
    ) -> Result<Tensor> {
        let (n, length) = (sentences.len(), sentences.first().map_or(0, |first| first.len()));
        let ids: Vec<u32> = sentences.iter().flat_map(|ids| ids.iter().copied()).collect();
        let words = self.words.index_select(&Tensor::new(ids, &Device::Cpu)?, 0)?;
        let positions = self.positions.narrow(0, 0, length)?;
        let words = words.reshape((n, length, self.width))?.broadcast_add(&positions)?;
        let mut x = words.reshape((n * length, self.width))?;
        x = x.apply_op1_arc(self.embedding_norm.clone())?;
        let mut dropout = dropout;
        let mut drop = |x: Tensor| match &mut dropout {
            Some(dropout) => dropout.apply(&x),
            None => Ok(x),
        };
        for layer in &self.layers {
            let mixed = drop(layer.output.forward(&self.attend(layer, &x, n, length)?)?)?;
            x = (x + mixed)?.apply_op1_arc(layer.output_norm.clone())?;
            let inner = layer.up.forward(&x)?.apply_op1_arc(self.gelu.clone())?;
            let inner = drop(layer.down.forward(&inner)?)?;
            x = (x + inner)?.apply_op1_arc(layer.down_norm.clone())?;
        }
        let pooled = x.reshape((n, length, self.width))?.mean(1)?;
        let lengths = (pooled.sqr()?.sum_keepdim(1)? + 1e-12)?.sqrt()?;
        pooled.broadcast_div(&lengths)
    }

    fn attend(&self, layer: &Layer, x: &Tensor, n: usize, length: usize) -> Result<Tensor> {
        let size = self.width / self.heads;
        let qkv = layer.qkv.forward(x)?.reshape((n, length, 3, self.heads, size))?;
        let part = |i: usize| qkv.narrow(2, i, 1)?.squeeze(2)?.transpose(1, 2)?.contiguous();
        let (q, k, v) = (part(0)?, part(1)?, part(2)?);
        let scores = (q.matmul(&k.transpose(2, 3)?.contiguous()?)? / (size as f64).sqrt())?;
        let mixed = softmax(&scores, D::Minus1)?.matmul(&v)?;
        mixed.transpose(1, 2)?.contiguous()?.reshape((n * length, self.width))
    }
}

impl Dropout<'_> {
    fn apply(&mut self, x: &Tensor) -> Result<Tensor> {
        let kept = 1.0 / (1.0 - self.share);
        let mask: Vec<f32> = (0..x.elem_count())
            .map(|_| if self.random.unit() < self.share { 0.0 } else { kept })
            .collect();
        x * Tensor::from_vec(mask, x.shape(), &Device::Cpu)?
    }
}

fn op(op: impl CustomOp1 + Send + Sync + 'static) -> Op {
    Arc::new(Box::new(op))
}
