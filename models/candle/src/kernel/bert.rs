//! A whole BERT over packed rows.

use std::sync::{Mutex, PoisonError};

use super::{
    Instructions, attention,
    buffer::Buffer,
    linear::{Epilogue, Input, Linear, Quantised},
    norm::{Norm, quantise},
    simd::{LANES, Simd},
    with_instructions,
};

/// What a forward pass returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// A row for each token.
    Tokens,
    /// A row for each text: the sum of its tokens, which has the direction of their mean.
    Sum,
    /// A row for each text: its first token.
    First,
}

/// One layer.
pub(crate) struct Layer {
    /// Queries, keys and values in one. The queries are scaled for powers of two.
    pub(crate) qkv: Linear,
    pub(crate) output: Linear,
    pub(crate) attention_norm: Norm,
    pub(crate) up: Linear,
    /// One half, divided by the smoothing of what `down` takes, a column of `up`.
    pub(crate) gelu: Vec<f32>,
    pub(crate) down: Linear,
    pub(crate) norm: Norm,
}

/// The largest magnitude of each column of what each linear layer takes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Maxima {
    pub(crate) qkv: Vec<f32>,
    pub(crate) output: Vec<f32>,
    pub(crate) up: Vec<f32>,
    pub(crate) down: Vec<f32>,
}

/// The packed network.
pub(crate) struct Bert {
    hidden: usize,
    heads: usize,
    words: Buffer<f32>,
    /// Positions with the only token type there is added.
    positions: Buffer<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    is_quantised: bool,
    /// One for each pass that runs at a time.
    scratch: Mutex<Vec<Scratch>>,
}

#[derive(Default)]
struct Scratch {
    x: Buffer<f32>,
    qkv: Buffer<f32>,
    context: Buffer<f32>,
    inner: Buffer<f32>,
    narrow: Quantised,
    wide: Quantised,
    attention: attention::Scratch,
}

impl Bert {
    /// Puts the parts together. `words` and `positions` have rows of the hidden width.
    pub(crate) fn new(
        (words, positions): (&[f32], &[f32]),
        norm: Norm,
        layers: Vec<Layer>,
        heads: usize,
        is_quantised: bool,
    ) -> Self {
        let hidden = layers.first().map_or(0, |layer| layer.qkv.inputs());
        assert!(hidden > 0 && hidden.is_multiple_of(heads), "whole heads");
        assert!(attention::fits(hidden / heads), "a head of whole vectors");
        for layer in &layers {
            let inner = layer.up.outputs();
            assert_eq!((layer.qkv.inputs(), layer.qkv.outputs()), (hidden, 3 * hidden));
            assert_eq!((layer.output.inputs(), layer.output.outputs()), (hidden, hidden));
            assert_eq!((layer.up.inputs(), layer.gelu.len()), (hidden, inner));
            assert_eq!((layer.down.inputs(), layer.down.outputs()), (inner, hidden));
        }
        assert!(words.len().is_multiple_of(hidden) && positions.len().is_multiple_of(hidden));
        Self {
            hidden,
            heads,
            words: words.into(),
            positions: positions.into(),
            norm,
            layers,
            is_quantised,
            scratch: Mutex::default(),
        }
    }

    /// How many numbers a row has.
    pub(crate) fn hidden(&self) -> usize {
        self.hidden
    }

    /// Runs texts of `lengths` tokens, whose `ids` lie one after another.
    ///
    /// # Errors
    ///
    /// What is wrong with the ids or lengths.
    pub(crate) fn forward(
        &self,
        instructions: Instructions,
        ids: &[u32],
        lengths: &[u32],
        output: Output,
    ) -> Result<Vec<f32>, String> {
        self.run(instructions, ids, lengths, output, None)
    }

    /// What each linear layer is given for these texts, one entry a layer.
    ///
    /// # Errors
    ///
    /// What is wrong with the ids or lengths.
    pub(crate) fn maxima(
        &self,
        instructions: Instructions,
        ids: &[u32],
        lengths: &[u32],
    ) -> Result<Vec<Maxima>, String> {
        let mut maxima = vec![Maxima::default(); self.layers.len()];
        self.run(instructions, ids, lengths, Output::First, Some(&mut maxima))?;
        Ok(maxima)
    }

    fn run(
        &self,
        instructions: Instructions,
        ids: &[u32],
        lengths: &[u32],
        output: Output,
        maxima: Option<&mut [Maxima]>,
    ) -> Result<Vec<f32>, String> {
        self.check(ids, lengths)?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let lock = || self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = lock().pop().unwrap_or_default();
        scratch.x.resize(ids.len() * self.hidden);
        with_instructions!(instructions, s => {
            self.embed(ids, lengths, &mut scratch.x);
            self.encode(s, lengths, &mut scratch, maxima);
        });
        let out = self.pool(lengths, output, &scratch.x);
        lock().push(scratch);
        Ok(out)
    }

    fn check(&self, ids: &[u32], lengths: &[u32]) -> Result<(), String> {
        let (words, positions) =
            (self.words.len() / self.hidden, self.positions.len() / self.hidden);
        if let Some(id) = ids.iter().find(|id| **id as usize >= words) {
            return Err(format!("token {id} of a vocabulary of {words}"));
        }
        let fits = |length: &u32| (1..=positions).contains(&(*length as usize));
        if let Some(length) = lengths.iter().find(|length| !fits(length)) {
            return Err(format!("{length} tokens where 1 to {positions} fit"));
        }
        let tokens: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
        if tokens != ids.len() as u64 {
            return Err(format!("{} tokens where the lengths say {tokens}", ids.len()));
        }
        Ok(())
    }

    fn embed(&self, ids: &[u32], lengths: &[u32], x: &mut [f32]) {
        let positions = lengths.iter().flat_map(|length| 0..*length as usize);
        for ((row, id), position) in x.chunks_exact_mut(self.hidden).zip(ids).zip(positions) {
            let word = &self.words[*id as usize * self.hidden..][..self.hidden];
            let position = &self.positions[position * self.hidden..][..self.hidden];
            for ((x, word), position) in row.iter_mut().zip(word).zip(position) {
                *x = word + position;
            }
        }
    }

    fn encode<S: Simd>(
        &self,
        s: S,
        lengths: &[u32],
        scratch: &mut Scratch,
        mut maxima: Option<&mut [Maxima]>,
    ) {
        let Scratch { x, qkv, context, inner, narrow, wide, attention } = scratch;
        let rows = x.len() / self.hidden;
        qkv.resize(3 * x.len());
        context.resize(x.len());
        if self.is_quantised {
            narrow.resize(rows, self.hidden);
        }
        self.norm.apply(s, x, self.is_quantised.then_some(&mut *narrow));
        for (i, layer) in self.layers.iter().enumerate() {
            let mut maxima = maxima.as_deref_mut().map(|maxima| &mut maxima[i]);
            let mut note = |which: fn(&mut Maxima) -> &mut Vec<f32>, rows: &[f32], width| {
                if let Some(maxima) = &mut maxima {
                    record(which(maxima), rows, width);
                }
            };

            note(|maxima| &mut maxima.qkv, x, self.hidden);
            layer.qkv.apply(s, self.input(x, narrow), Epilogue::Write, qkv);
            attention::attend(s, qkv, lengths, self.heads, attention, context);
            note(|maxima| &mut maxima.output, context, self.hidden);
            if self.is_quantised {
                quantise(s, context, self.hidden, narrow);
            }
            layer.output.apply(s, self.input(context, narrow), Epilogue::Add, x);
            layer.attention_norm.apply(s, x, self.is_quantised.then_some(&mut *narrow));

            note(|maxima| &mut maxima.up, x, self.hidden);
            let width = layer.up.outputs();
            inner.resize(rows * width);
            layer.up.apply(s, self.input(x, narrow), Epilogue::Gelu(&layer.gelu), inner);
            note(|maxima| &mut maxima.down, inner, width);
            if self.is_quantised {
                wide.resize(rows, width);
                quantise(s, inner, width, wide);
            }
            layer.down.apply(s, self.input(inner, wide), Epilogue::Add, x);
            layer.norm.apply(s, x, self.is_quantised.then_some(&mut *narrow));
        }
    }

    fn input<'a>(&self, floats: &'a [f32], bytes: &'a Quantised) -> Input<'a> {
        if self.is_quantised { Input::I8(bytes) } else { Input::F32(floats) }
    }

    fn pool(&self, lengths: &[u32], output: Output, x: &[f32]) -> Vec<f32> {
        if output == Output::Tokens {
            return x.to_vec();
        }
        let mut pooled = Vec::with_capacity(lengths.len() * self.hidden);
        let mut rest = x;
        for length in lengths {
            let (text, after) = rest.split_at(*length as usize * self.hidden);
            rest = after;
            let (first, others) = text.split_at(self.hidden);
            let start = pooled.len();
            pooled.extend_from_slice(first);
            if output == Output::Sum {
                for row in others.chunks_exact(self.hidden) {
                    pooled[start..].iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
                }
            }
        }
        pooled
    }
}

/// Whether a network of these widths can be packed.
pub(crate) fn fits(hidden: usize, heads: usize, inner: usize) -> bool {
    heads > 0
        && hidden.is_multiple_of(heads)
        && attention::fits(hidden / heads)
        && super::linear::fits(hidden, inner)
        && super::linear::fits(inner, hidden)
        && hidden.is_multiple_of(LANES)
}

fn record(maxima: &mut Vec<f32>, rows: &[f32], width: usize) {
    maxima.resize(width, 0.0);
    for row in rows.chunks_exact(width) {
        maxima.iter_mut().zip(row).for_each(|(maximum, x)| *maximum = maximum.max(x.abs()));
    }
}
