//! The frozen parts of the network as candle operations that know their own gradient. Candle would
//! compute the gradient of every frozen matrix as well, which is a third of the work.

use candle_core::{
    CpuStorage, CustomOp1, Layout, Result, Shape, Storage, Tensor, backend::BackendStorage, bail,
};

/// `x · Wᵀ + b` with weights that are not trained.
pub(super) struct FrozenLinear {
    /// Rows are outputs: what the gradient is multiplied by.
    weight: Tensor,
    /// Rows are inputs: contiguous, so that the product packs nothing it need not.
    transposed: Tensor,
    bias: Vec<f32>,
}

impl FrozenLinear {
    pub(super) fn new(weight: &Tensor, bias: &Tensor) -> Result<Self> {
        Ok(Self {
            weight: weight.contiguous()?,
            transposed: weight.t()?.contiguous()?,
            bias: bias.to_vec1()?,
        })
    }
}

impl CustomOp1 for FrozenLinear {
    fn name(&self) -> &'static str {
        "frozen-linear"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (rows, inputs) = layout.shape().dims2()?;
        let outputs = self.bias.len();
        let (storage, weight_layout) = self.transposed.storage_and_layout();
        let Storage::Cpu(weight) = &*storage else { bail!("training runs on the CPU") };
        let mut y = x.matmul(weight, (1, rows, outputs, inputs), layout, weight_layout)?;
        let CpuStorage::F32(values) = &mut y else { bail!("training runs in f32") };
        for row in values.chunks_exact_mut(outputs) {
            row.iter_mut().zip(&self.bias).for_each(|(y, b)| *y += b);
        }
        Ok((y, (rows, outputs).into()))
    }

    fn bwd(&self, _x: &Tensor, _y: &Tensor, slope: &Tensor) -> Result<Option<Tensor>> {
        slope.contiguous()?.matmul(&self.weight).map(Some)
    }
}

/// The exact Gaussian error linear unit.
pub(super) struct Gelu;

/// `exp` to 2e-7 of its value for arguments up to zero, in steps a compiler turns into vectors: two
/// to a whole power by its exponent bits, to the rest by its series.
fn exp(x: f32) -> f32 {
    /// Adding and subtracting it rounds to the nearest whole number.
    const ROUND: f32 = 12_582_912.0;
    let y = x.max(-87.0) * std::f32::consts::LOG2_E;
    let whole = (y + ROUND) - ROUND;
    let z = (y - whole) * std::f32::consts::LN_2;
    let tail =
        0.5 + z * (0.166_666_67 + z * (0.041_666_67 + z * (0.008_333_33 + z * 0.001_388_89)));
    let series = 1.0 + z * (1.0 + z * tail);
    series * f32::from_bits(((whole as i32 + 127) << 23) as u32)
}

/// `erf` to 1.5e-7, Abramowitz and Stegun 7.1.26, and `exp(-x²)` with it.
fn erf_and_bell(x: f32) -> (f32, f32) {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let bell = exp(-x * x);
    let poly = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_8) * t - 0.284_496_72) * t
        + 0.254_829_6)
        * t;
    ((1.0 - poly * bell).copysign(x), bell)
}

impl CustomOp1 for Gelu {
    fn name(&self) -> &'static str {
        "gelu"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let gelu = |x: f32| 0.5 * x * (1.0 + erf_and_bell(x * std::f32::consts::FRAC_1_SQRT_2).0);
        let y: Vec<f32> = values(x, layout)?.iter().map(|x| gelu(*x)).collect();
        Ok((CpuStorage::F32(y), layout.shape().clone()))
    }

    fn bwd(&self, x: &Tensor, _y: &Tensor, slope: &Tensor) -> Result<Option<Tensor>> {
        /// 1 / sqrt(2 pi)
        const DENSITY: f32 = 0.398_942_3;
        zipped(x, slope, |x, slope| {
            let (erf, bell) = erf_and_bell(x * std::f32::consts::FRAC_1_SQRT_2);
            slope * (0.5 * (1.0 + erf) + DENSITY * x * bell)
        })
        .map(Some)
    }
}

/// Layer normalisation over the last dimension, with a gain and an offset that are not trained.
pub(super) struct FrozenNorm {
    gain: Vec<f32>,
    offset: Vec<f32>,
    epsilon: f32,
}

impl FrozenNorm {
    pub(super) fn new(gain: &Tensor, offset: &Tensor, epsilon: f64) -> Result<Self> {
        Ok(Self { gain: gain.to_vec1()?, offset: offset.to_vec1()?, epsilon: epsilon as f32 })
    }

    /// Mean and inverse standard deviation of a row.
    fn moments(&self, row: &[f32]) -> (f32, f32) {
        let n = row.len() as f32;
        let mean = row.iter().sum::<f32>() / n;
        let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / n;
        (mean, (variance + self.epsilon).sqrt().recip())
    }
}

impl CustomOp1 for FrozenNorm {
    fn name(&self) -> &'static str {
        "frozen-norm"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let x = values(x, layout)?;
        let mut y = Vec::with_capacity(x.len());
        for row in x.chunks_exact(self.gain.len()) {
            let (mean, scale) = self.moments(row);
            let scaled = row.iter().zip(&self.gain).zip(&self.offset);
            y.extend(scaled.map(|((x, gain), offset)| (x - mean) * scale * gain + offset));
        }
        Ok((CpuStorage::F32(y), layout.shape().clone()))
    }

    fn bwd(&self, x: &Tensor, _y: &Tensor, slope: &Tensor) -> Result<Option<Tensor>> {
        let width = self.gain.len();
        let n = width as f32;
        with_values(x, |x| {
            with_values(slope, |slope| {
                let mut out = Vec::with_capacity(x.len());
                for (x, slope) in x.chunks_exact(width).zip(slope.chunks_exact(width)) {
                    let (mean, scale) = self.moments(x);
                    let (mut sum, mut along) = (0.0, 0.0);
                    for ((x, slope), gain) in x.iter().zip(slope).zip(&self.gain) {
                        sum += slope * gain;
                        along += slope * gain * (x - mean) * scale;
                    }
                    let inner = x.iter().zip(slope).zip(&self.gain);
                    out.extend(inner.map(|((x, slope), gain)| {
                        scale * (slope * gain - (sum + (x - mean) * scale * along) / n)
                    }));
                }
                Ok(out)
            })
        })
        .and_then(|out| Tensor::from_vec(out, x.shape(), x.device()))
        .map(Some)
    }
}

/// The numbers of a contiguous f32 tensor.
fn values<'a>(x: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    let Some((start, end)) = layout.contiguous_offsets() else { bail!("not contiguous") };
    Ok(&x.as_slice::<f32>()?[start..end])
}

fn with_values<T>(x: &Tensor, use_them: impl FnOnce(&[f32]) -> Result<T>) -> Result<T> {
    let x = x.contiguous()?;
    let (storage, layout) = x.storage_and_layout();
    let Storage::Cpu(storage) = &*storage else { bail!("training runs on the CPU") };
    use_them(values(storage, layout)?)
}

fn zipped(a: &Tensor, b: &Tensor, combine: impl Fn(f32, f32) -> f32) -> Result<Tensor> {
    let out: Vec<f32> = with_values(a, |x| {
        with_values(b, |y| Ok(x.iter().zip(y).map(|(x, y)| combine(*x, *y)).collect()))
    })?;
    Tensor::from_vec(out, a.shape(), a.device())
}
