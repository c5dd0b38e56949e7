//! The page that asks who somebody is.

use axum::response::{IntoResponse, Response};
use domain::staff::Role;
use http::{HeaderValue, StatusCode, header};
use minijinja::{AutoEscape, Environment, context};
use serde_json::Value;

use super::{Asked, CLIENT, failed};

const TEMPLATE: &str = include_str!("../../../templates/login.html");

/// Renders the page; with `wrong`, as the answer to a form that cannot be taken.
pub(super) fn of(asked: &Asked, departments: &Value, department: &str, subject: &str, wrong: Option<&str>) -> Response {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let roles: Vec<_> = Role::ALL.iter().map(|role| context! { role => role.as_str(), name => name(*role) }).collect();
    let departments: Vec<_> = departments
        .get("departments")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|one| {
            let text = |name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            context! { code => text("code"), name => text("name") }
        })
        .collect();
    let rendered = environment.render_str(
        TEMPLATE,
        context! {
            style => desk::stylesheet(),
            client => CLIENT,
            redirect => asked.redirect.as_str(),
            state => asked.state.as_str(),
            nonce => asked.nonce.as_str(),
            challenge => asked.challenge.as_str(),
            departments,
            department, subject, wrong, roles,
        },
    );
    match rendered {
        Ok(html) => {
            let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let mut response = (status, html).into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            response
        }
        Err(error) => failed(&format!("{error:#}")),
    }
}

/// A role as staff call it.
fn name(role: Role) -> &'static str {
    match role {
        Role::Editor => "编辑",
        Role::Reviewer => "审核",
        Role::Publisher => "发布",
        Role::Registrar => "登记",
        Role::Auditor => "审计",
        Role::Administrator => "管理",
        Role::Migrator => "迁移",
        Role::Handler => "承办",
        Role::Supervisor => "督办",
    }
}
