//! Where a page ended.

use std::{cmp::Ordering, fmt, str::FromStr};

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

/// Where a page ended: opaque text for whoever asks for the next one.
///
/// Pages agree with each other as long as one index answers them: open the manifest that [`Cursor::counter`] names, if it is still to be had.
/// Another one goes on behind the same place; what moved meanwhile may come twice or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    #[serde(rename = "g")]
    pub(crate) generation: String,
    #[serde(rename = "c")]
    pub(crate) counter: u64,
    #[serde(rename = "p")]
    pub(crate) place: Place,
}

/// The place of a document in an answer. The last one is the best: by rank, then by instant, then the smaller id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The bits of its score; zero in the order by date. Scores are never negative, so their bits have their order.
    #[serde(rename = "r")]
    pub(crate) rank: u32,
    #[serde(rename = "t")]
    pub(crate) instant: i64,
    #[serde(rename = "i")]
    pub(crate) id: String,
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_id = || other.id.cmp(&self.id);
        self.rank.cmp(&other.rank).then_with(|| self.instant.cmp(&other.instant)).then_with(by_id)
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A text is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the place in the answer cannot be read")]
pub struct MalformedCursor;

impl Cursor {
    /// The generation of the index that the page came from: counters of another say nothing.
    #[must_use]
    pub fn generation(&self) -> &str {
        &self.generation
    }

    /// The index that the page came from, among those of its generation.
    #[must_use]
    pub fn counter(&self) -> u64 {
        self.counter
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_vec(self).map_err(|_| fmt::Error)?;
        formatter.write_str(&BASE64URL_NOPAD.encode(&json))
    }
}

impl FromStr for Cursor {
    type Err = MalformedCursor;

    fn from_str(text: &str) -> Result<Self, MalformedCursor> {
        /// Longer than any that was given out.
        const LONGEST: usize = 400;
        let text = Some(text).filter(|text| text.len() <= LONGEST).ok_or(MalformedCursor)?;
        let json = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| MalformedCursor)?;
        serde_json::from_slice(&json).map_err(|_| MalformedCursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_out_is_read_again_and_nothing_else_is() {
        let place = Place { rank: 7, instant: i64::MIN, id: "01JD0000000000000000000000".to_owned() };
        let cursor = Cursor { generation: "1".to_owned(), counter: 3, place };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "a", "e30", "\u{0}", "下一页", &"A".repeat(10_000)] {
            assert_eq!(text.parse::<Cursor>(), Err(MalformedCursor), "{text}");
        }
    }
}
