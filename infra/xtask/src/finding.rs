//! What a check has to say.

use std::fmt;

/// Whether a finding ends the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The house rule is broken.
    Failure,
    /// Somebody should think about it.
    Question,
}

/// One broken rule at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Name of the rule: `weight`, `docs`.
    pub rule: &'static str,
    /// File, from the repository's root.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and where it helps what to do.
    pub sentence: String,
    /// Whether the run fails.
    pub severity: Severity,
}

impl Finding {
    /// A broken rule.
    pub fn failure(rule: &'static str, file: &str, line: usize, sentence: impl Into<String>) -> Self {
        Self { rule, file: file.to_owned(), line, sentence: sentence.into(), severity: Severity::Failure }
    }

    /// Something to think about.
    pub fn question(rule: &'static str, file: &str, line: usize, sentence: impl Into<String>) -> Self {
        Self { severity: Severity::Question, ..Self::failure(rule, file, line, sentence) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, file, line, sentence, .. } = self;
        write!(f, "{rule}: {file}:{line}: {sentence}")?;
        match self.severity {
            Severity::Failure => Ok(()),
            Severity::Question => f.write_str(" (a question, not a failure)"),
        }
    }
}
