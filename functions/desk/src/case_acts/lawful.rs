//! Which acts a case allows as it stands; who may is asked when it is done.

use super::{CaseAct, SUPERVISE, acts};
use crate::{
    api::{
        cases::{Case, Letter},
        staff::Permissions,
    },
    case_kind::CaseKind,
};

/// The acts, the next step first. `me` is whoever looks at it; what his roles are known not to allow is left out.
pub(crate) fn lawful(
    kind: CaseKind,
    case: &Case,
    me: Option<&str>,
    roles: Option<&Permissions>,
) -> Vec<&'static CaseAct> {
    let acts = acts(kind).iter().filter(|act| allows(kind, case, me, act.verb));
    acts.filter(|act| may(case, roles, asked(case, act))).collect()
}

/// What the policies call an act on the case as it stands: who asks further than in the round is a supervisor.
fn asked(case: &Case, act: &CaseAct) -> &'static str {
    if act.verb == "seek-opinion" && case.application.asks_further { SUPERVISE } else { act.action }
}

/// Whether his roles are not known to forbid `action` on the case.
pub(crate) fn may(case: &Case, roles: Option<&Permissions>, action: &str) -> bool {
    roles.is_none_or(|roles| roles.allow(action, Some(&case.department), Some(&case.site)))
}

/// Whether an act can succeed in this state.
fn allows(kind: CaseKind, case: &Case, me: Option<&str>, verb: &str) -> bool {
    match verb {
        "take" => case.is_at_work() && (case.handler.is_none() || case.handler.as_deref() != me),
        "notes" | "files" => !case.erased,
        "assign" => case.is_at_work(),
        "erase" => case.closed_at.is_some() && !case.erased,
        verb => match kind {
            CaseKind::Correction => of_report(case, verb),
            CaseKind::Request => of_application(case, me, verb),
        },
    }
}

fn of_report(case: &Case, verb: &str) -> bool {
    let report = &case.report;
    match verb {
        "answer" => case.is_at_work() && report.answer.is_none(),
        "dismiss" => case.is_at_work(),
        "withdraw-answer" => report.answer.is_some(),
        _ => false,
    }
}

fn of_application(case: &Case, me: Option<&str>, verb: &str) -> bool {
    let own = &case.application;
    let is_under_way = case.is_at_work() && own.confirmed_at.is_some();
    let awaits_completion = own.completion.as_deref() == Some("awaited");
    let awaits_fee = own.fee.as_ref().is_some_and(|fee| fee.paid_at.is_none());
    let lapsed = |what: &str| {
        let ended = own.conclusion.as_ref().filter(|_| !case.erased);
        ended.is_some_and(|ended| ended.kind == "abandoned" && ended.lapsed.as_deref() == Some(what))
    };
    let pending = own.draft.as_ref().filter(|draft| !draft.returned);
    let is_idle = is_under_way && !awaits_completion && !awaits_fee && !own.awaits_opinion();
    match verb {
        "confirm" => case.is_at_work() && own.confirmed_at.is_none(),
        "ask-completion" => is_idle && own.completion.is_none() && case.runs("completion-notice"),
        "ask-reasons" => is_idle && own.reasons.is_none(),
        "record-reasons" => is_under_way && own.reasons.as_deref() == Some("awaited"),
        "seek-opinion" => is_under_way && !awaits_completion && !awaits_fee,
        "record-delivery" => is_under_way && own.letters.iter().any(Letter::is_on_its_way),
        "record-opinion" => is_under_way && own.letters.iter().any(|letter| letter.state != "given"),
        "record-completion" => (is_under_way && awaits_completion) || lapsed("completion"),
        "reopen" => lapsed("completion"),
        "ask-fee" => is_idle && own.fee.is_none() && case.runs("reply"),
        "record-payment" => (is_under_way && awaits_fee) || lapsed("fee"),
        "extend" => is_under_way && case.runs("reply") && !own.extended,
        "delay" => is_under_way && case.runs("reply") && own.reasons.as_deref() == Some("given") && !own.delayed,
        "draft-reply" | "redirect" => is_idle,
        // Nobody approves his own.
        "approve-reply" => is_idle && pending.is_some_and(|draft| me != Some(&*draft.by)),
        "return-reply" => is_idle && pending.is_some(),
        "withdraw" => case.is_at_work(),
        "record-publication" => {
            let ended = own.conclusion.as_ref().and_then(|ended| ended.outcome.as_ref());
            own.published.is_none() && ended.is_some_and(|outcome| outcome.kind == "provided")
        }
        "archive" => case.closed_at.is_some() && own.archived.is_none(),
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
        let case: Case = serde_json::from_value(case).unwrap();
        lawful(CaseKind::Correction, &case, Some("me"), None).iter().map(|act| act.verb).collect()
    }

    #[test]
    fn a_case_at_work_can_be_taken_by_whoever_does_not_answer_for_it() {
        assert_eq!(verbs(json!({})), ["take", "answer", "files", "notes", "assign", "dismiss"]);
        assert_eq!(verbs(json!({"handler": "other"})), ["take", "answer", "files", "notes", "assign", "dismiss"]);
        assert_eq!(verbs(json!({"handler": "me"})), ["answer", "files", "notes", "assign", "dismiss"]);
    }

    #[test]
    fn a_closed_case_can_be_mended_noted_and_erased_and_an_erased_one_only_in_public() {
        let answer = json!({"at": "x", "finding": "corrected", "subject": "甲", "text": "乙"});
        assert_eq!(verbs(json!({"closed_at": "x", "answer": answer})), ["files", "notes", "withdraw-answer", "erase"]);
        assert_eq!(verbs(json!({"closed_at": "x", "silent": "广告"})), ["files", "notes", "erase"]);
        assert_eq!(verbs(json!({"closed_at": "x", "answer": answer, "erased": true})), ["withdraw-answer"]);
    }

    #[test]
    fn what_his_roles_do_not_allow_is_left_out() {
        let case = json!({
            "version": 3, "number": "x", "kind": "x", "stands": "x", "site": "www", "department": "sswj", "departments": [], "opened_at": "x",
            "closed_at": "x", "erased": false, "form": "x", "form_version": 1, "deadlines": [], "notes": [],
        });
        let case: Case = serde_json::from_value(case).unwrap();
        let roles = |department: &str, actions: &[&str]| -> Permissions {
            let within = json!({"department": department, "actions": actions});
            serde_json::from_value(json!({"person": {"subject": "x", "roles": []}, "may": [within]})).unwrap()
        };
        let verbs = |roles: &Permissions| {
            lawful(CaseKind::Correction, &case, None, Some(roles)).iter().map(|act| act.verb).collect::<Vec<_>>()
        };
        assert_eq!(verbs(&roles("sswj", &["handle-case"])), ["files", "notes"]);
        assert_eq!(verbs(&roles("sswj", &["handle-case", "supervise-case"])), ["files", "notes", "erase"]);
        assert!(verbs(&roles("bgs", &["handle-case"])).is_empty());
    }

    fn of_application(changes: serde_json::Value) -> Vec<&'static str> {
        let term = |name: &str| json!({"name": name, "title": "x", "rule": "x", "status": "running", "account": "x"});
        let mut case = json!({
            "version": 3, "number": "YG-20261130-482137", "kind": "政府信息公开申请", "stands": "办理中", "site": "www", "department": "sswj",
            "departments": ["sswj"], "handler": "me", "opened_at": "x", "erased": false, "form": "information-request", "form_version": 1,
            "deadlines": [term("reply"), term("completion-notice")], "notes": [], "confirmed_at": "x", "letters": [],
        });
        for (name, value) in changes.as_object().unwrap() {
            case[name] = value.clone();
        }
        let case: Case = serde_json::from_value(case).unwrap();
        let common = ["files", "notes", "assign", "withdraw"];
        let verbs = lawful(CaseKind::Request, &case, Some("me"), None).into_iter().map(|act| act.verb);
        verbs.filter(|verb| !common.contains(verb)).collect()
    }

    #[test]
    fn an_application_is_confirmed_first() {
        assert_eq!(of_application(json!({"confirmed_at": null, "deadlines": []})), ["confirm"]);
        assert_eq!(
            of_application(json!({})),
            ["ask-completion", "ask-reasons", "seek-opinion", "ask-fee", "extend", "draft-reply", "redirect"]
        );
    }

    #[test]
    fn while_somebody_else_has_to_act_it_is_not_replied_to() {
        let stopped = json!([]);
        assert_eq!(of_application(json!({"completion": "awaited", "deadlines": stopped})), ["record-completion"]);
        let letter = |delivered: Option<&str>| json!({"number": 1, "of": "third-party", "sought_at": "x", "state": "awaited", "delivered_on": delivered});
        let sent = json!({"letters": [letter(None)], "deadlines": stopped});
        assert_eq!(of_application(sent), ["seek-opinion", "record-delivery", "record-opinion"]);
        let delivered = json!({"letters": [letter(Some("2026-11-27"))], "deadlines": stopped});
        assert_eq!(of_application(delivered), ["seek-opinion", "record-opinion"]);
        assert_eq!(of_application(json!({"fee": {"fen": 10_000}, "deadlines": stopped})), ["record-payment"]);
    }

    #[test]
    fn a_draft_is_approved_by_somebody_else_and_returned_once() {
        let draft = |by: &str, returned: bool| json!({"draft": {"outcome": {"kind": "does-not-exist"}, "by": by, "at": "x", "returned": returned}, "deadlines": []});
        let drafted = |by: &str, returned: bool| of_application(draft(by, returned))[2..].to_vec();
        assert_eq!(drafted("other", false), ["draft-reply", "approve-reply", "return-reply", "redirect"]);
        assert_eq!(drafted("me", false), ["draft-reply", "return-reply", "redirect"]);
        assert_eq!(drafted("other", true), ["draft-reply", "redirect"]);
    }

    #[test]
    fn reasons_are_asked_for_once_and_recorded_while_they_are_awaited_whatever_else_is() {
        let awaited = of_application(json!({"reasons": "awaited", "completion": "awaited", "deadlines": []}));
        assert_eq!(awaited, ["record-completion", "record-reasons"]);
        let given = of_application(json!({"reasons": "given", "deadlines": []}));
        assert_eq!(given, ["seek-opinion", "draft-reply", "redirect"]);
        let in_time = |delayed: bool| of_application(json!({"reasons": "given", "delayed": delayed}));
        assert!(in_time(false).contains(&"delay") && !in_time(true).contains(&"delay"));
    }

    #[test]
    fn what_was_let_pass_can_be_recorded_as_come_in_time_and_a_completion_asked_for_again() {
        let lapsed = |what: &str| json!({"closed_at": "x", "conclusion": {"kind": "abandoned", "lapsed": what}, "deadlines": []});
        assert_eq!(of_application(lapsed("completion")), ["record-completion", "reopen", "archive", "erase"]);
        assert_eq!(of_application(lapsed("fee")), ["record-payment", "archive", "erase"]);
        let letter = json!({"number": 1, "of": "third-party", "sought_at": "x", "state": "lapsed"});
        assert!(of_application(json!({"letters": [letter]})).contains(&"record-opinion"));
    }

    #[test]
    fn what_may_be_done_once_is_not_offered_again_and_a_closed_one_is_filed_and_erased() {
        let extended = of_application(json!({"extended": true}));
        assert_eq!(extended, ["ask-completion", "ask-reasons", "seek-opinion", "ask-fee", "draft-reply", "redirect"]);
        let later = json!({"completion": "given", "fee": {"fen": 10_000, "paid_at": "x"}});
        assert_eq!(of_application(later), ["ask-reasons", "seek-opinion", "extend", "draft-reply", "redirect"]);
        let closed = json!({"closed_at": "x", "conclusion": {"kind": "withdrawn"}, "deadlines": []});
        assert_eq!(of_application(closed), ["archive", "erase"]);
        let filed = json!({"closed_at": "x", "conclusion": {"kind": "withdrawn"}, "archived": "1", "erased": true});
        assert_eq!(of_application(filed), [""; 0]);
    }
}
