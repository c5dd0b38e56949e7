//! Kinds of problems of applications for information.

gateway::problem_kinds! { at "/api/disclosure/problems";
    /// Its receipt is not confirmed.
    NOT_CONFIRMED: "not-confirmed", CONFLICT, "申请尚未登记" / "the receipt is not confirmed",
        "请先与申请人确认收到申请并登记，答复期限从登记确认之日起计算（条例第三十一条）。" / "Confirm the receipt with the applicant first: the reply's term begins with it (art. 31).";
    /// It is confirmed.
    ALREADY_CONFIRMED: "already-confirmed", CONFLICT, "申请已登记" / "the receipt is confirmed already",
        "无需再次登记。登记确认期限届满的，视为已确认。" / "There is nothing to do; who lets the term pass has confirmed.";
    /// A completion may be asked for once.
    COMPLETION_ASKED_BEFORE: "completion-asked-before", CONFLICT, "已要求过补正" / "a completion was asked for before",
        "补正应当一次性告知，只能要求一次（条例第三十条）；请按现有内容办理。" / "It is asked for once, with all that is missing (art. 30); decide on what there is.";
    /// The days are over in which it may be asked for.
    TOO_LATE_FOR_COMPLETION: "too-late-for-completion", CONFLICT, "已过补正告知期限" / "the term for asking is over",
        "应当自收到申请之日起 7 个工作日内告知（条例第三十条）；请按现有内容办理。" / "It is asked for within 7 working days of the receipt (art. 30); decide on what there is.";
    /// Nothing is to be completed.
    NO_COMPLETION_AWAITED: "no-completion-awaited", CONFLICT, "没有等待中的补正" / "no completion is awaited",
        "可能已经补正，或补正期限已届满；请重新读取。" / "It may have come, or its term is over; read it again.";
    /// All who were asked have answered, or let it pass.
    FURTHER_ROUND: "further-round", CONFLICT, "意见已经征求过" / "a further round of opinions needs a reason",
        "已征求的意见都已收到或者逾期，或者首次征求已过七日；确需再征求的，由督办人写明理由。" / "Everybody who was asked has answered or let it pass, or the first of them was asked more than a week ago; a supervisor who asks further says why.";
    /// No letter has that number.
    NO_SUCH_LETTER: "no-such-letter", UNPROCESSABLE_ENTITY, "没有这份征求意见书" / "there is no such letter",
        "请核对号数。" / "See its number.";
    /// A case has 999 at most.
    TOO_MANY_LETTERS: "too-many-letters", CONFLICT, "征求意见书太多" / "there are too many letters",
        "一件最多 999 份。" / "A case has 999 at most.";
    /// It is known when it was delivered.
    DELIVERED_BEFORE: "delivered-before", CONFLICT, "送达之日已登记" / "it is known when the letter was delivered",
        "请重新读取。" / "Read it again.";
    /// It came.
    NO_OPINION_AWAITED: "no-opinion-awaited", CONFLICT, "该意见已登记" / "that opinion was recorded before",
        "请重新读取。" / "Read it again.";
    /// Somebody else has to act first.
    REQUEST_WAITS: "request-waits", CONFLICT, "正在等待他人" / "somebody else has to act first",
        "正在等待申请人补正、缴费或他人意见；收到或期限届满后再办理，申请人也可以撤回。" / "The applicant has to complete or pay, or an opinion is to come; go on once it has, or its term is over.";
    /// What is handed in or signed for has a day of its own.
    RECEIPT_DAY_UNFIT: "receipt-day-unfit", UNPROCESSABLE_ENTITY, "缺少收到申请之日" / "the day of the receipt is missing",
        "当面提交以提交之日、邮寄以签收之日为收到申请之日（条例第三十一条），登记时必须填写。" / "What is handed in counts from that day, what is signed for from that one (art. 31): tell it.";
    /// Reasons are asked for once.
    REASONS_ASKED_BEFORE: "reasons-asked-before", CONFLICT, "已要求说明理由" / "reasons were asked for before",
        "一件申请只要求说明一次理由（条例第三十五条）；请按现有内容办理。" / "They are asked for once (art. 35); decide on what there is.";
    /// None were asked for, or they were given.
    NO_REASONS_AWAITED: "no-reasons-awaited", CONFLICT, "没有等待中的理由" / "no reasons are awaited",
        "可能没有要求过，或者已经说明；请重新读取。" / "None were asked for, or they came; read it again.";
    /// Who gave no reasons gave no unreasonable ones.
    NO_REASONS_GIVEN: "no-reasons-given", CONFLICT, "申请人没有说明理由" / "the applicant gave no reasons",
        "先要求说明理由；申请人说明的理由不合理的，才告知不予处理，没有说明的照常答复（条例第三十五条）。" / "Ask for reasons first; only where those that came are unreasonable nothing is done, else reply as usual (art. 35).";
    /// It has a longer term already.
    DELAYED_BEFORE: "delayed-before", CONFLICT, "已经延迟" / "the reply was delayed before",
        "同一答复期限只延迟一次（条例第三十五条）；请在延迟后的期限内答复。" / "A term is delayed once (art. 35); reply within it.";
    /// So few cost nothing.
    REQUEST_FREE: "request-free", UNPROCESSABLE_ENTITY, "不应收费" / "the application is free of charge",
        "同一申请人一个自然月内 10 件以内免费（国办函〔2020〕109号）；请核对这是当月第几件。" / "Ten applications in a month are free; see which one of the month it is.";
    /// It is a lesser one of its month.
    ITEM_BEYOND_COUNTED: "item-beyond-counted", UNPROCESSABLE_ENTITY, "件数多于实际" / "it is a lesser application of its month",
        "按同一电话或证件号码计算，当月没有这么多件；请重新读取。不应计入的可以改小，不能改大。" / "By telephone and document it is a lesser one; read it again. You may name a lesser one, never a greater.";
    /// It repeats nothing that was replied to.
    NOT_REPEATED: "not-repeated", UNPROCESSABLE_ENTITY, "不是重复申请" / "it repeats nothing that was replied to",
        "重复申请须写同一申请人此前已经答复的申请的受理编号（条例第三十六条第六项），候选的编号见办件。" / "Name an earlier application of the same person that was replied to (art. 36); the case shows which there are.";
    /// A fee was asked for.
    FEE_ASKED_BEFORE: "fee-asked-before", CONFLICT, "已告知收费" / "a fee was asked for before",
        "一件申请只收一次信息处理费。" / "A fee is asked for once.";
    /// No fee is awaited.
    NO_FEE_AWAITED: "no-fee-awaited", CONFLICT, "没有待缴的费用" / "no fee is awaited",
        "可能已经缴纳，或缴费期限已届满；请重新读取。" / "It may be paid, or its term is over; read it again.";
    /// It came when the term was over.
    CAME_TOO_LATE: "came-too-late", CONFLICT, "逾期" / "it came when its term was over",
        "收到之日已在期限之后。补正逾期有正当理由的，由督办人恢复办理后再登记（条例第三十条）；意见逾期的，可以作为备注保存。" / "Its term was over on that day. Where an applicant had a good reason a supervisor reopens the case first (art. 30); an opinion may be kept as a note.";
    /// A day lies ahead, or before what it follows from.
    DAY_OUTSIDE: "day-outside", UNPROCESSABLE_ENTITY, "日期不合适" / "the day cannot be",
        "不能早于告知、发出之日，也不能晚于今天；请核对。" / "It is neither before what it follows from nor after today.";
    /// It did not end for want of a completion.
    NOT_REOPENABLE: "not-reopenable", CONFLICT, "不能恢复办理" / "the application cannot be reopened",
        "只有因逾期未补正视为放弃、申请人有正当理由的才恢复办理（条例第三十条）；其他情形请申请人重新提出。" / "Only what counts as given up for want of a completion is reopened, for a good reason (art. 30); else the applicant applies again.";
    /// What is given with a reply is a file that staff put into the case, once; ten at most.
    REPLY_FILES: "reply-files", UNPROCESSABLE_ENTITY, "随答复提供的文件不对" / "the files of the reply do not fit",
        "只能提供承办人附卷的文件，每个列一次，最多 10 个；请重新读取后再选。" / "Name files that staff put into the case, each once, ten at most; read it again.";
    /// No reply was drafted, or it was returned, or something has happened since.
    NO_DRAFT: "no-draft", CONFLICT, "没有待审核的拟答复" / "no draft of a reply waits to be approved",
        "可能还没有拟定、已退回修改，或者拟定之后又有变化；请重新读取，拟定后再审核。" / "None was drafted, it was returned, or something has happened since; read it again, and draft it first.";
    /// Who drafted a reply does not approve it.
    OWN_DRAFT: "own-draft", FORBIDDEN, "不得审核自己拟定的答复" / "four eyes",
        "答复由拟定人以外的督办人审核（条例第四十五条）。" / "A reply is approved by another supervisor than who drafted it (art. 45).";
    /// What was not given is not published for it.
    NOT_GRANTED: "not-granted", CONFLICT, "没有予以公开" / "the information was not given",
        "答复予以公开或者部分公开的，才登记纳入主动公开（条例第四十四条）。" / "Only what was given, in whole or in part, is recorded as published (art. 44).";
    /// It was recorded before.
    PUBLISHED_BEFORE: "published-before", CONFLICT, "已登记纳入主动公开" / "it was recorded before",
        "请重新读取。" / "Read it again.";
    /// It was filed.
    ALREADY_ARCHIVED: "already-archived", CONFLICT, "已归档" / "the case was archived before",
        "案卷只归档一次，请重新读取。" / "A case is filed once; read it again.";
}
