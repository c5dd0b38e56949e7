//! A reader reports an error, and sees how his report stands.

use anyhow::Result;
use http::Method;
use journeys::cases::Receipt;
use serde_json::json;

use super::town::{PHONE, WROTE, fields, queue, receipt, reported, send, status, token, town};

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
    let presses = (0..12).map(|_| app.form(Method::POST, "jyj", "/form/letter/correction").fields(&fields).send());
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
    let all = app.everything().await?;
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
    let answer = app.form(Method::POST, "jyj", "/form/letter/correction").fields(&wrong).send().await?;
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains(PHONE), "it is filled in again");
    assert!(app.written().await? == before, "something was written");
    Ok(())
}

/// What people type for an address, and where it leads.
#[tokio::test]
async fn an_address_leads_to_the_site_it_names_however_it_is_typed() -> Result<()> {
    let app = town().await?;
    let page = json!("http://jyj.localhost:8080/tzgg/");
    for (reader, (typed, department, told)) in [
        ("jyj.localhost:8080/tzgg/?x=1", "jyj", Some(&page)),
        ("/tzgg/", "jyj", Some(&page)),
        ("https://jyj.localhost:8080/13800138000/wang.html", "jyj", None),
        ("http://nowhere.localhost:8080/", "jyj", None),
    ]
    .into_iter()
    .enumerate()
    {
        let before = queue(&app, department).await?.len();
        let token = token(&app).await?;
        let mut fields = fields(&token, WROTE);
        fields.retain(|(name, _)| *name != "page");
        fields.push(("page", typed));
        let call = app.form(Method::POST, "jyj", "/form/letter/correction").fields(&fields);
        let sent = call.header("x-taihu-address", &format!("203.0.113.{reader}")).send().await?;
        assert_eq!(sent.status, 200, "{typed}: {}", sent.text());
        let number = receipt(&sent)?.number;
        assert_eq!(queue(&app, department).await?.len(), before + 1, "{typed}");
        let found = app.letter(Method::GET, &format!("/corrections?number={number}")).staff("handler", "jyj");
        let found = found.send().await?.field("entries");
        let id = found[0]["stream"].as_str().and_then(|stream| stream.strip_prefix("correction:")).unwrap_or_default();
        let view = app.letter(Method::GET, &format!("/corrections/{id}")).staff("handler", "jyj").send().await?;
        assert_eq!(view.json().get("page"), told, "{typed}: {}", view.text());
    }
    Ok(())
}
