//! A trained field as it is kept and used: pruned, weights in a byte each.

use std::collections::{BTreeMap, HashMap};

use super::{
    TagError,
    chain::Chain,
    train::{Field, Rows},
};

/// Largest weight of a byte.
const MAX: f32 = 127.0;

/// Weights by feature.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Compact {
    pub(super) chain: Chain,
    /// What one step of a byte is worth.
    pub(super) scale: f32,
    /// Where each feature's cells are.
    cells_of: HashMap<u32, (u32, u8)>,
    /// Label and weight.
    cells: Vec<(u8, i8)>,
}

impl Compact {
    /// Keeps the heaviest weights of `field` that fit into about `budget` bytes.
    pub(super) fn from_field(field: &Field, budget: usize) -> Self {
        let labels = field.chain.labels;
        let heaviest = field.weights.iter().fold(1e-6_f32, |top, weight| top.max(weight.abs()));
        let scale = heaviest / MAX;
        let mut features: Vec<(u32, u32)> =
            field.index.iter().map(|(hash, row)| (*hash, *row)).collect();
        features.sort_unstable();
        let mut least = 1_u8;
        loop {
            let mut compact = Self {
                chain: field.chain.clone(),
                scale,
                cells_of: HashMap::new(),
                cells: Vec::new(),
            };
            for (hash, row) in &features {
                let start = *row as usize * labels;
                let bytes = field.weights[start..start + labels].iter().map(|weight| {
                    #[expect(clippy::cast_possible_truncation, reason = "within -127..=127")]
                    let byte = (weight / scale).round() as i8;
                    byte
                });
                let kept = bytes.zip(0_u8..).filter(|(byte, _)| byte.unsigned_abs() >= least);
                compact.push(*hash, kept.map(|(byte, label)| (label, byte)).collect());
            }
            if compact.size() <= budget || least == u8::MAX {
                return compact;
            }
            least += 1;
        }
    }

    fn push(&mut self, hash: u32, cells: Vec<(u8, i8)>) {
        if let (Ok(at), Ok(n)) = (u32::try_from(self.cells.len()), u8::try_from(cells.len()))
            && n > 0
        {
            self.cells_of.insert(hash, (at, n));
            self.cells.extend(cells);
        }
    }

    /// Bytes of [`Self::write`], about.
    fn size(&self) -> usize {
        self.cells_of.len() * 4 + self.cells.len() * 2
    }

    /// How many features have a weight.
    pub(super) fn features(&self) -> usize {
        self.cells_of.len()
    }

    /// The score of each label at each token.
    pub(super) fn scores(&self, rows: &Rows) -> Vec<f32> {
        let mut scores = vec![0.0; rows.len() * self.chain.labels];
        for (row, features) in scores.chunks_exact_mut(self.chain.labels).zip(rows) {
            for (at, n) in features.iter().filter_map(|feature| self.cells_of.get(feature)) {
                let start = *at as usize;
                for (label, byte) in &self.cells[start..start + usize::from(*n)] {
                    row[usize::from(*label)] += f32::from(*byte) * self.scale;
                }
            }
        }
        scores
    }

    /// Features in ascending order: the step from the one before, then its cells.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let ordered: BTreeMap<u32, (u32, u8)> =
            self.cells_of.iter().map(|(hash, place)| (*hash, *place)).collect();
        let mut before = 0;
        for (hash, (at, n)) in ordered {
            write_number(hash - before, out);
            before = hash;
            out.push(n);
            for (label, byte) in &self.cells[at as usize..at as usize + usize::from(n)] {
                out.extend([*label, byte.cast_unsigned()]);
            }
        }
    }

    /// Reads `features` of them back.
    pub(super) fn read(
        chain: Chain,
        scale: f32,
        features: usize,
        bytes: &mut &[u8],
    ) -> Result<Self, TagError> {
        let mut compact = Self { chain, scale, cells_of: HashMap::new(), cells: Vec::new() };
        let mut hash = 0_u32;
        for _ in 0..features {
            hash = hash.checked_add(read_number(bytes)?).ok_or(TagError::Damaged)?;
            let n = read_byte(bytes)?;
            let mut cells = Vec::with_capacity(usize::from(n));
            for _ in 0..n {
                let cell = (read_byte(bytes)?, read_byte(bytes)?.cast_signed());
                if usize::from(cell.0) >= compact.chain.labels {
                    return Err(TagError::Damaged);
                }
                cells.push(cell);
            }
            compact.push(hash, cells);
        }
        Ok(compact)
    }
}

/// Seven bits a byte, the least first.
pub(super) fn write_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}

/// The inverse of [`write_number`].
pub(super) fn read_number(bytes: &mut &[u8]) -> Result<u32, TagError> {
    let mut number = 0_u32;
    for shift in (0..32).step_by(7) {
        let byte = read_byte(bytes)?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(TagError::Damaged)
}

fn read_byte(bytes: &mut &[u8]) -> Result<u8, TagError> {
    let (first, rest) = bytes.split_first().ok_or(TagError::Damaged)?;
    *bytes = rest;
    Ok(*first)
}
