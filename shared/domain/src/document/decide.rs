//! What may happen to a document next.

use std::collections::BTreeSet;

use super::{
    attachment::Attachment,
    content::{Content, RevisionHash},
    draft::{Draft, Stage},
    event::DocumentEvent,
    refusal::DocumentRefusal,
    relation::Related,
    state::Document,
};
use crate::{
    aggregate::Context,
    column::{Archive, Levels},
    id::{ColumnId, DepartmentCode, DocumentId},
    index_number::IndexNumber,
    path::{PagePath, Slug},
    text::{Line, Prose},
};

type Decision = Result<Vec<DocumentEvent>, DocumentRefusal>;

/// Most files that a document ever gave its readers: each has a name for good.
const FILES: usize = 500;

/// Places that a document may ever stand at: each leads to the present one for good, so a move writes as many pages as there were moves.
const PLACES: usize = 50;

/// A text as its editor wrote it, and what was taken out of it before it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What it says.
    pub content: Content,
    /// Names of markup that was taken out of the body: `span`, `p[style]`.
    pub removed: Vec<Line<80>>,
}

impl From<Content> for Written {
    /// A text of which nothing was taken out.
    fn from(content: Content) -> Self {
        Self { content, removed: Vec::new() }
    }
}

/// Writes the first draft of `document`.
///
/// # Errors
/// The stream has a document, or the document is related to itself or to another twice.
pub fn draft(
    state: &Document,
    document: DocumentId,
    column: ColumnId,
    department: DepartmentCode,
    written: impl Into<Written>,
    _: &Context,
) -> Decision {
    if state.id.is_some() {
        return Err(DocumentRefusal::AlreadyDrafted);
    }
    let Written { content, removed } = written.into();
    related_to_others(&document, &content)?;
    let revision = content.revision();
    Ok(vec![DocumentEvent::DocumentDrafted { document, column, department, content, revision, removed }])
}

/// Changes the draft, or begins a new one: beside the public text, or where nothing is left but the history, of a document withdrawn or a draft thrown away.
///
/// # Errors
/// There is no document, the text is the one that stands, a file of it was erased, or the document is related to itself or to another twice.
pub fn revise(state: &Document, written: impl Into<Written>, _: &Context) -> Decision {
    let id = state.id.as_ref().ok_or(DocumentRefusal::NotDrafted)?;
    let Written { content, removed } = written.into();
    related_to_others(id, &content)?;
    if let Some(file) = state.erased_among(&content.attachments) {
        return Err(DocumentRefusal::FileErased { file: file.clone() });
    }
    let revision = content.revision();
    let standing = match (&state.draft, &state.live) {
        (Some(draft), _) => Some(&draft.revision),
        (None, Some(live)) => Some(&live.revision),
        (None, None) => None,
    };
    if standing == Some(&revision) {
        return Err(DocumentRefusal::Unchanged);
    }
    Ok(vec![DocumentEvent::DraftRevised { content, revision, removed }])
}

/// Asks for review of the draft as it stands.
///
/// # Errors
/// There is no draft, or it was submitted already.
pub fn submit(state: &Document, _: &Context) -> Decision {
    let draft = drafted(state)?;
    match draft.stage {
        Stage::Submitted { .. } => Err(DocumentRefusal::AlreadySubmitted),
        Stage::Editing | Stage::Returned { .. } => {
            Ok(vec![DocumentEvent::DocumentSubmitted { revision: draft.revision.clone() }])
        }
    }
}

/// Sends the draft back to its editors.
///
/// # Errors
/// It is not with the reviewers, or at another revision.
pub fn return_to_editor(state: &Document, revision: RevisionHash, remark: Line<500>, _: &Context) -> Decision {
    let draft = drafted(state)?;
    same_revision(draft, &revision)?;
    match draft.stage {
        Stage::Submitted { .. } => Ok(vec![DocumentEvent::DocumentReturned { revision, remark }]),
        Stage::Editing | Stage::Returned { .. } => Err(DocumentRefusal::NotSubmitted),
    }
}

/// Approves exactly `revision` at the level whose turn it is (RULES.md A3 art. 17; four eyes, and other eyes at each level).
///
/// # Errors
/// It is not with the reviewers, at another revision, has all approvals, or the reviewer edited it or approved it before.
pub fn approve(state: &Document, revision: RevisionHash, levels: &Levels, context: &Context) -> Decision {
    let draft = drafted(state)?;
    same_revision(draft, &revision)?;
    let Stage::Submitted { approvals, .. } = &draft.stage else {
        return Err(DocumentRefusal::NotSubmitted);
    };
    if approvals.len() >= levels.count() {
        return Err(DocumentRefusal::AlreadyApproved);
    }
    if draft.editors.contains(&context.actor) {
        return Err(DocumentRefusal::OwnEdit);
    }
    if approvals.contains(&context.actor) {
        return Err(DocumentRefusal::OwnApproval);
    }
    Ok(vec![DocumentEvent::DocumentApproved { revision }])
}

/// What `publish` needs beside the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publish {
    /// Last part of the path; the last one where there was one, else made from the document's id.
    pub slug: Option<Slug>,
    /// How the column's archive is cut.
    pub archive: Archive,
    /// The next free index number, for a first publication.
    pub index_number: IndexNumber,
    /// The documents that the draft relates to, as they stand.
    pub related: Vec<Related>,
}

/// Makes the approved revision public.
///
/// A document that was public before keeps its index number, the date in its path and, if no other is given, its slug: a place that belongs to another
/// document must not keep it from coming back. The public instant is the commit's: nobody can set it.
///
/// # Errors
/// A level's approval is missing, the document is public, or its expiry has passed.
pub fn publish(state: &Document, command: Publish, levels: &Levels, context: &Context) -> Decision {
    let draft = approved(state, levels)?;
    Ok(vec![first_time(state, draft, command, context)?])
}

/// The draft as the first public text, or the first after a withdrawal, whoever has approved it.
pub(super) fn first_time(
    state: &Document,
    draft: &Draft,
    command: Publish,
    context: &Context,
) -> Result<DocumentEvent, DocumentRefusal> {
    if state.live.is_some() {
        return Err(DocumentRefusal::AlreadyPublic);
    }
    if let Some(expiry) = state.expiry.as_ref().filter(|expiry| expiry.at <= context.now) {
        return Err(DocumentRefusal::Expired { at: expiry.at });
    }
    looked_up(draft, &command.related)?;
    within_files(state, draft)?;
    let column = state.column.clone().ok_or(DocumentRefusal::NotDrafted)?;
    let path = match (&state.withdrawn, &state.id) {
        (Some(withdrawn), _) => withdrawn.place.1.under(&column, command.slug.as_ref()),
        (None, Some(id)) => {
            PagePath::of_document(&column, context.now, &command.slug.unwrap_or_else(|| Slug::of_document(id)))
        }
        (None, None) => return Err(DocumentRefusal::NotDrafted),
    };
    let index_number = state.index_number.clone().unwrap_or(command.index_number);
    Ok(DocumentEvent::DocumentPublished {
        revision: draft.revision.clone(),
        column,
        archive: command.archive,
        path,
        index_number,
        related: command.related,
    })
}

/// Replaces the public text by the approved revision, telling the public what changed; `related` are the documents that it relates to, as they stand.
///
/// # Errors
/// A level's approval is missing, or the document is not public.
pub fn correct(state: &Document, note: Line<300>, related: Vec<Related>, levels: &Levels, _: &Context) -> Decision {
    if state.live.is_none() {
        return Err(DocumentRefusal::NotPublic);
    }
    let draft = approved(state, levels)?;
    Ok(vec![in_place(state, draft, note, related)?])
}

/// The draft in place of the public text, whoever has approved it.
pub(super) fn in_place(
    state: &Document,
    draft: &Draft,
    note: Line<300>,
    related: Vec<Related>,
) -> Result<DocumentEvent, DocumentRefusal> {
    if state.live.is_none() {
        return Err(DocumentRefusal::NotPublic);
    }
    if state.live.as_ref().is_some_and(|live| live.revision == draft.revision) {
        return Err(DocumentRefusal::Unchanged);
    }
    looked_up(draft, &related)?;
    within_files(state, draft)?;
    Ok(DocumentEvent::DocumentCorrected { revision: draft.revision.clone(), note, related })
}

/// Moves the document to another column, of this or another site.
///
/// What is under review has to be submitted again: review is of a text in its column.
///
/// A public document keeps its date and, if no other is given, its slug in the new path; the old path leads there for good. What is not public has no
/// path yet: its slug is given when it is published.
///
/// # Errors
/// There is no document, it stands there already, a slug is given for what is not public, or it has stood at fifty places.
pub fn relocate(state: &Document, column: ColumnId, archive: Archive, slug: Option<&Slug>, _: &Context) -> Decision {
    let current = state.column.as_ref().ok_or(DocumentRefusal::NotDrafted)?;
    if *current == column {
        return Err(DocumentRefusal::SameColumn { column });
    }
    if state.live.is_none() && slug.is_some() {
        return Err(DocumentRefusal::NotPublic);
    }
    let path = state.live.as_ref().map(|live| live.path.under(&column, slug));
    let another = |path: &PagePath| !state.places.contains(&(column.site(), path.clone()));
    if path.as_ref().is_some_and(another) && state.places.len() >= PLACES {
        return Err(DocumentRefusal::MovedTooOften { places: PLACES });
    }
    Ok(vec![DocumentEvent::DocumentMoved { column, archive, path }])
}

/// Takes the document from the public, saying why.
///
/// # Errors
/// It is not public.
pub fn withdraw(state: &Document, reason: Prose<300>, _: &Context) -> Decision {
    match state.live {
        Some(_) => Ok(vec![DocumentEvent::DocumentWithdrawn { reason }]),
        None => Err(DocumentRefusal::NotPublic),
    }
}

/// That a text's relations are to other documents, each told once.
pub(super) fn related_to_others(document: &DocumentId, content: &Content) -> Result<(), DocumentRefusal> {
    let mut told = BTreeSet::new();
    for relation in &content.relations {
        if relation.document == *document {
            return Err(DocumentRefusal::RelatedToItself);
        }
        if !told.insert(relation) {
            return Err(DocumentRefusal::RelatedTwice { document: relation.document.clone() });
        }
    }
    Ok(())
}

/// That `related` are the documents that the draft names, in its order.
fn looked_up(draft: &Draft, related: &[Related]) -> Result<(), DocumentRefusal> {
    let found = related.iter().map(|found| (found.kind, &found.document));
    if found.eq(draft.content.relations.iter().map(|named| (named.kind, &named.document))) {
        Ok(())
    } else {
        Err(DocumentRefusal::RelationsMoved)
    }
}

/// That the document's files stay as many as a fold carries along for good.
fn within_files(state: &Document, draft: &Draft) -> Result<(), DocumentRefusal> {
    let given =
        |attachment: &Attachment| state.files.iter().any(|file| file.gone.is_none() && file.attachment == *attachment);
    let new = draft.content.attachments.iter().filter(|attachment| !given(attachment)).count();
    if new > 0 && state.files.len() + new > FILES {
        return Err(DocumentRefusal::TooManyFiles { files: FILES });
    }
    Ok(())
}

pub(super) fn drafted(state: &Document) -> Result<&Draft, DocumentRefusal> {
    if state.id.is_none() {
        return Err(DocumentRefusal::NotDrafted);
    }
    state.draft.as_ref().ok_or(DocumentRefusal::NoDraft)
}

/// The levels are those of the column today: an approval too many is no harm, one too few is asked for.
pub(super) fn approved<'a>(state: &'a Document, levels: &Levels) -> Result<&'a Draft, DocumentRefusal> {
    let draft = drafted(state)?;
    let (approvals, levels) = (draft.stage.approvals().len(), levels.count());
    if approvals < levels { Err(DocumentRefusal::NotApproved { approvals, levels }) } else { Ok(draft) }
}

pub(super) fn same_revision(draft: &Draft, given: &RevisionHash) -> Result<(), DocumentRefusal> {
    if draft.revision == *given {
        Ok(())
    } else {
        Err(DocumentRefusal::OtherRevision { current: draft.revision.clone(), given: given.clone() })
    }
}
