//! What tells a resend from a reused key.

use std::fmt::Write;

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 of a request body in hexadecimal: the order of fields and white space do not matter.
///
/// `If-Match` is not part of it: a resend may carry the version the caller has learnt since.
#[must_use]
pub fn fingerprint(json: &Value) -> String {
    let mut canonical = String::new();
    write_sorted(json, &mut canonical);
    HEXLOWER.encode(&Sha256::digest(canonical.as_bytes()))
}

/// Sorts by itself: whether `serde_json` keeps a map's order is decided by other crates' features.
fn write_sorted(json: &Value, out: &mut String) {
    match json {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            for (place, (name, value)) in fields.into_iter().enumerate() {
                out.push(if place == 0 { '{' } else { ',' });
                write_scalar(&Value::from(name.as_str()), out);
                out.push(':');
                write_sorted(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                out.push(if place == 0 { '[' } else { ',' });
                write_sorted(item, out);
            }
            out.push(']');
        }
        scalar => write_scalar(scalar, out),
    }
}

fn write_scalar(scalar: &Value, out: &mut String) {
    // Writing into a string cannot fail.
    let _infallible = write!(out, "{scalar}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        fingerprint(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn order_and_white_space_do_not_matter() {
        assert_eq!(
            of(r#"{"a":1,"b":{"d":[1,2],"c":"é"}}"#),
            of(" { \"b\" : {\"c\":\"\\u00e9\", \"d\":[1, 2]}, \"a\":1 }")
        );
    }

    #[test]
    fn every_other_difference_matters() {
        let bodies = [
            "{}",
            "[]",
            "null",
            r#"{"a":1}"#,
            r#"{"a":"1"}"#,
            r#"{"a":[1]}"#,
            r#"{"a":[1,2]}"#,
            r#"{"a":[2,1]}"#,
            r#"{"a":1,"b":1}"#,
            r#"{"a":{"b":1}}"#,
            r#"{"a":"\",\"b\":\""}"#,
        ];
        for (place, body) in bodies.iter().enumerate() {
            for other in &bodies[..place] {
                assert_ne!(of(body), of(other), "{body} {other}");
            }
        }
    }
}
