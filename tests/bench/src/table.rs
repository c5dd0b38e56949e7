//! Rounds of a side, and tables of them in Markdown.

use std::{fmt::Write, time::Duration};

use crate::machine;

/// Times of one side, one per round or per run.
#[derive(Debug, Default, Clone)]
pub(crate) struct Side(Vec<Duration>);

impl Side {
    /// Takes in one more.
    pub(crate) fn push(&mut self, round: Duration) {
        self.0.push(round);
    }

    /// How many there are.
    pub(crate) fn rounds(&self) -> usize {
        self.0.len()
    }

    /// The middle one, in seconds; zero without any.
    pub(crate) fn median(&self) -> f64 {
        self.below(50)
    }

    /// The shortest, in seconds; zero without any.
    pub(crate) fn least(&self) -> f64 {
        self.below(0)
    }

    /// The time that `percent` of a hundred stay below, in seconds; zero without any.
    pub(crate) fn below(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(place).copied().unwrap_or_default().as_secs_f64()
    }

    /// Median and best as a rate, where a round does `each` things: `640 (702)`.
    pub(crate) fn rate(&self, each: u32) -> String {
        if self.0.is_empty() {
            return ABSENT.to_owned();
        }
        let rate = |seconds: f64| f64::from(each) / seconds;
        format!("{:.0} ({:.0})", rate(self.median()), rate(self.least()))
    }

    /// This side's time over another's, of medians and of the shortest: `1.05 (1.02)`.
    pub(crate) fn over(&self, peer: &Self) -> String {
        if self.0.is_empty() || peer.0.is_empty() {
            return ABSENT.to_owned();
        }
        format!("{:.2} ({:.2})", self.median() / peer.median(), self.least() / peer.least())
    }
}

/// What stands where a peer could not be measured.
pub(crate) const ABSENT: &str = "–";

/// One benchmark's rows, to be printed as Markdown and pasted into `docs/BENCHMARKS.md`.
#[derive(Debug)]
pub(crate) struct Table {
    title: &'static str,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Table {
    /// A table without rows; the last column is the machine's load when a row was through.
    pub(crate) fn new(title: &'static str, head: &[&str]) -> Self {
        let head = head.iter().chain(&["load"]).map(|&name| name.to_owned()).collect();
        Self { title, head, rows: Vec::new(), notes: Vec::new() }
    }

    /// Adds a row, and shows it at once on stderr.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().chain([machine::load()]).collect();
        eprintln!("{}: {}", self.title, cells.join(" | "));
        self.rows.push(cells);
    }

    /// Adds a sentence below the table: what was measured, or what could not be.
    pub(crate) fn note(&mut self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        eprintln!("{}: {sentence}", self.title);
        self.notes.push(sentence);
    }

    /// The whole in Markdown, on stdout.
    pub(crate) fn print(&self) {
        print!("{}", self.markdown());
    }

    fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let mut text = format!("## {}\n\n{}", self.title, line(&self.head));
        let _written = writeln!(text, "|{}", "---|".repeat(self.head.len()));
        self.rows.iter().for_each(|cells| text.push_str(&line(cells)));
        text.push('\n');
        for sentence in &self.notes {
            let _written = writeln!(text, "- {sentence}");
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(milliseconds: &[u64]) -> Side {
        Side(milliseconds.iter().copied().map(Duration::from_millis).collect())
    }

    #[test]
    fn a_side_tells_its_median_its_best_and_how_it_stands_to_another() {
        let (ours, peer) = (side(&[400, 200, 300]), side(&[100, 200, 150]));
        assert_eq!(ours.rate(30), "100 (150)");
        assert_eq!(ours.over(&peer), "2.00 (2.00)");
        assert_eq!(side(&[]).over(&peer), ABSENT);
        assert!((side(&(1..=100).collect::<Vec<_>>()).below(95) - 0.096).abs() < 1e-9);
    }

    #[test]
    fn a_table_is_markdown() {
        let mut table = Table::new("a", &["b"]);
        table.rows.push(vec!["c".to_owned(), "0.10".to_owned()]);
        table.note("d.");
        assert_eq!(table.markdown(), "## a\n\n| b | load |\n|---|---|\n| c | 0.10 |\n\n- d.\n\n");
    }
}
