//! What holds for any text at all, by fuzzing: nothing panics, and spans lie inside the text.
//!
//! `cargo nextest run -p fuzz` runs a few thousand random inputs for each target. For longer, see
//! `docs/proofs.md`.

mod temporal;
mod text;
mod understanding;
