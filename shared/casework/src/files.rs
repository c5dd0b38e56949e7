//! Files of a case, those that came with it and those that staff put into it: told of, and handed out to who answers it.

use access::Action;
use command::Caller;
use domain::{
    Context, FieldName, Sealed, StreamId,
    case::{Added, CaseFile, CaseRefusal, Enclosed},
    document::BodyHash,
    file::FileKind,
    text::Line,
};
use frontdoor::{SavedFile, form::Form};
use gateway::Problem;
use ledger::LoadError;
use serde::Serialize;
use utoipa::ToSchema;
use vault::{Closed, Opened, Opening, VaultError};

use crate::{
    act::{calendars, permitted, settled_case},
    casework::Casework,
    hand_over::hold,
    problems::{CASE_DAMAGED, FILE_NOT_FOUND},
    words::Words,
};

/// Under which name the `number`-th file of a case is sealed, from 1.
#[must_use]
pub fn file_name(number: usize) -> String {
    format!("file-{number}")
}

/// Under which name the `number`-th file is sealed that its citizen sent with an act of his, from 1.
pub(crate) fn sent_name(act: &str, number: usize) -> String {
    format!("{act}-{number}")
}

/// Under which name what a file is called is sealed.
pub(crate) fn name_of(file: &str) -> String {
    format!("{file}-name")
}

/// A file of a case, whoever put it there.
pub(crate) struct Item<'c> {
    /// What it is asked for by, and sealed under.
    pub(crate) file: FieldName,
    /// Under which name what it is called is sealed.
    pub(crate) name: FieldName,
    /// What it is called.
    pub(crate) called: &'c Sealed,
    /// Names the ciphertext.
    pub(crate) hash: &'c BodyHash,
    /// What it is once it is opened.
    pub(crate) kind: FileKind,
    /// How many bytes it has once it is opened.
    pub(crate) bytes: u64,
    origin: Origin<'c>,
}

/// Who put a file into a case, and with what.
#[derive(Clone, Copy)]
enum Origin<'c> {
    /// It came with the case, for this question of its form.
    Form(&'c FieldName),
    /// Its citizen sent it later: what is said of it.
    Later(&'static str),
    Staff,
}

/// Files that a citizen sent with an act on his case.
pub struct SentLater<'c> {
    /// Name of the act.
    pub act: &'static str,
    /// What is said of each: `申请人的补正`.
    pub label: &'static str,
    /// The files, in their order.
    pub files: &'c [Enclosed],
}

/// All files of a case: those that came with it in the order of the form, what its citizen sent later, then those of staff, oldest first.
pub(crate) fn items<K: Words>(case: &CaseFile<K>) -> Result<Vec<Item<'_>>, CaseRefusal> {
    let came = case.files().iter().enumerate().map(|(place, enclosed)| {
        let Enclosed { question, hash, kind, bytes, name } = enclosed;
        (file_name(place + 1), name, hash, *kind, *bytes, Origin::Form(question))
    });
    let SentLater { act, label, files } = K::sent_later(case);
    let later = files.iter().enumerate().map(move |(place, Enclosed { hash, kind, bytes, name, .. })| {
        (sent_name(act, place + 1), name, hash, *kind, *bytes, Origin::Later(label))
    });
    let added = case
        .added
        .iter()
        .map(|Added { file, hash, kind, bytes, name }| (file.to_string(), name, hash, *kind, *bytes, Origin::Staff));
    let item = |(file, called, hash, kind, bytes, origin): (String, _, _, _, _, _)| {
        Ok(Item { name: field(&name_of(&file))?, file: field(&file)?, called, hash, kind, bytes, origin })
    };
    came.chain(later).chain(added).map(item).collect()
}

/// A file before the case is opened: not what it is called, for that is somebody's word.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileView {
    /// What it is asked for by.
    #[schema(example = "file-1")]
    pub file: String,
    /// What it is.
    #[schema(example = "jpeg")]
    pub kind: &'static str,
    /// How many bytes it has.
    pub bytes: u64,
    /// Whether staff put it there: only what they did is given with a reply.
    pub of_staff: bool,
}

/// A file of a case that was opened.
#[derive(Serialize, ToSchema)]
pub struct OpenedFile {
    /// What it is asked for by.
    #[schema(example = "file-1")]
    pub file: String,
    /// The question, by its name in the form; none of what was not there when the case came in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "pictures")]
    pub question: Option<String>,
    /// What was asked, in the words of the version that was filled in; or what it came with later, or that staff put it there.
    #[schema(example = "照片或者截图")]
    pub label: String,
    /// What its sender calls it.
    #[schema(example = "路灯.jpg")]
    pub name: String,
    /// What it is.
    #[schema(example = "jpeg")]
    pub kind: &'static str,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What stands where the question of a file stands, of those that staff put there, with their numbers.
const OF_STAFF: &str = "承办人附卷";

/// The files of a case, as whoever sees that there is one sees them.
pub(crate) fn told<K: Words>(case: &CaseFile<K>) -> Result<Vec<FileView>, CaseRefusal> {
    let view = |item: Item<'_>| FileView {
        file: item.file.to_string(),
        kind: item.kind.name(),
        bytes: item.bytes,
        of_staff: matches!(item.origin, Origin::Staff),
    };
    Ok(items(case)?.into_iter().map(view).collect())
}

/// The files of a case that was opened, with what they are called.
pub(crate) fn opened(items: &[Item<'_>], form: Option<&Form>, opened: &Opened) -> Vec<OpenedFile> {
    let mut of_staff = 0;
    let mut label = |origin: Origin<'_>| match origin {
        Origin::Form(question) => {
            let question = question.as_str();
            form.and_then(|form| form.question(question)).map_or(question, |asked| &asked.label).to_owned()
        }
        Origin::Later(label) => label.to_owned(),
        Origin::Staff => {
            of_staff += 1;
            format!("{OF_STAFF} {of_staff}")
        }
    };
    let view = |item: &Item<'_>| {
        let question = match item.origin {
            Origin::Form(question) => Some(question.to_string()),
            Origin::Later(_) | Origin::Staff => None,
        };
        OpenedFile {
            file: item.file.to_string(),
            question,
            label: label(item.origin),
            name: opened.text(&item.name).unwrap_or_default().to_owned(),
            kind: item.kind.name(),
            bytes: item.bytes,
        }
    };
    items.iter().map(view).collect()
}

/// A file of a case, for somebody who answers it; that he reads it, and why, is recorded first.
///
/// # Errors
/// There is no such case or file, he may not, it is erased, or store or vault did not do their part: nothing was opened then.
pub(crate) async fn handed_out<S, K>(
    state: &S,
    caller: &Caller,
    stream: &StreamId,
    file: &str,
    why: Line<200>,
) -> Result<SavedFile, S::Refusal>
where
    S: Casework,
    K: Words,
    S::Refusal: From<CaseRefusal> + From<LoadError> + From<VaultError> + From<Problem>,
{
    let (case, _, _) = state.ledger().read::<CaseFile<K>>(stream).await?;
    permitted(state, &caller.staff, Action::HandleCase, &case)?;
    let calendars = calendars(state).await?;
    let context = Context { actor: caller.actor.clone(), now: state.clock().now() };
    let case = settled_case(&case, &calendars, &context).case;
    case.readable()?;
    let items = items(&case)?;
    let Some(item) = items.iter().find(|item| item.file.as_str() == file) else {
        return Err(Problem::plain(&FILE_NOT_FOUND).into());
    };
    let Some(sealed) = item.lying(state, stream).await? else {
        return Err(Problem::plain(&CASE_DAMAGED).into());
    };
    let opening = Opening::staff(stream, caller.actor.clone(), case.department.clone(), why);
    let opened = opened_for(state, stream, &case, &opening, &item.closed(&sealed)).await?;
    Ok(item.saved(&opened))
}

impl Item<'_> {
    /// What lies among the bodies. Whoever is on call is told where it does not, though its case says so.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn lying<S: Casework>(&self, state: &S, stream: &StreamId) -> Result<Option<Vec<u8>>, LoadError> {
        let sealed = state.ledger().body(self.hash).await?;
        if sealed.is_none() {
            let (stream, file) = (stream.as_str(), self.file.as_str());
            tracing::error!(alarm = "case-file-missing", stream, file, "a file of a case is not there");
        }
        Ok(sealed)
    }

    /// What is opened where it is handed out.
    pub(crate) fn closed<'a>(&'a self, sealed: &'a [u8]) -> [Closed<'a>; 2] {
        [Closed::File(&self.file, sealed), Closed::Text(&self.name, self.called)]
    }

    /// The file, once it was opened.
    pub(crate) fn saved(&self, opened: &Opened) -> SavedFile {
        SavedFile {
            file: self.file.to_string(),
            name: opened.text(&self.name).unwrap_or_default().to_owned(),
            kind: self.kind,
            bytes: opened.file(&self.file).unwrap_or_default().to_vec(),
        }
    }
}

/// Opens what is closed, in the name of the department that answers for the case.
pub(crate) async fn opened_for<S, K>(
    state: &S,
    stream: &StreamId,
    case: &CaseFile<K>,
    opening: &Opening,
    closed: &[Closed<'_>],
) -> Result<Opened, S::Refusal>
where
    S: Casework,
    K: Words,
    S::Refusal: From<CaseRefusal> + From<LoadError> + From<VaultError>,
{
    match state.vault().open(opening, closed).await {
        // The hand-over to this department died before its last step, or another one undid it.
        Err(VaultError::NotHeld { .. }) => {
            hold(state, stream, case).await?;
            Ok(state.vault().open(opening, closed).await?)
        }
        opened => Ok(opened?),
    }
}

/// A name that something is sealed under.
pub(crate) fn field(text: &str) -> Result<FieldName, CaseRefusal> {
    // INVARIANT: the names are words of this crate.
    text.parse().map_err(|_| CaseRefusal::NotOpened)
}
