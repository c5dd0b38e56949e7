//! What is scheduled becomes public at its time, once, and only as it was approved.

use std::collections::BTreeSet;

use super::*;

type Act<'a> = dyn Fn(&Document, &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal> + 'a;

fn scheduled_at(history: &History, minute: u64) -> Schedule {
    Schedule { revision: history.revision(), at: at(minute), slug: None, note: None }
}

fn first() -> Release {
    Release::First(Publish { slug: None, archive: Archive::Month, index_number: number(), related: Vec::new() })
}

fn correction() -> Release {
    Release::Correction { note: Line::new("更正时间").unwrap(), related: Vec::new() }
}

/// Approved, and scheduled for `minute`; the commit that says so.
fn scheduled(minute: u64) -> (History, u64) {
    let mut history = History::approved();
    let command = scheduled_at(&history, minute);
    history.take("publisher", |s, c| schedule(s, command, &one(), c)).unwrap();
    let commit = history.commit;
    (history, commit)
}

/// Lets the clock come by at `minute`.
fn tick(history: &mut History, commit: u64, minute: u64) -> Result<(), DocumentRefusal> {
    history.commit = history.commit.max(minute);
    history.take("system:timetable", |s, c| publish_on_time(s, commit, first(), &one(), c))
}

#[test]
fn an_approved_revision_becomes_public_at_its_time_and_not_before() {
    let (mut history, commit) = scheduled(30);
    assert_eq!(tick(&mut history, commit, 29), Err(DocumentRefusal::NotScheduled));
    assert_eq!(tick(&mut history, commit, 30), Ok(()));
    assert_eq!(history.state.live.as_ref().unwrap().public_at, at(30));
    assert_eq!(tick(&mut history, commit, 31), Err(DocumentRefusal::NotScheduled), "once");
}

#[test]
fn only_what_every_level_approved_can_be_scheduled_and_only_for_what_lies_ahead() {
    let mut history = History::drafted();
    let command = scheduled_at(&history, 30);
    assert_eq!(history.take("publisher", |s, c| schedule(s, command, &one(), c)), Err(missing(0, 1)));
    history.review();
    for (minute, fits) in [(0, false), (3, false), (4, true), (366 * 24 * 60, true), (367 * 24 * 60, false)] {
        let command = scheduled_at(&history, minute);
        let context = by("publisher", 3);
        let decided = schedule(&history.state, command, &one(), &context);
        assert_eq!(decided.is_ok(), fits, "{minute}: {decided:?}");
    }
}

#[test]
fn an_edit_a_return_and_a_move_void_the_schedule_with_the_approval() {
    let remark = Line::new("请核对").unwrap();
    let acts: [&Act<'_>; 3] = [
        &|s, c| revise(s, content("另一标题"), c),
        &|s, c| return_to_editor(s, s.draft.as_ref().unwrap().revision.clone(), remark.clone(), c),
        &|s, c| relocate(s, column("www.xw"), Archive::Month, None, c),
    ];
    for act in acts {
        let (mut history, commit) = scheduled(30);
        history.take("second", act).unwrap();
        assert_eq!(tick(&mut history, commit, 30), Err(DocumentRefusal::NotScheduled));
        assert_eq!(history.state.live, None);
    }
}

#[test]
fn one_level_more_in_the_column_makes_it_fail_and_says_so_to_its_editors() {
    let (mut history, commit) = scheduled(30);
    history.commit = 30;
    let two = Levels::try_from(vec![crate::column::Post::default(); 2]).unwrap();
    let refused = history.take("system:timetable", |s, c| publish_on_time(s, commit, first(), &two, c));
    assert_eq!(refused, Err(missing(1, 2)));
    let (code, detail) = (Line::new("not-approved").unwrap(), Line::new("该栏目要求 2 级审核。").unwrap());
    history.take("system:timetable", |s, c| fail(s, commit, code.clone(), detail, c)).unwrap();
    let draft = history.state.draft.clone().unwrap();
    let Some(Timing::Failed(failed)) = draft.stage.timing() else { panic!("{draft:?}") };
    assert_eq!((failed.scheduled_at, &failed.code), (at(30), &code));
    assert_eq!(draft.stage.approvals().len(), 1, "the approval stays");
    assert_eq!(tick(&mut history, commit, 31), Err(DocumentRefusal::NotScheduled), "it is not tried again");
    let command = scheduled_at(&history, 90);
    assert_eq!(history.take("publisher", |s, c| schedule(s, command, &one(), c)), Ok(()), "but may be scheduled anew");
}

#[test]
fn a_correction_is_scheduled_with_its_note_and_a_publication_without() {
    let mut history = History::published();
    history.take(EDITOR, |s, c| revise(s, content("停水通知（更正）"), c)).unwrap();
    history.review();
    let plain = scheduled_at(&history, 60);
    let noted = Schedule { note: Some(Line::new("更正时间").unwrap()), ..plain.clone() };
    let slugged = Schedule { slug: Some("other".parse().unwrap()), ..noted.clone() };
    assert_eq!(history.take("p", |s, c| schedule(s, plain, &one(), c)), Err(DocumentRefusal::NoteMissing));
    assert_eq!(history.take("p", |s, c| schedule(s, slugged, &one(), c)), Err(DocumentRefusal::SlugUnwanted));
    history.take("p", |s, c| schedule(s, noted.clone(), &one(), c)).unwrap();
    assert_eq!(history.take("p", |s, c| schedule(s, noted, &one(), c)), Err(DocumentRefusal::Unchanged));
    let commit = history.commit;
    history.commit = 60;
    history.take("system:timetable", |s, c| publish_on_time(s, commit, correction(), &one(), c)).unwrap();
    assert_eq!(history.state.live.unwrap().content.title.as_str(), "停水通知（更正）");

    let mut fresh = History::approved();
    let noted = Schedule { note: Some(Line::new("更正").unwrap()), ..scheduled_at(&fresh, 60) };
    assert_eq!(fresh.take("p", |s, c| schedule(s, noted, &one(), c)), Err(DocumentRefusal::NoteUnwanted));
}

#[test]
fn what_was_scheduled_can_be_taken_back_or_published_by_hand() {
    let (mut history, commit) = scheduled(30);
    history.take("p", unschedule).unwrap();
    assert_eq!(history.take("p", unschedule), Err(DocumentRefusal::NotScheduled));
    assert_eq!(tick(&mut history, commit, 30), Err(DocumentRefusal::NotScheduled));
    let (mut history, commit) = scheduled(30);
    history.publish().unwrap();
    assert_eq!(tick(&mut history, commit, 30), Err(DocumentRefusal::NotScheduled));
}

#[test]
fn an_expiry_ends_the_public_life_once_and_leaves_with_it() {
    let reason = Prose::new("报名已截止").unwrap();
    let mut history = History::published();
    history.take("p", |s, c| set_expiry(s, at(50), reason.clone(), c)).unwrap();
    let commit = history.commit;
    assert_eq!(history.take("p", |s, c| set_expiry(s, at(50), reason.clone(), c)), Err(DocumentRefusal::Unchanged));
    assert_eq!(history.take("t", |s, c| expire(s, commit, c)), Err(DocumentRefusal::NoExpiry), "not yet");
    history.commit = 50;
    history.take("t", |s, c| expire(s, commit, c)).unwrap();
    assert_eq!(history.state.withdrawn.as_ref().unwrap().reason, reason);
    assert_eq!(history.state.expiry, None);
    assert_eq!(history.take("t", |s, c| expire(s, commit, c)), Err(DocumentRefusal::NoExpiry));
}

#[test]
fn nothing_becomes_public_when_or_after_it_expires() {
    let mut history = History::approved();
    history.take("p", |s, c| set_expiry(s, at(20), Prose::default(), c)).unwrap();
    let late = scheduled_at(&history, 20);
    assert_eq!(
        history.take("p", |s, c| schedule(s, late, &one(), c)),
        Err(DocumentRefusal::ExpiresBefore { publication: at(20), expiry: at(20) })
    );
    let early = scheduled_at(&history, 19);
    history.take("p", |s, c| schedule(s, early, &one(), c)).unwrap();
    assert_eq!(
        history.take("p", |s, c| set_expiry(s, at(19), Prose::default(), c)),
        Err(DocumentRefusal::ExpiresBefore { publication: at(19), expiry: at(19) })
    );
    history.commit = 21;
    assert_eq!(history.publish(), Err(DocumentRefusal::Expired { at: at(20) }));
    history.take("p", clear_expiry).unwrap();
    assert_eq!(history.take("p", clear_expiry), Err(DocumentRefusal::NoExpiry));
    assert_eq!(history.publish(), Ok(()));
}

/// Every order of what editors do and of what two clocks do that read the timetable earlier.
///
/// Each clock remembers a schedule it once read and carries it out whenever it comes to it: before its time, late, twice, or after somebody changed his mind.
#[test]
fn whatever_the_order_a_schedule_is_carried_out_at_most_once_and_never_after_it_fell() {
    #[derive(Clone)]
    struct World {
        state: Document,
        commit: u64,
        /// The schedule that stands, by its commit.
        stands: Option<u64>,
        carried_out: BTreeSet<u64>,
        read: [Option<u64>; 2],
    }
    let mut seen = BTreeSet::new();
    let mut worlds = vec![{
        let History { state, commit } = History::approved();
        World { state, commit, stands: None, carried_out: BTreeSet::new(), read: [None; 2] }
    }];
    for _ in 0..13 {
        let mut next = Vec::new();
        for world in worlds {
            for act in 0..9_u8 {
                let mut world = world.clone();
                let now = by("someone", world.commit);
                let state = &world.state;
                let draft = state.draft.as_ref();
                let decided = match act {
                    0 => draft.and_then(|draft| {
                        let note = state.live.as_ref().map(|_| Line::new("更正").unwrap());
                        let revision = draft.revision.clone();
                        let command = Schedule { revision, at: at(world.commit + 1), slug: None, note };
                        schedule(state, command, &one(), &now).ok()
                    }),
                    1 => unschedule(state, &now).ok(),
                    2 => revise(state, content(&format!("第{}稿", world.commit % 2)), &now).ok(),
                    3 => submit(state, &now).ok(),
                    4 => draft.and_then(|d| approve(state, d.revision.clone(), &one(), &by("eyes", world.commit)).ok()),
                    5 => match (&state.draft, &state.live) {
                        (Some(draft), _) => draft.stage.timing().map(|_| Vec::new()),
                        _ => None,
                    },
                    8 => draft.and_then(|draft| discard(state, draft.revision.clone(), &now).ok()),
                    clock => {
                        let due = world.read[usize::from(clock - 6)];
                        let release = if state.live.is_some() { correction() } else { first() };
                        due.and_then(|due| publish_on_time(state, due, release, &one(), &now).ok())
                    }
                };
                let Some(events) = decided else { continue };
                if act == 5 {
                    // A clock reads the timetable; it may act on it much later.
                    world.read = [world.stands, world.read[0]];
                } else {
                    world.commit += 1;
                    let fact = Fact { commit: world.commit, at: now.now, actor: now.actor };
                    for event in events {
                        world.state.evolve(event, &fact);
                    }
                }
                match act {
                    0 => world.stands = Some(world.commit),
                    1 | 2 | 8 => world.stands = None,
                    6 | 7 => {
                        let due = world.read[usize::from(act - 6)].unwrap();
                        assert_eq!(world.stands, Some(due), "a schedule that had fallen was carried out");
                        assert!(world.carried_out.insert(due), "a schedule was carried out twice");
                        world.stands = None;
                    }
                    _ => {}
                }
                let standing = match world.state.draft.as_ref().and_then(|draft| draft.stage.timing()) {
                    Some(Timing::Scheduled(scheduled)) => Some(scheduled.commit),
                    Some(Timing::Failed(_)) | None => None,
                };
                assert_eq!(standing, world.stands, "the state tells another schedule than the one that stands");
                let shape = format!("{:?} {:?} {:?}", world.state, world.stands, world.read);
                if seen.insert(shape) {
                    next.push(world);
                }
            }
        }
        worlds = next;
    }
    assert!(seen.len() > 2_000, "{} worlds", seen.len());
}
