//! `GET /api/desk/corrections/{id}/readings`: who opened an error report, when and why.

use std::collections::BTreeMap;

use futures::join;
use gateway::PathParam;
use serde::Serialize;

use crate::{
    api::{
        cases::{Correction, Reading, Readings},
        part,
    },
    routes::choices,
    stop::Answer,
    visit::Visit,
};

#[derive(Debug, Serialize)]
struct Page {
    path: String,
    number: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    at: String,
    by: String,
    department: String,
    what: Vec<String>,
    why: String,
}

pub(crate) async fn read(visit: Visit, PathParam(id): PathParam) -> Answer {
    let at = format!("/corrections/{}", part(&id));
    let readings = format!("{at}/readings");
    let (readings, case, departments) = join!(
        visit.cases.read::<Readings>(&readings),
        visit.cases.read::<Correction>(&at),
        choices::departments(&visit)
    );
    let Readings { readings } = readings.map_err(|refusal| visit.refused(&refusal))?;
    let case = case.map_err(|refusal| visit.refused(&refusal))?;
    let title = format!("查看记录：{} {}", case.kind, case.number);
    let page = Page {
        path: format!("/api/desk{at}"),
        number: case.number,
        rows: readings.into_iter().map(|reading| Row::of(reading, &departments)).collect(),
    };
    Ok(visit.page("case_readings.html", &title, &page))
}

impl Row {
    fn of(reading: Reading, departments: &BTreeMap<String, String>) -> Self {
        let Reading { at, by, department, fields, why } = reading;
        Self {
            at,
            // A citizen is known by his query code alone.
            by: if by.starts_with("citizen:") { "来信人本人".to_owned() } else { by },
            department: choices::named(departments, &department),
            what: fields.iter().map(|field| told(field)).collect(),
            why,
        }
    }
}

/// A field of a case in words.
fn told(field: &str) -> String {
    match (field, field.strip_prefix("note-")) {
        ("content", _) => "来信内容".to_owned(),
        ("identity", _) => "身份信息".to_owned(),
        ("reply", _) => "答复".to_owned(),
        (_, Some(number)) => format!("备注 {number}"),
        (field, None) => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_citizens_are_told_in_words() {
        let fields = ["content", "identity", "note-2", "file-1"].map(told);
        assert_eq!(fields, ["来信内容", "身份信息", "备注 2", "file-1"]);
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
