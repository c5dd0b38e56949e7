//! `taihu`: a city's government websites on one machine.

use std::process::ExitCode;

/// A tenth of a rebuild's time went into the system's allocator; this one also gives back what it does not use.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    local::cli::main()
}
