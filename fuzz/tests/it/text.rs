//! Bytes to text: half of the inputs as they are, half as a run of words that mean something.

/// The text that `bytes` stand for.
pub(crate) fn text(bytes: &[u8], words: &[&str]) -> String {
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 0 => String::from_utf8_lossy(rest).into_owned(),
        Some((_, rest)) => {
            rest.iter().map(|byte| words[usize::from(*byte) % words.len()]).collect()
        }
        None => String::new(),
    }
}
