//! A file that is handed to somebody: to be saved, never shown.

use axum::response::{IntoResponse, Response};
use domain::file::FileKind;
use http::{HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands as it is in a name behind `filename*` (RFC 8187).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A file does nothing by itself where it is opened, whatever it is.
const DOES_NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// A file of a case that was opened for somebody.
#[derive(Clone, PartialEq, Eq)]
pub struct SavedFile {
    /// What it is asked for by.
    pub file: String,
    /// What whoever put it there calls it.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// The file.
    pub bytes: Vec<u8>,
}

impl IntoResponse for SavedFile {
    fn into_response(self) -> Response {
        let Self { file, name, kind, bytes } = self;
        let name = utf8_percent_encode(&name, PLAIN);
        let place = format!("attachment; filename=\"{file}.{}\"; filename*=UTF-8''{name}", kind.extension());
        let place = HeaderValue::try_from(place).unwrap_or(HeaderValue::from_static("attachment"));
        // Lambda answers with texts as texts, which have no byte order mark and are escaped: a file is what it is, to the byte.
        let media = match kind {
            FileKind::Csv | FileKind::Text => "application/octet-stream",
            kind => kind.media_type(),
        };
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(media)),
            (header::CONTENT_DISPOSITION, place),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::CONTENT_SECURITY_POLICY, DOES_NOTHING),
            (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        ];
        (headers, bytes).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_saved_under_its_name_and_can_do_nothing() {
        let name = "路灯\"; x=\r\n.txt".to_owned();
        let file = SavedFile { file: "file-2".to_owned(), name, kind: FileKind::Text, bytes: b"a".to_vec() };
        let answer = file.into_response();
        let header = |name: &str| answer.headers()[name].to_str().unwrap();
        assert_eq!(
            header("content-disposition"),
            "attachment; filename=\"file-2.txt\"; filename*=UTF-8''%E8%B7%AF%E7%81%AF%22%3B%20x%3D%0D%0A.txt"
        );
        assert_eq!(header("content-type"), "application/octet-stream");
        assert_eq!(
            (header("x-content-type-options"), header("content-security-policy"), header("cache-control")),
            ("nosniff", "default-src 'none'; sandbox", "private, no-store")
        );
    }
}
