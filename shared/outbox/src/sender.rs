//! Works rows singly, so that each fails alone; what cannot be delivered is told on its case.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::{
    ActorId, CommitId, Fact, MessageId, StreamId,
    calendar::CalendarHistory,
    case::{CaseFile, CaseRefusal, Kind, undeliverable},
    correction::Correction,
    deadline::settle,
    request::Request,
};
use futures::{StreamExt, stream};
use ledger::{Command, ExecuteError, LoadError, StoreError};
use serde::Serialize;
use thiserror::Error;

use crate::{
    message::Message,
    reactor::Reactor,
    row::{Delivery, PAUSES, Row, Standing},
    sending::{Next, Sending},
};

/// Who acts when a message is given up.
const ACTOR: &str = "system:react";
/// Part of the commits' identities, so never renamed.
const TELL: &str = "react undeliverable";

/// Messages that are read at once.
const MESSAGES: usize = 50;
/// Messages under way at once.
const CONCURRENT: usize = 4;
/// How long a run takes up messages; the next one takes the rest.
const BUDGET: Duration = Duration::from_secs(20);

/// What delivers a message: finds out where its recipient is reached, words it, and hands it to who carries it.
#[async_trait]
pub trait Post: Send + Sync {
    /// One attempt of `round`, if what is told holds still. What it says of a failure is a code: no word of what was sent or where to.
    async fn deliver(&self, message: &Message, round: u32) -> Delivery;
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SendReport {
    /// Messages that were sent.
    pub sent: u64,
    /// Messages that nobody can be reached with.
    pub no_address: u64,
    /// Messages whose news was old by then.
    pub overtaken: u64,
    /// Messages that wait for another attempt.
    pub waiting: u64,
    /// Messages that could not be delivered.
    pub dead: u64,
    /// Messages that somebody else had, or a store failed at.
    pub left: u64,
}

/// A message was not worked to an end.
#[derive(Debug, Error)]
pub(crate) enum SendError {
    /// The outbox.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The calendar.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The case.
    #[error("its case cannot be told: {0}")]
    Tell(String),
}

impl Reactor {
    /// Sends what is due, the oldest first, until nothing more is or the run's time is over. Each is tried once: what does not move on keeps nobody behind it waiting.
    ///
    /// # Errors
    /// What is due cannot be read; what becomes of single messages is in the report.
    pub async fn send_due(&self, post: &dyn Post) -> Result<SendReport, StoreError> {
        let until = Instant::now() + BUDGET;
        let mut report = SendReport::default();
        let mut after = None;
        while Instant::now() < until {
            let (due, next) = self.outbox().due(self.ledger().now(), after.as_deref(), MESSAGES).await?;
            self.send_until(until, post, &due, &mut report).await;
            if next.is_none() {
                break;
            }
            after = next;
        }
        Ok(report)
    }

    /// Makes one attempt at each of these messages; those that a run's time does not suffice for are left to the next one.
    pub async fn send_these(&self, post: &dyn Post, ids: &[MessageId], report: &mut SendReport) {
        self.send_until(Instant::now() + BUDGET, post, ids, report).await;
    }

    async fn send_until(&self, until: Instant, post: &dyn Post, ids: &[MessageId], report: &mut SendReport) {
        let attempts = stream::iter(ids.to_vec()).map(|id| async move {
            if Instant::now() >= until {
                return None;
            }
            let ended = Box::pin(self.send(post, &id)).await;
            match &ended {
                Err(SendError::Store(error @ StoreError::Damaged { .. })) => {
                    tracing::error!(alarm = "outbox-row", row = id.as_str(), %error, "a message cannot be read");
                }
                Err(error) => tracing::warn!(message = id.as_str(), %error, "a message is left to the next round"),
                Ok(_) => {}
            }
            ended.ok().flatten()
        });
        let ended: Vec<Option<Row>> = attempts.buffer_unordered(CONCURRENT).collect().await;
        for row in ended {
            let count = match row.map(|row| row.standing) {
                Some(Standing::Sent { .. }) => &mut report.sent,
                Some(Standing::NoAddress { .. }) => &mut report.no_address,
                Some(Standing::Overtaken { .. }) => &mut report.overtaken,
                Some(Standing::Waiting { .. }) => &mut report.waiting,
                Some(Standing::Dead { .. }) => &mut report.dead,
                Some(Standing::GivenUp { .. }) | None => &mut report.left,
            };
            *count += 1;
        }
    }

    /// Makes one attempt at a message, and tells of it where that was the last; gives the row as this left it, none where it was not ours to send.
    pub(crate) async fn send(&self, post: &dyn Post, id: &MessageId) -> Result<Option<Row>, SendError> {
        let (mut sending, mut next) = Sending::begin();
        let mut left = None;
        loop {
            let now = self.ledger().now();
            next = match next {
                Next::Read => sending.read(self.outbox().row(id).await?, now, PAUSES),
                Next::Swap(seen, row) => {
                    let applied = self.outbox().swap(&seen, &row).await?;
                    if applied {
                        left = Some(*row);
                    }
                    sending.swapped(applied)
                }
                Next::Deliver(row) => {
                    let delivery = post.deliver(&row.message, row.round).await;
                    sending.delivered(delivery, self.ledger().now(), PAUSES)
                }
                Next::Tell(row) => {
                    self.tell(&row).await?;
                    sending.told(*row, now)
                }
                Next::Done => return Ok(left),
            };
        }
    }

    /// Says on the case of a message that it could not be delivered: once for each round, however often this is done. Where there is no case, the alarm has said it.
    async fn tell(&self, row: &Row) -> Result<(), SendError> {
        let Message { id, stream, notice, recipient, .. } = &row.message;
        tracing::error!(
            alarm = "dead-letter",
            message = id.as_str(),
            stream = stream.as_str(),
            rule = notice.as_str(),
            reason = row.reason.as_deref().unwrap_or("attempts"),
            recipient = %recipient,
            "a message could not be delivered"
        );
        match stream.category() {
            Correction::CATEGORY => self.tell_case::<Correction>(row).await,
            Request::CATEGORY => self.tell_case::<Request>(row).await,
            other => Err(SendError::Tell(format!("streams of `{other}` are no cases"))),
        }
    }

    async fn tell_case<K: Kind>(&self, row: &Row) -> Result<(), SendError> {
        let (calendars, _, _) = self.ledger().read::<CalendarHistory>(&StreamId::calendar()).await?;
        let Message { id, stream, notice, recipient, .. } = &row.message;
        let actor: ActorId = ACTOR.parse().map_err(|error| SendError::Tell(format!("{error}")))?;
        let round = usize::try_from(row.round).unwrap_or(usize::MAX);
        let command = Command {
            id: CommitId::derive(&actor, TELL, stream.as_str(), round, id.as_str()),
            stream: stream.clone(),
            actor,
            fingerprint: None,
            expected: None,
            holds: Vec::new(),
            started: Instant::now(),
        };
        let told = self.ledger().execute::<CaseFile<K>, CaseRefusal>(&command, |case, context| {
            // As every decision on a case: settled first.
            let settled = settle(case, &calendars, &Fact { commit: 0, at: context.now, actor: context.actor.clone() });
            let decided = undeliverable(&settled.case, id.clone(), *notice, recipient.addressee())?;
            Ok(settled.then(decided))
        });
        match told.await {
            Ok(_) => Ok(()),
            // The ledger was restored to before the case: there is nowhere to tell it, and there never will be.
            Err(ExecuteError::Refused(CaseRefusal::NotOpened)) => {
                tracing::error!(message = id.as_str(), stream = stream.as_str(), "a dead letter is of no case");
                Ok(())
            }
            Err(ExecuteError::Load(error)) => Err(error.into()),
            Err(error) => Err(SendError::Tell(error.to_string())),
        }
    }
}
