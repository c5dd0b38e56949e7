//! The fields of a content that differ from those of another.

use std::collections::BTreeMap;

use domain::document::Content;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::super::view::ContentView;

/// A field that has another value than before.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldChange {
    /// Which: a JSON pointer into a content.
    #[schema(example = "/catalogue/genre")]
    field: String,
    /// Its name, Chinese.
    #[schema(example = "体裁分类")]
    name_zh: String,
    /// What it said; absent if nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Value>,
    /// What it says; absent if nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Value>,
}

/// The fields, in the order in which editors are asked for them, and what forms call them.
const FIELDS: &[(&str, &str)] = &[
    ("/title", "名称"),
    ("/summary", "内容概述"),
    ("/document_number", "发文字号"),
    ("/written_on", "成文日期"),
    ("/source", "来源"),
    ("/keywords", "关键词"),
    ("/catalogue/subject", "主题分类"),
    ("/catalogue/genre", "体裁分类"),
    ("/catalogue/class", "组配分类"),
    ("/catalogue/terms", "分类词"),
    ("/catalogue/validity", "有效性"),
    ("/catalogue/expires_on", "有效期至"),
    ("/catalogue/office", "责任处室"),
    ("/form/kind", "内容形式"),
    ("/form/reviewed_on", "核对日期"),
    ("/form/post", "职务"),
    ("/form/duties", "分管工作"),
    ("/form/address", "链接地址"),
    ("/relations", "关联"),
    ("/attachments", "附件"),
];

/// The fields in which `to` differs from `from`; all that says something where there is nothing before it.
pub(super) fn changed(from: Option<Content>, to: Content) -> Vec<FieldChange> {
    let mut from = from.map(told).unwrap_or_default();
    let mut to = told(to);
    let changes = FIELDS.iter().map(|(field, name)| FieldChange {
        field: (*field).to_owned(),
        name_zh: (*name).to_owned(),
        from: from.remove(*field),
        to: to.remove(*field),
    });
    changes.filter(|change| change.from != change.to).collect()
}

/// Every field but the body that says something, as a content is read, by its pointer.
fn told(content: Content) -> BTreeMap<String, Value> {
    let mut told = BTreeMap::new();
    let Ok(Value::Object(members)) = serde_json::to_value(ContentView::of(content, None)) else { return told };
    for (name, value) in members {
        match value {
            Value::Object(parts) => {
                told.extend(parts.into_iter().map(|(part, value)| (format!("/{name}/{part}"), value)));
            }
            value => {
                told.insert(format!("/{name}"), value);
            }
        }
    }
    told.retain(|_, value| !says_nothing(value));
    told
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        DocumentId,
        document::{
            Attachment, BodyHash, Catalogue, CatalogueClass, DocumentNumber, Form, Genre, Relation, RelationKind,
            Subject, Validity, WebAddress,
        },
        file::{FileKind, StoredFile},
        text::{Line, Prose},
    };
    use serde_json::json;

    use super::*;

    fn plain() -> Content {
        Content::new(Line::new("标题").unwrap(), BodyHash::of(b"<p>text</p>"))
    }

    /// A content that says something in every field it may have beside `form`.
    fn full(form: Form) -> Content {
        // A new field does not compile before it is told here.
        let catalogue = Catalogue {
            subject: Some(Subject::try_from("综合政务".to_owned()).unwrap()),
            genre: Some(Genre::Notice),
            class: Some(CatalogueClass::Plans),
            terms: vec![Line::new("词").unwrap()],
            validity: Some(Validity::InForce),
            expires_on: Some("2031-12-31".parse().unwrap()),
            office: Some(Line::new("处").unwrap()),
        };
        Content {
            title: Line::new("题").unwrap(),
            body: BodyHash::of(b"<p>other</p>"),
            summary: Prose::new("概述").unwrap(),
            document_number: Some(DocumentNumber::try_from("澄教发〔2026〕5号".to_owned()).unwrap()),
            written_on: Some("2026-11-20".parse().unwrap()),
            source: Prose::new("来源").unwrap(),
            keywords: vec![Line::new("词").unwrap()],
            catalogue,
            form,
            relations: vec![Relation {
                kind: RelationKind::Amends,
                document: DocumentId::migrated(&"old".parse().unwrap(), "7"),
            }],
            attachments: vec![Attachment {
                title: Line::new("报名表").unwrap(),
                file: StoredFile { hash: BodyHash::of(b"a"), kind: FileKind::Pdf, bytes: 1, picture: None },
            }],
        }
    }

    fn forms() -> [Form; 3] {
        [
            Form::Question { reviewed_on: "2026-11-20".parse().unwrap() },
            Form::Leader { post: Line::new("局长").unwrap(), duties: Prose::new("全面").unwrap() },
            Form::Link { address: WebAddress::try_from("https://a.cn".to_owned()).unwrap() },
        ]
    }

    #[test]
    fn every_field_there_is_has_a_name_and_is_compared() {
        let mut seen: Vec<String> = Vec::new();
        for form in forms() {
            let fields = told(full(form.clone()));
            let changes = changed(Some(plain()), full(form));
            assert_eq!(changes.len(), fields.len(), "{changes:?}");
            seen.extend(fields.into_keys());
        }
        seen.sort();
        seen.dedup();
        let mut named: Vec<&str> = FIELDS.iter().map(|(field, _)| *field).collect();
        named.sort_unstable();
        assert_eq!(seen, named);
    }

    #[test]
    fn both_values_are_told_and_what_says_nothing_is_absent() {
        let before = Content { summary: Prose::new("概述").unwrap(), ..plain() };
        let after =
            Content { title: Line::new("题").unwrap(), keywords: vec![Line::new("停水").unwrap()], ..plain() };
        let told = serde_json::to_value(changed(Some(before), after)).unwrap();
        assert_eq!(
            told,
            json!([
                { "field": "/title", "name_zh": "名称", "from": "标题", "to": "题" },
                { "field": "/summary", "name_zh": "内容概述", "from": "概述" },
                { "field": "/keywords", "name_zh": "关键词", "to": ["停水"] },
            ])
        );
        assert_eq!(changed(Some(plain()), plain()), []);
    }

    #[test]
    fn of_a_first_text_everything_it_says_is_new() {
        let changes = changed(None, plain());
        let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, ["/title", "/form/kind"]);
        assert!(changes.iter().all(|change| change.from.is_none()));
    }
}
