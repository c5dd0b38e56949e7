//! Calls of AWS services in the source.

use crate::tree::Tree;

/// Methods of the SDKs' clients that send something.
const METHODS: [&str; 20] = [
    "batch_get_item",
    "batch_write_item",
    "copy_object",
    "decrypt",
    "delete_item",
    "delete_object",
    "encrypt",
    "get_item",
    "get_object",
    "head_object",
    "list_object_versions",
    "list_objects_v2",
    "put_item",
    "put_object",
    "publish",
    "query",
    "scan",
    "send_email",
    "transact_write_items",
    "update_item",
];

/// Folders whose code runs under a role of the template.
const FOLDERS: [&str; 3] = ["functions/", "shared/", "infra/local/src/aws/"];

/// Whether `file word` is there: the word as a method called without arguments, or as the name of an operation.
pub(super) fn is_made(tree: &Tree, call: &str) -> bool {
    let Some((path, word)) = call.split_once(' ') else { return false };
    let said = [format!(".{word}()"), format!("\"{word}\"")];
    tree.text(path).is_some_and(|text| said.iter().any(|said| text.contains(said)))
}

/// Every call of a client: `file method`, the file, the line.
pub(super) fn all(tree: &Tree) -> Vec<(String, String, usize)> {
    let files = tree.texts().filter(|(path, text)| is_ours(path) && speaks_to_a_client(text));
    files
        .flat_map(|(path, text)| {
            text.lines().enumerate().flat_map(move |(at, line)| {
                let called = METHODS.iter().filter(move |method| line.contains(&format!(".{method}()")));
                called.map(move |method| (format!("{path} {method}"), path.to_owned(), at + 1))
            })
        })
        .collect()
}

fn is_ours(path: &str) -> bool {
    let is_test = path.contains("/tests/") || path.ends_with("tests.rs");
    path.ends_with(".rs") && !is_test && FOLDERS.iter().any(|folder| path.starts_with(folder))
}

/// Addresses have a `query()` too.
fn speaks_to_a_client(text: &str) -> bool {
    [
        ".table_name(",
        ".request_items(",
        ".set_request_items(",
        ".set_transact_items(",
        ".bucket(",
        ".key_id(",
        ".from_email_address(",
        ".phone_number(",
    ]
    .iter()
    .any(|said| text.contains(said))
}
