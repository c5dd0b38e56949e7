//! `GET /api/desk/drafts`: what is written and not public yet: one's own, or a department's.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::RawQuery;
use futures::join;
use serde::Serialize;

use super::choices;
use crate::{
    acts::act,
    api::{
        drafts::{DraftEntry, Drafts},
        part,
        staff::Permissions,
    },
    fields::Fields,
    stop::Answer,
    visit::Visit,
    words,
};

/// What stands for all departments in the address.
const EVERY: &str = "all";

#[derive(Debug, Serialize)]
struct Page {
    rows: Vec<Row>,
    /// Where the next part begins.
    next: Option<String>,
    /// Whether this is not the first part.
    is_later: bool,
    /// Whose drafts are listed: a department's, or those of all; one's own where nothing is said.
    of: Option<String>,
    /// Whose else can be, and what they are called.
    others: Vec<(String, String)>,
    /// Whether he edits for any department.
    edits: Edits,
}

/// Whether somebody edits for any department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Edits {
    Some,
    None,
    /// His roles cannot be read now.
    Unknown,
}

#[derive(Debug, Serialize)]
struct Row {
    entry: DraftEntry,
    column: String,
    department: String,
    /// Each act and where it is done.
    links: Vec<(&'static str, String)>,
}

pub(crate) async fn read(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let (of, after) = (asked.filled("of"), asked.filled("after"));
    let mut path = "/drafts?limit=50".to_owned();
    match of {
        None => path.push_str("&mine=true"),
        Some(EVERY) => {}
        Some(department) => path.push_str(&format!("&department={}", part(department))),
    }
    if let Some(after) = after {
        path.push_str(&format!("&after={}", part(after)));
    }
    let (drafts, permissions, departments) = join!(
        visit.api.read::<Drafts>(&path),
        visit.api.read::<Permissions>("/staff/me"),
        choices::departments(&visit)
    );
    let drafts = drafts.map_err(|refusal| visit.refused(&refusal))?;
    let columns = choices::column_names(&visit, drafts.entries.iter().map(|entry| entry.site.as_str())).await;
    let (others, edits) = match permissions {
        Ok(permissions) => {
            let others = others(&permissions, &departments);
            let edits = if others.is_empty() { Edits::None } else { Edits::Some };
            (others, edits)
        }
        // The drafts were read, so they are shown, and what is missing around them is said.
        Err(refusal) => {
            tracing::warn!(status = refusal.status.as_u16(), code = refusal.problem.code, "roles not read");
            (Vec::new(), Edits::Unknown)
        }
    };
    let page = Page {
        rows: drafts.entries.into_iter().map(|entry| Row::of(entry, &columns, &departments)).collect(),
        next: drafts.next,
        is_later: after.is_some(),
        of: of.map(str::to_owned),
        others,
        edits,
    };
    Ok(visit.page("drafts.html", "草稿", &page))
}

/// The departments that he edits for, with their names.
fn others(permissions: &Permissions, departments: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let edits = permissions.person.roles.iter().filter(|held| held.role == "editor");
    let edits: BTreeSet<Option<&String>> = edits.map(|held| held.department.as_ref()).collect();
    let named = |code: &String| (code.clone(), choices::named(departments, code));
    let mut others: Vec<(String, String)> = edits.iter().copied().flatten().map(named).collect();
    if edits.len() > 1 || edits.contains(&None) {
        others.push((EVERY.to_owned(), "全部".to_owned()));
    }
    others
}

impl Row {
    fn of(entry: DraftEntry, columns: &BTreeMap<String, String>, departments: &BTreeMap<String, String>) -> Self {
        let at = format!("/api/desk/documents/{}", part(&entry.document));
        let link = |verb: &String| match act(verb) {
            Some(act) => Some((act.name, format!("{at}/act/{}", act.verb))),
            None if verb == "revise" => words::of("decision", verb).map(|word| (word, format!("{at}/edit"))),
            None => None,
        };
        Self {
            column: choices::named(columns, &entry.column),
            department: choices::named(departments, &entry.department),
            links: entry.acts.iter().filter_map(link).collect(),
            entry,
        }
    }
}
