//! The short way to the endpoints: the SDK's requests go to their handlers without sockets.
//!
//! Everything else stays: signatures, the wire's formats, limits, faults, the meter. What falls away is what loopback costs, half of a small request.

use std::{fmt, net::SocketAddr, sync::Arc};

use aws_smithy_runtime_api::{
    client::{
        http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
        orchestrator::{HttpRequest, HttpResponse},
        result::ConnectorError,
        runtime_components::RuntimeComponents,
    },
    shared::IntoShared,
};
use aws_smithy_types::body::SdkBody;
use http::{HeaderValue, Method, Request, Uri, header::HOST, uri::PathAndQuery};
use http_body_util::BodyExt;

use super::server::{BoxError, Handler, Running, sent};

/// An SDK's HTTP client that knows two hosts.
#[derive(Clone)]
pub struct Direct {
    endpoints: Arc<[(SocketAddr, Handler)]>,
}

impl Direct {
    pub(super) fn to(endpoints: [&Running; 2]) -> Self {
        Self { endpoints: endpoints.iter().map(|endpoint| (endpoint.addr, Arc::clone(&endpoint.handler))).collect() }
    }

    fn handler(&self, uri: &Uri) -> Result<Handler, BoxError> {
        let named = uri.authority().and_then(|authority| authority.as_str().parse::<SocketAddr>().ok());
        let known = self.endpoints.iter().find(|(addr, _)| Some(*addr) == named);
        known
            .map(|(_, handler)| Arc::clone(handler))
            .ok_or_else(|| format!("nobody answers {uri} in this process").into())
    }
}

impl fmt::Debug for Direct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.endpoints.iter().map(|(addr, _)| addr)).finish()
    }
}

impl HttpClient for Direct {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.clone().into_shared()
    }
}

impl HttpConnector for Direct {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let direct = self.clone();
        HttpConnectorFuture::new(async move {
            let asked = |error: BoxError| ConnectorError::user(error);
            let request = request.try_into_http1x().map_err(|error| asked(error.into()))?;
            let handler = direct.handler(request.uri()).map_err(asked)?;
            let request = as_received(request).map_err(asked)?;
            let bodiless = request.method() == Method::HEAD;
            // What a connection would tell by breaking off.
            let broken = |error: BoxError| ConnectorError::io(error);
            let (head, body) = handler(request.map(sent)).await.map_err(|hangup| broken(hangup.into()))?.into_parts();
            let body = match bodiless {
                true => SdkBody::empty(),
                false => SdkBody::from(body.collect().await.map_err(broken)?.to_bytes()),
            };
            let response = http::Response::from_parts(head, body);
            HttpResponse::try_from(response).map_err(|error| broken(error.into()))
        })
    }
}

/// The request as a server reads it: the host in a header, the rest in the request line.
fn as_received(mut request: Request<SdkBody>) -> Result<Request<SdkBody>, BoxError> {
    if let Some(authority) = request.uri().authority() {
        let host = HeaderValue::from_str(authority.as_str())?;
        request.headers_mut().entry(HOST).or_insert(host);
    }
    let path = request.uri().path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
    *request.uri_mut() = Uri::from(path);
    Ok(request)
}
