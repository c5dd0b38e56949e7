//! Who is asking, and what the ledger says he may.
//!
//! A token tells who somebody is and nothing else. What he may do is read from his own stream, consistently, for every request: a role granted, revoked or
//! disabled counts for whatever arrives after the answer (docs/adr/009).

use access::TokenRefusal;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::{ActorId, StaffId, staff::Staff};
use gateway::{Problem, Sentence};

use crate::{function::Function, problems};

/// A member of staff with a valid token who is not disabled.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The subject of his token.
    pub actor: ActorId,
    /// What he is trusted with.
    pub staff: Staff,
    /// Version of his stream; 0 if nobody enrolled him.
    pub version: u64,
}

/// Whoever sends a command. An expired token is good for finding an earlier answer only: its owner is then not looked up.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The subject of his token.
    pub actor: ActorId,
    /// What he is trusted with.
    pub staff: Staff,
    /// Version of his stream; 0 if nobody enrolled him.
    pub version: u64,
    /// Whether his token still counts.
    pub token: TokenAge,
}

/// Whether a token still counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenAge {
    /// It counts.
    Valid,
    /// It tells whose it was, and no more.
    Expired,
}

/// The subject of a token, not looked up yet.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    actor: ActorId,
    token: TokenAge,
}

impl Subject {
    pub(crate) fn from_headers(state: &impl Function, headers: &HeaderMap) -> Result<Self, Problem> {
        let token = bearer(headers).ok_or_else(|| Problem::plain(&problems::TOKEN_MISSING))?;
        match state.verifier().verify(token) {
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
    pub(crate) async fn looked_up(self, state: &impl Function) -> Result<Sender, Problem> {
        let Self { actor, token } = self;
        let (staff, version) = match token {
            TokenAge::Expired => (Staff::default(), 0),
            TokenAge::Valid => {
                let read = state.ledger().read::<Staff>(&StaffId::of(&actor).stream()).await;
                let (staff, version, _) = read.map_err(|error| problems::load(&error))?;
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
    #[must_use]
    pub fn barred(&self) -> Option<Problem> {
        match (self.token, &self.staff.disabled) {
            (TokenAge::Expired, _) => Some(Problem::plain(&problems::TOKEN_EXPIRED)),
            (TokenAge::Valid, Some(_)) => Some(Problem::plain(&problems::STAFF_DISABLED)),
            (TokenAge::Valid, None) => None,
        }
    }
}

impl<S: Function> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let sender = Subject::from_headers(state, &parts.headers)?.looked_up(state).await?;
        match sender.barred() {
            Some(problem) => Err(problem),
            None => Ok(Self { actor: sender.actor, staff: sender.staff, version: sender.version }),
        }
    }
}
