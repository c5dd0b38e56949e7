//! Adding files to a form: one a press, without script, and what no page of ours sends.

use std::sync::atomic::Ordering;

use frontdoor::{Key, Keys, ReceptionProblem, Token};
use http::StatusCode;

use crate::world::{FORM, Got, World, request};

const FILES: &str = "/form/letter/correction/files";

/// A picture of one pixel.
pub(crate) const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 0x01, 0, 0, 0,
    0x01, 0x08, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x60, 0,
    0, 0, 0x02, 0, 0x01, 0xe5, 0x27, 0xde, 0xfc, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// The page on which pictures are added, with what was answered before.
async fn to_the_pictures(world: &World) -> Got {
    let page = world.get(FORM).await;
    let page = world.answer(&page, &[("page", "/zwgk/a.html"), ("mistake", "typo"), ("_go", "next")]).await;
    world.answer(&page, &[("text-place", "“公开”写成“公升”"), ("_go", "next")]).await
}

/// Sends the form of a page in parts, as browsers do, with a file and over fields of its own.
async fn sent(world: &World, page: &Got, go: &str, file: Option<(&str, &[u8])>) -> Got {
    let mut fields = page.all_hidden();
    fields.push(("_go".to_owned(), go.to_owned()));
    post(world, &fields, file.map(|(name, bytes)| ("pictures", name, bytes))).await
}

async fn post(world: &World, fields: &[(String, String)], file: Option<(&str, &str, &[u8])>) -> Got {
    in_parts(world, FILES, fields, file).await
}

pub(crate) async fn in_parts(
    world: &World,
    path: &str,
    fields: &[(String, String)],
    file: Option<(&str, &str, &[u8])>,
) -> Got {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let (field, name, bytes) = file.unwrap_or(("pictures", "", &[]));
    let head = format!(
        "--x\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(bytes);
    body.extend(b"\r\n--x--\r\n");
    let request = request("POST", path, "www").header("content-type", "multipart/form-data; boundary=x");
    world.send(request.header("origin", "https://www.cheng.example"), body).await
}

fn carried(page: &Got) -> Vec<String> {
    page.all_hidden().into_iter().filter(|(name, _)| name == "pictures").map(|(_, value)| value).collect()
}

#[tokio::test]
async fn a_file_is_added_listed_and_sent_with_everything_else() {
    let world = World::new();
    let page = to_the_pictures(&world).await;
    for part in [
        "enctype=\"multipart/form-data\"",
        &format!("action=\"{FILES}\""),
        "accept=\".jpg,.jpeg,.png\"",
        "最多 5 个，每个不超过 4 MB：jpg、png",
    ] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    let page = sent(&world, &page, "add", Some(("C:\\图\\路灯.png", PNG))).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("<li>路灯.png<span class=\"optional\">（图片，1 KB）</span>"), "{}", page.text);
    assert_eq!(page.hidden()["text-place"], "“公开”写成“公升”");
    let page = sent(&world, &page, "next", None).await;
    assert!(page.title().starts_with("需要答复吗"), "{}", page.title());
    let page = world.answer(&page, &[("_go", "next")]).await;
    assert!(page.text.contains("<dd>路灯.png（图片，1 KB）</dd>"), "{}", page.text);
    assert!(world.desk.received.lock().unwrap().is_empty());
    let receipt = world.answer(&page, &[("_go", "send")]).await;
    assert!(receipt.text.contains("WZ20261130-0001"), "{}", receipt.text);
    let received = world.desk.received.lock().unwrap();
    let [file] = &received[0].0.files[..] else { panic!("one file") };
    assert_eq!(
        (file.question.as_str(), file.file.name.expose(), file.file.kind.name()),
        ("pictures", "路灯.png", "png")
    );
    let kept = world.shelf.kept.lock().unwrap();
    assert_eq!(kept[&file.file.place].len() as u64, file.file.bytes);
    assert!(
        received[0].0.text("pictures").is_none()
            && received[0].0.sealed.iter().all(|answer| answer.question != "pictures")
    );
}

#[tokio::test]
async fn whoever_chose_a_file_and_goes_on_means_it_too() {
    let world = World::new();
    let page = to_the_pictures(&world).await;
    let page = sent(&world, &page, "next", Some(("a.png", PNG))).await;
    assert!(page.title().starts_with("需要答复吗") && carried(&page).len() == 1);
}

#[tokio::test]
async fn a_file_can_be_taken_away_again() {
    let world = World::new();
    let page = to_the_pictures(&world).await;
    let page = sent(&world, &page, "add", Some(("a.png", PNG))).await;
    let page = sent(&world, &page, "add", Some(("b.png", PNG))).await;
    let remove = page.text.split("value=\"remove:").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = sent(&world, &page, &format!("remove:{remove}"), None).await;
    assert_eq!((page.status, carried(&page).len()), (StatusCode::OK, 1));
    assert!(!page.text.contains("a.png") && page.text.contains("b.png"));
}

#[tokio::test]
async fn what_is_not_taken_is_told_over_the_form_and_nothing_is_lost() {
    let world = World::with_tries(100);
    let page = to_the_pictures(&world).await;
    let page = sent(&world, &page, "add", Some(("a.png", PNG))).await;
    let large = [PNG, &vec![0; 4 * 1_048_576]].concat();
    for (name, bytes, code, said) in [
        ("large.png", large.as_slice(), "file-too-large", "不超过 4 MB"),
        ("a.txt", "文字".as_bytes(), "file-kind", "只接收 jpg、png 文件"),
        ("a.png", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", "file-kind", "只接收 jpg、png 文件"),
        ("a.jpg", PNG, "kind-differs", "内容却是 .png 文件"),
        ("a.png", &PNG[..40], "damaged", "不完整或已损坏"),
        ("a.png", b"", "empty", "空的"),
    ] {
        let refused = sent(&world, &page, "add", Some((name, bytes))).await;
        assert_eq!(
            (refused.status, refused.codes()),
            (StatusCode::UNPROCESSABLE_ENTITY, vec![code]),
            "{name}: {}",
            refused.text
        );
        assert!(
            refused.text.contains(said) && refused.text.contains("<a href=\"#pictures\">"),
            "{name}: {}",
            refused.text
        );
        assert_eq!(
            (carried(&refused).len(), refused.hidden()["text-place"].as_str()),
            (1, "“公开”写成“公升”"),
            "{name}"
        );
    }
    let nothing = sent(&world, &page, "add", None).await;
    assert_eq!((nothing.status, nothing.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["no-file"]));
    assert_eq!(world.shelf.kept.lock().unwrap().len(), 1, "nothing else is kept");
}

#[tokio::test]
async fn there_is_no_sixth_file() {
    let world = World::with_tries(100);
    let mut page = to_the_pictures(&world).await;
    for number in 1..=5 {
        page = sent(&world, &page, "add", Some((&format!("{number}.png"), PNG))).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    assert!(page.text.contains(" disabled>") && !page.text.contains("value=\"add\""), "{}", page.text);
    let sixth = sent(&world, &page, "add", Some(("6.png", PNG))).await;
    assert_eq!((sixth.status, sixth.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["too-many-files"]));
    assert_eq!((carried(&sixth).len(), world.shelf.kept.lock().unwrap().len()), (5, 5));
}

#[tokio::test]
async fn a_field_that_was_forged_or_comes_from_another_form_is_dropped_and_told() {
    let world = World::new();
    let page = to_the_pictures(&world).await;
    let page = sent(&world, &page, "add", Some(("a.png", PNG))).await;
    let genuine = carried(&page).remove(0);
    let other = to_the_pictures(&world).await;
    let changed = genuine.replace(".png.", ".pdf.");
    for (name, forged) in [("of another form", genuine.as_str()), ("changed", &changed), ("nothing", "x")] {
        let mut fields = other.all_hidden();
        fields.push(("pictures".to_owned(), forged.to_owned()));
        fields.push(("_go".to_owned(), "next".to_owned()));
        let told = post(&world, &fields, None).await;
        assert_eq!((told.status, told.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["file-foreign"]), "{name}");
        assert!(carried(&told).is_empty() && told.hidden()["text-place"] == "“公开”写成“公升”", "{name}");
    }
    // From the check, too: nothing is received with it.
    let check = world.to_the_check().await;
    let told = world.answer(&check, &[("pictures", &genuine), ("_go", "send")]).await;
    assert_eq!((told.status, told.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["file-foreign"]));
    assert!(world.desk.received.lock().unwrap().is_empty());
}

/// A version that had no question for files, open too long, goes on as the newest, which has one.
#[tokio::test]
async fn a_form_that_is_renewed_as_another_version_signs_for_no_file_that_was_not_added_to_it() {
    let world = World::new();
    let check = world.to_the_check().await;
    let at = "2026-11-29T00:00:00Z".parse().unwrap();
    let (form, site, id) = ("correction".to_owned(), "www".to_owned(), "abcdefghijklmnopqrstuvwxyz".to_owned());
    let keys = Keys::new(Key::new("k1", vec![7; 32]).unwrap(), Vec::new());
    let token = Token { form, version: 2, site, at, id }.signed(&keys);
    let forged = "1.k1.2026-11-30_abcdefghijklmnopqrstuvwxyz.c2VjcmV0.png.482131.YS5wbmc.AAAA";
    for go in ["next", "send"] {
        let renewed = world.answer(&check, &[("_token", &token), ("pictures", forged), ("_go", go)]).await;
        assert_eq!(renewed.status, StatusCode::CONFLICT, "{go}: {}", renewed.text);
        assert!(carried(&renewed).is_empty() && !renewed.text.contains("a.png"), "{go}: {}", renewed.text);
        assert_eq!(renewed.hidden()["text-place"], "“公开”写成“公升”", "{go}");
    }
}

#[tokio::test]
async fn files_stay_with_a_form_that_is_renewed_and_go_with_a_token_that_is_not_known() {
    let world = World::new();
    let page = to_the_pictures(&world).await;
    let page = sent(&world, &page, "add", Some(("a.png", PNG))).await;
    let mut strange = page.all_hidden();
    strange.iter_mut().filter(|(name, _)| name == "_token").for_each(|(_, token)| token.push('x'));
    let lost = post(&world, &strange, None).await;
    assert_eq!(lost.status, StatusCode::CONFLICT);
    assert!(lost.text.contains("添加过的文件请重新添加") && carried(&lost).is_empty(), "{}", lost.text);
    world.clock.advance(jiff::SignedDuration::from_hours(24));
    let renewed = sent(&world, &page, "next", Some(("b.png", PNG))).await;
    assert_eq!(renewed.status, StatusCode::CONFLICT);
    assert!(renewed.text.contains("刚才选的文件请再选一次") && renewed.text.contains("a.png"), "{}", renewed.text);
    assert_ne!(carried(&renewed), carried(&page), "it belongs to the fresh form now");
    let page = sent(&world, &renewed, "next", None).await;
    assert!(page.status == StatusCode::OK && carried(&page).len() == 1, "{}", page.text);
}

#[tokio::test]
async fn files_that_have_gone_are_told_by_name_and_everything_else_stays() {
    let world = World::new();
    let page = to_the_pictures(&world).await;
    let page = sent(&world, &page, "add", Some(("a.png", PNG))).await;
    let page = sent(&world, &page, "next", Some(("b.png", PNG))).await;
    let check = world.answer_all(&page, &[("name", "王明"), ("_go", "next")]).await;
    let place = "2026-11-30_00000000000000000000000000".to_owned();
    *world.desk.problem.lock().unwrap() = Some(ReceptionProblem::FilesGone(vec![place]));
    let told = world.answer_all(&check, &[("_go", "send")]).await;
    assert_eq!((told.status, told.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["files-gone"]), "{}", told.text);
    assert!(told.text.contains("“a.png”等文件") && !told.text.contains("<li>a.png") && told.text.contains("<li>b.png"));
    assert_eq!(told.hidden()["name"], "王明");
    *world.desk.problem.lock().unwrap() = None;
    let check = sent(&world, &told, "next", None).await;
    let receipt = world.answer_all(&check, &[("_go", "send")]).await;
    assert!(receipt.text.contains("WZ20261130-0001"), "{}", receipt.text);
    assert_eq!(world.desk.received.lock().unwrap()[0].0.files.len(), 1);
}

#[tokio::test]
async fn whoever_adds_too_many_waits_and_a_store_that_fails_loses_nothing() {
    let world = World::with_tries(1);
    let page = to_the_pictures(&world).await;
    let page = sent(&world, &page, "add", Some(("a.png", PNG))).await;
    let wait = sent(&world, &page, "add", Some(("b.png", PNG))).await;
    assert_eq!((wait.status, wait.codes()), (StatusCode::TOO_MANY_REQUESTS, vec!["too-many"]));
    assert!(wait.headers["retry-after"] == "150" && carried(&wait).len() == 1);
    assert_eq!(world.counter.count("file"), 1);
    let onward = sent(&world, &wait, "next", None).await;
    assert_eq!(onward.status, StatusCode::OK, "no file, no limit");

    let world = World::new();
    let page = to_the_pictures(&world).await;
    world.shelf.fails.store(true, Ordering::SeqCst);
    let unkept = sent(&world, &page, "add", Some(("a.png", PNG))).await;
    assert_eq!((unkept.status, unkept.codes()), (StatusCode::SERVICE_UNAVAILABLE, vec!["unavailable"]));
    world.shelf.fails.store(false, Ordering::SeqCst);
    world.counter.fail();
    let uncounted = sent(&world, &page, "add", Some(("a.png", PNG))).await;
    assert_eq!((uncounted.status, uncounted.codes()), (StatusCode::SERVICE_UNAVAILABLE, vec!["unavailable"]));
}

#[tokio::test]
async fn only_pages_of_ours_add_files_and_the_address_itself_leads_to_the_form() {
    let world = World::new();
    let foreign = request("POST", FILES, "www").header("content-type", "multipart/form-data; boundary=x");
    assert_eq!(
        world.send(foreign.header("origin", "https://evil.example"), "--x--").await.status,
        StatusCode::FORBIDDEN
    );
    let page = world.get(FILES).await;
    assert!(page.status == StatusCode::OK && page.title().starts_with("哪个网页有错"));
    assert_eq!(world.get("/form/letter/nothing/files").await.status, StatusCode::NOT_FOUND);
    // A page without files has nothing to add any to.
    let first = world.get(FORM).await;
    let mut fields = first.all_hidden();
    fields.push(("_go".to_owned(), "add".to_owned()));
    let told = post(&world, &fields, Some(("pictures", "a.png", PNG))).await;
    assert_eq!((told.status, told.codes()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["missing", "missing"]));
    assert!(world.shelf.kept.lock().unwrap().is_empty());
}
