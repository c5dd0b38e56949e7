//! Older shapes of events brought to today's.
//!
//! Each step lifts one event type by one version and never changes what happened, only how it is told. Steps stay for as long as one commit of
//! that version may exist, which is for good.

use serde_json::{Value, json};

/// Turns the data of one version into that of the next.
type Step = fn(Value) -> Value;

/// `(name, version it takes, step)`.
const STEPS: &[(&str, u16, Step)] = &[
    ("DepartmentRegistered", 1, as_it_was),
    ("DepartmentProfileChanged", 1, as_it_was),
    ("SiteOpened", 1, site_profile),
    ("SiteProfileChanged", 1, site_profile),
    ("ColumnOpened", 1, column_profile),
    ("ColumnOpened", 2, as_it_was),
    ("ColumnOpened", 3, as_it_was),
    ("ColumnProfileChanged", 1, column_profile),
    ("ColumnProfileChanged", 2, as_it_was),
    ("DocumentDrafted", 1, as_it_was),
    ("DocumentDrafted", 2, as_it_was),
    ("DocumentDrafted", 3, as_it_was),
    ("DraftRevised", 1, as_it_was),
    ("DraftRevised", 2, as_it_was),
    ("DraftRevised", 3, as_it_was),
    ("DocumentPublished", 1, as_it_was),
    ("DocumentCorrected", 1, as_it_was),
    ("DocumentMigrated", 1, as_it_was),
    ("DocumentMigrated", 2, as_it_was),
    ("RoleGranted", 1, as_it_was),
    ("RoleGranted", 2, as_it_was),
    ("RoleRevoked", 1, as_it_was),
    ("RoleRevoked", 2, as_it_was),
    ("CaseOpened", 1, as_it_was),
    ("DeadlineChanged", 1, as_it_was),
    ("DeadlineChanged", 2, as_it_was),
    ("MessageUndeliverable", 1, as_it_was),
    ("ApplicationFiled", 1, as_it_was),
    ("ReplyDrafted", 1, as_it_was),
    ("ReplyDrafted", 2, as_it_was),
    ("RequestDecided", 1, as_it_was),
    ("RequestDecided", 2, as_it_was),
    ("ApplicationCompleted", 1, as_it_was),
    ("ApplicationCompleted", 2, as_it_was),
    ("DeadlineReminded", 1, as_it_was),
    ("OpinionSought", 1, as_it_was),
    ("OpinionGiven", 1, as_it_was),
    ("OpinionLapsed", 1, as_it_was),
    ("FeePaid", 1, as_it_was),
    ("ApplicationWithdrawn", 1, as_it_was),
];

/// The next version only admits more: who takes applications for information, roles, kinds of columns, what columns disclose, forms of document numbers, parts of a content, what
/// staff recorded and the day on which it came, numbers of letters, ways in which a case came, files of a case, of a completion and of a reply, notices, kinds of replies, longer terms.
fn as_it_was(data: Value) -> Value {
    data
}

/// Before version 2 every site was in simplified Chinese and of the house's colour.
fn site_profile(data: Value) -> Value {
    in_profile(data, [("languages", json!(["zh-Hans"])), ("theme", json!("lake"))])
}

/// Before version 2 every column had one level of review, by its documents' own department.
fn column_profile(data: Value) -> Value {
    let review = json!({ "levels": [{}], "publisher": {} });
    in_profile(data, [("review", review)])
}

/// Adds members to `profile`; data without one is left to the reader to refuse.
fn in_profile<const N: usize>(mut data: Value, members: [(&str, Value); N]) -> Value {
    if let Some(profile) = data.get_mut("profile").and_then(Value::as_object_mut) {
        profile.extend(members.map(|(name, value)| (name.to_owned(), value)));
    }
    data
}

/// The data of event `name`, lifted from version `from` to version `today`.
///
/// None where `from` is newer than today or below 1, or a step is missing.
pub(crate) fn upcast(name: &str, from: u16, today: u16, data: Value) -> Option<Value> {
    lift(STEPS, name, from, today, data)
}

fn lift(steps: &[(&str, u16, Step)], name: &str, from: u16, today: u16, data: Value) -> Option<Value> {
    if from == 0 || from > today {
        return None;
    }
    (from..today).try_fold(data, |data, version| {
        let (_, _, step) = steps.iter().find(|(named, takes, _)| *named == name && *takes == version)?;
        Some(step(data))
    })
}

#[cfg(test)]
mod tests {
    use domain::catalogue::EVENT_TYPES;

    use super::*;

    const RENAMED: &[(&str, u16, Step)] = &[
        ("Named", 1, |mut data| {
            let name = data["nmae"].take();
            json!({ "name": name })
        }),
        ("Named", 2, |mut data| {
            data["language"] = json!("zh");
            data
        }),
    ];

    #[test]
    fn lifts_through_every_version_up_to_todays() {
        let old = json!({"nmae": "教育局"});
        let today = json!({"name": "教育局", "language": "zh"});
        assert_eq!(lift(RENAMED, "Named", 1, 3, old), Some(today));
        assert_eq!(lift(RENAMED, "Named", 2, 3, json!({"name": "甲"})), Some(json!({"name": "甲", "language": "zh"})));
        assert_eq!(lift(RENAMED, "Named", 3, 3, json!({"kept": 1})), Some(json!({"kept": 1})));
    }

    #[test]
    fn refuses_a_newer_version_and_a_gap_in_the_steps() {
        assert_eq!(lift(RENAMED, "Named", 4, 3, json!({})), None);
        assert_eq!(lift(RENAMED, "Named", 0, 3, json!({})), None);
        assert_eq!(lift(RENAMED, "Other", 1, 2, json!({})), None);
    }

    #[test]
    fn every_event_type_can_be_lifted_from_its_first_version() {
        for known in EVENT_TYPES {
            for version in 1..known.version {
                assert!(
                    STEPS.iter().any(|(name, takes, _)| *name == known.name && *takes == version),
                    "{known:?} {version}"
                );
            }
        }
    }
}
