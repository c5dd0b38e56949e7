//! A town whose citizens apply for information.

use anyhow::{Context, Result};
use http::{Method, StatusCode};
use journeys::{
    app::{Answer, Call, TestApp},
    cases::{Receipt, token_in},
};
use serde_json::{Value, json};

use super::follower::Follower;

/// What the applicant wrote: found nowhere but under the key of his case.
pub(crate) const WROTE: &str = "澄湖市老旧小区改造项目清单甲乙丙丁";
/// His telephone.
pub(crate) const PHONE: &str = "13800138000";
/// The number of his identity card.
pub(crate) const CARD: &str = "11010519491231002X";

const FORM: &str = "/form/disclosure/information-request";

/// A town whose views hold all there is.
pub(crate) async fn town() -> Result<TestApp> {
    let app = TestApp::town().await?;
    Follower::of(&app).await?;
    Ok(app)
}

/// The token of a form that is opened on the site of the education department.
pub(crate) async fn token(app: &TestApp) -> Result<String> {
    let page = app.form(Method::GET, "jyj", FORM).send().await?;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    token_in(&page.text())
}

/// The fields of an application, as the last page sends them.
pub(crate) fn fields<'a>(token: &'a str, wrote: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("_token", token),
        ("_at", "check"),
        ("_go", "send"),
        ("applicant", "citizen"),
        ("name", "王小明"),
        ("document", "identity-card"),
        ("card-number", CARD),
        ("description", wrote),
        ("medium", "electronic"),
        ("way", "online"),
        ("phone", PHONE),
    ]
}

/// Sends an application under `token`, from an address of its own: nobody else's tries count.
pub(crate) async fn send(app: &TestApp, token: &str, fields: &[(&str, &str)]) -> Result<Answer> {
    let call = app.form(Method::POST, "jyj", FORM).fields(fields);
    let nobody_else = token.bytes().fold(0_u16, |sum, byte| sum.wrapping_mul(31).wrapping_add(u16::from(byte)));
    call.header("x-taihu-address", &format!("2001:db8:{nobody_else:x}::1")).send().await
}

/// Applies for information, and gives number and code.
pub(crate) async fn filed(app: &TestApp) -> Result<Receipt> {
    let token = token(app).await?;
    Receipt::read(&send(app, &token, &fields(&token, WROTE)).await?, "YG")
}

/// Asks how a case stands.
pub(crate) async fn status(app: &TestApp, number: &str, code: &str) -> Result<Answer> {
    app.form(Method::POST, "jyj", "/form/disclosure/status").fields(&[("number", number), ("code", code)]).send().await
}

/// What the applicant does, from the form that the page of his case offers.
pub(crate) async fn act(app: &TestApp, page: &str, act: &str, number: &str, code: &str, text: &str) -> Result<Answer> {
    let form = page.split("<form ").find(|form| form.contains(&format!("name=\"act\" value=\"{act}\"")));
    let token = token_in(form.with_context(|| format!("no {act} on the page: {page}"))?)?;
    let (code_field, text_field) = (format!("{act}-code"), format!("{act}-text"));
    let fields = [("_token", &*token), ("act", act), ("number", number), (&code_field, code), (&text_field, text)];
    app.form(Method::POST, "jyj", "/form/disclosure/act").fields(&fields).send().await
}

/// Applications that a department is to answer, as its handler sees them.
pub(crate) async fn queue(app: &TestApp, department: &str) -> Result<Vec<Value>> {
    Follower::of(app).await?;
    let answer = app.disclosure(Method::GET, "/requests").staff("handler", department).send().await?;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    Ok(answer.field("entries").as_array().cloned().unwrap_or_default())
}

/// An application at work.
pub(crate) struct Case<'a> {
    pub(crate) app: &'a TestApp,
    pub(crate) id: String,
    pub(crate) receipt: Receipt,
}

impl<'a> Case<'a> {
    /// One that was filed just now.
    pub(crate) async fn filed(app: &'a TestApp) -> Result<Self> {
        let receipt = filed(app).await?;
        let queue = queue(app, "jyj").await?;
        let entry = queue.iter().find(|entry| entry["number"] == receipt.number.as_str()).context("its entry")?;
        let stream = entry["stream"].as_str().context("a stream")?;
        let id = stream.strip_prefix("request:").context("an application")?.to_owned();
        Ok(Self { app, id, receipt })
    }

    /// One whose receipt is confirmed.
    pub(crate) async fn confirmed(app: &'a TestApp) -> Result<Self> {
        let case = Self::filed(app).await?;
        case.done("confirm", &json!({})).await?;
        Ok(case)
    }

    pub(crate) fn stream(&self) -> String {
        format!("request:{}", self.id)
    }

    /// The case as its handler sees it before he opens it.
    pub(crate) async fn view(&self) -> Result<Answer> {
        self.app.disclosure(Method::GET, &format!("/requests/{}", self.id)).staff("supervisor", "jyj").send().await
    }

    /// A command on the version it stands at.
    pub(crate) async fn call(&self, verb: &str, body: &Value) -> Result<Call<'a>> {
        let view = self.view().await?;
        let version = view.field("version").as_u64().with_context(|| view.text())?;
        let call = self.app.disclosure(Method::POST, &format!("/requests/{}/{verb}", self.id));
        Ok(call.key(&format!("{verb}-{version}")).if_match(version).json(body))
    }

    /// What the department's supervisor is told who sends it.
    pub(crate) async fn told(&self, verb: &str, body: &Value) -> Result<(u16, String)> {
        Ok(self.call(verb, body).await?.staff("supervisor", "jyj").send().await?.told())
    }

    /// Does it.
    pub(crate) async fn done(&self, verb: &str, body: &Value) -> Result<()> {
        let answer = self.call(verb, body).await?.staff("supervisor", "jyj").send().await?;
        assert_eq!(answer.status, StatusCode::OK, "{verb}: {}", answer.text());
        Ok(())
    }

    /// Replies: its handler drafts, its supervisor approves.
    pub(crate) async fn decided(&self, reply: &Value) -> Result<()> {
        let drafted = self.call("draft-reply", reply).await?.staff("handler", "jyj").send().await?;
        assert_eq!(drafted.status, StatusCode::OK, "{}", drafted.text());
        self.done("approve-reply", &json!({})).await
    }

    /// What stands in it, for its handler.
    pub(crate) async fn opened(&self) -> Result<Answer> {
        let call = self.app.disclosure(Method::POST, &format!("/requests/{}/open", self.id));
        call.staff("handler", "jyj").json(&json!({ "reason": "办理本次申请" })).send().await
    }

    /// The page of the case, for its applicant.
    pub(crate) async fn page(&self) -> Result<String> {
        let page = status(self.app, &self.receipt.number, &self.receipt.code).await?;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        Ok(page.text())
    }

    /// What he does to it.
    pub(crate) async fn acts(&self, act_: &str, text: &str) -> Result<Answer> {
        let page = self.page().await?;
        act(self.app, &page, act_, &self.receipt.number, &self.receipt.code, text).await
    }

    /// When a term of it is due, or since when it stands so; and how it stands.
    pub(crate) async fn term(&self, name: &str) -> Result<(String, String)> {
        let deadlines = self.view().await?.field("deadlines");
        let found = deadlines.as_array().into_iter().flatten().find(|deadline| deadline["name"] == name);
        let found = found.with_context(|| format!("no {name}: {deadlines}"))?;
        let text = |field: &str| found[field].as_str().unwrap_or_default().to_owned();
        Ok((text("status"), text("at")))
    }
}

/// A body with a text.
pub(crate) fn text(text: &str) -> Value {
    json!({ "text": text })
}
