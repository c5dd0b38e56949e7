//! Files that citizens send: taken out of quarantine, sealed with the key of the case, and laid among the bodies before what names them is there.

use domain::{FieldName, case::Enclosed};
use frontdoor::SentFile;
use vault::{CaseKey, Secret};

use crate::{casework::Casework, files::name_of, receive::ReceiveError};

/// Media type of a sealed body.
pub(crate) const SEALED: &str = "application/octet-stream";

/// What an event tells of the files that were sent with it; their bodies stand when this returns. Each is sealed under what `name` makes of its place, from 1.
///
/// INVARIANT: bodies first, then the commit. Where none follows, a case that was to begin leaves what is sealed with a key that nobody has. One that stands has its key: what is laid away for it is named by
/// nothing and given to nobody, and goes as all does that nothing names (ADR 038); so whoever calls this asks first whether the case takes it.
///
/// # Errors
/// [`ReceiveError::FilesGone`] with all that have gone from quarantine; or a store failed.
pub(crate) async fn enclosed<S: Casework, R>(
    state: &S,
    key: &CaseKey,
    files: &[SentFile],
    name: impl Fn(usize) -> String,
) -> Result<Vec<Enclosed>, ReceiveError<R>> {
    let (mut taken, mut gone) = (Vec::new(), Vec::new());
    for SentFile { question, file } in files {
        match state.quarantine().take(file).await.map_err(|error| ReceiveError::Unavailable(error.to_string()))? {
            Some(bytes) => taken.push((question, file, bytes)),
            None => gone.push(file.place.clone()),
        }
    }
    if !gone.is_empty() {
        return Err(ReceiveError::FilesGone(gone));
    }
    let mut enclosed = Vec::new();
    for (place, (question, file, bytes)) in taken.into_iter().enumerate() {
        let field: FieldName = name(place + 1).parse()?;
        let named: FieldName = name_of(field.as_str()).parse()?;
        let sealed = key.seal_file(&field, bytes.expose()).map_err(vault::VaultError::from)?;
        let called = Secret::new(file.name.expose().to_owned());
        let name = key.seal(&named, called.expose()).map_err(vault::VaultError::from)?;
        let hash = state.ledger().put_body(&sealed, SEALED).await;
        let hash = hash.map_err(|error| ReceiveError::Unavailable(error.to_string()))?;
        enclosed.push(Enclosed { question: question.parse()?, hash, kind: file.kind, bytes: file.bytes, name });
    }
    Ok(enclosed)
}
