//! Stateful fakes of the outside services, written against the wire formats alone.
//!
//! Uses none of our crates, on purpose: a fake that shared types with the code it tests would share
//! its misunderstandings too.

#![expect(
    clippy::disallowed_types,
    reason = "a fake answers as the real service does, not with our problems"
)]

pub mod evolution;
pub mod openrouter;
