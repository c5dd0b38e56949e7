//! One canary through everything: what citizens and staff wrote in two cases stands nowhere that anybody reads without a key, before and after it is erased.
//!
//! What lies there as ciphertext is opened by nobody any more, not with the master key in hand: its wraps are gone from the disk.

#[path = "canary/city.rs"]
mod city;
#[path = "canary/looking.rs"]
mod looking;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::StreamId;
use http::StatusCode;
use ledger::{Ledger, LedgerConfig, SystemClock};
use local::cloud::{Cloud, Place, dynamo::Doorbells, tables};
use serde_json::{Value, json};
use vault::{Root, Vault, VaultConfig, VaultError};

use crate::taihu::{Taihu, found, run, settled, until};

use city::{APPLICATION, Case, MARK, PHONE, REPORT, UNSEEN};
use looking::{Looked, clients, closed, files, holding, stores};

/// All that was planted, with the codes of both cases: these stand nowhere at all.
fn planted(cases: [&Case; 2]) -> Vec<String> {
    let codes = cases.map(|case| case.code.clone());
    let bare = codes.clone().map(|code| code.replace('-', ""));
    let texts = REPORT.iter().chain(&APPLICATION).map(|(_, text)| text).chain(&UNSEEN);
    texts.map(|text| (*text).to_owned()).chain(codes).chain(bare).collect()
}

fn nowhere(places: &[Looked], planted: &[String], when: &str) {
    for canary in planted {
        assert_eq!(holding(places, canary.as_bytes()), Vec::<&str>::new(), "{canary}, {when}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_in_two_cases_is_found_nowhere_before_and_after_they_are_erased() {
    let (folder, logs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let data = folder.path().join("city");
    let taihu = Taihu::logged(&data, &["--empty"], logs.path());
    found(&taihu).await;
    until(&taihu, "/form/letter/correction", StatusCode::OK).await;
    city::publish(&taihu).await;

    let report = city::report(&taihu).await;
    let application = city::application(&taihu).await;
    let planted = planted([&report, &application]);
    told(&data);
    settled(&data);
    let stores_of = clients(&taihu.ready).await;
    let mut ever = Vec::new();
    for case in [&report, &application] {
        ever.extend(closed(&stores_of, &case.stream).await);
    }
    assert!(ever.len() >= 4, "an identity and a wrap of each");
    let statistics = taihu.get("/tongji/index.json").await.into_body();
    let mut kept = stores(&stores_of).await;
    kept.extend(files(folder.path()).into_iter().chain(files(logs.path())));
    nowhere(&kept, &planted, "while both are kept");
    let marked = holding(&kept, MARK.as_bytes());
    for place in ["ledger: ", "index: ", "pages: ", "bodies: "] {
        assert!(marked.iter().any(|found| found.starts_with(place)), "what is public is found in {place}{marked:?}");
    }
    for closed in &ever {
        assert!(!holding(&kept, closed).is_empty(), "what is looked for is found while it is there");
    }

    erased(&taihu, &report, &application).await;
    settled(&data);
    assert_eq!(taihu.get("/tongji/index.json").await.into_body(), statistics, "statistics have nothing of a person");
    let (code, out, told) = run(&data, &["rebuild", "--json"]);
    assert_eq!(code, Some(0), "{out}{told}");
    settled(&data);
    assert_eq!(taihu.get("/tongji/index.json").await.into_body(), statistics, "made again they are the same");
    let left = stores(&stores_of).await;
    for (case, door) in [(&report, "letter"), (&application, "disclosure")] {
        let page = case.page(&taihu, door).await;
        assert!(page.contains("个人信息的密钥已销毁"), "{page}");
        assert_eq!(planted.iter().find(|canary| page.contains(*canary)), None, "{page}");
    }
    for canary in REPORT.iter().chain(&APPLICATION).map(|(_, canary)| canary) {
        let query: String = form_urlencoded::byte_serialize(canary.as_bytes()).collect();
        let hits: Value = city::read(&taihu, &format!("/api/query/documents?q=%22{query}%22")).await;
        assert_eq!(hits["total"], 0, "{canary}");
    }
    taihu.kill("-TERM");
    assert_eq!(taihu.wait(), Some(0));

    nowhere(&left, &planted, "in the stores of who has them");
    let raw: Vec<Looked> = files(folder.path()).into_iter().chain(files(logs.path())).collect();
    // What was searched for a moment ago stands in no file either: it is counted, and kept by nobody.
    nowhere(&raw, &planted, "on the disk");
    for closed in &ever {
        assert_eq!(holding(&raw, closed), Vec::<&str>::new(), "the master key would open it");
    }
    with_the_master_key(&data, [&report, &application]).await;
    let (code, out, told) = run(&data, &["verify"]);
    assert_eq!(code, Some(0), "{out}{told}");
}

/// Waits until a citizen was told something, by a file.
fn told(data: &Path) {
    let started = Instant::now();
    let is_letter = |name: &str| name.ends_with(".json");
    while !data.join("outbox").is_dir() || !files(&data.join("outbox")).iter().any(|file| is_letter(&file.place)) {
        assert!(started.elapsed() < Duration::from_secs(60), "nobody was told");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Erases the report by itself, and the application as one of its person's; waits until nothing of their keys is left.
async fn erased(taihu: &Taihu, report: &Case, application: &Case) {
    report.done(taihu, "supervisor", "erase", json!({ "reason": "本人要求" })).await;
    let person = json!({ "phone": PHONE, "reason": "本人到窗口提出" });
    let (status, told) = taihu.send("POST", "/api/letter/people/erase", "supervisor", Some(person)).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["erased"], 1, "the report was erased before: {told}");
    let started = Instant::now();
    for (case, door) in [(report, "letter"), (application, "disclosure")] {
        while !case.page(taihu, door).await.contains("个人信息的密钥已销毁") {
            assert!(started.elapsed() < Duration::from_secs(120), "an erasure is not completed");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
}

/// Whoever has the folder and its master key opens nothing: the keys of the cases are gone, and it is known since when.
async fn with_the_master_key(data: &Path, cases: [&Case; 2]) {
    let cloud = Cloud::start(&Place::Folder(data.to_owned()), Doorbells::none()).await.unwrap();
    let ready = json!({ "dynamodb": cloud.dynamo_url, "s3": cloud.s3_url });
    let stores = clients(&ready).await;
    let names = LedgerConfig {
        ledger_table: tables::LEDGER.to_owned(),
        guards_table: tables::GUARDS.to_owned(),
        bodies_bucket: tables::BODIES.to_owned(),
    };
    let ledger = Ledger::new(stores.dynamodb.clone(), stores.s3.clone(), names, Arc::new(SystemClock));
    let config = VaultConfig { keys_table: tables::KEYS.to_owned(), vault_table: tables::VAULT.to_owned() };
    let root = Root::file(&data.join("keys/vault.json")).unwrap();
    let vault = Vault::new(ledger, stores.dynamodb.clone(), config, root);
    for case in cases {
        let stream: StreamId = case.stream.parse().unwrap();
        let key = vault.case_key(&stream, None).await;
        assert!(matches!(key, Err(VaultError::Erased { .. })), "{stream}");
        assert!(vault.ledger().load(&stream).await.unwrap().len() > 3, "its history stays");
    }
    cloud.shutdown().await;
}
