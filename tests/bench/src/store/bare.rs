//! The same reads and writes by hand: one consistent Query, one conditional Put of an item as large.

use std::{collections::HashMap, sync::Arc};

use anyhow::Result;
use async_trait::async_trait;
use aws_sdk_dynamodb::{
    operation::put_item::PutItemError,
    types::{AttributeValue, ReturnValuesOnConditionCheckFailure as OnFailure},
};
use journeys::app::TestApp;

use super::{Answer, RELOADS, Store, own};

/// The SDK's own calls, on the store that the ledger is on.
pub(super) struct Bare {
    app: Arc<TestApp>,
    /// What is put, but for its key.
    item: HashMap<String, AttributeValue>,
}

impl Bare {
    /// Puts items of the size that the ledger's have.
    pub(super) fn new(app: Arc<TestApp>) -> Result<Self> {
        Ok(Self { app, item: own::item(0, 2, &[0; 32])?.0 })
    }

    /// Commits of a stream, read whole.
    async fn load(&self, stream: &str) -> Result<u64> {
        let mut commits = 0;
        let mut from = None;
        loop {
            let query = self.app.clients.dynamodb.query().table_name(&self.app.config.tables.ledger);
            let page = query
                .key_condition_expression("pk = :stream")
                .expression_attribute_values(":stream", AttributeValue::S(stream.to_owned()))
                .consistent_read(true)
                .set_exclusive_start_key(from.take())
                .send()
                .await?;
            commits += page.items().len() as u64;
            match page.last_evaluated_key {
                Some(key) => from = Some(key),
                None => return Ok(commits),
            }
        }
    }
}

#[async_trait]
impl Store for Bare {
    async fn command(&self, _: u32, stream: u32, _: u64) -> Result<Answer> {
        let stream = own::bare_stream(stream);
        for _ in 0..=RELOADS {
            let number = self.load(&stream).await? + 1;
            let mut item = self.item.clone();
            item.insert("pk".to_owned(), AttributeValue::S(stream.clone()));
            item.insert("sk".to_owned(), AttributeValue::N(number.to_string()));
            let put = self.app.clients.dynamodb.put_item().table_name(&self.app.config.tables.ledger);
            let sent = put
                .set_item(Some(item))
                .condition_expression("attribute_not_exists(pk)")
                .return_values_on_condition_check_failure(OnFailure::AllOld)
                .send()
                .await;
            match sent.map_err(aws_sdk_dynamodb::error::SdkError::into_service_error) {
                Ok(_) => return Ok(Answer::Accepted),
                Err(PutItemError::ConditionalCheckFailedException(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Answer::Conflict)
    }

    async fn commits(&self) -> Result<u64> {
        own::count(&self.app, own::BARE).await
    }
}
