//! Cases at the desk: what is asked, what is sent, and that nothing of a citizen's stays behind.

use http::{StatusCode, header};
use serde_json::json;

use crate::{
    cases::{self, CANARY, ID, OTHER, page, staff},
    fake::{Desk, problem},
};

async fn desk() -> Desk {
    let desk = Desk::signed_in().await;
    desk.api.answer("GET /staff/me", 200, cases::handles());
    desk
}

fn case(desk: &Desk, case: serde_json::Value) {
    desk.api.answer(&format!("GET {}", cases::at("")), 200, case);
}

#[tokio::test]
async fn one_s_own_cases_are_listed_unless_a_department_s_are_asked_for() {
    let mut desk = desk().await;
    for (path, asked) in [
        ("/api/desk/cases", "/api/letter/cases?limit=50&mine=true"),
        ("/api/desk/cases?of=sswj&after=a%2Fb", "/api/letter/cases?limit=50&department=sswj&after=a%2Fb"),
        ("/api/desk/cases?pressure=gone", "/api/letter/cases?limit=50&mine=true"),
    ] {
        let shown = desk.get(path).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert_eq!(desk.api.last_read("/api/letter/cases"), asked);
        for word in ["已逾期 3 天（11月26日届满）", "今天截止（11月29日）", "还有 3 天（至 12月2日）", "不在计时"]
        {
            assert!(shown.html.contains(word), "{word}: {}", shown.html);
        }
    }
}

#[tokio::test]
async fn what_presses_so_is_looked_for_in_many_at_once_and_the_way_on_keeps_it() {
    let mut desk = desk().await;
    let shown = desk.get("/api/desk/cases?of=sswj&pressure=late").await;
    assert!(shown.html.contains("ZC-20261123-104432") && !shown.html.contains("ZC-20261125-773120"));
    let read = desk.api.last_read("/api/letter/cases");
    assert!(read.starts_with("/api/letter/cases?limit=200&department=sswj&after=2026-12-03"), "{read}");
    assert!(
        shown.html.contains("href=\"/api/desk/cases?of=sswj&amp;pressure=late&amp;after=2026-12-03"),
        "{}",
        shown.html
    );
}

#[tokio::test]
async fn a_department_is_chosen_among_those_that_roles_name_and_from_all_where_they_count_everywhere() {
    let mut desk = desk().await;
    let shown = desk.get("/api/desk/cases").await;
    assert!(shown.html.contains("href=\"/api/desk/cases?of=sswj\">市水务局") && !shown.html.contains("<select"));
    desk.api.answer("GET /staff/me", 200, cases::audits());
    let shown = desk.get("/api/desk/cases?of=bgs").await;
    assert!(shown.html.contains("<option value=\"bgs\" selected>市政府办公室"), "{}", shown.html);
    assert!(!shown.html.contains("name=\"pick\""), "who watches can take nothing");
    assert!(
        shown.html.contains("href=\"/api/desk/cases?of=bgs\" aria-current=\"page\">市政府办公室"),
        "{}",
        shown.html
    );
}

#[tokio::test]
async fn several_cases_are_taken_under_one_key_each_on_the_version_it_stands_at() {
    let mut desk = desk().await;
    case(&desk, cases::fresh());
    let shown = desk.get("/api/desk/cases?of=sswj").await;
    assert!(!shown.html.contains(&format!("value=\"correction:{OTHER}\"")), "what somebody answers for can be picked");
    let other = format!("/api/letter/corrections/{OTHER}");
    desk.api.answer(&format!("GET {other}"), 200, cases::fresh());
    let closed = problem("case-closed", "案件已办结", "已办结的案件不能再办理，请重新读取。", json!([]));
    desk.api.answer(&format!("POST {other}/take"), 409, closed);
    let (one, two) = (format!("correction:{ID}"), format!("correction:{OTHER}"));
    let fields = [("pick", &*one), ("pick", &*two), ("pick", &*one), ("pick", "correction:../x")];
    let done = desk.fill("/api/desk/cases/take", &shown, &fields).await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.html.contains("受理：1 件已办，2 件没有办") && done.html.contains("案件已办结"), "{}", done.html);
    let commands = desk.api.commands();
    let sent: Vec<_> = commands.iter().map(|asked| (asked.path.as_str(), asked.header("if-match"))).collect();
    assert_eq!(sent, [(&*cases::at("/take"), "\"1\""), (&*format!("{other}/take"), "\"1\"")]);
    let key = shown.hidden("key");
    assert!(commands.iter().all(|asked| asked.header("idempotency-key") == key && asked.json() == json!({})));
}

#[tokio::test]
async fn what_somebody_else_took_meanwhile_is_not_taken_from_him() {
    let mut desk = desk().await;
    let shown = desk.get("/api/desk/cases?of=sswj").await;
    case(&desk, cases::late());
    let done = desk.fill("/api/desk/cases/take", &shown, &[("pick", &format!("correction:{ID}"))]).await;
    assert!(done.html.contains("受理：0 件已办，1 件没有办") && done.html.contains("已有承办人"), "{}", done.html);
    assert!(desk.api.commands().is_empty());
    // What one took oneself is sent again: the key makes it the same command.
    case(&desk, cases::mine());
    desk.fill("/api/desk/cases/take", &shown, &[("pick", &format!("correction:{ID}"))]).await;
    assert_eq!(desk.api.commands().len(), 1);
}

#[tokio::test]
async fn taking_nothing_changes_nothing() {
    let mut desk = desk().await;
    let shown = desk.get("/api/desk/cases?of=sswj").await;
    let done = desk.fill("/api/desk/cases/take", &shown, &[]).await;
    assert_eq!(done.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(desk.api.commands().is_empty());
}

#[tokio::test]
async fn a_case_offers_what_its_state_and_his_roles_allow() {
    let offered = async |case_: serde_json::Value, roles: serde_json::Value| {
        let mut desk = Desk::signed_in().await;
        desk.api.answer("GET /staff/me", 200, roles);
        case(&desk, case_);
        let shown = desk.get(&page("")).await;
        let ways = [
            "open",
            "readings",
            "act/take",
            "act/answer",
            "act/notes",
            "act/assign",
            "act/dismiss",
            "act/withdraw-answer",
            "act/erase",
        ];
        let ways =
            ways.into_iter().filter(|way| shown.html.contains(&format!("href=\"{}\"", page(&format!("/{way}")))));
        ways.collect::<Vec<_>>()
    };
    let (handles, audits) = (cases::handles, cases::audits);
    assert_eq!(
        offered(cases::fresh(), handles()).await,
        ["open", "act/take", "act/answer", "act/notes", "act/assign", "act/dismiss"]
    );
    assert_eq!(
        offered(cases::mine(), handles()).await,
        ["open", "act/answer", "act/notes", "act/assign", "act/dismiss"]
    );
    assert_eq!(offered(cases::answered(), handles()).await, ["open", "act/notes", "act/withdraw-answer", "act/erase"]);
    assert_eq!(offered(cases::erased(), handles()).await, ["act/withdraw-answer"]);
    assert_eq!(offered(cases::mine(), audits()).await, ["readings"]);
}

/// Given a case that was answered anew after its reader had rated it, then its page does not show what he said as said of the answer that stands.
#[tokio::test]
async fn what_was_said_of_an_earlier_answer_is_told_as_that() {
    let earlier = "评的是此前的答复";
    for (case, is_told) in [(cases::rated(), false), (cases::answered_anew(), true)] {
        let mut desk = desk().await;
        desk.api.answer(&format!("GET {}", cases::at("")), 200, case);
        let shown = desk.get(&page("")).await;
        assert!(shown.html.contains("基本满意") && shown.html.contains(earlier) == is_told, "{}", shown.html);
    }
}

#[tokio::test]
async fn an_act_that_the_state_does_not_allow_is_not_shown() {
    let mut desk = desk().await;
    for verb in ["take", "withdraw-answer", "erase"] {
        assert_eq!(desk.get(&page(&format!("/act/{verb}"))).await.status, StatusCode::CONFLICT, "{verb}");
    }
    assert_eq!(desk.get(&page("/act/open")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn opening_asks_why_first_and_shows_what_stands_in_the_words_of_its_form() {
    let mut desk = desk().await;
    let asked = desk.get(&page("/open")).await;
    assert!(asked.html.contains("value=\"核实并答复\"") && asked.html.contains("记录不能删改"), "{}", asked.html);
    assert!(desk.api.commands().is_empty() && !asked.html.contains(CANARY));
    let shown = desk.fill(&page("/open"), &asked, &[("why", " 核对\n日期 ")]).await;
    assert_eq!(shown.status, StatusCode::OK);
    for text in [CANARY, "有错的原文", "陈先生", "13900000000", "已电话核实。", "核对 日期"] {
        assert!(shown.html.contains(text), "{text}: {}", shown.html);
    }
    assert_eq!(desk.api.commands()[0].json(), json!({"reason": "核对 日期"}));
}

#[tokio::test]
async fn what_was_opened_is_stored_nowhere_and_asked_for_again() {
    let mut desk = desk().await;
    let asked = desk.get(&page("/open")).await;
    let shown = desk.fill(&page("/open"), &asked, &[("why", "核实并答复")]).await;
    assert_eq!(shown.headers[header::CACHE_CONTROL], "no-store");
    assert!(shown.headers.get(header::SET_COOKIE).is_none() && shown.headers.get(header::LOCATION).is_none());
    for link in shown.html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(!link.contains("%E9") && !link.contains("13900000000"), "{link}");
    }
    // The same form again is another reading: each is recorded.
    desk.fill(&page("/open"), &asked, &[("why", "核实并答复")]).await;
    assert_eq!(desk.api.commands().len(), 2);
    for rest in ["", "/open", "/readings", "/act/answer", "/act/notes"] {
        assert!(!desk.get(&page(rest)).await.html.contains(CANARY), "{rest}");
    }
}

#[tokio::test]
async fn a_file_is_saved_for_the_reason_that_was_given_and_does_nothing() {
    let mut desk = desk().await;
    let asked = desk.get(&page("/open")).await;
    let shown = desk.fill(&page("/open"), &asked, &[("why", "核对日期")]).await;
    for told in
        ["网页错误的截图或者照片：截图 1.png", "（图片，471 KB）", "下载<span class=\"unseen\">：截图 1.png</span>"]
    {
        assert!(shown.html.contains(told), "{told}: {}", shown.html);
    }
    let file = page("/files/file-1");
    desk.api.answer(&format!("POST {}", cases::at("/files/file-1")), 200, json!("<script>"));
    let saved = desk.fill(&file, &shown, &[("why", "核对日期")]).await;
    assert_eq!((saved.status, saved.html.as_str()), (StatusCode::OK, "\"<script>\""));
    let header = |name: &str| saved.headers[name].to_str().unwrap();
    assert_eq!(
        ["content-disposition", "x-content-type-options", "content-security-policy", "cache-control"].map(header),
        ["attachment", "nosniff", "default-src 'none'; sandbox", "no-store"]
    );
    assert_eq!(desk.api.commands()[1].json(), json!({"reason": "核对日期"}));
    // Only by the form that was shown for this very file.
    assert_eq!(desk.fill(&file, &asked, &[("why", "核对日期")]).await.status, StatusCode::FORBIDDEN);
    let erased = problem("case-erased", "个人信息已抹除", "案件内容已不可查看，也不能再添加内容。", json!([]));
    desk.api.answer(&format!("POST {}", cases::at("/files/file-1")), 410, erased);
    let gone = desk.fill(&file, &shown, &[("why", "核对日期")]).await;
    assert!(gone.status == StatusCode::GONE && gone.html.contains("个人信息已抹除"), "{}", gone.html);
}

#[tokio::test]
async fn nothing_is_opened_without_a_reason_or_by_a_form_of_somebody_else() {
    let mut desk = desk().await;
    let asked = desk.get(&page("/open")).await;
    let shown = desk.fill(&page("/open"), &asked, &[("why", " \n ")]).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown.html.contains("id=\"why-error\""), "{}", shown.html);
    assert_eq!(desk.post(&page("/open"), &[("token", "x"), ("why", "核实")]).await.status, StatusCode::FORBIDDEN);
    assert!(desk.api.commands().is_empty());
}

#[tokio::test]
async fn an_erased_case_says_so_over_the_form() {
    let mut desk = desk().await;
    let asked = desk.get(&page("/open")).await;
    let erased = problem("case-erased", "个人信息已抹除", "案件内容已不可查看，也不能再添加内容。", json!([]));
    desk.api.answer(&format!("POST {}", cases::at("/open")), 410, erased);
    let shown = desk.fill(&page("/open"), &asked, &[("why", "核实并答复")]).await;
    assert_eq!(shown.status, StatusCode::GONE);
    assert!(shown.html.contains("个人信息已抹除") && shown.html.contains("value=\"核实并答复\""), "{}", shown.html);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_tells_nothing_of_what_stood_in_it() {
    let mut desk = desk().await;
    let asked = desk.get(&page("/open")).await;
    desk.api.answer(&format!("POST {}", cases::at("/open")), 200, json!({"content": CANARY}));
    let shown = desk.fill(&page("/open"), &asked, &[("why", "核实并答复")]).await;
    assert_eq!(shown.status, StatusCode::BAD_GATEWAY);
    assert!(!shown.html.contains("金丝雀"), "{}", shown.html);
}

#[tokio::test]
async fn a_template_fills_the_answer_in_and_its_gaps_are_not_sent() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/act/answer?template=as-intended")).await;
    assert!(shown.html.contains("<option value=\"as-intended\" selected>") && shown.html.contains("现有内容无误"));
    let text = "您反映的“＿＿”，现有内容无误。";
    let fields = [("outcome", "as-intended"), ("about", "停水日期"), ("reply", text)];
    let again = desk.fill(&page("/act/answer"), &shown, &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.html.contains("还有没填的空") && again.html.contains(text), "{}", again.html);
    assert!(desk.api.commands().is_empty());
    assert!(desk.get(&page("/act/answer?template=gone")).await.status.is_success());
}

#[tokio::test]
async fn a_preview_sends_nothing_and_keeps_what_was_typed() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/act/answer")).await;
    let fields = [("outcome", "corrected"), ("about", "停水日期"), ("reply", "已更正。\n\n谢谢。")];
    let previewed = desk.fill(&page("/act/answer"), &shown, &[&fields[..], &[("then", "preview")]].concat()).await;
    assert_eq!(previewed.status, StatusCode::OK);
    assert!(
        previewed.html.contains("<h3>停水日期</h3>") && previewed.html.contains("<p>谢谢。</p>"),
        "{}",
        previewed.html
    );
    assert!(desk.api.commands().is_empty());
    assert_eq!((previewed.hidden("key"), previewed.hidden("version")), (shown.hidden("key"), "4".to_owned()));
    let done = desk.fill(&page("/act/answer"), &previewed, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let command = desk.api.commands().remove(0);
    assert_eq!(command.header("if-match"), "\"4\"");
    assert_eq!(command.json(), json!({"finding": "corrected", "subject": "停水日期", "text": "已更正。\n\n谢谢。"}));
}

#[tokio::test]
async fn who_was_overtaken_is_told_by_whom_and_can_go_on_having_looked() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/act/notes")).await;
    let mut stale = problem("stale", "版本已更新", "自版本 4 以来有改动。", json!([]));
    stale["version"] = json!(5);
    stale["changes"] =
        json!([{"commit": "x", "at": "2026-11-29T02:00:00Z", "actor": "wangwu", "events": ["HandlerNamed"]}]);
    desk.api.answer(&format!("POST {}", cases::at("/notes")), 412, stale);
    let again = desk.fill(&page("/act/notes"), &shown, &[("memo", "已电话核实。")]).await;
    assert_eq!(again.status, StatusCode::PRECONDITION_FAILED);
    assert!(
        again.html.contains("<td>wangwu</td><td>受理</td>") && again.html.contains("name=\"over\" value=\"5\""),
        "{}",
        again.html
    );
    desk.fill(&page("/act/notes"), &again, &[("memo", "已电话核实。"), ("over", "5")]).await;
    assert_eq!(desk.api.commands()[1].header("if-match"), "\"5\"");
}

#[tokio::test]
async fn who_gave_a_case_away_is_led_to_his_list() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/act/assign")).await;
    assert!(shown.html.contains("<option value=\"bgs\">") && !shown.html.contains("<option value=\"sswj\">"));
    let done = desk.fill(&page("/act/assign"), &shown, &[("department", "bgs"), ("reason", "属办公室职责")]).await;
    assert!(done.location().starts_with("/api/desk/cases?said="), "{}", done.location());
}

#[tokio::test]
async fn who_answers_for_a_case_is_named_to_who_may_know_it() {
    let mut desk = desk().await;
    case(&desk, cases::late());
    let short: String = staff("wangwu").chars().take(6).collect();
    assert!(desk.get(&page("")).await.html.contains(&format!("同事（编号 {short}）")));
    let person = json!({"id": staff("wangwu"), "version": 1, "subject": "wangwu", "roles": [], "former": []});
    desk.api.answer(&format!("GET /staff/{}", staff("wangwu")), 200, person);
    assert!(desk.get(&page("")).await.html.contains("<dt>承办人</dt><dd>wangwu</dd>"));
    case(&desk, cases::mine());
    assert!(desk.get(&page("")).await.html.contains("<dt>承办人</dt><dd>我</dd>"));
}

#[tokio::test]
async fn readings_are_told_to_auditors_and_refused_as_the_api_refuses_them() {
    let mut desk = desk().await;
    let shown = desk.get(&page("/readings")).await;
    for text in ["来信人本人", "来信内容、身份信息、备注 1", "核实并答复"] {
        assert!(shown.html.contains(text), "{text}: {}", shown.html);
    }
    let detail = "此操作（audit-readings）需要部门 sswj、站点 www 的 auditor 角色；相关规则：auditor-of-readings。";
    let forbidden = problem("forbidden", "没有权限", detail, json!([]));
    desk.api.answer(&format!("GET {}", cases::at("/readings")), 403, forbidden);
    let shown = desk.get(&page("/readings")).await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN);
    assert!(shown.html.contains("此操作（查看记录）需要部门 sswj、站点 www 的 审计人员 角色。"), "{}", shown.html);
}

#[tokio::test]
async fn readings_are_told_in_parts_and_each_leads_to_the_one_before_it() {
    let mut desk = desk().await;
    assert!(!desk.get(&page("/readings")).await.html.contains("更早的记录"));
    let reading =
        json!({"at": "2026-11-29T02:00:00Z", "by": "lisi", "department": "sswj", "fields": ["content"], "why": "核实"});
    desk.api.answer(&format!("GET {}", cases::at("/readings")), 200, json!({"readings": [reading], "earlier": 201}));
    let shown = desk.get(&page("/readings")).await;
    assert!(shown.html.contains(&format!("{}?before=201", page("/readings"))), "{}", shown.html);
    desk.get(&page("/readings?before=201")).await;
    assert_eq!(desk.api.last_read(&cases::at("/readings")), format!("{}?before=201", cases::at("/readings")));
}

#[tokio::test]
async fn a_case_is_found_by_its_number_whatever_kind_it_is_of_and_closed_too() {
    let mut desk = desk().await;
    let none = json!({ "entries": [] });
    let entry = json!({ "stream": "request:gezdgnbvgy3tqojqgezdgnbvgy", "number": "YG-20261127-482137", "site": "www", "department": "sswj",
        "opened_at": "2026-11-27T02:00:00Z", "pressure": "closed" });
    desk.api.answer("GET /api/letter/corrections", 200, none.clone());
    desk.api.answer("GET /api/disclosure/requests", 200, json!({ "entries": [entry] }));
    let found = desk.get("/api/desk/cases/find?number=YG20261127482137").await;
    assert_eq!(
        (found.status, found.location()),
        (StatusCode::SEE_OTHER, "/api/desk/requests/gezdgnbvgy3tqojqgezdgnbvgy")
    );
    desk.api.answer("GET /api/disclosure/requests", 200, none);
    let missing = desk.get("/api/desk/cases/find?number=YG-20261127-482137").await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        missing.html.contains("没有找到这个受理编号") && missing.html.contains("YG-20261127-482137"),
        "{}",
        missing.html
    );
    let slip = problem("malformed", "请求有误", "number 应为受理编号。", json!([]));
    desk.api.answer("GET /api/letter/corrections", 400, slip);
    assert_eq!(desk.get("/api/desk/cases/find?number=甲").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_message_that_could_not_be_delivered_is_sent_again_once_for_each_form() {
    let mut desk = desk().await;
    assert!(desk.get("/api/desk/cases").await.html.contains("/api/desk/messages"), "linked for who may");
    let shown = desk.get("/api/desk/messages").await;
    assert!(desk.api.last_read("/api/react/messages").contains("state=dead"));
    for text in ["答复通知", "ZC-20261127-482137", "邮件被拒收", "发送服务没有接收（TooManyRequestsException）"]
    {
        assert!(shown.html.contains(text), "{text}: {}", shown.html);
    }
    for _ in 0..2 {
        let sent = desk.fill("/api/desk/messages", &shown, &[("message", cases::LOST)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
        assert!(sent.location().starts_with("/api/desk/messages?said="), "{}", sent.location());
    }
    let commands = desk.api.commands();
    let key = shown.hidden("key");
    for asked in &commands {
        assert_eq!(asked.path, format!("/api/react/messages/{}/retry", cases::LOST));
        assert_eq!(asked.header("idempotency-key"), key);
    }
    assert_eq!(commands.len(), 2);
    let not_dead = problem("message-not-dead", "这条通知不是未送达状态", "只有未送达的通知可以重发。", json!([]));
    desk.api.answer(&format!("POST /api/react/messages/{}/retry", cases::LOST), 409, not_dead);
    let refused = desk.fill("/api/desk/messages", &shown, &[("message", cases::LOST)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.html.contains("只有未送达的通知可以重发"), "{}", refused.html);
}
