//! `GET /api/desk/`: what waits for somebody, and what he may do.

use std::collections::BTreeMap;

use axum::extract::RawQuery;
use futures::join;
use serde::Serialize;

use super::choices;
use crate::{
    api::{
        part,
        queue::{Queue, QueueEntry},
        staff::Permissions,
    },
    fields::Fields,
    stop::Answer,
    visit::{FormSeal, Visit},
};

/// What a link narrows the queue to.
const DECISIONS: &[&str] = &["approve", "publish", "correct", "review-after", "revise", "schedule"];

/// The decisions that need nothing but the revision: many can be made at once.
const AT_ONCE: &[&str] = &["approve", "publish", "review-after"];

#[derive(Debug, Serialize)]
struct Page {
    form: FormSeal,
    rows: Vec<Row>,
    /// Where the next part begins.
    next: Option<String>,
    /// Whether this is not the first part.
    is_later: bool,
    /// What the queue is narrowed to.
    decision: Option<String>,
    decisions: &'static [&'static str],
    /// Decisions that can be made of several rows at once.
    at_once: Vec<&'static str>,
    /// Whether he may say of any department who takes applications there.
    can_name_offices: bool,
    permissions: Option<Permissions>,
}

#[derive(Debug, Serialize)]
struct Row {
    entry: QueueEntry,
    column: String,
    department: String,
    can_be_picked: bool,
    /// Each decision and where it is made.
    links: Vec<(String, String)>,
}

pub(crate) async fn read(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let decision = asked.filled("decision").filter(|decision| DECISIONS.contains(decision));
    let after = asked.filled("after");
    let mut path = "/queue?limit=50".to_owned();
    for (name, value) in [("decision", decision), ("after", after)] {
        if let Some(value) = value {
            path.push_str(&format!("&{name}={}", part(value)));
        }
    }
    let (queue, permissions, departments) =
        join!(visit.api.read::<Queue>(&path), visit.api.read::<Permissions>("/staff/me"), choices::departments(&visit));
    let queue = queue.map_err(|refusal| visit.refused(&refusal))?;
    let columns = choices::column_names(&visit, queue.entries.iter().map(|entry| entry.site.as_str())).await;
    let rows: Vec<Row> = queue.entries.into_iter().map(|entry| Row::of(entry, &columns, &departments)).collect();
    let offered =
        |decision: &&&str| rows.iter().any(|row| row.entry.decisions.iter().any(|offered| offered == **decision));
    let page = Page {
        form: visit.form("/api/desk/decisions", None),
        at_once: AT_ONCE.iter().filter(offered).copied().collect(),
        rows,
        next: queue.next,
        is_later: after.is_some(),
        decision: decision.map(str::to_owned),
        decisions: DECISIONS,
        can_name_offices: permissions
            .as_ref()
            .is_ok_and(|permissions| permissions.allow_somewhere("change-department")),
        permissions: permissions.ok(),
    };
    Ok(visit.page("queue.html", "待办", &page))
}

impl Row {
    fn of(entry: QueueEntry, columns: &BTreeMap<String, String>, departments: &BTreeMap<String, String>) -> Self {
        let link = |decision: &String| {
            let last = if decision == "revise" { "edit".to_owned() } else { format!("act/{decision}") };
            (decision.clone(), format!("/api/desk/documents/{}/{last}", part(&entry.document)))
        };
        Self {
            column: choices::named(columns, &entry.column),
            department: choices::named(departments, &entry.department),
            can_be_picked: entry.decisions.iter().any(|decision| AT_ONCE.contains(&decision.as_str())),
            links: entry.decisions.iter().map(link).collect(),
            entry,
        }
    }
}
