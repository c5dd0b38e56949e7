//! What can be done with a document: each act with its rule, what follows from it, and what it asks for.

mod field;
mod lawful;

pub(crate) use field::ActField;
pub(crate) use lawful::lawful;

/// An act on a document.
#[derive(Debug)]
pub(crate) struct Act {
    /// As the API calls it.
    pub(crate) verb: &'static str,
    /// What its button says.
    pub(crate) name: &'static str,
    /// Who may, and which rule says so.
    pub(crate) rule: &'static str,
    /// What follows.
    pub(crate) effect: &'static str,
    /// What it asks for.
    pub(crate) fields: &'static [ActField],
    /// Whether it names the revision that was read.
    pub(crate) names_revision: bool,
    /// Whether the text is checked first, and somebody can answer for what is found.
    pub(crate) is_checked: bool,
    /// Whether what differs from the public text is shown before.
    pub(crate) shows_difference: bool,
    /// Whether it takes something away or goes past a rule.
    pub(crate) is_grave: bool,
    /// What is said when it is done.
    pub(crate) done: &'static str,
}

/// The act of this name.
pub(crate) fn act(verb: &str) -> Option<&'static Act> {
    ACTS.iter().find(|act| act.verb == verb)
}

const PLAIN: Act = Act {
    verb: "",
    name: "",
    rule: "",
    effect: "",
    fields: &[],
    names_revision: false,
    is_checked: false,
    shows_difference: false,
    is_grave: false,
    done: "",
};

/// All of them.
pub(crate) const ACTS: &[Act] = &[
    Act {
        verb: "submit",
        name: "送审",
        rule: "本部门编辑可以送审；信息公开前必须经过审查（《政府信息公开条例》第十七条）。",
        effect: "送审时先做发布前检查；通过后进入审核人的待办，草稿此后如再修改，需重新送审。",
        is_checked: true,
        shows_difference: true,
        done: "已送审。",
        ..PLAIN
    },
    Act {
        verb: "approve",
        name: "审核通过",
        rule: "由当前审核层级的审核人办理；不得审核自己编辑的文件，也不得在两个层级重复审核（四眼原则）。",
        effect: "只对下面显示的这一稿有效；此后任何修改、退回或移动都使审核失效。",
        names_revision: true,
        shows_difference: true,
        done: "已审核通过。",
        ..PLAIN
    },
    Act {
        verb: "return",
        name: "退回修改",
        rule: "由当前审核层级的审核人办理；须写明要改什么。",
        effect: "草稿回到编辑的待办，已有的审核全部失效；意见记入操作记录。",
        fields: &[ActField::Remark],
        names_revision: true,
        shows_difference: true,
        done: "已退回编辑。",
        ..PLAIN
    },
    Act {
        verb: "publish",
        name: "发布",
        rule: "由栏目发布部门的发布人办理；须已通过栏目要求的全部审核。",
        effect: "文件立即公开，取得永久网址和索引号；发布前再做一次检查。",
        fields: &[ActField::Slug],
        is_checked: true,
        shows_difference: true,
        done: "已发布，网页将在片刻后更新。",
        ..PLAIN
    },
    Act {
        verb: "correct",
        name: "发布更正",
        rule: "由栏目发布部门的发布人办理；须已通过全部审核，并附公开的更正说明。",
        effect: "已审核的新稿替换公开的文本；更正说明和修改对比在网页上永久可查。",
        fields: &[ActField::Note],
        is_checked: true,
        shows_difference: true,
        done: "更正已发布，网页将在片刻后更新。",
        ..PLAIN
    },
    Act {
        verb: "schedule",
        name: "定时发布",
        rule: "由栏目发布部门的发布人办理；须已通过全部审核，时间在一年之内。",
        effect: "到时自动公开，届时重新检查各项条件；此前任何修改、退回或移动都使定时失效。",
        fields: &[ActField::At, ActField::Slug, ActField::Note],
        names_revision: true,
        is_checked: true,
        shows_difference: true,
        done: "已定时发布。",
        ..PLAIN
    },
    Act {
        verb: "unschedule",
        name: "取消定时",
        rule: "由栏目发布部门的发布人办理。",
        effect: "不再自动公开；已有的审核仍然有效，可以立即发布或另定时间。",
        done: "已取消定时发布。",
        ..PLAIN
    },
    Act {
        verb: "publish-urgently",
        name: "应急发布",
        rule: "由栏目发布部门的发布人办理；仅限来不及送审的紧急信息，须写明理由，事后必须补审。",
        effect: "草稿未经审核立即公开；理由记入操作记录，栏目的各级审核人随后补审，编辑和发布的人都不得补审。",
        fields: &[ActField::Urgency, ActField::Slug, ActField::Note],
        is_checked: true,
        shows_difference: true,
        is_grave: true,
        done: "已应急发布，等待补审。",
        ..PLAIN
    },
    Act {
        verb: "review-after",
        name: "补审通过",
        rule: "由当前审核层级的审核人办理；编辑过或应急发布这一稿的人不得补审（四眼原则）。",
        effect: "确认已经公开的这一稿；如有问题，请改为更正或撤回。",
        names_revision: true,
        done: "已补审通过。",
        ..PLAIN
    },
    Act {
        verb: "set-expiry",
        name: "设定到期",
        rule: "由本部门或栏目发布部门的发布人办理；时间在十年之内。",
        effect: "到时自动撤回，原址显示“已撤回”（410）和理由；撤回之前可以另设或取消。",
        fields: &[ActField::At, ActField::ExpiryReason],
        done: "已设定到期时间。",
        ..PLAIN
    },
    Act {
        verb: "clear-expiry",
        name: "取消到期",
        rule: "由本部门或栏目发布部门的发布人办理。",
        effect: "文件不再自动撤回。",
        done: "已取消到期时间。",
        ..PLAIN
    },
    Act {
        verb: "move",
        name: "移动栏目",
        rule: "未公开的由编辑办理；已公开的由本部门和新栏目发布部门的发布人办理，新栏目的检查必须通过。",
        effect: "未公开的草稿需重新送审；已公开的换到新网址，旧网址自动转到新网址。",
        fields: &[ActField::Column, ActField::Slug],
        done: "已移动。",
        ..PLAIN
    },
    Act {
        verb: "withdraw",
        name: "撤回",
        rule: "由本部门或栏目发布部门的发布人办理；须说明理由。",
        effect: "文件立即从网站、栏目列表和订阅中消失，原址显示“已撤回”（410）和理由；操作记录保留。",
        fields: &[ActField::Reason],
        is_grave: true,
        done: "已撤回，网页将在片刻后更新。",
        ..PLAIN
    },
    Act {
        verb: "discard",
        name: "放弃草稿",
        rule: "由本部门编辑办理，不论草稿审核到哪一步，已定时发布的也可以放弃。",
        effect: "草稿离开待办和草稿列表，已有的送审、审核和定时发布失效；公开的文本不变。各稿仍留在“文稿”里，可以恢复，也可以另写新稿；编辑过的人仍不得审核下一稿。",
        names_revision: true,
        shows_difference: true,
        is_grave: true,
        done: "草稿已放弃。",
        ..PLAIN
    },
    Act {
        verb: "restore",
        name: "恢复这一稿",
        rule: "由本部门编辑办理，等同于一次修改：恢复的人不得审核它。",
        effect: "这一稿成为新的草稿，现有草稿（如有）留在修订稿中；已有的审核失效，需重新送审。",
        names_revision: true,
        done: "已恢复为草稿。",
        ..PLAIN
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_says_its_rule_and_what_follows() {
        for act in ACTS {
            assert!(act.rule.ends_with('。') && act.effect.ends_with('。') && act.done.ends_with('。'), "{}", act.verb);
            assert!(!act.name.is_empty());
            assert_eq!(super::act(act.verb).unwrap().name, act.name);
        }
        assert!(super::act("").is_none());
    }
}
