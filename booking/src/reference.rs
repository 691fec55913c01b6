//! The short code a customer reads out loud.

use std::{fmt, str::FromStr};

use kernel::Ids;

use crate::BookingError;

/// Crockford's alphabet: no I, L, O, U, so that nothing is misread or rude.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 6;

/// Six characters, unique within a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference(String);

impl Reference {
    /// Draws one. Thirty bits: the caller tries again in the rare case that it is in use.
    pub(crate) fn draw(ids: &Ids) -> Self {
        let mut bytes = [0; LENGTH];
        ids.fill(&mut bytes);
        Self(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect())
    }

    /// The six characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Reference {
    type Err = BookingError;

    /// Forgives case and the usual misreadings (O for 0, I and L for 1).
    fn from_str(text: &str) -> Result<Self, BookingError> {
        let code: String = text
            .trim()
            .chars()
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        if code.len() == LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte)) {
            Ok(Self(code))
        } else {
            Err(BookingError::invalid("reference", "must be six letters and digits"))
        }
    }
}
