//! The pages that `type` of a problem leads to, as a function answers them.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};

use crate::{
    kinds::PROBLEM_NOT_FOUND,
    problem::{Problem, ProblemKind},
};

/// The page that lists `kinds`, in the style of the city's pages.
pub fn list(kinds: impl Iterator<Item = &'static ProblemKind>, stylesheet: &str) -> Response {
    answer(table(kinds, stylesheet))
}

/// The page of the one of `kinds` that has this code, in the style of the city's pages.
///
/// # Errors
/// None has it.
pub fn one(
    mut kinds: impl Iterator<Item = &'static ProblemKind>,
    code: &str,
    stylesheet: &str,
) -> Result<Response, Problem> {
    match kinds.find(|kind| kind.code == code) {
        Some(kind) => Ok(answer(explained(kind, stylesheet))),
        None => Err(Problem::plain(&PROBLEM_NOT_FOUND)),
    }
}

fn answer(page: String) -> Response {
    const HEADERS: [(HeaderName, HeaderValue); 2] = [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
        ),
    ];
    (HEADERS, Html(page)).into_response()
}

fn explained(kind: &ProblemKind, stylesheet: &str) -> String {
    let ProblemKind { code, pages, title, title_en, remedy, remedy_en, .. } = kind;
    frame(
        stylesheet,
        title,
        &format!(
            "<h1>{title}</h1>\n<p lang=\"en\">{title_en}</p>\n<dl>\n<dt>代码</dt>\n<dd><code>{code}</code></dd>\n<dt>状态</dt>\n<dd>{}</dd>\n</dl>\n\
             <h2>怎么办</h2>\n<p>{remedy}</p>\n<h2 lang=\"en\">What to do</h2>\n<p lang=\"en\">{remedy_en}</p>\n<p><a href=\"{pages}\">全部问题 · All problems</a></p>",
            kind.status,
        ),
    )
}

fn table(kinds: impl Iterator<Item = &'static ProblemKind>, stylesheet: &str) -> String {
    let rows: Vec<String> = kinds
        .map(|kind| {
            format!(
                "<tr>\n<td><a href=\"{pages}/{code}\"><code>{code}</code></a></td>\n<td>{}</td>\n<td>{}</td>\n<td lang=\"en\">{}</td>\n</tr>",
                kind.status.as_u16(),
                kind.title,
                kind.title_en,
                pages = kind.pages,
                code = kind.code,
            )
        })
        .collect();
    frame(
        stylesheet,
        "问题一览",
        &format!(
            "<h1>问题一览</h1>\n<p lang=\"en\">Problems</p>\n<table>\n<thead>\n<tr><th scope=\"col\">代码</th><th scope=\"col\">状态</th>\
             <th scope=\"col\">说明</th><th scope=\"col\" lang=\"en\">Title</th></tr>\n</thead>\n<tbody>\n{}\n</tbody>\n</table>",
            rows.join("\n"),
        ),
    )
}

/// INVARIANT: only texts of tables come in here. They hold no `<`, `>` or `&`, and what stands in an attribute, code and path, holds nothing but a–z, hyphens and
/// slashes; each function's tests assert both.
fn frame(stylesheet: &str, title: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · 接口问题</title>\n<link rel=\"stylesheet\" href=\"{stylesheet}\">\n</head>\n\
         <body class=\"status\">\n<main class=\"wrap body\">\n{main}\n</main>\n</body>\n</html>\n"
    )
}
