use std::path::Path;

use serde_json::json;

use super::*;

const SUBMITTED: EventType = EventType { category: "document", name: "DocumentSubmitted", version: 1 };
const SCHEMA: &str = "events/document/DocumentSubmitted/v1.schema.json";
const SAMPLE: &str = "events/document/DocumentSubmitted/v1/notice.json";

fn schema() -> String {
    json!({"type": "object", "required": ["type", "version", "data"], "properties": {"version": {"const": 1}}})
        .to_string()
}

fn sample(name: &str, revision: &str) -> String {
    json!({"type": name, "version": 1, "data": {"revision": revision}}).to_string()
}

fn sentences<const N: usize>(files: [(&str, String); N]) -> Vec<String> {
    of_types(&Tree::from(files), &[SUBMITTED]).into_iter().map(|finding| finding.sentence).collect()
}

#[test]
fn a_shape_with_schema_and_sample_passes() {
    let good = sample("DocumentSubmitted", &"a".repeat(64));
    assert_eq!(sentences([(SCHEMA, schema()), (SAMPLE, good)]), Vec::<String>::new());
}

#[test]
fn a_missing_or_unreadable_schema_is_named() {
    assert!(sentences([("README.md", String::new())])[0].contains("has no schema"));
    assert!(sentences([(SCHEMA, "{".to_owned())])[0].contains("cannot be read"));
    assert!(sentences([(SCHEMA, json!({"type": 5}).to_string())])[0].contains("cannot be read"));
}

#[test]
fn a_shape_without_samples_is_named() {
    assert!(sentences([(SCHEMA, schema())])[0].contains("no golden sample"));
}

#[test]
fn a_sample_that_does_not_hold_is_named() {
    let cases = [
        ("{".to_owned(), "not JSON"),
        (json!({"type": "DocumentSubmitted", "version": 2, "data": {}}).to_string(), "does not fit its schema"),
        (sample("DocumentSubmitted", "abc"), "cannot decode"),
        (sample("DocumentApproved", &"a".repeat(64)), "is not a `DocumentSubmitted`"),
        (
            json!({"type": "DocumentSubmitted", "version": 1, "data": {"revision": "a".repeat(64), "more": 1}})
                .to_string(),
            "would store it differently",
        ),
    ];
    for (sample, expected) in cases {
        let sentences = sentences([(SCHEMA, schema()), (SAMPLE, sample)]);
        assert!(sentences[0].contains(expected), "{expected}: {sentences:?}");
    }
}

#[test]
fn files_of_no_event_type_are_named_and_lambda_payloads_are_not() {
    let good = sample("DocumentSubmitted", &"a".repeat(64));
    let stray = "events/document/DocumentBurnt/v1/x.json";
    let files =
        [(SCHEMA, schema()), (SAMPLE, good), (stray, "{}".to_owned()), ("events/lambda/publish.json", "{}".to_owned())];
    assert_eq!(of_types(&Tree::from(files), &[SUBMITTED]).into_iter().map(|f| f.file).collect::<Vec<_>>(), [stray]);
}

/// The schemas say of hostile values what the domain's types say.
#[test]
fn schemas_and_domain_agree_on_hostile_values() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let tree = Tree::read(root).unwrap();
    let long = "长".repeat(5000);
    let hostile: [Value; 14] = [
        json!(""),
        json!(" "),
        json!("a\u{202E}b"),
        json!("a\u{0}b"),
        json!("A/../b"),
        json!("甲\n乙"),
        json!("0"),
        json!(long),
        json!("\u{200B}"),
        json!("a\u{FEFF}"),
        json!(null),
        json!(-1),
        json!([]),
        json!({"unknown": 1}),
    ];
    let mut compared = 0;
    for event in EVENT_TYPES {
        let folder = format!("events/{}/{}/v{}", event.category, event.name, event.version);
        let schema: Value = serde_json::from_str(tree.text(&format!("{folder}.schema.json")).unwrap()).unwrap();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for path in tree.paths().filter(|path| in_folder(path, &folder)) {
            let sample: Value = serde_json::from_str(tree.text(path).unwrap()).unwrap();
            for place in places(&sample["data"], "/data") {
                for value in &hostile {
                    let mut changed = sample.clone();
                    *changed.pointer_mut(&place).unwrap() = value.clone();
                    let domain = stored_again(event, &changed).is_ok();
                    assert_eq!(
                        validator.is_valid(&changed),
                        domain,
                        "{path} {place} = {value}: left the schema, right the domain"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}

/// JSON pointers to every value below `value`.
fn places(value: &Value, at: &str) -> Vec<String> {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, member)| (format!("{at}/{name}"), member)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (format!("{at}/{index}"), item)).collect(),
        _ => Vec::new(),
    };
    below.into_iter().flat_map(|(place, value)| std::iter::once(place.clone()).chain(places(value, &place))).collect()
}
