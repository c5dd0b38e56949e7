//! The bytes of a form.

use std::convert::Infallible;

use axum::{body::Body, response::Response};
use bytes::Bytes;
use futures::stream;
use http::{StatusCode, header, request::Parts};

use crate::{
    fields::{Chosen, Fields},
    page::Told,
    state::DeskState,
    stop::Stop,
};

/// Most bytes of a form: a file of 4 MB, or a text of a megabyte, in which a character of Chinese takes nine; a Lambda is given no more.
const LIMIT: usize = 4_500_000;

/// Why a body is no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    TooLarge,
    OtherType,
    Malformed,
}

type Form = (Fields, Option<Chosen>);

pub(crate) async fn read(parts: &Parts, body: Body) -> Result<Form, Flaw> {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let plain = kind.split(';').next().unwrap_or_default().trim();
    if plain.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let bytes = bytes(body).await?;
        return Ok((Fields::parse(&bytes).ok_or(Flaw::Malformed)?, None));
    }
    let boundary = multer::parse_boundary(kind).map_err(|_| Flaw::OtherType)?;
    let bytes = bytes(body).await?;
    multipart(bytes, boundary).await.map_err(|_| Flaw::Malformed)
}

async fn bytes(body: Body) -> Result<Bytes, Flaw> {
    axum::body::to_bytes(body, LIMIT).await.map_err(|_| Flaw::TooLarge)
}

async fn multipart(bytes: Bytes, boundary: String) -> Result<Form, multer::Error> {
    let mut form = multer::Multipart::new(stream::iter([Ok::<_, Infallible>(bytes)]), boundary);
    let (mut fields, mut file) = (Fields::default(), None);
    while let Some(field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            // A browser sends an empty file where none was chosen.
            Some(chosen) => {
                let bytes = field.bytes().await?;
                if !bytes.is_empty() {
                    file = Some(Chosen { name: chosen, bytes });
                }
            }
            None => fields.add(&name, &field.text().await?),
        }
    }
    Ok((fields, file))
}

impl Flaw {
    pub(crate) fn page(self, state: &DeskState, parts: &Parts) -> Stop {
        let (status, title, detail) = match self {
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "内容过大",
                "正文连同格式最多约 1 MB，一个附件最多 4 MB，没有做任何改动。请按浏览器的“后退”键回到表单，拆分或压缩后再发送。",
            ),
            Self::OtherType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "不是表单", "工作台只接受从本站表单发出的内容，没有做任何改动。")
            }
            Self::Malformed => (
                StatusCode::BAD_REQUEST,
                "表单读不出来",
                "发来的表单不完整或格式有误，没有做任何改动。请按浏览器的“后退”键回到表单，再发送一次。",
            ),
        };
        let response: Response = Told::new(title, detail).page(status, |title| super::around(parts, state, title));
        response.into()
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    async fn sent(kind: &str, body: impl Into<Body>) -> Result<Form, Flaw> {
        let (parts, body) = Request::post("/").header("content-type", kind).body(body.into()).unwrap().into_parts();
        read(&parts, body).await
    }

    #[tokio::test]
    async fn a_form_with_a_file_has_both() {
        let body = "--x\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\n报名表\r\n--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"表.pdf\"\r\ncontent-type: application/pdf\r\n\r\n%PDF\r\n--x--\r\n";
        let (fields, file) = sent("multipart/form-data; boundary=x", body).await.unwrap();
        let file = file.unwrap();
        assert_eq!((fields.text("title"), &*file.name, &*file.bytes), ("报名表", "表.pdf", &b"%PDF"[..]));
        let empty = body.replace("%PDF\r\n", "\r\n");
        assert!(sent("multipart/form-data; boundary=x", empty).await.unwrap().1.is_none());
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused_by_its_kind() {
        assert_eq!(sent("application/json", "{}").await.unwrap_err(), Flaw::OtherType);
        assert_eq!(sent("multipart/form-data", "").await.unwrap_err(), Flaw::OtherType);
        assert_eq!(sent("multipart/form-data; boundary=x", "--x\r\n").await.unwrap_err(), Flaw::Malformed);
        let big = vec![b'a'; LIMIT + 1];
        assert_eq!(sent("application/x-www-form-urlencoded", big).await.unwrap_err(), Flaw::TooLarge);
    }
}
