//! Problems that every command can have, and how what refuses is told.

mod ledger;
mod stale;
mod told;

use gateway::ProblemKind;
pub use gateway::problem_pages as page;

pub(crate) use ledger::of_ledger;
pub use ledger::{load, not_executed, unavailable};
pub use told::{clock, malformed, unfit, unknown, with_advice};

gateway::problem_kinds! {
    /// No bearer token.
    TOKEN_MISSING: "token-missing", UNAUTHORIZED, "未提供令牌" / "token missing",
        "请在请求头 Authorization: Bearer 中提供令牌。" / "Send a token in the header Authorization: Bearer.";
    /// The token is not taken.
    TOKEN_INVALID: "token-invalid", UNAUTHORIZED, "令牌无效" / "token invalid",
        "请重新登录以取得新令牌。" / "Sign in again for a new token.";
    /// The token has expired.
    TOKEN_EXPIRED: "token-expired", UNAUTHORIZED, "令牌已过期" / "token expired",
        "请重新登录，用新令牌和同一幂等键重发。" / "Sign in again, and resend with the new token and the same key.";
    /// The policies do not permit it.
    FORBIDDEN: "forbidden", FORBIDDEN, "没有权限" / "not permitted",
        "请由具有所需角色的同事办理，或请管理员授权。" / "Ask a colleague who has the role, or ask for the role.";
    /// Nobody enrolled the caller.
    STAFF_UNKNOWN: "staff-unknown", FORBIDDEN, "尚未登记为工作人员" / "not enrolled",
        "令牌有效，但此账号尚未登记；请管理员登记并授权。" / "The token is good, but nobody has enrolled its subject; ask an administrator for a role.";
    /// The caller is disabled.
    STAFF_DISABLED: "staff-disabled", FORBIDDEN, "账号已停用" / "disabled",
        "此账号已被停用，任何操作均不受理；请联系管理员。" / "This account is disabled and nothing it asks for is done; talk to an administrator.";
    /// No `Idempotency-Key`.
    IDEMPOTENCY_KEY_MISSING: "idempotency-key-missing", BAD_REQUEST, "缺少幂等键" / "idempotency key missing",
        "请在请求头 Idempotency-Key 中给出 1 至 120 个可见 ASCII 字符，重发时保持不变。" / "Send 1–120 visible ASCII characters in the header Idempotency-Key, the same ones on a resend.";
    /// An `Idempotency-Key` that is none.
    IDEMPOTENCY_KEY_MALFORMED: "idempotency-key-malformed", BAD_REQUEST, "幂等键不合规" / "idempotency key malformed",
        "幂等键应为一个 1 至 120 个可见 ASCII 字符的值。" / "An idempotency key is one value of 1–120 visible ASCII characters.";
    /// The key carried another body before.
    KEY_REUSED: "key-reused", UNPROCESSABLE_ENTITY, "幂等键已用于其他请求" / "idempotency key reused",
        "同一幂等键曾用于内容不同的请求；新的请求请换用新的键。" / "This key came with another body before; a new request takes a new key.";
    /// `Idempotency-First-Sent` is no instant.
    FIRST_SENT_MALFORMED: "first-sent-malformed", BAD_REQUEST, "首次发送时间不合规" / "first sending time malformed",
        "Idempotency-First-Sent 应为 RFC 3339 时刻，例如 2026-11-23T01:00:00Z。" / "Idempotency-First-Sent is an instant in RFC 3339, like 2026-11-23T01:00:00Z.";
    /// `Idempotency-First-Sent` lies more than a minute ahead.
    FIRST_SENT_AHEAD: "first-sent-ahead", UNPROCESSABLE_ENTITY, "首次发送时间在未来" / "first sending time lies ahead",
        "请校准时钟，或在首次发送时省略 Idempotency-First-Sent。" / "Set the clock right, or leave Idempotency-First-Sent out of a first sending.";
    /// An earlier try of the same request may still be accepted.
    EARLIER_TRY_OPEN: "earlier-try-open", CONFLICT, "首次请求尚未结束" / "an earlier try is still open",
        "先前发出的同一请求可能仍在处理，请按 Retry-After 稍后用同一幂等键重发。" / "The same request, sent earlier, may still be accepted; resend with the same key after Retry-After.";
    /// No `If-Match`.
    IF_MATCH_MISSING: "if-match-missing", PRECONDITION_REQUIRED, "缺少版本条件" / "If-Match missing",
        "请先读取当前版本，并把其 ETag 放入请求头 If-Match。" / "Read the thing first and send its ETag in the header If-Match.";
    /// An `If-Match` that is none.
    IF_MATCH_MALFORMED: "if-match-malformed", BAD_REQUEST, "版本条件不合规" / "If-Match malformed",
        "If-Match 应为一个带双引号的版本号，例如 \"3\"。" / "If-Match is one version in double quotes, like \"3\".";
    /// The thing has changed since the caller saw it.
    STALE: "stale", PRECONDITION_FAILED, "版本已更新" / "changed since you read it",
        "此后已有变更，changes 列出由谁、何时、做了什么；请重新读取、核对后再提交。" / "It changed since: changes lists what was done, when and by whom. Read it again and decide anew.";
    /// Others were faster, again and again.
    CONFLICT: "conflict", CONFLICT, "同时修改过多" / "too many changes at once",
        "请稍后用同一幂等键重发。" / "Send it again with the same key in a moment.";
    /// The command would change nothing.
    UNCHANGED: "unchanged", CONFLICT, "内容没有变化" / "nothing would change",
        "提交的内容与现有内容相同，无需再提交。" / "This is what stands there already.";
    /// The body names a department that is not registered.
    DEPARTMENT_UNKNOWN: "department-unknown", UNPROCESSABLE_ENTITY, "所指部门未登记" / "unknown department",
        "请先登记该部门，或核对代码。" / "Register the department first, or check its code.";
    /// More than 300 KB of facts.
    COMMIT_TOO_LARGE: "commit-too-large", UNPROCESSABLE_ENTITY, "提交内容过大" / "commit too large",
        "除正文外的内容不得超过 300 KB，请缩短。" / "All but the body may have 300 KB; shorten it.";
    /// The stream's last commit lies ahead of the clock.
    CLOCK_BEHIND: "clock-behind", SERVICE_UNAVAILABLE, "系统时钟落后" / "clock behind",
        "服务器时钟落后于已有记录，已报警；请稍后用同一幂等键重发。" / "The server's clock is behind the record and somebody has been told; send it again later with the same key.";
    /// Ten seconds were not enough.
    OUT_OF_TIME: "out-of-time", SERVICE_UNAVAILABLE, "处理超时" / "out of time",
        "结果未知，请用同一幂等键重发以得到确定的答复。" / "What came of it is not known; send it again with the same key for a sure answer.";
    /// Too many requests.
    THROTTLED: "throttled", SERVICE_UNAVAILABLE, "系统繁忙" / "busy",
        "请按 Retry-After 稍后用同一幂等键重发。" / "Send it again with the same key after Retry-After.";
    /// The store cannot be reached.
    UNAVAILABLE: "unavailable", SERVICE_UNAVAILABLE, "存储暂不可用" / "storage unavailable",
        "结果未知，请稍后用同一幂等键重发以得到确定的答复。" / "What came of it is not known; send it again with the same key in a moment.";
    /// A stream does not hold together.
    STREAM_DAMAGED: "stream-damaged", INTERNAL_SERVER_ERROR, "记录损坏" / "record damaged",
        "记录校验未通过，已报警；请把 request 编号告诉平台管理员。" / "The record failed its check and somebody has been told; tell the operators the request id.";
    /// A stream holds what this code cannot read.
    EVENT_UNREADABLE: "event-unreadable", SERVICE_UNAVAILABLE, "记录来自更新的程序" / "record of newer code",
        "正在升级，请稍后重试。" / "An upgrade is under way; try again in a moment.";
}

/// Every kind that a function can answer with: those of any function first, then those of any command, then `own`.
pub fn all(own: &'static [ProblemKind]) -> impl Iterator<Item = &'static ProblemKind> {
    gateway::kinds::ALL.iter().chain(ALL).chain(own)
}
