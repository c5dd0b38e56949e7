//! What the function is called for: doorbells, mail that came back, the clock, and requests to its API.

use std::{collections::BTreeSet, sync::Arc};

use aws_lambda_events::{dynamodb::Event, streams::DynamoDbEventResponse};
use axum::Router;
use domain::{MessageId, StreamId};
use doorbell::Doorbells;
use futures::{StreamExt, stream};
use lambda_http::{Context, LambdaEvent, Service, request::LambdaRequest};
use ledger::StoreError;
use outbox::{Post, ReactError, Reactor, Recipient, RepairError, Returning, SendReport};
use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use crate::{
    channels::Carriers,
    feedback::{self, Again, Returned},
    post::Posting,
    routes,
    state::ReactState,
};

/// Streams that are reacted to at once.
const CONCURRENT: usize = 8;

/// What a run of the clock did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TickReport {
    /// Cases whose doorbells had been lost.
    pub behind: u64,
    /// Cases that are behind still.
    pub failed: u64,
    /// Cases that this code cannot read.
    pub parked: u64,
    /// Messages that only the clock found.
    pub found: u64,
    /// What became of messages that were due.
    pub messages: SendReport,
}

/// The function did not do what it was called for; whoever called it does so again.
#[derive(Debug, Error)]
pub enum ReactFailure {
    /// The event has not the shape of any that this function is called with.
    #[error("the event cannot be read: {0}")]
    Event(#[from] serde_json::Error),
    /// The outbox cannot be read.
    #[error(transparent)]
    Outbox(#[from] StoreError),
    /// What was lost cannot be looked for.
    #[error(transparent)]
    Repair(#[from] RepairError),
    /// The API gave no answer.
    #[error("the API gave no answer: {0}")]
    Api(String),
}

/// Whether an event is a batch of a queue: its records name it.
fn is_of_queue(event: &Value) -> bool {
    let source = event.pointer("/Records/0/eventSource").and_then(Value::as_str);
    source == Some("aws:sqs")
}

/// The function; cheap to clone.
#[derive(Clone)]
pub struct React {
    reactor: Reactor,
    post: Arc<dyn Post>,
    api: Router,
}

impl React {
    /// A function that sends by these carriers.
    #[must_use]
    pub fn new(state: ReactState, carriers: Carriers) -> Self {
        let post = Arc::new(Posting::new(&state, carriers));
        Self::posting(state, post)
    }

    /// A function that sends by `post`.
    #[must_use]
    pub fn posting(state: ReactState, post: Arc<dyn Post>) -> Self {
        Self { reactor: state.reactor.clone(), post, api: routes::router(state) }
    }

    /// Handles whatever it is called with: a batch of stream records, of returned mail, a request, or a tick.
    ///
    /// # Errors
    /// It was not done.
    pub async fn handle(&self, event: Value) -> Result<Value, ReactFailure> {
        if is_of_queue(&event) {
            return Ok(serde_json::to_value(self.hear_back(event).await?)?);
        }
        if event.get("Records").is_some() {
            let answer = self.hear(serde_json::from_value(event)?).await?;
            return Ok(serde_json::to_value(answer)?);
        }
        if event.get("requestContext").is_some() {
            return self.answer(event).await;
        }
        Ok(serde_json::to_value(self.tick().await?)?)
    }

    /// Hears a batch of doorbells; answers with those that are to ring again. A case that this code cannot read is parked, as the projector does. What is asked for is sent at once, as far as it can be.
    ///
    /// # Errors
    /// Nothing could be read at all: the whole batch rings again.
    pub async fn hear(&self, event: Event) -> Result<DynamoDbEventResponse, ReactFailure> {
        let doorbells = Doorbells::of(&event);
        let cases: Vec<StreamId> = doorbells.streams().into_iter().filter(outbox::rules::concerns).collect();
        if cases.is_empty() {
            return Ok(DynamoDbEventResponse::default());
        }
        let now = self.reactor.ledger().now();
        let starts = self.reactor.outbox().starts(now).await?;
        let count = cases.len();
        let reactions = stream::iter(cases).map(|case| {
            let starts = &starts;
            async move {
                let reacted = match Box::pin(self.reactor.react(&case, starts, now)).await {
                    // Ringing again helps nothing, and holds up its shard.
                    Err(error) if error.is_permanent() => {
                        self.reactor.park(&case, &error, now).await.map(|()| Vec::new()).map_err(ReactError::from)
                    }
                    reacted => reacted,
                };
                (case, reacted)
            }
        });
        let reacted: Vec<(StreamId, Result<_, ReactError>)> = reactions.buffer_unordered(CONCURRENT).collect().await;
        let (mut failed, mut made) = (BTreeSet::new(), Vec::new());
        for (case, reacted) in reacted {
            match reacted {
                Ok(rows) => made.extend(rows.into_iter().map(|row| row.message.id)),
                Err(error) => {
                    tracing::warn!(stream = case.as_str(), %error, "a case is to ring again");
                    failed.insert(case);
                }
            }
        }
        let sent = self.send(&made).await;
        tracing::info!(
            cases = count,
            failed = failed.len(),
            messages = made.len(),
            sent = sent.sent,
            no_address = sent.no_address,
            overtaken = sent.overtaken,
            waiting = sent.waiting + sent.left,
            dead = sent.dead,
            "reacted"
        );
        Ok(doorbells.answer(&failed))
    }

    /// Hears what became of mail that was taken: what came back is given up, and told on its case. Heard twice it is told once. Each is heard by itself; answers with those that are to come again.
    ///
    /// # Errors
    /// It is no batch of a queue: the whole batch comes again.
    async fn hear_back(&self, event: Value) -> Result<Again, ReactFailure> {
        let (mut again, mut given_up) = (Again::default(), Vec::new());
        for returned in feedback::returned(event)? {
            let message = returned.message.as_str();
            match self.came_back(&returned).await {
                Ok(Returning::GivenUp) => given_up.push(returned.message),
                Ok(Returning::TooEarly) => again.add(returned.record),
                Ok(Returning::Nothing) => {}
                // It stays so, however often it comes.
                Err(error @ StoreError::Damaged { .. }) => {
                    tracing::error!(alarm = "outbox-row", row = message, %error, "a message cannot be read");
                }
                Err(error) => {
                    tracing::warn!(message, %error, "returned mail is to be heard of again");
                    again.add(returned.record);
                }
            }
        }
        let report = self.send(&given_up).await;
        tracing::info!(
            returned = given_up.len(),
            again = again.count(),
            dead = report.dead,
            left = report.left,
            "heard of returned mail"
        );
        Ok(again)
    }

    /// Gives up what came back, where it was for one.
    async fn came_back(&self, returned: &Returned) -> Result<Returning, StoreError> {
        let Returned { message, round, code, .. } = returned;
        let (outbox, id) = (self.reactor.outbox(), message.as_str());
        match outbox.row(message).await?.map(|row| row.message.recipient) {
            None => {
                tracing::error!(alarm = "mail-feedback", message = id, code, "returned mail is of no message");
                Ok(Returning::Nothing)
            }
            // A letter to one of several: which of them only his address would tell.
            Some(Recipient::Supervisors(_) | Recipient::Department(_)) => {
                tracing::error!(alarm = "mailbox", message = id, code, "one of several mailboxes was not reached");
                Ok(Returning::Nothing)
            }
            Some(Recipient::Citizen | Recipient::Handler(_)) => {
                outbox.returned(message, *round, code, self.reactor.ledger().now()).await
            }
        }
    }

    /// Looks for cases whose doorbells were lost, and sends what is due.
    ///
    /// # Errors
    /// One of the two could not be begun; neither keeps the other waiting.
    pub async fn tick(&self) -> Result<TickReport, ReactFailure> {
        let now = self.reactor.ledger().now();
        let starts = self.reactor.outbox().starts(now).await?;
        let repaired = self.reactor.repair(&starts, now).await;
        let messages = self.reactor.send_due(&*self.post).await?;
        let repaired = repaired?;
        let report = TickReport {
            behind: repaired.behind,
            failed: repaired.failed,
            parked: repaired.parked,
            found: repaired.messages,
            messages,
        };
        if report != TickReport::default() {
            let TickReport { behind, failed, parked, found, messages } = &report;
            let SendReport { sent, no_address, overtaken, waiting, dead, left } = messages;
            tracing::info!(
                behind,
                failed,
                parked,
                found,
                sent,
                no_address,
                overtaken,
                waiting,
                dead,
                left,
                "looked again"
            );
        }
        Ok(report)
    }

    async fn send(&self, made: &[MessageId]) -> SendReport {
        let mut report = SendReport::default();
        self.reactor.send_these(&*self.post, made, &mut report).await;
        report
    }

    async fn answer(&self, event: Value) -> Result<Value, ReactFailure> {
        let request: LambdaRequest = serde_json::from_value(event)?;
        let event = LambdaEvent::new(request, Context::default());
        let running = lambda_http::Adapter::from(gateway::to_the_byte(self.api.clone())).call(event);
        let answer = running.await.map_err(|error| ReactFailure::Api(error.to_string()))?;
        Ok(serde_json::to_value(answer)?)
    }
}
