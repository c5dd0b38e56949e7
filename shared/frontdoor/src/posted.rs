//! What was posted: fields by name, the first of each.

use std::collections::BTreeMap;

/// Fields of one form at most; no form of ours has half as many.
const MOST: usize = 200;

/// Names of what the engine itself puts into a form; no question begins like this.
pub(crate) const TOKEN: &str = "_token";
pub(crate) const AT: &str = "_at";
pub(crate) const GO: &str = "_go";
pub(crate) const RETURNING: &str = "_returning";
pub(crate) const PROOF: &str = "_proof";

/// The page on which all answers are looked at once more.
pub(crate) const CHECK: &str = "check";

/// Fields and their values in the order in which they were sent.
///
/// No `Debug`: it holds what a citizen typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Posted(BTreeMap<String, Vec<String>>);

impl Posted {
    /// Reads `application/x-www-form-urlencoded`; nothing where there are more fields than any form has.
    #[must_use]
    pub fn parse(body: &[u8]) -> Option<Self> {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (count, (name, value)) in form_urlencoded::parse(body).enumerate() {
            if count >= MOST {
                return None;
            }
            fields.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        Some(Self(fields))
    }

    /// Fields that did not come from a browser.
    #[must_use]
    pub fn of<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut posted: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in fields {
            posted.entry(name.to_owned()).or_default().push(value.to_owned());
        }
        Self(posted)
    }

    /// The first value of a field; what follows it under the same name was not sent by a page of ours.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(|values| values.first()).map(String::as_str)
    }

    /// Takes a field as it came.
    pub(crate) fn add(&mut self, name: &str, value: String) {
        self.0.entry(name.to_owned()).or_default().push(value);
    }

    /// Whether there are more fields than any form has.
    pub(crate) fn is_too_long(&self) -> bool {
        self.0.values().map(Vec::len).sum::<usize>() > MOST
    }

    /// Drops the values of a field that `stays` does not let stay; says whether there were any.
    pub(crate) fn retain(&mut self, name: &str, stays: impl Fn(&str) -> bool) -> bool {
        let Some(values) = self.0.get_mut(name) else { return false };
        let before = values.len();
        values.retain(|value| stays(value));
        values.len() < before
    }

    /// All values of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_repeated_field_counts() {
        let posted = Posted::parse("a=1&b=%E5%9F%8E%0D%0A&a=2".as_bytes()).unwrap();
        assert_eq!((posted.first("a"), posted.first("b"), posted.first("c")), (Some("1"), Some("城\r\n"), None));
        assert_eq!(posted.all("a"), ["1", "2"]);
    }

    #[test]
    fn more_fields_than_any_form_has_are_not_read() {
        assert!(Posted::parse("a=1&".repeat(MOST + 1).as_bytes()).is_none());
        assert!(Posted::parse("a=1&".repeat(MOST).as_bytes()).is_some());
    }
}
