//! The composition root: settings, HTTP, workers, commands. The only crate that knows HTTP status
//! codes, reads the environment, or sees every other crate at once.

mod api;
mod app;
mod auth;
mod body;
mod cli;
mod commands;
mod config;
mod health;
mod pages;
mod problem;
mod simulator;
mod startup;
mod terminal;
mod webhooks;
mod workers;

pub use app::{App, Switches, router};
pub use cli::run;
