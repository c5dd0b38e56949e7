//! The publish API as the sample's staff uses it: in process, with tokens of their roles.

use std::collections::HashMap;

use axum::{Router, body::Body};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use tower::ServiceExt;

use crate::serve::{
    keys::{Claims, KeyError, LocalIssuer},
    secrets::EdgeSecrets,
};

/// One request of the sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// `POST` or `PUT`.
    pub method: &'static str,
    /// Its path.
    pub path: String,
    /// The role that may do it.
    pub role: &'static str,
    /// Its body.
    pub body: Value,
    /// The version for `If-Match`.
    pub expected: Option<u64>,
}

/// What the API says of an accepted command.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Receipt {
    /// Name of the thing.
    pub id: String,
    /// Its stream.
    pub stream: String,
    /// Its version.
    pub version: u64,
    /// The revision, for documents.
    #[serde(default)]
    pub revision: Option<String>,
}

/// A client with the tokens of every role in every department it is asked for.
pub struct Api<'a> {
    router: Router,
    issuer: &'a LocalIssuer,
    secrets: &'a EdgeSecrets,
    tokens: HashMap<(String, &'static str), String>,
}

/// The claims of the sample's staff: one person per role and department.
#[must_use]
pub fn claims(department: &str, role: &str) -> Claims {
    Claims {
        sub: format!("{department}.{role}"),
        name: format!("{department} {role}"),
        roles: vec![role.to_owned()],
        department: department.to_owned(),
        sites: None,
        // The platform's registrars open sites for everybody.
        scope: (role == "registrar" && department == "zfb").then(|| "city".to_owned()),
    }
}

impl<'a> Api<'a> {
    /// A client of `router`.
    #[must_use]
    pub fn new(router: Router, issuer: &'a LocalIssuer, secrets: &'a EdgeSecrets) -> Self {
        Self { router, issuer, secrets, tokens: HashMap::new() }
    }

    /// Sends a request as a member of `department`'s staff.
    ///
    /// # Errors
    /// The API refused or failed, with what it said.
    pub async fn send(&mut self, department: &str, key: &str, request: &Request) -> Result<Receipt, String> {
        let token = self.token(department, request.role).map_err(|error| error.to_string())?;
        let mut built = http::Request::builder()
            .method(request.method)
            .uri(&request.path)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .header("x-taihu-origin", &self.secrets.origin)
            .header("x-taihu-site", crate::serve::options::PORTAL);
        if let Some(version) = request.expected {
            built = built.header("if-match", format!("\"{version}\""));
        }
        let built = built.body(Body::from(request.body.to_string())).map_err(|error| error.to_string())?;
        let response = self.router.clone().oneshot(built).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.map_err(|error| error.to_string())?;
        if status.is_success() {
            serde_json::from_slice(&bytes).map_err(|error| error.to_string())
        } else {
            Err(format!(
                "{} {} as {}: {status} {}",
                request.method,
                request.path,
                request.role,
                String::from_utf8_lossy(&bytes)
            ))
        }
    }

    fn token(&mut self, department: &str, role: &'static str) -> Result<String, KeyError> {
        let whose = (department.to_owned(), role);
        if let Some(token) = self.tokens.get(&whose) {
            return Ok(token.clone());
        }
        let token = self.issuer.token(&claims(department, role), Timestamp::now(), 12)?;
        self.tokens.insert(whose, token.clone());
        Ok(token)
    }
}
