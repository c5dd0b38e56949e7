//! Who may do what to whose cases, generated: every route of both OpenAPI documents, asked by every role of the department that answers and of another one. The
//! policies say what comes of it; a route that this list does not know fails.

#![expect(clippy::indexing_slicing, reason = "helpers of tests stop at the first surprise, as the tests do")]

#[path = "publish/follower.rs"]
mod follower;
#[path = "letters/town.rs"]
#[expect(dead_code, reason = "more is made there than is asked for here")]
mod letters;
#[path = "requests/town.rs"]
#[expect(dead_code, reason = "more is made there than is asked for here")]
mod requests;

use std::collections::BTreeSet;

use access::{Action, Gate, Resource};
use anyhow::{Context, Result};
use domain::{
    StaffId,
    staff::{Role, Staff},
};
use http::Method;
use journeys::app::{Answer, Call, TestApp};
use serde_json::{Value, json};

/// What a route asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Nothing: whoever comes may read it.
    Nothing,
    /// A role in the department whose cases are listed.
    List,
    /// A role where the case is.
    Read(Action),
    /// The same, to open it: that leaves a record.
    Open,
    /// The same, of a file; none came with these cases.
    File,
    /// The same, for a command.
    Command(Action),
    /// A role in the department of the site that the body names, for a command that begins a case; the answers lack, so that nothing is begun.
    Registers,
    /// The role of a supervisor, wherever: what becomes of whose cases is asked of each.
    Person,
}

use Action::{AuditReadings, HandleCase, ListCases, SuperviseCase};
use Asks::{Command, File, List, Nothing, Open, Person, Read, Registers};

/// Every route, by function, method and path.
const ROUTES: &[(&str, &str, Asks)] = &[
    ("get", "/api/letter/cases", List),
    ("get", "/api/letter/corrections", List),
    ("get", "/api/letter/corrections/{id}", Read(ListCases)),
    ("post", "/api/letter/corrections/{id}/open", Open),
    ("post", "/api/letter/corrections/{id}/files", Command(HandleCase)),
    ("post", "/api/letter/corrections/{id}/files/{file}", File),
    ("post", "/api/letter/corrections/{id}/take", Command(HandleCase)),
    ("post", "/api/letter/corrections/{id}/assign", Command(HandleCase)),
    ("post", "/api/letter/corrections/{id}/notes", Command(HandleCase)),
    ("post", "/api/letter/corrections/{id}/answer", Command(HandleCase)),
    ("post", "/api/letter/corrections/{id}/dismiss", Command(HandleCase)),
    ("post", "/api/letter/corrections/{id}/withdraw-answer", Command(SuperviseCase)),
    ("post", "/api/letter/corrections/{id}/erase", Command(SuperviseCase)),
    ("get", "/api/letter/corrections/{id}/readings", Read(AuditReadings)),
    ("post", "/api/letter/people/erase", Person),
    ("get", "/api/letter/openapi.json", Nothing),
    ("get", "/api/letter/problems", Nothing),
    ("get", "/api/letter/problems/{code}", Nothing),
    ("get", "/api/letter/health", Nothing),
    ("get", "/api/disclosure/form", Nothing),
    ("get", "/api/disclosure/requests", List),
    ("post", "/api/disclosure/requests", Registers),
    ("get", "/api/disclosure/requests/{id}", Read(ListCases)),
    ("post", "/api/disclosure/requests/{id}/open", Open),
    ("post", "/api/disclosure/requests/{id}/files", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/files/{file}", File),
    ("post", "/api/disclosure/requests/{id}/take", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/assign", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/notes", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/confirm", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/ask-completion", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/record-completion", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/reopen", Command(SuperviseCase)),
    ("post", "/api/disclosure/requests/{id}/ask-reasons", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/record-reasons", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/extend", Command(SuperviseCase)),
    ("post", "/api/disclosure/requests/{id}/delay", Command(SuperviseCase)),
    ("post", "/api/disclosure/requests/{id}/seek-opinion", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/record-delivery", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/record-opinion", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/ask-fee", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/record-payment", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/draft-reply", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/approve-reply", Command(SuperviseCase)),
    ("post", "/api/disclosure/requests/{id}/return-reply", Command(SuperviseCase)),
    ("post", "/api/disclosure/requests/{id}/redirect", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/withdraw", Command(SuperviseCase)),
    ("post", "/api/disclosure/requests/{id}/record-publication", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/archive", Command(HandleCase)),
    ("post", "/api/disclosure/requests/{id}/erase", Command(SuperviseCase)),
    ("get", "/api/disclosure/requests/{id}/readings", Read(AuditReadings)),
    ("get", "/api/disclosure/openapi.json", Nothing),
    ("get", "/api/disclosure/problems", Nothing),
    ("get", "/api/disclosure/problems/{code}", Nothing),
    ("get", "/api/disclosure/health", Nothing),
];

/// Every route of the documents, as this list knows it.
fn routes() -> Result<Vec<(&'static str, &'static str, Asks)>> {
    let mut described = BTreeSet::new();
    for document in [serde_json::to_value(letter::openapi())?, serde_json::to_value(disclosure::openapi())?] {
        for (path, methods) in document["paths"].as_object().context("paths")? {
            described
                .extend(methods.as_object().context("methods")?.keys().map(|method| (method.clone(), path.clone())));
        }
    }
    let known: BTreeSet<_> =
        ROUTES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(known, described, "a route is described that nobody says who may use, or none is there any more");
    assert_eq!(known.len(), ROUTES.len(), "each once");
    Ok(ROUTES.to_vec())
}

/// A body that the rules of the route take, so that nothing but a permission can refuse it before the version does.
fn body(path: &str, document: &str) -> Value {
    match path.rsplit('/').next().unwrap_or_default() {
        "erase" if path.contains("/people/") => json!({ "phone": "13900139000", "reason": "理由" }),
        "assign" => json!({ "department": "czj", "reason": "转办" }),
        "requests" => json!({ "site": "jyj", "channel": "fax", "form_version": 2, "answers": {} }),
        "notes" | "ask-completion" | "ask-reasons" | "return-reply" => json!({ "text": "内容" }),
        "answer" => json!({ "finding": "corrected", "subject": "日期", "text": "已更正。" }),
        "dismiss" | "withdraw-answer" | "erase" | "open" | "{file}" | "reopen" => json!({ "reason": "理由" }),
        "extend" | "delay" => json!({ "days": 1, "reason": "理由" }),
        "seek-opinion" => json!({ "of": "third-party", "text": "内容" }),
        "record-opinion" => {
            json!({ "letter": 1, "stance": "agrees", "text": "内容", "received_on": "2026-11-23" })
        }
        "record-completion" | "record-reasons" => json!({ "text": "内容", "received_on": "2026-11-23" }),
        "record-delivery" => json!({ "letter": 1, "delivered_on": "2026-11-23" }),
        "record-payment" => json!({ "received_on": "2026-11-23" }),
        "ask-fee" => json!({ "item": 11 }),
        "draft-reply" => json!({ "outcome": { "kind": "does-not-exist" }, "text": "内容" }),
        "redirect" => json!({ "channel": "信访渠道", "reason": "理由" }),
        "withdraw" => json!({ "reason": "理由", "shown_by": "letter" }),
        "record-publication" => json!({ "document": document }),
        "archive" => json!({ "file": "1" }),
        _ => json!({}),
    }
}

/// A town with an error report and an application, both of the education department.
struct World {
    app: TestApp,
    report: String,
    request: String,
    /// A document that is public.
    document: String,
}

impl World {
    async fn new() -> Result<Self> {
        let app = requests::town().await?;
        letters::reported(&app).await?;
        let report = letters::queue(&app, "jyj").await?;
        let report = report.first().and_then(|entry| entry["stream"].as_str()).context("a report")?;
        let report = report.strip_prefix("correction:").context("a report")?.to_owned();
        let request = requests::Case::filed(&app).await?.id;
        let document = app.published("jyj", "jyj.tzgg", "plan").await?;
        Ok(Self { app, report, request, document })
    }

    /// The request of a route. Commands come on a version that is none: whoever may is told so, and nothing changes.
    fn call(&self, method: &str, path: &str, asks: Asks, key: &str) -> Call<'_> {
        let id = if path.starts_with("/api/letter/") { &self.report } else { &self.request };
        let asked = path.replace("{id}", id).replace("{code}", "case-closed").replace("{file}", "file-1");
        let asked = match asks {
            List => format!("{asked}?department=jyj"),
            _ if path.ends_with("/files") => format!("{asked}?name=a.txt"),
            _ => asked,
        };
        let method = if method == "get" { Method::GET } else { Method::POST };
        let call = match asked.strip_prefix("/api/letter") {
            Some(rest) => self.app.letter(method, rest),
            None => self.app.disclosure(method, asked.strip_prefix("/api/disclosure").unwrap_or_default()),
        };
        let body = body(path, &self.document);
        match asks {
            Open | File => call.json(&body),
            Person | Registers => call.key(key).json(&body),
            Command(_) if path.ends_with("/files") => call.key(key).if_match(99).octets("内容"),
            Command(_) => call.key(key).if_match(99).json(&body),
            Nothing | List | Read(_) => call,
        }
    }

    /// What the ledger trusts somebody with.
    async fn staff(&self, subject: &str) -> Result<Staff> {
        let (staff, _, _) = self.app.ledger.read::<Staff>(&StaffId::of(&subject.parse()?).stream()).await?;
        Ok(staff)
    }
}

/// What somebody is told whom the policies let pass.
fn let_pass(asks: Asks) -> u16 {
    match asks {
        Nothing | List | Read(_) | Open | Person => 200,
        Command(_) => 412,
        Registers => 422,
        File => 404,
    }
}

fn allowed(gate: &Gate, staff: &Staff, asks: Asks) -> Result<bool> {
    let department = "jyj".parse()?;
    let of_case = Resource::on(&department, "jyj".parse()?);
    Ok(match asks {
        Nothing => true,
        List => gate.allowed(staff, ListCases, &Resource::of(&department)).is_allowed(),
        Open | File => gate.allowed(staff, HandleCase, &of_case).is_allowed(),
        // Of nobody's cases, whoever supervises any department may ask.
        Person => staff.scopes(Role::Supervisor).next().is_some(),
        Registers => gate.allowed(staff, HandleCase, &of_case).is_allowed(),
        Read(action) | Command(action) => gate.allowed(staff, action, &of_case).is_allowed(),
    })
}

#[tokio::test]
async fn every_route_lets_pass_whom_the_policies_let_pass_and_nobody_else() -> Result<()> {
    let (world, gate) = (World::new().await?, Gate::new()?);
    let before = world.app.written().await?;
    let (mut passed, mut refused) = (0, 0);
    for (method, path, asks) in routes()? {
        for role in Role::ALL {
            for department in ["jyj", "czj"] {
                let subject = format!("{}.{department}", role.as_str());
                let may = allowed(&gate, &world.staff(&subject).await?, asks)?;
                let answer: Answer = world.call(method, path, asks, &subject).subject(&subject).send().await?;
                let told = (answer.status.as_u16(), answer.code());
                if may {
                    passed += 1;
                    assert_eq!(told.0, let_pass(asks), "{subject}: {method} {path}: {}", answer.text());
                } else {
                    refused += 1;
                    assert_eq!(told, (403, "forbidden".to_owned()), "{subject}: {method} {path}: {}", answer.text());
                }
            }
        }
    }
    assert!(passed > 100 && refused > 300, "{passed} {refused}");
    // Openings leave records; nothing else does anything.
    let after = world.app.written().await?;
    let changed = after.iter().filter(|(key, item)| before.get(*key) != Some(*item));
    for (key, _) in changed {
        assert!(key.contains("reading:"), "{key}");
    }
    Ok(())
}

#[tokio::test]
async fn who_is_nobody_or_shows_no_token_comes_to_nothing_but_what_is_public() -> Result<()> {
    let world = World::new().await?;
    for (method, path, asks) in routes()? {
        let nobody = world.call(method, path, asks, "nobody").subject("nobody").send().await?;
        let bare = world.call(method, path, asks, "bare").send().await?;
        match asks {
            Nothing => assert_eq!((nobody.status, bare.status), (200.try_into()?, 200.try_into()?), "{path}"),
            _ => {
                assert_eq!(nobody.told(), (403, "staff-unknown".to_owned()), "{method} {path}: {}", nobody.text());
                assert_eq!(bare.told(), (401, "token-missing".to_owned()), "{method} {path}: {}", bare.text());
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn an_id_of_one_kind_names_nothing_in_the_other() -> Result<()> {
    let World { app, report, request, document } = World::new().await?;
    let swapped = World { app, report: request, request: report, document };
    for (method, path, asks) in routes()? {
        if matches!(asks, Nothing | List | Person | Registers) {
            continue;
        }
        for role in ["supervisor", "auditor"] {
            let answer = swapped.call(method, path, asks, role).staff(role, "jyj").send().await?;
            let told = answer.told();
            assert_eq!(told, (404, "case-not-found".to_owned()), "{role}: {method} {path}: {}", answer.text());
        }
    }
    Ok(())
}
