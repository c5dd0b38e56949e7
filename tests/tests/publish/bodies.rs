//! HTML on its way in: refused with a code, or stored well formed with what was left out told.

use anyhow::Result;
use journeys::app::{Answer, TestApp, draft};
use serde_json::{Value, json};

async fn drafted(app: &TestApp, key: &str, html: &str) -> Result<Answer> {
    app.post("/documents").staff("editor", "jyj").key(key).json(&draft("jyj.tzgg", "标题", html)).send().await
}

fn codes(answer: &Answer) -> Vec<String> {
    let errors = answer.field("errors");
    errors.as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
}

/// HTML with scripts in every disguise is refused with its code, and nothing is written; an editor hears of it.
#[tokio::test]
async fn html_that_runs_is_refused_in_every_disguise() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    for (place, (disguise, what)) in [
        ("<script>alert(1)</script>", "<script>"),
        ("<ScRiPt src=//evil.test></sCrIpT>", "<script>"),
        ("<scr<script>ipt>alert(1)</scr</script>ipt>", "<scr?script>"),
        ("<img src=x onerror=alert(1)>", "<img onerror>"),
        ("<a href=\"javascript:alert(1)\">a</a>", "<a href>"),
        ("<a href=\"java\tscript:alert(1)\">a</a>", "<a href>"),
        ("<a href=\"&#106;avascript:alert(1)\">a</a>", "<a href>"),
        ("<a href=\"data:text/html,<script>alert(1)</script>\">a</a>", "<a href>"),
        ("<svg onload=alert(1)><script>alert(1)</script></svg>", "<svg>"),
        ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<math>"),
        ("<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<iframe>"),
        ("<object data=\"evil.swf\"></object><embed src=evil.swf>", "<object>"),
        ("<style>@import url(//evil.test)</style>", "<style>"),
        ("<link rel=stylesheet href=//evil.test>", "<link>"),
        ("<p style=\"background:url(javascript:alert(1))\">p</p>", "<p style>"),
        ("<form action=//evil.test><input name=p><button>b</button></form>", "<form>"),
        ("<meta http-equiv=refresh content=\"0;url=//evil.test\">", "<meta>"),
        ("<base href=//evil.test>", "<base>"),
        ("<!--[if IE]><script>alert(1)</script><![endif]-->", "<!--[if ie]><scr…-->"),
        ("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", "<noscript>"),
        ("<template><script>alert(1)</script></template>", "<template>"),
        ("<textarea></textarea><script>alert(1)</script>", "<textarea>"),
        ("<details open ontoggle=alert(1)>d</details>", "<details ontoggle>"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = drafted(&app, &format!("hostile-{place}"), &format!("<p>正文。</p>{disguise}")).await?;
        assert_eq!(answer.told(), (422, "invalid-field".to_owned()), "{disguise}: {}", answer.text());
        let error = answer.field("errors")[0].clone();
        assert_eq!(
            (error["pointer"].as_str(), error["code"].as_str()),
            (Some("/content/body_html"), Some("html-unsafe"))
        );
        assert!(error["detail"].as_str().unwrap().contains(what), "{disguise}: {error}");
        assert!(error["detail_en"].as_str().unwrap().contains(what), "{disguise}: {error}");
    }
    assert_eq!(app.written().await?, before, "something was written");
    Ok(())
}

/// What only a person can mend is refused, each with its code, all at once.
#[tokio::test]
async fn html_that_needs_a_person_is_refused() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    let html = "<p>正</p><img src=https://a.example/b.png alt=图><img src=/b.png><a href=/x></a><a href='ftp://a'>甲</a>\
                <h2><img src=/b.png alt=''></h2>";
    let answer = drafted(&app, "person", html).await?;
    assert_eq!(
        codes(&answer),
        [
            "html-image-foreign",
            "html-image-without-alternative",
            "html-link-without-name",
            "html-link-address",
            "html-heading-empty"
        ],
        "{}",
        answer.text()
    );
    let answer = drafted(&app, "many", &"<p>x</p>".repeat(120_000)).await?;
    assert_eq!(codes(&answer), ["html-too-many-elements"], "{}", answer.text());
    assert_eq!(app.written().await?, before, "something was written");
    Ok(())
}

/// Markup that no page has is left out and told: in the answer, in the answer to a resend, and in the event.
#[tokio::test]
async fn what_is_left_out_is_told() -> Result<()> {
    let app = TestApp::town().await?;
    let html = "<div><p style='color:red'><font>正</font><span class=x>文</span></p></div><li>其一";
    let first = drafted(&app, "pasted", html).await?;
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(first.field("removed"), json!(["div", "p[style]", "font", "span"]));
    assert_eq!(drafted(&app, "pasted", html).await?, first);
    let id = first.field("id").as_str().unwrap().to_owned();
    let path = format!("/documents/{id}");
    let view = app.get(&path).staff("editor", "jyj").send().await?.json();
    assert_eq!(view["draft"]["content"]["body_html"], "<p>正文</p><ul><li>其一</li></ul>");
    let commits = app.ledger.load(&format!("document:{id}").parse()?).await?;
    assert_eq!(commits[0].events[0].data.value().unwrap()["removed"], first.field("removed"));

    let revise = |key: &str, version: u64, html: &str| {
        let body = json!({ "content": { "title": "标题", "body_html": html } });
        app.put(&format!("{path}/draft")).staff("editor", "jyj").key(key).if_match(version).json(&body).send()
    };
    let revised = revise("r1", 1, "<p><span>新</span></p>").await?;
    assert_eq!(revised.field("removed"), json!(["span"]), "{}", revised.text());
    let clean = revise("r2", 2, "<p>又新</p>").await?;
    assert_eq!(clean.status, 200, "{}", clean.text());
    assert_eq!(clean.field("removed"), Value::Null, "nothing was left out");
    Ok(())
}

/// A body of a megabyte is work for those only who may send one.
#[tokio::test]
async fn permission_is_asked_before_a_body_is_read() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    let before = app.written().await?;
    let bad = json!({ "title": "", "body_html": "<script>" });
    let other = json!({ "column": "czj.tzgg", "content": bad });
    let call = app.post("/documents").staff("editor", "jyj").key("a").json(&other);
    assert_eq!(call.send().await?.told(), (403, "forbidden".to_owned()), "another department's column");
    let own = json!({ "column": "jyj.tzgg", "content": bad });
    let call = app.post("/documents").staff("publisher", "jyj").key("b").json(&own);
    assert_eq!(call.send().await?.told(), (403, "forbidden".to_owned()), "another role");
    let nowhere = json!({ "column": "no column", "content": bad });
    let call = app.post("/documents").staff("publisher", "jyj").key("c").json(&nowhere);
    assert_eq!(call.send().await?.told(), (403, "forbidden".to_owned()), "no column to ask for");
    let revise = json!({ "content": bad });
    let call = app.put(&format!("/documents/{id}/draft")).staff("editor", "czj").key("d").if_match(1).json(&revise);
    assert_eq!(call.send().await?.told(), (403, "forbidden".to_owned()), "another department's draft");
    assert_eq!(app.written().await?, before);
    Ok(())
}
