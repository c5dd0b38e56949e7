//! What documents are to each other, as readers see it from both ends.

use domain::{column::Archive, document::RelationKind};

use super::town::Town;

const COLUMN: &str = "www.zwgk.tzgg";
const POLICY: &str = "www/zwgk/tzgg/2026/11/23/policy.html";
const NEWER: &str = "www/zwgk/tzgg/2026/11/23/newer.html";

async fn text(town: &Town, key: &str) -> String {
    let stored = town.projector(1).worker().objects().get(key).await.unwrap();
    stored.map(|stored| String::from_utf8(stored.object.bytes).unwrap()).unwrap_or_default()
}

/// `name`, related to others and public.
async fn public(town: &Town, name: &str, relations: &[(RelationKind, &str)]) {
    town.draft(name, COLUMN, name).await.unwrap();
    if !relations.is_empty() {
        town.relate(name, relations).await.unwrap();
    }
    town.review(name).await.unwrap();
    town.publish(name, Archive::Month).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_policy_and_its_interpretation_name_each_other() {
    let town = Town::found().await;
    public(&town, "policy", &[]).await;
    assert!(!text(&town, POLICY).await.contains("政策解读"), "nothing explains it yet");
    public(&town, "newer", &[(RelationKind::Interprets, "policy")]).await;
    let (policy, interpretation) = (text(&town, POLICY).await, text(&town, NEWER).await);
    assert!(policy.contains("政策解读</h2>") && policy.contains("/2026/11/23/newer.html\""), "{policy}");
    assert!(
        interpretation.contains("本文解读的文件：<a href=\"/zwgk/tzgg/2026/11/23/policy.html\""),
        "{interpretation}"
    );
}

#[tokio::test]
async fn a_repealed_document_says_so_until_what_repeals_it_is_withdrawn() {
    let town = Town::found().await;
    public(&town, "policy", &[]).await;
    public(&town, "newer", &[(RelationKind::Repeals, "policy")]).await;
    let repealed = text(&town, POLICY).await;
    assert!(repealed.contains("本文件已废止") && repealed.contains("<dd>废止</dd>"), "{repealed}");
    assert!(text(&town, NEWER).await.contains("本文件废止的文件"));
    town.withdraw("newer").await.unwrap();
    town.settle(1).await;
    let restored = text(&town, POLICY).await;
    assert!(!restored.contains("废止") && !restored.contains("newer.html"), "{restored}");
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_correction_takes_a_relation_back_from_both_pages() {
    let town = Town::found().await;
    public(&town, "policy", &[]).await;
    public(&town, "newer", &[(RelationKind::BasedOn, "policy")]).await;
    assert!(text(&town, POLICY).await.contains("相关问答与通知"));
    town.revise("newer", "另有依据").await.unwrap();
    town.review("newer").await.unwrap();
    town.correct("newer").await.unwrap();
    town.settle(1).await;
    assert!(!text(&town, POLICY).await.contains("newer.html"));
    assert!(!text(&town, NEWER).await.contains("policy.html"));
    assert_eq!(town.differences(1).await, []);
}

/// The other's row names one place; where the document went, and that it came back, is told by its own rows.
#[tokio::test]
async fn a_relation_is_seen_wherever_its_document_went_and_when_it_comes_back() {
    let town = Town::found().await;
    public(&town, "policy", &[]).await;
    for column in ["jyj.tzgg", COLUMN] {
        town.relocate("policy", column, Archive::Month).await.unwrap();
        town.settle(1).await;
    }
    public(&town, "newer", &[(RelationKind::Interprets, "policy")]).await;
    assert!(text(&town, POLICY).await.contains("newer.html"), "back at its first place");
    town.relocate("policy", "jyj.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    let moved = text(&town, "jyj/tzgg/2026/11/23/policy.html").await;
    assert!(moved.contains("http://www.localhost:8080/zwgk/tzgg/2026/11/23/newer.html"), "{moved}");
    assert_eq!(town.differences(1).await, []);
    town.withdraw("newer").await.unwrap();
    town.settle(1).await;
    assert!(!text(&town, "jyj/tzgg/2026/11/23/policy.html").await.contains("newer.html"));
    assert_eq!(town.differences(1).await, []);
}
