//! The catalogue of government information, page by page.

use domain::{column::Archive, document::Genre};

use super::town::Town;

const SUBJECT: &str = "科技、教育\\教育";

impl Town {
    /// The page at `path` of the portal; none where nothing was ever written.
    async fn of_catalogue(&self, path: &str) -> Option<String> {
        let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let stored = self.projector(1).worker().objects().get(&format!("www{path}")).await.unwrap()?;
        Some(String::from_utf8(stored.object.bytes).unwrap())
    }

    async fn filed(&self, name: &str, title: &str, subject: Option<&str>, genre: Option<Genre>) {
        self.file(name, title, subject, genre).await.unwrap();
        self.review(name).await.unwrap();
    }
}

/// Pages of the four ways that show a document of today.
const PAGES: [&str; 8] = [
    "/gkml/bm/jyj/",
    "/gkml/bm/jyj/2026-11.html",
    "/gkml/nf/2026/",
    "/gkml/nf/2026/2026-11-23.html",
    "/gkml/tc/notice/",
    "/gkml/tc/notice/2026-11-21.html",
    "/gkml/zt/11/",
    "/gkml/zt/11/2026-11-21.html",
];

#[tokio::test]
async fn what_is_filed_is_found_by_department_subject_genre_and_year_wherever_it_stands() {
    let town = Town::found().await;
    town.settle(1).await;
    let overview = town.of_catalogue("/gkml/").await.unwrap();
    assert!(overview.contains("综合政务") && !overview.contains("href=\"/gkml/bm/"));
    assert!(town.of_catalogue("/map.html").await.unwrap().contains("href=\"/gkml/\""));

    town.published("news", "jyj.xw", Archive::Day).await;
    town.draft("a", "jyj.tzgg", "草稿").await.unwrap();
    town.filed("a", "关于入学的通知", Some(SUBJECT), Some(Genre::Notice)).await;
    town.publish("a", Archive::Month).await.unwrap();
    town.settle(1).await;
    for path in PAGES {
        let page = town.of_catalogue(path).await.unwrap();
        assert!(page.contains("http://jyj.") && page.contains("关于入学的通知"), "{path}");
        assert!(!page.contains(">news<"), "{path}: what nobody filed");
    }
    let overview = town.of_catalogue("/gkml/").await.unwrap();
    for list in ["/gkml/bm/jyj/", "/gkml/zt/11/", "/gkml/tc/notice/", "/gkml/nf/2026/"] {
        assert!(overview.contains(&format!("href=\"{list}\"")), "{list}");
    }
    assert!(town.of_catalogue("/bm/jyj/").await.unwrap().contains("href=\"/gkml/bm/jyj/\""));
    assert!(!town.of_catalogue("/bm/zf/").await.unwrap().contains("href=\"/gkml/bm/"));
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn another_subject_moves_an_entry_and_a_withdrawal_takes_it_from_every_list() {
    let town = Town::found().await;
    for name in ["a", "b"] {
        town.draft(name, "jyj.tzgg", "草稿").await.unwrap();
        town.filed(name, &format!("{name}的标题"), Some(SUBJECT), Some(Genre::Notice)).await;
        town.publish(name, Archive::Month).await.unwrap();
    }
    town.settle(1).await;
    town.filed("a", "a的标题", Some("国防"), None).await;
    town.correct("a").await.unwrap();
    town.settle(1).await;
    for (path, shown) in PAGES.into_iter().zip([true, true, true, true, false, false, false, false]) {
        assert_eq!(town.of_catalogue(path).await.unwrap().contains("a的标题"), shown, "{path}");
    }
    assert!(town.of_catalogue("/gkml/zt/21/2026-11-21.html").await.unwrap().contains("a的标题"));
    town.withdraw("a").await.unwrap();
    town.settle(1).await;
    for path in PAGES.into_iter().chain(["/gkml/zt/21/", "/gkml/zt/21/2026-11-21.html"]) {
        let page = town.of_catalogue(path).await.unwrap();
        assert_eq!((page.contains("a的标题"), page.contains("b的标题")), (false, !path.contains("zt/21")), "{path}");
    }
    assert_eq!(town.differences(1).await, []);
    assert_eq!(town.rebuild(1).await.written, 0);
}

#[tokio::test]
async fn a_departments_new_name_stands_on_every_page_of_the_catalogue_that_names_it() {
    let town = Town::found().await;
    town.draft("a", "jyj.tzgg", "草稿").await.unwrap();
    town.filed("a", "关于入学的通知", Some(SUBJECT), Some(Genre::Notice)).await;
    town.publish("a", Archive::Month).await.unwrap();
    town.settle(1).await;
    town.change_department("jyj", "教育和体育局").await.unwrap();
    town.settle(1).await;
    for path in PAGES.into_iter().chain(["/gkml/"]) {
        assert!(town.of_catalogue(path).await.unwrap().contains("教育和体育局"), "{path}");
    }
    assert_eq!(town.differences(1).await, []);
}
