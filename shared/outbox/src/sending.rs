//! Sending one message, as a machine without input or output.
//!
//! 1. Claim: one attempt more, and due again later. Whoever loses the claim lets the row be.
//! 2. Deliver: only what is so still, as the case stands then.
//! 3. Mark what came of it. Dead between 2 and 3, the message goes out twice: at least once is what is promised, and the attempts are bounded.
//! 4. What is given up is told on the case, and only then it is dead: until then every round finds it, and tells it again under the same name.

use jiff::{SignedDuration, Timestamp};

use crate::row::{Delivery, Row, Standing};

/// What is to be done next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Next {
    /// Read the row, consistently.
    Read,
    /// Write the second where the first stands.
    Swap(Box<Row>, Box<Row>),
    /// Deliver it.
    Deliver(Box<Row>),
    /// Commit on the case that it could not be delivered, once for each round.
    Tell(Box<Row>),
    /// Nothing.
    Done,
}

/// One attempt at a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sending {
    /// The row as this attempt claimed it.
    claim: Option<Row>,
    /// What came of the attempt.
    delivery: Option<Delivery>,
    /// The write that is under way.
    writing: Option<Row>,
    /// Marks that met another row.
    lost: u8,
}

/// Marks that are tried.
const MARKS: u8 = 3;

impl Sending {
    /// Begins.
    pub(crate) fn begin() -> (Self, Next) {
        (Self::default(), Next::Read)
    }

    /// The row as it stands; none where there is no such message.
    pub(crate) fn read(&mut self, row: Option<Row>, now: Timestamp, pauses: &[SignedDuration]) -> Next {
        let Some(row) = row else { return Next::Done };
        match &self.delivery {
            None if matches!(row.standing, Standing::GivenUp { .. }) => Next::Tell(Box::new(row)),
            None => match row.claimed(now, pauses) {
                Some(claimed) => self.swap(row, claimed),
                None => Next::Done,
            },
            // The mark was lost: somebody claimed it meanwhile, or ended it.
            Some(delivery) if self.claim.as_ref().is_some_and(|claim| claim.round == row.round) => {
                match row.ended(delivery, false, now, pauses) {
                    Some(ended) => self.swap(row, ended),
                    None => Next::Done,
                }
            }
            Some(_) => Next::Done,
        }
    }

    /// The write was applied, or met another row.
    pub(crate) fn swapped(&mut self, applied: bool) -> Next {
        let Some(row) = self.writing.take() else { return Next::Done };
        match (applied, &self.delivery) {
            // Somebody else has it.
            (false, None) => Next::Done,
            (false, Some(_)) if self.lost < MARKS => {
                self.lost += 1;
                Next::Read
            }
            (false, Some(_)) => Next::Done,
            (true, None) => match row.standing {
                Standing::Waiting { .. } => {
                    self.claim = Some(row.clone());
                    Next::Deliver(Box::new(row))
                }
                Standing::GivenUp { .. } => Next::Tell(Box::new(row)),
                Standing::Dead { .. }
                | Standing::Sent { .. }
                | Standing::NoAddress { .. }
                | Standing::Overtaken { .. } => Next::Done,
            },
            (true, Some(_)) if matches!(row.standing, Standing::GivenUp { .. }) => Next::Tell(Box::new(row)),
            (true, Some(_)) => Next::Done,
        }
    }

    /// An attempt came to its end.
    pub(crate) fn delivered(&mut self, delivery: Delivery, now: Timestamp, pauses: &[SignedDuration]) -> Next {
        let Some(claim) = self.claim.clone() else { return Next::Done };
        let ended = claim.ended(&delivery, true, now, pauses);
        self.delivery = Some(delivery);
        match ended {
            Some(ended) => self.swap(claim, ended),
            None => Next::Done,
        }
    }

    /// The case tells that `row` could not be delivered.
    pub(crate) fn told(&mut self, row: Row, now: Timestamp) -> Next {
        match row.buried(now) {
            Some(buried) => self.swap(row, buried),
            None => Next::Done,
        }
    }

    fn swap(&mut self, seen: Row, next: Row) -> Next {
        self.writing = Some(next.clone());
        Next::Swap(Box::new(seen), Box::new(next))
    }
}
