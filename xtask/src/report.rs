//! What a chore says.

use std::{io::Write as _, path::Path};

/// Writes one line to standard error. If nobody is there to read it, so be it.
pub(crate) fn line(text: &str) {
    drop(writeln!(std::io::stderr(), "{text}"));
}

/// Lists what is wrong, or says that nothing is. Returns whether all is well.
pub(crate) fn outcome(chore: &str, problems: &[String], well: &str) -> bool {
    for problem in problems {
        line(&format!("{chore}: {problem}"));
    }
    match problems.len() {
        0 => line(&format!("{chore}: {well}")),
        n => line(&format!("{chore}: {n} to put right")),
    }
    problems.is_empty()
}

/// A path as people write it, from the root of the repository.
pub(crate) fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}
