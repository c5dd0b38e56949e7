//! What the API answers with, if nothing else is said.

use serde_json::{Value, json};

use crate::{
    cases,
    fake::{Api, problem},
};

/// A document in review whose public text is being corrected.
pub(crate) const ID: &str = "qi2bfupkzntzkyra4uzjlhybaq";
/// Another, that waits for its first publication.
pub(crate) const OTHER: &str = "mrgdmmlbonsg64dpmrsw4zdfnq";

pub(crate) const PICTURE: &str = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

pub(crate) fn revision(letter: char) -> String {
    letter.to_string().repeat(64)
}

pub(crate) fn not_found() -> Value {
    problem("document-not-found", "没有这个文件", "没有这个文件。请核对编号。", json!([]))
}

pub(crate) fn content(title: &str, body: &str) -> Value {
    json!({
        "title": title, "body_html": body, "summary": "因管网检修，滨湖路段临时停水。", "document_number": "澄水发〔2026〕5号",
        "written_on": "2026-11-20", "source": "市水务局", "keywords": ["停水", "检修"],
        "catalogue": {"subject": "城乡建设、环境保护", "genre": "notice", "class": "announcements", "terms": ["供水"], "validity": "in-force"},
        "form": {"kind": "article"},
        "relations": [{"kind": "based-on", "document": OTHER}],
        "attachments": [
            {"file": PICTURE, "title": "停水范围示意图", "kind": "png", "bytes": 182_400, "picture": {"width": 1200, "height": 800, "smaller": [640]}},
            {"file": revision('d'), "title": "应急供水点一览表", "kind": "xlsx", "bytes": 12_345},
        ],
    })
}

const BODY: &str = "<h2>一、时间</h2><p>11 月 25 日 8:00—18:00。</p><h2>二、范围</h2><ul><li>滨湖路<ul><li>1—99 号</li></ul></li><li>湖心巷</li></ul>\
    <p><img src=\"/_files/b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9\" alt=\"停水范围示意图\"></p>\
    <table><thead><tr><th scope=\"col\">供水点</th><th scope=\"col\">时间</th></tr></thead><tbody><tr><td>滨湖小学</td><td>9:00</td></tr></tbody></table>\
    <p>咨询电话：<a href=\"tel:12345\" rel=\"noopener\">12345</a>。**不是加粗**</p>";

/// A document whose draft stands at `stage`.
pub(crate) fn document(stage: &str) -> Value {
    json!({
        "id": ID, "version": 7, "column": "www.zwgk.tzgg", "department": "sswj", "index_number": "014006438/2026-00012",
        "draft": {
            "revision": revision('b'), "stage": stage, "approved_by": if stage == "approved" { json!(["zhaoliu", "sunqi"]) } else { json!(["zhaoliu"]) },
            "levels": 2, "editors": ["zhangsan"],
            "overridden": [{"findings": ["mobile@body.3.8-18"], "reason": "值班手机，对外公开", "by": "zhangsan", "at": "2026-11-28T08:00:00Z"}],
            "content": content("关于滨湖路段停水的通知", BODY),
        },
        "live": {
            "revision": revision('a'), "column": "www.zwgk.tzgg", "url": "https://www.cheng.example/zwgk/tzgg/2026/11/23/water.html",
            "public_at": "2026-11-23T01:00:00Z", "changed_at": "2026-11-24T01:00:00Z",
            "content": content("关于滨湖路段停水的通知", "<p>停水。</p>"),
        },
        "expiry": {"at": "2026-12-01T16:00:00Z", "reason": "停水已结束", "by": "wangwu"},
        "notes": [{"at": "2026-11-24T01:00:00Z", "note": "更正停水时间"}],
        "places": ["https://www.cheng.example/zwgk/tzgg/2026/11/23/water.html"],
    })
}

/// One that was drafted and nothing more.
pub(crate) fn fresh(stage: &str) -> Value {
    let mut document = document(stage);
    let fields = document.as_object_mut().unwrap();
    for name in ["live", "expiry", "index_number"] {
        fields.remove(name);
    }
    fields.insert("notes".to_owned(), json!([]));
    let draft = fields.get_mut("draft").unwrap().as_object_mut().unwrap();
    draft.insert("approved_by".to_owned(), json!([]));
    draft.remove("overridden");
    if stage == "returned" {
        draft.insert("remark".to_owned(), json!("请补充咨询电话，并核对停水时间。"));
    }
    document
}

/// One that became public before its review.
pub(crate) fn urgent() -> Value {
    let mut document = document("editing");
    let fields = document.as_object_mut().unwrap();
    fields.remove("draft");
    fields["live"]["unreviewed"] =
        json!({"reason": "台风红色预警，来不及送审", "by": "wangwu", "at": "2026-11-28T20:00:00Z", "approved_by": []});
    document
}

pub(crate) fn checks(passes: bool) -> Value {
    let finding = |id: &str, level: &str, overridden: bool, detail: &str, excerpt: &str| {
        json!({"id": id, "rule": "x", "level": level, "overridden": overridden, "pointer": "/content/body_html",
            "excerpt": excerpt, "detail": detail, "detail_en": "x"})
    };
    let mut findings = vec![
        finding(
            "mobile@body.3.8-18",
            "block",
            true,
            "正文含有手机号码，请核对是否可以公开。",
            "联系人张先生 138******00",
        ),
        finding("heading@body.5", "warn", false, "小标题跳过了一级。", "（一）范围"),
    ];
    if !passes {
        findings.insert(0, finding("dead-link@body.7", "block", false, "链接打不开。", "市水务局热线"));
    }
    json!({"id": ID, "version": 7, "revision": revision('b'), "rules": 3, "passes": passes, "findings": findings, "unasked": 2})
}

fn entry(document: &str, title: &str, decisions: Value, more: Value) -> Value {
    let mut entry = json!({
        "document": document, "title": title, "site": "www", "column": "www.zwgk.tzgg", "department": "sswj", "revision": revision('b'),
        "since": "2026-11-28T01:30:00Z", "approved_by": ["zhaoliu"], "levels": 2, "public": false, "decisions": decisions, "link": "/x",
    });
    for (name, value) in more.as_object().unwrap() {
        entry[name] = value.clone();
    }
    entry
}

fn queue() -> Value {
    json!({"entries": [
        entry(ID, "关于滨湖路段停水的通知", json!(["approve", "return"]), json!({"public": true, "overridden": ["值班手机，对外公开"]})),
        entry(OTHER, "关于印发《澄湖市供水应急预案（2026年修订）》的通知", json!(["publish", "schedule"]), json!({"approved_by": ["zhaoliu", "sunqi"], "department": "bgs"})),
        entry("nbswy3dpfqqho33snrscc6tbon", "澄湖水质月报（10 月）", json!(["revise"]),
            json!({"levels": 1, "approved_by": [], "remark": "请补充监测点位。", "failed": "所关联的文件尚未公开。", "column": "www.xw"})),
        entry("orsxg5baovzwk4ranruwg33xnz", "台风红色预警", json!(["review-after"]), json!({"public": true, "remark": "来不及送审"})),
    ], "next": "2026-11-28T09:30:00.000/orsxg5baovzwk4ranruwg33xnz/public"})
}

/// A draft in a list.
fn draft(document: &str, title: &str, stage: &str, acts: Value, more: Value) -> Value {
    let mut entry = entry(document, title, json!([]), more);
    let fields = entry.as_object_mut().unwrap();
    fields.remove("decisions");
    let further = [
        ("stage", json!(stage)),
        ("acts", acts),
        ("editors", json!(["lisi", "zhangsan"])),
        ("saved_at", json!("2026-11-28T01:12:00Z")),
        ("saved_by", json!("lisi")),
    ];
    fields.extend(further.map(|(name, value)| (name.to_owned(), value)));
    fields.entry("same_as_public").or_insert(json!(false));
    entry
}

fn drafts() -> Value {
    let drafting = json!(["revise", "submit", "discard"]);
    json!({"entries": [
        draft(ID, "关于滨湖路段停水的通知", "submitted", json!(["revise", "discard"]), json!({"public": true})),
        draft(OTHER, "关于印发《澄湖市供水应急预案（2026年修订）》的通知", "editing", drafting.clone(), json!({"approved_by": [], "since": "2026-11-28T01:12:00Z"})),
        draft("nbswy3dpfqqho33snrscc6tbon", "澄湖水质月报（10 月）", "returned", drafting,
            json!({"levels": 1, "approved_by": [], "remark": "请补充监测点位。", "column": "www.xw"})),
        draft("orsxg5baovzwk4ranruwg33xnz", "冬季供水提示", "scheduled", json!(["revise", "discard"]),
            json!({"approved_by": ["zhaoliu", "sunqi"], "scheduled_at": "2026-12-01T01:00:00Z", "department": "bgs"})),
        draft("mfrggzdfmztwq2lknnwg23tpoa", "供水价格听证公告", "approved", json!(["revise", "discard"]),
            json!({"approved_by": ["zhaoliu", "sunqi"], "failed": "所关联的文件尚未公开。", "failed_code": "related-not-public"})),
        draft("nfxgc5dfon2gs3thebqw4zbamu", "水费缴纳办法", "editing", json!(["revise", "discard"]),
            json!({"approved_by": [], "public": true, "same_as_public": true})),
    ], "next": "2026-11-28T09:12:00.000/nfxgc5dfon2gs3thebqw4zbamu", "more": false})
}

/// One whose draft was thrown away; `rest` is what it was before.
pub(crate) fn discarded(rest: Value) -> Value {
    let mut document = rest;
    let fields = document.as_object_mut().unwrap();
    fields.remove("draft");
    let told = json!({"revision": revision('b'), "title": "关于滨湖路段停水的通知", "by": "zhangsan", "at": "2026-11-29T01:30:00Z"});
    fields.insert("discarded".to_owned(), told);
    document
}

fn permissions() -> Value {
    let held = |role: &str, department: Option<&str>| json!({"role": role, "department": department, "granted": {"at": "2026-01-01T00:00:00Z", "by": "root", "reason": "x"}});
    json!({
        "person": {"id": "x", "version": 3, "subject": "lisi", "roles": [held("editor", Some("sswj")), held("editor", Some("bgs")), held("reviewer", Some("sswj")), held("publisher", None)], "former": []},
        "may": [
            {"department": "sswj", "actions": ["approve", "return", "read"], "grants": []},
            {"actions": ["publish", "schedule", "correct", "withdraw"], "grants": []},
        ],
    })
}

/// How a site looks under a banner on a day of mourning.
pub(crate) fn under_banner() -> Value {
    let link = json!({"name": "查看安排", "address": "https://jyj.chenghu.example/tk/"});
    json!({
        "site": "jyj", "version": 4,
        "banner": {"level": "notice", "text": "明日全市中小学停课。", "link": link, "since": "2026-11-28T09:30:00Z"},
        "greyscale": {"reason": "全国哀悼日", "since": "2026-11-28T16:00:00Z"},
    })
}

/// A commit whose pages begin to follow.
fn projected() -> Value {
    json!({
        "commit": "appearance:site.jyj:4", "stream": "appearance:site.jyj", "number": 4, "at": "2026-11-28T16:00:00Z",
        "events": ["GreyscaleBegan"], "head": 4, "thing": "x", "projected": true, "wide": true, "pages": [],
    })
}

/// What waits after a banner of all sites was raised.
pub(crate) fn following() -> Value {
    let columns = json!({"pages": "columns", "site": "www", "lane": "at-once", "done": 0});
    let site =
        |number: usize| json!({"pages": "site", "site": format!("s{number}"), "lane": "bulk", "done": number * 100});
    let waiting: Vec<Value> = std::iter::once(columns).chain((0..14).map(site)).collect();
    json!({"waiting": waiting, "more": false, "parked": 0})
}

/// The roles of somebody who may raise banners.
pub(crate) fn on_duty() -> Value {
    let role = json!({"role": "registrar", "granted": {"at": "2026-01-01T00:00:00Z", "by": "root", "reason": "x"}});
    json!({
        "person": {"id": "x", "version": 3, "subject": "lisi", "roles": [role], "former": []},
        "may": [{"actions": ["change-site", "change-appearance", "change-department", "read-register"], "grants": []}],
    })
}

fn history() -> Value {
    json!({"id": ID, "version": 7, "commits": [
        {"number": 1, "commit": "x", "at": "2026-11-22T01:00:00Z", "actor": "zhangsan", "events": [{"name": "DocumentDrafted", "name_zh": "起草", "title": "关于滨湖路段停水的通知", "column": "www.zwgk.tzgg"}]},
        {"number": 5, "commit": "x", "at": "2026-11-24T01:00:00Z", "actor": "wangwu", "events": [{"name": "DocumentCorrected", "name_zh": "更正", "note": "更正停水时间"}, {"name": "ExpirySet", "name_zh": "设定到期", "due": "2026-12-01T16:00:00Z", "reason": "停水已结束"}]},
        {"number": 7, "commit": "x", "at": "2026-11-28T01:30:00Z", "actor": "zhangsan", "events": [{"name": "DocumentSubmitted", "name_zh": "送审"}]},
    ]})
}

pub(crate) fn revisions() -> Value {
    json!({"id": ID, "version": 7, "revisions": [
        {"revision": revision('a'), "number": 1, "commit": "x", "at": "2026-11-22T01:00:00Z", "actor": "zhangsan", "title": "关于滨湖路段停水的通知", "public_at": "2026-11-23T01:00:00Z"},
        {"revision": revision('b'), "number": 6, "commit": "x", "at": "2026-11-27T01:00:00Z", "actor": "zhangsan", "title": "关于滨湖路段停水的通知"},
    ]})
}

pub(crate) fn difference() -> Value {
    let span = |kind: &str, text: &str| json!({"kind": kind, "text": text});
    json!({
        "id": ID, "version": 7,
        "from": {"revision": revision('a'), "number": 1, "commit": "x", "at": "2026-11-22T01:00:00Z", "actor": "zhangsan"},
        "to": {"revision": revision('b'), "number": 6, "commit": "x", "at": "2026-11-27T01:00:00Z", "actor": "zhangsan"},
        "fields": [{"field": "/keywords", "name_zh": "关键词", "from": ["停水"], "to": ["停水", "检修"]}, {"field": "/summary", "name_zh": "内容概述", "to": "因管网检修，滨湖路段临时停水。"}],
        "body": {"lines": [[span("kept", "11 月 "), span("removed", "24"), span("added", "25"), span("kept", " 日 8:00—18:00。")], [span("added", "湖心巷")]],
            "more": 3, "too_long": false, "erased": false, "markup_only": false},
    })
}

pub(crate) fn receipt() -> Value {
    json!({"id": ID, "stream": "x", "commit": "x", "version": 8, "at": "2026-11-29T02:12:00Z", "links": {"self": "x", "commit": "x"}})
}

/// A department that names who takes applications.
pub(crate) fn department() -> Value {
    json!({
        "code": "sswj", "version": 3, "not_concerned": [],
        "profile": {
            "name": "市水务局", "organisation_code": "014006438", "duties": "供水排水。", "address": "澄江路27号", "telephone": "0598-8213038",
            "office_hours": "", "leaders": ["局长 江汉清"],
            "disclosure": {"name": "办公室", "address": "澄江路27号 203 室", "office_hours": "", "telephone": "", "fax": "0598-8213039", "mailbox": "gk@sswj.example"},
        },
    })
}

/// What was searched for in a month.
fn terms() -> Value {
    let term = |text: &str, asked: u32, without: u32| json!({"text": text, "asked": asked, "without_results": without});
    json!({
        "month": "2026-11", "from": 5,
        "popular": [term("停水", 128, 0), term("公积金提取", 64, 1), term("老年食堂", 7, 7)],
        "without_results": [term("老年食堂", 7, 7), term("公积金提取", 64, 1)],
    })
}

pub(crate) fn fill(api: &Api) {
    cases::fill(api);
    api.answer("GET /search-terms", 200, terms());
    api.answer("GET /departments/sswj", 200, department());
    api.answer("PUT /departments/sswj/disclosure-office", 200, receipt());
    let at = format!("/documents/{ID}");
    api.answer("GET /queue", 200, queue());
    api.answer("GET /drafts", 200, drafts());
    api.answer("GET /staff/me", 200, permissions());
    api.answer("GET /appearance", 200, json!({"version": 0}));
    api.answer("GET /sites/jyj/appearance", 200, under_banner());
    api.answer("GET /wide-changes", 200, json!({"waiting": [], "more": false, "parked": 0}));
    api.answer("PUT /appearance", 200, receipt());
    api.answer("GET /commits/appearance%3Asite.jyj%3A4", 200, projected());
    api.answer(
        "GET /departments",
        200,
        json!({"departments": [{"code": "bgs", "name": "市政府办公室"}, {"code": "sswj", "name": "市水务局"}]}),
    );
    api.answer(
        "GET /sites",
        200,
        json!({"sites": [{"label": "www", "name": "澄湖市人民政府", "url": "x"}, {"label": "jyj", "name": "澄湖市教育局", "url": "x"}]}),
    );
    let column = |id: &str, name: &str, parent: Option<&str>| json!({"column": id, "name": name, "kind": "x", "url": "x", "parent": parent});
    api.answer(
        "GET /sites/www/columns",
        200,
        json!({"columns": [column("www.xw", "新闻动态", None), column("www.zwgk", "政务公开", None), column("www.zwgk.tzgg", "通知公告", Some("www.zwgk"))]}),
    );
    api.answer("GET /sites/jyj/columns", 200, json!({"columns": [column("jyj.tzgg", "通知公告", None)]}));
    api.answer(&format!("GET {at}"), 200, document("submitted"));
    let listed = json!({"columns": [{"column": "jyj.tzgg", "since": "2026-11-25T01:00:00Z"}]});
    api.answer(&format!("GET {at}/sharing"), 200, listed);
    api.answer(&format!("GET {at}/checks"), 200, checks(true));
    api.answer(&format!("GET {at}/history"), 200, history());
    api.answer(&format!("GET {at}/revisions"), 200, revisions());
    api.answer(&format!("GET {at}/diff"), 200, difference());
    let text = json!({"id": ID, "version": 7, "revision": revision('a'), "number": 1, "commit": "x", "at": "2026-11-22T01:00:00Z", "actor": "zhangsan", "content": content("关于滨湖路段停水的通知", BODY)});
    api.answer(&format!("GET {at}/revisions/{}", revision('a')), 200, text);
    api.answer(&format!("GET {at}/files/{PICTURE}"), 200, json!({"file": PICTURE, "kind": "png", "media_type": "image/png", "bytes": 1, "url": "https://s3.example/x?sign=1"}));
    for verb in [
        "submit",
        "approve",
        "return",
        "publish",
        "correct",
        "schedule",
        "unschedule",
        "publish-urgently",
        "review-after",
        "set-expiry",
        "clear-expiry",
        "move",
        "share",
        "end-sharing",
        "withdraw",
        "discard",
        "restore",
    ] {
        api.answer(&format!("POST {at}/{verb}"), 200, receipt());
    }
    api.answer(&format!("PUT {at}/draft"), 200, receipt());
    api.answer("POST /documents", 201, receipt());
    api.answer(
        &format!("GET /files/{}", revision('e')),
        200,
        json!({"file": revision('e'), "kind": "png", "media_type": "image/png", "bytes": 40_960, "url": "https://s3.example/x?sign=1"}),
    );
    api.answer(
        "POST /files",
        200,
        json!({"file": revision('e'), "kind": "pdf", "media_type": "application/pdf", "bytes": 4}),
    );
}
