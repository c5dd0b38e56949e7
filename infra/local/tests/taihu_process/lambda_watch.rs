//! The functions outside the process, compiled and invoked by cargo-lambda as the README tells.
//!
//! Needs the program that the variable `CARGO_LAMBDA` names: `cargo xtask test --only lambda` installs it.

use std::{
    fs::{self, File},
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use http::StatusCode;
use serde_json::{Value, json};

use crate::taihu::{Asked, Taihu, found, live_path, settled, until};

/// How long the functions may take to be compiled.
const COMPILED: Duration = Duration::from_secs(280);
/// How long a scheduled function may take to be asked: its turn, and a start of each before it.
const SCHEDULED: Duration = Duration::from_secs(60);

/// `cargo lambda watch` with all it started; ended with the value.
struct Watch {
    child: Child,
    log: PathBuf,
}

impl Watch {
    fn start(port: &str, environment: &Path, log: PathBuf) -> Self {
        let written = File::create(&log).unwrap();
        let mut command =
            cargo_lambda(&["watch", "--invoke-address", "127.0.0.1", "--invoke-port", port, "--env-file"]);
        command.arg(environment).stdin(Stdio::null()).stdout(written.try_clone().unwrap()).stderr(written);
        Self { child: command.process_group(0).spawn().unwrap(), log }
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _sent = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _status = self.child.wait();
    }
}

fn cargo_lambda(arguments: &[&str]) -> Command {
    let program =
        std::env::var_os("CARGO_LAMBDA").unwrap_or_else(|| panic!("the variable CARGO_LAMBDA names no program"));
    let mut command = Command::new(program);
    command.arg("lambda").args(arguments).current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    command
}

#[tokio::test]
#[ignore = "needs cargo-lambda: cargo xtask test --only lambda"]
async fn a_document_lives_its_life_through_functions_that_cargo_lambda_serves() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let taihu = Taihu::serve(&data, &["--empty", "--lambda", &format!("http://127.0.0.1:{port}")]);
    let watch = Watch::start(&port, &data.join("functions.env"), folder.path().join("watch.log"));
    let started = Instant::now();
    while taihu.send("GET", "/api/publish/health", "auditor", None).await.0 != StatusCode::OK {
        assert!(started.elapsed() < COMPILED, "the functions do not come up:\n{}", watch.log());
        tokio::time::sleep(Duration::from_millis(500)).await;
    }

    found(&taihu).await;
    let draft = json!({"column": "www.tzgg", "content": {"title": "关于停水的通知", "body_html": "<p>今晚停水。</p>"}});
    let (status, drafted) = taihu.send("POST", "/api/publish/documents", "editor", Some(draft)).await;
    assert_eq!(status, StatusCode::CREATED, "{drafted}");
    let id = field(&drafted, "id");
    let submitted = step(&taihu, &id, "submit", "editor", 1, json!({})).await;
    step(&taihu, &id, "approve", "reviewer", 2, json!({"revision": field(&submitted, "revision")})).await;
    step(&taihu, &id, "publish", "publisher", 3, json!({"slug": "tingshui"})).await;
    let (status, document) = taihu.send("GET", &format!("/api/publish/documents/{id}"), "auditor", None).await;
    assert_eq!(status, StatusCode::OK, "{document}");
    let path = live_path(&document);
    let page = until(&taihu, &path, StatusCode::OK).await;
    assert!(page.contains("今晚停水"), "{page}");
    step(&taihu, &id, "withdraw", "publisher", 4, json!({"reason": "已恢复供水"})).await;
    let gone = until(&taihu, &path, StatusCode::GONE).await;
    assert!(gone.contains("已恢复供水"), "{gone}");
    assert_eq!(settled(&data)["verdict"], "fine");
    for function in ["publish", "project", "clock", "timetable", "react"] {
        // What is scheduled comes by every few seconds, one after the other.
        let asked = Instant::now();
        while !watch.log().contains(&format!("function=\"{function}\"")) {
            assert!(asked.elapsed() < SCHEDULED, "{function} was not asked:\n{}", watch.log());
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    let health = cargo_lambda(&["invoke", "publish", "--invoke-address", "127.0.0.1", "--invoke-port", &port])
        .args(["--data-file", "events/lambda/publish-health.json"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&health.stdout).into_owned();
    let answer: Value =
        serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{}", String::from_utf8_lossy(&health.stderr)));
    assert_eq!(answer["statusCode"], 200, "{answer}");
}

fn field(answer: &str, name: &str) -> String {
    let answer: Value = serde_json::from_str(answer).unwrap();
    answer[name].as_str().unwrap_or_else(|| panic!("{name} is no text in {answer}")).to_owned()
}

async fn step(taihu: &Taihu, id: &str, act: &str, role: &str, version: u64, body: Value) -> String {
    let path = format!("/api/publish/documents/{id}/{act}");
    let asked = Asked { method: "POST", path: &path, role, key: act, version: Some(version), body: Some(body) };
    let (status, told) = taihu.door().send(&asked).await.unwrap();
    assert_eq!(status, StatusCode::OK, "{act}: {told}");
    told
}
