//! The operator's commands on a city on AWS, which an emulated cloud plays: they know it by the environment alone.

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use http::StatusCode;
use local::cloud::{
    Cloud, Place,
    credentials::{ACCESS_KEY, REGION, SECRET_KEY},
    dynamo::Doorbells,
    objects::{Condition, Headers},
    tables,
};
use serde_json::{Value, json};

use crate::taihu::{Taihu, department};

/// A command with no environment but this one; its exit code, stdout, stderr.
async fn operate(environment: Vec<(String, String)>, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taihu"));
    command.args(arguments).env_clear().envs(environment);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn variables(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_process_puts_each_static_file_once_and_leaves_what_differs() {
    let cloud = Cloud::start(&Place::Memory, Doorbells::none()).await.unwrap();
    let environment = variables(&[
        ("AWS_ENDPOINT_URL_S3", &cloud.s3_url),
        ("AWS_REGION", REGION),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY),
        ("AWS_SECRET_ACCESS_KEY", SECRET_KEY),
    ]);
    let assets = async |more: &[&str]| {
        let arguments = [&["assets", "--bucket", "pages", "--json"], more].concat();
        let (code, out, told) = operate(environment.clone(), &arguments).await;
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{told}"));
        let standings = report["files"].as_array().unwrap().iter();
        (code, standings.map(|file| file["standing"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    let all = |standing: &str| vec![standing.to_owned(); pages::assets().len()];

    assert_eq!(assets(&["--dry-run"]).await, (Some(0), all("missing")));
    assert_eq!(assets(&[]).await, (Some(0), all("put")));
    assert_eq!(assets(&[]).await, (Some(0), all("there")));
    let first = &pages::assets()[0];
    let key = format!("_assets/{}", first.name);
    let stored = cloud.objects.get(tables::PAGES, &key).await.unwrap().unwrap();
    assert_eq!(stored.bytes, first.bytes.as_ref());
    assert_eq!(stored.meta.headers.content_type.as_deref(), Some(first.content_type));
    assert_eq!(stored.meta.headers.cache_control.as_deref(), Some("public, max-age=31536000, immutable"));

    let known = Condition::Match(stored.meta.etag);
    cloud.objects.put(tables::PAGES, &key, "forged".into(), Headers::default(), known).await.unwrap();
    let (code, standings) = assets(&[]).await;
    assert_eq!((code, standings[0].as_str()), (Some(5), "different"));
    assert_eq!(cloud.objects.get(tables::PAGES, &key).await.unwrap().unwrap().bytes, "forged");
    let (code, out, _) = operate(environment.clone(), &["assets", "--bucket", "pages"]).await;
    assert_eq!(code, Some(5));
    let named = format!("different  {key}: Content-Type is `binary/octet-stream`, not `{}`; ", first.content_type);
    assert!(out.contains(&named), "{out}");

    let (code, _, told) = operate(environment, &["assets", "--bucket", "no-such-bucket"]).await;
    assert_eq!(code, Some(1));
    assert!(told.contains("the bucket `no-such-bucket` cannot be used"), "{told}");
}

#[tokio::test]
async fn a_process_verifies_and_rebuilds_the_city_that_its_environment_names() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let taihu = Taihu::serve(&data, &["--empty"]);
    let (status, body) = taihu.send("POST", "/api/publish/departments", "registrar", Some(department())).await;
    assert_eq!(status, StatusCode::CREATED, "{body}");
    let functions = fs::read_to_string(data.join("functions.env")).unwrap();
    let functions = functions.lines().filter_map(|line| line.split_once('='));
    let functions: Vec<_> = functions.map(|(name, value)| (name, value.trim_matches('\''))).collect();
    let verify = ["verify", "--aws", "--json"];
    for arguments in [&verify[..], &["rebuild", "--aws", "--wait", "0", "--json"], &verify] {
        let started = Instant::now();
        let (code, out, told) = loop {
            let ended = operate(variables(&functions), arguments).await;
            // Behind is what time mends: the functions of this city are at work.
            if ended.0 != Some(4) {
                break ended;
            }
            assert!(started.elapsed() < Duration::from_secs(60), "the city does not come to rest: {}", ended.1);
        };
        assert_eq!(code, Some(0), "{arguments:?}: {out}{told}");
        let out: Value = serde_json::from_str(&out).unwrap();
        assert_eq!((&out["verdict"], &out["report"]["commits"]), (&json!("fine"), &json!(11)), "{arguments:?}");
    }
}

#[tokio::test]
async fn a_process_says_what_its_environment_lacks() {
    let (code, _, told) = operate(Vec::new(), &["verify", "--aws"]).await;
    assert_eq!(code, Some(1));
    assert!(told.contains("the environment variable `TAIHU_LEDGER_TABLE` is not set; --aws takes"), "{told}");
    let (code, _, told) = operate(Vec::new(), &["rebuild", "--aws", "--data", "somewhere"]).await;
    assert_eq!(code, Some(2), "{told}");
    let (code, _, told) = operate(Vec::new(), &["rebuild", "--wait", "60"]).await;
    assert_eq!(code, Some(2), "{told}");
    let (code, _, told) = operate(Vec::new(), &["assets"]).await;
    assert_eq!(code, Some(2), "{told}");
}
