//! A site that is put right or stops says so on every page, and no more once it is live.

use domain::{
    column::Archive,
    site::{self, RectificationLimits, Site, Theme},
    text::Line,
};

use super::town::Town;

/// HTML pages of a site, by key.
async fn pages(town: &Town, site: &str) -> Vec<(String, String)> {
    let pages = town.pages().await;
    let own = pages.into_iter().filter(|(key, _)| key.starts_with(&format!("{site}/")) && key.ends_with(".html"));
    own.map(|(key, bytes)| (key, String::from_utf8(bytes).unwrap())).collect()
}

async fn change(
    town: &Town,
    decide: impl Fn(&Site, &domain::Context) -> Result<Vec<site::SiteEvent>, site::SiteRefusal>,
) {
    let label: domain::SiteLabel = "jyj".parse().unwrap();
    town.execute::<Site, _>(&label.stream(), "registrar", decide).await.unwrap();
    town.settle(1).await;
}

fn reason() -> Line<200> {
    Line::new("机构改革").unwrap()
}

#[tokio::test]
async fn the_state_of_a_site_stands_on_every_one_of_its_pages_and_on_no_other() {
    let town = Town::found().await;
    town.published("water", "jyj.tzgg", Archive::Month).await;
    town.published("gone", "jyj.tzgg", Archive::Month).await;
    town.withdraw("gone").await.unwrap();
    town.published("moved", "jyj.tzgg", Archive::Month).await;
    town.relocate("moved", "www.zwgk.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    let plain = pages(&town, "jyj").await;
    assert!(plain.len() >= 9, "{:?}", plain.iter().map(|(key, _)| key).collect::<Vec<_>>());
    let live = town.pages().await;

    let limits = RectificationLimits::default();
    change(&town, |s, c| site::rectify(s, "2026-12-31".parse().unwrap(), reason(), limits, c)).await;
    for (key, page) in pages(&town, "jyj").await {
        assert!(page.contains("本网站正在整改") && page.contains("2026年12月31日"), "{key}");
        assert!(page.contains("机构改革"), "{key}");
    }
    change(&town, |s, c| site::archive(s, reason(), c)).await;
    for (key, page) in pages(&town, "jyj").await {
        assert!(page.contains("本网站已归档") && !page.contains("整改"), "{key}");
    }
    for (key, page) in pages(&town, "www").await {
        assert!(!page.contains("class=\"state\""), "{key}");
    }
    assert_eq!(town.differences(1).await, []);

    change(&town, |s, c| site::restore(s, reason(), c)).await;
    for (key, page) in pages(&town, "jyj").await {
        assert!(!page.contains("class=\"state\""), "{key}");
    }
    assert_eq!(town.pages().await.len(), live.len(), "no page came or went");
    let before = town.pages().await;
    town.rebuild(1).await;
    assert_eq!(town.pages().await, before, "a rebuild gives the same bytes");
}

#[tokio::test]
async fn a_main_colour_and_a_domain_reach_every_page_of_the_site() {
    let town = Town::found().await;
    town.published("water", "jyj.tzgg", Archive::Month).await;
    town.settle(1).await;
    let dressed = |s: &Site, c: &domain::Context| {
        let (_, _, mut profile) = s.opened.clone().unwrap();
        profile.theme = Theme::Pine;
        profile.domain = Some("jyj.chenghu.gov.cn".to_owned().try_into().unwrap());
        site::change(s, profile, c)
    };
    change(&town, dressed).await;
    for (key, page) in pages(&town, "jyj").await {
        assert!(page.contains("data-theme=\"pine\""), "{key}");
        assert!(page.contains("<meta name=\"SiteDomain\" content=\"jyj.chenghu.gov.cn\">"), "{key}");
    }
    assert_eq!(town.differences(1).await, []);
}
