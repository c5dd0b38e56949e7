//! How a case stands, for its citizen: a timeline straight from its events.

use std::collections::BTreeMap;

use domain::{
    ActorId, Context, DepartmentCode, FieldName, Sealed,
    calendar::CalendarHistory,
    case::{CaseEvent, CaseFile, Duty, Occurrence},
    deadline::Deadline,
    department::Department,
    shanghai,
    text::Line,
};
use frontdoor::{SavedFile, Standing, about};
use jiff::Timestamp;
use pages::{
    Countdown,
    front::{AskedNote, GivenFile, Happening, NextNote, StatusPage},
};
use vault::{Closed, Opening, VaultError};

use crate::{
    act::{calendars, settled_case},
    casework::Casework,
    files::{Item, items},
    find::{FindError, Found},
    rating::{acts, seen},
    words::{Paper, Words, last_day},
};

/// Why a citizen reads his own case.
const WHY: &str = "凭查询码查看办理结果";

/// Why he has a file that was given with the answer.
const WHY_FILE: &str = "凭查询码下载答复的附件";

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
    let files = given_with(case);
    let papers = questions.iter().chain(&reply).map(|paper| (paper.name.as_str(), paper.sealed));
    let named = files.iter().map(|item| (item.name.as_str(), item.called));
    let mut told = opened(state, found, &papers.chain(named).collect::<Vec<_>>(), now).await?;
    let files = files.iter().map(|item| GivenFile {
        file: item.file.to_string(),
        name: told.remove(item.name.as_str()).unwrap_or_default(),
        about: about(item.kind, item.bytes),
    });
    let files = files.collect();
    let mut paragraphs = |paper: &Paper<'_>| {
        let text = told.remove(&paper.name).unwrap_or_default();
        text.split("\n\n").map(str::to_owned).collect::<Vec<_>>()
    };
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
        files,
        happenings,
    };
    Ok(Standing { page, acts: acts(state, case, now), seen: seen(case) })
}

/// The files that were given with the answer of a case; of an erased one nobody has any.
fn given_with<K: Words>(case: &CaseFile<K>) -> Vec<Item<'_>> {
    // INVARIANT: names of files are words of this crate.
    let mut files = items(case).unwrap_or_default();
    files.retain(|item| case.erased.is_none() && K::given(case).contains(&item.file));
    files
}

/// A file that was given with the answer, for the citizen of the case; that he reads it is recorded first. None where no such file was given.
///
/// # Errors
/// The calendar or the file cannot be read, or the vault did not do its part.
pub(crate) async fn given<S: Casework, K: Words>(
    state: &S,
    found: &Found<K>,
    file: &str,
    now: Timestamp,
) -> Result<Option<SavedFile>, FindError> {
    let calendars = calendars(state).await?;
    let context = Context { actor: ActorId::citizen(&found.stream), now };
    let case = settled_case(&found.case, &calendars, &context).case;
    let files = given_with(&case);
    let (Some(item), Ok(why)) = (files.iter().find(|item| item.file.as_str() == file), Line::new(WHY_FILE)) else {
        return Ok(None);
    };
    let Some(sealed) = item.lying(state, &found.stream).await? else {
        let (what, of) = (item.file.to_string(), found.stream.to_string());
        return Err(VaultError::Damaged { what, of, reason: "its bytes are not there".to_owned() }.into());
    };
    let opening = Opening::citizen(&found.stream, why, shanghai::local(now).date());
    Ok(Some(item.saved(&state.vault().open(&opening, &item.closed(&sealed)).await?)))
}

/// What is under the case's key, by name; that its citizen read it is recorded first.
async fn opened<S: Casework, K: Words>(
    state: &S,
    found: &Found<K>,
    sealed: &[(&str, &Sealed)],
    now: Timestamp,
) -> Result<BTreeMap<String, String>, FindError> {
    let named = sealed.iter().filter_map(|(name, sealed)| Some((name.parse().ok()?, *sealed)));
    let named: Vec<(FieldName, &Sealed)> = named.collect();
    let (false, Ok(why)) = (named.is_empty(), Line::new(WHY)) else { return Ok(BTreeMap::new()) };
    let closed: Vec<Closed<'_>> = named.iter().map(|(name, sealed)| Closed::Text(name, sealed)).collect();
    let opening = Opening::citizen(&found.stream, why, shanghai::local(now).date());
    let opened = state.vault().open(&opening, &closed).await?;
    let told = |name: &FieldName| (name.to_string(), opened.text(name).unwrap_or_default().to_owned());
    Ok(named.iter().map(|(name, _)| told(name)).collect())
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
