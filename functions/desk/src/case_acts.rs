//! What can be done with a case: each act with its rule, what follows from it, and what it asks for.

mod correction;
mod field;
mod lawful;
mod request;

use crate::case_kind::CaseKind;

pub(crate) use field::{CaseField, Control};
pub(crate) use lawful::{lawful, may};

/// An act on a case.
#[derive(Debug)]
pub(crate) struct CaseAct {
    /// As the API calls it.
    pub(crate) verb: &'static str,
    /// What its button says.
    pub(crate) name: &'static str,
    /// Who may, and which rule says so.
    pub(crate) rule: &'static str,
    /// What follows.
    pub(crate) effect: &'static str,
    /// What it asks for.
    pub(crate) fields: &'static [CaseField],
    /// What the policies call it.
    pub(crate) action: &'static str,
    /// Whether it takes something away.
    pub(crate) is_grave: bool,
    /// What is said when it is done.
    pub(crate) done: &'static str,
}

impl CaseAct {
    /// Where it is done, below the case.
    pub(crate) fn page(&self) -> String {
        match self.verb {
            "files" => "/files".to_owned(),
            _ if self.is_of_what_was_read() => "/open".to_owned(),
            verb => format!("/act/{verb}"),
        }
    }

    /// Whether it is done to what somebody has read, and to nothing that stands there since.
    pub(crate) fn is_of_what_was_read(&self) -> bool {
        self.verb == "approve-reply"
    }
}

/// All acts of a kind, the usual way first.
pub(crate) fn acts(kind: CaseKind) -> &'static [CaseAct] {
    match kind {
        CaseKind::Correction => correction::ACTS,
        CaseKind::Request => request::ACTS,
    }
}

/// The act of this name.
pub(crate) fn act(kind: CaseKind, verb: &str) -> Option<&'static CaseAct> {
    acts(kind).iter().find(|act| act.verb == verb)
}

const HANDLE: &str = "handle-case";
const SUPERVISE: &str = "supervise-case";

const TAKE: CaseAct = CaseAct {
    verb: "take",
    name: "受理",
    rule: "由办理部门的承办人或督办人办理；别人正在承办的也可以接过来。",
    effect: "您成为这件的承办人，它进入您的办件；期限照常计算，来信人、申请人看到“已确定承办人”。",
    fields: &[],
    action: HANDLE,
    is_grave: false,
    done: "已受理，由您承办。",
};

const NOTES: CaseAct = CaseAct {
    verb: "notes",
    name: "备注",
    rule: "由办理部门的承办人或督办人办理；办结后、抹除前也可以补记。",
    effect: "备注加密保存，只有打开这一件的承办人、督办人能看到；来信人、申请人和公众看不到。",
    fields: &[CaseField::Memo],
    action: HANDLE,
    is_grave: false,
    done: "已记下备注。",
};

/// Its page takes a file and is one of its own: `routes/case/add_file.rs`.
const FILES: CaseAct = CaseAct {
    verb: "files",
    name: "附卷",
    rule: "由办理部门的承办人或督办人办理：书面来件的扫描件，或者要随答复提供的文件；一件最多 30 个，每个不超过 4 MB。",
    effect: "文件加密保存，只有打开这一件的承办人、督办人能看到；随答复提供的，审核同意后申请人凭受理编号和查询码下载。",
    fields: &[],
    action: HANDLE,
    is_grave: false,
    done: "已附卷。",
};

const ASSIGN: CaseAct = CaseAct {
    verb: "assign",
    name: "转办",
    rule: "由现在办理的部门的承办人或督办人办理；须说明理由，来信人、申请人会看到。",
    effect: "改由所选部门办理，只有它能打开；本部门从此打不开。期限不因转办延长。",
    fields: &[CaseField::Department, CaseField::AssignReason],
    action: HANDLE,
    is_grave: false,
    done: "已转办。",
};

const ERASE: CaseAct = CaseAct {
    verb: "erase",
    name: "抹除",
    rule: "由办理部门的督办人依来信人、申请人的请求办理；须已办结（《个人信息保护法》第四十七条）。",
    effect: "来件内容、往来文书、身份信息和备注的密钥销毁，谁也不能再打开，不能恢复；受理编号、办理经过和公开的答复保留。",
    fields: &[CaseField::EraseReason],
    action: SUPERVISE,
    is_grave: true,
    done: "已抹除，密钥正在销毁。",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn every_act_says_its_rule_and_what_follows() {
        for kind in CaseKind::ALL {
            for act in acts(kind) {
                assert!(
                    act.rule.ends_with('。') && act.effect.ends_with('。') && act.done.ends_with('。'),
                    "{}",
                    act.verb
                );
                assert_eq!(super::act(kind, act.verb).unwrap().name, act.name);
                assert!(words::of("action", act.action).is_some(), "{}", act.verb);
                for field in act.fields {
                    assert!(words::of("field", field.name()).is_some(), "{}", field.name());
                }
            }
            assert!(super::act(kind, "open").is_none());
        }
    }
}
