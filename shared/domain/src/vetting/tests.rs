//! Given events, when a command, then events or a refusal.

use std::collections::BTreeMap;

use super::*;
use crate::{
    aggregate::{Aggregate, Context, Fact},
    column::ColumnKind,
    document::{BodyHash, Content},
    id::{ListName, StreamId},
    text::Line,
};

fn context() -> Context {
    Context { actor: "registrar".parse().unwrap(), now: "2026-11-29T01:00:00Z".parse().unwrap() }
}

fn reason() -> Line<300> {
    Line::new("按季度检查要求").unwrap()
}

fn name(text: &str) -> ListName {
    text.parse().unwrap()
}

fn list(words: &[u8]) -> WordList {
    WordList { title: Line::new("本市词库").unwrap(), level: Level::Block, words: BodyHash::of(words), count: 1 }
}

fn take(
    state: &mut Vetting,
    decide: impl FnOnce(&Vetting, &Context) -> Result<Vec<VettingEvent>, VettingRefusal>,
) -> Result<(), VettingRefusal> {
    let fact = Fact { commit: 1, at: context().now, actor: context().actor };
    for event in decide(state, &context())? {
        state.evolve(event, &fact);
    }
    Ok(())
}

#[test]
fn a_city_that_chose_nothing_has_the_rules_of_the_house() {
    let state = Vetting::default();
    assert_eq!(state.strictness.level(Rule::Mobile), Level::Block);
    assert_eq!(state.strictness.level(Rule::Plate), Level::Warn);
    assert_eq!(state.strictness.required_of(ColumnKind::News), &[]);
    assert!(state.strictness.required_of(ColumnKind::Policies).contains(&Field::WrittenOn));
    assert!(BUILT_IN.iter().all(|built_in| state.keeps_built_in(&name(built_in))));
}

#[test]
fn a_change_tells_every_rule() {
    let mut state = Vetting::default();
    let levels = BTreeMap::from([(Rule::Plate, Level::Block)]);
    let required = vec![Required { kind: ColumnKind::Notices, fields: vec![Field::Summary] }];
    take(&mut state, |s, c| change_rules(s, levels.clone(), required.clone(), reason(), c)).unwrap();
    assert_eq!(state.strictness.levels.len(), Rule::ALL.len());
    assert_eq!(state.strictness.level(Rule::Plate), Level::Block);
    assert_eq!(state.strictness.level(Rule::Mobile), Level::Block);
    assert_eq!(state.strictness.required_of(ColumnKind::Policies), &[]);
    assert_eq!(take(&mut state, |s, c| change_rules(s, levels, required, reason(), c)), Err(VettingRefusal::Unchanged));
}

#[test]
fn nothing_is_required_twice() {
    let mut state = Vetting::default();
    let twice = |fields: Vec<Field>| Required { kind: ColumnKind::News, fields };
    let refused =
        take(&mut state, |s, c| change_rules(s, BTreeMap::new(), vec![twice(vec![]), twice(vec![])], reason(), c));
    assert_eq!(refused, Err(VettingRefusal::KindTwice { kind: ColumnKind::News }));
    let fields = vec![Field::Source, Field::Source];
    let refused = take(&mut state, |s, c| change_rules(s, BTreeMap::new(), vec![twice(fields)], reason(), c));
    assert_eq!(refused, Err(VettingRefusal::FieldTwice { kind: ColumnKind::News, field: Field::Source }));
}

#[test]
fn a_list_takes_the_place_of_the_houses_and_is_dropped_with_it() {
    let mut state = Vetting::default();
    let own = name("common-mistakes");
    take(&mut state, |s, c| adopt(s, own.clone(), list(b"1"), reason(), c)).unwrap();
    assert!(!state.keeps_built_in(&own));
    assert_eq!(take(&mut state, |s, c| adopt(s, own.clone(), list(b"1"), reason(), c)), Err(VettingRefusal::Unchanged));
    take(&mut state, |s, c| drop_list(s, own.clone(), reason(), c)).unwrap();
    assert!(!state.keeps_built_in(&own));
    assert_eq!(
        take(&mut state, |s, c| drop_list(s, own.clone(), reason(), c)),
        Err(VettingRefusal::NoSuchList { list: own.clone() })
    );
    take(&mut state, |s, c| adopt(s, own.clone(), list(b"2"), reason(), c)).unwrap();
    assert_eq!(state.lists[&own].words, BodyHash::of(b"2"));
}

#[test]
fn a_city_has_at_most_twenty_lists() {
    let mut state = Vetting::default();
    for number in 0..20 {
        take(&mut state, |s, c| adopt(s, name(&format!("list-{number}")), list(b"1"), reason(), c)).unwrap();
    }
    assert_eq!(
        take(&mut state, |s, c| adopt(s, name("one-more"), list(b"1"), reason(), c)),
        Err(VettingRefusal::TooManyLists { most: 20 })
    );
    take(&mut state, |s, c| adopt(s, name("list-3"), list(b"2"), reason(), c)).unwrap();
}

#[test]
fn every_field_is_told_or_not() {
    let empty = Content::new(Line::new("标题").unwrap(), BodyHash::of(b""));
    assert!(Field::ALL.iter().all(|field| !field.told_by(&empty)));
    assert!(Field::WrittenOn.told_by(&Content { written_on: Some("2026-11-29".parse().unwrap()), ..empty }));
}

#[test]
fn the_city_has_one_stream_of_rules() {
    assert_eq!(StreamId::vetting().as_str().parse(), Ok(StreamId::vetting()));
    assert_eq!(StreamId::vetting().category(), Vetting::CATEGORY);
}
