//! Files that came with a case: told of, and handed out to who answers it.

use access::Action;
use command::Caller;
use domain::{
    Context, FieldName, Sealed, StreamId,
    case::{CaseFile, CaseRefusal, Enclosed},
    file::FileKind,
    text::Line,
};
use frontdoor::form::Form;
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

/// Under which name what that file is called is sealed.
pub(crate) fn name_of_file(number: usize) -> String {
    format!("file-{number}-name")
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
}

/// A file of a case that was opened.
#[derive(Serialize, ToSchema)]
pub struct OpenedFile {
    /// What it is asked for by.
    #[schema(example = "file-1")]
    pub file: String,
    /// The question, by its name in the form.
    #[schema(example = "pictures")]
    pub question: String,
    /// What was asked, in the words of the version that was filled in.
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

/// A file that is handed out.
pub(crate) struct HandedOut {
    /// What it is asked for by.
    pub(crate) file: String,
    /// What its sender calls it.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: FileKind,
    /// The file.
    pub(crate) bytes: Vec<u8>,
}

/// The files of a case, as whoever sees that there is one sees them.
pub(crate) fn told<K: Words>(case: &CaseFile<K>) -> Vec<FileView> {
    let view = |(place, enclosed): (usize, &Enclosed)| FileView {
        file: file_name(place + 1),
        kind: enclosed.kind.name(),
        bytes: enclosed.bytes,
    };
    case.files().iter().enumerate().map(view).collect()
}

/// What the files of a case are called, each under the name that is sealed under.
pub(crate) fn names<K: Words>(case: &CaseFile<K>) -> Result<Vec<(FieldName, &Sealed)>, CaseRefusal> {
    let files = case.files().iter().enumerate();
    files.map(|(place, enclosed)| Ok((field(&name_of_file(place + 1))?, &enclosed.name))).collect()
}

/// The files of a case that was opened, with what they are called.
pub(crate) fn opened<K: Words>(case: &CaseFile<K>, form: Option<&Form>, opened: &Opened) -> Vec<OpenedFile> {
    let view = |(place, enclosed): (usize, &Enclosed)| {
        let question = enclosed.question.as_str();
        let name = field(&name_of_file(place + 1)).ok();
        OpenedFile {
            file: file_name(place + 1),
            question: question.to_owned(),
            label: form.and_then(|form| form.question(question)).map_or(question, |asked| &asked.label).to_owned(),
            name: name.and_then(|name| opened.text(&name)).unwrap_or_default().to_owned(),
            kind: enclosed.kind.name(),
            bytes: enclosed.bytes,
        }
    };
    case.files().iter().enumerate().map(view).collect()
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
) -> Result<HandedOut, S::Refusal>
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
    let found = case.files().iter().enumerate().find(|(place, _)| file_name(place + 1) == file);
    let Some((place, enclosed)) = found else {
        return Err(Problem::plain(&FILE_NOT_FOUND).into());
    };
    let Some(sealed) = state.ledger().body(&enclosed.hash).await.map_err(LoadError::from)? else {
        tracing::error!(alarm = "case-file-missing", stream = stream.as_str(), file, "a file of a case is not there");
        return Err(Problem::plain(&CASE_DAMAGED).into());
    };
    let (bytes, name) = (field(file)?, field(&name_of_file(place + 1))?);
    let closed = [Closed::File(&bytes, &sealed), Closed::Text(&name, &enclosed.name)];
    let opening = Opening::staff(stream, caller.actor.clone(), case.department.clone(), why);
    let opened = opened_for(state, stream, &case, &opening, &closed).await?;
    Ok(HandedOut {
        file: file.to_owned(),
        name: opened.text(&name).unwrap_or_default().to_owned(),
        kind: enclosed.kind,
        bytes: opened.file(&bytes).unwrap_or_default().to_vec(),
    })
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
