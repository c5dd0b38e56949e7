//! `taihu import documents`: a fresh folder, a served one, a second time, bad rows.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::taihu::{Taihu, at, run, settled};

const MAPPING: &str = r#"
[source]
system = "old-portal"
name = "澄湖市政府旧门户"
key = { field = "id" }
[target]
site = "www"
column = "www.zcwj"
department = "zfb"
[document]
title = { field = "title" }
body = { value = { field = "html" }, form = "html" }
slug = { field = "slug" }
document_number = { field = "number" }
published_on = { field = "page", label = "发布日期", date = "%Y年%m月%d日" }
version_on = { field = "version", date = "%Y-%m-%d" }
[chain]
by = { field = "title" }
undated = "first"
[[create.departments]]
code = "zfb"
profile = { name = "市政府办公室", organisation_code = "014100001", duties = "办文办会。" }
[[create.sites]]
label = "www"
department = "zfb"
[create.sites.profile]
name = "澄湖市人民政府"
identification_code = "3598000001"
sponsor = "市政府办公室"
contact = "电话：0598-8210001"
icp = "澄ICP备00000001号"
[[create.columns]]
column = "www.zcwj"
department = "zfb"
kind = "policies"
profile = { name = "政策文件", position = 1, prominence = "both" }
"#;

fn rows() -> Vec<Value> {
    let page = "<table><tr><td><b>发布日期：</b></td><td>2012年06月01日</td></tr></table>";
    vec![
        json!({ "id": 1, "title": "关于防汛的通知", "slug": "fangxun", "html": "<div style='x'><span>各单位：</span></div>",
            "number": "澄府令第12号", "page": page }),
        json!({ "id": 2, "title": "供水办法", "slug": "old", "html": "<p>旧。</p>" }),
        json!({ "id": 3, "title": "供水办法", "slug": "new", "html": "<p>新。</p>", "version": "2014-05-08" }),
    ]
}

fn write(folder: &Path, rows: &[Value]) -> [String; 7] {
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let (file, mapping) = (folder.join("rows.jsonl"), folder.join("mapping.toml"));
    fs::write(&file, text).unwrap();
    fs::write(&mapping, MAPPING).unwrap();
    let rejects = folder.join("rejects.jsonl");
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    [
        "import".to_owned(),
        "documents".to_owned(),
        path(&file),
        "--mapping".to_owned(),
        path(&mapping),
        "--rejects".to_owned(),
        path(&rejects),
    ]
}

/// Runs an import; its exit code and report.
fn import(data: &Path, arguments: &[String], further: &[&str]) -> (Option<i32>, Value) {
    let all: Vec<&str> =
        arguments.iter().map(String::as_str).chain(["--json"]).chain(further.iter().copied()).collect();
    let (code, out, told) = run(data, &all);
    (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{code:?} {out}{told}")))
}

#[tokio::test]
async fn a_fresh_folder_becomes_a_city_and_the_same_import_again_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let arguments = write(folder.path(), &rows());
    let (code, dry) = import(&data, &arguments, &["--dry-run"]);
    assert_eq!((code, &dry["imported"], &dry["dry_run"]), (Some(0), &json!(3), &json!(true)));
    assert!(!data.exists(), "a dry run makes no city");

    let (code, report) = import(&data, &arguments, &["--port", "0"]);
    assert_eq!((code, &report["imported"], &report["links"]), (Some(0), &json!(3), &json!(1)), "{report}");
    assert_eq!(report["created"], json!(["zfb", "www", "www.zcwj"]));
    let (code, verified, told) = run(&data, &["verify", "--json"]);
    assert_eq!(code, Some(0), "{verified}{told}");
    let commits = |verified: &str| serde_json::from_str::<Value>(verified).unwrap()["report"]["commits"].clone();

    let (code, again) = import(&data, &arguments, &[]);
    assert_eq!((code, &again["imported"], &again["unchanged"]), (Some(0), &json!(0), &json!(3)), "{again}");
    assert_eq!(again["created"], json!([]));
    let (_, verified_again, _) = run(&data, &["verify", "--json"]);
    assert_eq!(commits(&verified_again), commits(&verified));
}

#[tokio::test]
async fn bad_rows_are_told_of_and_the_good_ones_stand_on_their_pages() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let mut rows = rows();
    rows.insert(1, json!({ "id": 9, "title": "没有正文", "html": " " }));
    rows.push(json!({ "id": 10, "title": "日期在将来", "html": "<p>文</p>", "version": "2999-01-01" }));
    let arguments = write(folder.path(), &rows);
    let taihu = Taihu::serve(&data, &["--empty"]);
    let (code, report) = import(&data, &arguments, &[]);
    assert_eq!((code, &report["imported"]), (Some(9), &json!(3)), "{report}");
    let rejects = fs::read_to_string(folder.path().join("rejects.jsonl")).unwrap();
    let rejects: Vec<Value> = rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((rejects.len(), &rejects[0]["line"], &rejects[1]["line"]), (2, &json!(2), &json!(5)));
    assert_eq!(rejects[0]["reason"], "it has no text");
    assert!(rejects[1]["reason"].as_str().unwrap().starts_with("date-implausible"), "{rejects:?}");

    let (_, page) = taihu.send("GET", "/zcwj/2012/06/01/fangxun.html", "auditor", None).await;
    assert!(page.contains("<p>各单位：</p>") && page.contains("澄府令第12号") && page.contains("2012-06-01"), "{page}");
    let (_, old) = taihu.send("GET", "/zcwj/0000/00/00/old.html", "auditor", None).await;
    assert!(old.contains("本版本已被修订") && old.contains("href=\"/zcwj/2014/05/08/new.html\""), "{old}");
    settled(&data);

    rows[0]["title"] = json!("关于防汛的紧急通知");
    let (code, report) = import(&data, &write(folder.path(), &rows[..1]), &[]);
    assert_eq!((code, &report["imported"], &report["unchanged"]), (Some(9), &json!(0), &json!(0)));
    assert!(report["rejects"][0]["reason"].as_str().unwrap().starts_with("migrated-otherwise"), "{report}");
}

/// Runs an import into the city behind `taihu`'s portal, as somebody who knows its address and has a token.
fn import_elsewhere(taihu: &Taihu, arguments: &[String], token: &str) -> (Option<i32>, String, String) {
    let portal = taihu.ready["portal"].as_str().unwrap();
    at(&arguments.iter().map(String::as_str).chain(["--json", "--url", portal, "--token", token]).collect::<Vec<_>>())
}

#[tokio::test]
async fn a_city_elsewhere_takes_records_by_its_address_and_a_token_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let arguments = write(folder.path(), &rows());
    let taihu = Taihu::serve(&data, &["--empty"]);
    let token = |roles: &str| {
        let (code, token, told) = run(&data, &["token", "--department", "zfb", "--city", "--role", roles]);
        assert_eq!(code, Some(0), "{told}");
        token.trim().to_owned()
    };

    let (code, _, told) = import_elsewhere(&taihu, &arguments, "nobody");
    assert!(code == Some(1) && told.contains("401"), "{code:?} {told}");
    let (code, _, told) = import_elsewhere(&taihu, &arguments, &token("editor"));
    assert!(code == Some(1) && told.contains("403"), "{code:?} {told}");
    assert_eq!(taihu.get("/zcwj/").await.status(), 404, "who may not, brings nothing in");

    let migrator = token("registrar,migrator");
    let (code, out, told) = import_elsewhere(&taihu, &arguments, &migrator);
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{code:?} {out}{told}"));
    assert_eq!((code, &report["imported"], &report["links"]), (Some(0), &json!(3), &json!(1)), "{report}");
    let (_, page) = taihu.send("GET", "/zcwj/2014/05/08/new.html", "auditor", None).await;
    assert!(page.contains("<p>新。</p>"), "{page}");

    let (code, out, told) = import_elsewhere(&taihu, &arguments, &migrator);
    let again: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{code:?} {out}{told}"));
    assert_eq!((code, &again["imported"], &again["unchanged"]), (Some(0), &json!(0), &json!(3)), "{again}");
    settled(&data);
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let mut arguments = write(folder.path(), &rows());
    fs::write(folder.path().join("mapping.toml"), "[source]\nnonsense = 1\n").unwrap();
    let refs: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (code, _, told) = run(&data, &refs);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("mapping cannot be read") && !data.exists(), "{told}");
    arguments[2] = folder.path().join("nothing.jsonl").to_str().unwrap().to_owned();
    fs::write(folder.path().join("mapping.toml"), MAPPING).unwrap();
    let refs: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (code, _, told) = run(&data, &refs);
    assert!(code == Some(1) && told.contains("cannot read"), "{told}");
}
