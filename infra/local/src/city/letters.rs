//! Texts with blanks, filled: one template engine for titles, bodies and numbers.

use jiff::{ToSpan, civil::Date};
use minijinja::{Environment, Error, UndefinedBehavior, value::Value};
use serde::Serialize;

use super::sample::{Correction, Entry, SampleError, Series};

/// What an editor types for one document: the request's `content`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// Title.
    pub title: String,
    /// Body.
    pub body_html: String,
    /// Summary.
    pub summary: String,
    /// Source, where it is not the department.
    pub source: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Document number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// Day it was signed, for documents with a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_on: Option<String>,
    /// How the catalogue files it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<serde_json::Value>,
    /// What it is beside a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<serde_json::Value>,
    /// What it is to others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<serde_json::Value>,
    /// Its files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<serde_json::Value>,
}

impl Letter {
    /// The letter as it was before somebody noticed the mistake.
    #[must_use]
    pub fn mistaken(&self, correction: &Correction) -> Self {
        let wrong = |text: &str| text.replace(&correction.right, &correction.wrong);
        Self { title: wrong(&self.title), body_html: wrong(&self.body_html), ..self.clone() }
    }

    /// The letter as a hurried editor submits it.
    #[must_use]
    pub fn without_summary(&self) -> Self {
        Self { summary: String::new(), ..self.clone() }
    }
}

/// Fills texts for documents that become public on given days.
pub struct Writer {
    environment: Environment<'static>,
}

impl Default for Writer {
    fn default() -> Self {
        let mut environment = Environment::new();
        // A blank that nothing fills is the author's mistake, not an empty text.
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        Self { environment }
    }
}

impl Writer {
    /// The text of `entry`, which becomes public on `day`, without its relations and files.
    ///
    /// Templates may ask for `date(n)` (2026年11月23日), `day(n)` (11月23日), `iso(n)`, `year` and `month`, n days from the public day.
    ///
    /// # Errors
    /// A blank is not filled.
    pub fn write(&self, series: &Series, entry: &Entry, day: Date) -> Result<Letter, SampleError> {
        let wrong = |error: Error| SampleError { file: "series", reason: format!("{}: {error:#}", entry.slug) };
        let fill = |text: &str| self.environment.render_str(text, self.context(entry, day)).map_err(wrong);
        let written_on = day.checked_sub(2.days()).unwrap_or(day).to_string();
        let number = series.number.as_deref().map(fill).transpose()?;
        Ok(Letter {
            title: fill(&series.title)?,
            body_html: fill(&series.body)?,
            summary: fill(&series.summary)?,
            source: series.source.clone(),
            keywords: series.keywords.clone(),
            written_on: number.is_some().then_some(written_on),
            document_number: number,
            catalogue: series.catalogue.clone(),
            form: entry.form.clone(),
            relations: Vec::new(),
            attachments: Vec::new(),
        })
    }

    fn context(&self, entry: &Entry, today: Date) -> Value {
        let shifted = move |days: i64| today.checked_add(days.days()).unwrap_or(today);
        let date = move |days: i64| {
            let day = shifted(days);
            format!("{}年{}月{}日", day.year(), day.month(), day.day())
        };
        let day = move |days: i64| {
            let day = shifted(days);
            format!("{}月{}日", day.month(), day.day())
        };
        let blanks = Value::from_pairs(entry.blanks.clone());
        let given = minijinja::context! {
            date => Value::from_function(date),
            day => Value::from_function(day),
            iso => Value::from_function(move |days: i64| shifted(days).to_string()),
            year => today.year(),
            month => today.month(),
        };
        minijinja::context! { ..blanks, ..given }
    }
}
