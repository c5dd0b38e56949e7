//! `taihu`: a city's government websites on one machine.

use std::process::ExitCode;

fn main() -> ExitCode {
    local::cli::main()
}
