//! The binary as a process of its own.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::{Value, json};

/// A `taihu serve` that is killed with its test.
pub(crate) struct Taihu {
    pub(crate) child: Child,
    pub(crate) ready: Value,
}

impl Drop for Taihu {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _status = self.child.wait();
    }
}

pub(crate) fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taihu"));
    command.args(arguments).arg("--data").arg(data).env_remove("TAIHU_DATA").env_remove("RUST_LOG");
    command
}

pub(crate) fn run(data: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command(data, arguments).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

impl Taihu {
    pub(crate) fn serve(data: &Path, arguments: &[&str]) -> Self {
        let mut all = vec!["serve", "--port", "0", "--json"];
        all.extend(arguments);
        let mut child = command(data, &all).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap_or_else(|_| panic!("not ready: {line}"));
        Self { child, ready }
    }

    pub(crate) fn kill(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }

    pub(crate) fn wait(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Sends a request to the portal's host, wherever that name leads on this machine.
    pub(crate) async fn send(&self, method: &str, path: &str, role: &str, body: Option<Value>) -> (StatusCode, String) {
        let portal: http::Uri = self.ready["portal"].as_str().unwrap().parse().unwrap();
        let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://127.0.0.1:{}{path}", portal.port_u16().unwrap()))
            .header("host", portal.authority().unwrap().as_str())
            .header("authorization", format!("Bearer {}", self.ready["tokens"][role].as_str().unwrap()));
        if body.is_some() {
            request =
                request.header("content-type", "application/json").header("idempotency-key", path.replace('/', "-"));
        }
        let body = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
        let response = client.request(request.body(Full::new(body)).unwrap()).await.unwrap();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }
}

/// Verifies until nothing is behind: time alone mends that, so it is given some.
pub(crate) fn settled(data: &Path) -> Value {
    let started = Instant::now();
    loop {
        let (code, out, told) = run(data, &["verify", "--json"]);
        if code != Some(4) || started.elapsed() > Duration::from_secs(120) {
            assert_eq!(code, Some(0), "{out}{told}");
            return serde_json::from_str(&out).unwrap();
        }
        std::thread::sleep(Duration::from_millis(300));
    }
}

pub(crate) fn department() -> Value {
    json!({"code": "zfb", "profile": {
        "name": "澄湖市人民政府办公室", "organisation_code": "014100001", "duties": "协助市政府领导处理日常工作。",
        "address": "观澜路1号", "telephone": "0598-8210001", "office_hours": "工作日", "leaders": ["沈砚秋"],
    }})
}
