//! What a mapping creates where it is missing: departments, sites, columns.

use mapping::Create;
use serde_json::Value;

use crate::serve::api::{Answer, Api, Request};

/// Creates what is missing, in order; gives the names of what was created.
///
/// # Errors
/// The API refused or failed, with what it said.
pub async fn ensure(api: &Api<'_>, subject: &str, create: &Create) -> Result<Vec<String>, String> {
    let departments = create.departments.iter().map(|body| ("departments", "code", body));
    let sites = create.sites.iter().map(|body| ("sites", "label", body));
    let columns = create.columns.iter().map(|body| ("columns", "column", body));
    let mut created = Vec::new();
    for (collection, field, body) in departments.chain(sites).chain(columns) {
        let name = body.get(field).and_then(Value::as_str).unwrap_or_default();
        if name.is_empty() {
            return Err(format!("the mapping creates one of `{collection}` without `{field}`"));
        }
        let read = Request {
            method: "GET",
            path: format!("/api/publish/{collection}/{name}"),
            subject: subject.to_owned(),
            body: Value::Null,
            expected: None,
        };
        let standing = api.ask("read", &read).await?;
        match standing.status {
            200 => continue,
            404 => {}
            _ => return Err(said(&read, &standing)),
        }
        let open = Request { method: "POST", path: format!("/api/publish/{collection}"), body: body.clone(), ..read };
        let answer = api.ask(&format!("import-{collection}-{name}"), &open).await?;
        if !answer.is_success() {
            return Err(said(&open, &answer));
        }
        created.push(name.to_owned());
    }
    Ok(created)
}

fn said(request: &Request, answer: &Answer) -> String {
    format!("{} {}: {} {}", request.method, request.path, answer.status, answer.body)
}
