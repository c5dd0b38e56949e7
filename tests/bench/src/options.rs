//! What a run may be asked for.

use std::path::PathBuf;

use clap::Args;

/// Options that benchmarks share; each reads what it knows.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Documents of the corpus, where a benchmark needs one.
    #[arg(long, default_value_t = 10_000)]
    pub documents: u32,
    /// Real texts, JSON lines, in which `vetting` counts what the checks find.
    #[arg(long, value_name = "FILE")]
    pub texts: Option<PathBuf>,
    /// Folder of the real records that `imports` brings in, and whose words `facets` uses.
    #[arg(long, value_name = "FOLDER", default_value = "../shared/data")]
    pub records: PathBuf,
    /// Records that `facets` searches.
    #[arg(long, default_value_t = 1_000_000)]
    pub entries: u32,
    /// Folder in which `facets` leaves its indexes for the next run; else they are gone afterwards.
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// The Nu Html Checker's `vnu.jar`, to which `imports` holds every page; needs Java.
    #[arg(long, value_name = "JAR")]
    pub vnu: Option<PathBuf>,
}
