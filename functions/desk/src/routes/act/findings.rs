//! What the checks found, as somebody can answer for it.

use serde::Serialize;

use crate::{
    acts::Act,
    api::{
        checks::Checks,
        problem::{FieldError, Refusal},
    },
    fields::Fields,
};

/// A finding with its box.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Found {
    pub(super) id: String,
    /// Id of its box on the page.
    pub(super) field: String,
    /// What is wrong and what to do.
    pub(super) detail: String,
    /// What stands there.
    pub(super) excerpt: String,
    /// Whether somebody answers for it by this form.
    pub(super) is_answered: bool,
}

/// What blocks: as the refusal tells it, or as the checks do before anything was sent.
pub(super) fn found(checks: Option<&Checks>, refusal: Option<&Refusal>, filled: &Fields) -> Vec<Found> {
    let answered: Vec<&str> = filled.all("finding").collect();
    let known = checks.map_or(&[] as &[_], |checks| checks.findings.as_slice());
    let excerpt = |id: &str| known.iter().find(|known| known.id == id).map(|known| known.excerpt.clone());
    let refused = refusal.filter(|refusal| refusal.problem.code == "checks-failed");
    let named: Vec<(String, String)> = match refused {
        Some(refusal) => {
            let errors = refusal.problem.errors.iter();
            let mut named: Vec<(String, String)> =
                errors.filter_map(|error| Some((error.finding.clone()?, error.detail.clone()))).collect();
            // What he answered for is found no more by the refusal, but must be named again.
            for finding in known.iter().filter(|known| known.blocks() && answered.contains(&known.id.as_str())) {
                if !named.iter().any(|(id, _)| *id == finding.id) {
                    named.push((finding.id.clone(), finding.detail.clone()));
                }
            }
            named
        }
        None => {
            let blocking = known.iter().filter(|finding| finding.blocks());
            blocking.map(|finding| (finding.id.clone(), finding.detail.clone())).collect()
        }
    };
    let boxes = named.into_iter().enumerate().map(|(place, (id, detail))| Found {
        field: format!("finding-{place}"),
        excerpt: excerpt(&id).unwrap_or_default(),
        is_answered: answered.contains(&id.as_str()),
        detail,
        id,
    });
    boxes.collect()
}

/// The id of the field that an error leads to.
pub(super) fn field(act: &Act, found: &[Found], error: &FieldError) -> Option<String> {
    if let Some(finding) = &error.finding {
        return found.iter().find(|found| found.id == *finding).map(|found| found.field.clone());
    }
    match error.pointer.as_str() {
        "/override/reason" => Some("override_reason".to_owned()),
        pointer if pointer.starts_with("/override") => found.first().map(|found| found.field.clone()),
        pointer => {
            let name = pointer.strip_prefix('/')?;
            act.fields.iter().find(|field| field.name() == name).map(|field| field.name().to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use serde_json::json;

    use super::*;
    use crate::acts::act;

    fn refusal() -> Refusal {
        let problem = json!({"code": "checks-failed", "title": "发布前检查未通过", "detail": "。", "errors": [
            {"pointer": "/content/body_html", "detail": "手机号。", "finding": "mobile@body.3.8-18"},
            {"pointer": "/content/summary", "detail": "缺少摘要。", "finding": "required@summary"},
            {"pointer": "/note", "detail": "手机号。"},
            {"pointer": "/override/reason", "detail": "太长。"},
        ]});
        let problem = serde_json::from_value(problem).unwrap();
        Refusal { status: StatusCode::UNPROCESSABLE_ENTITY, problem, retry_after: None }
    }

    #[test]
    fn each_error_leads_to_its_box_or_field() {
        let mut filled = Fields::default();
        filled.add("finding", "required@summary");
        let (refusal, act) = (refusal(), act("correct").unwrap());
        let found = found(None, Some(&refusal), &filled);
        assert_eq!(found.iter().map(|found| found.is_answered).collect::<Vec<_>>(), [false, true]);
        let fields: Vec<_> = refusal.problem.errors.iter().map(|error| field(act, &found, error)).collect();
        let ids: Vec<_> = fields.iter().map(|id| id.as_deref().unwrap()).collect();
        assert_eq!(ids, ["finding-0", "finding-1", "note", "override_reason"]);
    }
}
