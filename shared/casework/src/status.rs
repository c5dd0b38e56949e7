//! How a case stands, for its citizen: a timeline straight from its events.

use std::collections::BTreeMap;

use domain::{
    ActorId, Context, DepartmentCode, FieldName,
    calendar::CalendarHistory,
    case::{CaseEvent, CaseFile, Duty, Occurrence},
    deadline::Deadline,
    department::Department,
    shanghai,
    text::Line,
};
use frontdoor::Standing;
use jiff::Timestamp;
use pages::{
    Countdown,
    front::{AskedNote, Happening, NextNote, StatusPage},
};
use vault::{Closed, Opening};

use crate::{
    act::{calendars, settled_case},
    casework::Casework,
    find::{FindError, Found},
    words::{Paper, Words, last_day},
};

/// Why a citizen reads his own case.
const WHY: &str = "凭查询码查看办理结果";

/// How `found` stands at `now`.
///
/// # Errors
/// Calendar or departments cannot be read.
pub async fn status<S: Casework, K: Words>(state: &S, found: &Found<K>, now: Timestamp) -> Result<Standing, FindError> {
    let calendars = calendars(state).await?;
    // What fell due since, though nobody acted: he sees the case as the law does.
    let settled = settled_case(&found.case, &calendars, &Context { actor: ActorId::citizen(&found.stream), now });
    let case = &settled.case;
    let committed = found.events()?.into_iter().map(|(commit, event)| (commit.at, event));
    let mut happenings = Vec::new();
    for (at, event) in committed.chain(settled.events.iter().map(|event| (now, event.clone()))) {
        let Some(entry) = K::told(&event) else { continue };
        let by = match &event {
            Occurrence::Common(CaseEvent::CaseAssigned { department, .. }) => Some(name_of(state, department).await?),
            _ => None,
        };
        let at = effective_at(&event).unwrap_or(at);
        happenings.push(Happening { at, title: entry.title, by, text: entry.text, link: entry.link });
    }
    happenings.reverse();
    let (questions, reply) = match case.erased {
        None => (K::sealed_questions(case), K::sealed_answer(case)),
        Some(_) => (Vec::new(), None),
    };
    let papers: Vec<&Paper<'_>> = questions.iter().chain(&reply).collect();
    let mut told = opened(state, found, &papers, now).await?;
    let mut paragraphs = |paper: &Paper<'_>| told.remove(&paper.name).unwrap_or_default();
    let asked = questions.iter().map(|paper| AskedNote { title: paper.title.clone(), paragraphs: paragraphs(paper) });
    let asked = asked.collect();
    let mut answer = K::answer(case);
    answer.extend(reply.as_ref().map(paragraphs).unwrap_or_default());
    let holder = match &case.department {
        Some(department) => Some(name_of(state, department).await?),
        None => None,
    };
    let page = StatusPage {
        number: case.opened.as_ref().map(|opened| opened.opening.number.to_string()).unwrap_or_default(),
        title: K::NAME.to_owned(),
        state: K::stands(case).to_owned(),
        holder,
        countdown: countdown(case, &calendars, now),
        asked,
        answer,
        happenings,
    };
    Ok(Standing { page, acts: K::citizen_acts(case) })
}

/// What is under the case's key, in paragraphs by name; that its citizen read it is recorded first.
async fn opened<S: Casework, K: Words>(
    state: &S,
    found: &Found<K>,
    papers: &[&Paper<'_>],
    now: Timestamp,
) -> Result<BTreeMap<String, Vec<String>>, FindError> {
    let named: Vec<(FieldName, &Paper<'_>)> =
        papers.iter().filter_map(|paper| Some((paper.name.parse().ok()?, *paper))).collect();
    let (false, Ok(why)) = (named.is_empty(), Line::new(WHY)) else { return Ok(BTreeMap::new()) };
    let closed: Vec<Closed<'_>> = named.iter().map(|(name, paper)| Closed::Text(name, paper.sealed)).collect();
    let opening = Opening::citizen(&found.stream, why, shanghai::local(now).date());
    let opened = state.vault().open(&opening, &closed).await?;
    let told = named.iter().map(|(name, paper)| {
        let text = opened.text(name).unwrap_or_default();
        (paper.name.clone(), text.split("\n\n").map(str::to_owned).collect())
    });
    Ok(told.collect())
}

/// What happens next after the receipt, and by when.
#[must_use]
pub fn due_note<K: Words>(case: &CaseFile<K>, text: &str) -> NextNote {
    let due = case.deadlines.next().map(|(_, due)| last_day(due));
    NextNote { text: text.to_owned(), due }
}

/// The deadline by which he has to act; else the one that is his; else the one that runs before it.
fn countdown<K: Words>(case: &CaseFile<K>, calendars: &CalendarHistory, now: Timestamp) -> Option<Countdown> {
    if case.own.closed_at().is_some() {
        return None;
    }
    let his = case.deadlines.open().find(|(name, _)| K::duty(*name) == Duty::Citizen);
    let known = |name: K::Deadline| case.deadlines.get(name).map(|deadline| (name, deadline));
    let owed = || known(K::OWED);
    let next = || case.deadlines.next().and_then(|(name, _)| known(name));
    let (name, deadline): (K::Deadline, &Deadline) = his.or_else(owed).or_else(next)?;
    let mut countdown = Countdown::of(deadline, calendars.version(deadline.calendar)?, now);
    countdown.sentence.push_str(K::basis(case, name).unwrap_or_default());
    Some(countdown)
}

/// The instant since which it counts, where that is not the commit's.
fn effective_at<K: Words>(event: &Occurrence<K>) -> Option<Timestamp> {
    match event {
        Occurrence::Common(CaseEvent::DeadlineChanged(change)) => Some(change.effective_at),
        Occurrence::Common(_) => None,
        Occurrence::Own(event) => K::effective_at(event),
    }
}

async fn name_of<S: Casework>(state: &S, code: &DepartmentCode) -> Result<String, FindError> {
    let (department, _, _) = state.ledger().read::<Department>(&code.stream()).await?;
    let name = department.registered.map(|(_, profile)| profile.name);
    Ok(name.map_or_else(|| code.to_string(), |name: Line<60>| name.to_string()))
}
