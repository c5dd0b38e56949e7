//! First letters of pinyin.

use pinyin::ToPinyin as _;

/// For each character the first letter of its pinyin; letters and digits stand for themselves, everything else is a break.
pub(crate) fn initials(chars: &[char]) -> Vec<char> {
    let initial = |shown: &char| match shown.to_pinyin() {
        Some(pinyin) => pinyin.plain().chars().next().map_or(' ', plain),
        None if shown.is_ascii_alphanumeric() => *shown,
        None => ' ',
    };
    chars.iter().map(initial).collect()
}

/// How a word is spoken, without tones; none if one of its characters is not spoken.
pub(crate) fn spoken(word: &str) -> Option<String> {
    word.chars().map(|shown| Some(shown.to_pinyin()?.plain())).collect()
}

/// A few syllables begin with a letter that no keyboard has.
fn plain(letter: char) -> char {
    match letter {
        'ê' => 'e',
        letter if letter.is_ascii_lowercase() => letter,
        _ => ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_spelled_by_its_first_letters() {
        let of = |text: &str| initials(&text.chars().collect::<Vec<_>>()).into_iter().collect::<String>();
        assert_eq!(of("住房公积金，5g"), "zfgjj 5g");
        assert_eq!(spoken("公积金"), spoken("工积金"));
        assert_eq!(spoken("a"), None);
    }
}
