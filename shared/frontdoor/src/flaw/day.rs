//! Days as people type them.

use jiff::civil::Date;

/// The day that `text` names: `20261130`, `2026-11-30`, `2026/11/30`, `2026.11.30` or `2026年11月30日`.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return civil(text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    }
    let text = text.strip_suffix('日').unwrap_or(text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() { None } else { civil(year, month, day) }
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(digits) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_the_ways_people_write_it() {
        for text in ["20260203", "2026-02-03", "2026/2/3", "2026.02.3", "2026年2月3日"] {
            assert_eq!(day(text).unwrap().to_string(), "2026-02-03", "{text}");
        }
        for text in [
            "",
            "20260230",
            "2026020",
            "2026-2-3x",
            "2026-02-30",
            "26-2-3",
            "2026-2",
            "2026-2-3-4",
            "2026-+2-3",
            "明天",
        ] {
            assert!(day(text).is_none(), "{text}");
        }
    }
}
