//! The conversation, seen from outside: transcripts, laws, wording.

mod laws;
mod script;
mod transcripts;
mod voices;
mod wording;
mod world;
