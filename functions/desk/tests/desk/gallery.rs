//! Every page against its golden file; with `DESK_PAGES=<directory>` they are written there, to be looked at.

use axum::{body::Body, extract::Request};
use gateway::Scheme;
use serde_json::json;

use crate::{
    fake::{Desk, Shown, problem},
    gallery_cases,
    world::{self, ID, OTHER, revision},
};

fn at(rest: &str) -> String {
    format!("/api/desk/documents/{ID}{rest}")
}

/// A page that is read, in a world that `change` has changed.
pub(crate) async fn read(path: &str, change: impl FnOnce(&Desk)) -> Shown {
    let mut desk = Desk::signed_in().await;
    change(&desk);
    desk.get(path).await
}

/// A form that is opened, filled in, and refused.
pub(crate) async fn refused(path: &str, fields: &[(&str, &str)], change: impl FnOnce(&Desk)) -> Shown {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(path).await;
    change(&desk);
    desk.fill(path.split('?').next().unwrap(), &shown, fields).await
}

fn document(desk: &Desk, document: serde_json::Value) {
    desk.api.answer(&format!("GET /documents/{ID}"), 200, document);
}

/// An answer of the functions.
pub(crate) fn answer(desk: &Desk, command: &str, status: u16, body: serde_json::Value) {
    desk.api.answer(command, status, body);
}

/// The roles cannot be read.
pub(crate) fn without_roles(desk: &Desk) {
    let unavailable = problem("unavailable", "存储暂不可用", "存储没有应答，请稍后再试。", json!([]));
    desk.api.answer("GET /staff/me", 503, unavailable);
}

fn filled() -> Vec<(&'static str, &'static str)> {
    vec![
        ("markup", "markup"),
        ("title", "关于滨湖路段停水的通知（更正）"),
        ("summary", ""),
        ("body", "11 月 25 日停水。\n\n- 滨湖路\n- 湖心巷"),
        ("keywords", "停水 检修"),
        ("kind", "leader"),
        ("post", ""),
        ("relation_kind", "amends"),
        ("relation_document", "不是编号"),
        ("attachment", world::PICTURE),
        ("attachment_title", ""),
        ("subject", "没有这一类"),
    ]
}

fn fields_wrong() -> serde_json::Value {
    problem(
        "invalid-field",
        "字段不合规",
        "以下字段不合规：/content/title。",
        json!([
            {"pointer": "/content/title", "code": "x", "detail": "标题有 201 个字，最多 200 个字。", "detail_en": "x"},
            {"pointer": "/content/body_html", "code": "x", "detail": "图片没有替代文字；请用 alt 说明图片内容。", "detail_en": "x"},
            {"pointer": "/content/form/post", "code": "x", "detail": "请填写职务。", "detail_en": "x"},
            {"pointer": "/content/catalogue/subject", "code": "x", "detail": "主题分类应为 22 个大类之一。", "detail_en": "x"},
            {"pointer": "/content/relations/0/document", "code": "x", "detail": "文件编号应为 26 位。", "detail_en": "x"},
            {"pointer": "/content/attachments/0/title", "code": "x", "detail": "附件标题不能为空。", "detail_en": "x"},
        ]),
    )
}

fn stale() -> serde_json::Value {
    let mut stale = problem(
        "stale",
        "版本已更新",
        "自版本 7 以来：lisi 于 2026年11月29日 10:12 修改了草稿。请看过改动再决定。",
        json!([]),
    );
    stale["version"] = json!(9);
    stale["more"] = json!(2);
    stale["changes"] = json!([
        {"commit": "x", "at": "2026-11-29T02:00:00Z", "actor": "zhangsan", "events": ["DraftRevised"]},
        {"commit": "x", "at": "2026-11-29T02:12:00Z", "actor": "lisi", "events": ["DraftRevised", "DocumentSubmitted"]},
    ]);
    stale
}

fn checks_failed() -> serde_json::Value {
    problem(
        "checks-failed",
        "发布前检查未通过",
        "检查发现 2 处必须处理的问题：请改正，或由您负责放行。",
        json!([
            {"pointer": "/content/body_html", "code": "dead-link", "detail": "链接打不开。", "detail_en": "x", "finding": "dead-link@body.7"},
            {"pointer": "/content/body_html", "code": "word", "detail": "“登陆”应为“登录”。", "detail_en": "x", "finding": "word@body.9.2-4"},
        ]),
    )
}

/// All pages by their names.
pub(crate) async fn pages() -> Vec<(&'static str, Shown)> {
    let nothing = |_: &Desk| {};
    let mut pages = vec![
        ("queue", read("/api/desk/", nothing).await),
        ("queue-narrowed", read("/api/desk/?decision=approve&after=x", nothing).await),
        (
            "queue-empty",
            read("/api/desk/", |desk| answer(desk, "GET /queue", 200, json!({"entries": []}))).await,
        ),
        ("drafts", read("/api/desk/drafts", nothing).await),
        ("drafts-of-department", read("/api/desk/drafts?of=bgs&after=x", nothing).await),
        (
            "drafts-empty",
            read("/api/desk/drafts", |desk| answer(desk, "GET /drafts", 200, json!({"entries": [], "more": false}))).await,
        ),
        (
            "drafts-further-on",
            read("/api/desk/drafts?of=bgs", |desk| {
                let next = format!("2026-11-28T09:12:00.000/{ID}");
                answer(desk, "GET /drafts", 200, json!({"entries": [], "next": next, "more": true}));
            })
            .await,
        ),
        ("drafts-without-roles", read("/api/desk/drafts", without_roles).await),
        ("document", read(&at(""), nothing).await),
        (
            "document-discarded",
            read(&at(""), |desk| {
                document(desk, world::discarded(world::fresh("editing")));
                let mut read = world::revisions();
                read["revisions"][1]["discarded_at"] = json!("2026-11-29T01:30:00Z");
                read["revisions"][0].as_object_mut().unwrap().remove("public_at");
                let none = problem("no-draft", "没有草稿", "请先保存新的草稿。", json!([]));
                answer(desk, &format!("GET /documents/{ID}/checks"), 409, none);
                desk.api.answer(&format!("GET /documents/{ID}/revisions"), 200, read);
            })
            .await,
        ),
        ("document-correction-discarded", read(&at(""), |desk| document(desk, world::discarded(world::document("editing")))).await),
        ("edit-discarded", read(&at("/edit"), |desk| document(desk, world::discarded(world::fresh("editing")))).await),
        ("document-new", read(&at(""), |desk| document(desk, world::fresh("editing"))).await),
        ("document-returned", read(&at(""), |desk| document(desk, world::fresh("returned"))).await),
        ("document-approved", read(&at(""), |desk| document(desk, world::document("approved"))).await),
        ("document-urgent", read(&at(""), |desk| document(desk, world::urgent())).await),
        ("history", read(&at("/history"), nothing).await),
        ("diff", read(&at(&format!("/diff?from={}&to={}", revision('a'), revision('b'))), nothing).await),
        ("revisions", read(&at("/revisions"), |desk| {
            let mut read = world::revisions();
            read["earlier"] = json!(1);
            desk.api.answer(&format!("GET /documents/{ID}/revisions"), 200, read);
        }).await),
        ("revision", read(&at(&format!("/revisions/{}", revision('a'))), nothing).await),
        ("preview", read(&at("/preview"), nothing).await),
        (
            "preview-leader",
            read(&at("/preview"), |desk| {
                let mut leader = world::fresh("editing");
                leader["draft"]["content"]["form"] = json!({"kind": "leader", "post": "局长", "duties": "主持全面工作。"});
                document(desk, leader);
            })
            .await,
        ),
        ("edit", read(&at("/edit"), nothing).await),
        (
            "edit-html",
            read(&at("/edit"), |desk| {
                let mut bare = world::fresh("editing");
                bare["draft"]["content"]["body_html"] = json!("没有段落<strong>的</strong>正文");
                document(desk, bare);
            })
            .await,
        ),
        (
            "edit-refused",
            refused(&at("/edit"), &filled(), |desk| answer(desk, &format!("PUT /documents/{ID}/draft"), 422, fields_wrong()))
                .await,
        ),
        (
            "edit-stale",
            refused(&at("/edit"), &filled(), |desk| answer(desk, &format!("PUT /documents/{ID}/draft"), 412, stale())).await,
        ),
        ("attach", read(&at("/attach"), nothing).await),
        ("attach-without-file", {
            let mut desk = Desk::signed_in().await;
            let shown = desk.get(&at("/attach")).await;
            desk.fill(&at("/files"), &shown, &[]).await
        }),
        ("attach-stale", {
            let mut desk = Desk::signed_in().await;
            let shown = desk.get(&at(&format!("/attach?file={}&title=x", revision('e')))).await;
            answer(&desk, &format!("PUT /documents/{ID}/draft"), 412, stale());
            desk.fill(&at("/attach"), &shown, &[("file", &revision('e')), ("title", "表")]).await
        }),
        ("attach-named", read(&at(&format!("/attach?file={}&title=%E8%A1%A8", revision('e'))), nothing).await),
        ("new", read("/api/desk/documents/new", nothing).await),
        (
            "new-refused",
            refused("/api/desk/documents/new", &filled(), |desk| answer(desk, "POST /documents", 422, fields_wrong())).await,
        ),
        (
            "new-many-sites",
            read("/api/desk/documents/new", |desk| {
                let site = |number: u32| json!({"label": format!("s{number}"), "name": format!("第 {number} 个站点"), "url": "x"});
                answer(desk, "GET /sites", 200, json!({"sites": (1..=20).map(site).collect::<Vec<_>>()}));
            })
            .await,
        ),
    ];
    let duty = |desk: &Desk| {
        answer(desk, "GET /staff/me", 200, world::on_duty());
        answer(desk, "GET /wide-changes", 200, world::following());
    };
    pages.push(("share", read("/api/desk/share", nothing).await));
    pages.push(("share-named", read(&format!("/api/desk/share?document={ID}&column=jyj.tzgg"), nothing).await));
    pages
        .push(("share-without-id", refused("/api/desk/share", &[("document", "停水"), ("column", "")], nothing).await));
    pages.push((
        "share-refused",
        refused("/api/desk/share", &[("document", ID), ("column", "jyj.tzgg")], |desk| {
            let twice = problem("already-shared", "已共享到该栏目", "该栏目已列出此文件，无需再次共享。", json!([]));
            answer(desk, &format!("POST /documents/{ID}/share"), 409, twice);
        })
        .await,
    ));
    pages.push(("appearance", read("/api/desk/appearance", nothing).await));
    pages.push(("appearance-on-duty", read("/api/desk/appearance", duty).await));
    pages.push(("appearance-of-a-site", read("/api/desk/sites/jyj/appearance", duty).await));
    pages.push((
        "appearance-unreadable",
        read("/api/desk/appearance", |desk| {
            let busy = || problem("unavailable", "存储暂不可用", "存储没有应答，请稍后再试。", json!([]));
            for request in ["GET /staff/me", "GET /wide-changes", "GET /sites"] {
                answer(desk, request, 503, busy());
            }
        })
        .await,
    ));
    pages.push(("appearance-refused", banner(&[("raised", "on"), ("grey", "on")], 422, looks_wrong()).await));
    pages.push(("appearance-without-tick", banner(&[("text", "台风红色预警")], 409, unchanged()).await));
    pages.push(("appearance-stale", banner(&[("raised", "on"), ("text", "台风红色预警")], 412, banner_stale()).await));
    pages.push(("departments", read("/api/desk/departments", duty).await));
    pages.push(("departments-of-nobody", read("/api/desk/departments", nothing).await));
    pages.push(("department-disclosure", read("/api/desk/departments/sswj/disclosure", duty).await));
    pages.push(("department-disclosure-to-a-reader", read("/api/desk/departments/sswj/disclosure", nothing).await));
    pages.push(("department-disclosure-refused", disclosure(&[("fax", "0598-8213039")], 422, office_wrong()).await));
    pages.push(("department-disclosure-stale", disclosure(&[("office_name", "办公室")], 412, stale()).await));
    pages.push(("search-terms", read("/api/desk/search-terms", nothing).await));
    pages.push((
        "search-terms-of-a-quiet-month",
        read("/api/desk/search-terms?month=2026-02", |desk| {
            let none = json!({"month": "2026-02", "from": 5, "popular": [], "without_results": []});
            answer(desk, "GET /search-terms", 200, none);
        })
        .await,
    ));
    for (name, verb, stage) in [
        ("act-submit", "submit", "editing"),
        ("act-approve", "approve", "submitted"),
        ("act-return", "return", "submitted"),
        ("act-correct", "correct", "approved"),
        ("act-schedule", "schedule", "approved"),
        ("act-set-expiry", "set-expiry", "approved"),
        ("act-clear-expiry", "clear-expiry", "approved"),
        ("act-move", "move", "approved"),
        ("act-withdraw", "withdraw", "approved"),
        ("act-publish-urgently", "publish-urgently", "editing"),
        ("act-discard", "discard", "submitted"),
    ] {
        pages.push((name, read(&at(&format!("/act/{verb}")), |desk| document(desk, world::document(stage))).await));
    }
    let publish = |desk: &Desk| {
        let mut approved = world::fresh("approved");
        approved["draft"]["scheduled"] = json!({"at": "2026-12-01T01:00:00Z", "by": "wangwu"});
        document(desk, approved);
    };
    let restore = at(&format!("/act/restore?revision={}", revision('a')));
    pages.push(("act-publish", read(&at("/act/publish"), publish).await));
    pages.push(("act-unschedule", read(&at("/act/unschedule"), publish).await));
    pages.push(("act-discard-scheduled", read(&at("/act/discard"), publish).await));
    pages.push(("act-review-after", read(&at("/act/review-after"), |desk| document(desk, world::urgent())).await));
    pages.push(("act-restore", read(&restore, nothing).await));
    pages.push(("act-checks-failed", refused_submission(&[], checks_failed(), 422).await));
    let answered = [("finding", "dead-link@body.7"), ("override_reason", "")];
    let reason = problem(
        "invalid-field",
        "字段不合规",
        "x",
        json!([{"pointer": "/override/reason", "detail": "请写明放行理由。"}]),
    );
    pages.push(("act-without-reason", refused_submission(&answered, reason, 422).await));
    pages.push((
        "act-own-edit",
        refused(&at("/act/approve"), &[("revision", &revision('b'))], |desk| {
            let own = problem("own-edit", "不得审核自己编辑的文件", "您编辑过这一稿，请由其他审核人办理。", json!([]));
            answer(desk, &format!("POST /documents/{ID}/approve"), 403, own);
        })
        .await,
    ));
    pages.push((
        "act-later",
        refused(&at("/act/return"), &[("revision", &revision('b')), ("remark", "请补充联系电话")], |desk| {
            let busy = problem("throttled", "系统繁忙", "请求过多，请稍后再试。", json!([]));
            answer(desk, &format!("POST /documents/{ID}/return"), 503, busy);
        })
        .await,
    ));
    pages.push((
        "act-lacking",
        refused(&at("/act/return"), &[("revision", &revision('b')), ("remark", " ")], nothing).await,
    ));
    pages.extend(gallery_cases::of_cases().await);
    pages.extend(gallery_cases::of_applications().await);
    pages.push(("act-not-now", read(&at("/act/publish"), nothing).await));
    pages.push(("act-unknown", read(&at("/act/explode"), nothing).await));
    pages.push(("outcomes", outcomes().await));
    pages.push(("not-found", read(&format!("/api/desk/documents/{OTHER}"), nothing).await));
    pages.push(("no-such-page", read("/api/desk/nothing/here", nothing).await));
    pages.push(("not-so", read("/api/desk/decisions", nothing).await));
    pages.push(("open-unknown", read("/api/desk/open?which=%E5%81%9C%E6%B0%B4", nothing).await));
    pages.push((
        "forbidden",
        read(&at(""), |desk| {
            let forbidden = problem(
                "forbidden",
                "没有权限",
                "此操作（read）需要部门 sswj、站点 www 的 editor、reviewer 角色；相关规则：staff-read。",
                json!([]),
            );
            desk.api.answer(&format!("GET /documents/{ID}"), 403, forbidden);
        })
        .await,
    ));
    pages.push((
        "unavailable",
        read("/api/desk/", |desk| {
            desk.api.answer(
                "GET /queue",
                503,
                problem("unavailable", "存储暂不可用", "存储没有应答，请稍后再试。", json!([])),
            );
        })
        .await,
    ));
    pages.push(("form-of-nobody", {
        let mut desk = Desk::signed_in().await;
        desk.post(&at("/act/return"), &[("token", "x"), ("remark", "请补充联系电话")]).await
    }));
    pages.push(("held", {
        let mut desk = Desk::signed_in().await;
        let shown = desk.get(&at("/act/return")).await;
        desk.wait(3_600);
        desk.fill(&at("/act/return"), &shown, &[("revision", &revision('b')), ("remark", "请补充联系电话\n并核对时间")])
            .await
    }));
    pages.push(("not-signed-in", Desk::new(Scheme::Http).get("/api/desk/signed-in?code=good&state=x").await));
    pages.push(("signed-in-again", read("/api/desk/signed-in-again", nothing).await));
    pages.push(("signed-out", {
        let mut desk = Desk::signed_in().await;
        let token = desk.get("/api/desk/").await.after("name=\"token\" value=\"");
        desk.post("/api/desk/sign-out", &[("token", &token)]).await
    }));
    pages.push(("too-large", {
        let mut desk = Desk::signed_in().await;
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(at("/edit")).header("content-type", kind).body(Body::from(vec![b'a'; 1_600_000]));
        desk.send(request.unwrap()).await
    }));
    pages
}

/// A banner of all sites that is refused.
async fn banner(fields: &[(&str, &str)], status: u16, refusal: serde_json::Value) -> Shown {
    let mut desk = Desk::signed_in().await;
    answer(&desk, "GET /staff/me", 200, world::on_duty());
    let shown = desk.get("/api/desk/appearance").await;
    answer(&desk, "PUT /appearance", status, refusal);
    let fields = [&[("level", "emergency"), ("link_name", "查看"), ("link_address", "yjgl")], fields].concat();
    desk.fill("/api/desk/appearance", &shown, &fields).await
}

/// Who takes applications, which is refused.
async fn disclosure(fields: &[(&str, &str)], status: u16, refusal: serde_json::Value) -> Shown {
    let mut desk = Desk::signed_in().await;
    answer(&desk, "GET /staff/me", 200, world::on_duty());
    let shown = desk.get("/api/desk/departments/sswj/disclosure").await;
    answer(&desk, "PUT /departments/sswj/disclosure-office", status, refusal);
    desk.fill("/api/desk/departments/sswj/disclosure", &shown, fields).await
}

fn office_wrong() -> serde_json::Value {
    problem(
        "invalid-field",
        "字段不合规",
        "x",
        json!([{"pointer": "/office/name", "code": "text-empty", "detail": "不能为空。", "detail_en": "x"}]),
    )
}

fn looks_wrong() -> serde_json::Value {
    problem(
        "invalid-field",
        "字段不合规",
        "x",
        json!([
            {"pointer": "/banner/text", "code": "text-empty", "detail": "不能为空。", "detail_en": "x"},
            {"pointer": "/banner/link/address", "code": "name-malformed", "detail": "“yjgl”格式不对，应为：完整的 http 或 https 地址。", "detail_en": "x"},
            {"pointer": "/greyscale/reason", "code": "text-empty", "detail": "不能为空。", "detail_en": "x"},
        ]),
    )
}

fn unchanged() -> serde_json::Value {
    problem("unchanged", "没有变化", "内容与现状相同，没有可做的改动。", json!([]))
}

fn banner_stale() -> serde_json::Value {
    let mut stale = problem("stale", "已有更新", "您打开表单之后，别人已先改过。", json!([]));
    stale["version"] = json!(1);
    stale["changes"] =
        json!([{"commit": "x", "at": "2026-11-29T02:00:00Z", "actor": "wangwu", "events": ["BannerRaised"]}]);
    stale
}

/// A submission that something is found in.
async fn refused_submission(fields: &[(&str, &str)], refusal: serde_json::Value, status: u16) -> Shown {
    let mut desk = Desk::signed_in().await;
    document(&desk, world::fresh("editing"));
    desk.api.answer(&format!("GET /documents/{ID}/checks"), 200, world::checks(false));
    let shown = desk.get(&at("/act/submit")).await;
    desk.api.answer(&format!("POST /documents/{ID}/submit"), status, refusal);
    desk.fill(&at("/act/submit"), &shown, fields).await
}

async fn outcomes() -> Shown {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get("/api/desk/").await;
    let own = problem("own-edit", "不得审核自己编辑的文件", "您编辑过这一稿，请由其他审核人办理。", json!([]));
    let outcomes = json!({"accepted": 1, "refused": 1, "outcomes": [
        {"document": ID, "status": 200, "receipt": world::receipt()}, {"document": OTHER, "status": 403, "problem": own},
    ]});
    desk.api.answer("POST /decisions", 200, outcomes);
    let (one, two) = (format!("revision-{ID}"), format!("title-{ID}"));
    let fields = [
        ("pick", ID),
        ("pick", OTHER),
        ("decision", "approve"),
        (&*one, &*revision('b')),
        (&*two, "关于滨湖路段停水的通知"),
    ];
    desk.fill("/api/desk/decisions", &shown, &fields).await
}

/// Names of static files change with every edit of them; the golden files tell of the pages.
fn without_hashes(html: &str) -> String {
    let mut html = html.to_owned();
    for asset in pages::assets() {
        let (stem, extension) = (asset.name.split('.').next().unwrap(), asset.name.rsplit('.').next().unwrap());
        html = html.replace(&asset.name, &format!("{stem}.HASH.{extension}"));
    }
    match html.split_once("/api/desk/style.") {
        Some((before, after)) => format!("{before}/api/desk/style.HASH{}", after.get(16..).unwrap()),
        None => html,
    }
}

#[tokio::test]
async fn every_page_looks_as_agreed() {
    let directory = std::env::var_os("DESK_PAGES").map(std::path::PathBuf::from);
    for (name, shown) in pages().await {
        if let Some(directory) = &directory {
            std::fs::create_dir_all(directory).unwrap();
            std::fs::write(directory.join(format!("{name}.html")), local(&shown.html, directory).await).unwrap();
        }
        insta::assert_snapshot!(name, format!("{}\n{}", shown.status, without_hashes(&shown.html)));
    }
}

#[tokio::test]
async fn static_files_are_there_for_ever() {
    let mut desk = Desk::signed_in().await;
    let shown = desk.get(&at("/preview")).await;
    for address in [shown.after("rel=\"stylesheet\" href=\""), shown.after("rel=\"icon\" href=\"")] {
        let file = desk.get(&address).await;
        assert_eq!(file.status, 200, "{address}");
        assert!(file.headers["cache-control"].to_str().unwrap().contains("immutable"), "{address}");
    }
}

/// A page that finds its stylesheets beside itself.
async fn local(html: &str, directory: &std::path::Path) -> String {
    let mut html = html.to_owned();
    for asset in pages::assets() {
        std::fs::write(directory.join(&asset.name), &asset.bytes).unwrap();
        html = html.replace(&format!("\"/api/desk/{}\"", asset.name), &format!("\"{}\"", asset.name));
    }
    if let Some((_, after)) = html.split_once("/api/desk/style.") {
        let path = format!("/api/desk/style.{}", after.split('"').next().unwrap());
        let style = Desk::new(Scheme::Http).get(&path).await;
        std::fs::write(directory.join("desk.css"), style.html).unwrap();
        html = html.replace(&path, "desk.css");
    }
    html
}

#[tokio::test]
async fn no_page_may_be_stored_and_none_has_style_or_script() {
    for (name, shown) in pages().await {
        assert_eq!(shown.headers["cache-control"], "no-store", "{name}");
        assert_eq!(shown.headers["content-type"], "text/html; charset=utf-8", "{name}");
        for forbidden in ["<script", "<style", " style=\"", " onclick", "javascript:", "data:"] {
            assert!(!shown.html.contains(forbidden), "{name}: {forbidden}");
        }
        let is_wrong = !shown.status.is_success();
        assert_eq!(shown.html.contains("<title>错误："), is_wrong, "{name}: {}", shown.status);
    }
}

#[tokio::test]
async fn every_link_within_a_page_leads_somewhere_and_every_id_is_there_once() {
    for (name, shown) in pages().await {
        let ids: Vec<&str> = shown.html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        let refers = ["href=\"#", " for=\"", "aria-describedby=\"", "aria-labelledby=\""];
        for (attribute, value) in refers.iter().flat_map(|attribute| {
            shown.html.split(attribute).skip(1).map(move |rest| (attribute, rest.split('"').next().unwrap()))
        }) {
            for id in value.split(' ') {
                assert!(unique.contains(id), "{name}: {attribute}{id}");
            }
        }
    }
}
