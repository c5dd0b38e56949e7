//! What a form was filled in with.

use bytes::Bytes;
use serde::Serialize;

/// Fields of one form at most.
const MOST: usize = 4_000;

/// Names and values in the order of the form; names may occur more than once.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub(crate) struct Fields(Vec<(String, String)>);

/// A file that was chosen.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

/// Names that are the desk's own business and nobody typed.
const OWN: &[&str] =
    &["token", "key", "site", "version", "revision", "markup", "attachment", "over", "seen", "then", "form_version"];

impl Fields {
    /// Reads `application/x-www-form-urlencoded`; nothing where there are too many fields.
    pub(crate) fn parse(body: &[u8]) -> Option<Self> {
        let mut fields = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            fields.add(&name, &value);
            if fields.0.len() > MOST {
                return None;
            }
        }
        Some(fields)
    }

    /// Adds one; browsers end lines with two characters.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.replace("\r\n", "\n").replace('\r', "\n")));
    }

    /// The first value of a name.
    pub(crate) fn get<'a>(&'a self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same, or an empty text.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// What stands in a field of one line: without blanks around it, and nothing if it is empty.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|text| !text.is_empty())
    }

    /// All values of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What stands under names that begin with `prefix`: the rest of the name, and the text.
    pub(crate) fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, text)| Some((name.strip_prefix(prefix)?, text.as_str())))
    }

    /// What a person typed: names and texts.
    pub(crate) fn typed(&self) -> Vec<(String, String)> {
        let typed = self.0.iter().filter(|(name, value)| !OWN.contains(&name.as_str()) && !value.trim().is_empty());
        typed.map(|(name, value)| (crate::words::of("field", name).unwrap_or(name).to_owned(), value.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_their_order_and_lines_end_in_one_way() {
        let fields = Fields::parse("a=1&b=%E5%81%9C%0D%0A%E6%B0%B4&a=2&c=+".as_bytes()).unwrap();
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.text("b"), "停\n水");
        assert_eq!((fields.filled("c"), fields.filled("a"), fields.get("d")), (None, Some("1"), None));
    }

    #[test]
    fn more_fields_than_any_form_has_are_not_read() {
        assert!(Fields::parse("a=1&".repeat(MOST + 1).as_bytes()).is_none());
    }
}
