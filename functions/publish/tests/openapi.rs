//! The OpenAPI document is a golden file.

use std::{fs, path::Path};

#[test]
fn the_openapi_document_is_the_golden_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let mut generated = serde_json::to_string_pretty(&publish::openapi()).unwrap();
    generated.push('\n');
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &generated).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == generated, "openapi.json is out of date; run with UPDATE_GOLDEN=1 and read the difference");
}

#[test]
fn every_operation_has_a_summary_a_tag_and_its_problems() {
    let document = serde_json::to_value(publish::openapi()).unwrap();
    assert_eq!(document["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    let mut operations = 0;
    let mut ids = std::collections::BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/publish/"), "{path}");
        for (method, operation) in methods.as_object().unwrap() {
            operations += 1;
            assert!(operation["summary"].is_string(), "{method} {path}");
            assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{method} {path}");
            assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{method} {path}");
            let responses = operation["responses"].as_object().unwrap();
            for (status, response) in responses {
                assert!(
                    response["description"].as_str().is_some_and(|text| !text.is_empty()),
                    "{method} {path} {status}"
                );
            }
            if method != "get" {
                // What takes in a file is no command: its bytes are the key, and nothing can be in its way.
                let of_files = operation["tags"][0] == "files";
                // A conflict of one of many decisions is told in its outcome.
                let conflict = (!path.ends_with("/decisions") && !of_files).then_some("409");
                for status in ["400", "401", "403", "413", "415", "422", "503"].into_iter().chain(conflict) {
                    assert!(responses.contains_key(status), "{method} {path} {status}");
                }
                let named = operation["parameters"].as_array().into_iter().flatten();
                let keyed = named.clone().any(|parameter| parameter["name"] == "Idempotency-Key");
                assert_eq!(keyed, !of_files, "{method} {path}");
            }
        }
    }
    assert_eq!(operations, 84);
}

#[test]
fn every_schema_that_is_referred_to_is_there() {
    let document = serde_json::to_value(publish::openapi()).unwrap();
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
}
