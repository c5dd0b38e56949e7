//! Fields checked one by one, so that an editor hears of all that is wrong at once.

use std::str::FromStr;

use domain::{
    id::Malformed,
    text::{Line, Prose, TextRefusal},
};
use gateway::{FieldError, Problem, Sentence, kinds};

/// The fields found wrong so far.
#[derive(Debug, Default)]
pub struct Checks {
    errors: Vec<FieldError>,
}

/// Fields that a problem names: whoever mends these hears of the next.
const NAMED: usize = 100;

impl Checks {
    /// One line of text.
    pub fn line<const LIMIT: usize>(&mut self, pointer: &str, text: &str) -> Option<Line<LIMIT>> {
        let checked = Line::new(text);
        self.text(pointer, checked)
    }

    /// Several lines of text, or none.
    pub fn prose<const LIMIT: usize>(&mut self, pointer: &str, text: &str) -> Option<Prose<LIMIT>> {
        let checked = Prose::new(text);
        self.text(pointer, checked)
    }

    /// A list of `items`, of which `most` are allowed.
    pub fn at_most(&mut self, pointer: &str, items: usize, most: usize) -> Option<()> {
        if items <= most {
            return Some(());
        }
        let sentence = Sentence::new(
            format!("有 {items} 项，最多 {most} 项。"),
            format!("It has {items} items, at most {most} are allowed."),
        );
        self.add(pointer, "list-too-long", sentence);
        None
    }

    /// At most `most` lines.
    pub fn lines<const LIMIT: usize>(
        &mut self,
        pointer: &str,
        texts: &[String],
        most: usize,
    ) -> Option<Vec<Line<LIMIT>>> {
        self.at_most(pointer, texts.len(), most)?;
        let checked: Vec<_> =
            texts.iter().enumerate().map(|(place, text)| self.line(&format!("{pointer}/{place}"), text)).collect();
        checked.into_iter().collect()
    }

    /// A name that is parsed.
    pub fn name<T: FromStr<Err = Malformed>>(&mut self, pointer: &str, text: &str) -> Option<T> {
        let parsed = text.parse();
        self.malformed(pointer, parsed)
    }

    /// A name that is converted.
    pub fn converted<T: TryFrom<String, Error = Malformed>>(&mut self, pointer: &str, text: &str) -> Option<T> {
        self.converted_from(pointer, text.to_owned())
    }

    /// Anything that is converted.
    pub fn converted_from<G, T: TryFrom<G, Error = Malformed>>(&mut self, pointer: &str, given: G) -> Option<T> {
        let converted = T::try_from(given);
        self.malformed(pointer, converted)
    }

    /// A calendar day.
    pub fn day(&mut self, pointer: &str, text: &str) -> Option<jiff::civil::Date> {
        let strict = text.len() == 10;
        match text.parse() {
            Ok(day) if strict => Some(day),
            _ => {
                self.add(
                    pointer,
                    "date-malformed",
                    Sentence::new(
                        "日期应为 2026-11-23 的形式，且确有其日。",
                        "A date reads 2026-11-23 and must exist.",
                    ),
                );
                None
            }
        }
    }

    /// An instant, with its offset from UTC.
    pub fn instant(&mut self, pointer: &str, text: &str) -> Option<jiff::Timestamp> {
        match text.parse() {
            Ok(instant) => Some(instant),
            Err(_) => {
                self.add(
                    pointer,
                    "instant-malformed",
                    Sentence::new(
                        "时刻应为 2026-12-01T09:00:00+08:00 的形式，带时区。",
                        "An instant reads 2026-12-01T09:00:00+08:00, with its offset.",
                    ),
                );
                None
            }
        }
    }

    /// Notes a field that is not as it should be.
    pub fn add(&mut self, pointer: &str, code: &str, sentence: Sentence) {
        if self.errors.len() >= NAMED {
            return;
        }
        self.errors.push(FieldError {
            pointer: pointer.to_owned(),
            code: code.to_owned(),
            detail: sentence.zh,
            detail_en: sentence.en,
            finding: None,
        });
    }

    /// The problem that lists them all, as whatever it is a refusal of.
    #[must_use]
    pub fn refusal<R: From<Problem>>(self) -> R {
        self.problem().into()
    }

    /// The problem that lists them all.
    #[must_use]
    pub fn problem(self) -> Problem {
        let mut named: Vec<&str> = self.errors.iter().map(|error| error.pointer.as_str()).collect();
        named.dedup();
        let named = named.join(", ");
        let kind = &kinds::INVALID_FIELD;
        Problem::of(
            kind,
            Sentence::new(
                format!("以下字段不合规：{named}。{}", kind.remedy),
                format!("These fields are not as they should be: {named}. {}", kind.remedy_en),
            ),
        )
        .with_errors(self.errors)
    }

    /// Whether nothing was found wrong.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.errors.is_empty()
    }

    /// What a text was made of, if it was.
    pub fn text<T>(&mut self, pointer: &str, checked: Result<T, TextRefusal>) -> Option<T> {
        let refusal = match checked {
            Ok(text) => return Some(text),
            Err(refusal) => refusal,
        };
        let (code, zh) = match &refusal {
            TextRefusal::Empty => ("text-empty", "不能为空。".to_owned()),
            TextRefusal::TooLong { length, limit } => {
                ("text-too-long", format!("有 {length} 个字符，最多 {limit} 个。"))
            }
            TextRefusal::Forbidden { code } => ("text-forbidden-character", format!("含有不允许的字符 U+{code:04X}。")),
        };
        self.add(pointer, code, Sentence::new(zh, format!("{refusal}.")));
        None
    }

    fn malformed<T>(&mut self, pointer: &str, parsed: Result<T, Malformed>) -> Option<T> {
        match parsed {
            Ok(name) => Some(name),
            Err(refusal) => {
                self.add(
                    pointer,
                    "name-malformed",
                    Sentence::new(
                        format!("“{}”格式不对，应为：{}。", refusal.given, refusal.expected_zh),
                        format!("{refusal}."),
                    ),
                );
                None
            }
        }
    }
}

/// A field that may be absent but not wrong.
pub fn optional<T>(given: Option<&str>, check: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match given {
        None => Some(None),
        Some(text) => check(text).map(Some),
    }
}
