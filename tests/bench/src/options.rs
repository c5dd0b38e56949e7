//! What a run may be asked for.

use clap::Args;

/// Options that benchmarks share; each reads what it knows.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Documents of the corpus, where a benchmark needs one.
    #[arg(long, default_value_t = 10_000)]
    pub documents: u32,
    /// Real texts, JSON lines, in which `vetting` counts what the checks find.
    #[arg(long, value_name = "FILE")]
    pub texts: Option<std::path::PathBuf>,
}
