//! Whatever people do, and whenever the clock comes by: citizens read what was approved.
//!
//! Stories are random; every step is decided by the real functions. Beside them an [`Oracle`](oracle::Oracle) keeps what was done, as commands and not as state,
//! and reads it backwards whenever something becomes public. After every command, carried out or refused:
//!
//! 1. What is public is what the last command that may change it made public, to the byte that its hash names; no other command changes it.
//! 2. It was approved so, by as many different people as the column had levels in that instant, since it was last written, returned or moved; none of them wrote
//!    it, nor anything since the last public text that was reviewed. The exceptions have names: it came from an older system, or could not wait.
//! 3. What could not wait owes its review until as many levels gave it: to that text in that column, others than its authors and its publisher.
//! 4. What counts as an approval of a draft was given to that very draft.
//!
//! That a refused command changes nothing is in its type: a decision reads the state, and gives events or a refusal. Each [`Shortcut`] breaks one of these.

mod act;
mod oracle;
mod world;

use std::{cell::RefCell, collections::BTreeMap};

use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner},
};

use self::{
    act::{Act, COLUMNS, PEOPLE, Shortcut, Step, TEXTS},
    world::World,
};

/// The text that somebody read before he gave his command: mostly the one that stands, else any.
fn seen() -> impl Strategy<Value = Option<usize>> {
    prop_oneof![6 => Just(None), 1 => (0..TEXTS).prop_map(Some)]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        5 => (0..TEXTS).prop_map(Act::Revise),
        2 => any::<usize>().prop_map(Act::Restore),
        8 => Just(Act::Submit),
        1 => seen().prop_map(Act::Return),
        16 => seen().prop_map(Act::Approve),
        5 => Just(Act::Publish),
        5 => Just(Act::Correct),
        2 => Just(Act::PublishUrgently),
        4 => seen().prop_map(Act::ReviewAfter),
        2 => (0..COLUMNS.len()).prop_map(Act::Move),
        4 => (seen(), 1..6_u64).prop_map(|(seen, minutes)| Act::Schedule(seen, minutes)),
        1 => Just(Act::Unschedule),
        6 => (0..3_usize).prop_map(Act::PublishOnTime),
        1 => (0..3_usize).prop_map(Act::Fail),
        1 => (1..15_u64).prop_map(Act::SetExpiry),
        1 => Just(Act::ClearExpiry),
        2 => (0..3_usize).prop_map(Act::Expire),
        1 => seen().prop_map(Act::Discard),
        1 => Just(Act::Withdraw),
        1 => (0..TEXTS).prop_map(Act::Draft),
        1 => (0..TEXTS).prop_map(Act::Migrate),
        3 => (0..COLUMNS.len(), 1..4_usize).prop_map(|(column, levels)| Act::ChangeReview(column, levels)),
    ]
}

/// Few write much: where everybody has written, nobody is left to approve.
fn who(act: Act) -> impl Strategy<Value = usize> {
    let writes = matches!(act, Act::Draft(_) | Act::Revise(_) | Act::Restore(_));
    if writes { prop_oneof![12 => 0..3_usize, 1 => 0..PEOPLE.len()].boxed() } else { (0..PEOPLE.len()).boxed() }
}

fn step(act: impl Strategy<Value = Act>) -> impl Strategy<Value = Step> {
    let who = act.prop_flat_map(|act| (who(act), Just(act)));
    (who, 0..3_u64).prop_map(|((who, act), minutes)| Step { who, minutes, act })
}

/// What people mean to do, from a text to its readers; anything may come in between, and others may have been there before.
fn road() -> impl Strategy<Value = Vec<Step>> {
    let ends = prop_oneof![
        3 => Just(vec![Act::Publish]),
        3 => Just(vec![Act::Correct]),
        3 => Just(vec![Act::Schedule(None, 1), Act::PublishOnTime(0)]),
        1 => Just(vec![Act::Schedule(None, 1), Act::Fail(0)]),
        1 => Just(vec![Act::Publish, Act::SetExpiry(1), Act::Expire(0)]),
        2 => (0..4_usize).prop_map(|after| [vec![Act::PublishUrgently], vec![Act::ReviewAfter(None); after]].concat()),
    ];
    let between = prop::option::weighted(0.3, (0..6_usize, step(act())));
    (0..TEXTS, 0..4_usize, ends, 0..PEOPLE.len(), between).prop_map(|(text, approvals, ends, first, between)| {
        let begin = [Act::Revise(text), Act::Submit];
        let acts = begin.into_iter().chain(vec![Act::Approve(None); approvals]).chain(ends);
        let steps = acts.enumerate().map(|(nth, act)| {
            let who = if matches!(act, Act::Revise(_)) { first % 3 } else { (first + nth) % PEOPLE.len() };
            Step { who, minutes: 1, act }
        });
        let mut steps: Vec<Step> = steps.collect();
        if let Some((at, step)) = between {
            steps.insert(at.min(steps.len()), step);
        }
        steps
    })
}

/// Columns of some levels, a document that somebody drafts or that comes from an older system, and what people try to do with it.
fn story() -> impl Strategy<Value = Vec<Step>> {
    let review = prop::array::uniform3(1..4_usize).prop_map(|levels| {
        let steps = levels.into_iter().enumerate();
        steps
            .map(|(column, levels)| Step { who: 0, minutes: 0, act: Act::ChangeReview(column, levels) })
            .collect::<Vec<_>>()
    });
    let begin = prop_oneof![4 => Just(Act::Draft(0)), 1 => Just(Act::Migrate(0))];
    let anything = prop::collection::vec(step(act()), 1..8);
    let parts = prop::collection::vec(prop_oneof![anything, road()], 1..10);
    (review, step(begin), parts).prop_map(|(review, begun, parts)| {
        review.into_iter().chain([begun]).chain(parts.into_iter().flatten()).collect()
    })
}

fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, max_shrink_iters: 500, ..Config::default() }
}

/// Tells the same stories each time.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new_with_rng(config(cases), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

#[test]
fn a_live_page_never_changes_before_approval() {
    let done = RefCell::new(BTreeMap::<String, usize>::new());
    let told = TestRunner::new(config(2000)).run(&story(), |story| {
        let mut world = World::default();
        for step in story {
            if let Some(label) = world.step(step, Shortcut::None).map_err(TestCaseError::fail)? {
                *done.borrow_mut().entry(label).or_default() += 1;
            }
            world.approvals_were_given().map_err(TestCaseError::fail)?;
        }
        Ok(())
    });
    told.unwrap_or_else(|wrong| panic!("{wrong}"));
    let done = done.into_inner();
    for road in [
        "Publish after 1",
        "Publish after 2",
        "Publish after 3",
        "PublishOnTime after 1",
        "PublishOnTime after 2",
        "Correct after 1",
        "Correct after 2",
        "Correct after 3",
        "PublishUrgently",
        "ReviewAfter, whole",
        "Migrate",
        "Withdraw",
        "Expire",
        "Move",
        "Restore",
        "Discard",
        "Fail",
    ] {
        let times = done.get(road).copied().unwrap_or(0);
        assert!(times >= 3, "{road}: {times} times of {done:?}");
    }
}

#[test]
fn every_shortcut_shows_citizens_what_nobody_approved() {
    let (few, own) = ("are asked for", "had a part in");
    let (other, owed) = ("citizens read", "is owed or not");
    let shortcuts = [
        (Shortcut::ApprovalsSurviveAnEdit, few),
        (Shortcut::ApprovalsSurviveAMove, few),
        (Shortcut::AnybodyApproves, own),
        (Shortcut::ApprovedUnread, few),
        (Shortcut::LevelsAsWhenSubmitted, few),
        (Shortcut::SavedIsShown, other),
        (Shortcut::UrgencyOwesNothing, owed),
        (Shortcut::ThrowingAwayForgets, own),
        (Shortcut::WithdrawingForgets, own),
    ];
    for (shortcut, because) in shortcuts {
        let told = runner(2000).run(&story(), |story| {
            let mut world = World::default();
            for step in story {
                world.step(step, shortcut).map_err(TestCaseError::fail)?;
            }
            Ok(())
        });
        let Err(TestError::Fail(wrong, story)) = told else { panic!("{shortcut:?} breaks nothing: {told:?}") };
        assert!(wrong.message().contains(because), "{shortcut:?} breaks something else: {wrong}");
        eprintln!("{shortcut:?}: {wrong}\n  {story:?}");
    }
}
