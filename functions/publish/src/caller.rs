//! Who is asking, and what the ledger says he may.
//!
//! A token tells who somebody is and nothing else. What he may do is read from his own stream, consistently, for every request: a role granted, revoked or
//! disabled counts for whatever arrives after the answer (docs/adr/009).

use access::{Action, Decision, Resource, TokenRefusal};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::{
    ActorId, StaffId,
    document::{Document, DocumentRefusal},
    staff::{Assignment, Role, Staff},
};
use gateway::{Problem, Sentence};

use crate::{problems, problems::store, refusal::Refusal, state::PublishState};

/// A member of staff with a valid token who is not disabled.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) actor: ActorId,
    pub(crate) staff: Staff,
    /// Version of his stream; 0 if nobody enrolled him.
    pub(crate) version: u64,
}

/// Whoever sends a command. An expired token is good for finding an earlier answer only: its owner is then not looked up.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    pub(crate) actor: ActorId,
    pub(crate) staff: Staff,
    /// Version of his stream; 0 if nobody enrolled him.
    pub(crate) version: u64,
    pub(crate) token: TokenAge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenAge {
    Valid,
    Expired,
}

/// The subject of a token, not looked up yet.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    actor: ActorId,
    token: TokenAge,
}

impl Subject {
    pub(crate) fn from_headers(state: &PublishState, headers: &HeaderMap) -> Result<Self, Problem> {
        let token = bearer(headers).ok_or_else(|| Problem::plain(&problems::TOKEN_MISSING))?;
        match state.verifier.verify(token) {
            Ok(actor) => Ok(Self { actor, token: TokenAge::Valid }),
            Err(TokenRefusal::Expired { actor }) => Ok(Self { actor, token: TokenAge::Expired }),
            Err(refusal) => Err(Problem::of(
                &problems::TOKEN_INVALID,
                Sentence::new(
                    format!("令牌无效：{refusal}。{}", problems::TOKEN_INVALID.remedy),
                    format!("Not taken: {refusal}. {}", problems::TOKEN_INVALID.remedy_en),
                ),
            )),
        }
    }

    /// Looks the subject up: one consistent read of his stream.
    pub(crate) async fn looked_up(self, state: &PublishState) -> Result<Sender, Problem> {
        let Self { actor, token } = self;
        let (staff, version) = match token {
            TokenAge::Expired => (Staff::default(), 0),
            TokenAge::Valid => {
                let read = state.ledger.read::<Staff>(&StaffId::of(&actor).stream()).await;
                let (staff, version, _) = read.map_err(|error| store::load(&error))?;
                (staff, version)
            }
        };
        Ok(Sender { actor, staff, version, token })
    }
}

/// The token of `Authorization: Bearer …`; the scheme's case does not matter (RFC 9110).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

impl Sender {
    /// What refuses all that he asks for, whatever it is.
    pub(crate) fn barred(&self) -> Option<Problem> {
        match (self.token, &self.staff.disabled) {
            (TokenAge::Expired, _) => Some(Problem::plain(&problems::TOKEN_EXPIRED)),
            (TokenAge::Valid, Some(_)) => Some(Problem::plain(&problems::STAFF_DISABLED)),
            (TokenAge::Valid, None) => None,
        }
    }
}

impl FromRequestParts<PublishState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &PublishState) -> Result<Self, Problem> {
        let sender = Subject::from_headers(state, &parts.headers)?.looked_up(state).await?;
        match sender.barred() {
            Some(problem) => Err(problem),
            None => Ok(Self { actor: sender.actor, staff: sender.staff, version: sender.version }),
        }
    }
}

/// Lets pass what the policies permit.
pub(crate) fn may(state: &PublishState, staff: &Staff, action: Action, resource: &Resource) -> Result<(), Refusal> {
    told(staff, action, resource, state.gate.allowed(staff, action, resource))
}

/// Lets pass who may draft anything anywhere.
pub(crate) fn may_draft(staff: &Staff) -> Result<(), Refusal> {
    writes_as(staff, &[Role::Editor])
}

/// Lets pass who may put files beside anything anywhere: who drafts, and who brings in.
pub(crate) fn may_take_in(staff: &Staff) -> Result<(), Refusal> {
    writes_as(staff, &[Role::Editor, Role::Migrator])
}

fn writes_as(staff: &Staff, roles: &[Role]) -> Result<(), Refusal> {
    match roles.iter().flat_map(|role| staff.scopes(*role)).next() {
        Some(_) => Ok(()),
        None if staff.enrolled.is_none() => Err(Problem::plain(&problems::STAFF_UNKNOWN).into()),
        None => {
            let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
            Err(Refusal::from(Problem::of(
                &problems::FORBIDDEN,
                Sentence::new(
                    format!("此操作需要任一部门的 {} 角色。", names.join("、")),
                    format!("This takes the role {} in some department.", names.join(" or ")),
                ),
            )))
        }
    }
}

/// Lets pass who may do `action` to `document`.
pub(crate) fn may_on(state: &PublishState, staff: &Staff, action: Action, document: &Document) -> Result<(), Refusal> {
    let (Some(department), Some(column)) = (&document.department, &document.column) else {
        return Err(DocumentRefusal::NotDrafted.into());
    };
    may(state, staff, action, &Resource::on(department, column.site()))
}

/// Lets pass who may trust somebody else with `assignment`.
pub(crate) fn may_grant(state: &PublishState, staff: &Staff, assignment: &Assignment) -> Result<(), Refusal> {
    let resource = Resource::all_of(&assignment.scope);
    told(staff, Action::GrantRole, &resource, state.gate.may_grant(staff, assignment))
}

fn told(staff: &Staff, action: Action, resource: &Resource, decision: Decision) -> Result<(), Refusal> {
    let Decision::Denied { roles, policies } = decision else { return Ok(()) };
    if staff.enrolled.is_none() {
        return Err(Problem::plain(&problems::STAFF_UNKNOWN).into());
    }
    let scope = resource.scope();
    let department = scope.department.as_ref().map_or("全市各部门".to_owned(), |code| format!("部门 {code}"));
    let site = scope.site.as_ref().map(|site| format!("、站点 {site}")).unwrap_or_default();
    Err(Refusal::from(Problem::of(
        &problems::FORBIDDEN,
        Sentence::new(
            format!(
                "此操作（{}）需要{department}{site}的 {} 角色；相关规则：{}。",
                action.as_str(),
                roles.join("、"),
                policies.join("、"),
            ),
            format!(
                "`{}` on things of {scope} takes the role {}; policy: {}.",
                action.as_str(),
                roles.join(" or "),
                policies.join(", "),
            ),
        ),
    )))
}
