//! `GET /api/desk/corrections/{id}` and `/requests/{id}`: a case, and what can be done with it as it stands.

mod act;
mod add_file;
mod file;
mod open;
mod readings;

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::RawQuery,
    routing::{get, post},
};
use futures::join;
use gateway::{PathParam, PathParams};
use jiff::Timestamp;
use serde::Serialize;

use super::{cases, choices};
use crate::{
    api::{
        cases::{Answered, Case, Deadline},
        part,
        staff::{Colleague, Permissions},
    },
    case_acts::{lawful, may},
    case_kind::CaseKind,
    due,
    posted::Posted,
    state::DeskState,
    stop::Answer,
    visit::Visit,
    words,
};

/// The pages of one kind of case.
pub(super) fn routes(router: Router<DeskState>, kind: CaseKind) -> Router<DeskState> {
    let at = |rest: &str| format!("/api/desk/{}s/{{id}}{rest}", kind.category());
    router
        .route(&at(""), get(move |visit: Visit, id: PathParam| read(kind, visit, id)))
        .route(
            &at("/open"),
            get(move |visit: Visit, id: PathParam| open::ask(kind, visit, id))
                .post(move |id: PathParam, posted: Posted| open::open(kind, id, posted)),
        )
        .route(
            &at("/files"),
            get(move |visit: Visit, id: PathParam| add_file::ask(kind, visit, id))
                .post(move |id: PathParam, posted: Posted| add_file::add(kind, id, posted)),
        )
        .route(&at("/files/{file}"), post(move |asked: PathParams, posted: Posted| file::hand_out(kind, asked, posted)))
        .route(
            &at("/readings"),
            get(move |visit: Visit, id: PathParam, RawQuery(query): RawQuery| readings::read(kind, visit, id, query)),
        )
        .route(
            &at("/act/{verb}"),
            get(move |visit: Visit, asked: PathParams, query: RawQuery| act::show(kind, visit, asked, query))
                .post(move |asked: PathParams, posted: Posted| act::carry_out(kind, asked, posted)),
        )
}

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    case: Case,
    site: String,
    department: String,
    /// Departments that answered for it before, the first one first.
    formerly: Vec<String>,
    handler: Option<String>,
    deadlines: Vec<Counted>,
    /// Newest first.
    happenings: Vec<Happening>,
    answer: Option<Public>,
    /// What is to be paid, or was: `100.00 元`.
    fee: Option<String>,
    acts: Vec<Act>,
    can_open: bool,
    can_audit: bool,
}

/// A deadline, and how long it runs still.
#[derive(Debug, Serialize)]
struct Counted {
    deadline: Deadline,
    left: Option<String>,
    is_late: bool,
}

/// Something that happened to it.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Happening {
    at: String,
    what: String,
}

/// What the public reads, or would.
#[derive(Debug, Serialize)]
struct Public {
    finding: String,
    subject: String,
    paragraphs: Vec<String>,
}

/// An act that it allows.
#[derive(Debug, Serialize)]
struct Act {
    /// Where it is done, below the case.
    at: String,
    name: &'static str,
    rule: &'static str,
    effect: &'static str,
    is_grave: bool,
}

async fn read(kind: CaseKind, visit: Visit, PathParam(id): PathParam) -> Answer {
    let at = kind.at(&id);
    let case: Case = kind.api(&visit).read(&at).await.map_err(|refusal| visit.refused(&refusal))?;
    let (me, now) = (visit.me(), visit.state.clock.now());
    let (handler, roles, departments, sites) = join!(
        handler(&visit, &case, me.as_deref()),
        visit.api.read::<Permissions>("/staff/me"),
        choices::departments(&visit),
        choices::sites(&visit)
    );
    let roles = roles.ok();
    let acts = lawful(kind, &case, me.as_deref(), roles.as_ref()).into_iter().map(|act| Act {
        at: act.page(),
        name: act.name,
        rule: act.rule,
        effect: act.effect,
        is_grave: act.is_grave,
    });
    let title = format!("{} {}", case.kind, case.number);
    let page = Page {
        path: format!("/api/desk{at}"),
        site: choices::named(&sites, &case.site),
        department: choices::named(&departments, &case.department),
        formerly: formerly(&case, &departments),
        handler,
        deadlines: case.deadlines.iter().map(|deadline| Counted::of(deadline, now)).collect(),
        happenings: happenings(&case),
        answer: case.report.answer.as_ref().map(Public::of),
        fee: case.application.fee.as_ref().map(|fee| yuan(fee.fen)),
        acts: acts.collect(),
        can_open: !case.erased && may(&case, roles.as_ref(), "handle-case"),
        can_audit: may(&case, roles.as_ref(), "audit-readings"),
        case,
    };
    Ok(visit.page(kind.template(), &title, &page))
}

/// Who answers for it: as whoever asks may know him.
async fn handler(visit: &Visit, case: &Case, me: Option<&str>) -> Option<String> {
    let handler = case.handler.as_deref()?;
    if me != Some(handler) {
        let read: Result<Colleague, _> = visit.api.read(&format!("/staff/{}", part(handler))).await;
        if let Ok(colleague) = read {
            return Some(colleague.subject);
        }
    }
    Some(cases::named(handler, me))
}

fn formerly(case: &Case, names: &BTreeMap<String, String>) -> Vec<String> {
    let before = case.departments.split_last().map_or(&[] as &[String], |(_, before)| before);
    before.iter().map(|code| choices::named(names, code)).collect()
}

fn yuan(fen: u32) -> String {
    format!("{}.{:02} 元", fen / 100, fen % 100)
}

/// What is known of it by its instants.
fn happenings(case: &Case) -> Vec<Happening> {
    let mut told = vec![(case.opened_at.clone(), "收到".to_owned())];
    told.extend(case.application.confirmed_at.iter().map(|at| (at.clone(), "登记确认".to_owned())));
    told.extend(case.notes.iter().map(|note| (note.at.clone(), format!("{} 写下备注", note.by))));
    let paid = case.application.fee.as_ref().and_then(|fee| fee.paid_at.as_ref());
    told.extend(paid.map(|at| (at.clone(), "缴费".to_owned())));
    let undelivered = case.undelivered.iter();
    told.extend(undelivered.map(|lost| (lost.at.clone(), format!("{}未能送达{}，请另行联系", lost.notice, lost.to))));
    for deadline in &case.deadlines {
        let word = words::of("deadline", &deadline.status).unwrap_or(&deadline.status);
        if let (Some(at), false) = (&deadline.at, deadline.status == "running") {
            told.push((at.clone(), format!("{}{word}", deadline.title)));
        }
    }
    if let Some(at) = &case.closed_at {
        told.push((at.clone(), "办结".to_owned()));
    }
    if let Some(answer) = &case.report.answer {
        let found = words::of("outcome", &answer.finding).unwrap_or(&answer.finding);
        told.push((answer.at.clone(), format!("公开答复：{found}")));
    }
    let mut told: Vec<Happening> = told.into_iter().map(|(at, what)| Happening { at, what }).collect();
    // Of one instant what was told later here came later.
    told.sort_by_key(|told| told.at.parse::<Timestamp>().unwrap_or_default());
    told.reverse();
    told
}

impl Counted {
    fn of(deadline: &Deadline, now: Timestamp) -> Self {
        let at = deadline.at.as_deref();
        let left = match deadline.status.as_str() {
            "running" | "fell-due" => at.and_then(|at| due::told(at, now)),
            _ => None,
        };
        let is_late = deadline.status == "fell-due"
            || (deadline.status == "running"
                && at.and_then(|at| at.parse::<Timestamp>().ok()).is_some_and(|at| at <= now));
        Self { deadline: deadline.clone(), left, is_late }
    }
}

impl Public {
    fn of(answer: &Answered) -> Self {
        Self::reading(&answer.finding, &answer.subject, &answer.text)
    }

    /// Lines are paragraphs, as the public page has them.
    fn reading(finding: &str, subject: &str, text: &str) -> Self {
        let paragraphs = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Self {
            finding: words::of("outcome", finding).unwrap_or(finding).to_owned(),
            subject: subject.trim().to_owned(),
            paragraphs: paragraphs.map(str::to_owned).collect(),
        }
    }
}
