//! Texts with blanks, filled: one template engine for titles, bodies and numbers.

use jiff::{ToSpan, civil::Date};
use minijinja::{Environment, Error, UndefinedBehavior, value::Value};
use serde_json::json;

use super::sample::{Entry, SampleError, Series};

/// What an editor types for one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The request's `content`.
    pub content: serde_json::Value,
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
    /// The text of `entry`, which becomes public on `day`.
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
        let content = json!({
            "title": fill(&series.title)?,
            "body_html": fill(&series.body)?,
            "summary": fill(&series.summary)?,
            "source": series.source,
            "keywords": series.keywords,
            "written_on": number.is_some().then_some(written_on),
            "document_number": number,
        });
        Ok(Letter { content })
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
