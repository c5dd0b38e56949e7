//! A citizen is told by a file, as long as nobody but the outbox itself decides what is sent: not a rebuild, not a second start.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use http::StatusCode;
use serde_json::{Value, json};

use crate::taihu::{Taihu, found, run, settled};

/// Reports an error on the portal as somebody who leaves a mailbox.
async fn report(taihu: &Taihu) {
    let page = taihu.get("/form/letter/correction").await;
    assert_eq!(page.status(), StatusCode::OK, "{}", page.body());
    let token = page.body().split("name=\"_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let fields = [
        ("_token", token),
        ("_at", "check"),
        ("_go", "send"),
        ("mistake", "content"),
        ("page", "/tzgg/"),
        ("text-place", "日期写错了"),
        ("right", "11月25日"),
        ("name", "王小明"),
        ("email", "wang.xm@example.cn"),
    ];
    let answer = taihu.form("/form/letter/correction", &fields).await;
    assert_eq!(answer.status(), StatusCode::OK, "{}", answer.body());
}

/// The messages that lie in the folder, once there are `number`.
fn written(data: &Path, number: usize) -> Vec<(String, Value)> {
    let started = Instant::now();
    loop {
        let entries = fs::read_dir(data.join("outbox")).map(Iterator::collect::<Vec<_>>).unwrap_or_default();
        let mut files: Vec<_> = entries.into_iter().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
        if files.len() >= number {
            let read = |file: &Path| (file.display().to_string(), fs::read_to_string(file).unwrap());
            let texts = files.iter().map(|file| read(file));
            let mut messages: Vec<(String, Value)> =
                texts.map(|(name, text)| (name, serde_json::from_str(&text).unwrap())).collect();
            messages.sort_by(|one, other| one.0.cmp(&other.0));
            return messages;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{} messages, not {number}", files.len());
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn outbox_of_doctor(data: &Path) -> Value {
    let (_, out, _) = run(data, &["doctor", "--json"]);
    let findings: Value = serde_json::from_str(&out).unwrap();
    findings.as_array().unwrap().iter().find(|finding| finding["what"] == "outbox").unwrap().clone()
}

#[tokio::test]
async fn a_message_is_written_once_and_a_rebuild_and_a_second_start_write_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let taihu = Taihu::serve(&data, &["--empty"]);
    found(&taihu).await;
    report(&taihu).await;
    let told = written(&data, 1);
    let message = &told[0].1;
    assert_eq!(
        (&message["rule"], &message["recipient"], &message["medium"]),
        (&json!("received"), &json!("citizen"), &json!("email"))
    );
    assert!(message["letter"].as_str().unwrap().contains("澄湖市人民政府"), "{message}");
    assert!(!message.to_string().contains("wang") && !message.to_string().contains("王小明"), "{message}");
    let (status, listed) = taihu.send("GET", "/api/react/messages?state=sent", "supervisor", None).await;
    assert_eq!(status, StatusCode::OK, "{listed}");
    assert!(listed.contains(message["id"].as_str().unwrap()), "{listed}");
    let doctor = outbox_of_doctor(&data);
    assert_eq!((&doctor["health"], &doctor["detail"]), (&json!("ok"), &json!("no message is dead")));

    settled(&data);
    let (code, out, said) = run(&data, &["rebuild", "--json"]);
    assert_eq!(code, Some(0), "{out}{said}");
    taihu.kill("-TERM");
    assert_eq!(taihu.wait(), Some(0));
    let again = Taihu::serve(&data, &["--empty"]);
    report(&again).await;
    let both = written(&data, 2);
    assert!(both.contains(&told[0]), "the first as it was");
    std::thread::sleep(Duration::from_secs(6));
    assert_eq!(written(&data, 2).len(), 2, "a report is a message, and nothing else is");
}

#[tokio::test]
async fn a_message_that_cannot_be_written_waits_and_is_no_dead_letter_yet() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let taihu = Taihu::serve(&data, &["--empty"]);
    found(&taihu).await;
    // Nothing can be written there: every attempt fails, and the message waits.
    fs::write(data.join("outbox"), "in the way").unwrap();
    report(&taihu).await;
    let started = Instant::now();
    loop {
        let (status, waiting) = taihu.send("GET", "/api/react/messages?state=pending", "supervisor", None).await;
        assert_eq!(status, StatusCode::OK, "{waiting}");
        if waiting.contains("\"reason\":\"folder\"") {
            break;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{waiting}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert_eq!(outbox_of_doctor(&data)["health"], "ok", "it waits, and is not dead");
}
