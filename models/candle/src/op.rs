//! The packed network as one candle operation.

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp2, Device, Error, Layout, Result, Shape, Tensor};

use crate::kernel::{Bert, Instructions, Output};

/// A forward pass: token ids and lengths of texts in, rows of the hidden width out.
pub(crate) struct Forward {
    pub(crate) bert: Arc<Bert>,
    pub(crate) instructions: Instructions,
    pub(crate) output: Output,
}

impl Forward {
    /// Runs texts whose ids lie one after another. The rows come one after another too.
    pub(crate) fn run(&self, ids: Vec<u32>, lengths: Vec<u32>) -> Result<Vec<f32>> {
        let tensor = |values: Vec<u32>| {
            let length = values.len();
            Tensor::from_vec(values, length, &Device::Cpu)
        };
        tensor(ids)?.apply_op2_no_bwd(&tensor(lengths)?, self)?.flatten_all()?.to_vec1()
    }
}

impl CustomOp2 for Forward {
    fn name(&self) -> &'static str {
        "packed-bert"
    }

    fn cpu_fwd(
        &self,
        ids: &CpuStorage,
        ids_layout: &Layout,
        lengths: &CpuStorage,
        lengths_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let ids = slice(ids, ids_layout)?;
        let lengths = slice(lengths, lengths_layout)?;
        let rows =
            self.bert.forward(self.instructions, ids, lengths, self.output).map_err(Error::msg)?;
        let width = self.bert.hidden();
        let shape = Shape::from((rows.len() / width, width));
        Ok((CpuStorage::F32(rows), shape))
    }
}

fn slice<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [u32]> {
    let (from, to) = layout
        .contiguous_offsets()
        .ok_or_else(|| Error::msg("the ids and lengths must be contiguous"))?;
    Ok(&storage.as_slice::<u32>()?[from..to])
}
