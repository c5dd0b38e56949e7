//! The command line of `cargo xtask`.

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};

use crate::{
    bench,
    gate::{self, Choice, GATES},
    golden, tidy, tree,
};

/// Tasks of the house.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Run every gate and install what they lack.
    Test {
        /// Only these gates; may be given several times.
        #[arg(long, value_name = "GATE")]
        only: Vec<String>,
        /// All gates but these; may be given several times.
        #[arg(long, value_name = "GATE")]
        skip: Vec<String>,
        /// The slow lane too.
        #[arg(long)]
        slow: bool,
        /// Name the gates and run none.
        #[arg(long)]
        list: bool,
    },
    /// Hold the repository to the house's rules.
    Tidy,
    /// Write golden files anew by running the tests that compare with them.
    Golden {
        /// Packages whose tests to run; all, if none is named.
        packages: Vec<String>,
    },
    /// Measure the release build, each row beside its peer.
    Bench {
        /// Arguments of the bench program: names of benchmarks, its options.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

impl Cli {
    /// Does it.
    ///
    /// # Errors
    /// A gate, a rule, a test or a benchmark failed.
    pub fn run(self) -> Result<()> {
        let root = tree::root()?;
        match self.task {
            Task::Test { list: true, .. } => {
                gate::list(GATES);
                Ok(())
            }
            Task::Test { only, skip, slow, list: false } => gate::run(&root, &Choice { only, skip, slow }.of(GATES)?),
            Task::Tidy => tidy::run(&root, &subcommands()),
            Task::Golden { packages } => golden::run(&root, &packages),
            Task::Bench { arguments } => bench::run(&root, &arguments),
        }
    }
}

/// Names of all subcommands: what documents may tell people to type.
#[must_use]
pub fn subcommands() -> Vec<String> {
    Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_tasks_are_there_and_bench_passes_its_arguments_on() {
        assert_eq!(subcommands(), ["test", "tidy", "golden", "bench"]);
        let cli = Cli::try_parse_from(["xtask", "bench", "append", "--rounds", "7"]).unwrap();
        assert!(matches!(cli.task, Task::Bench { arguments } if arguments == ["append", "--rounds", "7"]));
    }
}
