//! Long lists of what lies in one stream, told in parts from the newest back.

use std::num::NonZeroU64;

use serde::{Deserialize, Deserializer, de::Error};
use utoipa::IntoParams;

/// Entries of one part.
const PART: usize = 200;

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// Only what came before this commit: what `earlier` of the part after it says. The newest part if absent.
    #[serde(default, deserialize_with = "number_of_a_commit")]
    #[param(value_type = Option<u64>, minimum = 1, maximum = 999_999_999_999_999_999u64, required = false)]
    before: Option<NonZeroU64>,
}

/// Largest number that a commit is asked for by: eighteen digits, as in an entity tag.
const LARGEST: u64 = 999_999_999_999_999_999;

fn number_of_a_commit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NonZeroU64>, D::Error> {
    let number = Option::<NonZeroU64>::deserialize(deserializer)?;
    match number {
        Some(number) if number.get() > LARGEST => Err(D::Error::custom(format!("at most {LARGEST}"))),
        number => Ok(number),
    }
}

impl Before {
    /// The newest entries before the commit, in their order, and what the next part back is asked by, if there is one.
    ///
    /// `commit` tells the number of an entry's commit; entries of one commit are not told apart.
    pub fn part<T>(&self, mut all: Vec<T>, commit: impl Fn(&T) -> u64) -> (Vec<T>, Option<u64>) {
        if let Some(before) = self.before {
            all.truncate(all.partition_point(|entry| commit(entry) < before.get()));
        }
        let part = all.split_off(all.len().saturating_sub(PART));
        let earlier = part.first().map(commit).filter(|_| !all.is_empty());
        (part, earlier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(before: u64, most: u64) -> (Option<u64>, Option<u64>, usize, Option<u64>) {
        let (part, earlier) = Before { before: NonZeroU64::new(before) }.part((1..=most).collect(), |number| *number);
        (part.first().copied(), part.last().copied(), part.len(), earlier)
    }

    #[test]
    fn parts_follow_each_other_without_gap_or_overlap() {
        assert_eq!(part(0, 450), (Some(251), Some(450), 200, Some(251)));
        assert_eq!(part(251, 450), (Some(51), Some(250), 200, Some(51)));
        assert_eq!(part(51, 450), (Some(1), Some(50), 50, None));
    }

    #[test]
    fn the_first_part_may_be_all_there_is_and_a_part_may_be_empty() {
        assert_eq!(part(0, 200), (Some(1), Some(200), 200, None));
        assert_eq!(part(0, 0), (None, None, 0, None));
        assert_eq!(part(1, 9), (None, None, 0, None));
        assert_eq!(part(1000, 9), (Some(1), Some(9), 9, None));
    }
}
