use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use tokio::sync::Notify;

use super::*;
use crate::serve::task::{Part, Verdict};

/// A task that goes on until it is let go, and counts how many are under way.
struct Long {
    under_way: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    go: Arc<Notify>,
}

impl Long {
    fn new() -> Self {
        Self { under_way: Arc::default(), most: Arc::default(), go: Arc::default() }
    }

    fn run(&self) -> Run {
        let (under_way, most, go) = (Arc::clone(&self.under_way), Arc::clone(&self.most), Arc::clone(&self.go));
        Arc::new(move |_, on_step: OnStep| {
            let (under_way, most, go) = (Arc::clone(&under_way), Arc::clone(&most), Arc::clone(&go));
            Box::pin(async move {
                most.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                on_step(Step { part: Part::Filling, done: 1, of: None });
                go.notified().await;
                under_way.fetch_sub(1, Ordering::SeqCst);
                Ok(Outcome { verdict: Verdict::Fine, report: Value::Null, lines: Vec::new() })
            })
        })
    }
}

#[tokio::test]
async fn a_task_keeps_its_turn_when_who_asked_for_it_hangs_up() {
    let folder = tempfile::tempdir().unwrap();
    let long = Long::new();
    let _control = listen(folder.path(), long.run()).unwrap();

    // The first one asks, sees the task begin, and hangs up.
    let begun = Arc::new(Notify::new());
    let seen = Arc::clone(&begun);
    tokio::select! {
        _ = ask(folder.path(), Task::Rebuild, Arc::new(move |_| seen.notify_one())) => panic!("nobody let it go"),
        () = begun.notified() => {}
    }

    // The second one asks; only when the first task is let go may its own begin.
    let (second_begun, go) = (Arc::new(Notify::new()), Arc::clone(&long.go));
    let seen = Arc::clone(&second_begun);
    let asked = ask(folder.path(), Task::Rebuild, Arc::new(move |_| seen.notify_one()));
    let let_go = async {
        go.notify_one();
        second_begun.notified().await;
        go.notify_one();
    };
    let (answered, ()) = tokio::join!(asked, let_go);
    assert_eq!(answered.unwrap().verdict, Verdict::Fine);
    assert_eq!(long.most.load(Ordering::SeqCst), 1, "two tasks were under way at once");
}
