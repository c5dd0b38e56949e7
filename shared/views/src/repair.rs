//! Finds streams whose doorbells were lost: nothing that was committed stays unseen.

use std::collections::BTreeSet;

use domain::StreamId;
use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};

use crate::{
    incremental::{Worker, WorkerError},
    projection::Projection,
    store::Prefix,
    work::ParkedWork,
};

/// Streams projected at once.
const BATCH: usize = 50;

/// What one repair found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RepairReport {
    /// Streams that were behind.
    pub behind: u64,
    /// Streams that are behind still: they come again.
    pub failed: u64,
    /// First day that the next repair looks at.
    pub low_water: String,
}

impl<P: Projection> Worker<P> {
    /// Looks at every stream that moved since the low-water day and projects those behind their heads.
    ///
    /// The low-water day moves on only when the day is over 26 hours past and each of its streams is at its head or parked.
    ///
    /// # Errors
    /// A store failed; the low-water day stays.
    pub async fn repair(&self, now: Timestamp) -> Result<RepairReport, WorkerError> {
        let registry = self.registry().await?;
        let mut report = RepairReport::default();
        let today = Offset::UTC.to_datetime(now).date();
        for entry in registry.fed() {
            let prefix = Prefix(entry.name.clone());
            let mut day = match self.views.low_water(&prefix).await? {
                Some(day) => day.parse().unwrap_or(today),
                None => first_day(today),
            };
            let mut all_before_done = true;
            while day <= today {
                let done = self.repair_day(&prefix, day, &mut report).await?;
                all_before_done &= done;
                let Ok(next) = day.tomorrow() else { break };
                if all_before_done && is_over(day, now) {
                    self.views.move_low_water(&prefix, &next.to_string()).await?;
                    report.low_water = next.to_string();
                }
                day = next;
            }
        }
        Ok(report)
    }

    /// Projects the day's streams that are behind; tells whether all are at their heads or parked.
    async fn repair_day(&self, prefix: &Prefix, day: Date, report: &mut RepairReport) -> Result<bool, WorkerError> {
        let streams = self.ledger.streams_on(day).await.map_err(ledger::LoadError::Store)?;
        let mut behind = BTreeSet::new();
        for stream in streams {
            if self.is_behind(prefix, &stream).await? {
                behind.insert(stream);
            }
        }
        report.behind += behind.len() as u64;
        let mut failed = BTreeSet::new();
        for chunk in behind.iter().cloned().collect::<Vec<_>>().chunks(BATCH) {
            failed.extend(self.batch(&chunk.iter().cloned().collect()).await?.failed);
        }
        report.failed += failed.len() as u64;
        Ok(failed.is_empty())
    }

    /// Whether a stream has commits past its checkpoint and is not parked.
    pub(crate) async fn is_behind(&self, prefix: &Prefix, stream: &StreamId) -> Result<bool, WorkerError> {
        let checkpoint = self.views.checkpoint(prefix, stream).await?;
        let head = self.ledger.head(stream).await.map_err(ledger::LoadError::Store)?;
        if head <= checkpoint {
            return Ok(false);
        }
        let key = ParkedWork::Stream(stream.to_string());
        Ok(!self.views.is_parked(prefix, &key).await?)
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
