//! An invented city's archive, as large as asked for: texts by a fixed seed, and the ledger that tells how they came to be public.
//!
//! For benches and for tests of what must not grow with the city. The texts are independent of the store, so a peer can be given the very same
//! ones; [`load`] writes them as ledger items, bodies and guards, which no function may do.

mod history;
pub mod load;
mod register;
mod words;

use domain::{DocumentId, column::Archive, shanghai};
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng, rngs::StdRng};

pub use register::{COLUMNS, ColumnPlace, DEPARTMENTS, DepartmentPlace, SITES};

/// How long the archive reaches back.
const DAYS: i64 = 3 * 365;

/// One of so many texts was corrected after it was public.
const CORRECTED: u32 = 33;

/// An archive of `documents` texts; the last one is a day older than `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corpus {
    documents: u32,
    until: Timestamp,
}

/// One public text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its place in the archive, oldest first, from 0.
    pub number: u32,
    /// Where it stands.
    pub column: &'static ColumnPlace,
    /// Who answers for it.
    pub department: &'static DepartmentPlace,
    /// Public since.
    pub public_at: Timestamp,
    /// Last part of its path, without `.html`.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// Document number (发文字号) of official documents.
    pub document_number: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Sanitised body.
    pub body: String,
    /// When it was corrected, and what the note says.
    pub correction: Option<(Timestamp, String)>,
}

impl Corpus {
    /// An archive of `documents` texts before `until`.
    #[must_use]
    pub fn new(documents: u32, until: Timestamp) -> Self {
        Self { documents, until }
    }

    /// All texts, oldest first. Text `n` of a larger archive says the same as text `n` of a smaller one, on another day.
    pub fn texts(&self) -> impl Iterator<Item = Text> + use<> {
        let whole = *self;
        (0..self.documents).map(move |number| whole.text(number))
    }

    fn text(self, number: u32) -> Text {
        let mut random = StdRng::seed_from_u64(u64::from(number) ^ 0x7461_6968_7520_3236);
        let column = register::column_of(&mut random);
        let department = column.department.unwrap_or_else(|| register::department_of(&mut random));
        let public_at = self.instant(number, &mut random);
        let year = shanghai::local(public_at).year();
        let words = words::text(&mut random, column.kind, department, number, year);
        let correction = (number % CORRECTED == 7).then(|| {
            let later = SignedDuration::from_hours(random.random_range(20..500));
            (public_at.checked_add(later).unwrap_or(public_at), words::correction(&mut random))
        });
        Text {
            number,
            column,
            department,
            public_at,
            slug: format!("t{number:06}"),
            title: words.title,
            summary: words.summary,
            document_number: words.document_number,
            keywords: words.keywords,
            body: words.body,
            correction: correction.filter(|(at, _)| *at < self.until),
        }
    }

    /// Evenly over the archive's days, at an hour of office.
    fn instant(self, number: u32, random: &mut StdRng) -> Timestamp {
        let share = f64::from(number) / f64::from(self.documents.max(1));
        #[expect(clippy::cast_possible_truncation, reason = "days of three years")]
        let day = (share * DAYS as f64) as i64;
        let today = shanghai::OFFSET.to_datetime(self.until).date();
        let opening = shanghai::OFFSET.to_timestamp(today.at(8, 30, 0, 0)).unwrap_or(self.until);
        let within = SignedDuration::from_millis(random.random_range(0..9 * 3_600_000));
        let back = SignedDuration::from_hours(24 * (DAYS - day));
        opening.checked_sub(back).and_then(|morning| morning.checked_add(within)).unwrap_or(self.until)
    }
}

impl Text {
    /// Its id in the ledger.
    ///
    /// # Errors
    /// None: names of the archive are well formed.
    pub fn id(&self) -> anyhow::Result<DocumentId> {
        history::document_id(self.number)
    }

    /// Root-relative path on its column's site.
    #[must_use]
    pub fn path(&self) -> String {
        let day = shanghai::day(self.public_at).replace('-', "/");
        format!("{}{day}/{}.html", self.column.path(), self.slug)
    }

    /// Name of the archive page that lists it.
    #[must_use]
    pub fn archive(&self) -> String {
        self.column.archive.slice(self.public_at)
    }
}

impl ColumnPlace {
    /// Root-relative path on its site, slashes around it.
    #[must_use]
    pub fn path(&self) -> String {
        let path = self.id.split_once('.').map_or("", |(_, path)| path);
        format!("/{}/", path.replace('.', "/"))
    }

    /// Label of its site.
    #[must_use]
    pub fn site(&self) -> &'static str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// Whether its archive has a page a month.
    #[must_use]
    pub fn is_monthly(&self) -> bool {
        self.archive == Archive::Month
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn corpus(documents: u32) -> Corpus {
        Corpus::new(documents, "2026-11-21T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn texts_are_the_same_every_time_and_lie_over_three_years() {
        let texts: Vec<Text> = corpus(500).texts().collect();
        assert_eq!(texts, corpus(500).texts().collect::<Vec<_>>());
        let months: BTreeSet<String> = texts.iter().map(|text| shanghai::month(text.public_at)).collect();
        assert!(months.len() >= 36, "{months:?}");
        let columns: BTreeSet<&str> = texts.iter().map(|text| text.column.id).collect();
        assert_eq!(columns.len(), COLUMNS.len());
        let paths: BTreeSet<String> = texts.iter().map(Text::path).collect();
        assert_eq!(paths.len(), texts.len());
        assert!(texts.iter().any(|text| text.correction.is_some()));
    }

    #[test]
    fn a_body_is_what_the_editor_s_door_would_store() {
        for text in corpus(60).texts() {
            assert_eq!(pages::sanitise(&text.body), text.body, "{}", text.title);
        }
    }

    #[test]
    fn a_text_is_as_long_as_a_notice_is() {
        let lengths: Vec<usize> = corpus(200).texts().map(|text| text.body.chars().count()).collect();
        let mean = lengths.iter().sum::<usize>() / lengths.len();
        assert!((700..2_000).contains(&mean), "{mean} characters on average");
    }
}
