use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::city::sample::FILES;

fn all() -> Vec<Act> {
    let files = FILES.map(|(name, _)| (name, "0".repeat(64)));
    acts(&Sample::read().unwrap(), &BTreeMap::from(files), present()).unwrap()
}

fn present() -> Timestamp {
    "2026-11-24T00:30:00Z".parse().unwrap()
}

#[test]
fn every_act_has_its_own_key_and_an_instant_in_the_past() {
    let acts = all();
    let keys: BTreeSet<&str> = acts.iter().map(|act| act.key.as_str()).collect();
    assert_eq!(keys.len(), acts.len());
    assert!(acts.iter().all(|act| act.key.len() <= 120 && act.key.bytes().all(|byte| byte.is_ascii_graphic())));
    assert!(acts.iter().all(|act| act.at < present()));
    assert!(acts.is_sorted_by_key(|act| act.at));
}

#[test]
fn a_second_run_makes_the_same_requests() {
    assert_eq!(all(), all());
}

#[test]
fn the_city_is_as_large_and_as_varied_as_the_readme_says() {
    let acts = all();
    let count = |wanted: fn(&Step) -> bool| acts.iter().filter(|act| wanted(&act.step)).count();
    let documents = count(|step| matches!(step, Step::Draft { .. }));
    assert!((115..=135).contains(&documents), "{documents}");
    assert!(count(|step| matches!(step, Step::Correct { .. })) >= 5);
    assert!(count(|step| matches!(step, Step::Move { .. })) >= 2);
    assert!(count(|step| matches!(step, Step::Withdraw { .. })) >= 3);
    assert!(count(|step| matches!(step, Step::Return { .. })) >= 1);
    assert!(documents - count(|step| matches!(step, Step::Publish { .. })) >= 4, "drafts in review");
    let departments = Sample::read().unwrap().register.departments.len();
    assert_eq!(count(|step| matches!(step, Step::Enrol { .. })), 5 * departments);
    let cases = Sample::read().unwrap().cases;
    let of = |form: &str| cases.iter().filter(|entry| entry.form == form).count();
    assert!(of("correction") >= 20 && of("information-request") >= 6, "cases");
    let months: BTreeSet<String> =
        acts.iter().filter(|act| matches!(act.step, Step::Publish { .. })).map(|act| shanghai::month(act.at)).collect();
    assert!(months.len() >= 3, "{months:?}");
}

/// What names another document finds it public.
#[test]
fn what_is_related_comes_after_what_it_is_related_to() {
    let acts = all();
    let sample = Sample::read().unwrap();
    let at = |name: &str| acts.iter().find(|act| act.key == name).unwrap().at;
    let mut related = 0;
    for series in &sample.series {
        for entry in &series.documents {
            for other in entry.relations.values() {
                let (column, slug) = other.split_once('/').unwrap();
                let theirs = sample.series.iter().find(|s| s.column == column).unwrap();
                assert!(at(&key(theirs, slug, "draft")) < at(&key(series, &entry.slug, "draft")), "{}", entry.slug);
                assert!(at(&key(theirs, slug, "publish")) < at(&key(series, &entry.slug, "publish")), "{}", entry.slug);
                related += 1;
            }
        }
    }
    assert!(related > 15, "{related}");
}

#[test]
fn no_two_documents_read_the_same_and_no_column_stays_empty() {
    let mut bodies: BTreeMap<String, String> = BTreeMap::new();
    let mut columns = BTreeSet::new();
    for act in all() {
        match act.step {
            Step::Draft { body } => {
                let text = body["content"]["body_html"].as_str().unwrap().to_owned();
                assert!(!text.contains("{{") && text.chars().count() > 40, "{}", act.key);
                assert_eq!(bodies.insert(text, act.key.clone()), None, "{}", act.key);
                columns.insert(body["column"].as_str().unwrap().to_owned());
            }
            Step::Move { column } => drop(columns.insert(column)),
            _ => {}
        }
    }
    for entry in Sample::read().unwrap().register.columns {
        assert!(columns.contains(&entry.column), "{} has no document", entry.column);
    }
}

#[test]
fn a_correction_mends_what_the_first_text_said_wrong() {
    let sample = Sample::read().unwrap();
    for series in &sample.series {
        for entry in series.documents.iter().filter(|entry| entry.correct.is_some()) {
            let letter = Writer::default().write(series, entry, day(present(), entry)).unwrap();
            let acts = document(letter, series, entry, present()).unwrap();
            let first = acts.iter().find_map(|act| match &act.step {
                Step::Draft { body } => Some(body["content"].clone()),
                _ => None,
            });
            let mended = acts.iter().rev().find_map(|act| match &act.step {
                Step::Revise { content } => Some(json!(content)),
                _ => None,
            });
            assert_ne!(first.unwrap(), mended.unwrap(), "{}", entry.slug);
        }
    }
}

#[test]
fn all_acts_of_a_document_name_it_alike() {
    let acts = all();
    let named = acts.iter().filter(|act| matches!(act.step, Step::Draft { .. }));
    for draft in named {
        let name = draft.document().unwrap();
        let own: Vec<&Act> = acts
            .iter()
            .filter(|act| act.key.starts_with(&format!("{name}-")) && act.document() == Some(name))
            .collect();
        let submits = own.iter().filter(|act| act.step == Step::Submit).count();
        assert!(own.len() == 1 || submits >= 1, "{name}");
    }
    let orphans = acts
        .iter()
        .filter(|act| {
            let of_no_document = matches!(
                act.step,
                Step::Register { .. } | Step::Declare { .. } | Step::Adopt { .. } | Step::Enrol { .. }
            );
            !of_no_document
        })
        .filter(|act| act.document().is_none())
        .count();
    assert_eq!(orphans, 0);
}
