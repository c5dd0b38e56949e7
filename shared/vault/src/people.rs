//! Who is found by what: marks of phones and of numbers of identity cards, under a key of the server.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use domain::StreamId;
use ledger::store_error;
use thiserror::Error;

use crate::{
    error::VaultError,
    ring::ServerKey,
    rows,
    store::{Vault, text, text_in},
    typed::narrow,
};

/// Bytes of a mark that are kept: 128 bits.
const KEPT: usize = 16;

/// What a person is found by, written alike however he typed it.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundBy {
    kind: &'static str,
    normal: zeroize::Zeroizing<String>,
}

/// What was typed is no phone, or no number of an identity card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not {expected}")]
pub struct Unfit {
    /// What it should have been.
    pub expected: &'static str,
}

impl FoundBy {
    /// A phone: digits of either width, with or without +86, blanks, dashes and brackets.
    ///
    /// # Errors
    /// There are letters in it, or not 5 to 15 digits.
    pub fn phone(typed: &str) -> Result<Self, Unfit> {
        let unfit = Unfit { expected: "a phone number of 5 to 15 digits" };
        let narrow = narrow(typed);
        let number = narrow.strip_prefix('+').unwrap_or(&narrow);
        let domestic = match number.strip_prefix("0086").or_else(|| number.strip_prefix("86")) {
            // Only where something is left that a Chinese number could be.
            Some(rest) if rest.len() >= 10 => rest,
            _ => number,
        };
        let fits = (5..=15).contains(&domestic.len()) && domestic.bytes().all(|byte| byte.is_ascii_digit());
        if fits { Ok(Self { kind: "phone", normal: domestic.to_owned().into() }) } else { Err(unfit) }
    }

    /// The number of an identity card, a passport or an organisation: letters and digits of either width and case.
    ///
    /// # Errors
    /// There is something else in it, or not 5 to 20 characters.
    pub fn id_number(typed: &str) -> Result<Self, Unfit> {
        let unfit = Unfit { expected: "an id number of 5 to 20 letters and digits" };
        let number = narrow(typed).to_ascii_uppercase();
        let fits = (5..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits { Ok(Self { kind: "id", normal: number.into() }) } else { Err(unfit) }
    }
}

/// That somebody is found by something, without saying what: 128 bits of an HMAC, in lower-case base32.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonMark(String);

impl PersonMark {
    /// Where his cases stand in the table.
    pub(crate) fn key(&self) -> String {
        rows::person(&self.0)
    }
}

impl fmt::Display for PersonMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Vault {
    /// The mark of what a person is found by.
    ///
    /// # Errors
    /// Store or root failed.
    pub async fn mark(&self, found_by: &FoundBy) -> Result<PersonMark, VaultError> {
        let ring = self.server_keys(ServerKey::People).await?;
        let missing = || VaultError::KeyMissing { name: "server#people".to_owned() };
        let (_, key) = ring.current().ok_or_else(missing)?;
        let mark = key.mark("person", &[found_by.kind.as_bytes(), found_by.normal.as_bytes()]);
        let (kept, _) = mark.split_at(KEPT);
        Ok(PersonMark(BASE32_NOPAD.encode(kept).to_ascii_lowercase()))
    }

    /// What whoever brought a case is found by; nothing of an erased one, or where he did not tell. Consistent.
    ///
    /// # Errors
    /// The store failed, or a row does not have its shape.
    pub async fn found_by(&self, case: &StreamId) -> Result<Vec<PersonMark>, VaultError> {
        let rows = self
            .dynamo()
            .query()
            .table_name(&self.config().vault_table)
            .key_condition_expression("pk = :case AND begins_with(sk, :person)")
            .expression_attribute_values(":case", text(case.as_str()))
            .expression_attribute_values(":person", text(rows::person("")))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| store_error(&error))?;
        let mark = |item| text_in(item, "sk").and_then(rows::mark).map(|mark| PersonMark(mark.to_owned()));
        let marks = rows.items().iter().map(mark).collect::<Option<Vec<_>>>();
        marks.ok_or_else(|| VaultError::damaged("row", case.as_str(), "it names no person"))
    }

    /// Every case of a person, in the order of their streams; consistent. Of what was erased nothing is found.
    ///
    /// # Errors
    /// The store failed, or a row does not have its shape.
    pub async fn cases_of(&self, person: &PersonMark) -> Result<Vec<StreamId>, VaultError> {
        let mut cases = Vec::new();
        let mut from = None;
        loop {
            let page = self
                .dynamo()
                .query()
                .table_name(&self.config().vault_table)
                .key_condition_expression("pk = :person")
                .expression_attribute_values(":person", text(person.key()))
                .consistent_read(true)
                .set_exclusive_start_key(from.take())
                .send()
                .await
                .map_err(|error| store_error(&error))?;
            for item in page.items() {
                let case = text_in(item, "sk").and_then(|case| case.parse().ok());
                cases.push(case.ok_or_else(|| VaultError::damaged("row", &person.key(), "it names no case"))?);
            }
            match page.last_evaluated_key {
                Some(key) => from = Some(key),
                None => return Ok(cases),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(typed: &str) -> Result<String, Unfit> {
        FoundBy::phone(typed).map(|found| found.normal.to_string())
    }

    fn id(typed: &str) -> Result<String, Unfit> {
        FoundBy::id_number(typed).map(|found| found.normal.to_string())
    }

    #[test]
    fn a_phone_is_one_however_it_was_typed() {
        for typed in [
            "13812345678",
            "138 1234 5678",
            "+86 138-1234-5678",
            "008613812345678",
            "１３８１２３４５６７８",
            "8613812345678",
        ] {
            assert_eq!(phone(typed).as_deref(), Ok("13812345678"), "{typed}");
        }
        assert_eq!(phone("(0510) 8182-1234").as_deref(), Ok("051081821234"));
        assert_eq!(phone("86123").as_deref(), Ok("86123"), "a short number that begins so is left alone");
    }

    #[test]
    fn an_id_number_is_one_however_it_was_typed() {
        for typed in ["32020019900101123x", "320200 19900101 123X", "３２０２００１９９００１０１１２３Ｘ"]
        {
            assert_eq!(id(typed).as_deref(), Ok("32020019900101123X"), "{typed}");
        }
    }

    #[test]
    fn what_is_neither_is_refused() {
        for typed in ["", "无", "1234", "1234567890123456", "138x1234567", "13812345678;13912345678"] {
            assert!(phone(typed).is_err(), "{typed}");
        }
        for typed in ["", "无", "1234", "3202001990010112３３３333", "320200'--"] {
            assert!(id(typed).is_err(), "{typed}");
        }
    }
}
