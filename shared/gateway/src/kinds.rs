//! The problems that any function can have.

crate::problem_kinds! {
    /// No such address.
    NOT_FOUND: "not-found", NOT_FOUND, "没有这个地址" / "no such address",
        "请核对地址；接口说明见 /api/publish/openapi.json。" / "Check the address; /api/publish/openapi.json lists all there are.";
    /// The address does not take this method.
    METHOD_NOT_ALLOWED: "method-not-allowed", METHOD_NOT_ALLOWED, "不支持的请求方法" / "method not allowed",
        "请改用响应头 Allow 列出的方法。" / "Use a method that the Allow header lists.";
    /// The body is not JSON by its header.
    UNSUPPORTED_MEDIA_TYPE: "unsupported-media-type", UNSUPPORTED_MEDIA_TYPE, "请求体类型不支持" / "unsupported media type",
        "请以 Content-Type: application/json 发送 JSON。" / "Send JSON with Content-Type: application/json.";
    /// A parameter behind the question mark is not as it should be.
    MALFORMED_PARAMETER: "malformed-parameter", BAD_REQUEST, "查询参数有误" / "malformed parameter",
        "请核对问号后的参数名和取值；可用参数见接口说明。" / "Check names and values of the parameters behind the question mark; the API description lists them.";
    /// The body has more than 1 MB.
    BODY_TOO_LARGE: "body-too-large", PAYLOAD_TOO_LARGE, "请求体过大" / "request body too large",
        "请求体不得超过 1 MB；请缩短正文，图片和附件另行上传。" / "A request body may have 1 MB; shorten the text and upload pictures and files separately.";
    /// The file has more than 4 MB.
    FILE_TOO_LARGE: "file-too-large", PAYLOAD_TOO_LARGE, "文件过大" / "file too large",
        "随请求发送的文件不得超过 4 MB；更大的文件请先用 POST /uploads 取得上传地址。" / "A file sent with a request may have 4 MB; ask POST /uploads for an address for larger ones.";
    /// A file that does not say that it is one.
    FILE_MEDIA_TYPE: "file-media-type", UNSUPPORTED_MEDIA_TYPE, "请求体应为文件" / "the body is to be a file",
        "请以 Content-Type: application/octet-stream 发送文件本身。" / "Send the file itself with Content-Type: application/octet-stream.";
    /// The body did not arrive whole.
    BODY_INCOMPLETE: "body-incomplete", BAD_REQUEST, "请求体不完整" / "request body incomplete",
        "连接在请求体传完前中断，请用同一幂等键重发。" / "The connection broke before the whole body arrived; send it again with the same key.";
    /// The body is no JSON by its content.
    MALFORMED_JSON: "malformed-json", BAD_REQUEST, "JSON 格式有误" / "malformed JSON",
        "请按提示的行列改正 JSON 语法。" / "Mend the JSON at the line and column given.";
    /// The body has a field nobody knows.
    UNKNOWN_FIELD: "unknown-field", UNPROCESSABLE_ENTITY, "有未知字段" / "unknown field",
        "请删去未知字段，或核对拼写；可用字段见接口说明。" / "Remove the field or mend its spelling; the API description lists the fields.";
    /// The body lacks a field.
    MISSING_FIELD: "missing-field", UNPROCESSABLE_ENTITY, "缺少字段" / "missing field",
        "请补上缺少的字段。" / "Add the field.";
    /// A field of the body is not as it should be.
    INVALID_FIELD: "invalid-field", UNPROCESSABLE_ENTITY, "字段不合规" / "invalid field",
        "请按 errors 中逐项说明修改后重发。" / "Mend the fields that errors lists, then send it again.";
    /// The request did not come through the CDN.
    ORIGIN_CLOSED: "origin-closed", FORBIDDEN, "此入口不对外开放" / "this door is closed",
        "请通过网站域名访问接口。" / "Use the API under the sites' own host.";
    /// No such kind of problem.
    PROBLEM_NOT_FOUND: "problem-not-found", NOT_FOUND, "没有这类问题" / "no such problem",
        "问题列表见 /api/publish/problems。" / "/api/publish/problems lists all there are.";
    /// Something that is our fault.
    INTERNAL: "internal", INTERNAL_SERVER_ERROR, "系统内部错误" / "internal error",
        "这是系统的问题，已记入日志；请把 request 编号告诉平台管理员。" / "This is our fault and has been logged; tell the platform's operators the request id.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_can_stand_in_a_url() {
        let mut codes: Vec<&str> = ALL.iter().map(|kind| kind.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        for code in codes {
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code}");
        }
    }
}
