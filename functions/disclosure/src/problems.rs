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
    /// That opinion is awaited.
    OPINION_AWAITED: "opinion-awaited", CONFLICT, "该意见正在征求" / "that opinion is awaited already",
        "请等待意见，或在期限届满后继续办理（条例第三十二条、第三十四条）。" / "Wait for it; once its term is over the case goes on (art. 32, 34).";
    /// That opinion is not awaited.
    NO_OPINION_AWAITED: "no-opinion-awaited", CONFLICT, "没有征求该意见" / "that opinion is not awaited",
        "可能已经收到，或期限已届满；请重新读取。" / "It may have come, or its term is over; read it again.";
    /// Somebody else has to act first.
    REQUEST_WAITS: "request-waits", CONFLICT, "正在等待他人" / "somebody else has to act first",
        "正在等待申请人补正、缴费或他人意见；收到或期限届满后再办理，申请人也可以撤回。" / "The applicant has to complete or pay, or an opinion is to come; go on once it has, or its term is over.";
    /// So few cost nothing.
    REQUEST_FREE: "request-free", UNPROCESSABLE_ENTITY, "不应收费" / "the application is free of charge",
        "同一申请人一个自然月内 10 件以内免费（国办函〔2020〕109号）；请核对这是当月第几件。" / "Ten applications in a month are free; see which one of the month it is.";
    /// A fee was asked for.
    FEE_ASKED_BEFORE: "fee-asked-before", CONFLICT, "已告知收费" / "a fee was asked for before",
        "一件申请只收一次信息处理费。" / "A fee is asked for once.";
    /// No fee is awaited.
    NO_FEE_AWAITED: "no-fee-awaited", CONFLICT, "没有待缴的费用" / "no fee is awaited",
        "可能已经缴纳，或缴费期限已届满；请重新读取。" / "It may be paid, or its term is over; read it again.";
    /// It was filed.
    ALREADY_ARCHIVED: "already-archived", CONFLICT, "已归档" / "the case was archived before",
        "案卷只归档一次，请重新读取。" / "A case is filed once; read it again.";
}
