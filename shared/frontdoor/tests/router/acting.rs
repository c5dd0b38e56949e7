//! What a citizen does to his case: once, with its code, and nothing typed is lost.

use std::{collections::BTreeMap, sync::atomic::Ordering};

use frontdoor::ReceptionProblem;
use http::StatusCode;
use jiff::SignedDuration;

use crate::{
    adding::{PNG, in_parts},
    world::{CODE, Got, SEEN, World},
};

const ACT: &str = "/form/letter/act";
const NUMBER: &str = "WZ20261130-0001";

async fn shown() -> (World, Got) {
    let world = World::new();
    let page = world.to_the_check().await;
    assert_eq!(world.answer(&page, &[("_go", "send")]).await.status, StatusCode::OK);
    let page = world.post("/form/letter/status", &[("number", NUMBER), ("code", CODE)]).await;
    assert_eq!(page.status, StatusCode::OK);
    (world, page)
}

/// What travels unseen in the form of one act.
fn hidden(page: &Got, act: &str) -> BTreeMap<String, String> {
    let forms = page.text.split("<form ").find(|form| form.contains(&format!("name=\"act\" value=\"{act}\"")));
    Got { status: page.status, headers: page.headers.clone(), text: forms.unwrap().to_owned() }.hidden()
}

async fn act(world: &World, page: &Got, act: &str, fields: &[(&str, &str)]) -> Got {
    let mut all = hidden(page, act);
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let fields: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    world.post(ACT, &fields).await
}

const WROTE: [(&str, &str); 2] = [("complete-text", "是2025年的"), ("complete-code", CODE)];

#[tokio::test]
async fn the_page_of_a_case_offers_what_it_allows_each_with_its_own_form() {
    let (_, page) = shown().await;
    for part in [
        "提交补充",
        "补充的内容",
        "撤回后不再办理。",
        "id=\"complete-code\"",
        "id=\"withdraw-code\"",
        "<details class=\"privacy\" open>",
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    assert!(!page.text.contains(CODE));
    assert_ne!(hidden(&page, "complete")["_token"], hidden(&page, "withdraw")["_token"]);
}

#[tokio::test]
async fn it_is_done_once_however_often_it_is_sent() {
    let (world, page) = shown().await;
    for _ in 0..2 {
        let done = act(&world, &page, "complete", &WROTE).await;
        assert_eq!(done.status, StatusCode::OK);
        assert!(done.text.contains("已收到您的补充。") && done.text.contains("办理中"), "{}", done.text);
    }
    let deeds = world.desk.done.lock().unwrap();
    assert_eq!((deeds.len(), deeds[0].act, deeds[0].number.as_str()), (1, "complete", NUMBER));
    assert_eq!(deeds[0].text.as_ref().map(|text| text.expose()), Some("是2025年的"));
    assert_eq!((world.counter.count("number"), world.counter.count("code")), (0, 0), "what was right costs nothing");
}

#[tokio::test]
async fn another_text_under_the_same_token_is_told_and_kept() {
    let (world, page) = shown().await;
    act(&world, &page, "complete", &WROTE).await;
    let other = act(&world, &page, "complete", &[("complete-text", "另外的"), WROTE[1]]).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(other.text.contains("已提交的仍然有效") && other.text.contains("另外的"), "{}", other.text);
    assert_eq!(world.desk.done.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_wrong_code_does_nothing_is_counted_and_keeps_what_was_typed() {
    let (world, page) = shown().await;
    let looks = world.desk.opened.load(Ordering::SeqCst);
    for _ in 0..5 {
        let wrong = act(&world, &page, "complete", &[WROTE[0], ("complete-code", "AAAAAAAAAAAAAAAA")]).await;
        assert_eq!((wrong.status, wrong.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["no-such-case"]));
        assert!(wrong.text.contains("是2025年的") && !wrong.text.contains("AAAAAAAA"), "{}", wrong.text);
        assert!(wrong.text.contains("<a href=\"#complete-code\">"));
    }
    let right = act(&world, &page, "complete", &WROTE).await;
    assert_eq!((right.status, right.codes()), (StatusCode::TOO_MANY_REQUESTS, vec!["too-many"]));
    assert_eq!(right.headers["retry-after"], "150");
    // One count for looking and for acting.
    let look = world.post("/form/letter/status", &[("number", NUMBER), ("code", CODE)]).await;
    assert_eq!(look.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(world.desk.opened.load(Ordering::SeqCst), looks + 5);
    assert!(world.desk.done.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_wrong_code_and_an_unknown_number_are_answered_alike() {
    let (world, page) = shown().await;
    let of = "WZ20261130-0002";
    let elsewhere = Got { status: page.status, headers: page.headers.clone(), text: page.text.replace(NUMBER, of) };
    // The token is of another case, so this is renewed first; then it has one of its own.
    let renewed = act(&world, &elsewhere, "withdraw", &[("withdraw-code", CODE)]).await;
    assert_eq!(renewed.status, StatusCode::CONFLICT);
    let unknown = act(&world, &renewed, "withdraw", &[("withdraw-code", CODE)]).await;
    let wrong = act(&world, &page, "withdraw", &[("withdraw-code", "AAAAAAAAAAAAAAAA")]).await;
    let bare = |got: &Got| {
        let token = hidden(got, "withdraw")["_token"].clone();
        got.text.replace(&token, "TOKEN").replace(of, NUMBER)
    };
    assert_eq!((bare(&unknown), unknown.status), (bare(&wrong), wrong.status));
}

#[tokio::test]
async fn everything_that_lacks_is_told_at_once_and_not_counted() {
    let (world, page) = shown().await;
    let lacking = act(&world, &page, "complete", &[("complete-text", " \r\n "), ("complete-code", "")]).await;
    assert_eq!((lacking.status, lacking.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["missing", "missing"]));
    let long = "长".repeat(21);
    let long = act(&world, &page, "complete", &[("complete-text", &long), WROTE[1]]).await;
    assert_eq!(long.codes(), ["too-long"]);
    assert_eq!(world.counter.count("number"), 0);
}

#[tokio::test]
async fn a_form_left_open_for_a_day_is_renewed_and_nothing_typed_is_lost() {
    let (world, page) = shown().await;
    world.clock.advance(SignedDuration::from_hours(24));
    let renewed = act(&world, &page, "complete", &WROTE).await;
    assert_eq!(renewed.status, StatusCode::CONFLICT);
    assert!(renewed.text.contains("打开已超过 24 小时") && renewed.text.contains("是2025年的"));
    assert!(world.desk.done.lock().unwrap().is_empty());
    assert_eq!(act(&world, &renewed, "complete", &WROTE).await.status, StatusCode::OK);
}

/// Given an act that was done, when its form is sent again after its time, then it is told as done, not as never sent; by nobody who does not know the code.
#[tokio::test]
async fn what_was_done_is_told_as_done_however_late_it_is_sent_again() {
    let (world, page) = shown().await;
    assert_eq!(act(&world, &page, "complete", &WROTE).await.status, StatusCode::OK);
    world.clock.advance(SignedDuration::from_hours(25));
    let again = act(&world, &page, "complete", &WROTE).await;
    assert!(again.status == StatusCode::OK && again.text.contains("已收到您的补充。"), "{}", again.text);
    let other = act(&world, &page, "complete", &[("complete-text", "另外的"), WROTE[1]]).await;
    assert!(other.status == StatusCode::CONFLICT && other.text.contains("已提交的仍然有效"), "{}", other.text);
    assert_eq!((world.counter.count("number"), world.counter.count("code")), (0, 0), "what was right costs nothing");
    let wrong = act(&world, &page, "complete", &[WROTE[0], ("complete-code", "AAAAAAAAAAAAAAAA")]).await;
    assert!(wrong.status == StatusCode::CONFLICT && wrong.text.contains("打开已超过 24 小时"), "{}", wrong.text);
    assert_eq!((world.desk.done.lock().unwrap().len(), world.counter.count("number")), (1, 1));
}

/// Given a form that was open too long, when it is sent from the one that replaces it, then it tells what the first one showed; a form that nobody here made showed nothing.
#[tokio::test]
async fn an_act_tells_what_its_page_showed_also_from_a_form_that_was_renewed() {
    let (world, page) = shown().await;
    world.clock.advance(SignedDuration::from_hours(24));
    let renewed = act(&world, &page, "complete", &WROTE).await;
    act(&world, &renewed, "complete", &WROTE).await;
    let forged = [("_token", "1.k1.withdraw:WZ20261130-0001.7.www.0.x.y"), ("withdraw-code", CODE)];
    let renewed = act(&world, &page, "withdraw", &forged).await;
    act(&world, &renewed, "withdraw", &[("withdraw-code", CODE)]).await;
    let seen: Vec<u32> = world.desk.done.lock().unwrap().iter().map(|deed| deed.seen).collect();
    assert_eq!(seen, [SEEN, 0]);
}

#[tokio::test]
async fn what_the_case_does_not_allow_is_told_and_what_fails_can_be_sent_again() {
    let (world, page) = shown().await;
    let refusal =
        ReceptionProblem::Refused { code: "case-closed", question: None, sentence: "已办结。".to_owned() };
    *world.desk.problem.lock().unwrap() = Some(refusal);
    let refused = act(&world, &page, "withdraw", &[("withdraw-code", CODE)]).await;
    assert_eq!((refused.status, refused.codes()), (StatusCode::CONFLICT, vec!["case-closed"]));
    *world.desk.problem.lock().unwrap() = Some(ReceptionProblem::Unavailable);
    let failed = act(&world, &page, "complete", &WROTE).await;
    assert_eq!((failed.status, failed.codes()), (StatusCode::SERVICE_UNAVAILABLE, vec!["unavailable"]));
    assert_eq!(hidden(&failed, "complete")["_token"], hidden(&page, "complete")["_token"], "under the same key");
    *world.desk.problem.lock().unwrap() = None;
    assert_eq!(act(&world, &failed, "complete", &WROTE).await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_token_of_another_act_case_or_form_does_anything_and_no_act_is_made_up() {
    let (world, page) = shown().await;
    let token = hidden(&page, "complete")["_token"].clone();
    let form = world.get("/form/letter/correction").await.hidden()["_token"].clone();
    for forged in ["", &token, &form, "1.k1.withdraw:WZ20261130-0001.1.www.0.x.y"] {
        let fields = [("_token", forged), ("withdraw-code", CODE)];
        assert_eq!(act(&world, &page, "withdraw", &fields).await.status, StatusCode::CONFLICT, "{forged}");
    }
    let fields = [("_token", token.as_str()), ("number", NUMBER), ("act", "erase"), ("erase-code", CODE)];
    assert_eq!(world.post(ACT, &fields).await.status, StatusCode::NOT_FOUND);
    assert!(world.desk.done.lock().unwrap().is_empty());
    assert!(world.get(ACT).await.text.contains("查看办理进度"), "the address itself leads to number and code");
}

/// Presses a button of the form that adds files, with what stands in it.
async fn press(world: &World, page: &Got, go: &str, file: Option<(&str, &[u8])>) -> Got {
    let mut fields: Vec<(String, String)> = hidden(page, "complete").into_iter().collect();
    fields.extend([("complete-text", "是2025年的"), ("_go", go)].map(|(name, value)| (name.into(), value.into())));
    in_parts(world, "/form/letter/act/files", &fields, file.map(|(name, bytes)| ("complete-files", name, bytes))).await
}

#[tokio::test]
async fn a_file_is_added_to_an_act_taken_away_and_sent_with_it() {
    let (world, page) = shown().await;
    assert!(page.text.contains("formaction=\"/form/letter/act/files\" formenctype=\"multipart/form-data\""));
    let added = press(&world, &page, "add", Some(("证明.png", PNG))).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text);
    assert!(added.text.contains("证明.png") && added.text.contains("是2025年的"), "{}", added.text);
    let place = world.shelf.kept.lock().unwrap().keys().next().unwrap().clone();
    let without = press(&world, &added, &format!("remove:{place}"), None).await;
    assert!(without.status == StatusCode::OK && !without.text.contains("证明.png"));
    let done = act(&world, &added, "complete", &WROTE).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let deeds = world.desk.done.lock().unwrap();
    assert_eq!((deeds[0].files.len(), deeds[0].files[0].question.as_str()), (1, "files"));
    assert_eq!(deeds[0].files[0].file.name.expose(), "证明.png");
}

/// Given a case that refuses, when an act with a file is sent again and again, then its address has to wait: its files are fetched for each try.
#[tokio::test]
async fn acts_that_bring_files_are_counted_by_address_also_where_they_are_refused() {
    let (world, page) = shown().await;
    let added = press(&world, &page, "add", Some(("证明.png", PNG))).await;
    let refusal =
        ReceptionProblem::Refused { code: "case-closed", question: None, sentence: "已办结。".to_owned() };
    *world.desk.problem.lock().unwrap() = Some(refusal);
    for _ in 0..4 {
        assert_eq!(act(&world, &added, "complete", &WROTE).await.codes(), ["case-closed"]);
    }
    let looks = world.desk.opened.load(Ordering::SeqCst);
    let held_up = act(&world, &added, "complete", &WROTE).await;
    assert_eq!((held_up.status, held_up.codes()), (StatusCode::TOO_MANY_REQUESTS, vec!["too-many"]));
    assert!(held_up.text.contains("是2025年的") && held_up.text.contains("证明.png"), "{}", held_up.text);
    assert_eq!(world.desk.opened.load(Ordering::SeqCst), looks, "nobody looked");
    let without = act(&world, &page, "complete", &WROTE).await;
    assert_eq!(without.codes(), ["case-closed"], "what brings none is not counted so");
}

#[tokio::test]
async fn no_file_is_lost_unsaid_and_none_of_another_form_is_taken() {
    let (world, page) = shown().await;
    let nothing = press(&world, &page, "add", None).await;
    assert_eq!((nothing.status, nothing.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["no-file"]));
    let other_kind = press(&world, &page, "add", Some(("a.txt", b"abc"))).await;
    assert_eq!(other_kind.codes(), ["file-kind"]);
    // A browser that sends the form not in parts sends the name of what was chosen.
    let chosen = act(&world, &page, "complete", &[WROTE[0], WROTE[1], ("complete-files", "证明.png")]).await;
    assert_eq!((chosen.status, chosen.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["file-not-added"]));
    let added = press(&world, &page, "add", Some(("证明.png", PNG))).await;
    let file = hidden(&added, "complete")["complete-files"].clone();
    let look = async || world.post("/form/letter/status", &[("number", NUMBER), ("code", CODE)]).await;
    let other = look().await;
    let foreign = act(&world, &other, "complete", &[WROTE[0], WROTE[1], ("complete-files", &file)]).await;
    assert_eq!(foreign.codes(), ["file-foreign"]);
    assert!(world.desk.done.lock().unwrap().is_empty());
    // After a day the form is a fresh one, and its files with it.
    world.clock.advance(SignedDuration::from_hours(24));
    let renewed = act(&world, &added, "complete", &WROTE).await;
    assert!(renewed.status == StatusCode::CONFLICT && renewed.text.contains("证明.png"), "{}", renewed.text);
    assert_eq!(act(&world, &renewed, "complete", &WROTE).await.status, StatusCode::OK);
    // What has gone from quarantine is asked for again.
    *world.desk.problem.lock().unwrap() = Some(ReceptionProblem::FilesGone(vec![format!("2026-11-30_{:026}", 0)]));
    let gone = act(&world, &look().await, "complete", &WROTE).await;
    assert_eq!(gone.codes(), ["files-gone"]);
}
