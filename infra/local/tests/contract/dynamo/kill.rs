//! What a killed process had acknowledged is there when the next one opens the folder.

use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use local::cloud::{
    ANY_PORT, Place,
    dynamo::{self, Doorbells},
    faults::Faults,
};

use super::{append, client, create, n, s};

const CHILD: &str = "TAIHU_TEST_DYNAMO_FOLDER";

/// Not a test of its own: the process that the next test kills.
#[tokio::test]
async fn serves_until_killed_when_a_folder_is_given() {
    let Some(folder) = env::var_os(CHILD) else {
        return;
    };
    let place = Place::Folder(PathBuf::from(folder));
    let dynamo = dynamo::start(&place, ANY_PORT, Doorbells::none(), Faults::none()).await.unwrap();
    println!("\nserving {}", dynamo.running.url());
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn every_acknowledged_write_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for round in 0..5 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["dynamo::kill::serves_until_killed_when_a_folder_is_given", "--exact", "--nocapture"])
            .env(CHILD, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let url = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .find_map(|line| Some(line.strip_prefix("serving ")?.to_owned()))
            .unwrap();
        let client = client(&url, 1);
        if round == 0 {
            create(&client, "ledger").await;
        }
        for number in 1..=acknowledged {
            let found = client
                .get_item()
                .table_name("ledger")
                .key("pk", s("document:a"))
                .key("sk", n(number))
                .consistent_read(true)
                .send()
                .await
                .unwrap();
            assert!(found.item.is_some(), "commit {number} was lost in round {round}");
        }
        let killed = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(120)).await;
            child.kill().unwrap();
            child.wait().unwrap();
        });
        loop {
            let next = acknowledged + 1;
            match append(&client, "document:a", next, "x").send().await {
                Ok(_) => acknowledged = next,
                // A write that was cut off may have been applied: then it is simply there.
                Err(error) => match error.into_service_error().code() {
                    Some("ConditionalCheckFailedException") => acknowledged = next,
                    _ => break,
                },
            }
        }
        killed.await.unwrap();
    }
    assert!(acknowledged > 0);
}
