//! Every page through the Nu Html Checker.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::pages::{Pages, html};
use crate::process::ended;

/// How many findings are told.
const EXAMPLES: usize = 20;

/// Writes every HTML page into `folder` and gives the errors and warnings of the checker `jar` about them.
pub(super) fn check(jar: &Path, pages: &Pages, folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    fs::create_dir_all(folder)?;
    for (number, (key, bytes)) in html(pages).enumerate() {
        // The checker tells of a file by its name: a number leads back to the key.
        fs::write(folder.join(format!("{number:05}.html")), bytes)?;
        names.push(key.clone());
    }
    let mut command = Command::new("java");
    command.args(["-Xss4m", "-jar"]).arg(jar).args(["--format", "json", "--stdout", "--exit-zero-always"]).arg(folder);
    let (ran, status) = ended(&mut command)?;
    ensure!(status.success(), "the checker ended with {status}: {}", ran.told);
    let told: Value = serde_json::from_str(&ran.told).with_context(|| ran.told.clone())?;
    findings(&told, &names)
}

fn findings(told: &Value, names: &[String]) -> Result<Vec<String>> {
    let messages = told.get("messages").and_then(Value::as_array).context("messages")?;
    let text = |message: &Value, name| message.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let counts = |message: &&Value| text(message, "type") != "info" || text(message, "subType") == "warning";
    let told = messages.iter().filter(counts).map(|message| {
        let url = text(message, "url");
        let number = url.rsplit('/').next().and_then(|name| name.strip_suffix(".html")?.parse::<usize>().ok());
        let page = number.and_then(|number| names.get(number)).map_or(url.as_str(), String::as_str);
        let line = message.get("lastLine").and_then(Value::as_u64).unwrap_or_default();
        format!("{page}, line {line}: {}", text(message, "message"))
    });
    Ok(told.collect())
}

/// The first findings, and how many more there are.
pub(super) fn shown(found: &[String]) -> Vec<String> {
    let more = found.len().saturating_sub(EXAMPLES);
    let rest = (more > 0).then(|| format!("and {more} more like these"));
    found.iter().take(EXAMPLES).cloned().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn errors_and_warnings_count_and_lead_to_their_page() {
        let told = json!({ "messages": [
            { "type": "error", "url": "file:/tmp/x/00001.html", "lastLine": 3, "message": "Bad." },
            { "type": "info", "subType": "warning", "url": "file:/tmp/x/00000.html", "lastLine": 1, "message": "Odd." },
            { "type": "info", "url": "file:/tmp/x/00000.html", "message": "Fine." },
        ] });
        let names = ["www/index.html".to_owned(), "www/a/1.html".to_owned()];
        assert_eq!(findings(&told, &names).unwrap(), ["www/a/1.html, line 3: Bad.", "www/index.html, line 1: Odd."]);
        assert!(findings(&json!({}), &names).is_err());
    }

    #[test]
    fn many_findings_are_told_in_part() {
        let found: Vec<String> = (0..30).map(|number| number.to_string()).collect();
        let shown = shown(&found);
        assert_eq!((shown.len(), shown.last().map(String::as_str)), (21, Some("and 10 more like these")));
    }
}
