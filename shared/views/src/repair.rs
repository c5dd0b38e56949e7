//! Finds streams whose doorbells were lost: nothing that was committed stays unseen.

use std::collections::BTreeSet;

use domain::StreamId;
use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};
use serde::{Deserialize, Serialize};

use crate::{
    incremental::{Worker, WorkerError},
    projection::Projection,
    store::{Prefix, ViewError},
    work::ParkedWork,
};

/// Streams whose checkpoints are read at once: as many as one request takes.
const READ: usize = 100;

/// Streams projected at once.
const BATCH: usize = 50;

/// What the reading of a day counts for, in streams: each of its eight shards is a request at least, as a hundred checkpoints are.
const DAY: usize = 8 * READ;

/// Name of the round over days and streams.
const REPAIR: &str = "repair";

/// What one repair found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RepairReport {
    /// Streams looked at.
    pub looked: u64,
    /// Streams that were behind.
    pub behind: u64,
    /// Streams that are behind still: they come again.
    pub failed: u64,
    /// First day that the next round looks at.
    pub low_water: String,
}

/// How far a round has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// The UTC day it is at.
    day: Date,
    /// When it began that day: what is committed later may be of a stream it has passed. None in a place of older code, which did not tell.
    #[serde(default)]
    since: Option<Timestamp>,
    /// The last stream of that day it has looked at.
    after: Option<StreamId>,
    /// Whether every day of the round so far was over when it began, and each of its streams at its head or parked when it had been looked at.
    whole: bool,
}

impl Place {
    /// Whether nothing was committed to the day after its walk began.
    fn was_over(&self) -> bool {
        self.since.is_some_and(|since| is_over(self.day, since))
    }
}

impl<P: Projection> Worker<P> {
    /// Looks at streams that moved since the low-water day, at most `most` in this run, and projects those behind.
    ///
    /// A day counts for 800 streams, so that a run stays short however long ago the low-water day is: one stream that fails for months keeps it there.
    ///
    /// A round goes from the low-water day to today, over as many runs as it takes. The low-water day moves on only when the day was over 26 hours past
    /// when its walk began, and each of its streams is at its last commit of that day or parked.
    ///
    /// # Errors
    /// A store failed; the low-water day stays.
    pub async fn repair(&self, now: Timestamp, most: usize) -> Result<RepairReport, WorkerError> {
        let registry = self.registry().await?;
        let mut report = RepairReport::default();
        for entry in registry.fed() {
            self.repair_prefix(&Prefix(entry.name.clone()), now, most, &mut report).await?;
        }
        Ok(report)
    }

    async fn repair_prefix(
        &self,
        prefix: &Prefix,
        now: Timestamp,
        most: usize,
        report: &mut RepairReport,
    ) -> Result<(), WorkerError> {
        let today = Offset::UTC.to_datetime(now).date();
        let low_water = match self.views.low_water(prefix).await? {
            // Guessing another day would skip those between.
            Some(day) => day.parse().map_err(|_| ViewError::Shape(format!("low-water `{day}`")))?,
            None => first_day(today),
        };
        let begin = Place { day: low_water, since: Some(now), after: None, whole: true };
        let place = self.views.place::<Place>(prefix, REPAIR).await?.filter(|place| place.day >= low_water);
        let (resumed, mut place) = (place.is_some(), place.unwrap_or(begin));
        let mut left = most;
        while place.day <= today {
            if !self.repair_day(prefix, &mut place, &mut left, report).await? {
                return Ok(self.views.note_place(prefix, REPAIR, Some(&place)).await?);
            }
            let Ok(next) = place.day.tomorrow() else { break };
            place.whole &= place.was_over();
            if place.whole {
                self.views.move_low_water(prefix, &next.to_string()).await?;
                report.low_water = next.to_string();
            }
            place = Place { day: next, since: Some(now), after: None, whole: place.whole };
            left = left.saturating_sub(DAY);
            if left == 0 && place.day <= today {
                return Ok(self.views.note_place(prefix, REPAIR, Some(&place)).await?);
            }
        }
        if resumed {
            self.views.note_place(prefix, REPAIR, None::<&Place>).await?;
        }
        Ok(())
    }

    /// Goes on with a day; tells whether it came to its end before `left` was used up.
    async fn repair_day(
        &self,
        prefix: &Prefix,
        place: &mut Place,
        left: &mut usize,
        report: &mut RepairReport,
    ) -> Result<bool, WorkerError> {
        let last_of_day = self.ledger.streams_on(place.day).await.map_err(ledger::LoadError::Store)?;
        let after = place.after.clone();
        let streams: Vec<(StreamId, u64)> =
            last_of_day.into_iter().filter(|(stream, _)| after.as_ref().is_none_or(|after| stream > after)).collect();
        let mut rest = streams.as_slice();
        while !rest.is_empty() {
            if *left == 0 {
                return Ok(false);
            }
            let (chunk, later) = rest.split_at(rest.len().min(READ).min(*left));
            rest = later;
            *left -= chunk.len();
            report.looked += chunk.len() as u64;
            place.whole &= self.repair_streams(prefix, chunk, report).await?;
            place.after = chunk.last().map(|(stream, _)| stream.clone());
        }
        Ok(true)
    }

    /// Projects those of these streams that are behind; tells whether all are at their heads or parked.
    async fn repair_streams(
        &self,
        prefix: &Prefix,
        heads: &[(StreamId, u64)],
        report: &mut RepairReport,
    ) -> Result<bool, WorkerError> {
        let streams: Vec<StreamId> = heads.iter().map(|(stream, _)| stream.clone()).collect();
        let checkpoints = self.views.checkpoints(prefix, &streams).await?;
        let mut behind = Vec::new();
        for (stream, head) in heads {
            let key = ParkedWork::Stream(stream.to_string());
            if checkpoints.get(stream).is_none_or(|checkpoint| checkpoint < head)
                && self.views.parked_for(prefix, &key).await?.is_none()
            {
                behind.push(stream.clone());
            }
        }
        report.behind += behind.len() as u64;
        let mut whole = true;
        for chunk in behind.chunks(BATCH) {
            let failed = self.batch(&chunk.iter().cloned().collect::<BTreeSet<_>>()).await?.failed;
            whole &= failed.is_empty();
            report.failed += failed.len() as u64;
        }
        Ok(whole)
    }
}

/// The first day to look at when no repair ever ran: a week ago.
///
/// A prefix begins empty or filled by a rebuild, whose passes saw every stream; a week covers any outage between founding and the first repair.
fn first_day(today: Date) -> Date {
    today.checked_sub(7.days()).unwrap_or(today)
}

/// Whether a UTC day ended more than 26 hours ago.
fn is_over(day: Date, now: Timestamp) -> bool {
    let end = day.tomorrow().ok().and_then(|next| Offset::UTC.to_timestamp(next.at(0, 0, 0, 0)).ok());
    end.is_some_and(|end| now.as_second() - end.as_second() > 26 * 3600)
}
