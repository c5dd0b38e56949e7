//! Changes, refused and taken.

use super::*;

fn versioned(version: u64, title: &str) -> Entry {
    Entry { version, ..entry("01", title, "") }
}

fn remove(id: &str, version: u64) -> Change {
    Change::Remove { id: id.to_owned(), version }
}

#[test]
fn a_lower_version_is_refused_and_an_equal_stamp_skipped() {
    let mut city = City::new();
    assert_eq!(city.build([versioned(5, "甲")]), Report { upserted: 1, ..Report::default() });
    assert_eq!(city.build([versioned(4, "乙")]).refused, ["01"]);
    assert_eq!(city.build([remove("01", 4)]).refused, ["01"]);
    assert_eq!(city.build([versioned(5, "甲")]).skipped, 1);
    assert_eq!(city.build([remove("02", 1)]).skipped, 1);
    assert_eq!(city.manifest.counter, 1);
    assert_eq!(city.build([versioned(6, "丙")]).upserted, 1);
    assert_eq!((city.manifest.counter, city.manifest.documents), (2, 1));
    assert_eq!(city.answer(&Query::of("丙")).hits[0].version, 6);
    assert_eq!(city.build([remove("01", 6)]).removed, 1);
    assert_eq!(city.answer(&Query::of("")).total, 0);
    assert_eq!(city.manifest.keys().count(), 0);
}

#[test]
fn of_one_document_the_highest_version_counts() {
    let mut city = City::new();
    let report =
        city.build([versioned(2, "乙").into(), remove("01", 1), versioned(1, "甲").into(), versioned(2, "丙").into()]);
    assert_eq!((report.upserted, report.skipped), (1, 3));
    assert_eq!(city.answer(&Query::of("丙")).total, 1);
    assert_eq!(city.answer(&Query::of("")).total, 1);
}

#[test]
fn without_changes_nothing_is_built() {
    let city = City::new();
    let folder = tempfile::tempdir().unwrap();
    let outcome = city.writer(folder.path(), "a", Vec::new()).unwrap();
    assert!(outcome.built.is_none());
    assert_eq!(city.answer(&Query::of("")).total, 0);
    assert_eq!(city.answer(&Query::of("公积金")).total, 0);
}

#[test]
fn names_carry_generation_and_attempt_and_old_ones_are_told() {
    let mut city = City::of([versioned(1, "甲"), entry("02", "乙", ""), entry("03", "丙", ""), entry("04", "丁", "")]);
    let before: Vec<String> = city.manifest.keys().map(str::to_owned).collect();
    assert!(
        matches!(before.as_slice(), [key] if key.starts_with("index/g1/a1-") && key.ends_with(".bundle")),
        "{before:?}"
    );
    city.build([versioned(2, "丙")]);
    assert!(city.manifest.keys().any(|key| key.starts_with("index/g1/a2-") && key.ends_with(".del")));
    let folder = tempfile::tempdir().unwrap();
    let changes = ["01", "02", "03", "04"].map(|id| remove(id, 3)).to_vec();
    let built = city.writer(folder.path(), "a9", changes).unwrap().built.unwrap();
    assert_eq!(built.unreferenced, city.manifest.keys().collect::<Vec<_>>());
}

#[test]
fn another_schema_is_neither_read_nor_changed() {
    let mut city = City::of([versioned(1, "甲")]);
    city.manifest.schema += 1;
    assert!(matches!(city.try_reader(), Err(OpenError::OtherSchema { .. })));
    let folder = tempfile::tempdir().unwrap();
    let outcome = city.writer(folder.path(), "a", vec![versioned(2, "乙").into()]);
    assert!(matches!(outcome, Err(BuildError::OtherSchema { .. })));
}

#[test]
fn segments_stay_few_and_worn_ones_are_rewritten() {
    let mut city = City::new();
    let mut merged = 0;
    for at in 0..30 {
        merged += city.build([entry(&format!("{at:02}"), "通知", "")]).merged;
        assert!(city.manifest.keys().count() <= 9);
    }
    assert!(merged >= 24, "{merged}");
    assert_eq!((city.manifest.documents, city.answer(&Query::of("通知")).total), (30, 30));
    let removals = (0..20).map(|at| remove(&format!("{at:02}"), 2));
    assert!(city.build(removals.collect::<Vec<_>>()).merged > 0);
    assert_eq!(city.answer(&Query::of("通知")).total, 10);
}
