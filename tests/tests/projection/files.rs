//! Files beside a text: public only with it, under names that never lead to other bytes.

use domain::{
    column::Archive,
    document::{BodyHash, Content, Document},
    file::{FileKind, Picture, Rendition, StoredFile},
};

use local::cloud::tables;
use views::{Cause, Copies};

use super::town::Town;

const COLUMN: &str = "www.zwgk.tzgg";
const PAGE: &str = "www/zwgk/tzgg/2026/11/23/enrol.html";

/// Where readers are given the file of these bytes since commit `commit`.
fn at(commit: u64, bytes: &str, ending: &str) -> String {
    format!("files/{}/{commit}/{}.{ending}", Town::document("enrol"), BodyHash::of(bytes.as_bytes()))
}

/// What readers are answered with, and the bytes; nothing where there is none.
async fn object(town: &Town, key: &str) -> (u16, String) {
    let stored = town.projector(1).worker().objects().get(key).await.unwrap();
    stored.map_or((0, String::new()), |stored| {
        (stored.object.status.code(), String::from_utf8(stored.object.bytes).unwrap())
    })
}

async fn status(town: &Town, key: &str) -> u16 {
    object(town, key).await.0
}

/// A text with these PDFs, the whole way to the public; what it cost readers to see it is settled.
async fn shown(town: &Town, files: &[&str]) {
    let live = town.standing(&Town::document("enrol")).await.live.is_some();
    town.attach("enrol", COLUMN, files).await.unwrap();
    town.review("enrol").await.unwrap();
    let done = if live { town.correct("enrol").await } else { town.publish("enrol", Archive::Month).await };
    done.unwrap();
    town.settle(1).await;
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_file_is_public_with_its_text_and_gone_with_it() {
    let town = Town::found().await;
    town.attach("enrol", COLUMN, &["form"]).await.unwrap();
    town.settle(1).await;
    assert_eq!(status(&town, &at(4, "form", "pdf")).await, 0, "a draft gives nobody its files");
    town.review("enrol").await.unwrap();
    town.publish("enrol", Archive::Month).await.unwrap();
    town.settle(1).await;
    assert_eq!(object(&town, &at(4, "form", "pdf")).await, (200, "form".to_owned()));
    let stored = town.projector(1).worker().objects().get(&at(4, "form", "pdf")).await.unwrap().unwrap().object;
    assert_eq!(stored.content_type, "application/pdf");
    assert!(stored.disposition.unwrap().starts_with("attachment; filename=\"file.pdf\"; filename*=UTF-8''form"));
    let page = object(&town, PAGE).await.1;
    let url = at(4, "form", "pdf").replacen("files/", "http://files.localhost:8080/", 1);
    assert!(page.contains(&format!("<a href=\"{url}\">form</a> <span>PDF 文档，4 B</span>")), "{page}");
    town.withdraw("enrol").await.unwrap();
    town.settle(1).await;
    let (status, gone) = object(&town, &at(4, "form", "pdf")).await;
    assert!(status == 410 && !gone.contains("form"), "{status} {gone}");
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn a_correction_takes_back_what_it_drops_and_leaves_the_rest_where_it_is() {
    let town = Town::found().await;
    shown(&town, &["form", "map"]).await;
    shown(&town, &["map", "guide"]).await;
    assert_eq!(status(&town, &at(4, "form", "pdf")).await, 410);
    assert_eq!(status(&town, &at(4, "map", "pdf")).await, 200);
    assert_eq!(status(&town, &at(8, "guide", "pdf")).await, 200);
    assert_eq!(status(&town, &at(8, "map", "pdf")).await, 0, "what stays has one name");
    town.withdraw("enrol").await.unwrap();
    shown(&town, &["map"]).await;
    assert_eq!(status(&town, &at(4, "map", "pdf")).await, 410, "what is given again has another name");
    assert_eq!(status(&town, &at(13, "map", "pdf")).await, 200);
}

/// What a correction takes back may be somebody's telephone number: no copy of it may lie anywhere for a day.
#[tokio::test]
async fn a_file_that_a_correction_takes_back_is_purged_as_what_is_withdrawn() {
    let town = Town::found().await;
    shown(&town, &["form", "map"]).await;
    let views = town.projector(1).worker().views().clone();
    let form = at(4, "form", "pdf");
    let purged = async || {
        let purges = views.purges(1000).await.unwrap();
        let withdrawn = purges.into_iter().filter(|purge| purge.cause == Cause::Withdrawn);
        withdrawn
            .into_iter()
            .any(|purge| matches!(purge.copies, Copies::Page { site, path } if format!("{site}{path}") == form))
    };
    assert!(!purged().await);
    town.attach("enrol", COLUMN, &["map"]).await.unwrap();
    town.review("enrol").await.unwrap();
    town.correct("enrol").await.unwrap();
    town.projector(1).worker().batch(&town.streams().await).await.unwrap();
    assert!(purged().await);
}

/// A rebuild that dies after its switch leaves the whole city to the sweeps.
#[tokio::test]
async fn a_sweep_of_the_whole_city_comes_by_its_files() {
    let town = Town::found().await;
    shown(&town, &["form"]).await;
    let key = at(4, "form", "pdf");
    town.app.clients.s3.delete_object().bucket(tables::PAGES).key(&key).send().await.unwrap();
    town.projector(2).worker().begin_generation("other templates", jiff::Timestamp::now(), 0).await.unwrap();
    town.settle(2).await;
    assert_eq!(status(&town, &key).await, 200);
    assert_eq!(town.differences(2).await, []);
}

#[tokio::test]
async fn a_document_that_moves_takes_its_files_nowhere() {
    let town = Town::found().await;
    shown(&town, &["form"]).await;
    town.relocate("enrol", "jyj.xw", Archive::Day).await.unwrap();
    town.settle(1).await;
    assert_eq!(status(&town, PAGE).await, 301);
    assert_eq!(status(&town, &at(4, "form", "pdf")).await, 200);
    let page = object(&town, "jyj/xw/2026/11/23/enrol.html").await.1;
    assert!(page.contains(&at(4, "form", "pdf")["files/".len()..]), "{page}");
    assert_eq!(town.differences(1).await, []);
}

#[tokio::test]
async fn files_and_pages_come_back_byte_for_byte_and_templates_leave_files_alone() {
    let town = Town::found().await;
    shown(&town, &["form", "map"]).await;
    shown(&town, &["map"]).await;
    let before = town.pages().await;
    assert_eq!(town.rebuild(1).await.written, 0);
    assert_eq!(town.pages().await, before);
    let objects = town.projector(1).worker().objects().clone();
    let files = async || objects.list("files/").await.unwrap();
    let tags = files().await;
    // New templates: every page is written anew, no file.
    assert!(town.rebuild(2).await.written > 0);
    assert_eq!(files().await, tags);
    assert_eq!(town.differences(2).await, []);
    for (key, _) in tags {
        assert_eq!(objects.get(&key).await.unwrap().unwrap().object.generation, 1, "{key}");
    }
}

#[tokio::test]
async fn a_picture_stands_in_the_text_in_every_size() {
    let town = Town::found().await;
    let put = async |bytes: &str| town.app.ledger.put_body(bytes.as_bytes(), "image/png").await.unwrap();
    let smaller = vec![Rendition { hash: put("small").await, width: 480, height: 320 }];
    let picture = Some(Picture { width: 960, height: 640, smaller });
    let file = StoredFile { hash: put("large").await, kind: FileKind::Png, bytes: 5, picture };
    let html = format!("<p><img src=\"/_files/{}\" alt=\"校园\"></p>", file.hash);
    let body = town.app.ledger.put_body(html.as_bytes(), "text/html; charset=utf-8").await.unwrap();
    let attachments = vec![Town::attachment("校园", file)];
    let content = Content { body, attachments, ..town.content("开放日").await };
    town.draft("enrol", COLUMN, "开放日").await.unwrap();
    town.on_document(&Town::document("enrol"), "editor", |state: &Document, context| {
        domain::document::revise(state, content.clone(), context)
    })
    .await
    .unwrap();
    town.review("enrol").await.unwrap();
    town.publish("enrol", Archive::Month).await.unwrap();
    town.settle(1).await;
    for (bytes, key) in ["large", "small"].map(|bytes| (bytes, at(5, bytes, "png"))) {
        assert_eq!(object(&town, &key).await, (200, bytes.to_owned()));
        assert_eq!(town.projector(1).worker().objects().get(&key).await.unwrap().unwrap().object.disposition, None);
    }
    let page = object(&town, PAGE).await.1;
    let url = |bytes| at(5, bytes, "png").replacen("files/", "http://files.localhost:8080/", 1);
    let set = format!("srcset=\"{} 960w, {} 480w\"", url("large"), url("small"));
    assert!(page.contains(&format!("<img src=\"{}\" loading=\"lazy\" {set}", url("large"))), "{page}");
    assert!(page.contains("width=\"960\" height=\"640\" alt=\"校园\"") && !page.contains("<h2>附件</h2>"), "{page}");
    assert_eq!(town.differences(1).await, []);
}
