//! The pages of cases, for the gallery.

use serde_json::json;

use crate::{
    cases,
    fake::{Desk, Shown, problem},
    gallery::{answer, read, refused, without_roles},
    registering::{DECIDED, FILLED, NEW},
    requests,
};

/// The pages of cases.
pub(crate) async fn of_cases() -> Vec<(&'static str, Shown)> {
    let handles = |desk: &Desk| answer(desk, "GET /staff/me", 200, cases::handles());
    let stands = |case: serde_json::Value| {
        move |desk: &Desk| {
            handles(desk);
            answer(desk, &format!("GET {}", cases::at("")), 200, case);
        }
    };
    let (answer_, page) = (cases::page("/act/answer"), cases::page);
    let empty = |desk: &Desk| answer(desk, "GET /api/letter/cases", 200, json!({"entries": []}));
    let filled = [("outcome", "corrected"), ("about", "停水通知的日期"), ("reply", "已更正，请致电 13900000000。")];
    let mut pages = vec![
        ("cases", read("/api/desk/cases", handles).await),
        ("cases-of-department", read("/api/desk/cases?of=sswj&after=x", handles).await),
        ("cases-late", read("/api/desk/cases?of=sswj&pressure=late", handles).await),
        ("cases-everywhere", read("/api/desk/cases?of=jyj", |desk| answer(desk, "GET /staff/me", 200, cases::audits())).await),
        ("cases-without-roles", read("/api/desk/cases", without_roles).await),
        ("cases-of-nobody", read("/api/desk/cases", empty).await),
        ("case-new", read(&page(""), stands(cases::fresh())).await),
        ("case", read(&page(""), stands(cases::mine())).await),
        ("case-late", read(&page(""), stands(cases::late())).await),
        ("case-answered", read(&page(""), stands(cases::answered())).await),
        ("case-rated", read(&page(""), stands(cases::rated())).await),
        ("case-dismissed", read(&page(""), stands(cases::dismissed())).await),
        ("case-erased", read(&page(""), stands(cases::erased())).await),
        ("case-to-auditor", read(&page(""), |desk| answer(desk, "GET /staff/me", 200, cases::audits())).await),
        ("messages", read("/api/desk/messages", handles).await),
        ("messages-further-on", read("/api/desk/messages?after=x", |desk| {
            let next = format!("2026-11-28T12:00:00.000/{}", cases::LOST);
            answer(desk, "GET /api/react/messages", 200, json!({"messages": [], "next": next}));
        }).await),
        ("messages-none", read("/api/desk/messages", |desk| answer(desk, "GET /api/react/messages", 200, json!({"messages": []}))).await),
        ("case-readings", read(&page("/readings"), handles).await),
        ("case-open", read(&page("/open"), handles).await),
        ("case-open-without-reason", refused(&page("/open"), &[("why", "")], handles).await),
        ("case-opened", refused(&page("/open"), &[("why", "核实并答复")], handles).await),
        ("case-act-answer", read(&answer_, handles).await),
        ("case-act-answer-template", read(&format!("{answer_}?template=mended"), handles).await),
        ("case-act-answer-preview", refused(&answer_, &[&filled[..], &[("then", "preview")]].concat(), handles).await),
        ("case-act-answer-lacking", refused(&answer_, &[("reply", "原文为“＿＿”。")], handles).await),
        ("case-act-answer-personal", refused(&answer_, &filled, |desk| {
            let errors = json!([{"pointer": "/text", "code": "text-personal", "detail": "含有手机号。", "detail_en": "x"}]);
            let detail = "答复将公开，请删去手机号、身份证号、银行卡号等后再提交。";
            let personal = problem("text-personal", "文字含个人信息", detail, errors);
            answer(desk, &format!("POST {}", cases::at("/answer")), 422, personal);
        }).await),
        ("case-act-stale", refused(&page("/act/notes"), &[("memo", "已电话核实。")], |desk| {
            let mut stale = problem("stale", "版本已更新", "自版本 4 以来有改动，请看过再决定。", json!([]));
            stale["version"] = json!(5);
            stale["changes"] = json!([{"commit": "x", "at": "2026-11-29T02:00:00Z", "actor": "wangwu", "events": ["HandlerNamed"]}]);
            answer(desk, &format!("POST {}", cases::at("/notes")), 412, stale);
        }).await),
        ("case-act-not-now", read(&page("/act/erase"), handles).await),
    ];
    for (name, verb, case) in [
        ("case-act-take", "take", cases::fresh()),
        ("case-act-notes", "notes", cases::mine()),
        ("case-act-assign", "assign", cases::mine()),
        ("case-act-dismiss", "dismiss", cases::mine()),
        ("case-act-withdraw-answer", "withdraw-answer", cases::answered()),
        ("case-act-erase", "erase", cases::answered()),
    ] {
        pages.push((name, read(&page(&format!("/act/{verb}")), stands(case)).await));
    }
    pages.push(("cases-taken", {
        let mut desk = Desk::signed_in().await;
        handles(&desk);
        let shown = desk.get("/api/desk/cases?of=sswj").await;
        answer(&desk, &format!("GET {}", cases::at("")), 200, cases::fresh());
        answer(&desk, &format!("GET /api/letter/corrections/{}", cases::OTHER), 200, cases::late());
        desk.fill(
            "/api/desk/cases/take",
            &shown,
            &[("pick", &format!("correction:{}", cases::ID)), ("pick", &format!("correction:{}", cases::OTHER))],
        )
        .await
    }));
    pages
}

/// The pages of applications.
pub(crate) async fn of_applications() -> Vec<(&'static str, Shown)> {
    let handles = |desk: &Desk| answer(desk, "GET /staff/me", 200, cases::handles());
    let stands = |case: serde_json::Value| {
        move |desk: &Desk| {
            handles(desk);
            answer(desk, &format!("GET {}", requests::at("")), 200, case);
        }
    };
    let page = requests::page;
    let (lacking, partly) =
        ([("result", "repeat")], [("result", "repeat"), ("grounds", "YG-1"), ("written", "答复。")]);
    let mut pages = vec![
        ("request-filed", read(&page(""), stands(requests::filed())).await),
        ("request", read(&page(""), stands(requests::confirmed())).await),
        ("request-waits-for-completion", read(&page(""), stands(requests::waits_for_completion())).await),
        ("request-waits-for-reasons", read(&page(""), stands(requests::waits_for_reasons())).await),
        ("request-reasoned", read(&page(""), stands(requests::reasoned())).await),
        ("request-new", read(NEW, handles).await),
        ("request-new-undecided", read(&format!("{NEW}?q-applicant=citizen&next=1"), handles).await),
        ("request-new-decided", read(DECIDED, handles).await),
        ("request-new-of-organisation", read(&format!("{NEW}?q-applicant=organisation&q-way=post&next=1"), handles).await),
        ("request-new-dayless", refused(DECIDED, &FILLED, |desk| {
            let errors = json!([{"pointer": "/received_on", "code": "receipt-day-unfit", "detail": "当面提交的填写提交之日，邮寄的填写签收之日。", "detail_en": "x"}]);
            let lacks = problem("receipt-day-unfit", "缺少收到申请之日", "当面提交以提交之日、邮寄以签收之日为收到申请之日（条例第三十一条），登记时必须填写。", errors);
            answer(desk, "POST /api/disclosure/requests", 422, lacks);
        }).await),
        ("request-registered", refused(DECIDED, &FILLED, handles).await),
        ("request-waits-for-opinion", read(&page(""), stands(requests::waits_for_opinion())).await),
        ("request-waits-for-fee", read(&page(""), stands(requests::waits_for_fee())).await),
        ("request-drafted", read(&page(""), stands(requests::drafted())).await),
        ("request-decided", read(&page(""), stands(requests::decided())).await),
        ("request-published", read(&page(""), stands(requests::published())).await),
        ("request-redirected", read(&page(""), stands(requests::redirected())).await),
        ("request-abandoned", read(&page(""), stands(requests::abandoned())).await),
        ("request-readings", read(&page("/readings"), handles).await),
        ("request-open", read(&page("/open"), handles).await),
        ("request-opened", refused(&page("/open"), &[("why", "办理本次申请")], stands(cases::with(requests::confirmed(), json!({"version": 7})))).await),
        ("request-opened-while-it-moved", refused(&page("/open"), &[("why", "办理本次申请")], handles).await),
        ("request-opened-to-approve", refused(&page("/open"), &[("why", "审核拟定的答复")], stands(requests::drafted())).await),
        ("request-act-approve-reply-unread", read(&page("/act/approve-reply?seen=6"), stands(requests::drafted())).await),
        ("request-add-file", read(&page("/files"), stands(requests::with_files())).await),
        ("request-add-file-lacking", refused(&page("/files"), &[], stands(requests::with_files())).await),
        ("request-act-draft-reply-files", read(&page("/act/draft-reply"), stands(requests::drafted())).await),
        ("request-act-draft-reply-files-unfit", refused(&page("/act/draft-reply"), &[("result", "does-not-exist"), ("written", "没有。"), ("given", "file-k5qw2m7xa3dlt")], |desk| {
            answer(desk, &format!("GET {}", requests::at("")), 200, requests::with_files());
            let errors = json!([{"pointer": "/files", "code": "reply-files", "detail": "只能提供承办人附卷的文件。", "detail_en": "x"}]);
            let unfit = problem("reply-files", "随答复提供的文件不对", "只能提供承办人附卷的文件，每个列一次，最多 10 个；请重新读取后再选。", errors);
            answer(desk, &format!("POST {}", requests::at("/draft-reply")), 422, unfit);
        }).await),
        ("request-act-draft-reply-lacking", refused(&page("/act/draft-reply"), &lacking, handles).await),
        ("request-act-draft-reply-refused", refused(&page("/act/draft-reply"), &partly, |desk| {
            let errors = json!([{"pointer": "/outcome/of", "code": "name-malformed", "detail": "“YG-1”格式不对，应为：受理编号。", "detail_en": "x"}]);
            let wrong = problem("invalid-field", "字段不合规", "以下字段不合规：/outcome/of。", errors);
            answer(desk, &format!("POST {}", requests::at("/draft-reply")), 422, wrong);
        }).await),
    ];
    for (name, verb, case) in [
        ("request-act-confirm", "confirm", requests::filed()),
        ("request-act-ask-completion", "ask-completion", requests::confirmed()),
        ("request-act-record-completion", "record-completion", requests::waits_for_completion()),
        ("request-act-reopen", "reopen", requests::uncompleted()),
        ("request-act-ask-reasons", "ask-reasons", requests::confirmed()),
        ("request-act-record-reasons", "record-reasons", requests::waits_for_reasons()),
        ("request-act-seek-opinion", "seek-opinion", requests::confirmed()),
        ("request-act-seek-opinion-further", "seek-opinion", requests::consulted()),
        ("request-act-record-delivery", "record-delivery", requests::waits_for_opinion()),
        ("request-act-record-opinion", "record-opinion", requests::waits_for_opinion()),
        ("request-act-ask-fee", "ask-fee", requests::confirmed()),
        ("request-act-record-payment", "record-payment", requests::waits_for_fee()),
        ("request-act-extend", "extend", requests::confirmed()),
        ("request-act-delay", "delay", requests::reasoned()),
        ("request-act-draft-reply", "draft-reply", requests::confirmed()),
        ("request-act-approve-reply", "approve-reply?seen=7", requests::drafted()),
        ("request-act-return-reply", "return-reply", requests::drafted()),
        ("request-act-redirect", "redirect", requests::confirmed()),
        ("request-act-withdraw", "withdraw", requests::confirmed()),
        ("request-act-record-publication", "record-publication", requests::decided()),
        ("request-act-archive", "archive", requests::decided()),
        ("request-act-erase", "erase", requests::decided()),
    ] {
        pages.push((name, read(&page(&format!("/act/{verb}")), stands(case)).await));
    }
    pages
}
