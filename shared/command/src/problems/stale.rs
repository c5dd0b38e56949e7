//! What the caller of a stale version did not see, for a person and for a program.

use domain::{StreamId, shanghai};
use gateway::{Change, Problem, Sentence};
use ledger::Outline;

use super::{STALE, told::clock};
use crate::events::named;

/// Changes that the problem lists.
const LISTED: usize = 20;

/// Changes that its sentences tell, so that a person reads them: the newest.
const TOLD: usize = 5;

/// The caller saw version `expected` of `stream`; it is at `current`, and `since` is what he did not see, oldest first.
pub(super) fn problem(stream: &StreamId, expected: u64, current: u64, since: &[Outline]) -> Problem {
    if since.is_empty() {
        return Problem::of(
            &STALE,
            Sentence::new(
                format!("所给版本 {expected} 并不存在，当前是版本 {current}。请重新读取后再提交。"),
                format!("There is no version {expected} yet; it is at version {current}. Read it again."),
            ),
        )
        .with_version(current);
    }
    let (earlier, listed) = newest(since, LISTED);
    let changes = listed.iter().map(|unseen| change(stream, unseen)).collect();
    Problem::of(&STALE, sentence(expected, current, since))
        .with_version(current)
        .with_changes(changes, u64::try_from(earlier.len()).unwrap_or(u64::MAX))
}

fn newest(since: &[Outline], most: usize) -> (&[Outline], &[Outline]) {
    since.split_at(since.len().saturating_sub(most))
}

fn change(stream: &StreamId, unseen: &Outline) -> Change {
    Change {
        commit: format!("{stream}:{}", unseen.number),
        at: unseen.at.to_string(),
        actor: unseen.actor.to_string(),
        events: unseen.events.clone(),
    }
}

/// One line in each language: since when, who did what and when, and what to do now.
fn sentence(expected: u64, current: u64, since: &[Outline]) -> Sentence {
    let (earlier, told) = newest(since, TOLD);
    let before = (!earlier.is_empty()).then(|| {
        let earlier = earlier.len();
        (format!("先有 {earlier} 次更早的变更"), format!("{earlier} earlier changes"))
    });
    let lines = before.into_iter().chain(told.iter().map(line));
    let (zh, en): (Vec<String>, Vec<String>) = lines.unzip();
    Sentence::new(
        format!("自版本 {expected} 以来：{}。当前是版本 {current}，请重新读取、核对后再提交。", zh.join("；")),
        format!(
            "Since version {expected}: {}. It is at version {current} now; read it again and decide anew.",
            en.join("; ")
        ),
    )
}

/// Who did what, and when by the clock of the city.
fn line(unseen: &Outline) -> (String, String) {
    let platform = unseen.actor.is_platform();
    let (who, who_en) =
        if platform { ("系统", "the platform") } else { (unseen.actor.as_str(), unseen.actor.as_str()) };
    let local = shanghai::local(unseen.at);
    let (year, month, day, hour, minute) = (local.year(), local.month(), local.day(), local.hour(), local.minute());
    let mut done: Vec<&str> = Vec::new();
    let mut done_en: Vec<&str> = Vec::new();
    for name in &unseen.events {
        let (zh, en) = named(name).map_or((name.as_str(), name.as_str()), |known| (known.done, known.done_en));
        // A commit grants several roles at once; that is said once.
        if !done.contains(&zh) {
            done.push(zh);
            done_en.push(en);
        }
    }
    (
        format!("{who} 于 {} {}", clock(unseen.at), done.join("、")),
        format!("{who_en} {} on {year:04}-{month:02}-{day:02} at {hour:02}:{minute:02} (UTC+8)", done_en.join(" and ")),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn unseen(number: u64, actor: &str, events: &[&str]) -> Outline {
        Outline {
            number,
            at: format!("2026-11-29T02:{:02}:00Z", number % 60).parse().unwrap(),
            actor: actor.parse().unwrap(),
            events: events.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    fn told(since: &[Outline]) -> Value {
        let current = since.last().map_or(3, |last| last.number);
        serde_json::to_value(problem(&"document:a".parse().unwrap(), 3, current, since)).unwrap()
    }

    #[test]
    fn who_did_what_and_when_stands_in_one_line() {
        let since = [
            unseen(4, "lisi", &["DraftRevised"]),
            unseen(5, "system:clock", &["DocumentPublished"]),
            unseen(6, "wang", &["StaffEnrolled", "RoleGranted", "RoleGranted"]),
        ];
        let told = told(&since);
        assert_eq!(
            told["detail"],
            "自版本 3 以来：lisi 于 2026年11月29日 10:04 修改了草稿；系统 于 2026年11月29日 10:05 发布了文件；\
             wang 于 2026年11月29日 10:06 登记了此人、授予了角色。当前是版本 6，请重新读取、核对后再提交。"
        );
        assert_eq!(
            told["detail_en"],
            "Since version 3: lisi revised the draft on 2026-11-29 at 10:04 (UTC+8); the platform published the document on \
             2026-11-29 at 10:05 (UTC+8); wang enrolled the person and granted a role on 2026-11-29 at 10:06 (UTC+8). \
             It is at version 6 now; read it again and decide anew."
        );
        assert_eq!(told["changes"].as_array().map(Vec::len), Some(3));
        assert_eq!(told["changes"][0]["commit"], "document:a:4");
        assert_eq!(told["changes"][2]["events"], serde_json::json!(["StaffEnrolled", "RoleGranted", "RoleGranted"]));
        assert_eq!(told.get("more"), None);
    }

    #[test]
    fn many_changes_are_the_newest_and_a_count() {
        let since: Vec<Outline> = (4..=30).map(|number| unseen(number, "lisi", &["DraftRevised"])).collect();
        let told = told(&since);
        let changes = told["changes"].as_array().unwrap();
        assert_eq!((changes.len(), &told["more"]), (20, &7.into()));
        assert_eq!((&changes[0]["commit"], &changes[19]["commit"]), (&"document:a:11".into(), &"document:a:30".into()));
        let detail = told["detail"].as_str().unwrap();
        assert!(detail.starts_with("自版本 3 以来：先有 22 次更早的变更；lisi 于 2026年11月29日 10:26 修改了草稿；"));
        assert_eq!(detail.matches("修改了草稿").count(), 5);
    }

    #[test]
    fn a_version_that_is_not_there_yet_has_no_changes() {
        let told = told(&[]);
        assert_eq!((told.get("changes"), &told["version"]), (None, &3.into()));
        assert!(told["detail"].as_str().unwrap().contains("并不存在"));
    }

    #[test]
    fn an_event_without_a_name_is_told_by_its_own() {
        let told = told(&[unseen(4, "lisi", &["SomethingNew"])]);
        assert!(told["detail"].as_str().unwrap().contains("lisi 于 2026年11月29日 10:04 SomethingNew。"));
    }
}
