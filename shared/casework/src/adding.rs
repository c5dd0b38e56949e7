//! A file that staff put into a case: looked at, sealed with the case's key, and laid among the bodies before the commit that names it.

use access::Action;
use bytes::Bytes;
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use domain::{
    CommitId, FieldName,
    case::{CaseFile, CaseRefusal},
    document::BodyHash,
    file::FileKind,
};
use frontdoor::file_name;
use gateway::{FILE_LIMIT, Problem};
use intake::{Limits, Offered};
use ledger::LoadError;
use sha2::{Digest, Sha256};
use vault::VaultError;

use crate::{
    act::permitted, casework::Casework, enclose::SEALED, files::field, problems::unfit, sealing::Sealing, words::Words,
};

/// Most pixels of a picture: what decodes it here has other work, and less memory than the functions that only do that.
const PIXELS: u64 = 24_000_000;

/// A file that lies among the bodies: what it turned out to be.
pub(crate) struct Laid {
    /// Names the ciphertext.
    pub(crate) hash: BodyHash,
    /// What it is called, with the ending of its kind.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: FileKind,
    /// How many bytes it has.
    pub(crate) bytes: u64,
}

/// What tells a file from another under the same key.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// What the file of a commit is asked for by: it follows from the commit, so a resend names the same, and no two files of a case have one name.
pub(crate) fn added_name(commit: &CommitId) -> Result<FieldName, CaseRefusal> {
    let digest = Sha256::digest(commit.as_str());
    let letters = BASE32_NOPAD.encode(digest.get(..8).unwrap_or_default()).to_lowercase();
    field(&format!("file-{letters}"))
}

/// Looks at a file and lays it away under the case's key; its body stands when this returns. Nothing where the case moved on since its sender saw it: the ledger tells him.
///
/// INVARIANT: the body first, then the commit. Where no commit follows, what was stored is named by nothing and goes with the next sweep (ADR 038).
///
/// # Errors
/// Whoever sends it may not, the case is erased, it is no file that is taken; or a store failed.
pub(crate) async fn laid_away<S, K>(
    state: &S,
    sealing: &Sealing,
    file: &FieldName,
    name: &str,
    bytes: Bytes,
) -> Result<Option<Laid>, S::Refusal>
where
    S: Casework,
    K: Words,
    S::Refusal: From<CaseRefusal> + From<LoadError> + From<VaultError> + From<Problem>,
{
    // Who may not, or comes too late, costs no looking.
    let (case, version, _) = state.ledger().read::<CaseFile<K>>(&sealing.order.stream).await?;
    permitted(state, sealing.order.envelope.staff(), Action::HandleCase, &case)?;
    if sealing.order.expected.is_some_and(|expected| expected != version) {
        return Ok(None);
    }
    let name = file_name::cleaned(name);
    let taken = {
        // It is never closed.
        let _room = state.looking().acquire().await;
        let offered = name.clone();
        let limits = Limits { bytes: FILE_LIMIT as u64, picture_pixels: PIXELS, ..Limits::default() };
        tokio::task::spawn_blocking(move || intake::take_in(&Offered { name: &offered, bytes: &bytes }, &limits)).await
    };
    let taken = taken.map_err(|panic| {
        tracing::error!(alarm = "intake-panicked", %panic);
        Problem::plain(&gateway::kinds::INTERNAL)
    })?;
    let taken = taken.map_err(|refusal| unfit(&refusal))?;
    let sealed = sealing.seal_file::<S::Refusal>(file, &taken.bytes)?;
    let hash = state.ledger().put_body(&sealed, SEALED).await.map_err(LoadError::from)?;
    let name = file_name::of_kind(&name, taken.kind);
    Ok(Some(Laid { hash, name, kind: taken.kind, bytes: taken.bytes.len() as u64 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_commit_and_fits_what_its_name_is_sealed_under() {
        let name = |commit: &str| added_name(&commit.parse().unwrap()).unwrap().to_string();
        let one = name(&"a".repeat(26));
        assert!(one.starts_with("file-") && one.len() == 18, "{one}");
        assert_eq!(one, name(&"a".repeat(26)));
        assert_ne!(one, name(&format!("b{}", "a".repeat(25))));
        assert!(field(&crate::files::name_of(&one)).is_ok());
    }
}
