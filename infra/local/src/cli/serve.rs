//! `taihu serve`.

use super::{
    args::{Output, ServeArgs},
    exit::{Exit, Failure},
    progress::ProgressLine,
    welcome,
};
use crate::{
    city::{self, Filled},
    serve::{Options, ServeError, running::Running},
};

/// Runs `taihu serve` until it is told to stop.
///
/// # Errors
/// The folder is served already or cannot be used, or the address is taken.
pub async fn run(args: ServeArgs, output: Output) -> Result<Exit, Failure> {
    let options = Options::from(args);
    let running = Running::start(&options).await?;
    welcome::print(&running.machine, &options.data, output).map_err(ServeError::from)?;
    let line = ProgressLine::new("sample city", output);
    let stopped = tokio::select! {
        signal = stop_signal() => Ok(signal),
        filled = fill(&running, &options, &line, output) => match filled {
            Ok(()) => Ok(stop_signal().await),
            Err(error) => Err(error),
        },
    };
    line.done();
    eprintln!("taihu: stopping");
    tokio::select! {
        () = running.stop() => {}
        // Who asks twice does not want to wait.
        _ = stop_signal() => eprintln!("taihu: stopped at once; what was acknowledged is on disk"),
    }
    stopped?.map(|()| Exit::Done).map_err(|error| Failure::other(&error))
}

async fn fill(running: &Running, options: &Options, line: &ProgressLine, output: Output) -> Result<(), ServeError> {
    if !running.wants_sample {
        return Ok(());
    }
    let filled = city::fill(&running.machine, &options.data, |filling| line.show_filling(filling)).await?;
    line.done();
    if let (Filled::Now { acts }, Output::Text) = (filled, output) {
        eprintln!("taihu: the sample city is filled in ({acts} acts; its dates are simulated)");
    }
    Ok(())
}

/// Ends at SIGINT or SIGTERM.
async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminated.recv() => Ok(()),
    }
}
