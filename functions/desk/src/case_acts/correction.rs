//! What can be done with an error report.

use super::{ASSIGN, CaseAct, CaseField, ERASE, FILES, HANDLE, NOTES, SUPERVISE, TAKE};

/// All of them, the usual way first.
pub(super) const ACTS: &[CaseAct] = &[
    TAKE,
    CaseAct {
        verb: "answer",
        name: "答复",
        rule: "由办理部门的承办人或督办人办理；网民找错应在 3 个工作日内答复，答复公开（《政府网站发展指引》）。逾期的也要答复。",
        effect: "答复立即公开，来信人凭受理编号和查询码可以看到，这一件随之办结；来信人写的内容不公开。",
        fields: &[CaseField::Finding, CaseField::About, CaseField::Reply],
        action: HANDLE,
        is_grave: false,
        done: "已答复，网页将在片刻后更新。",
    },
    FILES,
    NOTES,
    ASSIGN,
    CaseAct {
        verb: "dismiss",
        name: "不属找错",
        rule: "由办理部门的承办人或督办人办理；只用于广告、谩骂或与网站错误无关的来信，须说明理由。",
        effect: "这一件办结，不公开；来信人看到理由，不能再答复。",
        fields: &[CaseField::DismissReason],
        action: HANDLE,
        is_grave: true,
        done: "已按不属找错办结。",
    },
    CaseAct {
        verb: "withdraw-answer",
        name: "撤回答复",
        rule: "由办理部门的督办人办理；须说明理由，来信人会看到。",
        effect: "答复从公开网页上消失，办理经过里保留；办件重新打开，须在期限内另行答复。",
        fields: &[CaseField::WithdrawReason],
        action: SUPERVISE,
        is_grave: true,
        done: "答复已撤回，网页将在片刻后更新。",
    },
    ERASE,
];
