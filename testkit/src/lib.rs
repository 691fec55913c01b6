//! A business to talk to: for tests of whole turns, which are transcript files, and for the user
//! simulator of `booka eval dialogs`. Nothing here is part of the service.

pub mod builders;
mod desk;
pub mod shop;
mod stage;
mod transcript;

pub use stage::Stage;
pub use transcript::Transcript;
