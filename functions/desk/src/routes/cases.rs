//! `GET /api/desk/cases`: cases that are to be answered: one's own, or a department's.

mod find;
mod take;
mod whose;

use axum::extract::RawQuery;
use futures::join;
use serde::Serialize;

use super::choices;
use crate::{
    api::{
        cases::{CaseEntry, Cases},
        part,
        problem::Refusal,
        staff::Permissions,
    },
    due,
    fields::Fields,
    stop::Answer,
    visit::{FormSeal, Visit},
    words,
};
use whose::{Roles, Whose};

pub(crate) use find::find;
pub(crate) use take::take;

/// Name of the deadline by which the receipt of an application is confirmed.
const CONFIRMATION: &str = "confirmation";

/// Cases of a page.
const ROWS: usize = 50;
/// Cases that are read at once where only some of them are shown.
const MANY: usize = 200;
/// Reads for one page of those at most; the next page goes on behind them.
const READS: usize = 5;

/// What a list is of.
#[derive(Debug, Clone, Default)]
struct Wanted {
    /// The department; one's own where none is named.
    of: Option<String>,
    /// Only what presses so.
    pressure: Option<String>,
    /// Where it begins.
    after: Option<String>,
}

#[derive(Debug, Serialize)]
struct Page {
    form: FormSeal,
    rows: Vec<Row>,
    whose: Whose,
    /// What it can be narrowed to: word, address, whether it is.
    pressures: Vec<Tab>,
    /// The word of what it is narrowed to.
    narrowed: Option<&'static str>,
    /// Whether one's own are listed.
    is_own: bool,
    can_pick: bool,
    /// Whether some of those that can be picked can be taken, or confirmed.
    can_take: bool,
    can_confirm: bool,
    /// Whether he may have messages sent again that could not be delivered.
    can_work_messages: bool,
    /// Whether he may register what came on paper.
    can_register: bool,
    first: Option<String>,
    next: Option<String>,
}

/// A link that says whether one is there.
#[derive(Debug, Serialize)]
struct Tab {
    name: String,
    address: String,
    is_here: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    entry: CaseEntry,
    address: String,
    kind: String,
    site: String,
    due: Option<String>,
    handler: Option<String>,
    /// Whether nobody answers for it yet, and he may.
    can_be_taken: bool,
    /// Whether its receipt is to be confirmed next, and he may: nobody else answers for it.
    can_be_confirmed: bool,
}

pub(crate) async fn read(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let given = |name: &str| asked.filled(name).map(str::to_owned);
    let wanted = Wanted {
        of: given("of"),
        pressure: given("pressure").filter(|pressure| words::of("pressure", pressure).is_some()),
        after: given("after"),
    };
    let (cases, roles, departments, sites) = join!(
        gathered(&visit, &wanted),
        visit.api.read::<Permissions>("/staff/me"),
        choices::departments(&visit),
        choices::sites(&visit)
    );
    let cases = cases.map_err(|refusal| visit.refused(&refusal))?;
    let roles = Roles::of(roles);
    let (now, me) = (visit.state.clock.now(), visit.me());
    let row = |entry: CaseEntry| Row {
        site: choices::named(&sites, &entry.site),
        due: entry.late_since.as_deref().or(entry.due.as_deref()).and_then(|due| due::told(due, now)),
        handler: entry.handler.as_deref().map(|handler| named(handler, me.as_deref())),
        can_be_taken: entry.handler.is_none() && roles.may_take(&entry),
        can_be_confirmed: entry.deadline.as_deref() == Some(CONFIRMATION)
            && entry.handler.as_deref().is_none_or(|handler| me.as_deref() == Some(handler))
            && roles.may_take(&entry),
        ..Row::of(entry)
    };
    let rows: Vec<Row> = cases.entries.into_iter().map(row).collect();
    let page = Page {
        form: visit.form("/api/desk/cases/take", None),
        can_pick: rows.iter().any(|row| row.can_be_taken || row.can_be_confirmed),
        can_take: rows.iter().any(|row| row.can_be_taken),
        can_confirm: rows.iter().any(|row| row.can_be_confirmed),
        rows,
        can_work_messages: roles.may_work_messages(),
        can_register: roles.may_register(),
        whose: roles.whose(&wanted, &departments),
        pressures: pressures(&wanted),
        narrowed: wanted.pressure.as_deref().and_then(|pressure| words::of("pressure", pressure)),
        is_own: wanted.of.is_none(),
        first: wanted.after.is_some().then(|| wanted.beginning(None).address()),
        next: cases.next.map(|next| wanted.beginning(Some(next)).address()),
    };
    Ok(visit.page("cases.html", "办件", &page))
}

/// Who answers for a case, to whoever looks at it.
pub(super) fn named(handler: &str, me: Option<&str>) -> String {
    match me {
        Some(me) if me == handler => "我".to_owned(),
        // Names of colleagues are told to administrators and auditors alone.
        _ => format!("同事（编号 {}）", handler.get(..6).unwrap_or(handler)),
    }
}

/// The cases of a page: as many as it has, or those that press as asked among the next many.
async fn gathered(visit: &Visit, wanted: &Wanted) -> Result<Cases, Refusal> {
    let Some(pressure) = &wanted.pressure else { return visit.letter.read(&wanted.path(ROWS)).await };
    let (mut found, mut wanted) = (Vec::new(), wanted.clone());
    for _ in 0..READS {
        let Cases { entries, next } = visit.letter.read(&wanted.path(MANY)).await?;
        found.extend(entries.into_iter().filter(|entry| entry.pressure == *pressure));
        wanted.after = next;
        if wanted.after.is_none() || found.len() >= ROWS {
            break;
        }
    }
    Ok(Cases { entries: found, next: wanted.after })
}

fn pressures(wanted: &Wanted) -> Vec<Tab> {
    let tab = |name: &str, pressure: Option<&str>| {
        let narrowed = Wanted { of: wanted.of.clone(), pressure: pressure.map(str::to_owned), after: None };
        let (address, is_here) = (narrowed.address(), wanted.pressure.as_deref() == pressure);
        Tab { name: name.to_owned(), address, is_here }
    };
    let every = words::all("pressure").iter().map(|(code, word)| tab(word, Some(code)));
    std::iter::once(tab("全部", None)).chain(every).collect()
}

impl Wanted {
    /// The same, from somewhere else.
    fn beginning(&self, after: Option<String>) -> Self {
        Self { after, ..self.clone() }
    }

    /// Where the API tells of it.
    fn path(&self, limit: usize) -> String {
        let mut path = format!("/cases?limit={limit}");
        match &self.of {
            None => path.push_str("&mine=true"),
            Some(department) => path.push_str(&format!("&department={}", part(department))),
        }
        if let Some(after) = &self.after {
            path.push_str(&format!("&after={}", part(after)));
        }
        path
    }

    /// Where the desk shows it.
    fn address(&self) -> String {
        let given = [("of", &self.of), ("pressure", &self.pressure), ("after", &self.after)];
        let given = given.iter().filter_map(|(name, value)| Some(format!("{name}={}", part(value.as_deref()?))));
        let query = given.collect::<Vec<_>>().join("&");
        if query.is_empty() { "/api/desk/cases".to_owned() } else { format!("/api/desk/cases?{query}") }
    }
}

impl Row {
    fn of(entry: CaseEntry) -> Self {
        let (kind, id) = entry.stream.split_once(':').unwrap_or(("", &entry.stream));
        Self {
            address: format!("/api/desk/{}s/{}", part(kind), part(id)),
            kind: words::of("case", kind).unwrap_or(kind).to_owned(),
            can_be_taken: false,
            can_be_confirmed: false,
            site: String::new(),
            due: None,
            handler: None,
            entry,
        }
    }
}
