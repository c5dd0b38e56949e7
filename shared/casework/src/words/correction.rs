//! What readers are told of their error reports.

use domain::{
    case::CaseFile,
    correction::{Answer, Correction, CorrectionDeadline, CorrectionEvent, Finding},
};

use super::{Actions, Entry, Words};

impl Words for Correction {
    const NAME: &'static str = "网民找错";

    const ACTIONS: Actions = Actions {
        take: "POST corrections/{id}/take",
        assign: "POST corrections/{id}/assign",
        note: "POST corrections/{id}/notes",
        erase: "POST corrections/{id}/erase",
    };

    fn stands(case: &CaseFile<Self>) -> &'static str {
        let own = &case.own;
        match (&own.answer, own.closed, case.late_since(), &case.handler) {
            (Some(_), ..) => "已答复",
            (None, Some(_), ..) => "已办结",
            (None, None, Some(_), _) => "逾期办理中",
            (None, None, None, Some(_)) => "办理中",
            (None, None, None, None) => "待办理",
        }
    }

    fn entry(event: &CorrectionEvent) -> Option<Entry> {
        match event {
            CorrectionEvent::ErrorReported { .. } => None,
            CorrectionEvent::ErrorAnswered { finding, .. } => Entry::plain(&format!("已答复：{}", found(*finding))),
            CorrectionEvent::AnswerWithdrawn { reason } => Entry::saying("答复已撤回", reason.as_str()),
            CorrectionEvent::ReportDismissed { reason } => Entry::saying("不属找错，已办结", reason.as_str()),
        }
    }

    fn answer(case: &CaseFile<Self>) -> Vec<String> {
        match (&case.own.answer, &case.own.silent) {
            (Some(Answer { text, .. }), _) => {
                text.as_str().lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
            }
            (None, Some(reason)) => vec![reason.to_string()],
            (None, None) => Vec::new(),
        }
    }

    fn deadline(deadline: CorrectionDeadline) -> &'static str {
        match deadline {
            CorrectionDeadline::Answer => "答复期限",
        }
    }
}

/// What was found.
fn found(finding: Finding) -> &'static str {
    match finding {
        Finding::Corrected => "已更正",
        Finding::AsIntended => "经核实，内容无误",
        Finding::Elsewhere => "不属本网站",
    }
}
