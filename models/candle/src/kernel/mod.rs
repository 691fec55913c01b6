//! The arithmetic of a BERT over packed rows: the only module of the house with `unsafe` in it.
//!
//! Rows of several texts lie one after another without padding; only attention knows where a text
//! ends. The same source is compiled once for each instruction set ([`simd::Simd`]) and the one
//! the CPU has is chosen at run time. All of them do the same operations in the same order on
//! sixteen lanes, fused multiply-adds included, so a vector has the same bits on every machine.
//!
//! Everything that leaves this module is safe to call: sizes are asserted where a public function
//! takes them, pointers live in the instruction sets' files only.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

mod attention;
mod bert;
mod buffer;
mod linear;
mod maths;
mod norm;
mod portable;
mod simd;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub(crate) use bert::{Bert, Layer, Maxima, Output, fits};
pub(crate) use linear::Linear;
pub(crate) use norm::Norm;

/// Which instructions compute an embedding. The result is the same, the time is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instructions {
    /// AVX-512 with the byte products of VNNI.
    Avx512Vnni,
    /// AVX2 with fused multiply-add; bytes are multiplied as 16-bit numbers.
    Avx2,
    /// What the compiler makes of plain Rust; NEON on 64-bit ARM.
    Portable,
}

impl Instructions {
    /// All, the fastest first.
    pub const ALL: [Self; 3] = [Self::Avx512Vnni, Self::Avx2, Self::Portable];

    /// Whether this CPU has them.
    #[must_use]
    pub fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512Vnni => avx512::Avx512::detect().is_some(),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => avx2::Avx2::detect().is_some(),
            #[cfg(not(target_arch = "x86_64"))]
            Self::Avx512Vnni | Self::Avx2 => false,
            Self::Portable => true,
        }
    }

    /// The fastest that this CPU has.
    #[must_use]
    pub fn best() -> Self {
        Self::ALL.into_iter().find(|set| set.is_available()).unwrap_or(Self::Portable)
    }
}

/// Calls `$call` with the token of the instruction set, or of plain Rust where the CPU lacks it.
macro_rules! with_instructions {
    ($set:expr, $s:ident => $call:expr) => {{
        use $crate::kernel::Instructions;
        #[cfg(target_arch = "x86_64")]
        {
            use $crate::kernel::{avx2::Avx2, avx512::Avx512, portable::Portable};
            match ($set, Avx512::detect(), Avx2::detect()) {
                (Instructions::Avx512Vnni, Some($s), _) => $call,
                (Instructions::Avx2, _, Some($s)) => $call,
                _ => {
                    let $s = Portable;
                    $call
                }
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            let _: Instructions = $set;
            let $s = $crate::kernel::portable::Portable;
            $call
        }
    }};
}
pub(crate) use with_instructions;
