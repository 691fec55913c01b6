//! Standard input to standard output, each line as the classifier sees it.

use std::io::{self, BufRead as _, Write as _};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout());
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", intents::normalize(&line?).0)?;
    }
    out.flush()
}
