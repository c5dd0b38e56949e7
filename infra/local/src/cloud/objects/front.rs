//! HTTP in front of the store: who asked for what, and the faults in between.

use std::{net::SocketAddr, time::Duration};

use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{
    HeaderMap, Method, Request, Response, StatusCode, Uri,
    header::{CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH},
};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Body as _, Frame};
use s3s::{
    auth::SimpleAuth,
    service::{S3Service, S3ServiceBuilder},
};

use super::ObjectStore;
use crate::cloud::{
    CloudError, Running,
    credentials::{ACCESS_KEY, SECRET_KEY},
    faults::{Fault, Faults},
    server::{self, BoxError, Hangup, Payload, Reply, Sent, whole},
};

/// Time for the first half of a truncated body to leave.
const FLUSH: Duration = Duration::from_millis(20);

pub(super) async fn start(store: ObjectStore, addr: SocketAddr, faults: Faults) -> Result<Running, CloudError> {
    let mut service = S3ServiceBuilder::new(store);
    service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = service.build();
    server::serve(addr, move |request| answer(service.clone(), faults.clone(), request)).await
}

async fn answer(service: S3Service, faults: Faults, request: Request<Sent>) -> Reply {
    let operation = operation(request.method(), request.uri());
    let sent = length(request.headers());
    let conditional = request.headers().contains_key(IF_MATCH) || request.headers().contains_key(IF_NONE_MATCH);
    let fault = faults
        .decide(operation)
        .filter(|fault| conditional || !matches!(fault, Fault::PreconditionFailed | Fault::ConditionalConflict));
    let reply = match fault {
        Some(Fault::Throttle) => injected(request, StatusCode::SERVICE_UNAVAILABLE, "SlowDown").await,
        Some(Fault::InternalError) => injected(request, StatusCode::INTERNAL_SERVER_ERROR, "InternalError").await,
        Some(Fault::PreconditionFailed) => {
            injected(request, StatusCode::PRECONDITION_FAILED, "PreconditionFailed").await
        }
        Some(Fault::ConditionalConflict) => injected(request, StatusCode::CONFLICT, "ConditionalRequestConflict").await,
        Some(Fault::Delay(time)) => {
            tokio::time::sleep(time).await;
            perform(&service, request).await
        }
        Some(Fault::TruncateBody) => truncated(perform(&service, request).await).await,
        _ => perform(&service, request).await,
    };
    let returned = reply.as_ref().map_or(0, |reply| length(reply.headers()));
    faults.record(operation, sent, returned, 0.0);
    match fault {
        Some(Fault::LoseReply) => Err(Hangup),
        _ => reply,
    }
}

async fn perform(service: &S3Service, request: Request<Sent>) -> Reply {
    match service.call(request.map(s3s::Body::http_body_unsync)).await {
        Ok(response) => {
            let mut response = response.map(BodyExt::boxed_unsync);
            // s3s leaves the length of its XML to the body; the meter reads it from the header.
            let exact = response.body().size_hint().exact();
            if let Some(exact) = exact
                && !response.headers().contains_key(CONTENT_LENGTH)
                && response.status() != StatusCode::NO_CONTENT
                && response.status() != StatusCode::NOT_MODIFIED
            {
                response.headers_mut().insert(CONTENT_LENGTH, exact.into());
            }
            Ok(response)
        }
        Err(error) => {
            tracing::warn!(?error, "an S3 request ended without a response");
            Err(Hangup)
        }
    }
}

/// The operation's name on AWS, from the request line alone.
fn operation(method: &Method, uri: &Uri) -> &'static str {
    let path = uri.path().trim_start_matches('/');
    let in_bucket = path.split_once('/').is_none_or(|(_, key)| key.is_empty());
    let query = uri.query().unwrap_or("");
    match (method.as_str(), path.is_empty(), in_bucket) {
        ("GET", true, _) => "ListBuckets",
        ("PUT", false, true) => "CreateBucket",
        ("HEAD", false, true) => "HeadBucket",
        ("GET", false, true) if query.contains("list-type=2") => "ListObjectsV2",
        ("POST", false, true) if query.starts_with("delete") => "DeleteObjects",
        ("PUT", false, false) => "PutObject",
        ("GET", false, false) => "GetObject",
        ("HEAD", false, false) => "HeadObject",
        ("DELETE", false, false) => "DeleteObject",
        _ => "OtherS3",
    }
}

fn length(headers: &HeaderMap) -> usize {
    headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or_default()
}

// The body is read to its end first: a reply to half a request reads as a broken connection.
async fn injected(request: Request<Sent>, status: StatusCode, code: &str) -> Reply {
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        frame.map_err(|_| Hangup)?;
    }
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>injected by the fault layer</Message></Error>"
    );
    let length = xml.len();
    let mut response = Response::new(whole(xml));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, http::HeaderValue::from_static("application/xml"));
    headers.insert(CONTENT_LENGTH, length.into());
    Ok(response)
}

async fn truncated(reply: Reply) -> Reply {
    let (head, body) = reply?.into_parts();
    let bytes = body.collect().await.map_err(|_| Hangup)?.to_bytes();
    if !head.status.is_success() || bytes.is_empty() {
        return Ok(Response::from_parts(head, whole(bytes)));
    }
    let half = bytes.slice(..bytes.len() / 2);
    // A failure right away would take the unsent half with it; a pause makes hyper flush it first.
    let end = async {
        tokio::time::sleep(FLUSH).await;
        Err::<Frame<Bytes>, BoxError>(Box::new(Hangup))
    };
    let frames = stream::iter([Ok(Frame::data(half))]).chain(stream::once(end));
    let body: Payload = StreamBody::new(frames).boxed_unsync();
    Ok(Response::from_parts(head, body))
}
