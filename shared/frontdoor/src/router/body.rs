//! The bytes of a form.

use std::convert::Infallible;

use axum::body::{Body, to_bytes};
use bytes::Bytes;
use futures::stream;
use gateway::{BODY_LIMIT, FILE_LIMIT};
use http::{HeaderMap, header};

use crate::posted::Posted;

/// Why a body is no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    TooLarge,
    OtherType,
    Malformed,
}

/// A file that was chosen in a form.
pub(crate) struct Chosen {
    /// Name of the field.
    pub(crate) question: String,
    /// Its name, as the browser tells it.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Bytes,
}

/// The kind of body that forms of ours are sent as.
const FORM: &str = "application/x-www-form-urlencoded";

/// Most bytes of a form with a file: more than a file may have, so that whoever chose one that is too large is told so over his form.
const WITH_FILE: usize = 2 * FILE_LIMIT + BODY_LIMIT;

pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Posted, Unread> {
    if !is_plain(kind(headers)) {
        return Err(Unread::OtherType);
    }
    let bytes = to_bytes(body, BODY_LIMIT).await.map_err(|_| Unread::TooLarge)?;
    Posted::parse(&bytes).ok_or(Unread::Malformed)
}

/// As [`read`], of a form in which a file can be chosen.
pub(crate) async fn with_file(headers: &HeaderMap, body: Body) -> Result<(Posted, Option<Chosen>), Unread> {
    if is_plain(kind(headers)) {
        return read(headers, body).await.map(|posted| (posted, None));
    }
    let boundary = multer::parse_boundary(kind(headers)).map_err(|_| Unread::OtherType)?;
    let bytes = to_bytes(body, WITH_FILE).await.map_err(|_| Unread::TooLarge)?;
    let (posted, chosen) = parts(bytes, boundary).await.map_err(|_| Unread::Malformed)?;
    if posted.is_too_long() { Err(Unread::Malformed) } else { Ok((posted, chosen)) }
}

fn kind(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default()
}

fn is_plain(kind: &str) -> bool {
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(FORM))
}

async fn parts(bytes: Bytes, boundary: String) -> Result<(Posted, Option<Chosen>), multer::Error> {
    let mut form = multer::Multipart::new(stream::iter([Ok::<_, Infallible>(bytes)]), boundary);
    let (mut posted, mut chosen) = (Posted::default(), None);
    while let Some(field) = form.next_field().await? {
        let question = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(name) => {
                let bytes = field.bytes().await?;
                // A browser sends an empty file without a name where none was chosen.
                if !(name.is_empty() && bytes.is_empty()) {
                    chosen = Some(Chosen { question, name, bytes });
                }
            }
            None => posted.add(&question, field.text().await?),
        }
    }
    Ok((posted, chosen))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn sent(kind: &str, body: impl Into<Body>) -> Result<(Posted, Option<Chosen>), Unread> {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, kind.parse().unwrap())]);
        with_file(&headers, body.into()).await
    }

    const PARTS: &str = "--x\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\n王明\r\n--x\r\ncontent-disposition: form-data; name=\"pictures\"; filename=\"路灯.jpg\"\r\ncontent-type: image/jpeg\r\n\r\nJPEG\r\n--x--\r\n";

    #[tokio::test]
    async fn a_form_with_a_file_has_both() {
        let (posted, chosen) = sent("multipart/form-data; boundary=x", PARTS).await.ok().unwrap();
        let chosen = chosen.unwrap();
        assert_eq!((posted.first("name"), posted.first("pictures")), (Some("王明"), None));
        assert_eq!((&*chosen.question, &*chosen.name, &*chosen.bytes), ("pictures", "路灯.jpg", &b"JPEG"[..]));
        let none = PARTS.replace("路灯.jpg", "").replace("JPEG\r\n", "\r\n");
        assert!(sent("multipart/form-data; boundary=x", none).await.ok().unwrap().1.is_none());
        let empty = PARTS.replace("JPEG\r\n", "\r\n");
        assert!(sent("multipart/form-data; boundary=x", empty).await.ok().unwrap().1.is_some(), "an empty file is one");
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused_by_its_kind() {
        for (kind, body, unread) in [
            ("application/json", "{}".to_owned(), Unread::OtherType),
            ("multipart/form-data", PARTS.to_owned(), Unread::OtherType),
            ("multipart/form-data; boundary=x", "--x\r\n".to_owned(), Unread::Malformed),
            ("multipart/form-data; boundary=y", PARTS.to_owned(), Unread::Malformed),
            ("multipart/form-data; boundary=x", "a".repeat(WITH_FILE + 1), Unread::TooLarge),
        ] {
            assert_eq!(sent(kind, body).await.err(), Some(unread), "{kind}");
        }
        let field = "--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        let many = format!("{}{PARTS}", field.repeat(201));
        assert!(matches!(sent("multipart/form-data; boundary=x", many).await, Err(Unread::Malformed)));
    }

    #[tokio::test]
    async fn a_form_without_a_file_may_be_sent_as_forms_are() {
        let (posted, chosen) = sent(FORM, "name=a").await.ok().unwrap();
        assert!(posted.first("name") == Some("a") && chosen.is_none());
    }
}
