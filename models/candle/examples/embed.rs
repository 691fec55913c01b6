//! Encodes texts into a file, for experiments that train on the same vectors many times.
//!
//! `embed MODEL_DIR TEXTS VECTORS`: a text a line in, rows of little-endian f32 out. What is there
//! already is kept, so that a run that was interrupted goes on.

use std::{
    env,
    fs::{File, OpenOptions},
    io::{self, BufRead as _, BufReader, Write as _},
};

use models::Encoder as _;
use models_candle::{CandleConfig, CandleEncoder};

/// Texts encoded, and rows written, at a time.
const CHUNK: usize = 256;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [model, texts, vectors] = args.as_slice() else {
        return Err("usage: embed MODEL_DIR TEXTS VECTORS".into());
    };
    let encoder = CandleEncoder::load(&CandleConfig::new(model))?;
    let texts: Vec<String> =
        BufReader::new(File::open(texts)?).lines().collect::<Result<_, _>>()?;
    let mut out = OpenOptions::new().create(true).append(true).open(vectors)?;
    let row_bytes = (encoder.dimension() * size_of::<f32>()) as u64;
    let done = usize::try_from(out.metadata()?.len() / row_bytes)?;
    out.set_len(done as u64 * row_bytes)?;
    for (i, chunk) in texts[done.min(texts.len())..].chunks(CHUNK).enumerate() {
        let chunk: Vec<&str> = chunk.iter().map(String::as_str).collect();
        for embedding in encoder.encode(&chunk)? {
            let bytes: Vec<u8> = embedding.values().iter().flat_map(|x| x.to_le_bytes()).collect();
            out.write_all(&bytes)?;
        }
        write!(io::stderr(), "\r{}/{}", done + i * CHUNK + chunk.len(), texts.len())?;
    }
    Ok(())
}
