//! How a case stands, for its citizen: a timeline straight from its events.

use domain::{
    ActorId, Context, DepartmentCode, FieldName, Sealed,
    calendar::CalendarHistory,
    case::{CaseEvent, CaseFile, Occurrence},
    deadline::Deadline,
    department::Department,
    shanghai,
    text::Line,
};
use jiff::Timestamp;
use pages::{
    Countdown,
    front::{Happening, NextNote, StatusPage},
};

use vault::{Closed, Opening};

use crate::{
    act::{calendars, settled_case},
    casework::Casework,
    find::{FindError, Found},
    words::{Words, last_day},
};

/// Why a citizen reads his own case.
const WHY: &str = "凭查询码查看办理结果";

/// How `found` stands at `now`.
///
/// # Errors
/// Calendar or departments cannot be read.
pub async fn status<S: Casework, K: Words>(
    state: &S,
    found: &Found<K>,
    now: Timestamp,
) -> Result<StatusPage, FindError> {
    let calendars = calendars(state).await?;
    let mut happenings = Vec::new();
    for (commit, event) in found.events()? {
        let Some(entry) = K::told(&event) else { continue };
        let by = match &event {
            Occurrence::Common(CaseEvent::CaseAssigned { department, .. }) => Some(name_of(state, department).await?),
            _ => None,
        };
        let at = effective_at(&event).unwrap_or(commit.at);
        happenings.push(Happening { at, title: entry.title, by, text: entry.text });
    }
    happenings.reverse();
    // What fell due since, though nobody acted: he sees the case as the law does.
    let actor: Option<ActorId> = "system:front-door".parse().ok();
    let settled = actor.map(|actor| settled_case(&found.case, &calendars, &Context { actor, now }).case);
    let case = settled.as_ref().unwrap_or(&found.case);
    let mut answer = K::answer(case);
    if let (Some((name, sealed)), None) = (K::sealed_answer(case), &case.erased) {
        answer.extend(opened(state, found, (name, sealed), now).await?);
    }
    let holder = match &case.department {
        Some(department) => Some(name_of(state, department).await?),
        None => None,
    };
    Ok(StatusPage {
        number: case.opened.as_ref().map(|opened| opened.opening.number.to_string()).unwrap_or_default(),
        title: K::NAME.to_owned(),
        state: K::stands(case).to_owned(),
        holder,
        countdown: countdown(case, &calendars, now),
        answer,
        happenings,
    })
}

/// What was answered under the case's key; that its citizen read it is recorded first.
async fn opened<S: Casework, K: Words>(
    state: &S,
    found: &Found<K>,
    (name, sealed): (&str, &Sealed),
    now: Timestamp,
) -> Result<Vec<String>, FindError> {
    let (Ok(field), Ok(why)) = (name.parse::<FieldName>(), Line::new(WHY)) else { return Ok(Vec::new()) };
    let opening = Opening::citizen(&found.stream, why, shanghai::local(now).date());
    let opened = state.vault().open(&opening, &[Closed::Text(&field, sealed)]).await?;
    let text = opened.text(&field).unwrap_or_default();
    Ok(text.split("\n\n").map(str::to_owned).collect())
}

/// What happens next after the receipt, and by when.
#[must_use]
pub fn due_note<K: Words>(case: &CaseFile<K>, text: &str) -> NextNote {
    let due = case.deadlines.next().map(|(_, due)| last_day(due));
    NextNote { text: text.to_owned(), due }
}

/// The deadline that is the citizen's, or the one that runs before it.
fn countdown<K: Words>(case: &CaseFile<K>, calendars: &CalendarHistory, now: Timestamp) -> Option<Countdown> {
    if case.own.closed_at().is_some() {
        return None;
    }
    let owed = case.deadlines.get(K::OWED);
    let next = || case.deadlines.next().and_then(|(name, _)| case.deadlines.get(name));
    let deadline: &Deadline = owed.or_else(next)?;
    Some(Countdown::of(deadline, calendars.version(deadline.calendar)?, now))
}

/// The instant since which it counts, where that is not the commit's.
fn effective_at<K: Words>(event: &Occurrence<K>) -> Option<Timestamp> {
    match event {
        Occurrence::Common(CaseEvent::DeadlineChanged(change)) => Some(change.effective_at),
        _ => None,
    }
}

async fn name_of<S: Casework>(state: &S, code: &DepartmentCode) -> Result<String, FindError> {
    let (department, _, _) = state.ledger().read::<Department>(&code.stream()).await?;
    let name = department.registered.map(|(_, profile)| profile.name);
    Ok(name.map_or_else(|| code.to_string(), |name: Line<60>| name.to_string()))
}
