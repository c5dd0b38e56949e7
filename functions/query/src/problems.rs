//! Kinds of problems of searches.

use gateway::{Problem, ProblemKind, Sentence};

gateway::problem_kinds! { at "/api/query/problems";
    /// The text is too long, or asks for too much at once.
    QUERY_TOO_LONG: "query-too-long", UNPROCESSABLE_ENTITY, "检索词过长" / "query too long",
        "检索词最多 500 个字符、32 个词，请缩短。" / "A query may have 500 characters and 32 words; shorten it.";
    /// A parameter is none, or has a value that it cannot have.
    PARAMETER_UNKNOWN: "parameter-unknown", BAD_REQUEST, "查询参数有误" / "no such parameter or value",
        "请核对问号后的参数名和取值；可用参数见 /api/query/openapi.json。" / "Check names and values behind the question mark; /api/query/openapi.json lists them.";
    /// The cursor is none of ours.
    CURSOR_MALFORMED: "cursor-malformed", BAD_REQUEST, "翻页标记无效" / "malformed cursor",
        "请从第一页重新检索，并原样使用返回的 next 地址。" / "Begin with the first page, and use the address in `next` as it is.";
    /// The answer would take longer than anybody waits.
    QUERY_OUT_OF_TIME: "query-out-of-time", SERVICE_UNAVAILABLE, "检索用时过长" / "the search takes too long",
        "请缩短检索词、给词语加上引号，或先选定站点、部门、年份，再试一次。" / "Shorten the query, quote a phrase, or choose a site, a department or a year first; then try again.";
    /// The index cannot be read now.
    INDEX_UNAVAILABLE: "index-unavailable", SERVICE_UNAVAILABLE, "检索暂不可用" / "search unavailable",
        "请稍后再试；各网站的栏目和站点地图不受影响。" / "Try again in a moment; the sites' columns and site maps work without it.";
}

/// Every kind that this function can answer with.
pub(crate) fn all() -> impl Iterator<Item = &'static ProblemKind> {
    gateway::kinds::ALL.iter().chain(ALL)
}

/// The problem of a parameter.
pub(crate) fn parameter(name: &str, expected: &str, expected_en: &str) -> Problem {
    let name: String = name.chars().take(40).collect();
    let sentence = Sentence::new(
        format!("参数 {name}：{expected}。{}", PARAMETER_UNKNOWN.remedy),
        format!("Parameter {name}: {expected_en}. {}", PARAMETER_UNKNOWN.remedy_en),
    );
    Problem::of(&PARAMETER_UNKNOWN, sentence)
}
