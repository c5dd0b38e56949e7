//! What somebody hears whose version is no longer the last: what changed since, when, and by whom.

use std::time::Duration;

use anyhow::Result;
use domain::staff::Role;
use futures::join;
use journeys::{
    app::{Answer, Call, TestApp},
    tokens::{ADMINISTRATOR, REGISTRAR},
};
use serde_json::{Value, json};

use super::staff::{about, role};

fn content(title: &str) -> Value {
    json!({ "content": { "title": title, "body_html": "<p>正文。</p>" } })
}

fn revise<'a>(app: &'a TestApp, id: &str, subject: &str, version: u64, title: &str) -> Call<'a> {
    let call = app.put(&format!("/documents/{id}/draft")).subject(subject).if_match(version);
    call.key(&format!("{subject}-{version}")).json(&content(title))
}

/// The answer is a stale version's, and tells these commits of `stream`: number, actor, events.
fn assert_changes(answer: &Answer, stream: &str, told: &[(u64, &str, &[&str])]) {
    assert_eq!(answer.told(), (412, "stale".to_owned()), "{}", answer.text());
    let changes: Vec<Value> = told
        .iter()
        .map(|(number, actor, events)| {
            json!({ "commit": format!("{stream}:{number}"), "at": answer.field("changes")[0]["at"], "actor": actor, "events": events })
        })
        .collect();
    assert_eq!(answer.field("changes"), json!(changes), "{}", answer.text());
    assert_eq!(answer.json().get("more"), None);
}

#[tokio::test]
async fn an_editor_hears_who_changed_the_draft_and_when() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("lisi", &[(Role::Editor, "jyj", "")]).await?;
    let id = app.drafted("jyj", "jyj.tzgg", "停水通知").await?;
    app.clock.set("2026-11-29T02:12:00Z".parse()?);
    assert_eq!(revise(&app, &id, "lisi", 1, "停水公告").send().await?.status, 200);
    app.clock.pass(Duration::from_secs(180));
    let submit = app.post(&format!("/documents/{id}/submit")).subject("lisi").key("submit").if_match(2);
    assert_eq!(submit.json(&json!({})).send().await?.status, 200);

    let before = app.written().await?;
    let answer = revise(&app, &id, "editor.jyj", 1, "停水与供水通知").send().await?;
    assert_eq!(answer.told(), (412, "stale".to_owned()));
    assert_eq!((answer.headers["etag"].to_str()?, &answer.field("version")), ("\"3\"", &json!(3)));
    assert_eq!(
        answer.field("changes"),
        json!([
            { "commit": format!("document:{id}:2"), "at": "2026-11-29T02:12:00Z", "actor": "lisi", "events": ["DraftRevised"] },
            { "commit": format!("document:{id}:3"), "at": "2026-11-29T02:15:00Z", "actor": "lisi", "events": ["DocumentSubmitted"] },
        ])
    );
    assert_eq!(
        answer.field("detail"),
        "自版本 1 以来：lisi 于 2026年11月29日 10:12 修改了草稿；lisi 于 2026年11月29日 10:15 送审了草稿。\
         当前是版本 3，请重新读取、核对后再提交。"
    );
    assert!(
        answer
            .field("detail_en")
            .as_str()
            .unwrap()
            .starts_with("Since version 1: lisi revised the draft on 2026-11-29 at 10:12")
    );
    let mut written = app.written().await?;
    written.retain(|name, _| !name.starts_with("body"));
    assert!(written.iter().all(|(name, item)| before.get(name) == Some(item)), "only a body may be left");
    Ok(())
}

/// Of two who save the same version at once, one is told of the other; no edit is lost without a word.
#[tokio::test]
async fn of_two_edits_at_once_the_later_names_the_earlier() -> Result<()> {
    let app = TestApp::town().await?;
    app.enrol("lisi", &[(Role::Editor, "jyj", "")]).await?;
    let id = app.drafted("jyj", "jyj.tzgg", "停水通知").await?;
    for version in 1..=5 {
        let (own, other) = (format!("甲{version}"), format!("乙{version}"));
        let (left, right) = join!(
            revise(&app, &id, "editor.jyj", version, &own).send(),
            revise(&app, &id, "lisi", version, &other).send()
        );
        let (left, right) = (left?, right?);
        let (winner, loser, who) = if left.status == 200 { (left, right, "editor.jyj") } else { (right, left, "lisi") };
        assert_eq!(winner.status, 200, "{}", winner.text());
        assert_changes(&loser, &format!("document:{id}"), &[(version + 1, who, &["DraftRevised"])]);
    }
    Ok(())
}

#[tokio::test]
async fn of_many_changes_the_newest_twenty_are_told_and_the_rest_counted() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    for version in 1..=25 {
        assert_eq!(revise(&app, &id, "editor.jyj", version, &format!("第{version}稿")).send().await?.status, 200);
    }
    let submit = app.post(&format!("/documents/{id}/submit")).staff("editor", "jyj").key("s").if_match(1);
    let answer = submit.json(&json!({})).send().await?;
    assert_eq!(answer.told(), (412, "stale".to_owned()));
    let changes = answer.field("changes");
    let commit = |number: u64| json!(format!("document:{id}:{number}"));
    assert_eq!((changes.as_array().unwrap().len(), &answer.field("more")), (20, &json!(5)));
    assert_eq!((&changes[0]["commit"], &changes[19]["commit"]), (&commit(7), &commit(26)));
    let detail = answer.field("detail").as_str().unwrap().to_owned();
    assert!(
        detail.starts_with("自版本 1 以来：先有 20 次更早的变更；editor.jyj 于 2026年11月23日 09:00 修改了草稿；"),
        "{detail}"
    );
    assert!(!detail.contains('\n'));
    Ok(())
}

/// Departments, sites, columns and people say it as documents do.
#[tokio::test]
async fn whatever_changed_says_so() -> Result<()> {
    let app = TestApp::town().await?;
    let site = |sponsor: &str| {
        json!({ "profile": { "name": "教育局", "identification_code": "3299010001", "sponsor": sponsor, "contact": "0599-1234567",
            "icp": "澄ICP备00000001号" } })
    };
    let rectifying = json!({ "state": "rectifying", "until": "2026-12-20", "reason": "整改" });
    let department = |name: &str| json!({ "profile": { "name": name, "organisation_code": "014006438" } });
    let column = |name: &str| json!({ "profile": { "name": name } });
    let put = |path: &str, subject: &str, version: u64, body: &Value| {
        app.put(path).subject(subject).if_match(version).key(&format!("{subject}-{version}")).json(body)
    };
    for (path, body) in [
        ("/sites/jyj", site("市教育局")),
        ("/departments/jyj", department("教育和体育局")),
        ("/columns/jyj.xw", column("要闻")),
    ] {
        let changed = put(path, REGISTRAR, 1, &body).send().await?;
        assert_eq!(changed.status, 200, "{path}: {}", changed.text());
    }
    assert_eq!(put("/sites/jyj/state", REGISTRAR, 2, &rectifying).send().await?.status, 200);
    let late = put("/sites/jyj", "registrar.jyj", 1, &site("教育局")).send().await?;
    let both: [(u64, &str, &[&str]); 2] =
        [(2, REGISTRAR, &["SiteProfileChanged"]), (3, REGISTRAR, &["SiteRectificationBegan"])];
    assert_changes(&late, "site:jyj", &both);
    assert!(late.text().contains(
        "registrar 于 2026年11月23日 09:00 修改了站点资料；registrar 于 2026年11月23日 09:00 开始了站点整改。"
    ));
    let late = put("/departments/jyj", "registrar.jyj", 1, &department("教育局")).send().await?;
    assert_changes(&late, "department:jyj", &[(2, REGISTRAR, &["DepartmentProfileChanged"])]);
    let late = put("/columns/jyj.xw", "registrar.jyj", 1, &column("动态")).send().await?;
    assert_changes(&late, "column:jyj.xw", &[(2, REGISTRAR, &["ColumnProfileChanged"])]);

    let granted = about(&app, ADMINISTRATOR, "editor.jyj", "grant", 1, &role("reviewer", "jyj")).send().await?;
    assert_eq!(granted.status, 200, "{}", granted.text());
    let stream = granted.field("stream").as_str().unwrap().to_owned();
    let late = about(&app, "administrator.jyj", "editor.jyj", "revoke", 1, &role("editor", "jyj")).send().await?;
    assert_changes(&late, &stream, &[(2, ADMINISTRATOR, &["RoleGranted"])]);
    Ok(())
}

/// Who may not do a thing hears that, whatever version he names, and nothing of what others did.
#[tokio::test]
async fn who_may_not_act_is_told_of_no_change() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.approved("jyj", "jyj.tzgg", "内部").await?;
    for subject in ["editor.czj", "reviewer.jyj", "publisher.jyj", "auditor.jyj"] {
        let answer = revise(&app, &id, subject, 1, "他稿").send().await?;
        assert_eq!(answer.told(), (403, "forbidden".to_owned()), "{subject}");
        for name in ["changes", "more", "version"] {
            assert_eq!(answer.json().get(name), None, "{subject} {name}");
        }
    }
    let late = about(&app, "administrator.czj", "editor.jyj", "disable", 7, &json!({ "reason": "无" })).send().await?;
    assert_eq!((late.told(), late.json().get("changes")), ((403, "forbidden".to_owned()), None));
    Ok(())
}
