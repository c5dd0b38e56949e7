//! What the OpenAPI document of every function about cases keeps to.

#![expect(clippy::indexing_slicing, reason = "helpers of tests stop at the first surprise, as the tests do")]

use std::{collections::BTreeSet, fs, path::Path};

use utoipa::openapi::OpenApi;

/// Compares with the golden file beside the crate's manifest.
pub(crate) fn is_the_golden_file(document: &OpenApi, folder: &str) {
    let path = Path::new(folder).join("openapi.json");
    let mut generated = serde_json::to_string_pretty(document).unwrap();
    generated.push('\n');
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &generated).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == generated, "openapi.json is out of date; run with UPDATE_GOLDEN=1 and read the difference");
}

/// Every operation stands below `base` and has an id of its own, a summary, a tag and its problems; says how many there are.
pub(crate) fn operations(document: &OpenApi, base: &str) -> usize {
    let document = serde_json::to_value(document).unwrap();
    let mut ids = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        assert!(path.starts_with(base) && !path.ends_with('/'), "{path}");
        for (method, operation) in methods.as_object().unwrap() {
            assert!(operation["summary"].is_string(), "{method} {path}");
            assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{method} {path}");
            assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{method} {path}");
            let responses = operation["responses"].as_object().unwrap();
            if method != "get" {
                // What becomes of each of many is told in the answer.
                let conflict = (!path.ends_with("/people/erase")).then_some("409");
                for status in ["400", "401", "403", "413", "415", "422", "503"].into_iter().chain(conflict) {
                    assert!(responses.contains_key(status), "{method} {path} {status}");
                }
            }
        }
    }
    ids.len()
}

/// Every schema that is referred to is there.
pub(crate) fn refers_to_what_is_there(document: &OpenApi) {
    let document = serde_json::to_value(document).unwrap();
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
}
