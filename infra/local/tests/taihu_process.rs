//! The binary itself: one process, two processes, signals, exit codes, the sample city.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test helper that fails has to end its test"
)]

#[path = "taihu_process/aws.rs"]
mod aws;
#[path = "taihu_process/canary.rs"]
mod canary;
#[path = "taihu_process/import.rs"]
mod import;
#[path = "taihu_process/killed.rs"]
mod killed;
#[path = "taihu_process/lambda_watch.rs"]
mod lambda_watch;
#[path = "taihu_process/messages.rs"]
mod messages;
#[path = "taihu_process/taihu.rs"]
mod taihu;
#[path = "taihu_process/twins.rs"]
mod twins;

use std::{
    fs,
    io::Read,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use http::StatusCode;
use serde_json::{Value, json};

use local::{
    cloud::{
        Place,
        objects::{Condition, ObjectStore},
        tables,
    },
    serve::schedule::EVERY,
};

use taihu::{Taihu, command, department, found, run, settled, until};

#[tokio::test]
async fn a_second_process_is_asked_or_refused_and_a_signal_ends_the_first_politely() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let taihu = Taihu::serve(&data, &["--empty"]);
    let (status, body) = taihu.send("POST", "/api/publish/departments", "registrar", Some(department())).await;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    let (status, _) = taihu.send("GET", "/api/publish/departments/zfb", "auditor", None).await;
    assert_eq!(status, StatusCode::OK);

    let (code, _, told) = run(&data, &["serve", "--port", "0"]);
    assert_eq!(code, Some(3), "{told}");
    assert!(told.contains("already served"), "{told}");
    settled(&data);
    for task in ["verify", "rebuild"] {
        let (code, out, told) = run(&data, &[task, "--json"]);
        assert_eq!(code, Some(0), "{task}: {out}{told}");
        let out: Value = serde_json::from_str(&out).unwrap();
        // The administrator, a person of each of the nine roles, the department.
        assert_eq!((&out["verdict"], &out["report"]["commits"]), (&json!("fine"), &json!(11)), "{task}");
    }
    let (code, token, _) = run(&data, &["token", "--role", "editor", "--department", "jyj", "--sub", "zhang.wei"]);
    assert_eq!((code, token.trim().split('.').count()), (Some(0), 3));

    taihu.kill("-TERM");
    assert_eq!(taihu.wait(), Some(0));
    let (code, out, told) = run(&data, &["verify"]);
    assert_eq!(code, Some(0), "{out}{told}");
    let (code, out, told) = run(&data, &["rebuild", "--park"]);
    assert_eq!(code, Some(0), "{out}{told}");
}

/// A new key file would open nothing of what was sealed with the old one.
#[tokio::test]
async fn a_folder_whose_key_file_is_gone_is_refused_until_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let keys = data.join("keys/vault.json");
    let untouched = Taihu::serve(&data, &["--empty"]);
    // Whoever is answered is served by a process that knows how to stop.
    untouched.get("/").await;
    untouched.kill("-TERM");
    assert_eq!(untouched.wait(), Some(0));
    // Nothing was ever sealed: a new one is as good.
    fs::remove_file(&keys).unwrap();
    let taihu = Taihu::serve(&data, &["--empty"]);
    // Whoever asks for a form has its tokens signed with a key of the vault.
    taihu.get("/form/letter/correction").await;
    taihu.kill("-TERM");
    assert_eq!(taihu.wait(), Some(0));

    let aside = folder.path().join("aside.json");
    fs::rename(&keys, &aside).unwrap();
    let (code, _, told) = run(&data, &["serve", "--port", "0"]);
    assert_eq!((code, told.contains("vault.json` is gone")), (Some(6), true), "{told}");
    assert!(!keys.exists());
    fs::rename(&aside, &keys).unwrap();
    let (code, out, told) = run(&data, &["verify"]);
    assert_eq!(code, Some(0), "{out}{told}");
}

/// Whoever is to hold a token is enrolled on the way; a role that was revoked is not granted again behind the administrator's back.
#[tokio::test]
async fn a_token_is_good_at_once_whether_or_not_a_process_serves_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let taihu = Taihu::serve(&data, &["--empty"]);
    let token = |arguments: &[&str]| {
        let mut all = vec!["token", "--json"];
        all.extend(arguments);
        let (code, out, told) = run(&data, &all);
        assert_eq!(code, Some(0), "{out}{told}");
        let out: Value = serde_json::from_str(&out).unwrap();
        (out["token"].as_str().unwrap().to_owned(), out["ready"].as_bool().unwrap(), told)
    };
    let both = ["--role", "editor,reviewer", "--department", "jyj", "--sub", "zhang.wei"];
    let one = ["--role", "auditor", "--department", "jyj", "--sub", "li.na"];
    let (_, ready, told) = token(&one);
    assert!(ready && told.contains("there is no department `jyj` yet"), "{told}");
    let (_, ready, told) = token(&["--role", "editor,auditor", "--department", "jyj", "--sub", "li.na"]);
    assert!(ready, "a role more for somebody who is known: {told}");
    let (zhang, ready, _) = token(&both);
    assert!(ready);
    let (status, me) = taihu.send_as(&zhang, "GET", "/api/publish/staff/me", None, None).await;
    assert_eq!(status, StatusCode::OK, "{me}");
    let me: Value = serde_json::from_str(&me).unwrap();
    assert_eq!((&me["person"]["subject"], me["person"]["roles"].as_array().unwrap().len()), (&json!("zhang.wei"), 2));

    let administrator = taihu.ready["tokens"]["administrator"].as_str().unwrap();
    let revoke = format!("/api/publish/staff/{}/revoke", me["person"]["id"].as_str().unwrap());
    let body = json!({ "assignment": { "role": "editor", "department": "jyj" }, "reason": "调离" });
    let (status, told) = taihu.send_as(administrator, "POST", &revoke, Some(1), Some(body)).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let (_, ready, told) = token(&both);
    assert!(!ready && told.contains("revoked"), "{told}");
    let (guest, ready, _) = token(&["--role", "editor", "--department", "jyj", "--sites", "www"]);
    assert!(ready);
    let (status, me) = taihu.send_as(&guest, "GET", "/api/publish/staff/me", None, None).await;
    assert!(status == StatusCode::OK && me.contains("jyj.editor@www"), "{me}");

    taihu.kill("-TERM");
    assert_eq!(taihu.wait(), Some(0));
    let (late, ready, _) = token(&["--role", "auditor", "--department", "czj"]);
    assert!(ready);
    let taihu = Taihu::serve(&data, &["--empty"]);
    let (status, me) = taihu.send_as(&late, "GET", "/api/publish/staff/me", None, None).await;
    assert!(status == StatusCode::OK && me.contains("czj.auditor"), "{me}");
}

#[tokio::test]
async fn a_page_somebody_changed_is_named_by_verify_and_mended_by_rebuild_process() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let taihu = Taihu::serve(&data, &["--empty"]);
    found(&taihu).await;
    until(&taihu, "/", StatusCode::OK).await;
    settled(&data);
    taihu.kill("-TERM");
    assert_eq!(taihu.wait(), Some(0));

    let objects = ObjectStore::open(&Place::Folder(data.clone())).unwrap();
    let home = objects.get(tables::PAGES, "www/index.html").await.unwrap().unwrap();
    let forged = String::from_utf8(home.bytes.to_vec()).unwrap().replace("澄湖市人民政府", "某某市人民政府");
    let standing = Condition::Match(home.meta.etag);
    objects.put(tables::PAGES, "www/index.html", forged.into(), home.meta.headers, standing).await.unwrap();
    drop(objects);

    let (code, out, told) = run(&data, &["verify"]);
    assert_eq!(code, Some(5), "{out}{told}");
    assert!(out.contains("www/index.html"), "{out}");
    assert_eq!(run(&data, &["rebuild"]).0, Some(0));
    let (code, out, told) = run(&data, &["verify"]);
    assert_eq!(code, Some(0), "{out}{told}");
}

#[tokio::test]
async fn a_process_that_verifies_pages_of_other_addresses_says_so_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let taihu = Taihu::serve(&data, &["--empty"]);
    found(&taihu).await;
    until(&taihu, "/", StatusCode::OK).await;
    settled(&data);
    taihu.kill("-TERM");
    assert_eq!(taihu.wait(), Some(0));
    let file = data.join("served.json");
    let served = fs::read_to_string(&file).unwrap();
    let address: Value = serde_json::from_str(&served).unwrap();
    let port = address["door"].as_str().unwrap().rsplit(':').next().unwrap().to_owned();
    for _ in 0..2 {
        fs::write(&file, served.replace(&port, "59999")).unwrap();
        let (code, out, told) = run(&data, &["verify"]);
        assert_eq!(code, Some(4), "{out}{told}");
        assert!(out.contains("other templates or addresses"), "{out}");
        fs::write(&file, &served).unwrap();
        let (code, out, told) = run(&data, &["verify"]);
        assert_eq!(code, Some(0), "{out}{told}");
    }
}

#[test]
fn every_failure_of_a_process_has_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let none = folder.path().join("none");
    for arguments in [&["verify"][..], &["rebuild"], &["token", "--role", "editor", "--department", "jyj"]] {
        let (code, _, told) = run(&none, arguments);
        assert_eq!(code, Some(6), "{arguments:?}: {told}");
        assert!(told.contains("there is no city"), "{told}");
    }
    assert!(!none.exists(), "asking made a folder");
    assert_eq!(run(&none, &["serve", "--port", "many"]).0, Some(2));
    assert_eq!(run(&none, &["token", "--role", "king", "--department", "jyj"]).0, Some(2));

    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, _, told) = run(&none, &["serve", "--port", &port]);
    assert_eq!(code, Some(7), "{told}");
    assert!(told.contains("--port"), "{told}");
    assert_eq!(run(&none, &["doctor", "--port", &port, "--json"]).0, Some(8));

    let damaged = folder.path().join("damaged");
    fs::create_dir(&damaged).unwrap();
    fs::write(damaged.join("dynamo.sqlite"), "this is no database, and long enough to be looked at as one").unwrap();
    let (code, _, told) = run(&damaged, &["serve", "--port", "0"]);
    assert_eq!(code, Some(6), "{told}");
    let (code, found, _) = run(&damaged, &["doctor", "--json"]);
    assert_eq!(code, Some(8));
    let found: Value = serde_json::from_str(&found).unwrap();
    assert!(
        found.as_array().unwrap().iter().any(|one| one["what"] == "dynamo.sqlite" && one["health"] == "fail"),
        "{found}"
    );
}

/// Waits until the sample says it is filled, or the process is gone.
fn until_filled(taihu: &mut Taihu, data: &Path) {
    let started = Instant::now();
    loop {
        let memory = fs::read_to_string(data.join("sample.json")).unwrap_or_default();
        if memory.contains("\"filled\":true") {
            return;
        }
        assert!(taihu.child.try_wait().unwrap().is_none(), "the process ended before the city was filled");
        assert!(started.elapsed() < Duration::from_secs(240), "not filled in time");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Commits of the city, once its schedules have settled what fell due when its past was over: no more came in two of their rounds.
fn commits(data: &Path) -> u64 {
    let count = || settled(data)["report"]["commits"].as_u64().unwrap();
    let mut last = count();
    loop {
        std::thread::sleep(2 * EVERY + Duration::from_secs(1));
        match count() {
            same if same == last => return same,
            more => last = more,
        }
    }
}

#[tokio::test]
async fn a_killed_filling_goes_on_and_a_second_one_adds_nothing_process() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let taihu = Taihu::serve(&data, &[]);
    std::thread::sleep(Duration::from_secs(5));
    taihu.kill("-KILL");
    assert_eq!(taihu.wait(), None, "killed");

    let mut taihu = Taihu::serve(&data, &[]);
    until_filled(&mut taihu, &data);
    let first = commits(&data);
    assert!(first > 450, "{first}");
    let (status, home) = taihu.send("GET", "/", "editor", None).await;
    assert!(status == StatusCode::OK && home.contains("澄湖"), "{home}");
    let (status, gone) = taihu.send("GET", "/sitemap.xml", "editor", None).await;
    assert!(status == StatusCode::OK && gone.contains("<?xml"), "{gone}");
    drop(taihu);

    let file = data.join("sample.json");
    let memory = fs::read_to_string(&file).unwrap().replace("\"filled\":true", "\"filled\":false");
    fs::write(&file, memory).unwrap();
    let mut taihu = Taihu::serve(&data, &[]);
    until_filled(&mut taihu, &data);
    assert_eq!(commits(&data), first);
}

#[test]
fn nothing_but_data_stands_on_stdout_of_a_process() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(&folder.path().join("city"), &["serve", "--port", "0", "--json", "--empty"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_secs(2));
    let _sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let (mut out, mut told) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(serde_json::from_str::<Value>(&out).is_ok() && told.contains("stopping"), "{told}");
}
