use serde_json::json;

use super::*;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in pairs {
        fields.add(name, value);
    }
    fields
}

fn content() -> Content {
    serde_json::from_value(json!({
        "title": "关于停水的通知", "body_html": "<p>停水。</p>\n<p>见<a href=\"/x\">附件</a>。</p>", "summary": "停水", "source": "",
        "document_number": "澄水发〔2026〕5号", "written_on": "2026-11-20", "keywords": ["停水", "检修"],
        "catalogue": {"genre": "notice", "terms": ["供水"]}, "form": {"kind": "article"},
        "relations": [{"kind": "based-on", "document": "qi2bfupkzntzkyra4uzjlhybaq"}],
        "attachments": [{"file": "a".repeat(64), "title": "表", "kind": "pdf", "bytes": 12}],
    }))
    .unwrap()
}

#[test]
fn opening_and_saving_a_text_sends_what_it_was() {
    let content = content();
    let sent = ContentForm::of(&content).sent(content.body_html.as_deref()).content;
    assert_eq!(sent, input(&content, &[]));
    assert_eq!(sent["body_html"], content.body_html.unwrap());
    assert_eq!(sent["keywords"], json!(["停水", "检修"]));
    assert_eq!(sent["catalogue"], json!({"genre": "notice", "terms": ["供水"]}));
    assert_eq!(sent["form"], json!({"kind": "article"}));
}

#[test]
fn keywords_stand_in_one_line_however_they_are_separated() {
    assert_eq!(words(" 停水 检修、供水,管网；抢修　 "), ["停水", "检修", "供水", "管网", "抢修"]);
    assert!(words(" 、").is_empty());
}

#[test]
fn only_the_fields_of_its_kind_are_sent() {
    let filled = fields(&[
        ("title", "停水"),
        ("kind", "question"),
        ("reviewed_on", "2026-11-20"),
        ("post", "局长"),
        ("markup", "markup"),
    ]);
    let sent = ContentForm::filled(&filled, None).sent(None).content;
    assert_eq!(sent["form"], json!({"kind": "question", "reviewed_on": "2026-11-20"}));
}

#[test]
fn every_pointer_leads_to_the_row_that_was_sent() {
    let (one, two) = ("a".repeat(64), "b".repeat(64));
    let filled = fields(&[
        ("relation_kind", "amends"),
        ("relation_document", ""),
        ("relation_kind", "repeals"),
        ("relation_document", "见 /api/desk/documents/qi2bfupkzntzkyra4uzjlhybaq"),
        ("attachment", &one),
        ("attachment_title", "甲"),
        ("attachment", &two),
        ("attachment_title", "乙"),
        ("attachment_remove", &one),
    ]);
    let form = ContentForm::filled(&filled, Some(&content()));
    let sent = form.sent(None);
    assert_eq!(sent.content["relations"], json!([{"kind": "repeals", "document": "qi2bfupkzntzkyra4uzjlhybaq"}]));
    assert_eq!(sent.content["attachments"], json!([{"file": two, "title": "乙"}]));
    assert!(form.attachments[0].is_removed && form.attachments[0].kind.as_deref() == Some("pdf"));
    for (pointer, id) in [
        ("/content/title", "title"),
        ("/content/body_html", "body"),
        ("/content/keywords/3", "keywords"),
        ("/content/catalogue/expires_on", "expires_on"),
        ("/content/form/post", "post"),
        ("/content/relations/0/document", "relation_document-0"),
        ("/content/attachments/0/title", "attachment_title-1"),
        ("/content/attachments", "attachments"),
        ("/column", "column"),
    ] {
        assert_eq!(sent.field(pointer).as_deref(), Some(id), "{pointer}");
    }
    for nowhere in ["", "/", "/x", "/content/attachments/9/file"] {
        assert_eq!(sent.field(nowhere), None, "{nowhere}");
    }
}

#[test]
fn a_document_is_found_in_whatever_was_pasted() {
    let id = "qi2bfupkzntzkyra4uzjlhybaq";
    for text in [id.to_owned(), format!("document:{id}"), format!("http://a.example/api/desk/documents/{id}/edit?x=1")]
    {
        assert_eq!(relations::document_in(&text), Some(id), "{text}");
    }
    assert_eq!(relations::document_in("关于停水的通知"), None);
    assert_eq!(relations::document_in(&format!("{id}x")), None);
}
