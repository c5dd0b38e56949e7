//! The binary as a process of its own.

use std::{
    fs,
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
    ended(command(data, arguments).output().unwrap())
}

/// As [`run`], where no folder is spoken of.
pub(crate) fn at(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taihu"));
    ended(command.args(arguments).env_remove("TAIHU_DATA").env_remove("RUST_LOG").output().unwrap())
}

fn ended(output: Output) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = output;
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

    /// As [`serve`](Self::serve), with a line in its log for whatever it does; all it ever says is in `stdout` and `stderr` below `logs`.
    pub(crate) fn logged(data: &Path, arguments: &[&str], logs: &Path) -> Self {
        let mut all = vec!["serve", "--port", "0", "--json"];
        all.extend(arguments);
        let file = |name: &str| fs::File::create(logs.join(name)).unwrap();
        let mut command = command(data, &all);
        let mut child = command.env("RUST_LOG", "info").stdout(file("stdout")).stderr(file("stderr")).spawn().unwrap();
        let started = Instant::now();
        let said = loop {
            let said = fs::read_to_string(logs.join("stdout")).unwrap();
            if said.ends_with('\n') {
                break said;
            }
            assert!(child.try_wait().unwrap().is_none() && started.elapsed() < Duration::from_secs(60), "not ready");
            std::thread::sleep(Duration::from_millis(50));
        };
        Self { child, ready: serde_json::from_str(&said).unwrap_or_else(|_| panic!("not ready: {said}")) }
    }

    pub(crate) fn kill(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }

    pub(crate) fn wait(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// What anybody is answered who asks the portal for `path`.
    pub(crate) async fn get(&self, path: &str) -> http::Response<String> {
        self.asked(Request::get(self.door().url(path)), Bytes::new()).await
    }

    /// What anybody is answered who sends it a body of this kind.
    pub(crate) async fn post(&self, path: &str, kind: &str, body: impl Into<Bytes>) -> http::Response<String> {
        self.asked(Request::post(self.door().url(path)).header("content-type", kind), body.into()).await
    }

    /// What anybody is answered who sends these fields of a form.
    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> http::Response<String> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post(path, "application/x-www-form-urlencoded", body).await
    }

    /// What somebody with the token of `role` is answered who sends a file, having seen the thing at `version`.
    pub(crate) async fn put_in(&self, role: &str, path: &str, version: u64, file: &str) -> http::Response<String> {
        let token = self.ready["tokens"][role].as_str().unwrap();
        let request = Request::post(self.door().url(path))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/octet-stream")
            .header("idempotency-key", format!("file-{version}"))
            .header("if-match", format!("\"{version}\""));
        self.asked(request, Bytes::from(file.to_owned())).await
    }

    async fn asked(&self, request: http::request::Builder, body: Bytes) -> http::Response<String> {
        let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
        let request = request.header("host", self.door().portal.authority().unwrap().as_str());
        let (parts, body) = client.request(request.body(Full::new(body)).unwrap()).await.unwrap().into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        http::Response::from_parts(parts, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Its front door, for clients that outlive this borrow.
    pub(crate) fn door(&self) -> Door {
        let portal: http::Uri = self.ready["portal"].as_str().unwrap().parse().unwrap();
        Door { portal, tokens: self.ready["tokens"].clone() }
    }

    /// Sends a request whose path is its idempotency key.
    pub(crate) async fn send(&self, method: &str, path: &str, role: &str, body: Option<Value>) -> (StatusCode, String) {
        let key = path.replace('/', "-");
        self.door().send(&Asked { method, path, role, key: &key, version: None, body }).await.unwrap()
    }

    /// As [`send`](Self::send), for somebody with a token of his own who saw the thing at `version`.
    pub(crate) async fn send_as(
        &self,
        token: &str,
        method: &str,
        path: &str,
        version: Option<u64>,
        body: Option<Value>,
    ) -> (StatusCode, String) {
        let key = path.replace('/', "-");
        let mut door = self.door();
        door.tokens["own"] = json!(token);
        door.send(&Asked { method, path, role: "own", key: &key, version, body }).await.unwrap()
    }
}

/// Where a city is asked.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    portal: http::Uri,
    tokens: Value,
}

/// One request.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    /// Whose token it carries.
    pub(crate) role: &'a str,
    /// Its idempotency key.
    pub(crate) key: &'a str,
    /// The version it expects.
    pub(crate) version: Option<u64>,
    pub(crate) body: Option<Value>,
}

impl Door {
    /// Where `path` of the portal is asked for, wherever its name leads on this machine.
    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.portal.port_u16().unwrap())
    }

    /// Sends a request to the portal's host, wherever that name leads on this machine; an error where no whole answer comes back.
    pub(crate) async fn send(&self, asked: &Asked<'_>) -> Result<(StatusCode, String), String> {
        let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
        let mut request = Request::builder()
            .method(asked.method)
            .uri(self.url(asked.path))
            .header("host", self.portal.authority().unwrap().as_str())
            .header("authorization", format!("Bearer {}", self.tokens[asked.role].as_str().unwrap()));
        if asked.body.is_some() {
            request = request.header("content-type", "application/json").header("idempotency-key", asked.key);
        }
        if let Some(version) = asked.version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        let body = asked.body.as_ref().map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
        let response =
            client.request(request.body(Full::new(body)).unwrap()).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let bytes = response.into_body().collect().await.map_err(|error| error.to_string())?.to_bytes();
        Ok((status, String::from_utf8(bytes.to_vec()).unwrap()))
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

/// The portal's site.
pub(crate) fn site() -> Value {
    json!({"label": "www", "department": "zfb", "profile": {
        "name": "澄湖市人民政府", "identification_code": "3598000001", "sponsor": "澄湖市人民政府办公室",
        "contact": "电话：0598-8210001", "icp": "澄ICP备00000001号", "police": "",
    }})
}

/// A column of it.
pub(crate) fn column() -> Value {
    json!({"column": "www.tzgg", "department": "zfb", "kind": "notices", "profile": {"name": "通知公告"}})
}

/// Registers the department, its site and a column.
pub(crate) async fn found(taihu: &Taihu) {
    for (things, body) in [("departments", department()), ("sites", site()), ("columns", column())] {
        let path = format!("/api/publish/{things}");
        let (status, told) = taihu.send("POST", &path, "registrar", Some(body)).await;
        assert_eq!(status, StatusCode::CREATED, "{told}");
    }
}

/// Waits until the portal answers `path` with `status`; gives the body.
pub(crate) async fn until(taihu: &Taihu, path: &str, status: StatusCode) -> String {
    let started = Instant::now();
    loop {
        let (found, body) = taihu.send("GET", path, "auditor", None).await;
        if found == status {
            return body;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{path} is {found}, not {status}: {body}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Path of a document's public page, out of what reading the document answers.
pub(crate) fn live_path(document: &str) -> String {
    let document: Value = serde_json::from_str(document).unwrap();
    let url = document["live"]["url"].as_str().unwrap_or_else(|| panic!("not public: {document}"));
    url.parse::<http::Uri>().unwrap().path().to_owned()
}
