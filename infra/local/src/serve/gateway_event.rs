//! What API Gateway would make of a request: the HTTP API event, format 2.0, and its answer.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use jiff::Timestamp;
use lambda_http::aws_lambda_events::query_map::QueryMap;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use thiserror::Error;

/// A request as the CDN hands it on.
#[derive(Debug, Clone)]
pub struct GatewayRequest<'a> {
    /// Its method.
    pub method: &'a Method,
    /// Its path and query, as sent.
    pub uri: &'a Uri,
    /// Its headers, forged ones already dropped.
    pub headers: &'a HeaderMap,
    /// Its whole body.
    pub body: &'a [u8],
    /// Host and port it was sent to.
    pub host: &'a str,
    /// Who sent it.
    pub source_ip: &'a str,
    /// When.
    pub at: Timestamp,
    /// Names this request in logs and problems.
    pub request_id: &'a str,
}

impl GatewayRequest<'_> {
    /// The event (API Gateway HTTP API, payload format 2.0).
    #[must_use]
    pub fn event(&self) -> Value {
        let path = self.uri.path();
        let query = self.uri.query().unwrap_or_default();
        let (body, is_base64) = encode(self.headers, self.body);
        let agent = self.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let mut event = json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": query,
            "headers": combined(self.headers),
            "requestContext": {
                "accountId": "000000000000",
                "apiId": "taihu",
                "domainName": self.host,
                "domainPrefix": self.host.split('.').next().unwrap_or_default(),
                "http": {
                    "method": self.method.as_str(),
                    "path": path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": self.source_ip,
                    "userAgent": agent,
                },
                "requestId": self.request_id,
                "routeKey": "$default",
                "stage": "$default",
                "time": self.at.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
                "timeEpoch": self.at.as_millisecond(),
            },
            "isBase64Encoded": is_base64,
        });
        if let Some(fields) = event.as_object_mut() {
            let cookies: Vec<&str> =
                self.headers.get_all(header::COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()).collect();
            if !cookies.is_empty() {
                let cookies: Vec<&str> = cookies.iter().flat_map(|cookie| cookie.split(';')).map(str::trim).collect();
                fields.insert("cookies".to_owned(), json!(cookies));
            }
            if !query.is_empty() {
                fields.insert("queryStringParameters".to_owned(), Value::Object(parameters(query)));
            }
            if let Some(body) = body {
                fields.insert("body".to_owned(), Value::String(body));
            }
        }
        event
    }
}

/// Lower-case names, several values of one name joined by commas, cookies apart.
fn combined(headers: &HeaderMap) -> Map<String, Value> {
    let mut map = Map::new();
    for name in headers.keys().filter(|name| **name != header::COOKIE) {
        let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        map.insert(name.as_str().to_owned(), Value::String(values.join(",")));
    }
    map
}

/// Decoded parameters, several values of one name joined by commas.
fn parameters(query: &str) -> Map<String, Value> {
    // Parsing a query cannot fail: what is no pair is a name without a value.
    let parsed: QueryMap = query.parse().unwrap_or_default();
    let mut map = Map::new();
    for (name, _) in parsed.iter() {
        if !map.contains_key(name) {
            let values = parsed.all(name).unwrap_or_default().join(",");
            map.insert(name.to_owned(), Value::String(values));
        }
    }
    map
}

/// API Gateway hands text on as text and all else in base64.
fn encode(headers: &HeaderMap, body: &[u8]) -> (Option<String>, bool) {
    if body.is_empty() {
        return (None, false);
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let textual = essence.starts_with("text/")
        || essence.ends_with("+json")
        || matches!(essence.as_str(), "application/json" | "application/javascript" | "application/xml");
    match std::str::from_utf8(body) {
        Ok(text) if textual => (Some(text.to_owned()), false),
        _ => (Some(STANDARD.encode(body)), true),
    }
}

/// The function's answer is not one API Gateway would take.
#[derive(Debug, Error)]
#[error("the function's answer is malformed: {reason}")]
pub struct MalformedAnswer {
    reason: String,
}

impl MalformedAnswer {
    fn new(reason: impl std::fmt::Display) -> Self {
        Self { reason: reason.to_string() }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GatewayAnswer {
    status_code: u16,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    cookies: Option<Vec<String>>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// Reads the function's answer (payload format 2.0).
///
/// # Errors
/// It is not the JSON that API Gateway expects.
pub fn answer(bytes: &[u8]) -> Result<Response<Bytes>, MalformedAnswer> {
    let given: GatewayAnswer = serde_json::from_slice(bytes).map_err(MalformedAnswer::new)?;
    let body = match given.body {
        Some(body) if given.is_base64_encoded => STANDARD.decode(body).map_err(MalformedAnswer::new)?,
        Some(body) => body.into_bytes(),
        None => Vec::new(),
    };
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = StatusCode::from_u16(given.status_code).map_err(MalformedAnswer::new)?;
    for (name, value) in &given.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(MalformedAnswer::new)?;
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        response.headers_mut().insert(name, HeaderValue::from_str(&value).map_err(MalformedAnswer::new)?);
    }
    for cookie in given.cookies.into_iter().flatten() {
        response
            .headers_mut()
            .append(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(MalformedAnswer::new)?);
    }
    Ok(response)
}

#[cfg(test)]
mod tests;
