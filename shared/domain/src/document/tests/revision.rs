//! The hash that names a revision.

use super::*;

#[test]
fn every_field_of_the_content_is_in_the_revision() {
    let base = content("标题");
    // A new field does not compile here before it has a variant below.
    let Content {
        title: _,
        body: _,
        summary: _,
        document_number: _,
        written_on: _,
        source: _,
        keywords: _,
        catalogue: _,
        form: _,
        relations: _,
        attachments: _,
    } = &base;
    let with = |change: &dyn Fn(&mut Content)| {
        let mut variant = base.clone();
        change(&mut variant);
        variant.revision()
    };
    let other = DocumentId::migrated(&"old-portal".parse().unwrap(), "7");
    let revisions = [
        base.revision(),
        with(&|c| c.title = Line::new("题").unwrap()),
        with(&|c| c.body = BodyHash::of(b"other")),
        with(&|c| c.summary = Prose::new("s").unwrap()),
        with(&|c| c.document_number = Some(DocumentNumber::try_from("澄教发〔2026〕5号".to_owned()).unwrap())),
        with(&|c| c.source = Prose::new("s").unwrap()),
        with(&|c| c.keywords = vec![Line::new("k").unwrap()]),
        with(&|c| c.written_on = Some("2026-11-20".parse().unwrap())),
        with(&|c| c.catalogue.subject = Some(Subject::try_from("综合政务".to_owned()).unwrap())),
        with(&|c| c.catalogue.genre = Some(Genre::Notice)),
        with(&|c| c.catalogue.class = Some(CatalogueClass::Plans)),
        with(&|c| c.catalogue.terms = vec![Line::new("k").unwrap()]),
        with(&|c| c.catalogue.validity = Some(Validity::InForce)),
        with(&|c| c.catalogue.expires_on = Some("2026-11-20".parse().unwrap())),
        with(&|c| c.catalogue.office = Some(Line::new("k").unwrap())),
        with(&|c| c.form = Form::Question { reviewed_on: "2026-11-20".parse().unwrap() }),
        with(&|c| c.form = Form::Leader { post: Line::new("局长").unwrap(), duties: Prose::default() }),
        with(&|c| c.form = Form::Leader { post: Line::new("局长").unwrap(), duties: Prose::new("全面").unwrap() }),
        with(&|c| c.form = Form::Link { address: WebAddress::try_from("https://a.cn".to_owned()).unwrap() }),
        with(&|c| c.form = Form::File),
        with(&|c| c.form = Form::Pictures),
        with(&|c| c.form = Form::Film),
        with(&|c| c.attachments = vec![attached("报名表", "a")]),
        with(&|c| c.attachments = vec![attached("报名表", "b")]),
        with(&|c| c.attachments = vec![attached("申请表", "a")]),
        with(&|c| c.attachments = vec![attached("报名表", "a"), attached("申请表", "b")]),
        with(&|c| c.relations = vec![Relation { kind: RelationKind::Amends, document: other.clone() }]),
        with(&|c| c.relations = vec![Relation { kind: RelationKind::Repeals, document: other.clone() }]),
        with(&|c| c.relations = vec![Relation { kind: RelationKind::Repeals, document: id() }]),
    ];
    let distinct: std::collections::BTreeSet<_> = revisions.iter().collect();
    assert_eq!(distinct.len(), revisions.len());
}

#[test]
fn a_content_of_the_first_fields_keeps_the_hash_that_events_name_it_by() {
    let content = Content { keywords: vec![Line::new("停水").unwrap()], ..content("停水通知") };
    let mut bytes = Vec::new();
    for field in ["停水通知", content.body.as_str(), "", "", "", "", "停水"] {
        bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(field.as_bytes());
    }
    assert_eq!(content.revision(), RevisionHash::of(&bytes));
}
