//! Files that stand beside a text (附件), or in it as pictures; and under which name readers are given each of them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::content::BodyHash;
use crate::{file::StoredFile, text::Line};

/// Most attachments of one text.
pub const ATTACHMENTS: usize = 50;

/// A file beside a text, as its editor names it.
///
/// A picture that the body shows by its hash stands there; everything else stands in the list below the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What readers know it by, without the ending of a file's name: `报名表`.
    pub title: Line<100>,
    /// The file.
    pub file: StoredFile,
}

impl Attachment {
    /// Every stored body it consists of: the file, then its picture smaller.
    pub fn bodies(&self) -> impl Iterator<Item = &BodyHash> {
        self.file.bodies()
    }

    /// Tells every field to `field`, for the hash of a revision.
    pub(super) fn tell(&self, mut field: impl FnMut(&str)) {
        field(self.title.as_str());
        field(self.file.kind.name());
        // How many bytes it has, and how large its picture is, follows from these.
        for body in self.bodies() {
            field(body.as_str());
        }
    }
}

/// The hash of the first file that is named twice.
#[must_use]
pub fn named_twice(attachments: &[Attachment]) -> Option<&BodyHash> {
    let mut seen = BTreeSet::new();
    attachments.iter().map(|attachment| &attachment.file.hash).find(|hash| !seen.insert(*hash))
}

/// A file that readers are given, or were.
///
/// INVARIANT: an address that names document, commit and hash leads nowhere, then to these bytes, then to 410, each once (PROTOCOLS.md, "Page write"). What is
/// given again after it was taken back gets the number of another commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicFile {
    /// The file and its title.
    pub attachment: Attachment,
    /// The commit that made it public.
    pub commit: u64,
    /// Since when readers are given it no more.
    pub gone: Option<Timestamp>,
}

/// Follows a change of what is public: what `shown` has and readers do not is given from `commit` on, what it lacks is taken back at `at`.
pub(super) fn follow(files: &mut Vec<PublicFile>, shown: &[Attachment], commit: u64, at: Timestamp) {
    for file in files.iter_mut().filter(|file| file.gone.is_none() && !shown.contains(&file.attachment)) {
        file.gone = Some(at);
    }
    for attachment in shown {
        if !files.iter().any(|file| file.gone.is_none() && file.attachment == *attachment) {
            files.push(PublicFile { attachment: attachment.clone(), commit, gone: None });
        }
    }
}
