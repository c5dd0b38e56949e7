//! How long a case may still take, in words. Working days are counted by the account of its deadline alone: here are days as a person counts them.

use domain::shanghai;
use jiff::{SignedDuration, Timestamp, civil::Date};

/// `还有 2 天（至 12月2日）`, `今天截止（12月2日）`, `已逾期 3 天（11月29日届满）`: what is due at `due`, an instant in RFC 3339; nothing for what is none.
pub(crate) fn told(due: &str, now: Timestamp) -> Option<String> {
    let due: Timestamp = due.parse().ok()?;
    // A term that ends at midnight ends with the day before.
    let last = shanghai::local(due.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(due)).date();
    let today = shanghai::local(now).date();
    let days = today.duration_until(last).as_hours() / 24;
    let day = day(last, today);
    Some(match (due <= now, days) {
        (true, 0) => format!("今天已逾期（{day}届满）"),
        (true, days) => format!("已逾期 {} 天（{day}届满）", days.abs()),
        (false, 0) => format!("今天截止（{day}）"),
        (false, days) => format!("还有 {days} 天（至 {day}）"),
    })
}

fn day(day: Date, today: Date) -> String {
    let short = format!("{}月{}日", day.month(), day.day());
    if day.year() == today.year() { short } else { format!("{}年{short}", day.year()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(now: &str, due: &str) -> String {
        told(due, now.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_term_that_ends_at_midnight_ends_with_the_day_before() {
        let due = "2026-12-03T00:00:00+08:00";
        assert_eq!(at("2026-11-30T09:00:00+08:00", due), "还有 2 天（至 12月2日）");
        assert_eq!(at("2026-12-02T23:59:59+08:00", due), "今天截止（12月2日）");
        assert_eq!(at("2026-12-03T00:00:00+08:00", due), "已逾期 1 天（12月2日届满）");
        assert_eq!(at("2026-12-05T10:00:00+08:00", due), "已逾期 3 天（12月2日届满）");
    }

    #[test]
    fn a_term_of_hours_ends_on_its_day_and_another_year_is_named() {
        assert_eq!(at("2026-12-02T18:00:00+08:00", "2026-12-02T17:30:00+08:00"), "今天已逾期（12月2日届满）");
        assert_eq!(at("2026-12-30T09:00:00+08:00", "2027-01-05T00:00:00+08:00"), "还有 5 天（至 2027年1月4日）");
    }

    #[test]
    fn what_is_no_instant_is_told_as_nothing() {
        assert_eq!(told("明天", Timestamp::UNIX_EPOCH), None);
    }
}
