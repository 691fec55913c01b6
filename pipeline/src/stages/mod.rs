//! The stages of a turn that touch the world or shape its output, one file each. The pure ones,
//! `track`, `decide` and `conclude`, are the dialog crate.

pub(crate) mod act;
pub(crate) mod deliver;
pub(crate) mod receive;
pub(crate) mod respond;
pub(crate) mod retrieve;
pub(crate) mod screen;
