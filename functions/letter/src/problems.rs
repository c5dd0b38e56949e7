//! Kinds of problems of error reports.

gateway::problem_kinds! { at "/api/letter/problems";
    /// An answer stands.
    ANSWERED_ALREADY: "answered-already", CONFLICT, "已有答复" / "answered already",
        "如需更改，请先撤回现有答复。" / "Take the standing answer back first.";
    /// No answer stands.
    NOT_ANSWERED: "not-answered", CONFLICT, "没有公开的答复" / "no answer stands",
        "请重新读取。" / "Read it again.";
    /// An answer without words.
    ANSWER_EMPTY: "answer-empty", UNPROCESSABLE_ENTITY, "答复为空" / "the answer is empty",
        "请填写答复。" / "Write an answer.";
}
