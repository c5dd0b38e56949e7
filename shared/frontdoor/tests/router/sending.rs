//! Sending: once, whatever is pressed twice, and never lost.

use altcha::{Challenge, Payload, SolveChallengeOptions, solve_challenge};
use data_encoding::BASE64;
use frontdoor::{ReceptionProblem, Work};
use http::StatusCode;

use crate::world::{CODE, Got, World};

async fn sent(world: &World, page: &Got) -> Got {
    world.answer(page, &[("_go", "send")]).await
}

fn proof(page: &Got) -> String {
    let challenge: Challenge = serde_json::from_str(&page.challenge()).unwrap();
    let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
    BASE64.encode(&serde_json::to_vec(&Payload { challenge, solution }).unwrap())
}

#[tokio::test]
async fn what_is_sent_is_received_sorted_and_answered_with_a_receipt() {
    let world = World::new();
    let page = world.to_the_check().await;
    let receipt = sent(&world, &page).await;
    assert_eq!(receipt.status, StatusCode::OK);
    for part in ["WZ20261130-0001", CODE, "最迟 <time datetime=\"2026-12-03\">2026年12月3日</time>"] {
        assert!(receipt.text.contains(part), "{part}");
    }
    assert_eq!(receipt.text.matches(CODE).count(), 2, "once to be read, once for the button");
    let received = world.desk.received.lock().unwrap();
    let (submission, visit) = &received[0];
    assert_eq!((submission.form.as_str(), submission.version, submission.site.as_str()), ("correction", 3, "www"));
    assert_eq!(submission.chosen("mistake"), Some("typo"));
    assert_eq!(submission.text("text-place").map(|text| text.expose()), Some("“公开”写成“公升”"));
    assert_eq!(submission.identity.phone.as_ref().map(|phone| phone.expose()), Some("13800138000"));
    assert_eq!((submission.key.len(), visit.work), (26, Work::None));
}

#[tokio::test]
async fn sent_twice_it_is_received_once_and_both_see_the_same() {
    let world = World::with_tries(1);
    let page = world.to_the_check().await;
    let first = sent(&world, &page).await;
    let second = sent(&world, &page).await;
    assert_eq!(world.desk.received.lock().unwrap().len(), 1);
    assert_eq!(
        (first.text, second.status),
        (second.text.clone(), StatusCode::OK),
        "no limit refuses what was received"
    );
    world.clock.advance(jiff::SignedDuration::from_hours(48));
    assert_eq!(sent(&world, &page).await.text, second.text, "nor does the token's end");
}

#[tokio::test]
async fn another_text_under_the_same_key_is_offered_as_another_form() {
    let world = World::new();
    let page = world.to_the_check().await;
    sent(&world, &page).await;
    let again = world.answer(&page, &[("name", "李华"), ("_go", "send")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text.contains("已提交的仍然有效") && again.text.contains("<dd>李华</dd>"));
    let receipt = sent(&world, &again).await;
    assert!(receipt.text.contains("WZ20261130-0002"));
}

#[tokio::test]
async fn with_a_proof_of_work_it_goes_the_faster_way() {
    let world = World::new();
    let page = world.to_the_check().await;
    let proof = proof(&page);
    let receipt = world.answer(&page, &[("_go", "send"), ("_proof", &proof)]).await;
    assert!(receipt.text.contains("WZ20261130-0001"));
    assert_eq!(world.desk.received.lock().unwrap()[0].1.work, Work::Done);
    assert_eq!((world.counter.count("submission"), world.counter.count("plain")), (1, 0));
}

#[tokio::test]
async fn the_slower_way_is_told_where_no_script_runs() {
    let world = World::new();
    let page = world.to_the_check().await;
    let without = page.text.split("<noscript>").nth(1).unwrap().split("</noscript>").next().unwrap();
    assert!(without.contains("每小时最多 3 件"), "{without}");
    assert!(page.text.contains("<script src=\"/_assets/proof.") && page.text.contains(".js\" defer></script>"));
}

#[tokio::test]
async fn too_many_are_told_when_to_come_again_and_keep_what_they_typed() {
    let world = World::with_tries(0);
    let page = world.to_the_check().await;
    let refused = sent(&world, &page).await;
    assert_eq!(
        (refused.status, refused.headers["retry-after"].to_str().unwrap()),
        (StatusCode::TOO_MANY_REQUESTS, "150")
    );
    assert_eq!(refused.codes(), ["too-many"]);
    assert!(refused.text.contains("请在 3 分钟后再按“提交”") && refused.text.contains("<dd>王明</dd>"));
    assert_eq!(refused.hidden()["_token"], page.hidden()["_token"], "under the same key");
    assert!(world.desk.received.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_received_now_can_be_sent_again_and_costs_no_try() {
    let world = World::with_tries(1);
    let page = world.to_the_check().await;
    *world.desk.problem.lock().unwrap() = Some(ReceptionProblem::Unavailable);
    let refused = sent(&world, &page).await;
    assert_eq!((refused.status, refused.codes()), (StatusCode::SERVICE_UNAVAILABLE, vec!["unavailable"]));
    *world.desk.problem.lock().unwrap() = None;
    assert!(sent(&world, &refused).await.text.contains("WZ20261130-0001"));
}

#[tokio::test]
async fn a_refusal_stands_at_the_question_it_is_about() {
    let world = World::new();
    let page = world.to_the_check().await;
    let refusal = |question: Option<&str>| ReceptionProblem::Refused {
        code: "archived",
        question: question.map(str::to_owned),
        sentence: "这个网页已经归档，请写明现在的网页".to_owned(),
    };
    *world.desk.problem.lock().unwrap() = Some(refusal(Some("page")));
    let refused = sent(&world, &page).await;
    assert_eq!((refused.status, refused.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["archived"]));
    assert!(refused.text.contains("<a href=\"#page\">"));
    *world.desk.problem.lock().unwrap() = Some(refusal(None));
    assert!(sent(&world, &page).await.title().starts_with("错误：核对后提交"));
}

#[tokio::test]
async fn tries_that_cannot_be_counted_are_not_granted() {
    let world = World::new();
    let page = world.to_the_check().await;
    world.counter.fail();
    assert_eq!(sent(&world, &page).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(world.desk.received.lock().unwrap().is_empty());
}
