//! What readers are told of their error reports.

use domain::{
    case::CaseFile,
    correction::{Answer, Correction, CorrectionDeadline, CorrectionEvent},
};

use super::{Actions, Entry, Words};

impl Words for Correction {
    const NAME: &'static str = "网民找错";

    const ACTIONS: Actions = Actions {
        take: "POST corrections/{id}/take",
        assign: "POST corrections/{id}/assign",
        note: "POST corrections/{id}/notes",
        add_file: "POST corrections/{id}/files",
        erase: "POST corrections/{id}/erase",
        rate: "POST form/letter/act rate",
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
            CorrectionEvent::ErrorAnswered { finding, .. } => Entry::plain(&format!("已答复：{}", finding.chinese())),
            CorrectionEvent::AnswerWithdrawn { reason, reopened } => {
                let title = if *reopened { "答复已撤回，将重新答复" } else { "答复已撤回" };
                Entry::saying(title, reason.as_str())
            }
            CorrectionEvent::ReportDismissed { reason } => Entry::saying("不属于网站纠错范围，已办结", reason.as_str()),
        }
    }

    fn answer(case: &CaseFile<Self>) -> Vec<String> {
        let Some(Answer { text, .. }) = &case.own.answer else { return Vec::new() };
        text.as_str().lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn deadline(deadline: CorrectionDeadline) -> &'static str {
        match deadline {
            CorrectionDeadline::Answer => "答复期限",
        }
    }
}
