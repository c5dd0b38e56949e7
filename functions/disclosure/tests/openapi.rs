//! The OpenAPI document is a golden file.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as the tests do")]

#[path = "../../letter/tests/openapi/rules.rs"]
mod rules;

#[test]
fn the_openapi_document_is_the_golden_file() {
    rules::is_the_golden_file(&disclosure::openapi(), env!("CARGO_MANIFEST_DIR"));
}

#[test]
fn every_operation_has_an_id_a_summary_a_tag_and_its_problems() {
    assert_eq!(rules::operations(&disclosure::openapi(), "/api/disclosure/"), 36);
}

#[test]
fn every_schema_that_is_referred_to_is_there() {
    rules::refers_to_what_is_there(&disclosure::openapi());
}
