//! HTTP in and out: headers, limits, statuses, and the faults in between.

use std::sync::Arc;

use bytes::Bytes;
use dynoxide::{
    DynoxideError,
    auth_material::{self, AuthMaterial},
};
use http::{HeaderMap, Method, Request, Response, StatusCode, header::CONTENT_TYPE};
use http_body_util::{BodyExt, Limited};
use serde_json::{Value, json};

use super::dispatch::{Answer, Front, OPERATIONS};
use crate::cloud::{
    faults::{Fault, Faults},
    server::{Hangup, Payload, Reply, Sent, whole},
};

/// DynamoDB's own limit of a request body, in bytes.
const BODY_LIMIT: usize = 16 * 1024 * 1024;
const JSON: &str = "application/x-amz-json-1.0";
const TARGET: &str = "DynamoDB_20120810.";
const NAMESPACE: &str = "com.amazonaws.dynamodb.v20120810#";

struct Told {
    status: StatusCode,
    json: String,
    units: f64,
}

/// Answers one HTTP request.
pub(super) async fn answer(front: Arc<Front>, faults: Faults, request: Request<Sent>) -> Reply {
    if request.method() == Method::GET && request.uri().path() == "/" {
        return Ok(plain(StatusCode::OK, "healthy: dynamodb\n"));
    }
    if request.method() != Method::POST || request.uri().path() != "/" {
        return Ok(plain(StatusCode::NOT_FOUND, "<UnknownOperationException/>\n"));
    }
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, BODY_LIMIT).collect().await else {
        return Ok(plain(StatusCode::PAYLOAD_TOO_LARGE, "the body is over 16 MB or was cut off\n"));
    };
    let body = body.to_bytes();
    let Some(operation) = operation(&head.headers) else {
        return Ok(bare("com.amazon.coral.service#UnknownOperationException"));
    };
    if let Some(refusal) = unsigned(&head.headers, head.uri.query()) {
        return Ok(reply(StatusCode::BAD_REQUEST, refusal));
    }
    if serde_json::from_slice::<serde::de::IgnoredAny>(&body).is_err() {
        return Ok(bare("com.amazon.coral.service#SerializationException"));
    }
    let sent = body.len();
    let fault = faults.decide(operation);
    let Some(told) = under(fault, front, operation, body).await else {
        faults.record(operation, sent, 0, 0.0);
        return Err(Hangup);
    };
    faults.record(operation, sent, told.json.len(), told.units);
    match fault {
        Some(Fault::LoseReply) => Err(Hangup),
        _ => Ok(reply(told.status, told.json)),
    }
}

// `None` when the engine itself fell over: the peer sees a lost connection, never a made-up answer.
async fn under(fault: Option<Fault>, front: Arc<Front>, operation: &'static str, body: Bytes) -> Option<Told> {
    match fault {
        Some(Fault::Throttle) => Some(injected(
            StatusCode::BAD_REQUEST,
            &format!("{NAMESPACE}ProvisionedThroughputExceededException"),
            "The level of configured provisioned throughput for the table was exceeded.",
        )),
        Some(Fault::RequestLimit) => Some(injected(
            StatusCode::BAD_REQUEST,
            "com.amazon.coral.availability#ThrottlingException",
            "Rate of requests exceeds the allowed throughput.",
        )),
        Some(Fault::InternalError) => Some(injected(
            StatusCode::INTERNAL_SERVER_ERROR,
            &format!("{NAMESPACE}InternalServerError"),
            "Internal server error",
        )),
        Some(Fault::Conflict) => Some(conflict(operation, &body)),
        Some(Fault::Unprocessed) => leave_some(front, operation, &body).await,
        Some(Fault::Delay(time)) => {
            tokio::time::sleep(time).await;
            perform(front, operation, body).await
        }
        _ => perform(front, operation, body).await,
    }
}

async fn perform(front: Arc<Front>, operation: &'static str, body: Bytes) -> Option<Told> {
    let answered = tokio::task::spawn_blocking(move || match std::str::from_utf8(&body) {
        Ok(text) => front.call(operation, text),
        Err(error) => Err(DynoxideError::SerializationException(error.to_string())),
    })
    .await;
    match answered {
        Ok(Ok(Answer { json, units })) => Some(Told { status: StatusCode::OK, json, units }),
        Ok(Err(error)) => Some(Told {
            status: StatusCode::from_u16(error.status_code()).unwrap_or(StatusCode::BAD_REQUEST),
            json: error.to_json(),
            units: 0.0,
        }),
        Err(error) => {
            tracing::error!(%error, operation, "the database engine failed");
            None
        }
    }
}

fn operation(headers: &HeaderMap) -> Option<&'static str> {
    let name = headers.get("x-amz-target")?.to_str().ok()?.strip_prefix(TARGET)?;
    OPERATIONS.into_iter().find(|known| *known == name)
}

fn unsigned(headers: &HeaderMap, query: Option<&str>) -> Option<String> {
    auth_material::validate(AuthMaterial {
        authorization: headers.get("authorization").and_then(|value| value.to_str().ok()),
        query: query.unwrap_or(""),
        has_date_header: headers.contains_key("x-amz-date") || headers.contains_key("date"),
    })
}

fn injected(status: StatusCode, kind: &str, message: &str) -> Told {
    Told { status, json: json!({ "__type": kind, "message": message }).to_string(), units: 0.0 }
}

// A transaction names the member that met another one; a single write has no members.
fn conflict(operation: &str, body: &[u8]) -> Told {
    const MESSAGE: &str = "Transaction is ongoing for the item";
    if operation != "TransactWriteItems" {
        return injected(StatusCode::BAD_REQUEST, &format!("{NAMESPACE}TransactionConflictException"), MESSAGE);
    }
    let members = serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|request| Some(request.get("TransactItems")?.as_array()?.len()))
        .unwrap_or(1);
    let codes: Vec<&str> =
        std::iter::once("TransactionConflict").chain(std::iter::repeat("None")).take(members).collect();
    let reasons: Vec<Value> = codes
        .iter()
        .map(|code| match *code {
            "None" => json!({ "Code": "None" }),
            code => json!({ "Code": code, "Message": MESSAGE }),
        })
        .collect();
    let message =
        format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "));
    Told {
        status: StatusCode::BAD_REQUEST,
        json: json!({
            "__type": format!("{NAMESPACE}TransactionCanceledException"),
            "Message": message,
            "CancellationReasons": reasons,
        })
        .to_string(),
        units: 0.0,
    }
}

// Performs the first half of a batch and hands the rest back, as a busy partition does.
async fn leave_some(front: Arc<Front>, operation: &'static str, body: &Bytes) -> Option<Told> {
    let Ok(mut request) = serde_json::from_slice::<Value>(body) else {
        return perform(front, operation, body.clone()).await;
    };
    let left = split(&mut request);
    let empty = request.get("RequestItems").and_then(Value::as_object).is_none_or(serde_json::Map::is_empty);
    let mut told = if empty {
        Told { status: StatusCode::OK, json: "{}".to_owned(), units: 0.0 }
    } else {
        perform(front, operation, request.to_string().into()).await?
    };
    if told.status == StatusCode::OK
        && let Ok(mut answer) = serde_json::from_str::<Value>(&told.json)
        && let Some(fields) = answer.as_object_mut()
    {
        fields.insert("UnprocessedItems".to_owned(), left);
        told.json = answer.to_string();
    }
    Some(told)
}

/// Takes the last half (rounded up) of each table's writes out of a batch.
fn split(request: &mut Value) -> Value {
    let mut left = serde_json::Map::new();
    if let Some(tables) = request.get_mut("RequestItems").and_then(Value::as_object_mut) {
        for (table, writes) in tables.iter_mut() {
            if let Some(writes) = writes.as_array_mut() {
                let rest = writes.split_off(writes.len() / 2);
                left.insert(table.clone(), Value::Array(rest));
            }
        }
        tables.retain(|_, writes| writes.as_array().is_some_and(|all| !all.is_empty()));
    }
    Value::Object(left)
}

fn bare(kind: &str) -> Response<Payload> {
    reply(StatusCode::BAD_REQUEST, json!({ "__type": kind }).to_string())
}

fn reply(status: StatusCode, json: String) -> Response<Payload> {
    let mut checksum = flate2::Crc::new();
    checksum.update(json.as_bytes());
    let mut response = Response::new(whole(json));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, http::HeaderValue::from_static(JSON));
    headers.insert("x-amz-crc32", checksum.sum().into());
    if let Ok(id) = format!("{:0>52X}", rand::random::<u128>()).parse() {
        headers.insert("x-amzn-requestid", id);
    }
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Payload> {
    let mut response = Response::new(whole(text));
    *response.status_mut() = status;
    response
}
