//! Generations of the index: one is built beside the other, and takes over when nothing is left to do for it.

use aws_sdk_s3::primitives::ByteStream;
use http::StatusCode;
use index::Task;
use local::cloud::tables;

use super::world::{NOTICES, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_gives_the_same_index_and_what_moves_meanwhile_is_in_both() {
    let world = World::found().await;
    for number in 0..5 {
        world.publish(&format!("notice-{number}"), NOTICES, "<p>停水通知。</p>").await;
    }
    world.settle().await;
    let before = world.everything().await;
    assert_eq!(world.built_anew().await, before);
    // A generation begins, and before any round of it documents move.
    let views = world.town.projector(1).worker().views().clone();
    let registry = views.index_registry().await.unwrap();
    views.swap_index_registry(&registry.begun(registry.live.unwrap().schema)).await.unwrap();
    world.town.withdraw("notice-2").await.unwrap();
    world.publish("notice-9", NOTICES, "<p>停水通知。</p>").await;
    world.project().await;
    let registry = views.index_registry().await.unwrap();
    for generation in registry.fed() {
        assert_eq!(views.pending(generation.number, 10).await.unwrap().len(), 2, "{generation:?}");
    }
    let round = world.index().await;
    assert!(round.switched, "{round:?}");
    let after = world.everything().await;
    assert_eq!(after["total"], 5);
    assert_eq!(world.built_anew().await, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_that_moved_unseen_before_a_rebuild_of_the_views_are_found_after_it() {
    let world = World::found().await;
    world.publish("seen", NOTICES, "<p>停水通知。</p>").await;
    world.settle().await;
    // No doorbell tells of it, and a rebuild folds it: no batch comes to it any more.
    world.publish("unseen", NOTICES, "<p>停水通知。</p>").await;
    world.town.rebuild(1).await;
    world.index().await;
    assert_eq!(world.find("q=%E5%81%9C%E6%B0%B4&order=newest").await.titles(), ["unseen", "seen"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_index_is_refused_while_the_one_before_serves() {
    let world = World::found().await;
    world.publish("first", NOTICES, "<p>停水通知。</p>").await;
    world.settle().await;
    // Whoever answers has seen this index.
    let state = query::QueryState::new(&world.town.app.config, &world.town.app.clients).unwrap();
    let router = query::router(state);
    let ask = async || {
        use http_body_util::BodyExt;
        use tower::ServiceExt;
        let request = http::Request::get("/api/query/documents?order=newest").body(axum::body::Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice::<serde_json::Value>(&bytes).unwrap())
    };
    let (status, before) = ask().await;
    assert_eq!((status, before["total"].as_u64()), (StatusCode::OK, Some(1)));
    world.publish("second", NOTICES, "<p>停水通知。</p>").await;
    world.settle().await;
    // Every object but the heads loses its last byte.
    let s3 = &world.town.app.clients.s3;
    let listed = s3.list_objects_v2().bucket(tables::INDEX).send().await.unwrap();
    for key in listed.contents().iter().filter_map(|object| object.key()).filter(|key| !key.ends_with(".json")) {
        let object = s3.get_object().bucket(tables::INDEX).key(key).send().await.unwrap();
        let mut bytes = object.body.collect().await.unwrap().to_vec();
        bytes.pop();
        s3.put_object().bucket(tables::INDEX).key(key).body(ByteStream::from(bytes)).send().await.unwrap();
    }
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    let (status, after) = ask().await;
    assert_eq!((status, &after["hits"]), (StatusCode::OK, &before["hits"]), "the index before serves on");
    assert_eq!(world.find("").await.status, StatusCode::SERVICE_UNAVAILABLE, "who has seen none says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_takes_what_no_head_names_once_it_is_a_day_old() {
    let world = World::found().await;
    world.publish("notice", NOTICES, "<p>停水通知。</p>").await;
    world.settle().await;
    let before = world.built_anew().await;
    let s3 = &world.town.app.clients.s3;
    s3.put_object()
        .bucket(tables::INDEX)
        .key("index/2/lost.bundle")
        .body(ByteStream::from_static(b"x"))
        .send()
        .await
        .unwrap();
    let keys = async || {
        let listed = s3.list_objects_v2().bucket(tables::INDEX).send().await.unwrap();
        listed.contents().iter().filter_map(|object| object.key().map(str::to_owned)).collect::<Vec<_>>()
    };
    world.indexer.run(Task::Sweep).await.unwrap();
    assert!(keys().await.iter().any(|key| key.ends_with("lost.bundle")), "a round may be under way");
    world.town.app.clock.pass(std::time::Duration::from_secs(400 * 24 * 60 * 60));
    world.indexer.run(Task::Sweep).await.unwrap();
    let left = keys().await;
    assert!(left.iter().all(|key| key.starts_with("index/2/") && !key.ends_with("lost.bundle")), "{left:?}");
    assert_eq!(world.everything().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_another_generation_goes_on_in_the_one_that_answers() {
    let world = World::found().await;
    for number in 0..6 {
        world.publish(&format!("notice-{number}"), NOTICES, "<p>停水通知。</p>").await;
    }
    world.settle().await;
    let first = world.find("order=newest&limit=3").await;
    assert_eq!(first.titles(), ["notice-5", "notice-4", "notice-3"]);
    // The next generation has heads of the same counters, of which the first know less.
    world.built_anew().await;
    let next = first.json()["next"].as_str().unwrap().to_owned();
    let second = world.get("www", &next, &[]).await;
    assert_eq!(second.titles(), ["notice-2", "notice-1", "notice-0"]);
    assert_eq!(second.json()["total"], 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_text_keeps_no_document_from_being_found() {
    let world = World::found().await;
    world.publish("whole", NOTICES, "<p>停水通知甲。</p>").await;
    world.publish("damaged", NOTICES, "<p>停水通知乙。</p>").await;
    world.project().await;
    let s3 = &world.town.app.clients.s3;
    let standing = world.town.standing(&super::town::Town::document("damaged")).await;
    let key = format!("body/{}", standing.live.unwrap().content.body);
    s3.put_object().bucket(tables::BODIES).key(key).body(ByteStream::from_static(b"<p>x</p>")).send().await.unwrap();
    world.index().await;
    assert_eq!(world.find("order=newest").await.titles(), ["damaged", "whole"]);
    assert_eq!(world.find("q=%E5%81%9C%E6%B0%B4").await.titles(), ["whole"]);
}
