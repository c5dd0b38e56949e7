//! From the ledger to the pages: every page's bytes are those of a bulk build, whatever happened on the way.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail as tests do: by panicking"
)]

#[path = "projection/answers.rs"]
mod answers;
#[path = "projection/appearance.rs"]
mod appearance;
#[path = "projection/arrivals.rs"]
mod arrivals;
#[path = "projection/catalogue.rs"]
mod catalogue;
#[path = "projection/counts.rs"]
mod counts;
#[path = "projection/coverage.rs"]
mod coverage;
#[path = "projection/drafts.rs"]
mod drafts;
#[path = "projection/files.rs"]
mod files;
#[path = "projection/generation.rs"]
mod generation;
#[path = "projection/history.rs"]
mod history;
#[path = "projection/migrated.rs"]
mod migrated;
#[path = "projection/personal.rs"]
mod personal;
#[path = "projection/purges.rs"]
mod purges;
#[path = "projection/random.rs"]
mod random;
#[path = "projection/relations.rs"]
mod relations;
#[path = "projection/reports.rs"]
mod reports;
#[path = "projection/road.rs"]
mod road;
#[path = "projection/rounds.rs"]
mod rounds;
#[path = "projection/sharing.rs"]
mod sharing;
#[path = "projection/site_states.rs"]
mod site_states;
#[path = "projection/statistics.rs"]
mod statistics;
#[path = "projection/town.rs"]
mod town;
#[path = "projection/trouble.rs"]
mod trouble;
#[path = "projection/unknown.rs"]
mod unknown;
