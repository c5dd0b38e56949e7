//! Letters that were taken and come back, and what is raised from the dead.

use domain::MessageId;

use super::{State, instant};
use crate::{
    model::Shortcut,
    row::{Raised, Row, Standing},
};

/// One round of a message.
pub(super) type Round = (MessageId, u32);

/// Whether it stands as sent.
pub(super) fn is_sent(row: &Row) -> bool {
    matches!(row.standing, Standing::Sent { .. })
}

/// The round that a row stands in.
pub(super) fn round(row: &Row) -> Round {
    (row.message.id.clone(), row.round)
}

impl State {
    /// Letters come back, the queue tells of them, and somebody raises the dead.
    pub(super) fn mail(&self, shortcut: Shortcut) -> Vec<(String, Self)> {
        let mut steps = Vec::new();
        let out = self.sends.iter().filter(|(of, count)| **count > 0 && !self.returned.contains(*of));
        for (of, _) in out.filter(|_| self.returns > 0) {
            let mut after = Self { returns: self.returns - 1, ..self.clone() };
            after.returned.insert(of.clone());
            after.queue.insert(of.clone());
            steps.push((format!("a letter of {of:?} comes back"), after));
        }
        for of in &self.queue {
            let mut heard = self.clone();
            if !heard.hear(of, shortcut) {
                continue;
            }
            if self.doubles > 0 {
                let mut again = Self { doubles: self.doubles - 1, ..heard.clone() };
                again.queue.insert(of.clone());
                steps.push((format!("that {of:?} came back is heard, and it will be told again"), again));
            }
            steps.push((format!("that {of:?} came back is heard"), heard));
        }
        for row in self.rows.values().filter(|_| self.raises > 0) {
            let raised = Raised { by: "clerk".parse().unwrap(), at: instant(1500), request: "again".to_owned() };
            if let Some(next) = row.raised(raised) {
                let mut after = Self { raises: self.raises - 1, ..self.clone() };
                after.rows.insert(row.message.id.clone(), next);
                steps.push((format!("{} is raised", row.message.id), after));
            }
        }
        steps
    }

    /// Hears that a letter of `of` came back; not where it is to be told again.
    pub(super) fn hear(&mut self, of: &Round, shortcut: Shortcut) -> bool {
        let Some(row) = self.rows.get(&of.0).cloned() else { return false };
        let round = if shortcut == Shortcut::ReturnsToAnyRound { row.round } else { of.1 };
        if row.is_under_way(round) && shortcut != Shortcut::HeardTooEarly {
            return false;
        }
        self.queue.remove(of);
        if let Some(next) = row.returned(round, "bounce", instant(1600)) {
            self.rows.insert(of.0.clone(), next);
        }
        true
    }
}
