//! The forward pass as candle's own model does it: what the packed one is measured against, and
//! the way for networks of shapes that cannot be packed.

use candle_core::{Device, Result, Tensor};
use candle_transformers::models::bert::{BertModel, Config};

use crate::weights::Weights;

/// The most texts in one pass.
const MAX_ROWS: usize = 16;
/// The most padding a row may get, in tokens: beyond it, another pass is cheaper.
const MAX_PADDING: usize = 4;

pub(crate) struct Reference {
    model: BertModel,
    width: usize,
}

impl Reference {
    pub(crate) fn new(weights: &Weights, config: &Config) -> Result<Self> {
        // In f16 and bf16 this BERT returns NaN: its mask overflows.
        let model = BertModel::load(weights.builder(), config)?;
        Ok(Self { model, width: config.hidden_size })
    }

    /// The rows of each text's tokens, in the order of the texts.
    pub(crate) fn forward(&self, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>> {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|i| texts[*i].len());
        let mut states = vec![Vec::new(); texts.len()];
        let mut rest = order.as_slice();
        while let Some(first) = rest.first() {
            let widest = texts[*first].len() + MAX_PADDING;
            let n = rest.iter().take(MAX_ROWS).take_while(|i| texts[**i].len() <= widest).count();
            let (now, later) = rest.split_at(n);
            let rows: Vec<&[u32]> = now.iter().map(|i| texts[*i].as_slice()).collect();
            for (i, rows) in now.iter().zip(self.pass(&rows)?) {
                states[*i] = rows;
            }
            rest = later;
        }
        Ok(states)
    }

    /// One pass over texts that are sorted by length, the longest last.
    fn pass(&self, texts: &[&[u32]]) -> Result<Vec<Vec<f32>>> {
        let width = texts.last().map_or(0, |text| text.len());
        let padded = |value: fn(u32) -> u32| -> Result<Tensor> {
            let mut cells = Vec::with_capacity(texts.len() * width);
            for text in texts {
                cells.extend(text.iter().copied().map(value));
                cells.resize(cells.len() + width - text.len(), 0);
            }
            Tensor::from_vec(cells, (texts.len(), width), &Device::Cpu)
        };
        let ids = padded(|id| id)?;
        let mask = padded(|_| 1)?;
        let hidden = self.model.forward(&ids, &ids.zeros_like()?, Some(&mask))?;
        let hidden = hidden.flatten_all()?.to_vec1::<f32>()?;
        let rows = hidden.chunks_exact(width * self.width).zip(texts);
        Ok(rows.map(|(states, text)| states[..text.len() * self.width].to_vec()).collect())
    }
}
