//! Signing in, staying, and being sent away.

use axum::{body::Body, extract::Request};
use gateway::Scheme;
use http::{StatusCode, header};

use crate::{
    fake::{Desk, TOKEN},
    world::{ID, revision},
};

#[tokio::test]
async fn who_signs_in_comes_to_where_he_wanted() {
    let mut desk = Desk::new(Scheme::Http);
    let sent = desk.get(&format!("/api/desk/documents/{ID}?x=1")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(sent.location(), format!("/api/desk/sign-in?to=%2Fapi%2Fdesk%2Fdocuments%2F{ID}%3Fx%3D1"));
    let path = sent.location().to_owned();
    let provider = desk.get(&path).await;
    assert!(provider.location().starts_with("https://id.example/authorize?state="));
    let state = provider.location().split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let back = desk.get(&format!("/api/desk/signed-in?code=good&state={state}")).await;
    assert_eq!((back.status, back.location()), (StatusCode::SEE_OTHER, &*format!("/api/desk/documents/{ID}?x=1")));
    let page = desk.get("/api/desk/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("<span>lisi</span>"));
}

#[tokio::test]
async fn a_code_counts_in_the_browser_that_asked_for_it_only() {
    let mut desk = Desk::new(Scheme::Http);
    let sent = desk.get("/api/desk/sign-in").await;
    let state = sent.location().split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    for query in ["code=good".to_owned(), "code=good&state=other".to_owned()] {
        assert_eq!(desk.get(&format!("/api/desk/signed-in?{query}")).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
    let own = std::mem::take(&mut desk.cookies);
    let elsewhere = desk.get(&format!("/api/desk/signed-in?code=good&state={state}")).await;
    assert_eq!((elsewhere.status, elsewhere.cookies().len()), (StatusCode::BAD_REQUEST, 0));
    desk.cookies = own;
    desk.wait(601);
    let late = desk.get(&format!("/api/desk/signed-in?code=good&state={state}")).await;
    assert_eq!(late.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn tabs_that_were_opened_at_once_sign_in_beside_each_other() {
    let mut desk = Desk::new(Scheme::Http);
    let first = desk.get("/api/desk/sign-in?to=%2Fapi%2Fdesk%2Fdocuments%2Fnew").await;
    let second = desk.get("/api/desk/sign-in").await;
    for (sent, to) in [(second, "/api/desk/"), (first, "/api/desk/documents/new")] {
        let state = sent.location().split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let back = desk.get(&format!("/api/desk/signed-in?code=good&state={state}")).await;
        assert_eq!((back.status, back.location()), (StatusCode::SEE_OTHER, to));
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_told_why() {
    for (code, status) in
        [("bad", StatusCode::FORBIDDEN), ("down", StatusCode::SERVICE_UNAVAILABLE), ("", StatusCode::FORBIDDEN)]
    {
        let mut desk = Desk::new(Scheme::Http);
        assert_eq!(desk.sign_in(code).await.status, status, "{code}");
        assert_eq!(desk.get("/api/desk/").await.status, StatusCode::SEE_OTHER, "{code}");
    }
}

#[tokio::test]
async fn nobody_is_led_away_from_the_desk() {
    for to in [
        "https%3A%2F%2Fevil.example%2F",
        "%2F%2Fevil.example",
        "%2Fapi%2Fpublish%2Fqueue",
        "%2Fapi%2Fdesk%2F%2Fevil.example",
    ] {
        let mut desk = Desk::new(Scheme::Http);
        let sent = desk.get(&format!("/api/desk/sign-in?to={to}")).await;
        let state = sent.location().split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let back = desk.get(&format!("/api/desk/signed-in?code=good&state={state}")).await;
        assert_eq!(back.location(), "/api/desk/", "{to}");
    }
}

#[tokio::test]
async fn under_https_every_cookie_is_of_this_host_alone() {
    let mut desk = Desk::new(Scheme::Https);
    let begun = desk.get("/api/desk/sign-in").await;
    let ended = desk.sign_in("good").await;
    for shown in [begun, ended] {
        for cookie in shown.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.starts_with("__Host-desk"), "{cookie}");
            for attribute in ["; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
                assert!(cookie.contains(attribute), "{cookie}");
            }
        }
    }
    assert_eq!(desk.get("/api/desk/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_ends_with_its_token_and_with_signing_out() {
    let mut desk = Desk::signed_in().await;
    desk.wait(3_599);
    assert_eq!(desk.get("/api/desk/").await.status, StatusCode::OK);
    desk.wait(1);
    assert_eq!(desk.get("/api/desk/").await.status, StatusCode::SEE_OTHER);

    let mut desk = Desk::signed_in().await;
    let elsewhere = Request::post("/api/desk/sign-out").header("origin", "https://evil.example").body(Body::empty());
    assert_eq!(desk.send(elsewhere.unwrap()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.get("/api/desk/").await.status, StatusCode::OK);
    assert_eq!(desk.post("/api/desk/sign-out", &[]).await.status, StatusCode::OK);
    assert!(!desk.cookies.contains_key("desk"));
    assert_eq!(desk.post("/api/desk/sign-out", &[]).await.status, StatusCode::OK, "a session that has ended");
}

#[tokio::test]
async fn a_forged_session_is_none() {
    let mut desk = Desk::signed_in().await;
    let good = desk.cookies["desk"].clone();
    for forged in [good.to_uppercase(), format!("{good}A"), "x".to_owned(), TOKEN.to_owned()] {
        desk.cookies.insert("desk".to_owned(), forged.clone());
        assert_eq!(desk.get("/api/desk/").await.status, StatusCode::SEE_OTHER, "{forged}");
    }
}

#[tokio::test]
async fn the_api_is_asked_in_his_name_and_as_part_of_his_request() {
    let mut desk = Desk::signed_in().await;
    let path = format!("/api/desk/documents/{ID}/act/approve");
    let shown = desk.get(&path).await;
    desk.fill(&path, &shown, &[("revision", &revision('b'))]).await;
    let commands = desk.api.commands();
    let command = commands.first().unwrap();
    assert_eq!(command.header("authorization"), format!("Bearer {TOKEN}"));
    assert_eq!(command.header("x-taihu-site"), "www");
    assert_eq!(command.header("x-taihu-origin"), "origin secret");
    assert_eq!(command.header("x-request-id"), "trace-1");
    assert_eq!(command.header("cookie"), "");
}

#[tokio::test]
async fn a_token_that_the_api_refuses_is_told_of_and_not_fetched_for_ever() {
    let mut desk = Desk::signed_in().await;
    let expired = crate::fake::problem("token-expired", "令牌已过期", "请重新登录。", serde_json::json!([]));
    desk.api.answer("GET /queue", 401, expired);
    let shown = desk.get("/api/desk/?decision=approve").await;
    assert_eq!(shown.status, StatusCode::UNAUTHORIZED);
    assert!(shown.html.contains("/api/desk/sign-in?to=%2Fapi%2Fdesk%2F%3Fdecision%3Dapprove"), "{}", shown.html);
    assert!(!desk.cookies.contains_key("desk"));
}

#[tokio::test]
async fn past_the_cdn_nobody_signs_in() {
    let mut desk = Desk::new(Scheme::Http);
    let past = Request::get("/api/desk/sign-in").header("x-taihu-origin", "guessed").body(Body::empty());
    let answer = desk.send(past.unwrap()).await;
    assert_eq!((answer.status, answer.cookies().len()), (StatusCode::FORBIDDEN, 0));
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_before_it_is_read() {
    let path = format!("/api/desk/documents/{ID}/act/approve");
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "http://jyj.cheng.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let mut desk = Desk::signed_in().await;
        let shown = desk.get(&path).await;
        let form = format!("token={}&key=k&version=7&revision={}", shown.hidden("token"), revision('b'));
        let request =
            Request::post(&path).header(name, value).header("content-type", "application/x-www-form-urlencoded");
        let answer = desk.send(request.body(Body::from(form)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{value}");
        assert!(desk.api.commands().is_empty(), "{value}");
    }
}
