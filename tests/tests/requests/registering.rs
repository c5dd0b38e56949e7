//! What comes on paper or in person is registered by staff, and counts from the day that the law names (art. 31).

use anyhow::{Context, Result};
use http::{Method, StatusCode};
use journeys::{
    app::{Answer, TestApp},
    cases::Receipt,
};
use serde_json::{Value, json};

use super::town::{CARD, Case, PHONE, WROTE, queue, status, town};

/// What stands on the form of an applicant.
fn paper(channel: &str, day: Option<&str>) -> Value {
    let answers = json!({
        "applicant": "citizen", "name": "王小明", "document": "identity-card", "card-number": CARD, "description": WROTE,
        "medium": "paper", "way": "in-person", "phone": PHONE,
    });
    json!({ "site": "jyj", "channel": channel, "form_version": 2, "answers": answers, "received_on": day })
}

async fn send(app: &TestApp, key: &str, role: &str, department: &str, body: &Value) -> Result<Answer> {
    app.disclosure(Method::POST, "/requests").key(key).json(body).staff(role, department).send().await
}

/// One that the department's handler registered.
async fn registered<'a>(app: &'a TestApp, key: &str, body: &Value) -> Result<Case<'a>> {
    let answer = send(app, key, "handler", "jyj", body).await?;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let text = |field: &str| answer.field(field).as_str().map(str::to_owned).context(field.to_owned());
    let receipt = Receipt { number: text("number")?, code: text("code")?, page: String::new() };
    Ok(Case { app, id: text("id")?, receipt })
}

fn until(day: &str) -> (String, String) {
    ("running".to_owned(), format!("{day}T16:00:00Z"))
}

#[tokio::test]
async fn each_way_counts_from_its_own_day_and_says_by_which_rule() -> Result<()> {
    let app = town().await?;
    app.clock.set("2026-11-26T02:00:00Z".parse()?);
    for (channel, rule) in [
        ("in-person", "以提交之日为收到申请之日（条例第三十一条第一项）"),
        ("post", "以签收之日为收到申请之日（条例第三十一条第二项）"),
        ("ordinary-mail", "以与申请人确认之日为收到申请之日（条例第三十一条第二项）"),
        ("fax", "以双方确认之日为收到申请之日（条例第三十一条第三项）"),
    ] {
        let case = registered(&app, channel, &paper(channel, Some("2026-11-24"))).await?;
        // From Tuesday, 24 November: 25–27 (3), 30 – 4 December (8), 7–11 (13), 14–18 (18), 21 and 22 (20).
        assert_eq!(case.term("reply").await?, until("2026-12-22"), "{channel}");
        let view = case.view().await?;
        assert_eq!((view.field("channel"), view.field("received_on")), (json!(channel), json!("2026-11-24")));
        assert!(view.text().contains(rule), "{channel}: {}", view.text());
        let page = case.page().await?;
        for told in [rule, "11月24日为收到申请之日", "还有 18 个工作日（至 12月22日）"] {
            assert!(page.contains(told), "{channel}: {told}: {page}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn mail_and_fax_that_nobody_confirmed_yet_wait_for_the_confirmation_as_at_the_front_door() -> Result<()> {
    let app = town().await?;
    let case = registered(&app, "1", &paper("fax", None)).await?;
    assert_eq!(case.term("confirmation").await?, until("2026-11-24"));
    case.done("confirm", &json!({})).await?;
    assert_eq!(case.term("reply").await?, until("2026-12-21"));
    Ok(())
}

#[tokio::test]
async fn sent_again_it_is_registered_once_with_the_same_number_and_code() -> Result<()> {
    let app = town().await?;
    let body = paper("post", Some("2026-11-20"));
    let first = send(&app, "twice", "handler", "jyj", &body).await?;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    assert_eq!(first.headers["cache-control"], "no-store");
    assert_eq!(first.headers["location"].to_str()?, first.field("links")["self"].as_str().unwrap_or_default());
    app.clock.set("2026-12-30T02:00:00Z".parse()?);
    let again = send(&app, "twice", "handler", "jyj", &body).await?;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(queue(&app, "jyj").await?.len(), 1);
    // Another text under the key is another application; so is the same of somebody else.
    let other = send(&app, "twice", "handler", "jyj", &paper("post", Some("2026-11-19"))).await?;
    assert_eq!(other.told(), (422, "key-reused".to_owned()), "{}", other.text());
    let colleague = send(&app, "twice", "supervisor", "jyj", &body).await?;
    assert_ne!(colleague.field("number"), first.field("number"));
    // Who may not register any more is told again what he was told.
    let number = first.field("number");
    assert_eq!(again.field("number"), number);
    Ok(())
}

#[tokio::test]
async fn who_does_not_handle_what_the_department_receives_registers_nothing() -> Result<()> {
    let app = town().await?;
    let before = app.written().await?;
    for (role, department) in [("handler", "czj"), ("auditor", "jyj"), ("editor", "jyj"), ("supervisor", "czj")] {
        let refused = send(&app, "1", role, department, &paper("in-person", Some("2026-11-23"))).await?;
        assert_eq!(refused.told(), (403, "forbidden".to_owned()), "{role} {department}: {}", refused.text());
    }
    assert!(app.written().await? == before, "something was written");
    Ok(())
}

#[tokio::test]
async fn a_day_that_cannot_be_and_answers_that_the_form_refuses_are_told_each_at_its_place() -> Result<()> {
    let app = town().await?;
    let before = app.written().await?;
    let told = async |body: Value| {
        let answer = send(&app, "1", "handler", "jyj", &body).await?;
        let errors = answer.field("errors");
        let errors: Vec<_> = errors.as_array().into_iter().flatten().map(|error| error["pointer"].clone()).collect();
        Ok::<_, anyhow::Error>((answer.told(), errors))
    };
    let day = vec![json!("/received_on")];
    for wrong in ["2026-11-24", "2026-05-22", "2025-11-23"] {
        let found = told(paper("in-person", Some(wrong))).await?;
        assert_eq!(found, ((422, "day-outside".to_owned()), day.clone()), "{wrong}");
    }
    assert_eq!(told(paper("post", None)).await?, ((422, "receipt-day-unfit".to_owned()), day.clone()));
    assert_eq!(told(paper("post", Some("heute"))).await?, ((422, "invalid-field".to_owned()), day));
    let mut wrong = paper("post", Some("2026-11-20"));
    wrong["answers"]["card-number"] = json!("110105194912310021");
    wrong["answers"]["phone"] = json!("");
    wrong["answers"]["shoe-size"] = json!("43");
    let pointers = ["/answers/shoe-size", "/answers/card-number", "/answers/phone"].map(|pointer| json!(pointer));
    assert_eq!(told(wrong).await?, ((422, "invalid-field".to_owned()), pointers.to_vec()));
    for (field, value) in [("site", json!("nowhere")), ("form_version", json!(99))] {
        let mut wrong = paper("post", Some("2026-11-20"));
        wrong[field] = value;
        assert_eq!(told(wrong).await?, ((422, "invalid-field".to_owned()), vec![json!(format!("/{field}"))]));
    }
    assert!(app.written().await? == before, "something was written");
    Ok(())
}

/// The form that staff fill in has no page for files; whoever names one knows the public form, or a file that somebody added to it.
#[tokio::test]
async fn a_file_is_no_question_of_what_is_registered() -> Result<()> {
    let app = town().await?;
    let before = app.written().await?;
    let place = "2026-11-23_abcdefghijklmnopqrstuvwxyz";
    for named in ["户口簿复印件", &format!("1.k1.{place}.c2VjcmV0.pdf.482131.5paH5Lu2.AAAA")] {
        let mut body = paper("in-person", Some("2026-11-23"));
        body["form_version"] = json!(3);
        body["answers"]["enclosures"] = json!(named);
        let refused = send(&app, "1", "handler", "jyj", &body).await?;
        assert_eq!(refused.told(), (422, "invalid-field".to_owned()), "{}", refused.text());
        let error = refused.field("errors")[0].clone();
        assert_eq!((&error["pointer"], &error["code"]), (&json!("/answers/enclosures"), &json!("question-unknown")));
    }
    assert!(app.written().await? == before, "something was written");
    Ok(())
}

#[tokio::test]
async fn it_is_sealed_and_opened_as_what_comes_at_the_front_door_and_its_applicant_takes_it_from_there() -> Result<()> {
    let app = town().await?;
    let case = registered(&app, "1", &paper("in-person", Some("2026-11-23"))).await?;
    let all = app.everything().await?;
    let code = case.receipt.code.as_str();
    for secret in [WROTE, PHONE, CARD, "王小明", code, &code.replace('-', "")] {
        assert!(!all.contains(secret), "{secret} is readable");
    }
    let opened = case.opened().await?;
    for told in [WROTE, PHONE, CARD, "王小明", "居民身份证"] {
        assert!(opened.text().contains(told), "{told}: {}", opened.text());
    }
    // The same person at the front door: found by what stood on paper.
    app.clock.set("2026-11-23T03:00:00Z".parse()?);
    let web = Case::confirmed(&app).await?;
    assert_eq!(web.view().await?.field("same_applicant")["item_of_month"], 2);
    let wrong = status(&app, &case.receipt.number, "AAAA-AAAA-AAAA-AAAA").await?;
    assert_eq!(wrong.status, 422);
    let taken_back = case.acts("withdraw", "").await?;
    assert!(taken_back.text().contains("已撤回本次申请"), "{}", taken_back.text());
    Ok(())
}
