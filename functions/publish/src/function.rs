//! What the road of a command asks of publishing (`shared/command`).

use std::time::Duration;

use access::{Gate, Verifier};
use command::Function;
use domain::{Guard, StreamId, appearance, sharing};
use gateway::{Problem, ProblemKind, Secret, Sentence};
use ledger::{Clock, Ledger};

use crate::{
    problems::{
        CALENDAR_NOT_FOUND, COLUMN_NOT_FOUND, DEPARTMENT_NOT_FOUND, DOCUMENT_NOT_FOUND, INDEX_NUMBERS_BUSY, PATH_TAKEN,
        SITE_NOT_FOUND, STAFF_NOT_FOUND,
    },
    refusal::Refusal,
    state::PublishState,
    told::Told,
};

impl Function for PublishState {
    type Refusal = Refusal;
    type Told = Told;

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    fn gate(&self) -> &Gate {
        &self.gate
    }

    fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    fn origin_secret(&self) -> Option<&Secret> {
        self.origin_secret.as_ref()
    }

    fn address_of(&self, stream: &StreamId) -> String {
        match stream.category() {
            // A city has one of each.
            "calendar" => "/api/publish/calendar".to_owned(),
            "vetting" => "/api/publish/vetting".to_owned(),
            "appearance" => match appearance::site_of(stream) {
                Some(site) => format!("/api/publish/sites/{site}/appearance"),
                None => "/api/publish/appearance".to_owned(),
            },
            "sharing" => match sharing::document_of(stream) {
                Some(document) => format!("/api/publish/documents/{document}/sharing"),
                None => "/api/publish/documents".to_owned(),
            },
            "staff" => format!("/api/publish/staff/{}", stream.key()),
            // Their own functions answer for them.
            "correction" => format!("/api/letter/corrections/{}", stream.key()),
            "request" => format!("/api/disclosure/requests/{}", stream.key()),
            category => format!("/api/publish/{category}s/{}", stream.key()),
        }
    }

    /// The rules of the checks, how pages look, that a column does not list a document.
    fn stands_by_itself(&self, stream: &StreamId) -> bool {
        matches!(stream.category(), "vetting" | "appearance" | "sharing")
    }

    fn not_found(&self, category: &str) -> &'static ProblemKind {
        match category {
            "department" => &DEPARTMENT_NOT_FOUND,
            "site" => &SITE_NOT_FOUND,
            "column" => &COLUMN_NOT_FOUND,
            "staff" => &STAFF_NOT_FOUND,
            "calendar" => &CALENDAR_NOT_FOUND,
            _ => &DOCUMENT_NOT_FOUND,
        }
    }

    fn claim_taken(&self, guard: &Guard, holder: &StreamId) -> Problem {
        if guard.scope.starts_with("path:") {
            Problem::of(
                &PATH_TAKEN,
                Sentence::new(
                    format!("地址 {} 属于 {holder}。{}", guard.claim, PATH_TAKEN.remedy),
                    format!("{} belongs to {holder}. {}", guard.claim, PATH_TAKEN.remedy_en),
                ),
            )
        } else {
            Problem::plain(&INDEX_NUMBERS_BUSY).with_retry_after(Duration::from_secs(1))
        }
    }
}
