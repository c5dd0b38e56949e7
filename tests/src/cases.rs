//! Cases of citizens, as tests find them: receipts, and what lies in the tables.

use anyhow::{Context, Result};
use aws_sdk_dynamodb::types::AttributeValue;
use http::StatusCode;
use local::cloud::tables;

use crate::app::{Answer, TestApp};

/// Something that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Number of the case.
    pub number: String,
    /// Its query code.
    pub code: String,
    /// The page as it was shown.
    pub page: String,
}

impl Receipt {
    /// What a receipt says; numbers begin with `prefix`.
    ///
    /// # Errors
    /// It is none.
    pub fn read(answer: &Answer, prefix: &str) -> Result<Self> {
        let page = answer.text();
        anyhow::ensure!(answer.status == StatusCode::OK, "{page}");
        let number = page.split(&format!("{prefix}-")).nth(1).and_then(|rest| rest.get(..15)).context("a number")?;
        // Four groups of four: `7QKD-02ZM-9XTB-5RHA`.
        let code = page
            .split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'))
            .find(|word| word.len() == 19 && word.split('-').all(|group| group.len() == 4))
            .context("a code")?
            .to_owned();
        Ok(Self { number: format!("{prefix}-{number}"), code, page })
    }
}

/// The first token that a page, or a part of one, carries.
///
/// # Errors
/// It carries none.
pub fn token_in(page: &str) -> Result<String> {
    let (_, rest) = page.split_once("name=\"_token\" value=\"").context("a token")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

/// The values of all hidden fields of this name.
#[must_use]
pub fn hidden(page: &str, name: &str) -> Vec<String> {
    let before = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    page.split(&before).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

impl TestApp {
    /// Every item of every table, every body and everything in quarantine as text: what somebody who steals them reads.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn everything(&self) -> Result<String> {
        let mut all = String::new();
        for table in [
            tables::LEDGER,
            tables::GUARDS,
            tables::VIEWS,
            tables::KEYS,
            tables::VAULT,
            tables::ATTEMPTS,
            tables::OUTBOX,
        ] {
            let mut pages = self.clients.dynamodb.scan().table_name(table).into_paginator().items().send();
            while let Some(item) = pages.next().await.transpose()? {
                for (name, value) in item {
                    all.push_str(&name);
                    if let Ok(bytes) = value.as_b() {
                        all.push_str(&String::from_utf8_lossy(bytes.as_ref()));
                    } else {
                        all.push_str(&format!("{value:?}"));
                    }
                }
            }
        }
        for bucket in [tables::BODIES, tables::QUARANTINE] {
            for key in self.objects(bucket).await? {
                let got = self.clients.s3.get_object().bucket(bucket).key(&key).send().await?;
                all.push_str(&key);
                all.push_str(&String::from_utf8_lossy(&got.body.collect().await?.into_bytes()));
            }
        }
        Ok(all)
    }

    /// Names of all objects of a bucket.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn objects(&self, bucket: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        let mut pages = self.clients.s3.list_objects_v2().bucket(bucket).into_paginator().send();
        while let Some(page) = pages.next().await.transpose()? {
            names.extend(page.contents().iter().filter_map(|object| object.key().map(str::to_owned)));
        }
        Ok(names)
    }

    /// Two days pass over the quarantine: what nobody sent goes.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn empty_quarantine(&self) -> Result<()> {
        for key in self.objects(tables::QUARANTINE).await? {
            self.clients.s3.delete_object().bucket(tables::QUARANTINE).key(key).send().await?;
        }
        Ok(())
    }

    /// The departments that have a way to the key of a case.
    ///
    /// # Errors
    /// It has no keys, or the store does not answer.
    pub async fn holders(&self, stream: &str) -> Result<Vec<String>> {
        let key = AttributeValue::S(stream.to_owned());
        let got = self.clients.dynamodb.get_item().table_name(tables::KEYS).key("pk", key).send().await?;
        let item = got.item.context("its keys")?;
        let wraps = item.get("wraps").and_then(|wraps| wraps.as_m().ok()).context("wraps")?;
        let mut holders: Vec<String> = wraps.keys().cloned().collect();
        holders.sort_unstable();
        Ok(holders)
    }

    /// How many rows of the vault are of a case.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn vault_rows(&self, stream: &str) -> Result<usize> {
        let got = self.clients.dynamodb.scan().table_name(tables::VAULT).send().await?;
        Ok(got.items().iter().filter(|item| format!("{item:?}").contains(stream)).count())
    }
}
