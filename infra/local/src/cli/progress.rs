//! Progress for people who wait: on stderr, and only where stderr is a terminal.

use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::Output;
use crate::{
    city::Filling,
    serve::task::{OnStep, Part, Step},
};

/// A line on the terminal that says how far the work is; silent anywhere else.
#[derive(Debug, Clone)]
pub struct ProgressLine {
    bar: ProgressBar,
}

impl ProgressLine {
    /// A line that begins with `what`.
    #[must_use]
    pub fn new(what: &'static str, output: Output) -> Self {
        let bar = match output {
            // indicatif draws nothing where stderr is no terminal.
            Output::Text => ProgressBar::new(0),
            Output::Json => ProgressBar::hidden(),
        };
        let bar = match ProgressStyle::with_template("{prefix} [{bar:30}] {pos}/{len} {msg} {elapsed}") {
            Ok(style) => bar.with_style(style.progress_chars("=> ")),
            Err(_) => bar,
        };
        // Nothing is drawn before there is something to tell.
        Self { bar: bar.with_prefix(what) }
    }

    /// Shows how far the sample city is.
    pub fn show_filling(&self, filling: Filling) {
        self.bar.set_length(filling.of as u64);
        self.bar.set_position(filling.done as u64);
        self.bar.set_message(if filling.done < filling.of { "acts" } else { "acts, pages are being made" });
    }

    /// Shows how far an import is, and how fast it goes.
    pub fn show_import(&self, done: usize, of: usize, per_second: f64) {
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
        let pages = if done < of { "" } else { ", pages are being made" };
        self.bar.set_message(format!("documents, {per_second:.0}/s{pages}"));
    }

    /// Shows the steps of a long task.
    #[must_use]
    pub fn on_step(&self) -> OnStep {
        let line = self.clone();
        Arc::new(move |step: Step| {
            if let Some(of) = step.of {
                line.bar.set_length(of);
            }
            line.bar.set_position(step.done);
            line.bar.set_message(match step.part {
                Part::Filling => "streams folded",
                Part::CatchingUp => "streams caught up",
                Part::Switched => "switched",
                Part::Waiting => "seconds waited for functions that began before",
                Part::Pages => "pages",
                Part::Dropping => "dropping the old views",
                Part::Comparing => "comparing",
                Part::Sweeping => "looking for what nothing names",
                Part::Indexing => "bringing documents into the search index",
            });
        })
    }

    /// Takes the line away.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}
