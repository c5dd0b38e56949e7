//! A draft that nobody goes on with is thrown away; nothing else goes with it.

use super::*;

fn throw_away(history: &mut History, actor: &str) -> Result<(), DocumentRefusal> {
    let revision = history.revision();
    history.take(actor, |s, c| discard(s, revision, c))
}

fn write(history: &mut History, actor: &str, title: &str) -> Result<(), DocumentRefusal> {
    history.take(actor, |s, c| revise(s, content(title), c))
}

/// Public, with the draft of a correction beside it.
fn correcting() -> History {
    let mut history = History::published();
    write(&mut history, EDITOR, "停水通知（更正）").unwrap();
    history
}

/// Approved, and scheduled for the minute 30.
fn scheduled() -> History {
    let mut history = History::approved();
    let command = Schedule { revision: history.revision(), at: at(30), slug: None, note: None };
    history.take("publisher", |s, c| schedule(s, command, &one(), c)).unwrap();
    history
}

fn first_release() -> Release {
    Release::First(Publish { slug: None, archive: Archive::Month, index_number: number(), related: Vec::new() })
}

#[test]
fn what_was_never_public_is_left_without_a_draft_and_tells_who_threw_it_away() {
    let mut history = History::drafted();
    let revision = history.revision();
    assert_eq!(
        discard(&history.state, revision.clone(), &by(EDITOR, 1)),
        Ok(vec![DocumentEvent::DraftDiscarded { revision: revision.clone() }])
    );
    throw_away(&mut history, "second").unwrap();
    let Document { id: drafted, column: place, draft, live, discarded, .. } = history.state;
    assert_eq!((drafted, place), (Some(id()), Some(column("www.tzgg"))), "the document stays");
    assert_eq!((draft, live), (None, None));
    let Discarded { revision: last, title, editors, by, at: when } = discarded.unwrap();
    assert_eq!((last, title.as_str(), by.as_str(), when), (revision, "停水通知", "second", at(1)));
    assert_eq!(editors.iter().map(ActorId::as_str).collect::<Vec<_>>(), [EDITOR], "to throw away is not to edit");
}

#[test]
fn of_a_public_document_only_the_draft_of_the_correction_goes() {
    let mut history = correcting();
    let reason = Prose::new("报名已截止").unwrap();
    history.take("publisher", |s, c| set_expiry(s, at(90), reason, c)).unwrap();
    let before = history.state.clone();
    throw_away(&mut history, EDITOR).unwrap();
    let Document { draft, discarded, .. } = history.state.clone();
    assert_eq!((draft, discarded.is_some()), (None, true));
    let Document { draft, discarded, .. } = before.clone();
    assert_eq!(Document { draft, discarded, ..history.state }, before, "nothing else differs");
}

#[test]
fn a_draft_goes_wherever_it_stands_in_review() {
    let mut submitted = History::drafted();
    submitted.take(EDITOR, submit).unwrap();
    let mut returned = submitted.clone();
    let remark = Line::new("请补充电话").unwrap();
    let revision = returned.revision();
    returned.take(REVIEWER, |s, c| return_to_editor(s, revision, remark, c)).unwrap();
    for mut history in [History::drafted(), submitted, returned, History::approved(), correcting()] {
        assert_eq!(throw_away(&mut history, EDITOR), Ok(()));
        assert_eq!(history.state.draft, None);
    }
}

#[test]
fn refuses_what_is_not_there_or_is_not_what_was_read() {
    let other = content("另一稿").revision();
    let nowhere = History::default();
    assert_eq!(discard(&nowhere.state, other.clone(), &by(EDITOR, 1)), Err(DocumentRefusal::NotDrafted));
    let public = History::published();
    assert_eq!(discard(&public.state, other.clone(), &by(EDITOR, 9)), Err(DocumentRefusal::NoDraft));
    let drafted = History::drafted();
    let current = drafted.revision();
    assert_eq!(
        discard(&drafted.state, other.clone(), &by(EDITOR, 1)),
        Err(DocumentRefusal::OtherRevision { current: current.clone(), given: other })
    );
    let mut gone = drafted;
    throw_away(&mut gone, EDITOR).unwrap();
    assert_eq!(discard(&gone.state, current, &by(EDITOR, 9)), Err(DocumentRefusal::NoDraft), "once");
    assert_eq!(gone.take(EDITOR, submit), Err(DocumentRefusal::NoDraft));
}

#[test]
fn what_is_scheduled_takes_its_schedule_with_it() {
    let mut history = scheduled();
    let scheduled_by = history.commit;
    assert_eq!(throw_away(&mut history, EDITOR), Ok(()));
    assert_eq!(history.state.scheduled(), None);
    history.commit = 30;
    let release = first_release();
    let late = history.take("system:timetable", |s, c| publish_on_time(s, scheduled_by, release, &one(), c));
    assert_eq!(late, Err(DocumentRefusal::NotScheduled), "a timetable that comes late publishes nothing");
    write(&mut history, EDITOR, "停水通知").unwrap();
    assert_eq!(history.state.scheduled(), None, "the same text written again is not scheduled");
    assert_eq!(history.state.draft.as_ref().unwrap().stage, Stage::Editing);
}

#[test]
fn what_could_not_be_published_on_time_can_be_thrown_away() {
    let mut history = scheduled();
    let commit = history.commit;
    history.commit = 30;
    let (code, detail) = (Line::new("site-archived").unwrap(), Line::new("该站点已归档。").unwrap());
    history.take("system:timetable", |s, c| fail(s, commit, code, detail, c)).unwrap();
    assert_eq!(throw_away(&mut history, EDITOR), Ok(()));
}

#[test]
fn an_earlier_text_or_a_new_one_brings_it_back_to_work() {
    for title in ["停水通知", "停水通知二"] {
        let mut history = History::drafted();
        throw_away(&mut history, EDITOR).unwrap();
        write(&mut history, "second", title).unwrap();
        let draft = history.state.draft.as_ref().unwrap();
        assert_eq!((draft.content.title.as_str(), &draft.stage), (title, &Stage::Editing));
        assert_eq!((draft.saved_by.as_str(), draft.saved_at), ("second", at(2)));
        assert_eq!(history.state.discarded, None);
        history.review();
        assert_eq!(history.publish(), Ok(()), "{title}");
    }
}

#[test]
fn beside_a_public_text_that_very_text_is_no_new_draft() {
    let mut history = correcting();
    throw_away(&mut history, EDITOR).unwrap();
    assert_eq!(write(&mut history, EDITOR, "停水通知"), Err(DocumentRefusal::Unchanged));
    assert_eq!(write(&mut history, EDITOR, "停水通知（更正）"), Ok(()), "what was thrown away comes back");
}

#[test]
fn whoever_edited_what_was_thrown_away_approves_nothing_that_is_drafted_next() {
    let mut history = correcting();
    throw_away(&mut history, "third").unwrap();
    write(&mut history, "second", "停水通知（再次更正）").unwrap();
    history.take("second", submit).unwrap();
    for editor in [EDITOR, "second"] {
        assert_eq!(history.approve(editor, &one()), Err(DocumentRefusal::OwnEdit), "{editor}");
    }
    assert_eq!(history.approve("third", &one()), Ok(()), "who only threw it away has edited nothing");
    let note = Line::new("更正时间").unwrap();
    history.take("publisher", |s, c| correct(s, note, Vec::new(), &one(), c)).unwrap();
    write(&mut history, "second", "停水通知（三次更正）").unwrap();
    history.take("second", submit).unwrap();
    assert_eq!(history.approve(EDITOR, &one()), Ok(()), "what was reviewed and is public ends it");
}

#[test]
fn nobody_s_debt_is_paid_by_throwing_a_correction_away() {
    let mut history = History::drafted();
    let release = first_release();
    let reason = Line::new("台风").unwrap();
    history.take("publisher", |s, c| publish_urgently(s, release, reason, &one(), c)).unwrap();
    write(&mut history, "second", "停水通知（更正）").unwrap();
    throw_away(&mut history, "second").unwrap();
    assert!(history.state.live.as_ref().unwrap().unreviewed.is_some());
    write(&mut history, "third", "停水通知（再次更正）").unwrap();
    let editors: Vec<&str> = history.state.draft.as_ref().unwrap().editors.iter().map(ActorId::as_str).collect();
    assert_eq!(editors, [EDITOR, "publisher", "second", "third"]);
}

#[test]
fn an_expiry_of_what_is_not_public_ends_with_its_draft() {
    let mut history = History::approved();
    history.take("publisher", |s, c| set_expiry(s, at(20), Prose::default(), c)).unwrap();
    throw_away(&mut history, EDITOR).unwrap();
    assert_eq!(history.state.expiry, None);
    let late = history.take("publisher", |s, c| set_expiry(s, at(20), Prose::default(), c));
    assert_eq!(late, Err(DocumentRefusal::NoDraft));
    write(&mut history, EDITOR, "停水通知二").unwrap();
    history.review();
    history.commit = 40;
    assert_eq!(history.publish(), Ok(()), "what was set for the former draft does not keep the next from the public");
}

#[test]
fn an_event_of_another_revision_throws_nothing_away() {
    let mut history = History::drafted();
    let before = history.state.clone();
    let fact = Fact { commit: 2, at: at(2), actor: EDITOR.parse().unwrap() };
    history.state.evolve(DocumentEvent::DraftDiscarded { revision: content("别的").revision() }, &fact);
    assert_eq!(history.state, before);
}
