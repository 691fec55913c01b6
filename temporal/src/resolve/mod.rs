//! From what was said to when that is: the only place that computes with the calendar.
//!
//! `day` finds the stretches a day can be, `clock` the times, `value` puts them together. Where the
//! conventions differ (how long the afternoon is, what "next Friday" is), `habits` has the table.

mod clock;
mod cycle;
mod day;
mod habits;
mod stretch;
mod value;

use jiff::civil::{Date, DateTime};

pub(crate) use value::{Parts, apart, read};

use crate::{Context, Conventions, Grain};

/// What resolution needs of a context, in civil time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    pub(crate) now: DateTime,
    pub(crate) today: Date,
    /// Minutes east of Greenwich at the reference.
    pub(crate) offset: i32,
    pub(crate) conventions: Conventions,
    pub(crate) country: Option<[u8; 2]>,
    pub(crate) future_only: bool,
    pub(crate) language: crate::Language,
}

impl Scene {
    pub(crate) fn new(cx: &Context) -> Self {
        Self {
            now: cx.reference.datetime(),
            today: cx.reference.date(),
            offset: cx.reference.offset().seconds() / 60,
            conventions: cx.conventions,
            country: cx.country,
            future_only: cx.future_only,
            language: cx.language,
        }
    }
}

/// Why a day has no stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nowhere {
    /// No calendar has it: 30 February.
    Impossible,
    /// It makes no sense here, or lies outside the years that can be written.
    Unreadable,
}

/// Where one unit that begins at a moment ends.
pub(crate) fn end_of(start: DateTime, grain: Grain) -> Option<DateTime> {
    stretch::plus(start, grain, 1)
}
