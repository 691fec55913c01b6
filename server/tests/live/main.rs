//! The real binary, a real database, the stand-in for Evolution, and `kill -9`.
//!
//! Everything here goes through the doors that a provider, a customer or an owner would use.

mod bad_input;
mod contest;
mod conversation;
mod kill;
mod process;
mod zone_rules;
