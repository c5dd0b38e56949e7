//! What was in force on a day.

use super::world::{NOTICES, World};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_in_force_on_a_day_is_left_out_and_what_nobody_knows_is_said() {
    let world = World::found().await;
    world.publish("rules", NOTICES, "<p>本办法自2020年3月1日起施行。</p>").await;
    world.publish("news", NOTICES, "<p>新闻一则。</p>").await;
    world.settle().await;
    let on = async |day: &str| {
        let list = world.find(&format!("on={day}&order=newest")).await.json();
        let hits = list["hits"].as_array().unwrap();
        hits.iter()
            .map(|hit| (hit["title"].as_str().unwrap().to_owned(), hit["on_day"].as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    let unknown = |name: &str| (name.to_owned(), "unknown".to_owned());
    assert_eq!(on("2020-02-29").await, [unknown("news")]);
    // Nobody says that it is in force still.
    assert_eq!(on("2020-03-01").await, [unknown("news"), unknown("rules")]);
}
