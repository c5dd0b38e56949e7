//! What the API of applications answers with, if nothing else is said.

use serde_json::{Value, json};

use crate::{
    cases::{staff, with},
    fake::Api,
    world,
};

/// An application for information.
pub(crate) const ID: &str = "kvxwyzdfojpxezlrovsxg5bagi";

/// Words that only its applicant wrote.
pub(crate) const CANARY: &str = "滨湖路管网改造的合同（金丝雀）";

/// The query code of one that was registered.
pub(crate) const CODE: &str = "7QKD-02ZM-9XTB-5RHA";

/// Where the API has something of it.
pub(crate) fn at(rest: &str) -> String {
    format!("/api/disclosure/requests/{ID}{rest}")
}

/// Where the desk has.
pub(crate) fn page(rest: &str) -> String {
    format!("/api/desk/requests/{ID}{rest}")
}

fn term(name: &str, title: &str, status: &str, at: Option<&str>) -> Value {
    let mut term = json!({"name": name, "title": title, "rule": "《政府信息公开条例》", "status": status, "account": format!("{title}：自次日起算，周六、周日不计。")});
    if let Some(at) = at {
        term["at"] = json!(at);
    }
    term
}

/// One whose receipt nobody confirmed yet.
pub(crate) fn filed() -> Value {
    json!({
        "stream": format!("request:{ID}"), "version": 1, "number": "YG-20261125-204415", "kind": "政府信息公开申请", "stands": "待登记",
        "site": "www", "department": "sswj", "departments": ["sswj"], "opened_at": "2026-11-25T02:00:00Z", "erased": false,
        "form": "information-request", "form_version": 1, "notes": [], "undelivered": [], "files": [],
        "deadlines": [term("confirmation", "登记确认期限", "running", Some("2026-11-26T16:00:00Z"))],
        "applicant": "citizen", "delivery": "online", "channel": "web", "extended": false, "delayed": false, "letters": [],
        "asks_further": false,
    })
}

/// One at work.
pub(crate) fn confirmed() -> Value {
    let terms = json!([
        term("confirmation", "登记确认期限", "met", Some("2026-11-25T06:00:00Z")),
        term("completion-notice", "补正告知期限", "running", Some("2026-12-04T16:00:00Z")),
        term("reply", "答复期限", "running", Some("2026-12-23T16:00:00Z")),
    ]);
    let same = json!({"item_of_month": 12, "in_all": 31, "in_a_year": 29, "replied_before": ["YG-20261103-117203"]});
    let changes = json!({"version": 3, "stands": "办理中", "same_applicant": same, "handler": staff("lisi"), "confirmed_at": "2026-11-25T06:00:00Z", "deadlines": terms});
    with(filed(), changes)
}

/// Its files: what the applicant sent, and what was put into it to be given with the reply.
pub(crate) fn files() -> Value {
    json!([
        {"file": "file-1", "kind": "pdf", "bytes": 20_480, "of_staff": false},
        {"file": "file-k5qw2m7xa3dlt", "kind": "xlsx", "bytes": 38_912, "of_staff": true},
        {"file": "file-2bnw6q4yzr3ka", "kind": "pdf", "bytes": 1_258_291, "of_staff": true},
    ])
}

/// One with files.
pub(crate) fn with_files() -> Value {
    with(confirmed(), json!({"version": 5, "files": files()}))
}

/// One that waits for its applicant.
pub(crate) fn waits_for_completion() -> Value {
    let terms = json!([
        term("reply", "答复期限", "stopped", None),
        term("completion", "补正期限", "running", Some("2026-12-17T16:00:00Z"))
    ]);
    with(confirmed(), json!({"version": 4, "stands": "等待补正", "completion": "awaited", "deadlines": terms}))
}

/// One that came by post, and whose applicant was asked why he applies so often.
pub(crate) fn waits_for_reasons() -> Value {
    let changes = json!({"version": 4, "stands": "等待说明理由", "channel": "post", "received_on": "2026-11-24", "reasons": "awaited"});
    with(confirmed(), changes)
}

/// One whose applicant said why.
pub(crate) fn reasoned() -> Value {
    with(waits_for_reasons(), json!({"version": 5, "stands": "办理中", "reasons": "given"}))
}

/// One that was completed and waits for an opinion, having had another.
pub(crate) fn waits_for_opinion() -> Value {
    let terms = json!([
        term("reply", "答复期限", "stopped", None),
        term("opinion-2", "征求意见期限", "running", Some("2026-12-21T16:00:00Z"))
    ]);
    let letters = json!([
        {"number": 1, "of": "other-body", "sought_at": "2026-11-26T01:00:00Z", "delivered_on": "2026-11-26", "state": "given", "stance": "agrees"},
        {"number": 2, "of": "third-party", "sought_at": "2026-11-30T01:00:00Z", "state": "awaited", "reason": "另有一方权益受影响"},
    ]);
    let changes =
        json!({"version": 8, "stands": "征求意见中", "completion": "given", "letters": letters, "deadlines": terms});
    with(confirmed(), changes)
}

/// One whose opinions all came.
pub(crate) fn consulted() -> Value {
    let given = json!({"number": 1, "of": "third-party", "sought_at": "2026-11-26T01:00:00Z", "delivered_on": "2026-11-26", "state": "given", "stance": "objects"});
    with(confirmed(), json!({"version": 6, "letters": [given], "asks_further": true}))
}

/// One whose reply a colleague drafted.
pub(crate) fn drafted() -> Value {
    let extent = json!({"kind": "partial", "withheld": "附件二：第三方的商业秘密（条例第十五条）"});
    let draft = json!({"outcome": {"kind": "provided", "extent": extent}, "by": staff("wangwu"), "at": "2026-11-29T01:00:00Z", "returned": false, "files": ["file-2bnw6q4yzr3ka"]});
    with(confirmed(), json!({"version": 7, "draft": draft, "files": files()}))
}

/// One that waits for its fee.
pub(crate) fn waits_for_fee() -> Value {
    let terms = json!([
        term("reply", "答复期限", "stopped", None),
        term("fee", "缴费期限", "running", Some("2026-12-24T16:00:00Z"))
    ]);
    with(confirmed(), json!({"version": 4, "stands": "等待缴费", "fee": {"fen": 20_000}, "deadlines": terms}))
}

fn ended(conclusion: Value, changes: Value) -> Value {
    let terms = json!([term("reply", "答复期限", "met", Some("2026-11-29T01:00:00Z"))]);
    let closed = json!({"version": 9, "closed_at": "2026-11-29T01:00:00Z", "kept_until": "2036-11-29", "conclusion": conclusion, "deadlines": terms});
    with(with(confirmed(), closed), changes)
}

/// One that was replied to in part.
pub(crate) fn decided() -> Value {
    let extent = json!({"kind": "partial", "withheld": "附件二：第三方的商业秘密（条例第十五条）"});
    let outcome = json!({"kind": "provided", "extent": extent});
    ended(json!({"kind": "decided", "outcome": outcome}), json!({"stands": "已答复"}))
}

/// One whose information became public since.
pub(crate) fn published() -> Value {
    let published =
        json!({"document": world::ID, "found_at": "https://www.cheng.example/zwgk/tzgg/2026/11/28/water.html"});
    with(decided(), json!({"version": 10, "published": published}))
}

/// One that was no application.
pub(crate) fn redirected() -> Value {
    let ended_ = json!({"kind": "redirected", "channel": "信访渠道", "reason": "内容属于投诉"});
    ended(ended_, json!({"stands": "已告知其他渠道", "archived": "2026-YSQ-0031"}))
}

/// One that its applicant gave up by silence.
pub(crate) fn abandoned() -> Value {
    ended(
        json!({"kind": "abandoned", "lapsed": "fee"}),
        json!({"stands": "视为放弃申请", "fee": {"fen": 20_000}, "erased": true}),
    )
}

/// One that he did not complete in time.
pub(crate) fn uncompleted() -> Value {
    let lapsed = json!({"kind": "abandoned", "lapsed": "completion"});
    ended(lapsed, json!({"stands": "视为放弃申请", "completion": "awaited"}))
}

/// One that he took back by a letter.
pub(crate) fn taken_back() -> Value {
    let recorded = json!({"kind": "withdrawn", "shown_by": "letter"});
    ended(recorded, json!({"stands": "已撤回"}))
}

/// It, as it can stand.
pub(crate) fn stages() -> Vec<Value> {
    let paid = with(confirmed(), json!({"fee": {"fen": 20_000, "paid_at": "2026-11-28T01:00:00Z"}}));
    let withdrawn = ended(json!({"kind": "withdrawn"}), json!({"stands": "已撤回"}));
    vec![
        filed(),
        confirmed(),
        waits_for_completion(),
        waits_for_reasons(),
        reasoned(),
        waits_for_opinion(),
        consulted(),
        drafted(),
        waits_for_fee(),
        paid,
        decided(),
        published(),
        redirected(),
        abandoned(),
        uncompleted(),
        withdrawn,
        taken_back(),
    ]
}

/// What was written in it.
pub(crate) fn opened() -> Value {
    json!({
        "version": 7,
        "content": [
            {"question": "applicant", "label": "申请人是", "text": "公民"},
            {"question": "description", "label": "信息的名称，或者便于查找的特征", "text": CANARY},
        ],
        "files": [],
        "identity": {"name": "陈先生", "phone": "13900000000", "id-number": "11010519491231002X"},
        "papers": [
            {"name": "missing", "title": "补正告知", "text": "请写明是哪一年度的合同。"},
            {"name": "completion", "title": "申请人的补正", "text": "2025年度的。\n第二段。"},
        ],
        "notes": [],
    })
}

fn readings() -> Value {
    json!({"readings": [
        {"at": "2026-11-29T01:00:00Z", "by": format!("citizen:request:{ID}"), "department": "sswj", "fields": ["reply"], "why": "凭查询码查看办理结果"},
        {"at": "2026-11-28T02:00:00Z", "by": "wangwu", "department": "sswj", "fields": ["content", "missing", "letter-1"], "why": "办理本次申请"},
    ]})
}

pub(crate) const VERBS: [&str; 26] = [
    "take",
    "confirm",
    "ask-completion",
    "record-completion",
    "reopen",
    "ask-reasons",
    "record-reasons",
    "seek-opinion",
    "record-delivery",
    "record-opinion",
    "ask-fee",
    "record-payment",
    "extend",
    "delay",
    "draft-reply",
    "approve-reply",
    "return-reply",
    "redirect",
    "withdraw",
    "notes",
    "assign",
    "record-publication",
    "archive",
    "erase",
    "files",
    "open",
];

/// The form: what is asked of whom.
pub(crate) fn form() -> Value {
    let question = |question: &str, label: &str, kind: &str, changes: Value| {
        with(
            json!({"question": question, "label": label, "kind": kind, "required": true, "limit": 100, "choices": []}),
            changes,
        )
    };
    let choices = |choices: &[(&str, &str)]| json!({"choices": choices.iter().map(|(value, label)| json!({"value": value, "label": label})).collect::<Vec<_>>()});
    let when = |question: &str, is: &str| json!({"question": question, "is": [is]});
    let page = |page: &str, title: &str, questions: Value, changes: Value| {
        with(json!({"page": page, "title": title, "questions": questions}), changes)
    };
    let who = choices(&[("citizen", "公民"), ("organisation", "法人或者其他组织")]);
    let cards = choices(&[("identity-card", "居民身份证"), ("passport", "护照")]);
    let ways = choices(&[("online", "凭受理编号和查询码在本网站查看"), ("post", "邮寄")]);
    let address = json!({"when": when("way", "post"), "help": "请写明邮政编码。"});
    json!({
        "form": "information-request", "version": 2, "title": "政府信息公开申请", "rule": "《中华人民共和国政府信息公开条例》第二十九条",
        "notice": "证件号码是敏感个人信息，只用于核对申请人的身份。\n办结后保存 10 年。",
        "pages": [
            page("applicant", "谁来申请", json!([question("applicant", "申请人是", "choice", who)]), json!({})),
            page("citizen", "申请人的身份", json!([
                question("name", "姓名", "line", json!({"help": "与身份证件一致。"})),
                question("document", "身份证件的种类", "choice", cards),
            ]), json!({"when": when("applicant", "citizen")})),
            page("organisation", "申请单位", json!([question("organisation", "单位名称", "line", json!({}))]), json!({"when": when("applicant", "organisation")})),
            page("document", "证件号码", json!([
                question("card-number", "居民身份证号码", "other", json!({"when": when("document", "identity-card")})),
            ]), json!({"when": when("applicant", "citizen"), "help": "条例第二十九条要求申请包括申请人的身份证明。"})),
            page("information", "申请获取什么信息", json!([
                question("description", "信息的名称，或者便于查找的特征", "long-text", json!({"limit": 2000})),
                question("number", "文号", "line", json!({"required": false})),
            ]), json!({})),
            page("delivery", "怎样提供给您", json!([question("way", "获取信息的途径", "choice", ways)]), json!({})),
            page("contact", "怎样与您联系", json!([
                question("phone", "联系电话", "other", json!({})),
                question("address-for-delivery", "接收信息的邮寄地址", "line", address),
            ]), json!({})),
        ],
    })
}

/// What whoever registers an application is answered.
pub(crate) fn registered() -> Value {
    let receipt = json!({
        "id": ID, "stream": format!("request:{ID}"), "version": 1, "commit": format!("request:{ID}:1"), "at": "2026-11-29T01:00:00Z",
        "links": {"self": at(""), "commit": format!("/api/publish/commits/request:{ID}:1")},
    });
    with(receipt, json!({"number": "YG-20261129-204416", "code": CODE}))
}

pub(crate) fn fill(api: &Api) {
    api.answer("GET /api/disclosure/form", 200, form());
    api.answer("POST /api/disclosure/requests", 201, registered());
    api.answer(&format!("GET {}", at("")), 200, confirmed());
    api.answer(&format!("GET {}", at("/readings")), 200, readings());
    for verb in VERBS {
        api.answer(&format!("POST {}", at(&format!("/{verb}"))), 200, world::receipt());
    }
    api.answer(&format!("POST {}", at("/open")), 200, opened());
}
