//! What the checks found, and who answers for it.

use std::collections::BTreeSet;

use super::*;
use crate::vetting::{FindingId, Part, Rule};

fn finding(nth: usize) -> FindingId {
    FindingId::of_rule(Rule::Mobile, Part::Body, 1, nth)
}

fn found(history: &History, blocking: &[usize]) -> Vetted {
    let blocking = blocking.iter().map(|nth| finding(*nth)).collect();
    Vetted { revision: history.revision(), blocking, overriding: None }
}

fn overriding(vetted: Vetted, findings: &[usize], reason: &str) -> Vetted {
    let findings: BTreeSet<FindingId> = findings.iter().map(|nth| finding(*nth)).collect();
    Vetted { overriding: Some(Override { findings, reason: Line::new(reason).unwrap() }), ..vetted }
}

fn failed(blocking: &[usize]) -> DocumentRefusal {
    DocumentRefusal::ChecksFailed { blocking: blocking.iter().map(|nth| finding(*nth)).collect() }
}

#[test]
fn what_blocks_is_neither_submitted_nor_published() {
    let mut history = History::drafted();
    let vetting = found(&history, &[1, 2]);
    assert_eq!(history.take(EDITOR, |s, c| vetted(s, &vetting, submit(s, c))), Err(failed(&[1, 2])));
    history.take(EDITOR, |s, c| vetted(s, &found(&History::drafted(), &[]), submit(s, c))).unwrap();
}

#[test]
fn whoever_answers_for_a_finding_is_in_the_same_commit() {
    let mut history = History::drafted();
    let vetting = overriding(found(&history, &[1]), &[1], "值班手机，对外公开");
    let events = vetted(&history.state, &vetting, submit(&history.state, &by(EDITOR, 9))).unwrap();
    assert!(matches!(
        events.as_slice(),
        [DocumentEvent::ChecksOverridden { .. }, DocumentEvent::DocumentSubmitted { .. }]
    ));
    history.take(EDITOR, |s, c| vetted(s, &vetting, submit(s, c))).unwrap();
    let draft = history.state.draft.as_ref().unwrap();
    let [answered] = draft.overridden.as_slice() else { panic!("{draft:?}") };
    assert_eq!((answered.by.as_str(), answered.reason.as_str()), (EDITOR, "值班手机，对外公开"));
}

#[test]
fn an_override_holds_for_its_revision_and_no_other() {
    let mut history = History::drafted();
    let vetting = overriding(found(&history, &[1]), &[1], "对外公开");
    history.take(EDITOR, |s, c| vetted(s, &vetting, submit(s, c))).unwrap();
    // At the publication the same is found, and more.
    let again = found(&history, &[1]);
    vetted(&history.state, &again, Ok(Vec::new())).unwrap();
    let more = found(&history, &[1, 2]);
    assert_eq!(vetted(&history.state, &more, Ok(Vec::new())), Err(failed(&[2])));
    history.take(EDITOR, |s, c| revise(s, content("改过"), c)).unwrap();
    assert_eq!(vetted(&history.state, &found(&history, &[1]), Ok(Vec::new())), Err(failed(&[1])));
    // Back to the first text: it is another edit, and somebody answers for it anew.
    history.take(EDITOR, |s, c| revise(s, content("停水通知"), c)).unwrap();
    assert_eq!(vetted(&history.state, &found(&history, &[1]), Ok(Vec::new())), Err(failed(&[1])));
}

#[test]
fn nobody_answers_for_what_was_not_found() {
    let history = History::drafted();
    let vetting = overriding(found(&history, &[1]), &[1, 3], "对外公开");
    assert_eq!(
        vetted(&history.state, &vetting, Ok(Vec::new())),
        Err(DocumentRefusal::OverrideOfNothing { finding: finding(3) })
    );
}

#[test]
fn the_checks_saw_the_revision_that_is_decided_on() {
    let mut history = History::drafted();
    let stale = found(&history, &[]);
    history.take(EDITOR, |s, c| revise(s, content("改过"), c)).unwrap();
    assert!(matches!(
        vetted(&history.state, &stale, submit(&history.state, &by(EDITOR, 9))),
        Err(DocumentRefusal::OtherRevision { .. })
    ));
}

#[test]
fn the_decisions_own_refusal_comes_first() {
    let mut history = History::drafted();
    history.take(EDITOR, submit).unwrap();
    let vetting = found(&history, &[1]);
    assert_eq!(
        vetted(&history.state, &vetting, submit(&history.state, &by(EDITOR, 9))),
        Err(DocumentRefusal::AlreadySubmitted)
    );
}

#[test]
fn a_finding_is_named_by_its_place_alone() {
    assert_eq!(finding(2).as_str(), "mobile@body.1.2");
    for spelled in ["mobile@body.1.2", "word.common-mistakes@title.1.1"] {
        assert_eq!(FindingId::try_from(spelled.to_owned()).unwrap().as_str(), spelled);
    }
    for hostile in ["", "@", "mobile", "mobile@", "mobile@body 1", "mobile@body.1@2", "手机@body.1", &"a@b".repeat(50)]
    {
        assert!(FindingId::try_from(hostile.to_owned()).is_err(), "{hostile}");
    }
}
