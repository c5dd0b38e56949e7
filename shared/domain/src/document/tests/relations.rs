//! What a document is to others.

use super::*;

fn other(key: &str) -> DocumentId {
    DocumentId::migrated(&"old-portal".parse().unwrap(), key)
}

fn to(kind: RelationKind, document: DocumentId) -> Relation {
    Relation { kind, document }
}

fn related(kind: RelationKind, document: DocumentId) -> Related {
    Related {
        kind,
        document,
        site: "www".parse().unwrap(),
        path: "/zcwj/2026/11/01/a.html".parse().unwrap(),
        title: Line::new("供水管理办法").unwrap(),
        day: Some("2026-11-01".parse().unwrap()),
    }
}

fn saying(relations: Vec<Relation>) -> Content {
    Content { relations, ..content("供水管理办法解读") }
}

fn drafted(relations: Vec<Relation>) -> History {
    let mut history = History::default();
    let content = saying(relations);
    history.take(EDITOR, |s, c| draft(s, id(), column("www.zcjd"), "slj".parse().unwrap(), content, c)).unwrap();
    history
}

fn publish_with(history: &mut History, related: Vec<Related>) -> Result<(), DocumentRefusal> {
    history.take("publisher", |s, c| {
        publish(s, Publish { slug: None, archive: Archive::Month, index_number: number(), related }, &one(), c)
    })
}

#[test]
fn a_document_is_never_related_to_itself_nor_twice_the_same_way() {
    let mut history = History::default();
    let mut draft_with = |relations| {
        history.take(EDITOR, |s, c| draft(s, id(), column("www.zcjd"), "slj".parse().unwrap(), saying(relations), c))
    };
    let itself = vec![to(RelationKind::Interprets, id())];
    assert_eq!(draft_with(itself), Err(DocumentRefusal::RelatedToItself));
    let twice = vec![to(RelationKind::Amends, other("1")), to(RelationKind::Amends, other("1"))];
    assert_eq!(draft_with(twice), Err(DocumentRefusal::RelatedTwice { document: other("1") }));
    let both_ways = vec![to(RelationKind::Amends, other("1")), to(RelationKind::Interprets, other("1"))];
    assert_eq!(draft_with(both_ways), Ok(()));
    let itself = saying(vec![to(RelationKind::Repeals, id())]);
    assert_eq!(history.take(EDITOR, |s, c| revise(s, itself, c)), Err(DocumentRefusal::RelatedToItself));
}

#[test]
fn a_change_of_relations_is_a_new_revision_and_voids_an_approval() {
    let mut history = drafted(Vec::new());
    history.review();
    let content = saying(vec![to(RelationKind::Interprets, other("1"))]);
    history.take(EDITOR, |s, c| revise(s, content, c)).unwrap();
    assert_eq!(history.state.draft.as_ref().unwrap().stage, Stage::Editing);
}

#[test]
fn becomes_public_with_the_documents_it_names_and_no_others() {
    let mut history = drafted(vec![to(RelationKind::Interprets, other("1"))]);
    history.review();
    for wrong in [
        Vec::new(),
        vec![related(RelationKind::Interprets, other("2"))],
        vec![related(RelationKind::Repeals, other("1"))],
        vec![related(RelationKind::Interprets, other("1")), related(RelationKind::Repeals, other("2"))],
    ] {
        assert_eq!(publish_with(&mut history, wrong), Err(DocumentRefusal::RelationsMoved));
    }
    let right = related(RelationKind::Interprets, other("1"));
    publish_with(&mut history, vec![right.clone()]).unwrap();
    assert_eq!(history.state.related(), [right]);
}

#[test]
fn a_correction_says_anew_what_the_document_relates_to() {
    let mut history = drafted(vec![to(RelationKind::Interprets, other("1"))]);
    history.review();
    publish_with(&mut history, vec![related(RelationKind::Interprets, other("1"))]).unwrap();
    history.take(EDITOR, |s, c| revise(s, saying(vec![to(RelationKind::BasedOn, other("2"))]), c)).unwrap();
    assert_eq!(history.state.related()[0].document, other("1"), "what is public changes by a correction alone");
    history.review();
    let note = Line::new("更正所解读的文件").unwrap();
    let refused = history.take("publisher", |s, c| correct(s, note.clone(), Vec::new(), &one(), c));
    assert_eq!(refused, Err(DocumentRefusal::RelationsMoved));
    let now = related(RelationKind::BasedOn, other("2"));
    history.take("publisher", |s, c| correct(s, note.clone(), vec![now.clone()], &one(), c)).unwrap();
    assert_eq!(history.state.related(), [now]);
}

#[test]
fn what_is_withdrawn_relates_to_nothing_any_more() {
    let mut history = drafted(vec![to(RelationKind::Repeals, other("1"))]);
    history.review();
    publish_with(&mut history, vec![related(RelationKind::Repeals, other("1"))]).unwrap();
    history.take("publisher", |s, c| withdraw(s, Prose::new("发布有误").unwrap(), c)).unwrap();
    assert_eq!(history.state.related(), []);
}
