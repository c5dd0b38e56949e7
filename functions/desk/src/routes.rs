//! The pages of the desk, each in a file of its own.

mod act;
mod appearance;
mod attach;
mod case;
mod cases;
mod choices;
mod decisions;
mod departments;
mod diff;
mod document;
mod drafts;
mod edit;
mod files;
mod history;
mod messages;
mod new;
mod open;
mod preview;
mod queue;
mod register;
mod revision;
mod revisions;
mod share;
mod sign_in;
mod sign_out;
mod signed_in;
mod style;
mod terms;

use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
    routing::{get, post},
};
use gateway::Problem;
use http::StatusCode;

use crate::{
    case_kind::CaseKind,
    page::{Around, Told},
    state::DeskState,
    visit::Visit,
};

/// The desk, with all its paths below `/api/desk/`.
pub fn router(desk: DeskState) -> Router {
    let router = Router::new()
        .route("/api/desk/", get(queue::read))
        .route("/api/desk/queue", get(queue::read))
        .route("/api/desk/drafts", get(drafts::read))
        .route("/api/desk/decisions", post(decisions::decide))
        .route("/api/desk/open", get(open::open))
        .route("/api/desk/documents/new", get(new::show).post(new::draft))
        .route("/api/desk/documents/{id}", get(document::read))
        .route("/api/desk/documents/{id}/edit", get(edit::show).post(edit::revise))
        .route("/api/desk/documents/{id}/attach", get(attach::show).post(attach::attach))
        .route("/api/desk/documents/{id}/preview", get(preview::read))
        .route("/api/desk/documents/{id}/files", post(files::take_in))
        .route("/api/desk/documents/{id}/files/{file}", get(files::read))
        .route("/api/desk/documents/{id}/history", get(history::read))
        .route("/api/desk/documents/{id}/diff", get(diff::read))
        .route("/api/desk/documents/{id}/revisions", get(revisions::read))
        .route("/api/desk/documents/{id}/revisions/{revision}", get(revision::read))
        .route("/api/desk/documents/{id}/act/{verb}", get(act::show).post(act::carry_out))
        .route("/api/desk/cases", get(cases::read))
        .route("/api/desk/cases/find", get(cases::find))
        .route("/api/desk/cases/take", post(cases::take))
        .route("/api/desk/requests/new", get(register::show).post(register::register))
        .route("/api/desk/messages", get(messages::read).post(messages::send_again))
        .route("/api/desk/search-terms", get(terms::read))
        .route("/api/desk/share", get(share::show).post(share::share))
        .route("/api/desk/appearance", get(appearance::of_city).post(appearance::change_city))
        .route("/api/desk/sites/{site}/appearance", get(appearance::of_site).post(appearance::change_site))
        .route("/api/desk/departments", get(departments::read))
        .route("/api/desk/departments/{code}/disclosure", get(departments::show).post(departments::change))
        .route("/api/desk/sign-in", get(sign_in::begin))
        .route("/api/desk/signed-in", get(signed_in::end))
        .route("/api/desk/signed-in-again", get(signed_in::again))
        .route("/api/desk/sign-out", post(sign_out::sign_out))
        .route("/api/desk/{file}", get(style::read));
    CaseKind::ALL
        .into_iter()
        .fold(router, case::routes)
        .fallback(gateway::not_found)
        .method_not_allowed_fallback(gateway::method_not_allowed)
        .layer(middleware::from_fn(gateway::text_paths))
        .layer(middleware::from_fn_with_state(desk.clone(), through_the_cdn))
        .layer(middleware::from_fn_with_state(desk.clone(), as_page))
        .with_state(desk)
}

/// Middleware: the function's own URL is closed; only the CDN knows the origin secret.
async fn through_the_cdn(State(desk): State<DeskState>, request: Request, next: Next) -> Response {
    if gateway::comes_through_the_cdn(request.headers(), desk.origin_secret.as_ref()) {
        next.run(request).await
    } else {
        let told = Told::new("此入口不对外开放", "请从工作台的网址打开。");
        told.page(StatusCode::FORBIDDEN, Around::nobody)
    }
}

/// Middleware: a problem that no page was made of becomes one.
async fn as_page(State(state): State<DeskState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let around = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let told = match problem.code() {
        "not-found" => Told::new(
            "没有这个页面",
            "网址可能写错了，或文件编号不完整。请从待办打开，或用页面底部“本页显示 document:…”里的编号打开文件。",
        ),
        "method-not-allowed" => {
            Told::new("不能这样打开", "这个网址只接受从表单发出的内容。请回到工作台，从文件页面办理。")
        }
        _ => Told::new("请求有误", problem.detail()),
    };
    let mut page = told.page(problem.status(), |title| match Visit::of(&state, &around) {
        Some(visit) => visit.around(title),
        None => Around::nobody(title),
    });
    if let Some(allow) = response.headers_mut().remove(http::header::ALLOW) {
        page.headers_mut().insert(http::header::ALLOW, allow);
    }
    page
}
