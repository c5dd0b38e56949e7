//! `POST /{id}/files/{file}`: a file that came with a case.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use command::{Caller, openapi::FoundProblems};
use gateway::{Body, PathParams, Problem};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use utoipa::ToSchema;

use super::open::OpenCase;
use crate::{
    files::{HandedOut, handed_out},
    function::{Capability, CaseState},
    target,
    words::Words,
};

/// What stands as it is in a name behind `filename*` (RFC 8187).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A file does nothing by itself where it is opened, whatever it is.
const DOES_NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// A file, with the media type of its kind.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only its schema matters")]
pub(crate) struct CaseFileBytes(Vec<u8>);

/// Hands out a file that came with a case (handler, supervisor).
///
/// Who reads it, when and why is recorded before it is decrypted, each time. A POST, since it leaves a record; it needs no idempotency key, for reading twice is reading twice. It is to be saved, not shown.
#[utoipa::path(post, operation_id = "open_file", path = "/{id}/files/{file}", tag = "cases",
    params(("id" = String, Path, pattern = "^[a-z2-7]{26}$"), ("file" = String, Path, description = "Its name in the case.", pattern = "^file-[1-9][0-9]?$")), request_body = OpenCase,
    responses((status = 200, description = "The file, with the media type of its kind.", body = CaseFileBytes, content_type = "application/octet-stream"), (status = 400, description = "Bad Request", body = Problem, content_type = "application/problem+json"), (status = 410, description = "Gone", body = Problem, content_type = "application/problem+json"), (status = 413, description = "Payload Too Large", body = Problem, content_type = "application/problem+json"), (status = 415, description = "Unsupported Media Type", body = Problem, content_type = "application/problem+json"), FoundProblems))]
pub(crate) async fn open<C: Capability, K: Words>(
    State(state): State<CaseState<C>>,
    caller: Caller,
    PathParams(id, file): PathParams,
    body: Body<OpenCase>,
) -> Result<Response, C::Refusal> {
    let stream = target::stream::<K>(&id)?;
    let why = target::line("/reason", &body.value.reason)?;
    let handed: HandedOut = handed_out::<_, K>(&state, &caller, &stream, &file, why).await?;
    Ok(saved(handed))
}

/// The file as an answer that is saved and never shown.
fn saved(handed: HandedOut) -> Response {
    let HandedOut { file, name, kind, bytes } = handed;
    let name = utf8_percent_encode(&name, PLAIN);
    let place = format!("attachment; filename=\"{file}.{}\"; filename*=UTF-8''{name}", kind.extension());
    let place = HeaderValue::try_from(place).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type())),
        (header::CONTENT_DISPOSITION, place),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_SECURITY_POLICY, DOES_NOTHING),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, bytes).into_response()
}

#[cfg(test)]
mod tests {
    use domain::file::FileKind;

    use super::*;

    #[test]
    fn a_file_is_saved_under_its_name_and_can_do_nothing() {
        let name = "路灯\"; x=\r\n.txt".to_owned();
        let answer = saved(HandedOut { file: "file-2".to_owned(), name, kind: FileKind::Text, bytes: b"a".to_vec() });
        let header = |name: &str| answer.headers()[name].to_str().unwrap();
        assert_eq!(
            header("content-disposition"),
            "attachment; filename=\"file-2.txt\"; filename*=UTF-8''%E8%B7%AF%E7%81%AF%22%3B%20x%3D%0D%0A.txt"
        );
        assert_eq!(header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(
            (header("x-content-type-options"), header("content-security-policy"), header("cache-control")),
            ("nosniff", "default-src 'none'; sandbox", "private, no-store")
        );
    }
}
