//! Why a command on a case was refused, as problems.

use command::problems::with_advice;
use domain::{case::CaseRefusal, deadline::DeadlineRefusal};
use gateway::Problem;
use vault::VaultError;
use views::ViewError;

gateway::problem_kinds! { at "/api/letter/problems";
    /// No such case.
    CASE_NOT_FOUND: "case-not-found", NOT_FOUND, "没有此案件" / "no such case",
        "请核对编号。" / "Check its id.";
    /// What stands in the open for good holds personal numbers.
    TEXT_PERSONAL: "text-personal", UNPROCESSABLE_ENTITY, "文字含个人信息" / "the text holds personal data",
        "这些文字不加密，会被申请人、来信人或者公众看到，也无法抹除。请删去手机号、身份证号、银行卡号等后再提交。" / "It stands in the open and cannot be erased: take personal numbers out of it.";
    /// It was received before.
    CASE_ALREADY_OPENED: "case-already-opened", CONFLICT, "案件已收到" / "the case was received before",
        "无需再次提交。" / "There is no need to send it again.";
    /// It came to its end.
    CASE_CLOSED: "case-closed", CONFLICT, "案件已办结" / "the case is closed",
        "已办结的案件不能再办理，请重新读取。" / "A closed case is not worked on any more; read it again.";
    /// It has not come to its end.
    CASE_NOT_CLOSED: "case-not-closed", CONFLICT, "案件尚未办结" / "the case is not closed",
        "请先办结。" / "Bring it to its end first.";
    /// That department answers for it already.
    CASE_ALREADY_ASSIGNED: "case-already-assigned", CONFLICT, "已由该部门办理" / "that department answers for it already",
        "请选择其他部门。" / "Choose another department.";
    /// That person answers for it already.
    HANDLER_ALREADY_NAMED: "handler-already-named", CONFLICT, "已由该承办人办理" / "that person answers for it already",
        "无需再次确定。" / "There is nothing to do.";
    /// What is personal in it is erased.
    CASE_ERASED: "case-erased", GONE, "个人信息已抹除" / "what is personal in it is erased",
        "案件内容已不可查看，也不能再添加内容。" / "Nothing of it can be read, and nothing be added.";
    /// No file of that name came with it.
    FILE_NOT_FOUND: "case-file-not-found", NOT_FOUND, "没有此文件" / "no such file",
        "请重新打开案件，按列出的文件下载。" / "Open the case again and ask for a file that it lists.";
    /// It is no file that is taken.
    FILE_UNFIT: "case-file-unfit", UNPROCESSABLE_ENTITY, "文件不能接收" / "the file cannot be taken in",
        "请处理后重新上传。" / "Mend it and upload it again.";
    /// It has as many as it may have.
    TOO_MANY_FILES: "case-too-many-files", CONFLICT, "附卷的文件已满" / "the case has as many files as it may have",
        "一件最多附 30 个文件，请合并后再试。" / "A case takes 30 files; put several into one.";
    /// No reply is to be rated, or no more.
    NOT_RATEABLE: "not-rateable", CONFLICT, "现在不能评价" / "no reply is to be rated now",
        "请重新读取：还没有答复、已经评价过，或者评价的期限已过。" / "Read it again: there is no reply, it was rated, or its time is over.";
    /// It is not erased, or the receipt was given.
    ERASURE_NOT_DUE: "erasure-not-due", CONFLICT, "没有待完成的抹除" / "no erasure is to be completed",
        "请重新读取。" / "Read it again.";
    /// Nothing is to be done to it.
    NOTHING_DUE: "nothing-due", CONFLICT, "没有到期事项" / "nothing is due",
        "请重新读取。" / "Read it again.";
    /// A deadline does not allow it.
    DEADLINE_REFUSES: "deadline-refuses", CONFLICT, "期限不允许" / "the deadline does not allow it",
        "请核对期限的现状和规定。" / "See how the deadline stands, and what its limit allows.";
    /// Whoever asks has roles in several departments, and names none.
    DEPARTMENT_NOT_NAMED: "department-not-named", BAD_REQUEST, "请指明部门" / "name a department",
        "您的角色涉及多个部门或没有指明部门，请用参数 department 指明。" / "Your roles are of several departments or of none; name one with the parameter department.";
    /// The case is not in the department's hands.
    CASE_NOT_HELD: "case-not-held", CONFLICT, "该部门尚未取得案件密钥" / "the department has no way to the case",
        "转办正在进行，请稍后重试。" / "It is being handed over; try again in a moment.";
    /// The vault did not do its part.
    VAULT_UNAVAILABLE: "vault-unavailable", SERVICE_UNAVAILABLE, "暂时无法打开案件" / "the case cannot be opened now",
        "请稍后用同一幂等键重发。" / "Send it again with the same key in a moment.";
    /// A key is missing or damaged.
    CASE_DAMAGED: "case-damaged", INTERNAL_SERVER_ERROR, "案件密钥缺失或损坏" / "the key of the case is missing or damaged",
        "已报警；请把 request 编号告诉平台管理员。" / "Somebody has been told; tell the operators the request id.";
    /// A text is longer than what is sealed.
    CASE_TEXT_TOO_LONG: "case-text-too-long", UNPROCESSABLE_ENTITY, "内容过长" / "the text is too long",
        "请缩短。" / "Shorten it.";
}

/// A refusal of any case.
#[must_use]
pub fn case(refusal: &CaseRefusal) -> Problem {
    match refusal {
        CaseRefusal::NotOpened => Problem::plain(&CASE_NOT_FOUND),
        CaseRefusal::AlreadyOpened => Problem::plain(&CASE_ALREADY_OPENED),
        CaseRefusal::Closed => Problem::plain(&CASE_CLOSED),
        CaseRefusal::NotClosed => Problem::plain(&CASE_NOT_CLOSED),
        CaseRefusal::AlreadyAssigned { department } => {
            with_advice(&CASE_ALREADY_ASSIGNED, format!("已由部门 {department} 办理。"), refusal)
        }
        CaseRefusal::AlreadyNamed => Problem::plain(&HANDLER_ALREADY_NAMED),
        CaseRefusal::Erased => Problem::plain(&CASE_ERASED),
        CaseRefusal::TooManyFiles => Problem::plain(&TOO_MANY_FILES),
        CaseRefusal::NothingToRate
        | CaseRefusal::OtherReply
        | CaseRefusal::RatedBefore
        | CaseRefusal::RatingOver { .. } => Problem::plain(&NOT_RATEABLE),
        CaseRefusal::NotErased | CaseRefusal::ErasureCompleted => Problem::plain(&ERASURE_NOT_DUE),
        CaseRefusal::NothingDue => Problem::plain(&NOTHING_DUE),
        CaseRefusal::Deadline(refusal) => deadline(refusal),
    }
}

/// Why a file is not taken.
#[must_use]
pub fn unfit(refusal: &intake::Refusal) -> Problem {
    with_advice(&FILE_UNFIT, refusal.chinese(), refusal)
}

/// A refusal of a deadline.
#[must_use]
pub fn deadline(refusal: &DeadlineRefusal) -> Problem {
    let zh = match refusal {
        DeadlineRefusal::NotRunning => "该期限未在计时。".to_owned(),
        DeadlineRefusal::AlreadyRunning => "该期限已在计时。".to_owned(),
        DeadlineRefusal::AlreadyStopped => "该期限已中止计时。".to_owned(),
        DeadlineRefusal::NotStopped => "该期限没有中止。".to_owned(),
        DeadlineRefusal::NotBegun { .. }
        | DeadlineRefusal::StopsOverlap { .. }
        | DeadlineRefusal::Backwards { .. }
        | DeadlineRefusal::OutOfRange { .. } => "时刻不合规。".to_owned(),
        DeadlineRefusal::ExtendedTooOften { times } => format!("该期限最多延长 {times} 次。"),
        DeadlineRefusal::ExtendedTooLong { asked, most } => format!("该期限合计最多延长 {most}，不能延长到 {asked}。"),
    };
    with_advice(&DEADLINE_REFUSES, zh, refusal)
}

/// What the vault did not do.
#[must_use]
pub fn vault(error: &VaultError) -> Problem {
    alarm(error);
    match error {
        VaultError::Erased { .. } => Problem::plain(&CASE_ERASED),
        VaultError::NotHeld { .. } => Problem::plain(&CASE_NOT_HELD),
        VaultError::TooLong(_) => Problem::plain(&CASE_TEXT_TOO_LONG),
        lasting if lasting.is_alarming() => Problem::plain(&CASE_DAMAGED),
        _ => {
            tracing::warn!(%error, "the vault is not available");
            Problem::plain(&VAULT_UNAVAILABLE)
        }
    }
}

/// Tells whoever is on call what does not pass by itself: keys or rows that are lost or damaged.
pub fn alarm(error: &VaultError) {
    if error.is_alarming() {
        tracing::error!(alarm = "vault", %error, "the vault does not hold together");
    }
}

/// What the views did not do.
#[must_use]
pub fn view(error: &ViewError) -> Problem {
    with_advice(&command::problems::UNAVAILABLE, "视图暂不可读。".to_owned(), error)
}
