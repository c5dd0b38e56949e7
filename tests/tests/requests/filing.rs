//! Somebody applies, and sees how his application stands.

use anyhow::Result;
use journeys::cases::Receipt;

use super::town::{CARD, Case, PHONE, WROTE, fields, filed, queue, send, status, token, town};

#[tokio::test]
async fn an_application_has_a_number_a_code_and_a_day_by_which_it_is_confirmed() -> Result<()> {
    let app = town().await?;
    let Receipt { number, page, .. } = filed(&app).await?;
    assert!(number.starts_with("YG-20261123-"), "{number}");
    // One working day after Monday.
    assert!(page.contains("2026年11月24日"), "{page}");
    let queue = queue(&app, "jyj").await?;
    assert_eq!((&queue[0]["number"], &queue[0]["department"]), (&number.as_str().into(), &"jyj".into()));
    assert_eq!(queue[0]["deadline"], "confirmation");
    Ok(())
}

#[tokio::test]
async fn sent_twice_it_is_received_once_with_the_same_receipt() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    let first = Receipt::read(&send(&app, &token, &fields(&token, WROTE)).await?, "YG")?;
    let again = Receipt::read(&send(&app, &token, &fields(&token, WROTE)).await?, "YG")?;
    assert_eq!((first.number, first.code), (again.number, again.code));
    assert_eq!(queue(&app, "jyj").await?.len(), 1);
    let other = send(&app, &token, &fields(&token, "另外的内容")).await?;
    assert_eq!(other.status, 409, "another text under the same token is another application");
    assert_eq!(queue(&app, "jyj").await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn nothing_that_was_typed_is_readable_anywhere() -> Result<()> {
    let app = town().await?;
    let case = Case::filed(&app).await?;
    let all = app.everything().await?;
    let code = case.receipt.code.as_str();
    for secret in [WROTE, PHONE, CARD, "王小明", code, &code.replace('-', "")] {
        assert!(!all.contains(secret), "{secret} is readable");
    }
    let opened = case.opened().await?;
    for told in [WROTE, PHONE, CARD, "王小明", "居民身份证"] {
        assert!(opened.text().contains(told), "{told}: {}", opened.text());
    }
    Ok(())
}

#[tokio::test]
async fn its_applicant_sees_how_it_stands_and_nobody_else_does() -> Result<()> {
    let app = town().await?;
    let Receipt { number, code, .. } = filed(&app).await?;
    let page = status(&app, &number, &code).await?;
    for told in ["待登记", "教育局", "已收到", "撤回申请"] {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
    assert!(!page.text().contains("提交补正"), "nothing is to be completed");
    assert_eq!(page.headers["cache-control"], "no-store");
    let wrong = status(&app, &number, "AAAA-AAAA-AAAA-AAAA").await?;
    let unknown = status(&app, "YG-20261123-000011", &code).await?;
    assert_eq!((wrong.status, unknown.status), (422.try_into()?, 422.try_into()?));
    let same = |text: String| text.replace("YG-20261123-000011", &number);
    assert_eq!(same(wrong.text()), same(unknown.text()));
    // The number of a report, however right its code, is no application.
    let letter = app.form(http::Method::POST, "jyj", "/form/letter/status");
    let elsewhere = letter.fields(&[("number", &number), ("code", &code)]).send().await?;
    assert_eq!(elsewhere.status, 422);
    Ok(())
}

#[tokio::test]
async fn a_form_with_a_mistake_is_shown_again_and_nothing_is_received() -> Result<()> {
    let app = town().await?;
    let token = token(&app).await?;
    let before = app.written().await?;
    let mut wrong = fields(&token, WROTE);
    for field in &mut wrong {
        if field.0 == "card-number" {
            field.1 = "110105194912310021";
        }
    }
    let answer = send(&app, &token, &wrong).await?;
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains("110105194912310021") && answer.text().contains("#card-number"));
    assert!(app.written().await? == before, "something was written");
    Ok(())
}
