//! What `booka` can be told to do, one file a command.

pub(crate) mod chat;
pub(crate) mod demo;
pub(crate) mod eval;
pub(crate) mod fake;
pub(crate) mod model;
pub(crate) mod pg;
pub(crate) mod seed;
pub(crate) mod serve;
pub(crate) mod train;
