//! A case as its handlers see it.

use access::Action;
use command::{Before, Caller};
use domain::{
    Context, StreamId,
    calendar::CalendarHistory,
    case::{CaseFile, CaseRefusal, Opened, Personal, Undelivered},
    deadline::{Deadline, Status},
    reading::{MOST_FIELDS, Reading, Readings},
    text::Line,
};
use frontdoor::form::Form;
use jiff::Timestamp;
use ledger::LoadError;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use vault::{Closed, Opened as OpenedFields, Opening, VaultError};

use crate::{
    act::{calendars, permitted, settled_case},
    answers::{OpenedAnswer, in_words},
    casework::Casework,
    files::{self, FileView, OpenedFile, field as name, opened_for},
    rating::{RatingView, rating_paper},
    receive::CONTENT,
    words::Words,
};

/// Under which name the `number`-th note of a case is sealed, from 1.
#[must_use]
pub fn note_name(number: usize) -> String {
    format!("note-{number}")
}

/// A case before it is opened: no word of what anybody wrote.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseView {
    /// Kind and id.
    pub stream: String,
    /// Its version: what the next `If-Match` names.
    pub version: u64,
    /// Its number (受理编号).
    #[schema(example = "ZC-20261130-482137")]
    pub number: String,
    /// What it is: `网民找错`.
    pub kind: &'static str,
    /// How it stands.
    pub stands: &'static str,
    /// Label of the site it was sent from.
    pub site: String,
    /// Code of the department that answers for it.
    pub department: String,
    /// Every department that ever did, the first one first.
    pub departments: Vec<String>,
    /// Id of the person who does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handler: Option<String>,
    /// When it came in.
    #[schema(format = "date-time")]
    pub opened_at: String,
    /// When it came to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    pub closed_at: Option<String>,
    /// Until the end of which day what is personal in it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date")]
    pub kept_until: Option<String>,
    /// Whether what is personal in it is erased.
    pub erased: bool,
    /// The form that was filled in, and its version.
    pub form: String,
    /// Its version.
    pub form_version: u32,
    /// Its deadlines, by name.
    pub deadlines: Vec<DeadlineView>,
    /// Notes of its handlers: who, when; the words are opened with the case.
    pub notes: Vec<NoteView>,
    /// Files that came with it, and those that staff put into it: what they are; what they are called is opened with the case.
    pub files: Vec<FileView>,
    /// What its citizen says of the reply, if he said anything; what he wrote is opened with the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<RatingView>,
    /// What somebody was to be told of it and could not be.
    pub undelivered: Vec<UndeliveredView>,
}

/// A message that could not be delivered.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndeliveredView {
    /// When that was given up.
    #[schema(format = "date-time")]
    pub at: String,
    /// What it was to tell: `答复通知`.
    pub notice: &'static str,
    /// Whom: `诉求人`.
    pub to: &'static str,
}

/// A deadline of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadlineView {
    /// Its name among those of its kind.
    #[schema(example = "reply")]
    pub name: String,
    /// What it is called: `答复期限`.
    pub title: String,
    /// Which rule sets it.
    pub rule: String,
    /// `running`, `stopped`, `met`, `lifted`, `fell-due`.
    pub status: &'static str,
    /// When it is due, or since when it stands so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    pub at: Option<String>,
    /// How it was counted, in a sentence, and by which rule it began when it did.
    pub account: String,
}

/// A note before it is opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteView {
    /// When.
    #[schema(format = "date-time")]
    pub at: String,
    /// Whose.
    pub by: String,
}

/// What was written in a case.
#[derive(Serialize, ToSchema)]
pub struct OpenedCase {
    /// The version of the case that was read: who acts upon what he read names it (`If-Match`).
    #[schema(minimum = 1, example = 4)]
    pub version: u64,
    /// What was answered, in the order and in the words of the form that was filled in.
    pub content: Vec<OpenedAnswer>,
    /// Files that came with it, in the order of the form, then those of staff; each is asked for by itself.
    pub files: Vec<OpenedFile>,
    /// Who sent it, as far as he told: `name`, `phone`, `email` ….
    pub identity: BTreeMap<String, String>,
    /// What was written to him, by him and to others since, oldest first.
    pub papers: Vec<OpenedPaper>,
    /// Notes of its handlers, oldest first; of many the newest.
    pub notes: Vec<OpenedNote>,
}

/// Something else that was written in a case.
#[derive(Serialize, ToSchema)]
pub struct OpenedPaper {
    /// Under which name it is sealed.
    #[schema(example = "missing")]
    pub name: String,
    /// What it is.
    #[schema(example = "补正告知")]
    pub title: String,
    /// What it says.
    pub text: String,
}

/// A note that was opened.
#[derive(Serialize, ToSchema)]
pub struct OpenedNote {
    /// When.
    #[schema(format = "date-time")]
    pub at: String,
    /// Whose.
    pub by: String,
    /// The note.
    pub text: String,
}

/// Somebody's reading of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadingView {
    /// When.
    #[schema(format = "date-time")]
    pub at: String,
    /// Who.
    pub by: String,
    /// In the name of which department.
    pub department: String,
    /// What.
    pub fields: Vec<String>,
    /// Why.
    pub why: String,
}

/// A case as it stands now, for somebody who may see that there is one.
///
/// # Errors
/// There is no such case, he may not, or it cannot be read.
pub async fn case_view<S, K>(
    state: &S,
    caller: &Caller,
    stream: &StreamId,
) -> Result<(CaseView, CaseFile<K>), S::Refusal>
where
    S: Casework,
    K: Words,
    S::Refusal: From<CaseRefusal> + From<LoadError>,
{
    let (case, version, _) = state.ledger().read::<CaseFile<K>>(stream).await?;
    permitted(state, &caller.staff, Action::ListCases, &case)?;
    let calendars = calendars(state).await?;
    let context = Context { actor: caller.actor.clone(), now: state.clock().now() };
    let case = settled_case(&case, &calendars, &context).case;
    let Some(Opened { at, opening }) = case.opened.clone() else { return Err(CaseRefusal::NotOpened.into()) };
    let view = CaseView {
        stream: stream.to_string(),
        version,
        number: opening.number.to_string(),
        kind: K::NAME,
        stands: K::stands(&case),
        site: opening.site.to_string(),
        department: case.department.as_ref().map(ToString::to_string).unwrap_or_default(),
        departments: case.departments.iter().map(ToString::to_string).collect(),
        handler: case.handler.as_ref().map(ToString::to_string),
        opened_at: at.to_string(),
        closed_at: case.own.closed_at().map(|at| at.to_string()),
        kept_until: case.kept_until().map(|day| day.to_string()),
        erased: case.erased.is_some(),
        form: opening.form.name.to_string(),
        form_version: opening.form.version,
        deadlines: case
            .deadlines
            .iter()
            .map(|(name, deadline)| DeadlineView::of(&name, deadline, K::basis(&case, name), &calendars))
            .collect(),
        notes: case.notes.iter().map(|note| NoteView { at: note.at.to_string(), by: note.by.to_string() }).collect(),
        files: files::told(&case)?,
        rating: case.rated.as_ref().map(|rated| RatingView::of(rated, case.own.answered())),
        undelivered: case.undelivered.iter().map(UndeliveredView::of).collect(),
    };
    Ok((view, case))
}

impl UndeliveredView {
    fn of(undelivered: &Undelivered) -> Self {
        let Undelivered { at, notice, to } = undelivered;
        Self { at: at.to_string(), notice: notice.chinese(), to: to.chinese() }
    }
}

impl DeadlineView {
    fn of(name: &impl Serialize, deadline: &Deadline, basis: Option<&str>, calendars: &CalendarHistory) -> Self {
        // Names of deadlines are words.
        let name = serde_json::to_value(name).ok().and_then(|name| name.as_str().map(str::to_owned));
        let (status, at): (_, Option<Timestamp>) = match deadline.status {
            Status::Running { due } => ("running", Some(due)),
            Status::Stopped => ("stopped", None),
            Status::Met { at } => ("met", Some(at)),
            Status::Lifted { at } => ("lifted", Some(at)),
            Status::FellDue { at } => ("fell-due", Some(at)),
        };
        let calendar = calendars.version(deadline.calendar).unwrap_or(calendars.unadopted());
        Self {
            name: name.unwrap_or_default(),
            title: deadline.term.limit.title.to_string(),
            rule: deadline.term.limit.rule.to_string(),
            status,
            at: at.map(|at| at.to_string()),
            account: deadline.sentence(calendar) + basis.unwrap_or_default(),
        }
    }
}

/// What was written in a case, for somebody who answers it; that he reads it, and why, is recorded first. `form` finds a form by name and version.
///
/// # Errors
/// There is no such case, he may not, it is erased, or the vault did not do its part: nothing was opened then.
pub async fn opened<S, K>(
    state: &S,
    caller: &Caller,
    stream: &StreamId,
    why: Line<200>,
    form: fn(&str, u32) -> Option<&'static Form>,
) -> Result<OpenedCase, S::Refusal>
where
    S: Casework,
    K: Words,
    S::Refusal: From<CaseRefusal> + From<LoadError> + From<VaultError>,
{
    let (case, version, _) = state.ledger().read::<CaseFile<K>>(stream).await?;
    permitted(state, &caller.staff, Action::HandleCase, &case)?;
    let calendars = calendars(state).await?;
    let context = Context { actor: caller.actor.clone(), now: state.clock().now() };
    let case = settled_case(&case, &calendars, &context).case;
    let content = case.readable()?.content();
    let Some(Personal::Kept(content)) = content else { return Err(CaseRefusal::Erased.into()) };
    let field = name(CONTENT)?;
    let items = files::items(&case)?;
    let mut papers = Vec::new();
    for paper in K::papers(&case).into_iter().chain(rating_paper(&case)) {
        papers.push((name(&paper.name)?, paper));
    }
    let mut notes = Vec::new();
    for (place, note) in case.notes.iter().enumerate() {
        if let Some(sealed) = note.text.kept() {
            notes.push((name(&note_name(place + 1))?, sealed, note));
        }
    }
    let opening = Opening::staff(stream, caller.actor.clone(), case.department.clone(), why);
    let mut closed = vec![Closed::Text(&field, &content)];
    closed.extend(case.identity().map(Closed::Identity));
    // The newest ones: a reading names so many fields at most.
    let papers = newest(&papers, closed.len());
    closed.extend(papers.iter().map(|(name, paper)| Closed::Text(name, paper.sealed)));
    let notes = newest(&notes, closed.len());
    closed.extend(notes.iter().map(|(name, sealed, _)| Closed::Text(name, sealed)));
    let opened = opened_for(state, stream, &case, &opening, &closed).await?;
    let told = opened.text(&field).map_or_else(|| Ok(BTreeMap::new()), |text| answers_in(stream, text))?;
    let shown = case.opened.as_ref().map(|opened| &opened.opening.form);
    let form = shown.and_then(|shown| form(shown.name.as_str(), shown.version));
    // Names of files are a reading of their own: many files keep no letter from being read.
    let called: Vec<Closed<'_>> = items.iter().map(|item| Closed::Text(&item.name, item.called)).collect();
    let called = match called.is_empty() {
        true => OpenedFields::default(),
        false => opened_for(state, stream, &case, &opening, &called).await?,
    };
    let (content, files) = (in_words(form, told), files::opened(&items, form, &called));
    let identity = opened.identity().map(|identity| {
        let names = identity.names().map(str::to_owned);
        names.map(|name| (name.clone(), identity.get(&name).unwrap_or_default().to_owned())).collect()
    });
    let papers = papers.iter().map(|(name, paper)| OpenedPaper {
        name: paper.name.clone(),
        title: paper.title.clone(),
        text: opened.text(name).unwrap_or_default().to_owned(),
    });
    let papers = papers.collect();
    let notes = notes.iter().map(|(name, _, note)| OpenedNote {
        at: note.at.to_string(),
        by: note.by.to_string(),
        text: opened.text(name).unwrap_or_default().to_owned(),
    });
    let notes = notes.collect();
    Ok(OpenedCase { version, content, files, identity: identity.unwrap_or_default(), papers, notes })
}

/// What was filled in, as it was sealed.
fn answers_in(stream: &StreamId, text: &str) -> Result<BTreeMap<String, String>, VaultError> {
    serde_json::from_str(text).map_err(|error| VaultError::Damaged {
        what: "what was filled in".to_owned(),
        of: stream.to_string(),
        // Where it ends to be JSON; not what stands there.
        reason: format!("line {} column {}", error.line(), error.column()),
    })
}

/// The newest, as many as a reading names beside `taken` others.
fn newest<T>(all: &[T], taken: usize) -> &[T] {
    all.get(all.len().saturating_sub(MOST_FIELDS.saturating_sub(taken))..).unwrap_or_default()
}

/// Who read a case, for whoever watches the readers: a part of all that did, newest first, and what the part before it is asked by.
///
/// # Errors
/// There is no such case, he may not, or it cannot be read.
pub async fn readings<S, K>(
    state: &S,
    caller: &Caller,
    stream: &StreamId,
    before: &Before,
) -> Result<(Vec<ReadingView>, Option<u64>), S::Refusal>
where
    S: Casework,
    K: Words,
    S::Refusal: From<CaseRefusal> + From<LoadError>,
{
    let (case, _, _) = state.ledger().read::<CaseFile<K>>(stream).await?;
    permitted(state, &caller.staff, Action::AuditReadings, &case)?;
    let (all, _, _) = state.ledger().read::<Readings>(&StreamId::reading(stream)).await?;
    let (part, earlier) = before.part(all.readings, |reading| reading.commit);
    Ok((part.iter().rev().map(ReadingView::of).collect(), earlier))
}

impl ReadingView {
    fn of(reading: &Reading) -> Self {
        Self {
            at: reading.at.to_string(),
            by: reading.actor.to_string(),
            department: reading.department.to_string(),
            fields: reading.fields.iter().map(ToString::to_string).collect(),
            why: reading.why.to_string(),
        }
    }
}
