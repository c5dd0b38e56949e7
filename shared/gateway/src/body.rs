//! JSON request bodies, checked while they are read.

mod objects;

use axum::{
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use bytes::Bytes;
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;
use serde_json::{Value, error::Category};
use serde_path_to_error::{Path, Segment};

use crate::{
    kinds,
    problem::{FieldError, Problem, ProblemKind, Sentence},
};

use objects::Strict;

/// Most bytes a request body may have: 1 MB.
pub const BODY_LIMIT: usize = 1_048_576;

/// A JSON request body of at most [`BODY_LIMIT`] bytes.
///
/// Refusals: 413 too large, 415 not JSON by its header, 400 malformed (with line and column), 422 unknown, missing or ill-typed field (with pointer).
#[derive(Debug, Clone)]
pub struct Body<T> {
    /// The body as its type has it.
    pub value: T,
    /// The body as it was sent: what a fingerprint is taken of.
    pub json: Value,
}

impl<S, T> FromRequest<S> for Body<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::plain(&kinds::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = read(request, BODY_LIMIT, &kinds::BODY_TOO_LARGE).await?;
        parse(&bytes)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// The whole body; more than `limit` bytes are refused as `too_large` before they are read.
pub(crate) async fn read(request: Request, limit: usize, too_large: &ProblemKind) -> Result<Bytes, Problem> {
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Problem::plain(too_large));
    }
    let body = axum::body::to_bytes(request.into_body(), limit).await;
    body.map_err(|error| {
        let is_limit = std::error::Error::source(&error).is_some_and(|source| source.is::<LengthLimitError>());
        Problem::plain(if is_limit { too_large } else { &kinds::BODY_INCOMPLETE })
    })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<Body<T>, Problem> {
    // The whole document first: a syntax error behind a wrong field is still a syntax error.
    let json: Value = serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    match serde_path_to_error::deserialize(Strict(&mut deserializer)) {
        Ok(value) => Ok(Body { value, json }),
        Err(error) => match error.inner().classify() {
            Category::Data => Err(field(error.path(), error.inner())),
            Category::Io | Category::Syntax | Category::Eof => Err(malformed(error.inner())),
        },
    }
}

fn malformed(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    Problem::of(
        &kinds::MALFORMED_JSON,
        Sentence::new(
            format!("请求体第 {line} 行第 {column} 列不是合法的 JSON。"),
            format!("The request body is not JSON at line {line}, column {column}."),
        ),
    )
}

/// serde tells the kinds apart in words only; a test holds it to them.
fn field(path: &Path, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(front, _)| front);
    let (kind, pointer): (&ProblemKind, String) = if let Some(name) = named(message, "unknown field `") {
        (&kinds::UNKNOWN_FIELD, ending_with(pointer(path), name))
    } else if let Some(name) = named(message, "missing field `") {
        (&kinds::MISSING_FIELD, ending_with(pointer(path), name))
    } else if let Some(name) = named(message, "duplicate field `") {
        (&kinds::INVALID_FIELD, ending_with(pointer(path), name))
    } else {
        (&kinds::INVALID_FIELD, pointer(path))
    };
    let told: String = message.chars().take(300).collect();
    let error = FieldError {
        pointer: pointer.clone(),
        code: kind.code.to_owned(),
        detail: format!("{}：{told}", kind.title),
        detail_en: told.clone(),
        finding: None,
    };
    let detail = Sentence::new(
        format!("字段 {pointer}：{}。{}", kind.title, kind.remedy),
        format!("Field {pointer}: {told}. {}", kind.remedy_en),
    );
    Problem::of(kind, detail).with_errors(vec![error])
}

fn named<'a>(message: &'a str, opening: &str) -> Option<&'a str> {
    message.strip_prefix(opening)?.split('`').next()
}

/// A pointer to the field itself, whether or not the path already ends there.
fn ending_with(pointer: String, name: &str) -> String {
    let last = format!("/{}", escaped(name));
    if pointer.ends_with(&last) { pointer } else { pointer + &last }
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } => pointer.push_str(&escaped(key)),
            Segment::Enum { variant } => pointer.push_str(&escaped(variant)),
            Segment::Unknown => {
                pointer.pop();
            }
        }
    }
    pointer
}

/// RFC 6901.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use axum::body::Body as HttpBody;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Letter {
        title: String,
        #[serde(default)]
        parts: Vec<Part>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Part {
        #[expect(dead_code, reason = "only its type matters here")]
        number: u32,
    }

    async fn send(kind: &str, body: impl Into<HttpBody>) -> Result<Body<Letter>, (u16, Value)> {
        let request = Request::builder().header("content-type", kind).body(body.into()).unwrap();
        Body::from_request(request, &())
            .await
            .map_err(|problem| (problem.status().as_u16(), serde_json::to_value(&problem).unwrap()))
    }

    #[tokio::test]
    async fn a_good_body_is_there_twice() {
        let body = send("application/json; charset=utf-8", r#"{"title":"停水"}"#).await.unwrap();
        assert_eq!(body.value.title, "停水");
        assert_eq!(body.json["title"], "停水");
        assert!(body.value.parts.is_empty());
    }

    #[tokio::test]
    async fn wrong_fields_are_pointed_at() {
        let cases = [
            (r#"{"title":"a","titel":"b"}"#, "unknown-field", "/titel"),
            (r#"{"title":"a","parts":[{"number":1},{"nummer":2}]}"#, "unknown-field", "/parts/1/nummer"),
            (r#"{"title":"a","parts":[{}]}"#, "missing-field", "/parts/0/number"),
            (r#"{}"#, "missing-field", "/title"),
            (r#"{"title":7}"#, "invalid-field", "/title"),
            (r#"{"title":"a","parts":[{"number":-1}]}"#, "invalid-field", "/parts/0/number"),
            (r#"{"title":"a","title":"b"}"#, "invalid-field", "/title"),
            (r#"[]"#, "invalid-field", ""),
            (r#"["a"]"#, "invalid-field", ""),
            (r#"{"title":"a","parts":[[1]]}"#, "invalid-field", "/parts/0"),
            (r#"{"title":"a","parts":{"number":1}}"#, "invalid-field", "/parts"),
        ];
        for (body, code, pointer) in cases {
            let (status, problem) = send("application/json", body).await.unwrap_err();
            assert_eq!((status, problem["code"].as_str()), (422, Some(code)), "{body}");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}: {problem}");
            for of_rust in ["struct", "Letter", "Part", "u32", "Vec"] {
                assert!(!problem["errors"][0].to_string().contains(of_rust), "{body}: {problem}");
            }
        }
    }

    #[tokio::test]
    async fn malformed_json_is_located() {
        for body in ["", "{", "{\"title\":\n \"a\",}", "nul", "{\"title\":\"a\"} x", "{\"title\":\"\u{0}\"}"] {
            let (status, problem) = send("application/json", body).await.unwrap_err();
            assert_eq!((status, problem["code"].as_str()), (400, Some("malformed-json")), "{body}");
        }
        let (_, problem) = send("application/json", "{\"title\":\n \"a\",}").await.unwrap_err();
        assert!(problem["detail"].as_str().unwrap().contains("第 2 行第 6 列"), "{problem}");
    }

    #[tokio::test]
    async fn bytes_that_are_no_text_are_malformed() {
        let (status, problem) = send("application/json", vec![b'{', b'"', 0xFF, b'"', b'}']).await.unwrap_err();
        assert_eq!((status, problem["code"].as_str()), (400, Some("malformed-json")));
    }

    #[tokio::test]
    async fn ten_megabytes_are_refused_announced_or_not() {
        let big = vec![b' '; 10_000_000];
        let (status, problem) = send("application/json", big.clone()).await.unwrap_err();
        assert_eq!((status, problem["code"].as_str()), (413, Some("body-too-large")));
        let request = Request::builder()
            .header("content-type", "application/json")
            .header("content-length", "10000000")
            .body(HttpBody::from("{}"))
            .unwrap();
        let refused = Body::<Letter>::from_request(request, &()).await.unwrap_err();
        assert_eq!(refused.status().as_u16(), 413);
    }

    #[tokio::test]
    async fn other_media_types_are_refused() {
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
            let (status, _) = send(kind, r#"{"title":"a"}"#).await.unwrap_err();
            assert_eq!(status, 415, "{kind}");
        }
    }
}
