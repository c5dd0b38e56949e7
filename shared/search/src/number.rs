//! Document and index numbers, however they are typed.

use crate::normal::{Normal, is_written};

/// Characters of a number's word that are looked for: `国务院办公厅` and the like.
const WORD: usize = 12;
/// Runs of a number.
const RUNS: usize = 6;
/// Numbers that a text is tried for.
const CANDIDATES: usize = 48;

/// Of these a document number has at least one.
const DRESS: [char; 6] = ['〔', '[', '(', '【', '<', '号'];

/// A number as it is compared: its runs of letters and of digits.
///
/// Brackets, spaces and punctuation only part digits from digits. 第 before and 号 behind digits, and 年 behind four digits do not matter:
/// `锡政办发〔2024〕15号` and `锡政办发2024年第15号` are both `锡政办发-2024-15`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    runs: Vec<String>,
    /// Whether it has a bracket or a 号, as numbers have and other words with digits have not.
    is_dressed: bool,
}

impl Number {
    /// Reads a number, or a text that may hold one.
    pub(crate) fn of(text: &Normal) -> Self {
        let mut runs: Vec<String> = Vec::new();
        let mut parted = true;
        let is_dressed = text.chars().iter().any(|shown| DRESS.contains(shown));
        for &shown in text.chars() {
            if !is_written(shown) {
                parted = true;
                continue;
            }
            match runs.last_mut() {
                Some(run) if ends_in_digit(run) && !shown.is_ascii_digit() => {
                    let year = run.len() == 4 && shown == '年';
                    // Neither says anything: what follows begins a run of its own.
                    if !year && shown != '号' {
                        runs.push(shown.to_string());
                    }
                }
                Some(run) if ends_in_digit(run) == shown.is_ascii_digit() && !(parted && shown.is_ascii_digit()) => {
                    run.push(shown);
                }
                Some(run) if run.ends_with('第') => {
                    run.pop();
                    if run.is_empty() {
                        runs.pop();
                    }
                    runs.push(shown.to_string());
                }
                _ => runs.push(shown.to_string()),
            }
            parted = matches!(shown, '年' | '号');
        }
        Self { runs, is_dressed }
    }

    /// The term it is indexed by; none for a text that is no number.
    pub(crate) fn term(&self) -> Option<String> {
        (!self.runs.is_empty()).then(|| self.runs.join("-"))
    }

    /// Whether it can hardly be anything but a document number: a word, a year and digits, with a bracket or a 号.
    pub(crate) fn is_plain(&self) -> bool {
        self.is_dressed && self.parts().is_some()
    }

    /// The terms of all numbers that may stand in the text: each row of runs that ends in digits, the first word of it cut at its front.
    pub(crate) fn candidates(&self) -> Vec<String> {
        let rows = (0..self.runs.len()).flat_map(|from| (1..=RUNS).rev().map(move |length| (from, from + length)));
        let rows = rows.filter_map(|(from, to)| self.runs.get(from..to));
        rows.filter(|row| row.last().is_some_and(|last| ends_in_digit(last))).flat_map(cut).take(CANDIDATES).collect()
    }

    /// Its word, its year and its digits, where it has these.
    fn parts(&self) -> Option<(&str, &str, &str)> {
        let [word, year, digits] = self.runs.as_slice() else { return None };
        let is = !ends_in_digit(word) && word.chars().count() <= WORD && is_year(year) && ends_in_digit(digits);
        is.then_some((word, year, digits))
    }

    /// How it is printed, where it is a word, a year and digits.
    pub(crate) fn printed(&self) -> Option<String> {
        self.parts().map(|(word, year, digits)| format!("{word}〔{year}〕{digits}号"))
    }
}

/// A row of runs as a term; its first word whole, and cut at its front again and again.
fn cut(row: &[String]) -> Vec<String> {
    let term = row.join("-");
    match row {
        // A year or a page, but no number.
        [digits] if digits.len() < 6 => Vec::new(),
        [first, ..] if !ends_in_digit(first) => {
            let behind = term.get(first.len()..).unwrap_or_default();
            let chars: Vec<char> = first.chars().collect();
            let kept = chars.len().saturating_sub(WORD)..chars.len();
            kept.map(|from| chars.iter().skip(from).collect::<String>() + behind).collect()
        }
        _ => vec![term],
    }
}

fn ends_in_digit(run: &str) -> bool {
    run.ends_with(|last: char| last.is_ascii_digit())
}

fn is_year(run: &str) -> bool {
    run.len() == 4 && ends_in_digit(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(text: &str) -> Option<String> {
        Number::of(&Normal::of(text)).term()
    }

    #[test]
    fn a_document_number_is_one_however_it_is_typed() {
        for typed in [
            "锡政办发〔2024〕15号",
            "锡政办发[2024]15号",
            "锡政办发（2024）15号",
            "锡政办发(2024)15号",
            "锡政办发【2024】15号",
            "锡政办发〔２０２４〕１５号",
            "锡政办发〔2024〕第15号",
            "锡政办发2024年第15号",
            "锡政办发2024年15号",
            "锡政办发 2024 15",
            "锡政办发2024-15",
            "锡政办发〔2024〕15",
            "锡 政 办 发 〔 2024 〕 15 号",
            "锡政办发﹝2024﹞15 号",
            "《锡政办发〔2024〕15号》",
            "锡政办发［2024］15號".trim_end_matches('號'),
            "锡政办发\u{200b}〔2024〕\u{3000}15号。",
            "锡政办发<2024>15号",
        ] {
            assert_eq!(term(typed).as_deref(), Some("锡政办发-2024-15"), "{typed}");
        }
    }

    #[test]
    fn other_numbers_keep_what_tells_them_apart() {
        for (typed, number) in [
            ("国务院令第711号", "国务院令-711"),
            ("014006438/2024-00123", "014006438-2024-00123"),
            ("014006438 / 2024 － 00123", "014006438-2024-00123"),
            ("JSWX-A01-2024-0001", "jswxa-01-2024-0001"),
            ("锡府字第12号", "锡府字-12"),
            ("第15号令", "15-令"),
            ("12年3号", "12-年-3"),
        ] {
            assert_eq!(term(typed).as_deref(), Some(number), "{typed}");
        }
        assert_eq!(term("，。"), None);
    }

    #[test]
    fn a_number_is_found_inside_other_words() {
        let candidates = |text: &str| Number::of(&Normal::of(text)).candidates();
        assert!(candidates("请问锡政办发〔2024〕15号文件在哪里").contains(&"锡政办发-2024-15".to_owned()));
        assert!(candidates("索引号 014006438/2024-00123 的文件").contains(&"014006438-2024-00123".to_owned()));
        assert!(candidates("公积金提取").is_empty());
        assert!(candidates(&"第1号".repeat(500)).len() <= CANDIDATES);
    }

    #[test]
    fn what_looks_like_a_number_is_told_from_what_does_not() {
        let plain = |text: &str| Number::of(&Normal::of(text)).is_plain();
        for number in ["锡政办发〔2024〕15号", "锡政办发(2024)15", "锡政发2024年3号"] {
            assert!(plain(number), "{number}");
        }
        for words in ["2024年工作报告", "公积金", "5G", "2024年第一季度", "预算 2024 2023", "014006438/2024-00123", ""]
        {
            assert!(!plain(words), "{words}");
        }
    }
}
