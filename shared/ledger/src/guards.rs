//! Claims on names: found, listed, derived again from events.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::error::SdkError;
use domain::{
    CommitId, Guard, StreamId, aggregate::Event, appearance::AppearanceEvent, calendar::CalendarEvent,
    case::Occurrence, column::ColumnEvent, correction::Correction, department::DepartmentEvent,
    document::DocumentEvent, reading::ReadingEvent, request::Request, sharing::SharingEvent, site::SiteEvent,
    staff::StaffEvent, vetting::VettingEvent,
};

use crate::{
    codec::decode_event,
    commit::Commit,
    error::{DecodeError, StoreError},
    heads::SCANNED,
    item::{number, parsed, string, text},
    store::{Item, Ledger, store_error},
};

/// A claim and who made it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldGuard {
    /// The name.
    pub guard: Guard,
    /// The stream that holds it.
    pub stream: StreamId,
    /// Number of the commit that claimed it first.
    pub number: u64,
    /// Id of that commit.
    pub id: CommitId,
}

impl HeldGuard {
    pub(crate) fn item(&self) -> Item {
        Item::from([
            ("pk".to_owned(), text(&self.guard.scope)),
            ("sk".to_owned(), text(&self.guard.claim)),
            ("stream".to_owned(), text(self.stream.as_str())),
            ("number".to_owned(), number(self.number)),
            ("id".to_owned(), text(self.id.as_str())),
        ])
    }

    pub(crate) fn read(item: &Item) -> Result<Self, StoreError> {
        let read = || -> Result<Self, String> {
            Ok(Self {
                guard: Guard { scope: string(item, "pk")?.to_owned(), claim: string(item, "sk")?.to_owned() },
                stream: string(item, "stream")?.parse().map_err(|error| format!("{error}"))?,
                number: parsed(item, "number")?,
                id: string(item, "id")?.parse().map_err(|error| format!("{error}"))?,
            })
        };
        read().map_err(|reason| StoreError::Unavailable { reason: format!("a guard is unreadable: {reason}") })
    }
}

impl Ledger {
    /// The greatest claim in a scope, by byte order; consistent.
    ///
    /// Serials in one `index:…` scope have as many digits as their scheme prints, so the greatest is the last one given.
    ///
    /// # Errors
    /// The store failed.
    pub async fn latest_claim(&self, scope: &str) -> Result<Option<String>, StoreError> {
        let page = self
            .dynamo()
            .query()
            .table_name(&self.config().guards_table)
            .key_condition_expression("pk = :scope")
            .expression_attribute_values(":scope", text(scope))
            .consistent_read(true)
            .scan_index_forward(false)
            .limit(1)
            .send()
            .await
            .map_err(|error| store_error(&error))?;
        page.items().first().map(|item| Ok(HeldGuard::read(item)?.guard.claim)).transpose()
    }

    /// Who holds a name, if anybody; consistent.
    ///
    /// # Errors
    /// The store failed.
    pub async fn holder(&self, guard: &Guard) -> Result<Option<HeldGuard>, StoreError> {
        let found = self
            .dynamo()
            .get_item()
            .table_name(&self.config().guards_table)
            .key("pk", text(&guard.scope))
            .key("sk", text(&guard.claim))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| store_error(&error))?;
        found.item().map(HeldGuard::read).transpose()
    }

    /// Every claim there is, in no order; consistent, for verify and rebuild.
    ///
    /// # Errors
    /// The store failed.
    pub async fn all_guards(&self) -> Result<Vec<HeldGuard>, StoreError> {
        let mut guards = Vec::new();
        let mut from = None;
        loop {
            let page = self
                .dynamo()
                .scan()
                .table_name(&self.config().guards_table)
                .consistent_read(true)
                .limit(SCANNED)
                .set_exclusive_start_key(from.take())
                .send()
                .await
                .map_err(|error| store_error(&error))?;
            for item in page.items() {
                guards.push(HeldGuard::read(item)?);
            }
            match page.last_evaluated_key {
                Some(key) => from = Some(key),
                None => return Ok(guards),
            }
        }
    }

    /// Puts back a claim that an event made, unless the name is held; gives what holds it.
    ///
    /// For rebuild only. Nothing comes back where the claim was absent and now stands.
    ///
    /// # Errors
    /// The store failed.
    pub async fn restore_guard(&self, held: &HeldGuard) -> Result<Option<HeldGuard>, StoreError> {
        let put = self
            .dynamo()
            .put_item()
            .table_name(&self.config().guards_table)
            .set_item(Some(held.item()))
            .condition_expression("attribute_not_exists(pk)")
            .send()
            .await;
        match put {
            Ok(_) => Ok(None),
            Err(SdkError::ServiceError(failed)) if failed.err().is_conditional_check_failed_exception() => {
                self.holder(&held.guard).await
            }
            Err(error) => Err(store_error(&error)),
        }
    }
}

/// The claims that one stream's commits made, each with the first commit that made it.
///
/// # Errors
/// An event this code cannot read.
pub fn guards_of(commits: &[Commit]) -> Result<Vec<HeldGuard>, DecodeError> {
    let Some(first) = commits.first() else { return Ok(Vec::new()) };
    match first.stream.category() {
        "department" => claims::<DepartmentEvent>(commits),
        "site" => claims::<SiteEvent>(commits),
        "appearance" => claims::<AppearanceEvent>(commits),
        "column" => claims::<ColumnEvent>(commits),
        "document" => claims::<DocumentEvent>(commits),
        "sharing" => claims::<SharingEvent>(commits),
        "reading" => claims::<ReadingEvent>(commits),
        "staff" => claims::<StaffEvent>(commits),
        "calendar" => claims::<CalendarEvent>(commits),
        "vetting" => claims::<VettingEvent>(commits),
        "correction" => claims::<Occurrence<Correction>>(commits),
        "request" => claims::<Occurrence<Request>>(commits),
        _ => {
            let (name, version) = first.events.first().map_or(("", 0), |event| (event.name.as_str(), event.version));
            Err(DecodeError::Unknown { stream: first.stream.clone(), name: name.to_owned(), version })
        }
    }
}

/// As [`guards_of`], for a known kind of event.
pub(crate) fn claims<E: Event>(commits: &[Commit]) -> Result<Vec<HeldGuard>, DecodeError> {
    let mut seen = BTreeSet::new();
    let mut held = Vec::new();
    for commit in commits {
        for recorded in &commit.events {
            for guard in decode_event::<E>(commit, recorded)?.guards() {
                if seen.insert(guard.clone()) {
                    held.push(HeldGuard {
                        guard,
                        stream: commit.stream.clone(),
                        number: commit.number,
                        id: commit.id.clone(),
                    });
                }
            }
        }
    }
    Ok(held)
}
