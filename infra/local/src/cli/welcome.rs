//! What `taihu serve` says when it is ready.

use std::path::Path;

use jiff::Timestamp;
use serde_json::json;

use super::args::Output;
use crate::serve::{Machine, keys::KeyError, staff::OFFICE};

/// Hours that the tokens of the welcome are good for.
const HOURS: u32 = 12;

/// How whoever started this program says its name: through cargo or not.
fn invocation() -> &'static str {
    if std::env::var_os("CARGO_PKG_NAME").is_some() { "cargo run --" } else { "taihu" }
}

const ROLES: [(&str, &str); 9] = [
    ("editor", "编辑"),
    ("reviewer", "审核"),
    ("publisher", "发布"),
    ("registrar", "登记"),
    ("auditor", "审计"),
    ("administrator", "管理"),
    ("migrator", "迁移"),
    ("handler", "承办"),
    ("supervisor", "督办"),
];

/// Prints the addresses, a token per role, where the data lie and how to stop.
///
/// # Errors
/// A token cannot be signed.
pub fn print(machine: &Machine, data: &Path, output: Output) -> Result<(), KeyError> {
    let city = &machine.config.city;
    let now = Timestamp::now();
    let tokens = ROLES
        .iter()
        .map(|(role, chinese)| Ok((*role, *chinese, machine.issuer.token(&format!("{OFFICE}.{role}"), now, HOURS)?)))
        .collect::<Result<Vec<_>, KeyError>>()?;
    let (portal, api) = (city.url(&city.portal, "/"), city.url(&city.portal, "/api/publish"));
    match output {
        Output::Json => {
            let tokens: serde_json::Map<_, _> =
                tokens.into_iter().map(|(role, _, token)| (role.to_owned(), token.into())).collect();
            let ready = json!({
                "portal": portal,
                "api": api,
                "dynamodb": machine.cloud.dynamo_url,
                "s3": machine.cloud.s3_url,
                "data": data,
                "department": OFFICE,
                "tokens": tokens,
            });
            println!("{ready}");
        }
        Output::Text => {
            println!("portal    {portal}");
            println!("API       {api}/health  (described in {api}/openapi.json)");
            println!("DynamoDB  {}", machine.cloud.dynamo_url);
            println!("S3        {}", machine.cloud.s3_url);
            println!("data      {}", data.display());
            println!();
            println!(
                "Tokens of department {OFFICE}, good for {HOURS} hours; others: {} token --role R --department D",
                invocation()
            );
            for (role, chinese, token) in tokens {
                println!("  {role} {chinese}\n    {token}");
            }
            println!();
            println!("Stop with Ctrl-C.");
        }
    }
    Ok(())
}
