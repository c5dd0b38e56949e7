//! Who is asking.

use access::{Action, Decision, Resource, Staff, TokenRefusal};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use gateway::{Problem, Sentence};

use crate::{problems, refusal::Refusal, state::PublishState};

/// A member of staff with a valid token.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) staff: Staff,
}

/// A member of staff whose token may have expired: then good for finding an earlier answer only.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    pub(crate) staff: Staff,
    pub(crate) token: TokenAge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenAge {
    Valid,
    Expired,
}

impl Sender {
    pub(crate) fn from_headers(state: &PublishState, headers: &HeaderMap) -> Result<Self, Problem> {
        let token = bearer(headers).ok_or_else(|| Problem::plain(&problems::TOKEN_MISSING))?;
        match state.verifier.verify(token) {
            Ok(staff) => Ok(Self { staff, token: TokenAge::Valid }),
            Err(TokenRefusal::Expired { staff }) => Ok(Self { staff: *staff, token: TokenAge::Expired }),
            Err(refusal) => Err(Problem::of(
                &problems::TOKEN_INVALID,
                Sentence::new(
                    format!("令牌无效：{refusal}。{}", problems::TOKEN_INVALID.remedy),
                    format!("Not taken: {refusal}. {}", problems::TOKEN_INVALID.remedy_en),
                ),
            )),
        }
    }
}

/// The token of `Authorization: Bearer …`; the scheme's case does not matter (RFC 9110).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

impl FromRequestParts<PublishState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &PublishState) -> Result<Self, Problem> {
        let sender = Sender::from_headers(state, &parts.headers)?;
        match sender.token {
            TokenAge::Valid => Ok(Self { staff: sender.staff }),
            TokenAge::Expired => Err(Problem::plain(&problems::TOKEN_EXPIRED)),
        }
    }
}

/// Lets pass what the policies permit.
pub(crate) fn may(state: &PublishState, staff: &Staff, action: Action, resource: &Resource) -> Result<(), Refusal> {
    match state.gate.allowed(staff, action, resource) {
        Decision::Allowed => Ok(()),
        Decision::Denied { roles, policies } => {
            let department = &resource.department;
            let site = resource.site.as_ref().map(|site| format!(" ({site})")).unwrap_or_default();
            Err(Refusal::from(Problem::of(
                &problems::FORBIDDEN,
                Sentence::new(
                    format!(
                        "此操作（{}）需要部门 {department}{site} 的 {} 角色；相关规则：{}。",
                        action.as_str(),
                        roles.join("、"),
                        policies.join("、"),
                    ),
                    format!(
                        "`{}` on things of {department}{site} takes the role {}; policy: {}.",
                        action.as_str(),
                        roles.join(" or "),
                        policies.join(", "),
                    ),
                ),
            )))
        }
    }
}
