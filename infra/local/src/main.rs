//! `taihu`: a city's government websites on one machine.

use std::process::ExitCode;

/// A tenth of the processor's time of a rebuild went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    local::cli::main()
}
