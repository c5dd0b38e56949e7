//! Instants as the city's clocks show them, and back.

use domain::shanghai;
use jiff::{Timestamp, civil::DateTime};

/// `2026-11-29 10:12` of an instant in RFC 3339; what is none stays as it is.
pub(crate) fn told(instant: &str) -> String {
    match instant.parse::<Timestamp>() {
        Ok(instant) => shanghai::local(instant).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => instant.to_owned(),
    }
}

/// The instant of a time in the city as a field was filled in; what is no time is sent as it was typed, and refused by who knows.
pub(crate) fn meant(typed: &str) -> String {
    let typed = typed.trim();
    // A time of another place (`Z`, `+09:00`) is not read as one of here.
    let is_local = typed.bytes().all(|byte| byte.is_ascii_digit() || b"-: T.".contains(&byte)) && typed.len() <= 26;
    match typed.replace(' ', "T").parse::<DateTime>() {
        Ok(local) if is_local => local.strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string(),
        _ => typed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_shown_and_meant_in_the_city() {
        assert_eq!(told("2026-11-29T02:12:00.123Z"), "2026-11-29 10:12");
        assert_eq!(meant("2026-11-29T10:12"), "2026-11-29T10:12:00+08:00");
        assert_eq!(meant(" 2026-11-29 10:12 "), "2026-11-29T10:12:00+08:00");
    }

    #[test]
    fn what_is_no_time_stays_as_it_was_typed() {
        for text in ["", "明天", "2026-02-30T10:00"] {
            assert_eq!((told(text), meant(text)), (text.to_owned(), text.to_owned()));
        }
    }

    #[test]
    fn a_time_of_another_place_is_not_read_as_one_of_here() {
        for text in ["2026-02-03T10:00+09:00", "2026-02-03T10:00:00Z", "2026-02-03T10:00[Asia/Tokyo]"] {
            assert_eq!(meant(text), text);
        }
    }
}
