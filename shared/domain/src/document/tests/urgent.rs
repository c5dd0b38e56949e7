//! What cannot wait for its review is reviewed after.

use super::*;
use crate::column::Post;

fn first() -> Release {
    Release::First(Publish { slug: None, archive: Archive::Month, index_number: number(), related: Vec::new() })
}

fn why() -> Line<300> {
    Line::new("台风红色预警，值班室来不及送审").unwrap()
}

fn urgent() -> History {
    let mut history = History::drafted();
    history.take("publisher", |s, c| publish_urgently(s, first(), why(), &one(), c)).unwrap();
    history
}

fn live_revision(history: &History) -> RevisionHash {
    history.state.live.as_ref().unwrap().revision.clone()
}

fn review_after_by(history: &mut History, who: &str, levels: &Levels) -> Result<(), DocumentRefusal> {
    let revision = live_revision(history);
    history.take(who, |s, c| review_after(s, revision, levels, c))
}

#[test]
fn it_becomes_public_at_once_with_its_reason_and_owes_its_review() {
    let history = urgent();
    let owed = history.state.live.as_ref().unwrap().unreviewed.clone().unwrap();
    assert_eq!((owed.postponed.reason, owed.postponed.by.as_str()), (why(), "publisher"));
    assert_eq!(owed.approvals, []);
    assert_eq!(history.state.draft, None);
}

#[test]
fn neither_its_editors_nor_its_publisher_review_it_after() {
    let mut history = urgent();
    assert_eq!(review_after_by(&mut history, EDITOR, &one()), Err(DocumentRefusal::OwnEdit));
    assert_eq!(review_after_by(&mut history, "publisher", &one()), Err(DocumentRefusal::OwnPublication));
    assert_eq!(review_after_by(&mut history, REVIEWER, &one()), Ok(()));
    assert_eq!(history.state.live.as_ref().unwrap().unreviewed, None);
    assert_eq!(review_after_by(&mut history, "other", &one()), Err(DocumentRefusal::NothingOwed));
}

#[test]
fn each_level_has_its_turn_and_what_was_approved_before_counts() {
    let three = Levels::try_from(vec![Post::default(); 3]).unwrap();
    let mut history = History::drafted();
    history.take(EDITOR, submit).unwrap();
    history.approve("first", &three).unwrap();
    history.take("publisher", |s, c| publish_urgently(s, first(), why(), &three, c)).unwrap();
    assert_eq!(review_after_by(&mut history, "first", &three), Err(DocumentRefusal::OwnApproval));
    review_after_by(&mut history, "second", &three).unwrap();
    let owed = history.state.live.as_ref().unwrap().unreviewed.clone().unwrap();
    assert_eq!(owed.approvals.iter().map(ActorId::as_str).collect::<Vec<_>>(), ["first", "second"]);
    review_after_by(&mut history, "third", &three).unwrap();
    assert_eq!(history.state.live.as_ref().unwrap().unreviewed, None);
}

#[test]
fn what_every_level_approved_goes_the_usual_road() {
    let mut history = History::approved();
    let refused = history.take("publisher", |s, c| publish_urgently(s, first(), why(), &one(), c));
    assert_eq!(refused, Err(DocumentRefusal::AlreadyApproved));
}

#[test]
fn a_correction_that_was_reviewed_ends_the_debt_and_an_urgent_one_begins_another() {
    let note = || Line::new("更正时间").unwrap();
    let mut history = urgent();
    history.take("second", |s, c| revise(s, content("台风预警（续）"), c)).unwrap();
    let release = Release::Correction { note: note(), related: Vec::new() };
    history.take("publisher", |s, c| publish_urgently(s, release, why(), &one(), c)).unwrap();
    let owed = history.state.live.as_ref().unwrap().unreviewed.clone().unwrap();
    let editors: Vec<&str> = owed.editors.iter().map(ActorId::as_str).collect();
    assert_eq!(editors, [EDITOR, "publisher", "second"], "nobody has read what the first ones wrote");

    history.take(EDITOR, |s, c| revise(s, content("台风预警（完）"), c)).unwrap();
    history.review();
    history.take("publisher", |s, c| correct(s, note(), Vec::new(), &one(), c)).unwrap();
    assert_eq!(history.state.live.as_ref().unwrap().unreviewed, None);
}

/// Another's comma does not make a text another's.
#[test]
fn whoever_wrote_or_published_what_nobody_reviewed_does_not_approve_its_correction() {
    let mut history = urgent();
    history.take("second", |s, c| revise(s, content("停水通知。"), c)).unwrap();
    history.take("second", submit).unwrap();
    for author in [EDITOR, "publisher", "second"] {
        assert_eq!(history.approve(author, &one()), Err(DocumentRefusal::OwnEdit), "{author}");
    }
    assert_eq!(history.approve(REVIEWER, &one()), Ok(()));
}

#[test]
fn whoever_wrote_or_published_what_was_withdrawn_unread_does_not_approve_what_follows() {
    let mut history = urgent();
    history.take("publisher", |s, c| withdraw(s, Prose::default(), c)).unwrap();
    history.take("second", |s, c| revise(s, content("停水通知。"), c)).unwrap();
    history.take("second", submit).unwrap();
    for author in [EDITOR, "publisher", "second"] {
        assert_eq!(history.approve(author, &one()), Err(DocumentRefusal::OwnEdit), "{author}");
    }
    assert_eq!(history.approve(REVIEWER, &one()), Ok(()));
    history.publish().unwrap();
    history.take("publisher", |s, c| withdraw(s, Prose::default(), c)).unwrap();
    history.take("second", |s, c| revise(s, content("停水公告"), c)).unwrap();
    history.take("second", submit).unwrap();
    assert_eq!(history.approve(EDITOR, &one()), Ok(()), "what was reviewed and withdrawn ends it");
}

#[test]
fn whoever_approved_and_then_published_has_his_level_reviewed_by_another() {
    let three = Levels::try_from(vec![Post::default(); 3]).unwrap();
    let mut history = History::drafted();
    history.take(EDITOR, submit).unwrap();
    history.approve("publisher", &three).unwrap();
    history.approve("second", &three).unwrap();
    history.take("publisher", |s, c| publish_urgently(s, first(), why(), &three, c)).unwrap();
    assert_eq!(history.state.live.as_ref().unwrap().unreviewed.as_ref().unwrap().approvals, []);
}

#[test]
fn a_move_begins_the_review_anew_in_the_new_column() {
    let three = Levels::try_from(vec![Post::default(); 3]).unwrap();
    let mut history = urgent();
    review_after_by(&mut history, REVIEWER, &three).unwrap();
    history.relocate("www.xw", None).unwrap();
    assert_eq!(history.state.live.as_ref().unwrap().unreviewed.as_ref().unwrap().approvals, []);
}

#[test]
fn a_review_names_the_text_that_is_public() {
    let mut history = urgent();
    let other = content("别的").revision();
    let refused = history.take(REVIEWER, |s, c| review_after(s, other, &one(), c));
    assert!(matches!(refused, Err(DocumentRefusal::OtherRevision { .. })), "{refused:?}");
    history.take("publisher", |s, c| withdraw(s, Prose::default(), c)).unwrap();
    let revision = content("停水通知").revision();
    assert_eq!(history.take(REVIEWER, |s, c| review_after(s, revision, &one(), c)), Err(DocumentRefusal::NotPublic));
}
