//! `GET …/{id}/readings`: who opened a case, when and why.

use std::collections::BTreeMap;

use futures::join;
use gateway::PathParam;
use serde::Serialize;

use crate::{
    api::cases::{Case, Reading, Readings},
    case_kind::CaseKind,
    fields::Fields,
    routes::choices,
    stop::Answer,
    visit::Visit,
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    number: String,
    rows: Vec<Row>,
    /// Where the part before this one begins.
    earlier: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Row {
    at: String,
    by: String,
    department: String,
    what: Vec<String>,
    why: String,
}

pub(super) async fn read(kind: CaseKind, visit: Visit, PathParam(id): PathParam, query: Option<String>) -> Answer {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let at = kind.at(&id);
    let mut readings = format!("{at}/readings");
    if let Some(before) = asked.filled("before").and_then(|before| before.parse::<u64>().ok()) {
        readings.push_str(&format!("?before={before}"));
    }
    let (readings, case, departments) = join!(
        kind.api(&visit).read::<Readings>(&readings),
        kind.api(&visit).read::<Case>(&at),
        choices::departments(&visit)
    );
    let Readings { readings, earlier } = readings.map_err(|refusal| visit.refused(&refusal))?;
    let case = case.map_err(|refusal| visit.refused(&refusal))?;
    let title = format!("查看记录：{} {}", case.kind, case.number);
    let page = Page {
        path: format!("/api/desk{at}"),
        number: case.number,
        rows: readings.into_iter().map(|reading| Row::of(reading, &departments)).collect(),
        earlier,
    };
    Ok(visit.page("case_readings.html", &title, &page))
}

impl Row {
    fn of(reading: Reading, departments: &BTreeMap<String, String>) -> Self {
        let Reading { at, by, department, fields, why } = reading;
        Self {
            at,
            // A citizen is known by his query code alone.
            by: match by.strip_prefix("citizen:") {
                Some(case) if case.starts_with("request:") => "申请人本人".to_owned(),
                Some(_) => "来信人本人".to_owned(),
                None => by,
            },
            department: choices::named(departments, &department),
            what: fields.iter().map(|field| told(field)).collect(),
            why,
        }
    }
}

/// A field of a case in words.
fn told(field: &str) -> String {
    if let Some(number) = field.strip_prefix("file-") {
        return match number.strip_suffix("-name") {
            Some(number) => format!("附件 {number} 的名称"),
            None => format!("附件 {number}"),
        };
    }
    let numbered = [("note-", "备注"), ("letter-", "征求意见书"), ("opinion-", "意见")];
    let numbered = numbered.iter().find_map(|(prefix, word)| Some(format!("{word} {}", field.strip_prefix(prefix)?)));
    let known = match field {
        "content" => "来信内容",
        "identity" => "身份信息",
        "missing" => "补正告知",
        "completion" => "补正",
        "reply" => "答复",
        other => other,
    };
    numbered.unwrap_or_else(|| known.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_citizens_are_told_in_words() {
        let fields = ["content", "identity", "note-2", "opinion-1", "missing", "file-1", "file-2-name", "x"].map(told);
        assert_eq!(fields, ["来信内容", "身份信息", "备注 2", "意见 1", "补正告知", "附件 1", "附件 2 的名称", "x"]);
        let reading = Reading {
            at: "x".to_owned(),
            by: "citizen:correction:a".to_owned(),
            department: "sswj".to_owned(),
            fields: Vec::new(),
            why: "凭查询码查看办理结果".to_owned(),
        };
        assert_eq!(Row::of(reading, &BTreeMap::new()).by, "来信人本人");
    }
}
