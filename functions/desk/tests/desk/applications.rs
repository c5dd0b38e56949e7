//! Applications for information at the desk: what is offered, what is sent, and that nothing of an applicant's stays behind.

use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::json;

use crate::{
    cases,
    fake::{Desk, problem},
    requests::{self, CANARY, ID, VERBS, page},
};

async fn desk() -> Desk {
    let desk = Desk::signed_in().await;
    desk.api.answer("GET /staff/me", 200, cases::handles());
    desk
}

fn case(desk: &Desk, case: serde_json::Value) {
    desk.api.answer(&format!("GET {}", requests::at("")), 200, case);
}

#[tokio::test]
async fn an_application_offers_what_its_state_allows() {
    let offered = async |stands: serde_json::Value| {
        let mut desk = desk().await;
        case(&desk, stands);
        let shown = desk.get(&page("")).await;
        let ways =
            VERBS.into_iter().filter(|way| shown.html.contains(&format!("href=\"{}\"", page(&format!("/act/{way}")))));
        ways.collect::<Vec<_>>()
    };
    assert_eq!(offered(requests::filed()).await, ["take", "confirm", "withdraw", "notes", "assign"]);
    assert_eq!(
        offered(requests::confirmed()).await,
        [
            "ask-completion",
            "ask-reasons",
            "seek-opinion",
            "ask-fee",
            "extend",
            "draft-reply",
            "redirect",
            "withdraw",
            "notes",
            "assign"
        ]
    );
    assert_eq!(offered(requests::waits_for_completion()).await, ["record-completion", "withdraw", "notes", "assign"]);
    assert_eq!(offered(requests::uncompleted()).await, ["record-completion", "reopen", "notes", "archive", "erase"]);
    assert_eq!(
        offered(requests::waits_for_opinion()).await,
        ["seek-opinion", "record-delivery", "record-opinion", "withdraw", "notes", "assign"]
    );
    assert_eq!(offered(requests::waits_for_fee()).await, ["record-payment", "withdraw", "notes", "assign"]);
    assert_eq!(offered(requests::decided()).await, ["notes", "record-publication", "archive", "erase"]);
    assert_eq!(offered(requests::published()).await, ["notes", "archive", "erase"]);
    assert_eq!(offered(requests::redirected()).await, ["notes", "erase"]);
    assert_eq!(offered(requests::abandoned()).await, ["archive"]);
}

#[tokio::test]
async fn how_it_stands_is_told_in_words() {
    let mut desk = desk().await;
    for (stands, told) in [
        (requests::confirmed(), "<dt>申请人</dt><dd>公民</dd>"),
        (requests::confirmed(), "共申请 31 件，其中最近一年 29 件；这是当月第 12 件；此前已经答复：YG-20261103-117203"),
        (requests::waits_for_reasons(), "邮寄（挂号、快递等须签收的），2026-11-24 为收到申请之日"),
        (requests::waits_for_reasons(), "<dt>理由</dt><dd>等待申请人说明理由</dd>"),
        (requests::waits_for_completion(), "<dt>补正</dt><dd>等待申请人补正</dd>"),
        (requests::waits_for_opinion(), "2026-11-26 送达；同意公开"),
        (requests::waits_for_opinion(), "没有登记送达；等待意见（再次征求：另有一方权益受影响）"),
        (requests::drafted(), "<strong>拟答复：部分公开</strong>：附件二：第三方的商业秘密"),
        (requests::waits_for_fee(), "200.00 元，等待缴纳"),
        (requests::decided(), "<strong>部分公开</strong>：附件二：第三方的商业秘密"),
        (requests::published(), "<dt>主动公开</dt><dd>已纳入：<a href=\"https://www.cheng.example/zwgk/"),
        (requests::redirected(), "请通过信访渠道提出</strong>：内容属于投诉"),
        (requests::abandoned(), "<strong>视为放弃申请</strong>：逾期未缴费"),
        (requests::taken_back(), "<strong>申请人已撤回申请</strong>：依来信登记；理由打开这一件可以看到"),
    ] {
        case(&desk, stands);
        let shown = desk.get(&page("")).await;
        assert!(shown.html.contains(told), "{told}: {}", shown.html);
    }
}

#[tokio::test]
async fn a_reply_is_sent_as_its_kind_says_it() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/act/draft-reply")).await;
    assert!(shown.html.contains("<option value=\"provided-partly\">部分公开</option>"), "{}", shown.html);
    let text = "随函提供。\n\n不服的，可以申请行政复议。";
    let lacking =
        desk.fill(&page("/act/draft-reply"), &shown, &[("result", "provided-partly"), ("written", text)]).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lacking.html.contains("href=\"#grounds\"") && lacking.html.contains("不服的"), "{}", lacking.html);
    let fields = [("result", "provided-partly"), ("grounds", "附件二\n第十五条"), ("written", text)];
    let done = desk.fill(&page("/act/draft-reply"), &lacking, &fields).await;
    assert!(done.location().starts_with(&page("?said=")), "{}", done.location());
    let command = desk.api.commands().remove(0);
    assert_eq!((command.path.as_str(), command.header("if-match")), (&*requests::at("/draft-reply"), "\"3\""));
    let extent = json!({"kind": "partial", "withheld": "附件二 第十五条"});
    assert_eq!(command.json(), json!({"outcome": {"kind": "provided", "extent": extent}, "text": text}));
}

#[tokio::test]
async fn that_nothing_is_done_is_offered_where_reasons_were_given() {
    let offers = async |stands: serde_json::Value| {
        let mut desk = desk().await;
        case(&desk, stands);
        desk.get(&page("/act/draft-reply")).await.html.contains("value=\"excessive\"")
    };
    assert!(offers(requests::reasoned()).await);
    assert!(!offers(requests::confirmed()).await && !offers(requests::waits_for_reasons()).await);
}

#[tokio::test]
async fn opinions_and_deliveries_are_recorded_by_letter() {
    let mut desk = desk().await;
    case(&desk, requests::waits_for_opinion());
    for verb in ["record-delivery", "record-opinion"] {
        let shown = desk.get(&page(&format!("/act/{verb}"))).await;
        assert!(shown.html.contains("<option value=\"2\">征求意见书 2：第三方</option>"), "{}", shown.html);
        assert!(!shown.html.contains("<option value=\"1\""), "it came");
    }
    let shown = desk.get(&page("/act/record-delivery")).await;
    desk.fill(&page("/act/record-delivery"), &shown, &[("letter", "2"), ("delivered_on", "2026-11-30")]).await;
    assert_eq!(desk.api.commands()[0].json(), json!({"letter": 2, "delivered_on": "2026-11-30"}));
}

#[tokio::test]
async fn who_asks_further_than_everybody_who_was_asked_says_why_and_supervises() {
    let mut desk = desk().await;
    case(&desk, requests::waits_for_opinion());
    assert!(!desk.get(&page("/act/seek-opinion")).await.html.contains("name=\"reason\""));
    case(&desk, requests::consulted());
    let shown = desk.get(&page("/act/seek-opinion")).await;
    assert!(shown.html.contains("name=\"reason\""), "{}", shown.html);
    let fields = [("whom", "third-party"), ("asking", "某公司"), ("delivered_on", ""), ("reason", "另有一方")];
    desk.fill(&page("/act/seek-opinion"), &shown, &fields).await;
    let sent = json!({"of": "third-party", "text": "某公司", "reason": "另有一方"});
    assert_eq!(desk.api.commands()[0].json(), sent);
}

#[tokio::test]
async fn only_the_draft_that_somebody_read_is_approved() {
    let mut desk = desk().await;
    case(&desk, requests::drafted());
    let read = desk.get(&page("")).await;
    assert!(!read.html.contains("/act/approve-reply"), "it leads to opening the case: {}", read.html);
    for unread in ["/act/approve-reply", "/act/approve-reply?seen=6", "/act/approve-reply?seen=x"] {
        let told = desk.get(&page(unread)).await;
        assert_eq!(told.status, 409, "{unread}");
        assert!(told.html.contains("请先打开这一件"), "{}", told.html);
    }
    let opening = desk.get(&page("/open")).await;
    let opened = desk.fill(&page("/open"), &opening, &[("why", "审核拟定的答复")]).await;
    assert!(opened.html.contains("/act/approve-reply?seen=7"), "{}", opened.html);
    let shown = desk.get(&page("/act/approve-reply?seen=7")).await;
    desk.fill(&page("/act/approve-reply"), &shown, &[]).await;
    let commands = desk.api.commands();
    let approved = commands.iter().find(|command| command.path == requests::at("/approve-reply")).unwrap();
    assert_eq!(approved.header("if-match"), "\"7\"");
}

#[tokio::test]
async fn the_day_on_which_something_came_is_today_unless_somebody_says_otherwise() {
    let mut desk = desk().await;
    case(&desk, requests::waits_for_fee());
    let shown = desk.get(&page("/act/record-payment")).await;
    assert!(shown.html.contains("name=\"received_on\" type=\"date\" value=\"2026-11-29\""), "{}", shown.html);
    let empty = desk.fill(&page("/act/record-payment"), &shown, &[("received_on", "")]).await;
    assert!(empty.html.contains("href=\"#received_on\""), "{}", empty.html);
    desk.fill(&page("/act/record-payment"), &empty, &[("received_on", "2026-11-27")]).await;
    assert_eq!(desk.api.commands()[0].json(), json!({"received_on": "2026-11-27"}));
}

#[tokio::test]
async fn the_fee_is_asked_for_the_application_that_was_counted_unless_somebody_counts_less() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/act/ask-fee")).await;
    assert!(shown.html.contains("name=\"item\" type=\"text\" value=\"12\""), "{}", shown.html);
    desk.fill(&page("/act/ask-fee"), &shown, &[("item", "11")]).await;
    assert_eq!(desk.api.commands()[0].json(), json!({"item": 11}));
}

#[tokio::test]
async fn what_is_no_number_is_told_and_not_sent() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/act/extend")).await;
    let again = desk.fill(&page("/act/extend"), &shown, &[("days", "五"), ("reason", "资料多")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.html.contains("请填写数字"), "{}", again.html);
    assert!(desk.api.commands().is_empty());
    desk.fill(&page("/act/extend"), &again, &[("days", " 5 "), ("reason", "资料多")]).await;
    assert_eq!(desk.api.commands()[0].json(), json!({"days": 5, "reason": "资料多"}));
}

#[tokio::test]
async fn what_is_opened_shows_what_was_written_since_and_stays_nowhere() {
    let mut desk = desk().await;
    let asked = desk.get(&page("/open")).await;
    assert!(asked.html.contains("value=\"办理本次申请\"") && !asked.html.contains(CANARY), "{}", asked.html);
    let shown = desk.fill(&page("/open"), &asked, &[("why", "办理本次申请")]).await;
    for text in [CANARY, "申请内容", "补正告知", "2025年度的。", "11010519491231002X", "/act/draft-reply"] {
        assert!(shown.html.contains(text), "{text}: {}", shown.html);
    }
    for rest in ["", "/open", "/readings", "/act/draft-reply"] {
        assert!(!desk.get(&page(rest)).await.html.contains(CANARY), "{rest}");
    }
    let readings = desk.get(&page("/readings")).await;
    for text in ["申请人本人", "来信内容、补正告知、征求意见书 1"] {
        assert!(readings.html.contains(text), "{text}: {}", readings.html);
    }
}

#[tokio::test]
async fn cases_of_both_kinds_stand_in_one_list_and_are_taken_together() {
    let mut desk = desk().await;
    let shown = desk.get("/api/desk/cases?of=sswj").await;
    assert!(
        shown.html.contains(&format!("href=\"{}\"", page(""))) && shown.html.contains("依申请公开"),
        "{}",
        shown.html
    );
    case(&desk, requests::filed());
    desk.api.answer(&format!("GET {}", cases::at("")), 200, cases::fresh());
    let fields =
        [("pick", &*format!("request:{ID}")), ("pick", &*format!("correction:{}", cases::ID)), ("pick", "document:x")];
    let done = desk.fill("/api/desk/cases/take", &shown, &fields).await;
    assert!(done.html.contains("受理：2 件已办，1 件没有办"), "{}", done.html);
    let sent: Vec<_> = desk.api.commands().into_iter().map(|asked| asked.path).collect();
    assert_eq!(sent, [requests::at("/take"), cases::at("/take")]);
}

#[tokio::test]
async fn a_refusal_of_the_api_stands_over_the_form_in_its_words() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/act/ask-completion")).await;
    let late = problem("too-late-for-completion", "已过补正告知期限", "请按现有内容办理。", json!([]));
    desk.api.answer(&format!("POST {}", requests::at("/ask-completion")), 409, late);
    let again = desk.fill(&page("/act/ask-completion"), &shown, &[("missing", "请写明年度。")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.html.contains("已过补正告知期限") && again.html.contains("请写明年度。"), "{}", again.html);
}

#[tokio::test]
async fn a_file_is_put_into_a_case_on_the_version_that_was_shown_and_a_draft_names_those_that_are_given() {
    let mut desk = desk().await;
    case(&desk, requests::with_files());
    let shown = desk.get(&page("/files")).await;
    let part =
        |name: &str, value: &str| format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let fields = ["token", "key", "version"].map(|name| part(name, &shown.hidden(name))).concat();
    let file = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"清单.pdf\"\r\ncontent-type: application/pdf\r\n\r\n%PDF\r\n--x--\r\n";
    let request = Request::post(page("/files")).header("content-type", "multipart/form-data; boundary=x");
    let added = desk.send(request.body(Body::from(fields + file)).unwrap()).await;
    assert!(added.location().starts_with(&page("?said=")), "{} {}", added.status, added.html);
    let shown = desk.get(&page("/act/draft-reply")).await;
    let fields = [
        ("result", "provided"),
        ("written", "予以公开。"),
        ("given", "file-k5qw2m7xa3dlt"),
        ("given", "file-2bnw6q4yzr3ka"),
    ];
    desk.fill(&page("/act/draft-reply"), &shown, &fields).await;
    let commands = desk.api.commands();
    assert_eq!(commands[0].path, requests::at("/files?name=%E6%B8%85%E5%8D%95.pdf"));
    assert_eq!(
        (commands[0].header("content-type"), commands[0].header("if-match")),
        ("application/octet-stream", "\"5\"")
    );
    assert_eq!(&*commands[0].body, &b"%PDF"[..]);
    assert_eq!(commands[1].json()["files"], json!(["file-k5qw2m7xa3dlt", "file-2bnw6q4yzr3ka"]));
}

#[tokio::test]
async fn a_template_fills_a_reply_in_with_its_kind_and_its_gaps_are_not_sent() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/act/draft-reply?template=not-disclosable")).await;
    for part in ["<option value=\"not-disclosable\" selected>", "第三十六条第三项", "行政复议", "＿＿（条例第＿＿条）"]
    {
        assert!(shown.html.contains(part), "{part}: {}", shown.html);
    }
    assert!(!shown.html.contains("template=excessive"), "he gave no reasons that could be unreasonable");
    assert!(!shown.html.contains("value=\"preview\""), "nobody but the applicant reads it");
    let open = [("result", "not-disclosable"), ("grounds", "＿＿"), ("written", "理由是：＿＿。")];
    let again = desk.fill(&page("/act/draft-reply"), &shown, &open).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.html.contains("还有没填的空") && desk.api.commands().is_empty(), "{}", again.html);
    case(&desk, requests::reasoned());
    assert!(desk.get(&page("/act/draft-reply")).await.html.contains("template=excessive"));
}

#[tokio::test]
async fn several_receipts_are_confirmed_at_once_and_no_report_is() {
    let mut desk = desk().await;
    let entries = json!([
        cases::with(cases::list()["entries"][4].clone(), json!({"deadline": "confirmation"})),
        cases::list()["entries"][2],
    ]);
    desk.api.answer("GET /api/letter/cases", 200, json!({"entries": entries}));
    let shown = desk.get("/api/desk/cases?of=sswj").await;
    assert!(
        shown.html.contains("name=\"verb\" value=\"confirm\"") && shown.html.contains("受理所选"),
        "{}",
        shown.html
    );
    case(&desk, requests::filed());
    let report = format!("correction:{}", cases::ID);
    let fields = [("verb", "confirm"), ("pick", &*format!("request:{ID}")), ("pick", &*report)];
    let done = desk.fill("/api/desk/cases/take", &shown, &fields).await;
    assert!(done.html.contains("登记确认：1 件已办，1 件没有办"), "{}", done.html);
    let its = format!("<a href=\"{}\">ZC-20261127-482137</a>", cases::page(""));
    assert!(done.html.contains("不是申请，不能登记确认") && done.html.contains(&its), "{}", done.html);
    let sent: Vec<_> = desk.api.commands().into_iter().map(|asked| asked.path).collect();
    assert_eq!(sent, [requests::at("/confirm")]);
}

/// Given receipts that were confirmed, when a colleague takes the case and the page is loaded again, then it says what it said: the API knows the command.
#[tokio::test]
async fn a_receipt_that_was_confirmed_stays_so_when_somebody_else_takes_the_case() {
    let mut desk = desk().await;
    let shown = desk.get("/api/desk/cases?of=sswj").await;
    let fields = [("verb", "confirm"), ("pick", &*format!("request:{ID}"))];
    for handler in [json!(null), json!(cases::staff("wangwu"))] {
        case(&desk, cases::with(requests::filed(), json!({ "handler": handler })));
        let done = desk.fill("/api/desk/cases/take", &shown, &fields).await;
        assert!(done.html.contains("登记确认：1 件已办，0 件没有办"), "{}", done.html);
    }
}
