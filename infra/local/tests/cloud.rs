//! The emulated cloud as a whole: its folder, its tenants, its life after a kill.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use dynoxide::actions::list_tables::ListTablesRequest;
use local::cloud::{
    Cloud, CloudError, Place,
    dynamo::Doorbells,
    objects::{Condition, Headers, ListRequest, ObjectStore},
};

async fn start(folder: &Path) -> Result<Cloud, CloudError> {
    Cloud::start(&Place::Folder(folder.to_owned()), Doorbells::none()).await
}

async fn refusal(folder: &Path) -> CloudError {
    match start(folder).await {
        Ok(_) => panic!("expected a refusal"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_fresh_cloud_has_the_systems_tables_and_buckets_and_keeps_them() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let cloud = start(folder.path()).await.unwrap();
        let tables = cloud.database().list_tables(ListTablesRequest::default());
        assert_eq!(
            tables.unwrap().table_names,
            ["attempts", "guards", "keys", "ledger", "outbox", "terms", "vault", "views"]
        );
        let buckets = cloud.objects.buckets().await.unwrap();
        let names: Vec<_> = buckets.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["bodies", "index", "pages", "quarantine"]);
        let bare =
            cloud.objects.put("pages", "www/index.html", "x".into(), Headers::default(), Condition::Unconditional);
        assert_eq!(bare.await.unwrap_err().to_string(), "the bucket `pages` refuses puts without a condition");
        cloud.shutdown().await;
    }
}

#[tokio::test]
async fn a_cloud_in_memory_leaves_nothing_to_lock() {
    let one = Cloud::start(&Place::Memory, Doorbells::none()).await.unwrap();
    let other = Cloud::start(&Place::Memory, Doorbells::none()).await.unwrap();
    assert_ne!(one.dynamo_url, other.dynamo_url);
    assert_ne!(one.s3_url, other.s3_url);
}

#[tokio::test]
async fn a_folder_has_one_tenant_until_it_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let cloud = start(folder.path()).await.unwrap();
    let CloudError::Served { owner, .. } = refusal(folder.path()).await else {
        panic!("expected the folder to be taken")
    };
    let owner: serde_json::Value = serde_json::from_str(&owner).unwrap();
    assert_eq!(owner["pid"], std::process::id());
    assert_eq!(owner["dynamo"], cloud.dynamo_url);
    drop(cloud);
    start(folder.path()).await.unwrap();
}

#[tokio::test]
async fn a_damaged_file_is_named_and_left_as_it_is() {
    for file in ["dynamo.sqlite", "objects.sqlite"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file);
        let garbage = b"not a database at all, but longer than a header of a hundred bytes: ".repeat(9);
        fs::write(&path, &garbage).unwrap();
        let told = refusal(folder.path()).await;
        assert!(matches!(&told, CloudError::Damaged { file, .. } if *file == path), "{told}");
        assert!(told.to_string().contains("restore it from a backup"), "{told}");
        assert_eq!(fs::read(&path).unwrap(), garbage);
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    fs::write(&file, "x").unwrap();
    // The kernel's own tree refuses even root.
    for folder in [file.join("data"), PathBuf::from("/proc/taihu")] {
        let told = refusal(&folder).await;
        assert!(matches!(&told, CloudError::Folder { folder: named, .. } if *named == folder), "{told}");
    }
}

const CHILD: &str = "TAIHU_TEST_CLOUD_FOLDER";

/// Not a test of its own: the process that the next test kills.
#[tokio::test]
async fn stores_objects_until_killed_when_a_folder_is_given() {
    let Some(folder) = env::var_os(CHILD) else {
        return;
    };
    let cloud = start(&PathBuf::from(folder)).await.unwrap();
    println!("\nserving");
    let first = listed(&cloud.objects).await;
    for number in first.. {
        let key = format!("{number:06}");
        let body = key.repeat(500).into();
        let put = cloud.objects.put("pages", &key, body, Headers::default(), Condition::Absent);
        put.await.unwrap();
        println!("stored {number}");
    }
}

async fn listed(store: &ObjectStore) -> usize {
    let all = ListRequest { limit: usize::MAX, ..ListRequest::default() };
    store.list("pages", all).await.unwrap().keys.len()
}

fn spawn(folder: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["stores_objects_until_killed_when_a_folder_is_given", "--exact", "--nocapture"])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[tokio::test]
async fn a_kill_frees_the_folder_and_loses_no_acknowledged_object() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for _ in 0..4 {
        let mut child = spawn(folder.path());
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        lines.find(|line| line == "serving").unwrap();
        assert!(matches!(refusal(folder.path()).await, CloudError::Served { .. }));
        std::thread::sleep(Duration::from_millis(100));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in lines {
            if let Some(number) = line.strip_prefix("stored ").and_then(|said| said.parse::<usize>().ok()) {
                acknowledged = number + 1;
            }
        }
        let cloud = start(folder.path()).await.unwrap();
        assert!(listed(&cloud.objects).await >= acknowledged);
        for number in 0..acknowledged {
            let key = format!("{number:06}");
            let object = cloud.objects.get("pages", &key).await.unwrap().unwrap();
            assert_eq!(object.bytes, key.repeat(500));
        }
        cloud.shutdown().await;
    }
    assert!(acknowledged > 0);
}
