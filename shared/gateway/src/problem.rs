//! Problems: RFC 9457, in Chinese and English, each with a page that explains it.

use std::{borrow::Cow, time::Duration};

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, schema::Schema},
};

/// Media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Where the pages stand of the problems that any function may have, and of those of `publish`.
pub const PROBLEMS_PATH: &str = "/api/publish/problems";

/// One kind of problem: its code, its status, and what its page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemKind {
    /// Stable code: letters a–z and hyphens.
    pub code: &'static str,
    /// Where its page stands: a problem's `type` is this, a slash and its code.
    pub pages: &'static str,
    /// HTTP status.
    pub status: StatusCode,
    /// Short title, Chinese.
    pub title: &'static str,
    /// Short title, English.
    pub title_en: &'static str,
    /// What to do, Chinese.
    pub remedy: &'static str,
    /// What to do, English.
    pub remedy_en: &'static str,
}

/// Declares kinds of problems as constants, and `ALL` of them.
///
/// A line reads `NAME: "code", STATUS, "标题" / "title", "怎么办" / "what to do";`. A first line `at "/api/letter/problems";` says where their pages stand, if not
/// under [`PROBLEMS_PATH`].
#[macro_export]
macro_rules! problem_kinds {
    (at $pages:expr; $($(#[$doc:meta])* $name:ident: $code:literal, $status:ident, $title:literal / $title_en:literal, $remedy:literal / $remedy_en:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $name: $crate::ProblemKind = $crate::ProblemKind {
                code: $code,
                pages: $pages,
                status: $crate::StatusCode::$status,
                title: $title,
                title_en: $title_en,
                remedy: $remedy,
                remedy_en: $remedy_en,
            };
        )*

        /// All of them.
        pub const ALL: &[$crate::ProblemKind] = &[$($name),*];
    };
    ($(#[$doc:meta])* $name:ident: $($rest:tt)*) => {
        $crate::problem_kinds! { at $crate::PROBLEMS_PATH; $(#[$doc])* $name: $($rest)* }
    };
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Sentence {
    /// Keeps both.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// One field of a request body that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) into the request body; empty for the whole of it.
    #[schema(example = "/title")]
    pub pointer: String,
    /// Stable code.
    #[schema(example = "text-too-long")]
    pub code: String,
    /// What is wrong, Chinese.
    pub detail: String,
    /// What is wrong, English.
    pub detail_en: String,
    /// Names a finding of the checks before publication: what an override names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "mobile@body.3.8-18")]
    pub finding: Option<String>,
}

/// Something that happened since the caller last looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Change {
    /// Address of the commit.
    #[schema(example = "document:gq4tmnzzgqztsmzrgq2dqmjsge:4")]
    pub commit: String,
    /// When.
    #[schema(format = "date-time")]
    pub at: String,
    /// Who did it: the subject that tokens name him by, or `system:…` for the platform itself.
    #[schema(example = "lisi")]
    pub actor: String,
    /// Names of its events.
    #[schema(example = json!(["DraftRevised"]))]
    pub events: Vec<String>,
}

/// Why a request was not carried out; nothing changed.
///
/// Boxed: it is larger than any answer, and travels as the error of every function.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct Problem(Box<Document>);

/// Why a request was not carried out; nothing changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Document {
    /// Address of the page that explains this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/api/publish/problems/stale")]
    kind: String,
    /// Short title, Chinese.
    title: &'static str,
    /// Short title, English.
    title_en: &'static str,
    /// HTTP status.
    status: u16,
    /// Stable code.
    #[schema(example = "stale")]
    code: &'static str,
    /// What happened and what to do, Chinese.
    detail: String,
    /// What happened and what to do, English.
    detail_en: String,
    /// Path of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// Correlation id of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
    /// Fields that are not as they should be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    /// The version that the thing is at, where that is what the caller must know.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    /// What happened since the version that the caller saw: the newest at most, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Change>,
    /// How many earlier changes than those listed there were, if there were any.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<u64>,
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl PartialSchema for Problem {
    fn schema() -> RefOr<Schema> {
        Document::schema()
    }
}

impl ToSchema for Problem {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Problem")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Document::schemas(schemas);
    }
}

impl Problem {
    /// A problem of `kind`, told in one sentence.
    #[must_use]
    pub fn of(kind: &ProblemKind, detail: Sentence) -> Self {
        Self(Box::new(Document {
            kind: format!("{}/{}", kind.pages, kind.code),
            title: kind.title,
            title_en: kind.title_en,
            status: kind.status.as_u16(),
            code: kind.code,
            detail: detail.zh,
            detail_en: detail.en,
            instance: None,
            request: None,
            errors: Vec::new(),
            version: None,
            changes: Vec::new(),
            more: None,
            retry_after: None,
        }))
    }

    /// A problem of `kind` whose remedy says all there is to say.
    #[must_use]
    pub fn plain(kind: &ProblemKind) -> Self {
        Self::of(kind, Sentence::new(kind.remedy, kind.remedy_en))
    }

    /// Names the fields that are not as they should be.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.0.errors = errors;
        self
    }

    /// Says when to come again, in whole seconds, rounded up.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        let rounded_up = wait.as_millis().div_ceil(1000).max(1);
        self.0.retry_after = Some(u64::try_from(rounded_up).unwrap_or(u64::MAX));
        self
    }

    /// Says which version the thing is at; it is sent as ETag too.
    #[must_use]
    pub fn with_version(mut self, version: u64) -> Self {
        self.0.version = Some(version);
        self
    }

    /// Says what the caller did not see, oldest first, and how much more there was before that.
    #[must_use]
    pub fn with_changes(mut self, changes: Vec<Change>, more: u64) -> Self {
        self.0.changes = changes;
        self.0.more = Some(more).filter(|more| *more > 0);
        self
    }

    /// Names the request: its path and its correlation id.
    #[must_use]
    pub(crate) fn at(mut self, instance: &str, request: &str) -> Self {
        self.0.instance = Some(instance.to_owned());
        self.0.request = Some(request.to_owned());
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// What happened and what to do, Chinese.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The fields that are not as they should be.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        &self.0.errors
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    /// The response carries the problem as an extension too, so that the middleware can complete it.
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.0.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(etag) = self.0.version.and_then(|version| HeaderValue::try_from(format!("\"{version}\"")).ok()) {
            headers.insert(header::ETAG, etag);
        }
        if self.0.status == StatusCode::UNAUTHORIZED.as_u16() {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds;

    #[tokio::test]
    async fn a_problem_is_problem_json_with_both_languages() {
        let problem = Problem::of(&kinds::NOT_FOUND, Sentence::new("没有。", "nothing."))
            .with_retry_after(Duration::from_millis(1200))
            .with_version(4);
        let response = problem.into_response();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()["content-type"], MEDIA_TYPE);
        assert_eq!(response.headers()["retry-after"], "2");
        assert_eq!(response.headers()["etag"], "\"4\"");
        let bytes = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(json["type"], "/api/publish/problems/not-found");
        assert_eq!(json["detail"], "没有。");
        assert_eq!(json["detail_en"], "nothing.");
        assert_eq!(json["version"], 4);
        for absent in ["errors", "changes", "more"] {
            assert!(json.get(absent).is_none(), "{absent}");
        }
    }

    #[test]
    fn a_function_says_where_the_pages_of_its_own_kinds_stand() {
        #[expect(unreachable_pub, reason = "a function's table is public, a test's is not")]
        mod own {
            crate::problem_kinds! { at "/api/letter/problems";
                /// Answered already.
                ANSWERED: "answered", CONFLICT, "已答复" / "answered already", "无需再答。" / "It is answered.";
            }
        }
        let json = serde_json::to_value(Problem::plain(&own::ANSWERED)).unwrap();
        assert_eq!(json["type"], "/api/letter/problems/answered");
        assert_eq!(own::ALL, [own::ANSWERED]);
    }

    #[test]
    fn what_the_caller_did_not_see_is_a_member_of_its_own() {
        let change = Change {
            commit: "site:www:4".to_owned(),
            at: "2026-11-29T02:12:00Z".to_owned(),
            actor: "lisi".to_owned(),
            events: vec!["SiteArchived".to_owned()],
        };
        let told =
            |more| serde_json::to_value(Problem::plain(&kinds::INTERNAL).with_changes(vec![change.clone()], more));
        let json = told(7).unwrap();
        assert_eq!((&json["changes"][0]["actor"], &json["more"]), (&"lisi".into(), &7.into()));
        assert!(told(0).unwrap().get("more").is_none());
    }
}
