//! Which texts are shown to the staff.

use vetting::personal_numbers;

/// Longest text that is shown, in characters: whoever writes more tells a story.
const LONGEST: usize = 20;
/// Digits that may be somebody's number.
const DIGITS: usize = 6;

/// Digits as words.
const DIGITS_IN_WORDS: &str = "零〇一二三四五六七八九";

/// Whether a text can be nobody's: no number of a person, no six digits, no e-mail sign, no more than twenty characters.
#[must_use]
pub fn may_be_shown(text: &str) -> bool {
    let digits = text.chars().filter(|shown| shown.is_numeric() || DIGITS_IN_WORDS.contains(*shown)).count();
    let is_short = (1..=LONGEST).contains(&text.chars().count());
    // What was normalised has small letters; number plates have capital ones.
    let is_nobodys = || [text, &text.to_uppercase()].iter().all(|text| personal_numbers(text).is_empty());
    is_short && digits < DIGITS && !text.contains(['@', '＠']) && is_nobodys()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_somebodys_is_never_shown() {
        for text in [
            "13800138000",
            "138 0013 8000",
            "１３８００１３８０００",
            "一三八零零一三八零零零",
            "11010519491231002X",
            "苏B12345",
            "苏b·12345",
            "123456",
            "2024 123",
            "张三 1990年1月1",
            "八二七零一二三四",
            "zhang@example.cn",
            "zhang＠example",
            "请问我家门口的路灯坏了三个星期没有人来修怎么办",
            "",
        ] {
            assert!(!may_be_shown(text), "{text}");
        }
    }

    #[test]
    fn what_many_look_for_is_shown() {
        for text in ["公积金", "公积金提取", "5g", "2024年预算", "二〇二四年预算", "gjj", "第12号", "国务院令第711号"]
        {
            assert!(may_be_shown(text), "{text}");
        }
    }
}
