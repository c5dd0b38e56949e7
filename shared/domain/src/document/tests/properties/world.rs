//! A document among people who try anything, in columns whose review changes meanwhile; what they may do the real functions decide.

use std::sync::LazyLock;

use super::{
    super::{migration, *},
    act::{Act, COLUMNS, PEOPLE, Shortcut, Step, TEXTS},
    oracle::Oracle,
};
use crate::column::Post;

/// A document, its history, its columns, and what was done.
#[derive(Default)]
pub(super) struct World {
    state: Document,
    revisions: Revisions,
    oracle: Oracle,
    commit: u64,
    minute: u64,
    /// How many levels each column asks for beyond the first.
    further: [usize; COLUMNS.len()],
    /// How many the draft's column asked for when it was submitted.
    submitted: usize,
    schedules: Vec<u64>,
    expiries: Vec<u64>,
}

/// The texts and their names.
static CONTENTS: LazyLock<Vec<(Content, RevisionHash)>> = LazyLock::new(|| {
    let contents = (0..TEXTS).map(|text| {
        let (title, body) = (format!("通知{}", text / 2), [u8::from(text % 2 == 0)]);
        Content::new(Line::new(&title).unwrap(), BodyHash::of(&body))
    });
    contents.map(|content| (content.clone(), content.revision())).collect()
});

fn text(text: usize) -> Content {
    CONTENTS[text].0.clone()
}

fn named(text: usize) -> RevisionHash {
    CONTENTS[text].1.clone()
}

fn levels(count: usize) -> Levels {
    Levels::try_from(vec![Post::default(); count]).unwrap()
}

fn place(name: &str) -> Option<usize> {
    COLUMNS.iter().position(|column| *column == name)
}

impl World {
    /// Tries `step`; what was done, if it was, or what is wrong now.
    pub(super) fn step(&mut self, step: Step, shortcut: Shortcut) -> Result<Option<String>, String> {
        let Step { who, minutes, act } = step;
        self.minute += minutes;
        if let Act::ChangeReview(column, levels) = act {
            self.further[column] = levels - 1;
            return self.check().map(|()| None);
        }
        let context = by(PEOPLE[who], self.minute);
        let restored = self.restored(act);
        let decided = self.decide(act, &context, shortcut);
        let carried_out = decided.is_ok();
        if let Ok(events) = decided {
            self.commit += 1;
            let fact = Fact { commit: self.commit, at: context.now, actor: context.actor };
            for event in events {
                self.revisions.evolve(event.clone(), &fact);
                self.evolve(event, &fact, shortcut);
            }
            self.told(PEOPLE[who], act, restored)?;
        }
        self.check()?;
        Ok(carried_out.then(|| self.label(act)))
    }

    /// What the state counts as approvals of its draft was given to that very draft.
    pub(super) fn approvals_were_given(&self) -> Result<(), String> {
        let given = self.oracle.approvers();
        let counted = self.state.draft.as_ref().map_or(&[][..], |draft| draft.stage.approvals());
        match counted.iter().find(|by| !given.contains(by.as_str())) {
            Some(by) => Err(format!("counts an approval of {by} that was not given: {:?}", self.oracle)),
            None => Ok(()),
        }
    }

    fn asked(&self) -> [usize; COLUMNS.len()] {
        self.further.map(|further| further + 1)
    }

    /// The levels of the column in which the state says that the draft is meant to stand, as the function looks them up.
    fn levels(&self, shortcut: Shortcut) -> Levels {
        let column = self.state.column.as_ref().and_then(|column| place(&column.to_string())).unwrap_or(0);
        let now = self.asked()[column];
        levels(if shortcut == Shortcut::LevelsAsWhenSubmitted { self.submitted.max(1) } else { now })
    }

    fn decide(&self, act: Act, context: &Context, shortcut: Shortcut) -> Result<Vec<DocumentEvent>, DocumentRefusal> {
        let (s, c) = (&self.state, context);
        let levels = &self.levels(shortcut);
        let draft = || s.draft.as_ref().map_or_else(|| named(0), |draft| draft.revision.clone());
        let live = || s.live.as_ref().map_or_else(|| named(0), |live| live.revision.clone());
        let read = |seen: Option<usize>, stands: &dyn Fn() -> RevisionHash| seen.map_or_else(stands, named);
        let note = || Line::new("更正").unwrap();
        match act {
            Act::Draft(written) => draft_in(s, written, c),
            Act::Revise(written) => revise(s, text(written), c),
            Act::Restore(which) => {
                let written = self.revisions.written();
                let Some(earlier) = written.get(which % written.len().max(1)) else {
                    return Err(DocumentRefusal::NotDrafted);
                };
                revise(s, earlier.content.clone(), c)
            }
            Act::Submit => submit(s, c),
            Act::Return(seen) => return_to_editor(s, read(seen, &draft), Line::new("请核对").unwrap(), c),
            Act::Approve(_) if shortcut == Shortcut::ApprovedUnread => approve(s, draft(), levels, c),
            Act::Approve(seen) if shortcut == Shortcut::AnybodyApproves => {
                let nobody = Context { actor: format!("nobody{}", self.commit).parse().unwrap(), ..c.clone() };
                approve(s, read(seen, &draft), levels, &nobody)
            }
            Act::Approve(seen) => approve(s, read(seen, &draft), levels, c),
            Act::Publish => publish(s, first(), levels, c),
            Act::Correct => correct(s, note(), Vec::new(), levels, c),
            Act::PublishUrgently => publish_urgently(s, self.release(), Line::new("台风红色预警").unwrap(), levels, c),
            Act::ReviewAfter(seen) => review_after(s, read(seen, &live), levels, c),
            Act::Move(column) => relocate(s, COLUMNS[column].parse().unwrap(), Archive::Month, None, c),
            Act::Schedule(seen, minutes) => {
                let note = s.live.as_ref().map(|_| note());
                let command =
                    Schedule { revision: read(seen, &draft), at: at(self.minute + minutes), slug: None, note };
                schedule(s, command, levels, c)
            }
            Act::Unschedule => unschedule(s, c),
            Act::PublishOnTime(back) => publish_on_time(s, nth_last(&self.schedules, back), self.release(), levels, c),
            Act::Fail(back) => {
                let (code, detail) = (Line::new("not-approved").unwrap(), Line::new("审核级数不足").unwrap());
                fail(s, nth_last(&self.schedules, back), code, detail, c)
            }
            Act::SetExpiry(minutes) => set_expiry(s, at(self.minute + minutes), Prose::default(), c),
            Act::ClearExpiry => clear_expiry(s, c),
            Act::Expire(back) => expire(s, nth_last(&self.expiries, back), c),
            Act::Discard(seen) => discard(s, read(seen, &draft), c),
            Act::Withdraw => withdraw(s, Prose::default(), c),
            Act::Migrate(written) => migrate(s, record(written), c),
            Act::ChangeReview(..) => Ok(Vec::new()),
        }
    }

    /// As the function makes it: a correction where the document is public.
    fn release(&self) -> Release {
        match self.state.live {
            Some(_) => Release::Correction { note: Line::new("更正").unwrap(), related: Vec::new() },
            None => Release::First(first()),
        }
    }

    /// Which text it is that is brought back.
    fn restored(&self, act: Act) -> Option<usize> {
        let Act::Restore(which) = act else { return None };
        let written = self.revisions.written();
        let earlier = written.get(which % written.len().max(1))?;
        (0..TEXTS).find(|known| text(*known) == earlier.content)
    }

    fn evolve(&mut self, event: DocumentEvent, fact: &Fact, shortcut: Shortcut) {
        if matches!((shortcut, &event), (Shortcut::UrgencyOwesNothing, DocumentEvent::ReviewPostponed { .. })) {
            return;
        }
        let stage = self.state.draft.as_ref().map(|draft| draft.stage.clone());
        self.state.evolve(event.clone(), fact);
        match (shortcut, event) {
            (Shortcut::ApprovalsSurviveAnEdit, DocumentEvent::DraftRevised { .. })
            | (Shortcut::ApprovalsSurviveAMove, DocumentEvent::DocumentMoved { .. }) => {
                if let (Some(draft), Some(stage)) = (&mut self.state.draft, stage) {
                    draft.stage = stage;
                }
            }
            (Shortcut::SavedIsShown, DocumentEvent::DraftRevised { content, revision, .. }) => {
                if let Some(live) = &mut self.state.live {
                    (live.content, live.revision) = (content, revision);
                }
            }
            (Shortcut::ThrowingAwayForgets, DocumentEvent::DraftDiscarded { .. }) => self.state.discarded = None,
            (Shortcut::WithdrawingForgets, DocumentEvent::DocumentWithdrawn { .. }) => {
                if let Some(withdrawn) = &mut self.state.withdrawn {
                    withdrawn.unread.clear();
                }
            }
            _ => {}
        }
    }

    /// Tells the oracle, and the clocks, what was done.
    fn told(&mut self, who: &'static str, act: Act, restored: Option<usize>) -> Result<(), String> {
        let owed = self.oracle.public().is_some_and(|(_, owes)| owes);
        let asked = self.asked();
        self.oracle.did(who, act, restored, &asked)?;
        match act {
            Act::Submit => self.submitted = self.oracle.asked(&asked),
            Act::Schedule(..) => self.schedules.push(self.commit),
            Act::SetExpiry(_) => self.expiries.push(self.commit),
            Act::ReviewAfter(_) if owed && self.owes() == Some(false) => self.oracle.reviewed_after(&asked)?,
            _ => {}
        }
        Ok(())
    }

    fn owes(&self) -> Option<bool> {
        self.state.live.as_ref().map(|live| live.unreviewed.is_some())
    }

    fn check(&self) -> Result<(), String> {
        let public = self.oracle.public();
        let expected = public.map(|(known, _)| &CONTENTS[known]);
        let live = self.state.live.as_ref();
        if live.map(|live| (&live.content, &live.revision)) != expected.map(|(content, revision)| (content, revision)) {
            return Err(format!("citizens read {:?}, not {public:?}", live.map(|live| &live.content)));
        }
        if self.owes() != public.map(|(_, owes)| owes) {
            return Err(format!("the review of what citizens read is owed or not, other than {public:?}"));
        }
        Ok(())
    }

    /// What was carried out: of what was reviewed, after how many levels.
    fn label(&self, act: Act) -> String {
        let name = format!("{act:?}");
        let name = name.split('(').next().unwrap_or_default().to_owned();
        match act {
            Act::Publish | Act::Correct | Act::PublishOnTime(_) => {
                format!("{name} after {}", self.oracle.asked(&self.asked()))
            }
            Act::ReviewAfter(_) if self.owes() == Some(false) => format!("{name}, whole"),
            _ => name,
        }
    }
}

fn draft_in(state: &Document, written: usize, context: &Context) -> Result<Vec<DocumentEvent>, DocumentRefusal> {
    draft(state, id(), column(COLUMNS[0]), "jyj".parse().unwrap(), text(written), context)
}

fn record(written: usize) -> Migrate {
    Migrate { column: column(COLUMNS[0]), written: text(written).into(), ..migration::command("7") }
}

fn first() -> Publish {
    Publish { slug: None, archive: Archive::Month, index_number: number(), related: Vec::new() }
}

/// The last entry but so many; no commit, where there are not so many.
fn nth_last(commits: &[u64], back: usize) -> u64 {
    commits.iter().rev().nth(back).copied().unwrap_or(0)
}
