//! Why a form is shown again: a summary whose links lead to the fields, and a sentence at each of them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    api::problem::{Change, FieldError, Refusal},
    words,
};

/// Fields of the catalogue.
const CATALOGUE: &[&str] = &["subject", "genre", "class", "terms", "validity", "expires_on", "office"];

/// What a form is shown again with.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Trouble {
    pub(crate) code: String,
    pub(crate) title: String,
    /// What happened and what to do; empty where the items say it.
    pub(crate) detail: String,
    pub(crate) request: Option<String>,
    pub(crate) items: Vec<Item>,
    /// What is said at each field, by its id.
    pub(crate) at: BTreeMap<String, String>,
    pub(crate) changes: Vec<Change>,
    pub(crate) more: Option<u64>,
    /// The version that stands now, where that is what somebody must know.
    pub(crate) over: Option<u64>,
    /// Whether the same may work in a while.
    pub(crate) later: bool,
    /// Whether something is said of the catalogue, or of relations: parts of the form that are closed else.
    pub(crate) within_catalogue: bool,
    pub(crate) within_relations: bool,
}

/// A line of the summary.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Item {
    /// The field it leads to.
    pub(crate) id: Option<String>,
    pub(crate) text: String,
}

impl Trouble {
    /// A refusal, with the fields that `field` finds for its pointers; findings of the checks are told by the form itself.
    pub(crate) fn of(refusal: &Refusal, field: impl Fn(&FieldError) -> Option<String>) -> Self {
        let problem = &refusal.problem;
        let mut trouble = Self {
            code: problem.code.clone(),
            title: problem.title.clone(),
            request: problem.request.clone(),
            changes: problem.changes.clone(),
            more: problem.more,
            over: problem.version.filter(|_| problem.code == "stale"),
            later: refusal.status.is_server_error(),
            ..Self::default()
        };
        for error in &problem.errors {
            trouble.add(field(error), &error.detail);
        }
        if let Some(said) = words::of("refusal", &problem.code) {
            said.clone_into(&mut trouble.detail);
            return trouble;
        }
        // Of fields alone, the detail tells no more than their pointers.
        let of_fields = matches!(problem.code.as_str(), "invalid-field" | "missing-field" | "unknown-field");
        if trouble.items.is_empty() || !of_fields {
            trouble.detail.clone_from(&problem.detail);
        }
        trouble
    }

    /// Something that the desk itself finds missing.
    pub(crate) fn at(id: &str, text: &str) -> Self {
        let mut trouble = Self { title: "还有内容需要补充".to_owned(), ..Self::default() };
        trouble.add(Some(id.to_owned()), text);
        trouble
    }

    /// The same, and something more.
    pub(crate) fn and(mut self, id: &str, text: &str) -> Self {
        self.add(Some(id.to_owned()), text);
        self
    }

    fn add(&mut self, id: Option<String>, text: &str) {
        let label = id.as_deref().map(|id| id.split_once('-').map_or(id, |(name, _)| name)).and_then(|name| {
            self.within_catalogue |= CATALOGUE.contains(&name);
            self.within_relations |= name.starts_with("relation");
            words::of("field", name)
        });
        if let Some(id) = &id {
            let said = self.at.entry(id.clone()).or_default();
            if !said.contains(text) {
                said.push_str(text);
            }
        }
        // On top it stands alone: it has to name its field.
        let text =
            label.filter(|label| !text.contains(label)).map_or(text.to_owned(), |label| format!("{label}：{text}"));
        if !self.items.iter().any(|item| item.id == id && item.text == text) {
            self.items.push(Item { id, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;
    use crate::api::problem::Problem;

    #[test]
    fn pointers_lead_to_fields_and_each_field_says_all_of_it() {
        let error = |pointer: &str, detail: &str| FieldError {
            pointer: pointer.to_owned(),
            detail: detail.to_owned(),
            finding: None,
        };
        let problem = Problem {
            code: "invalid-field".to_owned(),
            title: "字段不合规".to_owned(),
            detail: "以下字段不合规：/content/title。".to_owned(),
            errors: vec![error("/title", "太长。"), error("/title", "有换行。"), error("/x", "不明。")],
            ..Problem::default()
        };
        let refusal = Refusal { status: StatusCode::UNPROCESSABLE_ENTITY, problem, retry_after: None };
        let trouble = Trouble::of(&refusal, |error| (error.pointer == "/title").then(|| "title".to_owned()));
        assert_eq!(trouble.at["title"], "太长。有换行。");
        assert_eq!(trouble.items.len(), 3);
        assert_eq!(trouble.items[2].id, None);
        assert_eq!(trouble.detail, "");
    }
}
