//! The slip for the applicant: number, query code, and by when he is replied to.

use axum::response::Response;
use serde::Serialize;

use crate::{
    api::{
        cases::{Case, Deadline},
        form::Registered,
    },
    case_kind::CaseKind,
    routes::choices,
    visit::Visit,
};

/// It cannot be printed by a log, for the code it holds.
#[derive(Serialize)]
struct Slip {
    path: String,
    number: String,
    code: String,
    /// Where the applicant looks it up.
    status: String,
    site: String,
    department: Option<String>,
    /// How it came, by its code.
    channel: Option<String>,
    received_on: Option<String>,
    /// When it was registered.
    at: Option<String>,
    /// The term that runs, with its account; none where that cannot be read now.
    term: Option<Deadline>,
}

/// The page with it. Whatever cannot be read around it now, number and code are shown.
pub(super) async fn shown(visit: &Visit, registered: Registered, site: &str) -> Response {
    let Registered { id, number, code } = registered;
    let at = CaseKind::Request.at(&id);
    let (case, sites, departments) =
        futures::join!(visit.disclosure.read::<Case>(&at), choices::sites(visit), choices::departments(visit),);
    let case = case.ok();
    let own = case.as_ref().map(|case| &case.application);
    let term = |name: &str| {
        let mut terms = case.iter().flat_map(|case| &case.deadlines);
        terms.find(|term| term.name == name && term.status != "lifted").cloned()
    };
    let slip = Slip {
        path: format!("/api/desk{at}"),
        status: visit.state.city.url(site, "/form/disclosure/status"),
        site: choices::named(&sites, site),
        department: case.as_ref().map(|case| choices::named(&departments, &case.department)),
        channel: own.and_then(|own| own.channel.clone()),
        received_on: own.and_then(|own| own.received_on.clone()),
        at: case.as_ref().map(|case| case.opened_at.clone()),
        term: term("reply").or_else(|| term("confirmation")),
        number,
        code,
    };
    visit.page("registered.html", "政府信息公开申请登记回执", &slip)
}
