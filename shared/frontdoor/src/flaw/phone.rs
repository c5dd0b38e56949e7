//! Telephone numbers of the mainland.

/// A mobile number, or an area code with a number; the country's code and an extension may stand around it.
pub(super) fn is_one(text: &str) -> bool {
    let bare = text.strip_prefix("+86").or_else(|| text.strip_prefix("0086")).unwrap_or(text);
    let bare = bare.trim_start_matches('-');
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    if !bare.chars().all(|character| character.is_ascii_digit() || matches!(character, '-' | '(' | ')')) {
        return false;
    }
    let mobile = digits.len() == 11
        && digits.starts_with('1')
        && !digits.starts_with("10")
        && !digits.starts_with("11")
        && !digits.starts_with("12");
    // Area code of three or four digits, number of seven or eight, extension of up to six behind a hyphen.
    let (line, extension) = match bare.matches('-').count() {
        2 => bare.rsplit_once('-').unwrap_or((bare, "")),
        _ => (bare, ""),
    };
    let line: usize = line.chars().filter(char::is_ascii_digit).count();
    let fixed =
        digits.starts_with('0') && !digits.starts_with("00") && (10..=12).contains(&line) && extension.len() <= 6;
    mobile || fixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobile_and_fixed_numbers_are_told_from_others() {
        for number in [
            "13800138000",
            "+8613800138000",
            "138-0013-8000",
            "0519-81000001",
            "051981000001",
            "(0519)81000001",
            "010-12345678",
            "0519-81000001-802",
        ] {
            assert!(is_one(number), "{number}");
        }
        for other in
            ["12345", "1380013800", "138001380000", "81000001", "电话", "12800138000", "0519-8100", "1380013800a"]
        {
            assert!(!is_one(other), "{other}");
        }
    }
}
