//! The rules that hold in every language.
//!
//! Each is a winnow parser over meanings, so word order is all a language can differ in; rules for
//! an order that only one language has are in `lang`. A rule reads as far as it can and builds an
//! [`crate::expr::Expr`] or a part of one; where several fit, the longest wins.

pub(crate) mod clock;
pub(crate) mod cycle;
pub(crate) mod date;
pub(crate) mod day;
pub(crate) mod length;
pub(crate) mod number;
pub(crate) mod point;
pub(crate) mod range;
pub(crate) mod set;

use winnow::stream::Stream as _;

use crate::{
    expr::Expr,
    lang,
    stream::{Input, Parsed, longest},
};

/// An expression with what leads it in, and where its core begins.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) expr: Expr,
    /// How many atoms of lead-in there are before the core.
    pub(crate) lead: usize,
}

/// The longest expression that starts here.
pub(crate) fn phrase(input: &mut Input<'_>) -> Parsed<Phrase> {
    longest(
        &[
            |input| lead_free(set::set, input),
            |input| lead_free(range::range, input),
            |input| led(range::range, input),
            |input| lead_free(range::open, input),
            |input| led(range::open, input),
            |input| lead_free(range::lasting, input),
            |input| led(range::lasting, input),
            |input| lead_free(lang::expression, input),
            point::led,
            |input| lead_free(length::duration, input),
        ],
        input,
    )
}

fn lead_free(rule: fn(&mut Input<'_>) -> Parsed<Expr>, input: &mut Input<'_>) -> Parsed<Phrase> {
    Ok(Phrase { expr: rule(input)?, lead: 0 })
}

/// With "on", "at" and their like before it.
fn led(rule: fn(&mut Input<'_>) -> Parsed<Expr>, input: &mut Input<'_>) -> Parsed<Phrase> {
    let before = input.eof_offset();
    point::lead(input)?;
    let lead = before - input.eof_offset();
    Ok(Phrase { expr: rule(input)?, lead })
}
