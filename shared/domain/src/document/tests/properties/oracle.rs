//! What was done to a document, and what follows for its readers; it knows neither the events nor the state.

use std::collections::BTreeSet;

use super::act::Act;

type Who = &'static str;
type Text = usize;

/// How a text became public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Road {
    /// Every level approved it, before or after.
    Reviewed,
    /// It could not wait, and owes its review.
    Urgent,
    /// It was public in an older system.
    Migrated,
}

/// What was done, as far as it matters for who approved what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Wrote(Who, Text),
    Returned,
    Moved,
    ThrownAway,
    Approved(Who, Text),
    Public(Who, Text, Road),
    ReviewedAfter(Who, Text),
    Gone,
}

/// What was done, oldest first, and where the document is meant to stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Oracle {
    done: Vec<Done>,
    column: usize,
}

impl Oracle {
    /// What citizens read, and whether it owes its review.
    pub(super) fn public(&self) -> Option<(Text, bool)> {
        match self.done.iter().rfind(|done| matches!(done, Done::Public(..) | Done::Gone))? {
            Done::Public(_, text, road) => Some((*text, *road == Road::Urgent)),
            _ => None,
        }
    }

    /// The text that waits to become public.
    pub(super) fn draft(&self) -> Option<Text> {
        match self.done.iter().rfind(|done| matches!(done, Done::Wrote(..) | Done::Public(..) | Done::ThrownAway))? {
            Done::Wrote(_, text) => Some(*text),
            _ => None,
        }
    }

    /// How many levels the column asks for in which it is meant to stand.
    pub(super) fn asked(&self, levels: &[usize]) -> usize {
        levels[self.column]
    }

    /// Who approved the draft since it was last written, returned or moved.
    pub(super) fn approvers(&self) -> BTreeSet<Who> {
        self.draft().map(|text| approvers(&self.done, text)).unwrap_or_default()
    }

    /// Somebody carried out a command while the columns asked for so many levels; what he read is told where it is not what stands.
    pub(super) fn did(&mut self, who: Who, act: Act, restored: Option<Text>, levels: &[usize]) -> Result<(), String> {
        let done = match act {
            Act::Draft(text) | Act::Revise(text) => Done::Wrote(who, text),
            Act::Restore(_) => Done::Wrote(who, restored.ok_or("brought back what was never written")?),
            Act::Return(_) => Done::Returned,
            Act::Discard(_) => Done::ThrownAway,
            Act::Approve(seen) => Done::Approved(who, seen.or(self.draft()).ok_or("approved nothing")?),
            Act::ReviewAfter(seen) => {
                Done::ReviewedAfter(who, seen.or(self.public().map(|(text, _)| text)).ok_or("reviewed nothing")?)
            }
            Act::Publish | Act::Correct | Act::PublishOnTime(_) => {
                let text = self.draft().ok_or("nothing waited to become public")?;
                self.judge(text, &authors(&self.done, text), &approvers(&self.done, text), levels)?;
                Done::Public(who, text, Road::Reviewed)
            }
            Act::PublishUrgently => Done::Public(who, self.draft().ok_or("nothing could not wait")?, Road::Urgent),
            Act::Migrate(text) => Done::Public(who, text, Road::Migrated),
            Act::Withdraw | Act::Expire(_) => Done::Gone,
            Act::Move(column) => {
                self.column = column;
                Done::Moved
            }
            Act::Submit
            | Act::Schedule(..)
            | Act::Unschedule
            | Act::Fail(_)
            | Act::SetExpiry(_)
            | Act::ClearExpiry
            | Act::ChangeReview(..) => return Ok(()),
        };
        self.done.push(done);
        Ok(())
    }

    /// Somebody says that what could not wait has had its review.
    pub(super) fn reviewed_after(&mut self, levels: &[usize]) -> Result<(), String> {
        let at = self.done.iter().rposition(|done| matches!(done, Done::Public(..))).ok_or("nothing is public")?;
        let (before, since) = self.done.split_at(at);
        let Some(Done::Public(publisher, text, Road::Urgent)) = since.first().copied() else {
            return Err("what was reviewed owed no review".to_owned());
        };
        let moved = since.iter().rposition(|done| *done == Done::Moved);
        let earlier = if moved.is_none() { approvers(before, text) } else { BTreeSet::new() };
        let later = since.iter().skip(moved.unwrap_or(0)).filter_map(|done| match done {
            Done::ReviewedAfter(who, seen) if *seen == text => Some(*who),
            _ => None,
        });
        let reviewers = earlier.into_iter().filter(|who| *who != publisher).chain(later).collect();
        // Whoever wrote the same words after it was public had no part in it.
        self.judge(text, &authors(&self.done[..=at], text), &reviewers, levels)?;
        self.done[at] = Done::Public(publisher, text, Road::Reviewed);
        Ok(())
    }

    fn judge(
        &self,
        text: Text,
        authors: &BTreeSet<Who>,
        approvers: &BTreeSet<Who>,
        levels: &[usize],
    ) -> Result<(), String> {
        let asked = self.asked(levels);
        if approvers.len() < asked {
            return Err(format!("{approvers:?} approved text {text} where {asked} are asked for: {:?}", self.done));
        }
        match approvers.intersection(authors).next() {
            Some(both) => Err(format!("{both} had a part in text {text} and approved it: {:?}", self.done)),
            None => Ok(()),
        }
    }
}

/// Who had a part in `text` when `done` ends: whoever ever wrote it, and whoever wrote or urgently published anything since the last public text that others had
/// read.
fn authors(done: &[Done], text: Text) -> BTreeSet<Who> {
    let read = |done: &Done| matches!(done, Done::Public(_, _, Road::Reviewed | Road::Migrated));
    let unread = done.iter().rposition(read).map_or(0, |at| at + 1);
    let parts = done.iter().enumerate().filter_map(|(at, done)| match done {
        Done::Wrote(who, wrote) if at >= unread || *wrote == text => Some(*who),
        Done::Public(who, _, Road::Urgent) if at >= unread => Some(*who),
        _ => None,
    });
    parts.collect()
}

/// Who approved `text`, at the end of `done`.
fn approvers(done: &[Done], text: Text) -> BTreeSet<Who> {
    let voids = |done: &&Done| {
        matches!(done, Done::Wrote(..) | Done::Returned | Done::Moved | Done::ThrownAway | Done::Public(..))
    };
    let since = done.iter().rev().take_while(|done| !voids(done));
    let given = since.filter_map(|done| match done {
        Done::Approved(who, seen) if *seen == text => Some(*who),
        _ => None,
    });
    given.collect()
}
