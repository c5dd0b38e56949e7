//! Which acts an error report allows as it stands; who may is asked when it is done.

use super::{ACTS, CaseAct};
use crate::api::{cases::Correction, staff::Permissions};

/// The acts, the next step first. `me` is whoever looks at it; what his roles are known not to allow is left out.
pub(crate) fn lawful(case: &Correction, me: Option<&str>, roles: Option<&Permissions>) -> Vec<&'static CaseAct> {
    let acts = ACTS.iter().filter(|act| allows(case, me, act.verb));
    acts.filter(|act| may(case, roles, act.action)).collect()
}

/// Whether his roles are not known to forbid `action` on the case.
pub(crate) fn may(case: &Correction, roles: Option<&Permissions>, action: &str) -> bool {
    roles.is_none_or(|roles| roles.allow(action, Some(&case.department), Some(&case.site)))
}

/// Whether an act can succeed in this state.
fn allows(case: &Correction, me: Option<&str>, verb: &str) -> bool {
    let at_work = case.closed_at.is_none() && !case.erased;
    match verb {
        "take" => at_work && (case.handler.is_none() || case.handler.as_deref() != me),
        "answer" => at_work && case.answer.is_none(),
        "notes" => !case.erased,
        "assign" | "dismiss" => at_work,
        "withdraw-answer" => case.answer.is_some(),
        "erase" => case.closed_at.is_some() && !case.erased,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn verbs(changes: serde_json::Value) -> Vec<&'static str> {
        let mut case = json!({
            "version": 3, "number": "ZC-20261130-482137", "kind": "网民找错", "stands": "办理中", "site": "www", "department": "sswj",
            "departments": ["sswj"], "opened_at": "x", "erased": false, "form": "correction", "form_version": 1, "deadlines": [], "notes": [],
        });
        for (name, value) in changes.as_object().unwrap() {
            case[name] = value.clone();
        }
        let case: Correction = serde_json::from_value(case).unwrap();
        lawful(&case, Some("me"), None).iter().map(|act| act.verb).collect()
    }

    #[test]
    fn a_case_at_work_can_be_taken_by_whoever_does_not_answer_for_it() {
        assert_eq!(verbs(json!({})), ["take", "answer", "notes", "assign", "dismiss"]);
        assert_eq!(verbs(json!({"handler": "other"})), ["take", "answer", "notes", "assign", "dismiss"]);
        assert_eq!(verbs(json!({"handler": "me"})), ["answer", "notes", "assign", "dismiss"]);
    }

    #[test]
    fn a_closed_case_can_be_mended_noted_and_erased_and_an_erased_one_only_in_public() {
        let answer = json!({"at": "x", "finding": "corrected", "subject": "甲", "text": "乙"});
        assert_eq!(verbs(json!({"closed_at": "x", "answer": answer})), ["notes", "withdraw-answer", "erase"]);
        assert_eq!(verbs(json!({"closed_at": "x", "silent": "广告"})), ["notes", "erase"]);
        assert_eq!(verbs(json!({"closed_at": "x", "answer": answer, "erased": true})), ["withdraw-answer"]);
    }

    #[test]
    fn what_his_roles_do_not_allow_is_left_out() {
        let case = json!({
            "version": 3, "number": "x", "kind": "x", "stands": "x", "site": "www", "department": "sswj", "departments": [], "opened_at": "x",
            "closed_at": "x", "erased": false, "form": "x", "form_version": 1, "deadlines": [], "notes": [],
        });
        let case: Correction = serde_json::from_value(case).unwrap();
        let roles = |department: &str, actions: &[&str]| -> Permissions {
            let within = json!({"department": department, "actions": actions});
            serde_json::from_value(json!({"person": {"subject": "x", "roles": []}, "may": [within]})).unwrap()
        };
        let verbs =
            |roles: &Permissions| lawful(&case, None, Some(roles)).iter().map(|act| act.verb).collect::<Vec<_>>();
        assert_eq!(verbs(&roles("sswj", &["handle-case"])), ["notes"]);
        assert_eq!(verbs(&roles("sswj", &["handle-case", "supervise-case"])), ["notes", "erase"]);
        assert!(verbs(&roles("bgs", &["handle-case"])).is_empty());
    }
}
