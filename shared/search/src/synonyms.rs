//! Words that mean the same.

use std::{collections::HashMap, sync::LazyLock};

/// One group a line, words parted by spaces; `#` begins a comment.
const GROUPS: &str = include_str!("../synonyms.txt");

static SYNONYMS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut synonyms: HashMap<_, Vec<_>> = HashMap::new();
    for group in groups() {
        for word in group.clone() {
            synonyms.entry(word).or_default().extend(group.clone().filter(|other| *other != word));
        }
    }
    synonyms
});

fn groups() -> impl Iterator<Item = std::str::SplitWhitespace<'static>> {
    GROUPS.lines().filter(|line| !line.starts_with('#')).map(str::split_whitespace)
}

/// Every word of every group.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    groups().flatten()
}

/// What means the same as a normalised word.
pub(crate) fn of(word: &str) -> &'static [&'static str] {
    SYNONYMS.get(word).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::normal::Normal;

    #[test]
    fn each_word_stands_in_one_group_as_it_is_compared() {
        let mut seen = HashSet::new();
        for word in words() {
            assert!(seen.insert(word), "{word} stands twice");
            assert_eq!(Normal::of(word).text(), word);
            assert!(word.chars().count() >= 2, "{word} is too short to mean one thing");
        }
        assert!(groups().filter(|group| group.clone().count() > 1).count() >= 60);
        assert!(groups().all(|group| group.clone().count() != 1));
    }

    #[test]
    fn a_word_is_widened_by_its_group() {
        assert_eq!(of("公积金"), ["住房公积金"]);
        assert!(of("医保").contains(&"医疗保险"));
        assert!(of("无锡").is_empty());
    }
}
