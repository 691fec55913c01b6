//! Rules that only Spanish has.

use crate::{
    expr::{Day, Expr, Point, Time},
    grammar::length::Measured,
    stream::{Input, Parsed, fail, word},
};

pub(super) fn expression(input: &mut Input<'_>) -> Parsed<Expr> {
    fail(input)
}

pub(super) fn point(input: &mut Input<'_>) -> Parsed<Point> {
    fail(input)
}

pub(super) fn range(input: &mut Input<'_>) -> Parsed<Expr> {
    fail(input)
}

pub(super) fn open(input: &mut Input<'_>) -> Parsed<Expr> {
    fail(input)
}

pub(super) fn day(input: &mut Input<'_>) -> Parsed<Day> {
    fail(input)
}

pub(super) fn simple_day(input: &mut Input<'_>) -> Parsed<Day> {
    fail(input)
}

pub(super) fn date(input: &mut Input<'_>) -> Parsed<Day> {
    fail(input)
}

pub(super) fn section(input: &mut Input<'_>) -> Parsed<Day> {
    fail(input)
}

pub(super) fn time(input: &mut Input<'_>) -> Parsed<Time> {
    fail(input)
}

pub(super) fn weak_time(input: &mut Input<'_>) -> Parsed<Time> {
    fail(input)
}

pub(super) fn length(input: &mut Input<'_>) -> Parsed<Measured> {
    fail(input)
}

pub(super) fn day_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["dia", "dias"], input)
}

pub(super) fn month_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["mes"], input)
}

pub(super) fn season_word(input: &mut Input<'_>) -> Parsed<()> {
    word(&["estacion", "temporada"], input)
}

pub(super) fn half_year(input: &mut Input<'_>) -> Parsed<()> {
    word(&["semestre"], input)
}

pub(super) fn but(input: &mut Input<'_>) -> Parsed<()> {
    word(&["pero"], input)
}

pub(super) fn from_day(input: &mut Input<'_>) -> Parsed<()> {
    word(&["del"], input)
}

pub(super) fn from_clock(input: &mut Input<'_>) -> Parsed<()> {
    word(&["de"], input)
}
