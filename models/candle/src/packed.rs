//! From weights by name to the packed network: folding, smoothing, quantising.

use candle_core::Result;
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{Config, HiddenAct};

use crate::kernel::{self, Bert, Instructions, Layer, Linear, Maxima, Norm};

/// How much of the difficulty of quantising goes from the activations to the weights, 0..=1.
const SMOOTHING: f32 = 0.5;

/// Whether [`Packer`] can pack a network of this shape; otherwise the reference is the way.
pub(crate) fn fits(config: &Config) -> bool {
    matches!(config.hidden_act, HiddenAct::Gelu)
        && config.num_hidden_layers > 0
        && kernel::fits(config.hidden_size, config.num_attention_heads, config.intermediate_size)
}

/// The weights of a network as rows of numbers, with what can be folded into them folded in.
pub(crate) struct Packer {
    words: Vec<f32>,
    positions: Vec<f32>,
    norm: RawNorm,
    layers: Vec<RawLayer>,
    heads: usize,
    epsilon: f32,
}

struct RawLayer {
    qkv: RawLinear,
    output: RawLinear,
    attention_norm: RawNorm,
    up: RawLinear,
    down: RawLinear,
    norm: RawNorm,
}

struct RawNorm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

struct RawLinear {
    /// A row of `inputs` numbers for each output.
    weight: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

/// What each column is divided by before it is quantised, a linear layer.
struct Smoothing {
    qkv: Vec<f32>,
    output: Vec<f32>,
    up: Vec<f32>,
    down: Vec<f32>,
}

impl Packer {
    /// Reads the tensors that a BERT has.
    ///
    /// # Errors
    ///
    /// Which tensor is missing or of another shape than `config` says.
    pub(crate) fn new(weights: &VarBuilder<'_>, config: &Config) -> Result<Self> {
        let hidden = config.hidden_size;
        let embeddings = weights.pp("embeddings");
        let table = |name: &str, rows: usize| {
            embeddings.get((rows, hidden), &format!("{name}.weight"))?.flatten_all()?.to_vec1()
        };
        let types: Vec<f32> = table("token_type_embeddings", config.type_vocab_size)?;
        let mut positions: Vec<f32> = table("position_embeddings", config.max_position_embeddings)?;
        for row in positions.chunks_exact_mut(hidden) {
            row.iter_mut().zip(&types).for_each(|(position, of_type)| *position += of_type);
        }
        let layers = (0..config.num_hidden_layers)
            .map(|i| RawLayer::new(&weights.pp(format!("encoder.layer.{i}")), config))
            .collect::<Result<_>>()?;
        Ok(Self {
            words: table("word_embeddings", config.vocab_size)?,
            positions,
            norm: RawNorm::new(&embeddings.pp("LayerNorm"), hidden)?,
            layers,
            heads: config.num_attention_heads,
            epsilon: config.layer_norm_eps as f32,
        })
    }

    /// The network in f32.
    pub(crate) fn f32(&self) -> Bert {
        let ones = vec![1.0; self.norm.weight.len()];
        let layers = self.layers.iter().map(|layer| Layer {
            qkv: layer.qkv.f32(),
            output: layer.output.f32(),
            attention_norm: layer.attention_norm.pack(&ones, self.epsilon),
            up: layer.up.f32(),
            gelu: vec![0.5; layer.down.inputs],
            down: layer.down.f32(),
            norm: layer.norm.pack(&ones, self.epsilon),
        });
        let norm = self.norm.pack(&ones, self.epsilon);
        Bert::new((&self.words, &self.positions), norm, layers.collect(), self.heads, false)
    }

    /// The network in bytes, smoothed by what the layers of the f32 one take for the calibration
    /// texts of `lengths` tokens.
    ///
    /// # Errors
    ///
    /// What is wrong with `ids` and `lengths`.
    pub(crate) fn int8(mut self, ids: &[u32], lengths: &[u32]) -> Result<Bert> {
        let maxima = self
            .f32()
            .maxima(Instructions::best(), ids, lengths)
            .map_err(candle_core::Error::msg)?;
        let smoothing: Vec<Smoothing> = self
            .layers
            .iter()
            .zip(&maxima)
            .map(|(layer, maxima)| layer.smoothing(maxima))
            .collect();
        for (layer, smoothing) in self.layers.iter_mut().zip(&smoothing) {
            layer.smooth(smoothing);
        }

        let ones = vec![1.0; self.norm.weight.len()];
        let next = smoothing.iter().skip(1).map(|smoothing| &smoothing.qkv).chain([&ones]);
        let layers = self.layers.iter().zip(&smoothing).zip(next);
        let layers = layers.map(|((layer, smoothing), next)| Layer {
            qkv: layer.qkv.i8(),
            output: layer.output.i8(),
            attention_norm: layer.attention_norm.pack(&smoothing.up, self.epsilon),
            up: layer.up.i8(),
            gelu: smoothing.down.iter().map(|by| 0.5 / by).collect(),
            down: layer.down.i8(),
            norm: layer.norm.pack(next, self.epsilon),
        });
        let norm =
            self.norm.pack(smoothing.first().map_or(&ones, |first| &first.qkv), self.epsilon);
        Ok(Bert::new((&self.words, &self.positions), norm, layers.collect(), self.heads, true))
    }
}

impl RawLayer {
    fn new(weights: &VarBuilder<'_>, config: &Config) -> Result<Self> {
        let (hidden, inner) = (config.hidden_size, config.intermediate_size);
        let attention = weights.pp("attention");
        let mut qkv = RawLinear::new(&attention.pp("self.query"), hidden, hidden)?;
        // Scores are divided by √width, and e to them is two to the power of log₂(e) times them.
        let width = (hidden / config.num_attention_heads) as f64;
        let scale = (std::f64::consts::LOG2_E / width.sqrt()) as f32;
        qkv.weight.iter_mut().chain(&mut qkv.bias).for_each(|w| *w *= scale);
        for name in ["self.key", "self.value"] {
            let part = RawLinear::new(&attention.pp(name), hidden, hidden)?;
            qkv.weight.extend(part.weight);
            qkv.bias.extend(part.bias);
        }
        Ok(Self {
            qkv,
            output: RawLinear::new(&attention.pp("output.dense"), hidden, hidden)?,
            attention_norm: RawNorm::new(&attention.pp("output.LayerNorm"), hidden)?,
            up: RawLinear::new(&weights.pp("intermediate.dense"), hidden, inner)?,
            down: RawLinear::new(&weights.pp("output.dense"), inner, hidden)?,
            norm: RawNorm::new(&weights.pp("output.LayerNorm"), hidden)?,
        })
    }

    fn smoothing(&self, maxima: &Maxima) -> Smoothing {
        Smoothing {
            qkv: self.qkv.smoothing(&maxima.qkv),
            output: self.output.smoothing(&maxima.output),
            up: self.up.smoothing(&maxima.up),
            down: self.down.smoothing(&maxima.down),
        }
    }

    /// Multiplies the weights by what the inputs will be divided by. The inputs of `qkv`, `up` and
    /// `down` are divided where they are made; the values, of which those of `output` are means,
    /// are divided here.
    fn smooth(&mut self, by: &Smoothing) {
        self.qkv.multiply_inputs(&by.qkv);
        self.output.multiply_inputs(&by.output);
        self.up.multiply_inputs(&by.up);
        self.down.multiply_inputs(&by.down);
        let values = 2 * by.output.len();
        let rows = self.qkv.weight.chunks_exact_mut(self.qkv.inputs).skip(values);
        for ((row, bias), by) in rows.zip(&mut self.qkv.bias[values..]).zip(&by.output) {
            row.iter_mut().chain([bias]).for_each(|w| *w /= by);
        }
    }
}

impl RawLinear {
    fn new(weights: &VarBuilder<'_>, inputs: usize, outputs: usize) -> Result<Self> {
        Ok(Self {
            weight: weights.get((outputs, inputs), "weight")?.flatten_all()?.to_vec1()?,
            bias: weights.get(outputs, "bias")?.to_vec1()?,
            inputs,
        })
    }

    fn f32(&self) -> Linear {
        Linear::f32(&self.weight, &self.bias, self.inputs)
    }

    fn i8(&self) -> Linear {
        Linear::i8(&self.weight, &self.bias, self.inputs)
    }

    /// SmoothQuant: √(largest input ÷ largest weight) of each input column at ½.
    fn smoothing(&self, largest_inputs: &[f32]) -> Vec<f32> {
        let mut largest = vec![0.0_f32; self.inputs];
        for row in self.weight.chunks_exact(self.inputs) {
            largest.iter_mut().zip(row).for_each(|(largest, w)| *largest = largest.max(w.abs()));
        }
        let by = |(input, weight): (&f32, f32)| {
            let by = input.max(1e-5).powf(SMOOTHING) / weight.max(1e-5).powf(1.0 - SMOOTHING);
            by.clamp(1e-2, 1e2)
        };
        largest_inputs.iter().zip(largest).map(by).collect()
    }

    fn multiply_inputs(&mut self, by: &[f32]) {
        for row in self.weight.chunks_exact_mut(self.inputs) {
            row.iter_mut().zip(by).for_each(|(w, by)| *w *= by);
        }
    }
}

impl RawNorm {
    fn new(weights: &VarBuilder<'_>, width: usize) -> Result<Self> {
        // The names that older files have.
        let name = |now: &'static str, old: &'static str| {
            if !weights.contains_tensor(now) && weights.contains_tensor(old) { old } else { now }
        };
        Ok(Self {
            weight: weights.get(width, name("weight", "gamma"))?.to_vec1()?,
            bias: weights.get(width, name("bias", "beta"))?.to_vec1()?,
        })
    }

    fn pack(&self, smoothing: &[f32], epsilon: f32) -> Norm {
        Norm::new(&self.weight, &self.bias, smoothing, epsilon)
    }
}
