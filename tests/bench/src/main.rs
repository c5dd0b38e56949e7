//! Benchmarks, each beside its peer.

use std::pin::Pin;

use anyhow::{Result, bail};
use bench::Options;
use clap::Parser;

/// What a benchmark promises to do.
type Running = Pin<Box<dyn Future<Output = Result<()>>>>;

/// One benchmark.
struct Benchmark {
    name: &'static str,
    about: &'static str,
    run: fn(Options) -> Running,
}

/// Every benchmark there is, in the order they run.
const BENCHMARKS: &[Benchmark] = &[Benchmark {
    name: "append",
    about: "load, decide and append beside the bare SDK calls",
    run: |_| Box::pin(bench::append::run()),
}];

/// Benchmarks, each beside its peer in the same run; all of them, or those named.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Cli {
    /// Names of benchmarks.
    names: Vec<String>,
    #[command(flatten)]
    options: Options,
}

#[tokio::main]
async fn main() -> Result<()> {
    let Cli { names, options } = Cli::parse();
    if let Some(unknown) = names.iter().find(|name| BENCHMARKS.iter().all(|known| known.name != **name)) {
        let known: Vec<String> = BENCHMARKS.iter().map(|known| format!("  {}: {}", known.name, known.about)).collect();
        bail!("there is no benchmark `{unknown}`; there are:\n{}", known.join("\n"));
    }
    let wanted = |benchmark: &&Benchmark| names.is_empty() || names.iter().any(|name| name == benchmark.name);
    for benchmark in BENCHMARKS.iter().filter(wanted) {
        (benchmark.run)(options.clone()).await?;
    }
    Ok(())
}
