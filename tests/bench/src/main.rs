//! Benchmarks, each beside its peer.

use std::{path::PathBuf, pin::Pin};

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
const BENCHMARKS: &[Benchmark] = &[
    Benchmark {
        name: "append",
        about: "one event to one of 100,000 streams by 1, 8 and 32 clients, beside the bare SDK calls (B1)",
        run: |_| Box::pin(bench::append::run()),
    },
    Benchmark {
        name: "decide",
        about: "load 20, 200 and 2,000 events, decide, append; 32 writers on one stream (B2)",
        run: |_| Box::pin(bench::decide::run()),
    },
    Benchmark {
        name: "cold",
        about: "exec to the first question for work, of each function (B6)",
        run: |_| Box::pin(bench::cold::run()),
    },
    Benchmark {
        name: "serving",
        about: "pages from the local CDN, beside nginx (B7)",
        run: |_| Box::pin(bench::serving::run()),
    },
    Benchmark {
        name: "rebuild",
        about: "every page once more from the ledger, beside Hugo (B4)",
        run: |options| Box::pin(bench::rebuild::bench(options)),
    },
    Benchmark {
        name: "publish",
        about: "from a publication to the new bytes of all its pages, beside Hugo building the site (B3)",
        run: |options| Box::pin(bench::publish::bench(options)),
    },
    Benchmark {
        name: "banner",
        about: "from the answer to a banner of all 117 sites to every home and column page",
        run: |_| Box::pin(bench::banner::bench()),
    },
    Benchmark {
        name: "cases",
        about: "one report more, how a case stands, a round of the clock, among 10,000 open cases",
        run: |_| Box::pin(bench::cases::bench()),
    },
    Benchmark {
        name: "imports",
        about: "real records through `taihu import documents`, with their pages, and whether those are right",
        run: |options| Box::pin(async move { bench::imports::bench(&options).await }),
    },
    Benchmark {
        name: "facets",
        about: "twenty hits and their facets among a million records, beside tantivy, Groonga and SQLite (B5)",
        run: |options| Box::pin(async move { bench::facets::bench(&options) }),
    },
    Benchmark {
        name: "vetting",
        about: "the checks before publication, megabytes of text a second, beside patterns alone",
        run: |options| Box::pin(async move { bench::vetting::bench(&options) }),
    },
    Benchmark {
        name: "objects",
        about: "objects written per act, at 1,000 and at 100,000 documents",
        run: |_| Box::pin(bench::objects::bench()),
    },
];

/// Benchmarks, each beside its peer in the same run; all of them, or those named.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Cli {
    /// Names of benchmarks.
    names: Vec<String>,
    /// Answers questions of `facets` from the index in a folder, and does nothing else.
    #[arg(long, hide = true, value_name = "FOLDER")]
    answers: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

#[tokio::main]
async fn main() -> Result<()> {
    let Cli { names, answers, options } = Cli::parse();
    if let Some(folder) = answers {
        return bench::facets::answers(&folder);
    }
    if let Some(unknown) = names.iter().find(|name| BENCHMARKS.iter().all(|known| known.name != **name)) {
        let known: Vec<String> = BENCHMARKS.iter().map(|known| format!("  {}: {}", known.name, known.about)).collect();
        bail!("there is no benchmark `{unknown}`; there are:\n{}", known.join("\n"));
    }
    let wanted = |benchmark: &&Benchmark| names.is_empty() || names.iter().any(|name| name == benchmark.name);
    print!("{}", bench::describe());
    for benchmark in BENCHMARKS.iter().filter(wanted) {
        (benchmark.run)(options.clone()).await?;
    }
    Ok(())
}
