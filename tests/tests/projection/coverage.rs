//! What departments disclose of what the regulation asks for, and the guide: from commands to pages.

use std::collections::BTreeSet;

use domain::{column::Archive, mandatory::Category};
use journeys::tokens::city_registrar;
use serde_json::{Value, json};
use views::PageKey;

use super::town::Town;

const TABLE: &str = "www/gkfg/gkfg.csv";

impl Town {
    async fn page(&self, key: &str) -> String {
        let stored = self.projector(1).worker().objects().get(key).await.unwrap();
        String::from_utf8(stored.unwrap_or_else(|| panic!("no page {key}")).object.bytes).unwrap()
    }

    async fn told(&self, key: &str) -> Value {
        serde_json::from_str(&self.page(key).await).unwrap()
    }

    /// What the page of a department says of a category.
    async fn coverage(&self, department: &str, category: Category) -> Value {
        let page = self.told(&format!("www/gkfg/{department}/index.json")).await;
        let categories = page["categories"].as_array().unwrap().clone();
        categories.into_iter().find(|one| one["category"] == category.code()).unwrap()
    }

    /// How it stands on the page of a department, on that of all, and in the table: the same everywhere.
    async fn covers(&self, department: &str, category: Category) -> String {
        let own = self.coverage(department, category).await["standing"].as_str().unwrap().to_owned();
        let all = self.told("www/gkfg/index.json").await["departments"].as_array().unwrap().clone();
        let of = all.into_iter().find(|one| one["code"] == department).unwrap();
        let stands = of["standings"].as_array().unwrap().iter().find(|one| one["category"] == category.code()).unwrap();
        assert_eq!(stands["standing"], own.as_str(), "{department} {category:?}");
        let chinese = match own.as_str() {
            "covered" => "已公开",
            "lacking" => "缺少",
            _ => "不涉及",
        };
        let table = self.page(TABLE).await;
        let line = table.lines().find(|line| {
            line.starts_with(&format!("{department},")) && line.contains(&format!(",{},", category.code()))
        });
        assert!(line.unwrap().contains(&format!(",{chinese},")), "{line:?}");
        own
    }

    /// That all is as the ledger says, and that a rebuild changes not one byte.
    async fn is_whole(&self) {
        assert_eq!(self.differences(1).await, []);
        let before = self.pages().await;
        assert_eq!(self.rebuild(1).await.written, 0);
        assert_eq!(self.pages().await, before);
    }
}

#[tokio::test]
async fn a_document_covers_what_its_column_discloses_for_its_own_department_until_it_is_withdrawn() {
    let town = Town::found().await;
    town.disclose("www.zwgk.tzgg", &[Category::Regulations, Category::Welfare]).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.covers("jyj", Category::Regulations).await, "lacking");
    let of_owner = town.coverage("zf", Category::Regulations).await;
    assert_eq!(of_owner["columns"][0]["documents"], 0, "a column of one's own that has nothing yet: {of_owner}");

    town.published("a", "www.zwgk.tzgg", Archive::Month).await;
    town.published("b", "www.zwgk.tzgg", Archive::Month).await;
    town.settle(1).await;
    for category in [Category::Regulations, Category::Welfare] {
        assert_eq!(town.covers("jyj", category).await, "covered");
        let told = town.coverage("jyj", category).await;
        assert_eq!((told["documents"].clone(), told["newest"].clone()), (2.into(), "2026-11-23".into()), "{told}");
        assert_eq!(told["columns"][0]["column"]["url"], "http://www.localhost:8080/zwgk/tzgg/");
    }
    assert_eq!(town.covers("jyj", Category::Charges).await, "lacking");
    assert_eq!(
        town.covers("zf", Category::Regulations).await,
        "lacking",
        "the column's department has none of its own"
    );
    town.is_whole().await;

    town.withdraw("a").await.unwrap();
    town.settle(1).await;
    assert_eq!(town.coverage("jyj", Category::Welfare).await["documents"], 1);
    town.relocate("b", "jyj.xw", Archive::Day).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.covers("jyj", Category::Regulations).await, "lacking");
    town.is_whole().await;
}

#[tokio::test]
async fn what_a_column_discloses_may_change_and_its_documents_follow() {
    let town = Town::found().await;
    town.published("a", "jyj.tzgg", Archive::Month).await;
    town.settle(1).await;
    assert_eq!(town.covers("jyj", Category::Plans).await, "lacking");
    town.disclose("jyj.tzgg", &[Category::Plans]).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.covers("jyj", Category::Plans).await, "covered");
    town.disclose("jyj.tzgg", &[Category::Budgets]).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.covers("jyj", Category::Plans).await, "lacking");
    assert_eq!(town.covers("jyj", Category::Budgets).await, "covered");
    town.is_whole().await;
}

#[tokio::test]
async fn a_shared_document_is_counted_where_it_stands() {
    let town = Town::found().await;
    town.disclose("www.zwgk.tzgg", &[Category::Regulations]).await.unwrap();
    town.published("a", "jyj.tzgg", Archive::Month).await;
    town.share("a", "www.zwgk.tzgg", Archive::Month).await.unwrap();
    town.settle(1).await;
    assert_eq!(town.covers("jyj", Category::Regulations).await, "lacking");
    town.is_whole().await;
}

#[tokio::test]
async fn however_many_documents_move_their_batches_write_no_coverage_and_one_sweep_writes_each_page_once() {
    let town = Town::found().await;
    town.disclose("www.zwgk.tzgg", &[Category::Regulations]).await.unwrap();
    town.settle(1).await;
    let worker = town.projector(1).worker().clone();
    for name in ["a", "b", "c"] {
        town.published(name, "www.zwgk.tzgg", Archive::Month).await;
        let report = worker.batch(&BTreeSet::from([Town::document(name).stream()])).await.unwrap();
        let told: Vec<&PageKey> = report.pages.keys().filter(|page| page.path.starts_with("/gkfg/")).collect();
        assert_eq!(told, [] as [&PageKey; 0]);
    }
    let swept = worker.sweep(100).await.unwrap();
    // Of coverage the department's page and that of all, each with its JSON, and the table; of the year two reports, each with JSON and table, and the list of
    // years with its JSON.
    assert_eq!((swept.pages, swept.failed, swept.dirty), (13, 0, 0));
    assert_eq!(town.coverage("jyj", Category::Regulations).await["documents"], 3);
    town.is_whole().await;
}

#[tokio::test]
async fn a_guide_tells_every_department_and_whom_to_turn_to() {
    let town = Town::found().await;
    town.settle(1).await;
    let guide = town.told("www/gkzn/index.json").await;
    let contacts: Vec<&str> =
        guide["contacts"].as_array().unwrap().iter().map(|one| one["department"]["name"].as_str().unwrap()).collect();
    assert_eq!(contacts, ["教育局", "人民政府办公室"]);
    assert_eq!(guide["supervisor"]["department"]["name"], "人民政府办公室");
    assert_eq!((guide["categories"].as_array().unwrap().len(), guide["outcomes"].as_array().unwrap().len()), (15, 7));
    town.change_department("jyj", "教育和体育局").await.unwrap();
    town.settle(1).await;
    for key in ["www/gkzn/index.html", "www/gkfg/index.html", "www/gkfg/jyj/index.html", TABLE] {
        assert!(town.page(key).await.contains("教育和体育局"), "{key}");
    }
    for key in ["www/map.html", "www/gkml/index.html"] {
        let page = town.page(key).await;
        assert!(page.contains("href=\"/gkzn/\"") && page.contains("href=\"/gkfg/\""), "{key}");
    }
    assert!(town.page("www/bm/jyj/index.html").await.contains("href=\"/gkfg/jyj/\""));
    assert!(!town.page("jyj/map.html").await.contains("/gkfg/"), "of the portal alone");
    town.is_whole().await;
}

/// From the API to the pages, and what the API refuses.
#[tokio::test]
async fn a_registrar_says_what_a_column_discloses_and_what_does_not_concern_a_department() {
    let town = Town::of_the_api().await;
    let (app, token) = (&town.app, city_registrar().unwrap());
    let profile = json!({ "profile": { "name": "通知公告", "discloses": ["welfare", "regulations", "welfare"] } });
    let changed = app.put("/columns/jyj.tzgg").bearer(&token).key("c").if_match(1).json(&profile).send().await.unwrap();
    assert_eq!(changed.status, 200, "{}", changed.text());
    let column = app.get("/columns/jyj.tzgg").bearer(&token).send().await.unwrap().json();
    assert_eq!(column["profile"]["discloses"], json!(["regulations", "welfare"]), "in the order of the regulation");
    app.published("jyj", "jyj.tzgg", "a").await.unwrap();

    let say = async |verb: &str, version: u64, body: Value| {
        let category = body["category"].as_str().unwrap();
        let call = app.post(&format!("/departments/jyj/{verb}"));
        let call = call.bearer(&token).key(&format!("{verb}-{version}-{category}"));
        call.if_match(version).json(&body).send().await.unwrap().told()
    };
    let declared = json!({ "category": "charges", "reason": "本部门没有行政事业性收费项目" });
    assert_eq!(say("declare-category", 1, declared.clone()).await.0, 200);
    assert_eq!(say("declare-category", 2, declared.clone()).await, (409, "unchanged".to_owned()));
    let everybodys = json!({ "category": "organisation", "reason": "不涉及" });
    assert_eq!(say("declare-category", 2, everybodys).await, (409, "category-concerns-all".to_owned()));
    let none = json!({ "category": "budgets" });
    assert_eq!(say("withdraw-declaration", 2, none).await, (409, "category-not-declared".to_owned()));
    assert_eq!(say("declare-category", 2, json!({ "category": "secrets", "reason": "不涉及" })).await.0, 422);
    assert_eq!(say("declare-category", 2, json!({ "category": "budgets", "reason": " " })).await.0, 422);
    let editor =
        app.post("/departments/jyj/declare-category").staff("editor", "jyj").key("e").if_match(2).json(&declared);
    assert_eq!(editor.send().await.unwrap().told(), (403, "forbidden".to_owned()));
    let nobody = app.post("/departments/none/declare-category").bearer(&token).key("n").if_match(1).json(&declared);
    assert_eq!(nobody.send().await.unwrap().told().1, "department-not-found");

    let view = app.get("/departments/jyj").staff("editor", "jyj").send().await.unwrap().json();
    let not_concerned = view["not_concerned"].as_array().unwrap();
    assert_eq!((not_concerned.len(), not_concerned[0]["category"].clone()), (1, "charges".into()));
    town.settle(1).await;
    assert_eq!(town.covers("jyj", Category::Charges).await, "not-concerned");
    assert_eq!(town.coverage("jyj", Category::Charges).await["reason"], "本部门没有行政事业性收费项目");
    assert_eq!(town.covers("jyj", Category::Welfare).await, "covered");
    assert_eq!(town.covers("czj", Category::Charges).await, "lacking");

    // A profile that tells all that is asked for covers what the department is.
    assert_eq!(town.covers("jyj", Category::Organisation).await, "lacking");
    let whole = json!({ "profile": { "name": "教育局", "organisation_code": "014006438", "duties": "管理教育。", "address": "学府路18号",
        "telephone": "0598-8213013", "office_hours": "周一至周五", "leaders": ["局长 许知行"] } });
    let put = app.put("/departments/jyj").bearer(&token).key("p").if_match(2).json(&whole).send().await.unwrap();
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(say("withdraw-declaration", 3, json!({ "category": "charges" })).await.0, 200);
    town.settle(1).await;
    assert_eq!(town.covers("jyj", Category::Organisation).await, "covered");
    assert_eq!(town.covers("jyj", Category::Charges).await, "lacking");
    town.is_whole().await;
}

#[tokio::test]
async fn the_guide_names_who_takes_applications_and_what_nobody_registered() {
    let town = Town::of_the_api().await;
    let (app, token) = (&town.app, city_registrar().unwrap());
    town.settle(1).await;
    let contact = async || {
        let guide = town.told("www/gkzn/index.json").await;
        let contacts = guide["contacts"].as_array().unwrap().clone();
        contacts.into_iter().find(|one| one["department"]["url"].as_str().unwrap().ends_with("/bm/jyj/")).unwrap()
    };
    assert_eq!((contact().await["office"].clone(), contact().await["fax"].clone()), (json!(null), json!(null)));
    let office = json!({ "name": "办公室（政务公开科）", "fax": "0598-8213014", "telephone": "0598-8213015" });
    let profile = json!({ "name": "教育局", "organisation_code": "014006438", "address": "学府路18号", "telephone": "0598-8213013",
        "disclosure": office });
    let read = app.get("/departments/jyj").bearer(&token).send().await.unwrap().json();
    let version = read["version"].as_u64().unwrap();
    let put = app.put("/departments/jyj").bearer(&token).key("o").if_match(version);
    let put = put.json(&json!({ "profile": profile })).send().await.unwrap();
    assert_eq!(put.status, 200, "{}", put.text());
    town.settle(1).await;
    let told = contact().await;
    assert_eq!((&told["office"], &told["fax"]), (&json!("办公室（政务公开科）"), &json!("0598-8213014")));
    // What the office does not say is as the department says it, and what neither says is not registered.
    assert_eq!((&told["telephone"], &told["address"]), (&json!("0598-8213015"), &json!("学府路18号")));
    assert_eq!((&told["mailbox"], &told["office_hours"]), (&json!(null), &json!(null)));
    let page = town.page("www/gkzn/index.html").await;
    assert!(page.contains("<td>办公室（政务公开科）</td><td>学府路18号</td><td>未填写</td>"), "{page}");
    town.is_whole().await;
}
