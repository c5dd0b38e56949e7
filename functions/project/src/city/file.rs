//! A file: its bytes as they were taken in, or that readers are given it no more.

use domain::site::FILES_HOST;
use pages::{FileNote, PictureNote, SmallerPicture};
use views::{
    PageKey, PageObject, Provenance, Read, Reads, Status,
    city::{self, AttachmentRow, FileRow, PageRow, slice},
};

use super::{Addresses, Composed, Pause};

/// The generation of every file: no template makes them.
pub(super) const GENERATION: u64 = 1;

/// A file on its way to its readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileObject {
    /// They are given it.
    Given {
        /// Media type.
        media_type: String,
        /// The name it is saved under; none where a page shows it.
        name: Option<String>,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// They are given it no more.
    Gone,
}

/// Composes the file.
pub(super) fn compose(page: &PageKey, reads: &Reads) -> Composed<FileObject> {
    let row = reads.row(Read::row(slice::pages(&page.site), page.path.as_str()))?.ok_or(Pause::Nothing)?;
    let file = row.content::<PageRow>().and_then(|row| row.file).ok_or(Pause::Nothing)?;
    let FileRow { body, media_type, name, gone } = file;
    Ok(match gone {
        Some(_) => FileObject::Gone,
        None => FileObject::Given { media_type, name, bytes: reads.body(&body)?.to_vec() },
    })
}

impl FileObject {
    pub(super) fn object(self, provenance: &Provenance) -> PageObject {
        let Provenance { digest, generation } = provenance.clone();
        match self {
            Self::Given { media_type, name, bytes } => PageObject {
                status: Status::Ok,
                content_type: media_type,
                disposition: name.map(|name| pages::saved_as(&name)),
                bytes,
                digest,
                generation,
            },
            Self::Gone => PageObject {
                status: Status::Gone,
                content_type: "text/plain; charset=utf-8".to_owned(),
                disposition: None,
                bytes: "410 此文件已撤下，不再提供。\nThis file is no longer available.\n".as_bytes().to_vec(),
                digest,
                generation,
            },
        }
    }
}

/// A file as its document's page tells it.
pub(super) fn note(addresses: &Addresses, document: &str, row: AttachmentRow) -> FileNote {
    let AttachmentRow { commit, attachment } = row;
    let file = attachment.file;
    let host = addresses.host(FILES_HOST);
    let url = |hash| format!("{host}{}", city::file_path(document, commit, hash, file.kind));
    let picture = file.picture.as_ref().map(|picture| PictureNote {
        width: picture.width,
        height: picture.height,
        smaller: picture
            .smaller
            .iter()
            .map(|smaller| SmallerPicture { url: url(&smaller.hash), width: smaller.width, height: smaller.height })
            .collect(),
    });
    FileNote {
        title: attachment.title.into(),
        url: url(&file.hash),
        kind: file.kind,
        bytes: file.bytes,
        picture,
        hash: file.hash.into(),
    }
}
