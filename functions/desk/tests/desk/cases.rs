//! What the API of cases answers with, if nothing else is said.

use domain::StaffId;
use serde_json::{Value, json};

use crate::{fake::Api, requests, world};

/// An error report.
pub(crate) const ID: &str = "gezdgnbvgy3tqojqgezdgnbvgy";
/// Another, that somebody else answers for.
pub(crate) const OTHER: &str = "mfrggzdfmztwq2lknnwg23tpoa";

/// A message that could not be delivered.
pub(crate) const LOST: &str = "onxw2zjanfzsa3dpon2a5lq2dy";

/// Words that only its citizen wrote.
pub(crate) const CANARY: &str = "停水日期写成了11月15日（金丝雀）";

/// Where the API has something of it.
pub(crate) fn at(rest: &str) -> String {
    format!("/api/letter/corrections/{ID}{rest}")
}

/// Where the desk has.
pub(crate) fn page(rest: &str) -> String {
    format!("/api/desk/corrections/{ID}{rest}")
}

/// Id of the person whose tokens name `subject`.
pub(crate) fn staff(subject: &str) -> String {
    StaffId::of(&subject.parse().unwrap()).to_string()
}

/// The same, but for `changes`.
pub(crate) fn with(mut value: Value, changes: Value) -> Value {
    for (name, change) in changes.as_object().unwrap() {
        value[name] = change.clone();
    }
    value
}

/// One that came in on Friday.
pub(crate) fn fresh() -> Value {
    json!({
        "stream": format!("correction:{ID}"), "version": 1, "number": "ZC-20261127-482137", "kind": "网民找错", "stands": "待办理",
        "site": "www", "department": "sswj", "departments": ["sswj"], "opened_at": "2026-11-27T02:00:00Z", "erased": false,
        "form": "correction", "form_version": 3, "notes": [], "undelivered": [],
        "files": [{"file": "file-1", "kind": "png", "bytes": 482_131, "of_staff": false}],
        "deadlines": [{"name": "answer", "title": "答复期限", "rule": "《政府网站发展指引》网民找错留言办理要求", "status": "running", "at": "2026-12-02T16:00:00Z",
            "account": "答复期限3个工作日：11月27日收到，自次日起算，周六、周日不计，第3个工作日2026年12月2日为周三，当日24时届满（依工作日历第1版）。"}],
        "page": "https://www.cheng.example/zwgk/tzgg/2026/11/23/water.html", "fault": "content",
    })
}

/// One that whoever looks at it answers for.
pub(crate) fn mine() -> Value {
    let notes = json!([{"at": "2026-11-28T01:30:00Z", "by": "wangwu"}]);
    with(
        fresh(),
        json!({"version": 4, "stands": "办理中", "handler": staff("lisi"), "notes": notes, "departments": ["bgs", "sswj"]}),
    )
}

/// One whose term ran out.
pub(crate) fn late() -> Value {
    let mut late = with(mine(), json!({"stands": "逾期办理中", "handler": staff("wangwu")}));
    late.as_object_mut().unwrap().remove("page");
    late["opened_at"] = json!("2026-11-23T02:00:00Z");
    late["deadlines"][0]["status"] = json!("fell-due");
    late["deadlines"][0]["at"] = json!("2026-11-26T16:00:00Z");
    late["deadlines"][0]["account"] = json!(
        "答复期限3个工作日：11月23日收到，自次日起算，第3个工作日2026年11月26日为周四，当日24时届满（依工作日历第1版）。"
    );
    late
}

fn closed(changes: Value) -> Value {
    let mut closed =
        with(mine(), json!({"version": 6, "closed_at": "2026-11-29T01:00:00Z", "kept_until": "2027-11-29"}));
    closed["deadlines"][0]["status"] = json!("met");
    closed["deadlines"][0]["at"] = json!("2026-11-29T01:00:00Z");
    with(closed, changes)
}

/// One that was answered in time.
pub(crate) fn answered() -> Value {
    let text = "停水日期误写为11月15日，现已更正为11月25日。\n感谢您的指正。";
    let answer =
        json!({"at": "2026-11-29T01:00:00Z", "finding": "corrected", "subject": "停水通知的日期", "text": text});
    closed(json!({"stands": "已答复", "answer": answer}))
}

/// The same, with what its reader says of the answer.
pub(crate) fn rated() -> Value {
    let rating = json!({"at": "2026-12-01T01:00:00Z", "satisfaction": "basically", "reasons": ["slow", "unclear"], "written": true, "earlier": false});
    with(answered(), json!({"rating": rating}))
}

/// The same, answered anew since.
pub(crate) fn answered_anew() -> Value {
    let mut anew = rated();
    anew["rating"]["earlier"] = json!(true);
    anew
}

/// One that was no report of an error.
pub(crate) fn dismissed() -> Value {
    closed(json!({"stands": "已办结", "silent": "来信是商业广告。"}))
}

/// One of which nothing personal is left.
pub(crate) fn erased() -> Value {
    with(answered(), json!({"erased": true}))
}

/// It, as it can stand.
pub(crate) fn stages() -> Vec<Value> {
    vec![fresh(), mine(), late(), answered(), rated(), answered_anew(), dismissed(), erased()]
}

fn entry(id: &str, number: &str, pressure: &str, more: Value) -> Value {
    let entry = json!({
        "stream": format!("correction:{id}"), "number": number, "site": "www", "department": "sswj", "opened_at": "2026-11-27T02:00:00Z",
        "deadline": "answer", "pressure": pressure,
    });
    with(entry, more)
}

/// Cases of a department.
pub(crate) fn list() -> Value {
    json!({"entries": [
        entry("nbswy3dpfqqho33snrscc6tbon", "ZC-20261123-104432", "late", json!({"late_since": "2026-11-26T16:00:00Z", "opened_at": "2026-11-23T02:00:00Z"})),
        entry(OTHER, "ZC-20261125-773120", "soon", json!({"due": "2026-11-29T16:00:00Z", "handler": staff("wangwu")})),
        entry(ID, "ZC-20261127-482137", "usual", json!({"due": "2026-12-02T16:00:00Z", "site": "jyj"})),
        entry("orsxg5baovzwk4ranruwg33xnz", "ZC-20261124-550018", "waiting", json!({"handler": staff("lisi")})),
        entry(requests::ID, "YG-20261125-204415", "usual", json!({"stream": format!("request:{}", requests::ID), "due": "2026-12-23T16:00:00Z"})),
    ], "next": format!("2026-12-03T00:00:00.000/correction:{ID}")})
}

/// What its citizen wrote.
pub(crate) fn opened() -> Value {
    json!({
        "version": 4,
        "content": [
            {"question": "page", "label": "网页的地址", "text": "https://www.cheng.example/zwgk/tzgg/2026/11/23/water.html"},
            {"question": "mistake", "label": "是什么错误", "text": "内容错误"},
            {"question": "text-place", "label": "有错的原文", "text": format!("{CANARY}\n第二段")},
        ],
        "files": [{"file": "file-1", "question": "pictures", "label": "网页错误的截图或者照片", "name": "截图 1.png", "kind": "png", "bytes": 482_131}],
        "identity": {"name": "陈先生", "phone": "13900000000"}, "papers": [],
        "notes": [{"at": "2026-11-28T01:30:00Z", "by": "wangwu", "text": "已电话核实。"}],
    })
}

/// Who opened it.
fn readings() -> Value {
    json!({"readings": [
        {"at": "2026-11-29T01:00:00Z", "by": format!("citizen:correction:{ID}"), "department": "sswj", "fields": ["content"], "why": "凭查询码查看办理结果"},
        {"at": "2026-11-28T02:00:00Z", "by": "wangwu", "department": "sswj", "fields": ["content", "identity", "note-1"], "why": "核实并答复"},
    ]})
}

/// Messages that could not be delivered: of a case that he sees, and of one that he does not.
pub(crate) fn messages() -> Value {
    let message = |id: &str, stream: String, rule: &str, title: &str, recipient: &str| {
        json!({"id": id, "stream": stream, "commit": 2, "event": 0, "at": "2026-11-27T02:00:00Z", "rule": rule, "title": title,
            "recipient": recipient, "channel": "email", "department": "sswj", "standing": "dead", "since": "2026-11-28T04:00:00Z", "attempts": 7, "round": 0})
    };
    let refused = json!({"reason": "MessageRejected", "attempts": 1, "round": 2, "channel": "email-else-text"});
    let nowhere = json!({"reason": "no-mailbox"});
    let throttled = json!({"reason": "TooManyRequestsException"});
    json!({"messages": [
        with(message(LOST, format!("correction:{ID}"), "answered", "答复通知", "citizen"), refused),
        with(message("pfxxk4rani4c4lq2dyqhg33nmu", format!("request:{}", requests::ID), "reminder", "到期提醒", &format!("handler:{}", staff("lisi"))), nowhere),
        with(message("mnqxgzjanfxgk5djnzrsayjaou", format!("correction:{OTHER}"), "handed-over", "转办通知", "department:sswj"), throttled),
    ], "next": format!("2026-11-28T12:00:00.000/{LOST}")})
}

/// The roles of somebody who answers and supervises in two departments.
pub(crate) fn handles() -> Value {
    let held = |role: &str, department: &str| json!({"role": role, "department": department, "granted": {"at": "2026-01-01T00:00:00Z", "by": "root", "reason": "x"}});
    let actions = json!(["list-cases", "handle-case", "supervise-case", "work-messages"]);
    json!({
        "person": {"id": staff("lisi"), "version": 3, "subject": "lisi", "roles": [held("handler", "sswj"), held("supervisor", "sswj"), held("handler", "bgs")], "former": []},
        "may": [{"department": "sswj", "actions": actions, "grants": []}, {"department": "bgs", "actions": ["list-cases", "handle-case"], "grants": []}],
    })
}

/// The roles of somebody who watches the readers, everywhere.
pub(crate) fn audits() -> Value {
    let role = json!({"role": "auditor", "granted": {"at": "2026-01-01T00:00:00Z", "by": "root", "reason": "x"}});
    json!({
        "person": {"id": staff("lisi"), "version": 3, "subject": "lisi", "roles": [role], "former": []},
        "may": [{"actions": ["list-cases", "audit-readings"], "grants": []}],
    })
}

pub(crate) fn fill(api: &Api) {
    requests::fill(api);
    api.answer("GET /api/letter/cases", 200, list());
    api.answer(&format!("GET {}", at("")), 200, mine());
    api.answer(&format!("GET {}", at("/readings")), 200, readings());
    api.answer(&format!("POST {}", at("/open")), 200, opened());
    api.answer("GET /api/react/messages", 200, messages());
    api.answer(&format!("POST /api/react/messages/{LOST}/retry"), 200, messages()["messages"][0].clone());
    for verb in ["take", "answer", "notes", "assign", "dismiss", "withdraw-answer", "erase"] {
        api.answer(&format!("POST {}", at(&format!("/{verb}"))), 200, world::receipt());
    }
}
