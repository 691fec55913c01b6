//! AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101), with a state that can be kept and taken up
//! again, which candle's own cannot.

use std::{collections::HashMap, fs, io, path::Path};

use candle_core::{Device, Tensor, Var, backprop::GradStore};
use safetensors::SafeTensors;

use super::{AdapterTrainError, Named};

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-8;
const DECAY: f32 = 0.01;
/// The length a gradient is shortened to.
const CLIP: f32 = 1.0;
const STEP: &str = "step";
const KEY: &str = "training";

struct Slot {
    name: String,
    var: Var,
    rate: f64,
    values: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
}

pub(super) struct AdamW {
    slots: Vec<Slot>,
    steps: i32,
    /// Of the training; a state kept under another is not taken up.
    key: String,
}

impl AdamW {
    pub(super) fn new(variables: Vec<(String, Var, f64)>, key: String) -> Self {
        let slot = |(name, var, rate): (String, Var, f64)| {
            let n = var.elem_count();
            let values = var.flatten_all().and_then(|values| values.to_vec1()).unwrap_or_default();
            Slot { name, var, rate, values, mean: vec![0.0; n], square: vec![0.0; n] }
        };
        Self { slots: variables.into_iter().map(slot).collect(), steps: 0, key }
    }

    /// Moves every variable against its gradient, at `pace` times its learning rate.
    pub(super) fn step(&mut self, gradients: &GradStore, pace: f64) -> candle_core::Result<()> {
        let slopes = self
            .slots
            .iter()
            .map(|slot| match gradients.get(slot.var.as_tensor()) {
                Some(slope) => slope.flatten_all()?.to_vec1::<f32>(),
                None => Ok(vec![0.0; slot.values.len()]),
            })
            .collect::<candle_core::Result<Vec<_>>>()?;
        let length = slopes.iter().flatten().map(|x| x * x).sum::<f32>().sqrt();
        let clip = (CLIP / length.max(1e-12)).min(1.0);
        self.steps += 1;
        let bias1 = 1.0 - BETA1.powi(self.steps);
        let bias2 = 1.0 - BETA2.powi(self.steps);
        for (slot, slopes) in self.slots.iter_mut().zip(slopes) {
            let rate = (slot.rate * pace) as f32;
            let state = slot.values.iter_mut().zip(&mut slot.mean).zip(&mut slot.square);
            for (((value, mean), square), slope) in state.zip(slopes) {
                let slope = slope * clip;
                *mean = BETA1 * *mean + (1.0 - BETA1) * slope;
                *square = BETA2 * *square + (1.0 - BETA2) * slope * slope;
                let step = (*mean / bias1) / ((*square / bias2).sqrt() + EPSILON);
                *value -= rate * (step + DECAY * *value);
            }
            slot.write()?;
        }
        Ok(())
    }

    /// Writes everything needed to go on, so that a reader sees all of it or nothing.
    pub(super) fn keep(&self, path: &Path, step: usize) -> Result<(), AdapterTrainError> {
        let mut tensors = Named::new();
        for slot in &self.slots {
            let lists = [("value", &slot.values), ("mean", &slot.mean), ("square", &slot.square)];
            for (kind, list) in lists {
                let tensor = Tensor::from_slice(list, list.len(), &Device::Cpu)?;
                tensors.insert(format!("{}.{kind}", slot.name), tensor);
            }
        }
        let steps = [step as i64, i64::from(self.steps)];
        tensors.insert(STEP.to_owned(), Tensor::new(&steps, &Device::Cpu)?);
        let failed = |source| AdapterTrainError::Checkpoint { path: path.to_owned(), source };
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir).map_err(failed)?;
        }
        let temporary = path.with_extension("tmp");
        let metadata = HashMap::from([(KEY.to_owned(), self.key.clone())]);
        let bytes =
            safetensors::serialize(&tensors, Some(metadata)).map_err(candle_core::Error::wrap)?;
        fs::write(&temporary, bytes).map_err(failed)?;
        fs::rename(&temporary, path).map_err(failed)
    }

    /// Takes up a kept state; the step it was at, or `None` when there is none.
    pub(super) fn resume(&mut self, path: &Path) -> Result<Option<usize>, AdapterTrainError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(AdapterTrainError::Checkpoint { path: path.into(), source }),
        };
        match self.restore(&bytes)? {
            Some(step) => Ok(Some(step)),
            None => Err(AdapterTrainError::OtherTraining { path: path.to_owned() }),
        }
    }

    /// The step of a state that is of this training and whole.
    fn restore(&mut self, bytes: &[u8]) -> candle_core::Result<Option<usize>> {
        let Ok((_, metadata)) = SafeTensors::read_metadata(bytes) else { return Ok(None) };
        let key = metadata.metadata().as_ref().and_then(|metadata| metadata.get(KEY));
        if key != Some(&self.key) {
            return Ok(None);
        }
        let Ok(tensors) = candle_core::safetensors::load_buffer(bytes, &Device::Cpu) else {
            return Ok(None);
        };
        let list = |name: String, n: usize| -> Option<Vec<f32>> {
            tensors.get(&name)?.to_vec1().ok().filter(|list: &Vec<f32>| list.len() == n)
        };
        let mut found = Vec::new();
        for slot in &self.slots {
            let of = |kind| list(format!("{}.{kind}", slot.name), slot.values.len());
            let (Some(value), Some(mean), Some(square)) = (of("value"), of("mean"), of("square"))
            else {
                return Ok(None);
            };
            found.push((value, mean, square));
        }
        let Some(Ok([step, steps])) = tensors
            .get(STEP)
            .and_then(|steps| steps.to_vec1::<i64>().ok())
            .map(<[i64; 2]>::try_from)
        else {
            return Ok(None);
        };
        for (slot, (values, mean, square)) in self.slots.iter_mut().zip(found) {
            (slot.values, slot.mean, slot.square) = (values, mean, square);
            slot.write()?;
        }
        self.steps = i32::try_from(steps).unwrap_or(i32::MAX);
        Ok(usize::try_from(step).ok())
    }
}

impl Slot {
    fn write(&self) -> candle_core::Result<()> {
        let values = Tensor::from_slice(&self.values, self.var.shape(), &Device::Cpu)?;
        self.var.set(&values)
    }
}
