//! `cargo xtask test`: every gate a change has to pass, one after another, each timed, all of them run.

mod calendar;
mod list;
mod s3;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, bail, ensure};

pub use list::GATES;

/// What a gate is run for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Every change.
    Every,
    /// Once in a while: it takes longer than all others together.
    Slow,
}

/// One thing that must hold.
#[derive(Debug, Clone, Copy)]
pub struct Gate {
    /// Name on the command line.
    pub name: &'static str,
    /// What it holds, for the list.
    pub about: &'static str,
    /// When it is run.
    pub lane: Lane,
    /// Installs what it lacks, then checks.
    pub run: fn(&Path) -> Result<()>,
}

/// Which gates are wanted.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// These only; empty for all of the lane.
    pub only: Vec<String>,
    /// Not these.
    pub skip: Vec<String>,
    /// The slow lane too.
    pub slow: bool,
}

impl Choice {
    /// The chosen gates, in order.
    ///
    /// # Errors
    /// A name is no gate's, or nothing is left.
    pub fn of<'a>(&self, gates: &'a [Gate]) -> Result<Vec<&'a Gate>> {
        for name in self.only.iter().chain(&self.skip) {
            ensure!(
                gates.iter().any(|gate| gate.name == name),
                "there is no gate `{name}`: see `cargo xtask test --list`"
            );
        }
        let wanted = |gate: &&Gate| match self.only.as_slice() {
            [] => gate.lane == Lane::Every || self.slow,
            only => only.iter().any(|name| name == gate.name),
        };
        let chosen: Vec<&Gate> =
            gates.iter().filter(wanted).filter(|gate| !self.skip.iter().any(|name| name == gate.name)).collect();
        ensure!(!chosen.is_empty(), "no gate is left to run");
        Ok(chosen)
    }
}

/// Prints every gate's name and purpose.
pub fn list(gates: &[Gate]) {
    for Gate { name, about, lane, .. } in gates {
        println!("{name:<12} {about}{}", if *lane == Lane::Slow { " (slow lane)" } else { "" });
    }
}

/// Runs all chosen gates, whatever fails on the way, then prints a table and one line that counts.
///
/// # Errors
/// A gate failed.
pub fn run(root: &Path, gates: &[&Gate]) -> Result<()> {
    let mut results: Vec<(&Gate, Duration, Option<String>)> = Vec::new();
    for gate in gates {
        println!("\n━━ {}: {}", gate.name, gate.about);
        let started = Instant::now();
        let error = (gate.run)(root).err().map(|error| format!("{error:#}"));
        let took = started.elapsed();
        println!(
            "━━ {}: {} in {:.1} s",
            gate.name,
            if error.is_none() { "passed" } else { "failed" },
            took.as_secs_f64()
        );
        if let Some(error) = &error {
            println!("{error}");
        }
        results.push((gate, took, error));
    }
    println!("\n{:<12} {:>8}  result", "gate", "seconds");
    for (gate, took, error) in &results {
        let first = error.as_deref().map_or("passed", |error| error.lines().next().unwrap_or("failed"));
        println!(
            "{:<12} {:>8.1}  {}{first}",
            gate.name,
            took.as_secs_f64(),
            if error.is_some() { "failed: " } else { "" }
        );
    }
    let failed = results.iter().filter(|(_, _, error)| error.is_some()).count();
    println!("\n{} passed, {failed} failed", results.len() - failed);
    if failed > 0 {
        bail!("{failed} gates failed");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(name: &'static str, lane: Lane, run: fn(&Path) -> Result<()>) -> Gate {
        Gate { name, about: "", lane, run }
    }

    fn names(choice: &Choice, gates: &[Gate]) -> Vec<&'static str> {
        choice.of(gates).unwrap().into_iter().map(|gate| gate.name).collect()
    }

    #[test]
    fn only_skip_and_slow_choose() {
        let gates = [
            gate("fmt", Lane::Every, |_| Ok(())),
            gate("tidy", Lane::Every, |_| Ok(())),
            gate("kill", Lane::Slow, |_| Ok(())),
        ];
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&Choice::default(), &gates), ["fmt", "tidy"]);
        assert_eq!(names(&Choice { slow: true, ..Choice::default() }, &gates), ["fmt", "tidy", "kill"]);
        assert_eq!(names(&Choice { only: words(&["kill"]), ..Choice::default() }, &gates), ["kill"]);
        assert_eq!(names(&Choice { skip: words(&["fmt"]), ..Choice::default() }, &gates), ["tidy"]);
        assert!(Choice { only: words(&["dance"]), ..Choice::default() }.of(&gates).is_err());
        assert!(Choice { only: words(&["fmt"]), skip: words(&["fmt"]), slow: false }.of(&gates).is_err());
    }

    #[test]
    fn one_failure_fails_the_run_and_stops_nothing() {
        use std::sync::atomic::{AtomicU32, Ordering};
        static RUNS: AtomicU32 = AtomicU32::new(0);
        let good = gate("good", Lane::Every, |_| {
            RUNS.fetch_add(1, Ordering::SeqCst);
            Ok(())
        });
        let bad = gate("bad", Lane::Every, |_| bail!("broken"));
        assert!(run(Path::new("."), &[&bad, &good]).unwrap_err().to_string().contains("1 gates failed"));
        assert_eq!(RUNS.load(Ordering::SeqCst), 1);
        assert!(run(Path::new("."), &[&good]).is_ok());
    }

    #[test]
    fn no_two_gates_share_a_name() {
        let names: std::collections::BTreeSet<&str> = GATES.iter().map(|gate| gate.name).collect();
        assert_eq!(names.len(), GATES.len());
    }
}
