use std::{fs, path::Path};

use domain::{
    appearance::AppearanceEvent,
    calendar::CalendarEvent,
    case::Occurrence,
    column::{ColumnEvent, Review},
    correction::Correction,
    department::DepartmentEvent,
    document::DocumentEvent,
    reading::ReadingEvent,
    request::Request,
    sharing::SharingEvent,
    site::{SiteEvent, Theme},
    staff::StaffEvent,
    vetting::VettingEvent,
};
use serde_json::json;

use super::*;
use crate::guards::guards_of;

fn commit(events: Vec<Recorded>) -> Commit {
    Commit {
        stream: "document:aaaaaaaaaaaaaaaaaaaaaaaaaa".parse().unwrap(),
        number: 1,
        id: "bbbbbbbbbbbbbbbbbbbbbbbbbb".parse().unwrap(),
        at: "2026-11-23T01:00:00.123Z".parse().unwrap(),
        actor: "editor".parse().unwrap(),
        fingerprint: None,
        events,
        hash: [0; 32],
    }
}

fn data(value: &serde_json::Value) -> Data {
    Data(to_raw_value(value).unwrap())
}

fn withdrawn() -> DocumentEvent {
    DocumentEvent::DocumentWithdrawn { reason: "已废止".to_owned().try_into().unwrap() }
}

#[test]
fn a_commit_is_one_json_object_with_its_fields_in_the_documented_order() {
    let commit = commit(vec![record(&withdrawn()).unwrap()]);
    let Commit { id, at, actor, events, .. } = &commit;
    let bytes = encode(&Content { id, at: *at, actor, fingerprint: Some("f0"), events }).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        r#"{"id":"bbbbbbbbbbbbbbbbbbbbbbbbbb","at":"2026-11-23T01:00:00.123Z","actor":"editor","fingerprint":"f0","events":[{"type":"DocumentWithdrawn","version":1,"data":{"reason":"已废止"}}]}"#
    );
}

#[test]
fn an_event_comes_back_as_it_was_recorded() {
    let recorded = record(&withdrawn()).unwrap();
    let commit = commit(vec![recorded.clone()]);
    assert_eq!(decode_event::<DocumentEvent>(&commit, &recorded).unwrap(), withdrawn());
}

#[test]
fn fields_that_newer_code_added_are_skipped_in_envelope_and_event() {
    let bytes = r#"{"id":"bbbbbbbbbbbbbbbbbbbbbbbbbb","at":"2026-11-23T01:00:00Z","actor":"editor","events":[{"type":"DocumentWithdrawn","version":1,"data":{"reason":"甲","legal_basis":"乙"},"note":1}],"region":"cn"}"#;
    let envelope = decode(bytes.as_bytes()).unwrap();
    assert_eq!(envelope.fingerprint, None);
    let commit = commit(envelope.events);
    let expected = DocumentEvent::DocumentWithdrawn { reason: "甲".to_owned().try_into().unwrap() };
    assert_eq!(decode_event::<DocumentEvent>(&commit, &commit.events[0]).unwrap(), expected);
}

#[test]
fn a_field_added_inside_an_events_content_is_skipped_too() {
    let hash = "0".repeat(64);
    let recorded = Recorded {
        name: "DraftRevised".to_owned(),
        version: 1,
        data: data(&json!({
            "content": {"title": "题", "body": hash, "summary": "", "source": "", "keywords": [], "language": "zh-CN"},
            "revision": hash,
        })),
    };
    let commit = commit(vec![recorded]);
    assert!(matches!(decode_event(&commit, &commit.events[0]), Ok(DocumentEvent::DraftRevised { .. })));
}

#[test]
fn an_event_of_newer_code_or_of_another_category_is_unknown_and_a_broken_one_has_no_shape() {
    let known = record(&withdrawn()).unwrap();
    let newer = Recorded { version: 2, ..known.clone() };
    let other = Recorded { name: "DocumentSealed".to_owned(), ..known.clone() };
    let broken = Recorded { data: data(&json!({"reason": 7})), ..known.clone() };
    let commit = commit(vec![known.clone()]);
    for unknown in [&newer, &other] {
        let error = decode_event::<DocumentEvent>(&commit, unknown).unwrap_err();
        assert!(matches!(error, DecodeError::Unknown { .. }), "{error}");
    }
    let error = decode_event::<DocumentEvent>(&commit, &broken).unwrap_err();
    assert!(matches!(error, DecodeError::Shape { .. }), "{error}");
    let site = Commit { stream: "site:www".parse().unwrap(), ..commit };
    assert!(matches!(decode_event::<SiteEvent>(&site, &known), Err(DecodeError::Unknown { .. })));
}

/// Every golden sample of `events/`, of today's version and of every earlier one: category and event.
fn samples() -> Vec<(&'static str, Recorded)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events");
    let mut samples = Vec::new();
    for known in EVENT_TYPES {
        for version in 1..=known.version {
            let folder = root.join(known.category).join(known.name).join(format!("v{version}"));
            for file in fs::read_dir(folder).unwrap() {
                let text = fs::read_to_string(file.unwrap().path()).unwrap();
                samples.push((known.category, serde_json::from_str(&text).unwrap()));
            }
        }
    }
    samples
}

#[test]
fn every_golden_sample_of_every_version_is_read_by_todays_code() {
    let samples = samples();
    let older = samples.iter().filter(|(_, recorded)| {
        EVENT_TYPES.iter().any(|known| known.name == recorded.name && known.version > recorded.version)
    });
    assert!(older.count() >= 7, "the older samples are not found");
    for (category, recorded) in samples {
        let commit = Commit { stream: format!("{category}:x").parse().unwrap(), ..commit(vec![recorded]) };
        let [recorded] = commit.events.as_slice() else { panic!("one event") };
        let read = match category {
            "department" => decode_event::<DepartmentEvent>(&commit, recorded).map(drop),
            "site" => decode_event::<SiteEvent>(&commit, recorded).map(drop),
            "appearance" => decode_event::<AppearanceEvent>(&commit, recorded).map(drop),
            "column" => decode_event::<ColumnEvent>(&commit, recorded).map(drop),
            "document" => decode_event::<DocumentEvent>(&commit, recorded).map(drop),
            "sharing" => decode_event::<SharingEvent>(&commit, recorded).map(drop),
            "reading" => decode_event::<ReadingEvent>(&commit, recorded).map(drop),
            "staff" => decode_event::<StaffEvent>(&commit, recorded).map(drop),
            "calendar" => decode_event::<CalendarEvent>(&commit, recorded).map(drop),
            "vetting" => decode_event::<VettingEvent>(&commit, recorded).map(drop),
            "correction" => decode_event::<Occurrence<Correction>>(&commit, recorded).map(drop),
            "request" => decode_event::<Occurrence<Request>>(&commit, recorded).map(drop),
            other => panic!("no events of {other}"),
        };
        assert_eq!(read, Ok(()), "{recorded:?}");
        let claims = guards_of(std::slice::from_ref(&commit));
        assert!(claims.is_ok(), "the guards of {category} cannot be made again: {claims:?}");
    }
}

#[test]
fn what_older_events_did_not_say_is_what_was_true_then() {
    for (category, recorded) in samples().into_iter().filter(|(_, recorded)| recorded.version == 1) {
        let commit = Commit { stream: format!("{category}:x").parse().unwrap(), ..commit(vec![recorded]) };
        let [recorded] = commit.events.as_slice() else { panic!("one event") };
        match recorded.name.as_str() {
            "SiteOpened" | "SiteProfileChanged" => {
                let (SiteEvent::SiteOpened { profile, .. } | SiteEvent::SiteProfileChanged { profile }) =
                    decode_event(&commit, recorded).unwrap()
                else {
                    panic!("{recorded:?}")
                };
                assert_eq!((profile.theme, profile.languages.as_slice().len()), (Theme::Lake, 1));
                assert_eq!(profile.domain, None);
            }
            "ColumnOpened" | "ColumnProfileChanged" => {
                let (ColumnEvent::ColumnOpened { profile, .. } | ColumnEvent::ColumnProfileChanged { profile }) =
                    decode_event(&commit, recorded).unwrap();
                assert_eq!((profile.review, profile.update_duty), (Review::default(), None));
                assert!(profile.discloses.is_empty(), "nobody said");
            }
            _ => {}
        }
    }
}
