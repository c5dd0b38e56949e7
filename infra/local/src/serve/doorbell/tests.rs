use std::sync::Mutex;

use serde_json::{Value, json};

use super::*;
use crate::{cloud::dynamo::EventName, serve::functions::EventFunction};

fn doorbell(stream: &str, number: u64) -> Doorbell {
    Doorbell {
        table: "ledger".to_owned(),
        keys: json!({"pk": {"S": stream}, "sk": {"N": number.to_string()}}),
        new_image: None,
        event_name: EventName::Insert,
    }
}

/// A projector that answers as told and notes the sizes of its batches.
fn projector(
    answers: impl Fn(usize, &Value) -> Result<Value, String> + Send + Sync + 'static,
) -> (Functions, Arc<Mutex<Vec<Value>>>) {
    let seen: Arc<Mutex<Vec<Value>>> = Arc::default();
    let log = Arc::clone(&seen);
    let function = EventFunction::new("project", move |event: Value| {
        let call = {
            let mut log = log.lock().unwrap();
            log.push(event.clone());
            log.len()
        };
        let answer = answers(call, &event);
        async move { answer }
    });
    (Functions::default().with("project", Arc::new(function)), seen)
}

fn sizes(seen: &Mutex<Vec<Value>>) -> Vec<usize> {
    seen.lock().unwrap().iter().map(|event| event["Records"].as_array().unwrap().len()).collect()
}

#[tokio::test]
async fn what_rings_while_the_projector_works_comes_as_one_batch_of_at_most_a_hundred() {
    let (bell, stream) = bell();
    let (functions, seen) = projector(|_, _| Ok(json!({"batchItemFailures": []})));
    for number in 1..=250 {
        bell.ring(doorbell("document:a", number));
    }
    let counts = bell.counts();
    drop(bell);
    deliver(stream, functions, "project", Arc::default()).await;
    assert_eq!(sizes(&seen), [100, 100, 50]);
    assert_eq!((counts.waiting(), counts.left_to_clock()), (0, 0));
    let numbers: Vec<String> = seen
        .lock()
        .unwrap()
        .iter()
        .flat_map(|event| event["Records"].as_array().unwrap().clone())
        .map(|record| record["dynamodb"]["Keys"]["sk"]["N"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(numbers, (1..=250).map(|n| n.to_string()).collect::<Vec<_>>(), "one stream keeps its order");
}

#[tokio::test(start_paused = true)]
async fn only_what_failed_and_what_follows_is_sent_again() {
    let (bell, stream) = bell();
    let (functions, seen) = projector(|call, event| match call {
        1 => Ok(json!({"batchItemFailures": [{"itemIdentifier": event["Records"][2]["dynamodb"]["SequenceNumber"]}]})),
        2 => Err("crashed".to_owned()),
        _ => Ok(json!({"batchItemFailures": []})),
    });
    for number in 1..=5 {
        bell.ring(doorbell("document:a", number));
    }
    let counts = bell.counts();
    drop(bell);
    deliver(stream, functions, "project", Arc::default()).await;
    assert_eq!(sizes(&seen), [5, 3, 3]);
    assert_eq!(counts.left_to_clock(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_always_fails_is_left_to_the_clock_and_blocks_nobody_for_good() {
    let (bell, stream) = bell();
    let (functions, seen) = projector(|_, event| match event["Records"][0]["dynamodb"]["Keys"]["pk"]["S"].as_str() {
        Some("document:poison") => Err("poisoned".to_owned()),
        _ => Ok(json!({"batchItemFailures": []})),
    });
    let counts = bell.counts();
    let delivery = tokio::spawn(deliver(stream, functions, "project", Arc::default()));
    bell.ring(doorbell("document:poison", 1));
    while counts.left_to_clock() == 0 {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bell.ring(doorbell("document:poison-not", 1));
    bell.ring(doorbell("document:b", 1));
    drop(bell);
    delivery.await.unwrap();
    assert_eq!((counts.waiting(), counts.left_to_clock()), (0, 1));
    assert_eq!(sizes(&seen).len(), PAUSES.len() + 1 + 2, "each lane worked its record: {:?}", sizes(&seen));
}

#[tokio::test]
async fn a_writer_never_waits_for_a_projector_that_stands_still() {
    let (bell, stream) = bell();
    for number in 0..(WAITING as u64 + 500) {
        bell.ring(doorbell("document:a", number));
    }
    assert_eq!(bell.counts().left_to_clock(), 500);
    drop(stream);
    bell.ring(doorbell("document:a", 1));
}
