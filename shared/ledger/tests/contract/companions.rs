//! Items of other tables that stand from the instant of a commit, or not at all.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Context, StreamId, document::Document};
use ledger::{Command, Companion, ExecuteError, Place};

use crate::support::{
    Bench, Decided, Executed, Fault, command, decides, fresh_path, fresh_stream, moved_to, remark, resent,
};

impl Bench {
    /// Any table with text keys will do: claims and companions do not meet in it.
    fn companion(&self, stream: &StreamId, what: &str) -> Companion {
        let pk = format!("companion:{stream}");
        let place = Place { table: self.config.guards_table.clone(), pk, sk: Some("keys".to_owned()) };
        Companion::new(place, HashMap::from([("what".to_owned(), AttributeValue::S(what.to_owned()))]))
    }

    async fn begin(
        &self,
        command: &Command,
        companions: &[Companion],
        decide: impl FnMut(&Document, &Context) -> Decided,
    ) -> Executed {
        self.ledger.execute_accompanied(command, companions, |_| Ok(()), decide).await
    }

    async fn standing(&self, place: &Place) -> Option<String> {
        let key = |text: &str| AttributeValue::S(text.to_owned());
        let got = self
            .dynamo
            .get_item()
            .table_name(&place.table)
            .key("pk", key(&place.pk))
            .key("sk", key(place.sk.as_deref().unwrap()))
            .consistent_read(true)
            .send()
            .await
            .unwrap();
        got.item().map(|item| item["what"].as_s().unwrap().clone())
    }
}

#[tokio::test]
async fn a_companion_stands_from_the_instant_of_its_commit() {
    let bench = Bench::new().await;
    let (stream, path) = (fresh_stream(), fresh_path());
    let keys = bench.companion(&stream, "first");
    bench.begin(&command(&stream), std::slice::from_ref(&keys), decides(vec![moved_to(&path)])).await.unwrap();
    assert_eq!(bench.wire.counts(), [("Query".to_owned(), 1), ("TransactWriteItems".to_owned(), 1)]);
    assert_eq!(bench.standing(keys.place()).await.as_deref(), Some("first"));
}

#[tokio::test]
async fn a_refused_command_leaves_no_companion() {
    let bench = Bench::new().await;
    let (stream, holder, path) = (fresh_stream(), fresh_stream(), fresh_path());
    let keys = [bench.companion(&stream, "first")];
    bench.begin(&command(&stream), &keys, crate::support::refuses).await.unwrap_err();
    assert_eq!(bench.standing(keys[0].place()).await, None);

    bench.append(&holder, moved_to(&path)).await;
    let refused = bench.begin(&command(&stream), &keys, decides(vec![moved_to(&path)])).await;
    assert!(matches!(refused, Err(ExecuteError::ClaimTaken { .. })), "{refused:?}");
    assert_eq!((bench.standing(keys[0].place()).await, bench.version(&stream).await), (None, 0));
}

#[tokio::test]
async fn a_resend_with_other_companions_gets_the_first_answer_and_changes_nothing() {
    let bench = Bench::new().await;
    let stream = fresh_stream();
    let request = command(&stream);
    bench.wire.spoil("TransactWriteItems", 1, Fault::Lost);
    let keys = [bench.companion(&stream, "first")];
    let first = bench.begin(&request, &keys, decides(vec![remark("甲")])).await.unwrap();
    let again = bench
        .begin(&resent(&request), &[bench.companion(&stream, "second")], decides(vec![remark("甲")]))
        .await
        .unwrap();
    assert_eq!((first.number, again.number, again.repeated), (1, 1, true));
    assert_eq!(bench.standing(keys[0].place()).await.as_deref(), Some("first"));
}

#[tokio::test]
async fn a_companion_that_stands_without_its_commit_is_an_error_of_its_own() {
    let bench = Bench::new().await;
    let (stream, other) = (fresh_stream(), fresh_stream());
    let keys = [bench.companion(&stream, "first")];
    bench.begin(&command(&stream), &keys, decides(vec![remark("甲")])).await.unwrap();
    let refused = bench.begin(&command(&other), &keys, decides(vec![remark("乙")])).await;
    assert!(
        matches!(&refused, Err(ExecuteError::CompanionStands { place }) if place == keys[0].place()),
        "{refused:?}"
    );
    assert_eq!((bench.version(&other).await, bench.standing(keys[0].place()).await.as_deref()), (0, Some("first")));
}

#[tokio::test]
async fn a_plain_command_still_costs_one_query_and_one_put() {
    let bench = Bench::new().await;
    bench.begin(&command(&fresh_stream()), &[], decides(vec![remark("甲")])).await.unwrap();
    assert_eq!(bench.wire.counts(), [("PutItem".to_owned(), 1), ("Query".to_owned(), 1)]);
}
