//! The process killed with -9 under load, again and again: what was acknowledged is there, what was not can be sent once more, no page is wrong.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use http::StatusCode;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::taihu::{Asked, Door, Taihu, found, live_path, settled, until};

/// Clients at once.
const CLIENTS: usize = 4;

/// Rounds between two looks at every row and page.
const VERIFIED: u64 = 50;

/// The acts of a document's life, each with who does it.
const LIFE: [(&str, &str); 5] = [
    ("draft", "editor"),
    ("submit", "editor"),
    ("approve", "reviewer"),
    ("publish", "publisher"),
    ("withdraw", "publisher"),
];

/// One document's way through its life, as far as it was acknowledged.
#[derive(Debug, Clone, Default)]
struct Life {
    id: String,
    revision: String,
    /// Acts acknowledged: the document's version.
    done: usize,
    /// Acts it is to have.
    acts: usize,
    /// Found again after a kill, with all its acts.
    found: bool,
}

/// Every document begun, by the name in its keys.
type Lives = Arc<Mutex<BTreeMap<String, Life>>>;

#[tokio::test]
async fn five_rounds_of_kill_9_lose_nothing() {
    rounds(5).await;
}

#[tokio::test]
#[ignore = "the slow lane: cargo xtask test --slow"]
async fn two_hundred_rounds_of_kill_9_lose_nothing() {
    rounds(200).await;
}

async fn rounds(rounds: u64) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("city");
    let lives = Lives::default();
    let taihu = Taihu::serve(&data, &["--empty"]);
    found(&taihu).await;
    drop(taihu);
    for round in 0..rounds {
        let taihu = Taihu::serve(&data, &["--empty"]);
        finish_what_was_under_way(&taihu.door(), &lives).await;
        let mut clients = JoinSet::new();
        for client in 0..CLIENTS {
            clients.spawn(live_on(taihu.door(), Arc::clone(&lives), format!("{round}-{client}")));
        }
        // A different moment in every round, from the first requests to well into the projector's work.
        tokio::time::sleep(Duration::from_millis(20 + round * 131 % 900)).await;
        taihu.kill("-KILL");
        assert_eq!(taihu.wait(), None, "killed");
        while let Some(client) = clients.join_next().await {
            client.unwrap();
        }
        if (round + 1) % VERIFIED == 0 {
            verified(&data).await;
        }
    }
    let taihu = Taihu::serve(&data, &["--empty"]);
    finish_what_was_under_way(&taihu.door(), &lives).await;
    for life in all(&lives).into_values() {
        let document = read(&taihu.door(), &life).await;
        match life.done {
            4 => {
                until(&taihu, &live_path(&document), StatusCode::OK).await;
            }
            5 => {
                let places: Value = serde_json::from_str(&document).unwrap();
                let place: http::Uri = places["places"][0].as_str().unwrap().parse().unwrap();
                until(&taihu, place.path(), StatusCode::GONE).await;
            }
            _ => {}
        }
    }
    drop(taihu);
    verified(&data).await;
    println!("{} documents were begun in {rounds} rounds", all(&lives).len());
}

/// Guards, rows and the bytes of every page against the ledger, when the city has come to rest.
async fn verified(data: &Path) {
    let taihu = Taihu::serve(data, &["--empty"]);
    let data = data.to_owned();
    let report = tokio::task::spawn_blocking(move || settled(&data)).await.unwrap();
    assert_eq!(report["verdict"], "fine", "{report}");
    drop(taihu);
}

/// Sends again, with the same key, what was not acknowledged; then every document has exactly the commits that were.
async fn finish_what_was_under_way(door: &Door, lives: &Lives) {
    for (name, life) in all(lives).into_iter().filter(|(_, life)| !life.found) {
        if life.done < life.acts {
            assert!(act(door, lives, &name).await, "{name} cannot be sent again");
        }
        let life = all(lives)[&name].clone();
        let document: Value = serde_json::from_str(&read(door, &life).await).unwrap();
        assert_eq!(document["version"], life.done, "{name}: {document}");
        lives.lock().unwrap().get_mut(&name).unwrap().found = life.done == life.acts;
    }
}

/// Begins one document after the other and leads it through its life, until nobody answers.
async fn live_on(door: Door, lives: Lives, client: String) {
    for turn in 0.. {
        let name = format!("{client}-{turn}");
        let acts = if turn % 3 == 0 { LIFE.len() } else { LIFE.len() - 1 };
        lives.lock().unwrap().insert(name.clone(), Life { acts, ..Life::default() });
        for _ in 0..acts {
            if !act(&door, &lives, &name).await {
                return;
            }
        }
    }
}

/// The next act of a life; false where no whole answer came.
async fn act(door: &Door, lives: &Lives, name: &str) -> bool {
    let life = all(lives)[name].clone();
    let (act, role) = LIFE[life.done];
    let body = match act {
        "draft" => {
            json!({"column": "www.tzgg", "content": {"title": format!("通知 {name}"), "body_html": "<p>今晚停水。</p>"}})
        }
        "approve" => json!({"revision": life.revision}),
        "publish" => json!({"slug": format!("n{name}")}),
        "withdraw" => json!({"reason": "已恢复供水"}),
        _ => json!({}),
    };
    let path = match act {
        "draft" => "/api/publish/documents".to_owned(),
        _ => format!("/api/publish/documents/{}/{act}", life.id),
    };
    let version = (life.done > 0).then_some(life.done as u64);
    let key = format!("{act}-{name}");
    let asked = Asked { method: "POST", path: &path, role, key: &key, version, body: Some(body) };
    let Ok((status, told)) = door.send(&asked).await else { return false };
    assert!(status.is_success(), "{name} {act}: {status} {told}");
    let answer: Value = serde_json::from_str(&told).unwrap();
    let mut lives = lives.lock().unwrap();
    let life = lives.get_mut(name).unwrap();
    life.done += 1;
    assert_eq!(answer["version"], life.done, "{name} {act}: {told}");
    for (field, kept) in [("id", &mut life.id), ("revision", &mut life.revision)] {
        if let Some(text) = answer[field].as_str() {
            text.clone_into(kept);
        }
    }
    true
}

async fn read(door: &Door, life: &Life) -> String {
    let path = format!("/api/publish/documents/{}", life.id);
    let asked = Asked { method: "GET", path: &path, role: "auditor", key: "", version: None, body: None };
    let (status, told) = door.send(&asked).await.unwrap();
    assert_eq!(status, StatusCode::OK, "{}: {told}", life.id);
    told
}

fn all(lives: &Lives) -> BTreeMap<String, Life> {
    lives.lock().unwrap().clone()
}
