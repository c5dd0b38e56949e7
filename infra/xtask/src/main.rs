//! `cargo xtask`: the house's own tasks.

use clap::{CommandFactory, Parser, Subcommand};
use xtask::{tidy, tree};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tasks of the house", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Hold the house to its own rules.
    Tidy,
}

fn main() -> anyhow::Result<()> {
    let root = tree::root()?;
    match Cli::parse().task {
        Task::Tidy => {
            tidy::run(&root, &Cli::command().get_subcommands().map(|c| c.get_name().to_owned()).collect::<Vec<_>>())
        }
    }
}
