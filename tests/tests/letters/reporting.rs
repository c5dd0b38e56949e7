//! A reader reports an error, and sees how his report stands.

use anyhow::Result;
use http::Method;
use journeys::app::TestApp;
use local::cloud::tables;

use super::town::{PHONE, Receipt, WROTE, fields, queue, receipt, reported, send, status, token, town};

/// Every item of every table as text: what somebody who steals the database reads.
pub(crate) async fn everything(app: &TestApp) -> Result<String> {
    let mut all = String::new();
    for table in
        [tables::LEDGER, tables::GUARDS, tables::VIEWS, tables::KEYS, tables::VAULT, tables::ATTEMPTS, tables::OUTBOX]
    {
        let mut pages = app.clients.dynamodb.scan().table_name(table).into_paginator().items().send();
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
    Ok(all)
}

#[tokio::test]
async fn a_report_has_a_number_a_code_and_a_day_by_which_it_is_answered() -> Result<()> {
    let app = town().await?;
    let Receipt { number, page, .. } = reported(&app).await?;
    // Monday, 23 November: three working days later is Thursday.
    assert!(number.starts_with("ZC-20261123-"), "{number}");
    assert!(page.contains("2026年11月26日"), "{page}");
    let queue = queue(&app, "jyj").await?;
    assert_eq!(queue[0]["number"], number.as_str());
    assert_eq!((&queue[0]["department"], &queue[0]["pressure"]), (&"jyj".into(), &"usual".into()));
    Ok(())
}

#[tokio::test]
async fn sent_twice_it_is_received_once_with_the_same_receipt() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    let first = receipt(&send(&app, &token, WROTE).await?)?;
    let again = receipt(&send(&app, &token, WROTE).await?)?;
    assert_eq!((first.number, first.code), (again.number, again.code));
    assert_eq!(queue(&app, "jyj").await?.len(), 1);
    let other = send(&app, &token, "另外的内容").await?;
    assert_eq!(other.status, 409, "another text under the same token is another report");
    assert_eq!(queue(&app, "jyj").await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_hundred_presses_at_once_are_one_report() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    let fields = fields(&token, WROTE);
    let presses = (0..12).map(|_| app.form(Method::POST, "jyj", "/correction").fields(&fields).send());
    let mut receipts = Vec::new();
    for answer in futures::future::join_all(presses).await {
        // Who was slower than a conflict allows may be asked to press again; nobody gets another receipt.
        let answer = answer?;
        if answer.status == 200 {
            let Receipt { number, code, .. } = receipt(&answer)?;
            receipts.push((number, code));
        } else {
            assert!(answer.status == 503 || answer.status == 429, "{}", answer.text());
        }
    }
    receipts.dedup();
    assert_eq!(receipts.len(), 1, "{receipts:?}");
    assert_eq!(queue(&app, "jyj").await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn its_reader_sees_how_it_stands_and_nobody_else_does() -> Result<()> {
    let app = town().await?;
    let Receipt { number, code, .. } = reported(&app).await?;
    let page = status(&app, &number, &code).await?;
    assert_eq!(page.status, 200, "{}", page.text());
    for told in ["待办理", "教育局", "已收到", "还有 3 个工作日"] {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
    assert_eq!(page.headers["cache-control"], "no-store");
    let typed = status(&app, &number.to_lowercase().replace('-', " "), &code.to_lowercase()).await?;
    assert_eq!(typed.status, 200, "however it is typed");
    let wrong = status(&app, &number, "AAAA-AAAA-AAAA-AAAA").await?;
    let unknown = status(&app, "ZC-20261123-000011", &code).await?;
    assert_eq!((wrong.status, unknown.status), (422.try_into()?, 422.try_into()?));
    let same = |text: String| text.replace("ZC-20261123-000011", &number);
    assert_eq!(same(wrong.text()), same(unknown.text()));
    Ok(())
}

#[tokio::test]
async fn nothing_that_he_wrote_is_readable_anywhere() -> Result<()> {
    let app = town().await?;
    let Receipt { code, .. } = reported(&app).await?;
    queue(&app, "jyj").await?;
    let all = everything(&app).await?;
    for secret in [WROTE, PHONE, "王小明", "应为十一月二十五日", code.as_str(), &code.replace('-', "")] {
        assert!(!all.contains(secret), "{secret} is readable");
    }
    Ok(())
}

#[tokio::test]
async fn a_form_with_a_mistake_is_shown_again_and_nothing_is_received() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    let before = app.written().await?;
    let mut wrong = fields(&token, "");
    wrong.retain(|(name, _)| *name != "mistake");
    let answer = app.form(Method::POST, "jyj", "/correction").fields(&wrong).send().await?;
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains(PHONE), "it is filled in again");
    assert!(app.written().await? == before, "something was written");
    Ok(())
}
