//! The command line.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{commands, config::Settings, problem::chain, terminal};

/// An AI receptionist for businesses that live on WhatsApp.
#[derive(Debug, Parser)]
#[command(name = "booka", version, about, max_term_width = 100)]
struct Cli {
    /// A settings file; `booka.toml` in the current folder is read if it is there.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try it out: sets everything up, opens a demo salon, and says where to chat.
    Demo(commands::demo::DemoArgs),
    /// Chat with a running Booka from the terminal, or from a script through standard input.
    Chat(commands::chat::ChatArgs),
    /// Run the service.
    Serve,
    /// Bring the database schema up to date.
    Migrate,
    /// Open a business from a TOML file; prints its keys, once.
    Seed(commands::seed::SeedArgs),
    /// Measure how well it understands.
    #[command(subcommand)]
    Eval(eval::Command),
    /// Train what is trained on this machine.
    #[command(subcommand)]
    Train(commands::train::Train),
    /// The local model.
    #[command(subcommand)]
    Model(commands::model::Model),
    /// The private Postgres cluster.
    #[command(subcommand)]
    Pg(commands::pg::Pg),
    /// A stand-in for an Evolution API server, for trying the WhatsApp channel without WhatsApp.
    FakeEvolution(commands::fake::FakeArgs),
    /// A stand-in for OpenRouter, for trying the language model without one.
    FakeOpenrouter(commands::fake::OpenRouterArgs),
    /// Print the OpenAPI document.
    Openapi,
}

/// Runs the command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a check did not pass.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            terminal::note(format_args!("booka: cannot start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(dispatch(cli)) {
        Ok(code) => code,
        Err(error) => {
            terminal::note(format_args!("booka: {}", chain(&*error)));
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(cli: Cli) -> anyhow::Result<ExitCode> {
    let settings = || Settings::load(cli.config.as_deref());
    match cli.command {
        Command::Demo(args) => commands::demo::run(args, settings()?).await?,
        Command::Chat(chat) => commands::chat::run(chat).await?,
        Command::Serve => commands::serve::run(settings()?).await?,
        Command::Migrate => commands::serve::migrate(&settings()?).await?,
        Command::Seed(args) => commands::serve::seed(&settings()?, args).await?,
        Command::Eval(command) => return commands::eval::run(command, &settings()?).await,
        Command::Train(train) => train.run(&settings()?).await?,
        Command::Model(model) => model.run(&settings()?).await?,
        Command::Pg(pg) => return pg.run(&settings()?).await,
        Command::FakeEvolution(args) => commands::fake::run(args).await?,
        Command::FakeOpenrouter(args) => commands::fake::run_openrouter(args).await?,
        Command::Openapi => terminal::part(crate::api::openapi_json()),
    }
    Ok(ExitCode::SUCCESS)
}
