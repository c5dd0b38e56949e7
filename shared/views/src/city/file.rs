//! Rows of files: each is an object of its own, under a name that never leads to other bytes.

use std::collections::BTreeMap;

use domain::{
    document::{Attachment, BodyHash, Document, PublicFile},
    file::FileKind,
    site::FILES_HOST,
};

use super::{
    kind::Kind,
    rows::{AttachmentRow, FileRow, PageRow},
    slice,
};
use crate::{
    fold::RowSet,
    row::{Row, RowKey},
    work::{Lane, Scope},
};

/// Where readers are given a file of the document `id`, on the host of files.
#[must_use]
pub fn file_path(id: &str, commit: u64, hash: &BodyHash, kind: FileKind) -> String {
    format!("/{id}/{commit}/{hash}.{}", kind.extension())
}

/// The scope of every file.
#[must_use]
pub fn files() -> Scope {
    Scope::changed(slice::pages(FILES_HOST), "", Lane::Bulk)
}

/// Whether a row says of a file that readers are given it no more.
#[must_use]
pub fn takes_away(row: &Row) -> bool {
    let of_files = || row.at.slice == slice::pages(FILES_HOST);
    of_files() && row.content::<PageRow>().and_then(|page| page.file).is_some_and(|file| file.gone.is_some())
}

/// A row for every file that readers are given, or were, and for every picture once more where it is smaller.
pub(super) fn rows(rows: &mut RowSet, state: &Document, id: &str) {
    let mut files: BTreeMap<String, FileRow> = BTreeMap::new();
    for file in &state.files {
        let kind = file.attachment.file.kind;
        for body in file.attachment.bodies() {
            let row = FileRow {
                body: body.to_string(),
                media_type: kind.media_type().to_owned(),
                name: (!kind.is_picture()).then(|| saved_as(file)),
                gone: file.gone,
            };
            let path = file_path(id, file.commit, body, kind);
            // A picture that is attached and also another one smaller is there as long as one of them is.
            if files.get(&path).is_none_or(|known| known.gone.is_some()) {
                files.insert(path, row);
            }
        }
    }
    for (path, file) in files {
        let page = PageRow { file: Some(file), ..PageRow::of(Kind::File, "") };
        rows.own(RowKey::new(slice::pages(FILES_HOST), path), &page);
    }
}

/// The files that stand beside the public text, in the order of reading.
pub(super) fn attachments(state: &Document) -> Vec<AttachmentRow> {
    let Some(live) = &state.live else { return Vec::new() };
    let given =
        |attachment: &Attachment| state.files.iter().find(|file| file.gone.is_none() && file.attachment == *attachment);
    let shown = live.content.attachments.iter().filter_map(given);
    shown.map(|file| AttachmentRow { commit: file.commit, attachment: file.attachment.clone() }).collect()
}

/// The name a browser saves it under: its title, and the ending of its kind once.
fn saved_as(file: &PublicFile) -> String {
    let ending = format!(".{}", file.attachment.file.kind.extension());
    let title = file.attachment.title.as_str();
    let ends = title.len().checked_sub(ending.len()).and_then(|at| title.get(at..));
    let title = if ends.is_some_and(|end| end.eq_ignore_ascii_case(&ending)) {
        title.get(..title.len() - ending.len()).unwrap_or(title)
    } else {
        title
    };
    format!("{title}{ending}")
}

#[cfg(test)]
mod tests {
    use domain::{
        file::{Picture, Rendition, StoredFile},
        text::Line,
    };
    use jiff::Timestamp;

    use super::*;
    use crate::fold::Fold;

    fn file(title: &str, kind: FileKind, bytes: &str, smaller: &[&str]) -> PublicFile {
        let smaller =
            smaller.iter().map(|bytes| Rendition { hash: BodyHash::of(bytes.as_bytes()), width: 480, height: 320 });
        let picture = kind.is_picture().then(|| Picture { width: 960, height: 640, smaller: smaller.collect() });
        let file = StoredFile { hash: BodyHash::of(bytes.as_bytes()), kind, bytes: 1, picture };
        PublicFile { attachment: Attachment { title: Line::new(title).unwrap(), file }, commit: 4, gone: None }
    }

    fn rows_of(files: Vec<PublicFile>) -> Vec<(String, FileRow)> {
        let state = Document { files, ..Document::default() };
        let mut set = RowSet::default();
        rows(&mut set, &state, "abc");
        let mut fold = Fold::default();
        fold.advance(set, 4);
        let rows = fold.into_rows().into_iter();
        rows.map(|row| {
            assert_eq!(row.at.slice, "pages|files");
            let file = row.content::<PageRow>().and_then(|page| page.file).unwrap();
            (row.at.key, file)
        })
        .collect()
    }

    #[test]
    fn a_picture_has_a_row_for_each_of_its_sizes_and_is_not_saved_but_shown() {
        let found = rows_of(vec![file("湖", FileKind::Jpeg, "large", &["small"])]);
        let mut wanted = ["large", "small"].map(|bytes| format!("/abc/4/{}.jpg", BodyHash::of(bytes.as_bytes())));
        wanted.sort();
        assert_eq!(found.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>(), wanted);
        assert!(found.iter().all(|(_, row)| row.name.is_none() && row.gone.is_none()));
    }

    #[test]
    fn what_one_text_still_shows_is_not_gone_because_another_picture_is() {
        let gone = PublicFile { gone: Some(Timestamp::UNIX_EPOCH), ..file("大", FileKind::Png, "large", &["small"]) };
        for files in [
            vec![gone.clone(), file("小", FileKind::Png, "small", &[])],
            vec![file("小", FileKind::Png, "small", &[]), gone],
        ] {
            let small = format!("/abc/4/{}.png", BodyHash::of(b"small"));
            let found = rows_of(files);
            let (_, row) = found.iter().find(|(path, _)| *path == small).unwrap();
            assert_eq!(row.gone, None);
        }
    }

    #[test]
    fn a_file_is_saved_under_its_title_with_one_ending() {
        for (title, name) in
            [("报名表", "报名表.pdf"), ("报名表.PDF", "报名表.pdf"), ("表", "表.pdf"), ("a.b", "a.b.pdf")]
        {
            assert_eq!(saved_as(&file(title, FileKind::Pdf, "a", &[])), name);
        }
    }
}
