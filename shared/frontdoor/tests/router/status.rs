//! How a case stands, for whoever knows its number and its code.

use std::{collections::BTreeSet, sync::atomic::Ordering};

use http::StatusCode;

use crate::world::{CODE, Got, World};

const STATUS: &str = "/form/letter/status";

async fn world_with_a_case() -> World {
    let world = World::new();
    let page = world.to_the_check().await;
    world.answer(&page, &[("_go", "send")]).await;
    world
}

async fn asked(world: &World, number: &str, code: &str) -> Got {
    world.post(STATUS, &[("number", number), ("code", code)]).await
}

#[tokio::test]
async fn number_and_code_open_the_case_however_they_are_typed() {
    let world = world_with_a_case().await;
    assert!(world.get(STATUS).await.text.contains("name=\"code\""));
    for (number, code) in
        [("WZ20261130-0001", CODE), (" wz20261130-0001 ", "k7qm 4t2x-wpna 9rdc"), ("ＷＺ20261130-0001", CODE)]
    {
        let page = asked(&world, number, code).await;
        assert_eq!(page.status, StatusCode::OK, "{number}");
        assert!(page.text.contains("办理中") && page.text.contains("澄湖市教育局"));
        assert!(!page.text.contains(CODE), "the code is shown once, on the receipt");
        assert_eq!(page.headers["cache-control"], "no-store");
    }
    assert_eq!((world.counter.count("number"), world.counter.count("code")), (0, 0), "what was right costs nothing");
}

#[tokio::test]
async fn a_wrong_code_and_an_unknown_number_are_answered_alike() {
    let world = world_with_a_case().await;
    let wrong = asked(&world, "WZ20261130-0001", "AAAAAAAAAAAAAAAA").await;
    let unknown = asked(&world, "WZ20261130-0002", CODE).await;
    let same = |page: &Got| page.text.replace("WZ20261130-0002", "WZ20261130-0001");
    assert_eq!((same(&wrong), wrong.status), (same(&unknown), unknown.status));
    assert_eq!((wrong.status, wrong.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["no-such-case"]));
    assert_eq!(world.desk.opened.load(Ordering::SeqCst), 2, "one look each");
    assert_eq!((world.counter.count("number"), world.counter.count("code")), (2, 2));
}

#[tokio::test]
async fn after_five_wrong_codes_nobody_looks_any_more() {
    let world = world_with_a_case().await;
    for _ in 0..5 {
        asked(&world, "WZ20261130-0001", "AAAAAAAAAAAAAAAA").await;
    }
    let page = asked(&world, "WZ20261130-0001", CODE).await;
    assert_eq!((page.status, page.codes()), (StatusCode::TOO_MANY_REQUESTS, vec!["too-many"]));
    assert_eq!(page.headers["retry-after"], "150");
    assert_eq!(world.desk.opened.load(Ordering::SeqCst), 5);
    assert_eq!(world.counter.count("number"), 5, "whoever may not try takes no try from the number's owner");
}

#[tokio::test]
async fn a_number_is_one_bucket_however_its_hyphens_stand() {
    let world = world_with_a_case().await;
    for number in ["WZ20261130-0001", "WZ-20261130-0001", "W-Z-2026-1130-0001", "ｗｚ２０２６１１３００００１"]
    {
        asked(&world, number, "AAAAAAAAAAAAAAAA").await;
    }
    assert_eq!(*world.counter.numbers.lock().unwrap(), BTreeSet::from(["WZ202611300001".to_owned()]));
}

#[tokio::test]
async fn what_can_be_no_number_or_code_is_told_and_not_counted() {
    let world = world_with_a_case().await;
    let page = asked(&world, "", "").await;
    assert_eq!((page.status, page.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["missing", "missing"]));
    let long = "A".repeat(100_000);
    for number in ["WZ<script>", "编号", &long] {
        assert_eq!(asked(&world, number, CODE).await.codes(), ["not-one"], "{number:.20}");
    }
    assert_eq!((world.counter.count("number"), world.desk.opened.load(Ordering::SeqCst)), (0, 0));
}

#[tokio::test]
async fn neither_number_nor_code_is_taken_from_an_address() {
    let world = world_with_a_case().await;
    let page = world.get(&format!("{STATUS}?number=WZ20261130-0001&code={CODE}")).await;
    assert!(!page.text.contains(CODE) && page.text.contains("查看办理进度"));
    assert_eq!(world.desk.opened.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn tries_that_cannot_be_counted_open_nothing() {
    let world = world_with_a_case().await;
    world.counter.fail();
    assert_eq!(asked(&world, "WZ20261130-0001", CODE).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.desk.opened.load(Ordering::SeqCst), 0);
}
