//! What a department or a person is to answer.

use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Resource};
use command::{Caller, may};
use domain::{
    Context, DepartmentCode, Guard, SiteLabel, StaffId, StreamId,
    case::{CaseFile, CaseNumber, CaseRefusal, Kind},
    staff::{Role, Scope, Staff},
};
use gateway::Problem;
use jiff::{SignedDuration, Timestamp};
use ledger::LoadError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use views::{
    Prefix, ViewError,
    city::{CaseRow, slice},
};

use crate::{
    act::{calendars, settled_case},
    casework::Casework,
    problems::DEPARTMENT_NOT_NAMED,
};

/// Cases of a page at most.
const MOST: usize = 200;
/// Cases of a page, if nobody says how many.
const USUAL: usize = 50;

/// Which cases.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Only those that the caller himself answers for.
    #[serde(default)]
    #[param(required = false)]
    pub mine: bool,
    /// The one of this number alone, open or closed; however it is typed. Of one kind only.
    #[serde(default)]
    #[param(example = "ZC-20261130-482137", max_length = 40)]
    pub number: Option<String>,
    /// Those of this department; absent, those of the only department that the caller's roles name.
    #[serde(default)]
    #[param(example = "jyj", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    pub department: Option<String>,
    /// The `next` of the page before.
    #[serde(default)]
    #[param(pattern = "^[0-9][0-9T:.-]{3,30}/[a-z-]{1,40}:[a-z2-7]{26}$")]
    pub after: Option<String>,
    /// Cases of a page, 1–200; 50 if absent.
    #[serde(default)]
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<usize>,
}

/// How long before it is due a case presses.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// Cases that are to be answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseList {
    /// The cases: what is late or owed first stands first, what waits for somebody else last.
    pub entries: Vec<CaseEntry>,
    /// What `after` of the next page names; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// How a case presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pressure {
    /// 已逾期.
    Late,
    /// 即将到期: its last day has begun.
    Soon,
    /// 办理中.
    Usual,
    /// 等待他人: its handlers owe nothing for now.
    Waiting,
    /// 已办结; found by its number.
    Closed,
}

/// A case that is to be answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseEntry {
    /// Kind and id: `correction:…`.
    pub stream: String,
    /// Its number (受理编号).
    #[schema(example = "ZC-20261130-482137")]
    pub number: String,
    /// Label of the site it was sent from.
    pub site: String,
    /// Code of the department that answers for it.
    pub department: String,
    /// Id of the person who does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handler: Option<String>,
    /// When it came in.
    #[schema(format = "date-time")]
    pub opened_at: String,
    /// What the department or the citizen has to act by next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    /// When that is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    pub due: Option<String>,
    /// Since when it is late.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    pub late_since: Option<String>,
    /// How it presses.
    pub pressure: Pressure,
}

/// What waits for whoever asks, of `category` alone where one is named.
///
/// From the views, which follow an accepted command within moments; what is decided is decided on the case itself.
///
/// # Errors
/// He may not see them, or names no department and has several.
pub async fn queue<S: Casework>(
    state: &S,
    caller: &Caller,
    wanted: &Wanted,
    category: Option<&str>,
) -> Result<CaseList, S::Refusal>
where
    S::Refusal: From<Problem> + From<ViewError>,
{
    let slice = if wanted.mine {
        slice::handled(StaffId::of(&caller.actor).as_str())
    } else {
        let department = department(&caller.staff, wanted.department.as_deref())?;
        may(state, &caller.staff, Action::ListCases, &reach(&caller.staff, &department))?;
        slice::cases(department.as_str())
    };
    let limit = wanted.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(command::problems::malformed("limit 应为 1–200。", "limit is 1–200.").into());
    }
    if !wanted.after.as_deref().is_none_or(is_place) {
        return Err(
            command::problems::malformed("after 应为上一页的 next。", "after is the next of the page before.").into()
        );
    }
    let Some(registry) = state.views().registry().await? else {
        return Ok(CaseList { entries: Vec::new(), next: None });
    };
    let prefix = Prefix(registry.active);
    let rows = state.views().open(&prefix, &slice, wanted.after.as_deref(), None, limit + 1).await?;
    let more = rows.len() > limit;
    let rows: BTreeMap<String, CaseRow> = rows
        .into_iter()
        .take(limit)
        .filter_map(|row| row.content().map(|case: CaseRow| (row.at.key.clone(), case)))
        .collect();
    let next = more.then(|| rows.keys().next_back().cloned()).flatten();
    let now = state.clock().now();
    let of_kind = |row: &&CaseRow| {
        category.is_none_or(|category| row.stream.split_once(':').is_some_and(|(kind, _)| kind == category))
    };
    // A page is of few departments and sites: each is asked for once.
    let places: BTreeSet<(&str, &str)> = rows.values().map(place).collect();
    let seen: BTreeSet<_> = places.into_iter().filter(|place| sees(state, &caller.staff, *place)).collect();
    let entries = rows
        .values()
        .filter(of_kind)
        .filter(|row| seen.contains(&place(row)))
        .map(|row| CaseEntry::of(row, now))
        .collect();
    Ok(CaseList { entries, next })
}

/// The case of that number and of this kind, open or closed; nothing where there is none that he may see, and no word of whether there is one.
///
/// # Errors
/// It is no number, or the case cannot be read.
pub(crate) async fn by_number<S, K>(state: &S, caller: &Caller, number: &str) -> Result<CaseList, S::Refusal>
where
    S: Casework,
    K: Kind,
    S::Refusal: From<Problem> + From<CaseRefusal> + From<LoadError>,
{
    let number = CaseNumber::typed(number)
        .map_err(|_| command::problems::malformed("number 应为受理编号。", "number is the number of a case."))?;
    let holder = state.ledger().holder(&Guard::case_number(&number)).await.map_err(LoadError::Store)?;
    let stream = holder.map(|held| held.stream).filter(|stream| stream.category() == K::CATEGORY);
    let Some(stream) = stream else { return Ok(CaseList { entries: Vec::new(), next: None }) };
    let (case, _, _) = state.ledger().read::<CaseFile<K>>(&stream).await?;
    let context = Context { actor: caller.actor.clone(), now: state.clock().now() };
    let calendars = calendars(state).await?;
    let case = settled_case(&case, &calendars, &context).case;
    let row = CaseRow::of(&stream, &case).filter(|row| sees(state, &caller.staff, place(row)));
    let entry = row.map(|row| CaseEntry::of(&row, context.now));
    let entry = entry.map(|entry| match case.own.closed_at() {
        Some(_) => CaseEntry { pressure: Pressure::Closed, ..entry },
        None => entry,
    });
    Ok(CaseList { entries: entry.into_iter().collect(), next: None })
}

/// The department that answers for a case, and the site it came from.
fn place(row: &CaseRow) -> (&str, &str) {
    (&row.department, &row.site)
}

/// Whether his roles reach a case: by the department that answers for it and the site it came from, as when he acts on it.
fn sees<S: Casework>(state: &S, staff: &Staff, (department, site): (&str, &str)) -> bool {
    let (Ok(department), Ok(site)) = (department.parse::<DepartmentCode>(), site.parse()) else { return false };
    state.gate().allowed(staff, Action::ListCases, &Resource::on(&department, site)).is_allowed()
}

/// Whether a text is a place in a list: an instant and the stream of a case.
fn is_place(after: &str) -> bool {
    let Some((instant, stream)) = after.split_once('/') else { return false };
    instant.starts_with(|first: char| first.is_ascii_digit()) && stream.parse::<StreamId>().is_ok()
}

/// Scopes of somebody's roles as to cases.
fn scopes(staff: &Staff) -> impl Iterator<Item = &Scope> {
    [Role::Handler, Role::Supervisor, Role::Auditor].into_iter().flat_map(|role| staff.scopes(role))
}

/// What of a department somebody asks to see: all of it, or the site that is all his roles reach.
fn reach(staff: &Staff, department: &DepartmentCode) -> Resource {
    let here = |scope: &&Scope| scope.department.as_ref().is_none_or(|own| own == department);
    let mut sites: Vec<Option<&SiteLabel>> = scopes(staff).filter(here).map(|scope| scope.site.as_ref()).collect();
    sites.sort_unstable();
    match sites.first() {
        Some(Some(site)) => Resource::on(department, (*site).clone()),
        Some(None) | None => Resource::of(department),
    }
}

/// The department that is named, or the only one that his roles as to cases name.
fn department(staff: &Staff, named: Option<&str>) -> Result<DepartmentCode, Problem> {
    if let Some(code) = named {
        return code
            .parse()
            .map_err(|_| command::problems::malformed("department 应为部门代码。", "department is a code."));
    }
    let mut codes: Vec<&DepartmentCode> = scopes(staff).filter_map(|scope| scope.department.as_ref()).collect();
    codes.sort_unstable();
    codes.dedup();
    match codes.as_slice() {
        [only] => Ok((*only).clone()),
        _ => Err(Problem::plain(&DEPARTMENT_NOT_NAMED)),
    }
}

impl CaseEntry {
    fn of(row: &CaseRow, now: Timestamp) -> Self {
        let row = row.clone();
        // The clock may not have come by yet: what is owed and due is late.
        let late_since = row.late_since.or(row.due.filter(|due| row.owed && *due <= now));
        let last_day = |due: Timestamp| due.duration_since(now) <= A_DAY;
        let pressure = match (late_since, row.due) {
            (Some(_), _) => Pressure::Late,
            (None, _) if row.waiting || !row.presses => Pressure::Waiting,
            (None, None) => Pressure::Waiting,
            (None, Some(due)) if last_day(due) => Pressure::Soon,
            (None, Some(_)) => Pressure::Usual,
        };
        Self {
            stream: row.stream,
            number: row.number,
            site: row.site,
            department: row.department,
            handler: row.handler,
            opened_at: row.opened_at.to_string(),
            deadline: row.deadline,
            due: row.due.map(|due| due.to_string()),
            late_since: late_since.map(|since| since.to_string()),
            pressure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_list_is_an_instant_and_a_case() {
        assert!(is_place("2026-12-03T16:00:00.000Z/correction:ymshlqtnvvigebihht5bv37ypi"));
        for none in
            ["", "/", "2026-12-03T16:00:00Z", "/correction:ymshlqtnvvigebihht5bv37ypi", "2026/x", "x/correction:a"]
        {
            assert!(!is_place(none), "{none}");
        }
    }
}
