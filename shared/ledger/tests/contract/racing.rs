//! Many writers on one stream.

use std::collections::BTreeSet;

use ledger::{ExecuteError, LoadError};

use crate::support::{Bench, command, decides, fresh_stream, remark, resent};

#[tokio::test(flavor = "multi_thread")]
async fn of_32_writers_each_gets_an_answer_and_no_commit_is_lost_or_doubled() {
    let bench = Bench::with_attempts(3).await;
    let stream = fresh_stream();
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..32 {
        let (ledger, request) = (bench.ledger.clone(), command(&stream));
        writers.spawn(async move {
            // A writer that is told to try again does so, under the same key.
            for tries in 1.. {
                let answer = ledger.execute(&resent(&request), decides(vec![remark(&format!("第{writer}"))])).await;
                match answer {
                    Ok(receipt) => return (request.id.clone(), receipt, tries),
                    Err(ExecuteError::Conflict | ExecuteError::OutOfTime) => {}
                    Err(ExecuteError::Load(LoadError::Store(_))) => {}
                    Err(other) => panic!("{other}"),
                }
            }
            panic!("a writer gave up")
        });
    }
    let mut numbers = BTreeSet::new();
    let mut answered = Vec::new();
    while let Some(written) = writers.join_next().await {
        let (id, receipt, _) = written.unwrap();
        assert!(numbers.insert(receipt.number), "number {} was given twice", receipt.number);
        answered.push((receipt.number, id));
    }
    let commits = bench.ledger.load(&stream).await.unwrap();
    assert_eq!(commits.len(), 32);
    assert_eq!(numbers, (1..=32).collect());
    for (number, id) in answered {
        assert_eq!(commits.iter().find(|commit| commit.number == number).unwrap().id, id);
    }
}
