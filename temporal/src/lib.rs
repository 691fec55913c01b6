//! What people write about dates and times, as typed values: English, Spanish, Portuguese.
//!
//! [`parse`] reads a text against a [`Context`] (reference instant and zone, language, day or month
//! first, country, future only, latent) and gives every expression it finds as a [`Found`]: the
//! span in the text, what was named, the best value and the other plausible ones. It is pure: no
//! clock, no input or output, no state; it never panics, and each word costs a bounded amount of
//! work, so the time is linear in the text.
//!
//! # How it works
//!
//! ```text
//! text ─lexer→ atoms ─lexicon→ tokens with meanings ─grammar (winnow)→ Expr ─resolve→ values
//! ```
//!
//! - `lexer` folds and splits; `lexicon/{en,es,pt}` map phrases to a language-neutral `Meaning`.
//! - `grammar` has the rules that hold in every language, over meanings: `number`, `clock`, `date`,
//!   `day`, `cycle`, `length`, `point` (day + time), `range`, `set`. They build an `Expr`
//!   (`expr`): what was said, before any calendar.
//! - `lang/{en,es,pt}` has the rules of one language, asked at the joints listed in `lang`.
//! - `resolve` turns an `Expr` into stretches of the calendar; `resolve/habits` has the tables on
//!   which conventions differ.
//! - `holiday` has the rules of holidays (`rule`, `easter`) and their names, a table a language.
//!
//! # Adding to it
//!
//! 1. A word or phrase: a row in the lexicon of its language, folded (lower case, no accents).
//! 2. A holiday: its names and rule, a row in the table of its language in `holiday`.
//! 3. An order of words of one language: a rule in `lang/xx.rs` at the joint that fits.
//! 4. A form all languages share: a rule in `grammar`; give it to the `longest` list of its kind.
//!
//! Then run the corpora: `cargo run -p temporal --example corpus -- --data F --format duckling
//! --lang en --misses 40`.

mod context;
pub mod corpus;
mod expr;
mod grammar;
mod holiday;
mod lang;
mod lexer;
mod lexicon;
mod meaning;
mod resolve;
mod scan;
mod span;
mod stream;
mod term;
mod value;

pub use context::{Context, Conventions, DateOrder, Language};
pub use meaning::Part;
pub use span::Span;
pub use term::{Term, terms};
pub use value::{Direction, End, Found, Grain, Kind, Length, Piece, Recurrence, Value};

/// Finds every date and time expression in a text, in order of appearance; none overlap.
#[must_use]
pub fn parse(text: &str, cx: &Context) -> Vec<Found> {
    scan::scan(text, cx)
}

/// Where one unit of a grain that begins at a moment ends; `None` past the last year there is.
#[must_use]
pub fn end_of(start: jiff::civil::DateTime, grain: Grain) -> Option<jiff::civil::DateTime> {
    resolve::end_of(start, grain)
}
