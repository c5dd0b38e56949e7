//! Finds cases whose doorbells were lost: nothing that a rule asks for stays unasked.
//!
//! The ledger's index by day names every stream that moved on a day. The days since the low-water day are walked; that moves on only when a day was over 26
//! hours past when its walk began, and each of its cases is reacted to or parked. It begins on the day on which the first rule did: nothing before it asks
//! for anything.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use domain::StreamId;
use jiff::{Timestamp, civil::Date, tz::Offset};
use ledger::StoreError;
use thiserror::Error;

use crate::{
    reactor::{ReactError, Reactor},
    rules::{Starts, concerns},
};

/// Streams whose checkpoints are read at once: as many as one request takes.
const READ: usize = 100;
/// How long a run takes up further streams; what is behind then is taken up by the next one.
const BUDGET: Duration = Duration::from_secs(20);
/// Hours after which nothing is committed to a day any more, nor missing in the index.
const OVER: i64 = 26;

/// What one repair found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RepairReport {
    /// Cases looked at.
    pub looked: u64,
    /// Cases that were behind.
    pub behind: u64,
    /// Cases that are behind still: they come again.
    pub failed: u64,
    /// Cases that this code cannot read.
    pub parked: u64,
    /// Messages that got their rows.
    pub messages: u64,
}

/// The walk could not go on.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct RepairError(#[from] pub StoreError);

impl Reactor {
    /// Reacts to every case that moved since the low-water day and is behind; what is too much for one run is left to the next.
    ///
    /// # Errors
    /// A store failed; the low-water day stays.
    pub async fn repair(&self, starts: &Starts, now: Timestamp) -> Result<RepairReport, RepairError> {
        let until = Instant::now() + BUDGET;
        let mut report = RepairReport::default();
        let parked = self.retry_parked(starts, now, &mut report).await?;
        let today = Offset::UTC.to_datetime(now).date();
        let first = starts.earliest().map_or(today, |start| Offset::UTC.to_datetime(start).date());
        let mut day = self.outbox().low_water().await?.unwrap_or(first);
        let mut whole = true;
        while day <= today && Instant::now() < until {
            whole &= self.repair_day(day, &parked, (starts, now, until), &mut report).await?;
            whole &= is_over(day, now);
            let Ok(next) = day.tomorrow() else { break };
            if whole {
                self.outbox().move_low_water(next).await?;
            }
            day = next;
        }
        Ok(report)
    }

    /// Whether every case of a day is reacted to or parked.
    async fn repair_day(
        &self,
        day: Date,
        parked: &BTreeSet<StreamId>,
        (starts, now, until): (&Starts, Timestamp, Instant),
        report: &mut RepairReport,
    ) -> Result<bool, RepairError> {
        let moved = self.ledger().streams_on(day).await?;
        let cases: Vec<(StreamId, u64)> = moved.into_iter().filter(|(stream, _)| concerns(stream)).collect();
        let mut whole = true;
        for chunk in cases.chunks(READ) {
            let streams: Vec<StreamId> = chunk.iter().map(|(stream, _)| stream.clone()).collect();
            let checkpoints = self.outbox().checkpoints(&streams).await?;
            report.looked += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            for (stream, head) in chunk {
                if checkpoints.get(stream).is_some_and(|checkpoint| checkpoint >= head) || parked.contains(stream) {
                    continue;
                }
                if Instant::now() >= until {
                    return Ok(false);
                }
                report.behind += 1;
                whole &= self.caught_up(stream, starts, now, report).await?;
            }
        }
        Ok(whole)
    }

    /// Whether nobody has to wait for this case any more: it is reacted to, or parked.
    async fn caught_up(
        &self,
        stream: &StreamId,
        starts: &Starts,
        now: Timestamp,
        report: &mut RepairReport,
    ) -> Result<bool, RepairError> {
        match self.react(stream, starts, now).await {
            Ok(made) => {
                report.messages += u64::try_from(made.len()).unwrap_or(u64::MAX);
                Ok(true)
            }
            Err(error) if error.is_permanent() => {
                self.park(stream, &error, now).await?;
                report.parked += 1;
                Ok(true)
            }
            Err(error) => {
                tracing::warn!(stream = stream.as_str(), %error, "a case is left to the next repair");
                report.failed += 1;
                Ok(false)
            }
        }
    }

    /// Notes that this code cannot react to a case, with an alarm: nobody waits for it, and every repair tries it again.
    ///
    /// # Errors
    /// The store failed: it is not noted.
    pub async fn park(&self, stream: &StreamId, error: &ReactError, now: Timestamp) -> Result<(), StoreError> {
        tracing::error!(alarm = "reaction-parked", stream = stream.as_str(), %error, "a case cannot be reacted to");
        self.outbox().park(stream, &kind(error), now).await
    }

    /// Tries again what older code could not read; gives what stays parked.
    async fn retry_parked(
        &self,
        starts: &Starts,
        now: Timestamp,
        report: &mut RepairReport,
    ) -> Result<BTreeSet<StreamId>, RepairError> {
        let mut parked = BTreeSet::new();
        for stream in self.outbox().parked().await? {
            match self.react(&stream, starts, now).await {
                Ok(made) => {
                    report.messages += u64::try_from(made.len()).unwrap_or(u64::MAX);
                    self.outbox().unpark(&stream).await?;
                }
                Err(error) => {
                    tracing::debug!(stream = stream.as_str(), %error, "a case stays parked");
                    report.parked += 1;
                    parked.insert(stream);
                }
            }
        }
        Ok(parked)
    }
}

/// What is wrong, without a word of what stands in the stream.
fn kind(error: &ReactError) -> String {
    match error {
        ReactError::Load(ledger::LoadError::Decode(_)) => "event-unreadable",
        ReactError::Load(ledger::LoadError::Damaged { .. }) => "stream-damaged",
        ReactError::Load(ledger::LoadError::Store(_)) | ReactError::Store(_) => "row-damaged",
    }
    .to_owned()
}

/// Whether a UTC day ended so long ago that nothing of it is missing in the index.
fn is_over(day: Date, now: Timestamp) -> bool {
    let end = day.tomorrow().ok().and_then(|next| Offset::UTC.to_timestamp(next.at(0, 0, 0, 0)).ok());
    end.is_some_and(|end| now.as_second() - end.as_second() > OVER * 3600)
}
