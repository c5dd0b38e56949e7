//! Log lines: JSON on stderr, one event a line.

use tracing_subscriber::EnvFilter;

/// Begins to log; `RUST_LOG` chooses what, `info` by default.
///
/// A second call changes nothing: tests and `taihu` may have begun already.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let _already_begun = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}
