//! What codes of the API are called by whoever sits at the desk.

/// Codes of one kind with their words, in the order in which a form offers them.
pub(crate) fn all(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "stage" => STAGES,
        "decision" => DECISIONS,
        "role" => ROLES,
        "action" => ACTIONS,
        "genre" => GENRES,
        "class" => CLASSES,
        "validity" => VALIDITIES,
        "form" => FORMS,
        "relation" => RELATIONS,
        "event" => EVENTS,
        "field" => FIELDS,
        "refusal" => REFUSALS,
        "level" => &[("block", "拦截"), ("warn", "提醒")],
        "banner" => &[("emergency", "紧急通知"), ("notice", "重要提示")],
        "wide" => WIDE,
        "lane" => &[("at-once", "立即"), ("urgent", "优先"), ("bulk", "依次")],
        "span" => &[("removed", "删去"), ("added", "新增")],
        "case" => &[("correction", "网民找错"), ("request", "依申请公开")],
        "pressure" => PRESSURES,
        "fault" => FAULTS,
        "outcome" => OUTCOMES,
        "deadline" => DEADLINES,
        "channel" => CHANNELS,
        "reasons" => &[("awaited", "等待申请人说明理由"), ("given", "已说明理由")],
        "applicant" => &[("citizen", "公民"), ("organisation", "法人或者其他组织")],
        "delivery" => DELIVERIES,
        "consulted" => &[("third-party", "第三方"), ("other-body", "其他机关")],
        "stance" => &[("agrees", "同意公开"), ("objects", "不同意公开")],
        "letter" => &[("awaited", "等待意见"), ("given", "已提出意见"), ("lapsed", "逾期未提出意见")],
        "completion" => &[("awaited", "等待申请人补正"), ("given", "已补正")],
        "lapsed" => &[("completion", "逾期未补正"), ("fee", "逾期未缴费")],
        "shown-by" => &[("letter", "来信"), ("call", "来电"), ("visit", "来访")],
        "satisfaction" => &[("satisfied", "满意"), ("basically", "基本满意"), ("dissatisfied", "不满意")],
        "shortcoming" => SHORTCOMINGS,
        "result" => RESULTS,
        "identity" => IDENTITIES,
        "recipient" => {
            &[("citizen", "诉求人"), ("handler", "承办人"), ("supervisors", "督办人"), ("department", "承办部门")]
        }
        "failure" => FAILURES,
        _ => &[],
    }
}

/// The word for a code.
pub(crate) fn of(kind: &str, code: &str) -> Option<&'static str> {
    all(kind).iter().find(|(known, _)| *known == code).map(|(_, word)| *word)
}

/// A sentence on a permission that lacks, with the words for its action and roles.
pub(crate) fn told(sentence: &str) -> String {
    let is_code = |c: char| c.is_ascii_lowercase() || c == '-';
    let mut told = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while !rest.is_empty() {
        let length =
            rest.find(|c| !is_code(c)).unwrap_or(rest.len()).max(rest.chars().next().map_or(1, char::len_utf8));
        let (part, behind) = rest.split_at(length);
        told.push_str(of("role", part).or_else(|| of("action", part)).unwrap_or(part));
        rest = behind;
    }
    told
}

/// What the desk says instead of a remedy that names parts of a request.
const REFUSALS: &[(&str, &str)] = &[
    ("checks-failed", "请照下列各项改正后再办理。确认无误、需要保留的，勾选“由我负责放行”并写明理由。"),
    ("file-unfit", "请照下面的说明处理后，重新选择文件上传。"),
    ("file-too-large", "工作台一次最多上传 4 MB。请压缩或拆分后重新选择；更大的文件请联系管理员上传。"),
    ("body-too-large", "内容超过 1 MB，没有保存。请把正文拆成几个文件，或把附带的图片改为附件；您填写的内容还在下面。"),
];

const WIDE: &[(&str, &str)] = &[
    ("city", "全部站点的全部页面"),
    ("homes", "各站点首页"),
    ("styles", "各站点色彩"),
    ("columns", "栏目页"),
    ("site", "站点的各个页面"),
    ("department", "部门的文件"),
    ("relations", "有关联的文件"),
    ("lists", "共享到的栏目"),
    ("disclosure", "公开覆盖情况和年度报告"),
    ("files", "附件"),
    ("page", "一个页面"),
    ("copies", "缓存副本"),
];

const PRESSURES: &[(&str, &str)] =
    &[("late", "已逾期"), ("soon", "即将到期"), ("usual", "办理中"), ("waiting", "等待他人")];

const SHORTCOMINGS: &[(&str, &str)] = &[
    ("slow", "办理时间长"),
    ("beside-the-point", "没有回应诉求"),
    ("unclear", "答复看不懂"),
    ("unsolved", "问题没有解决"),
    ("attitude", "服务态度不好"),
    ("other", "其他"),
];

const FAULTS: &[(&str, &str)] = &[
    ("wording", "错别字"),
    ("content", "内容错误"),
    ("unreachable", "网页无法打开"),
    ("dead-link", "链接失效"),
    ("attachment", "附件打不开"),
    ("other", "其他"),
];

const OUTCOMES: &[(&str, &str)] =
    &[("corrected", "已更正"), ("as-intended", "经核实，内容无误"), ("elsewhere", "不属本网站")];

/// The ways in which applications come (art. 31).
const CHANNELS: &[(&str, &str)] = &[
    ("web", "互联网"),
    ("in-person", "当面提交"),
    ("post", "邮寄（挂号、快递等须签收的）"),
    ("ordinary-mail", "平常信函（无需签收）"),
    ("fax", "传真"),
];

const DELIVERIES: &[(&str, &str)] =
    &[("online", "网上查看"), ("email", "电子邮件"), ("post", "邮寄"), ("in-person", "自行领取或者当场阅读")];

/// Kinds of replies (art. 36), and that nothing is done (art. 35); the first is told in two.
const RESULTS: &[(&str, &str)] = &[
    ("provided", "予以公开"),
    ("provided-partly", "部分公开"),
    ("not-disclosable", "不予公开"),
    ("already-public", "已经主动公开"),
    ("does-not-exist", "经检索没有该信息"),
    ("not-ours", "不属于本机关负责公开"),
    ("repeat", "重复申请，不再重复处理"),
    ("excessive", "数量、频次明显超过合理范围，不予处理"),
    ("special-law", "法律、行政法规另有规定"),
];

const DEADLINES: &[(&str, &str)] = &[
    ("running", "计时中"),
    ("stopped", "中止计时"),
    ("met", "已按期完成"),
    ("lifted", "不再计时"),
    ("fell-due", "已届满"),
];

const IDENTITIES: &[(&str, &str)] = &[
    ("name", "称呼"),
    ("phone", "电话"),
    ("email", "电子邮箱"),
    ("id-number", "证件号码"),
    ("address", "地址"),
    ("organisation", "单位"),
];

const STAGES: &[(&str, &str)] = &[
    ("editing", "编辑中"),
    ("submitted", "待审核"),
    ("returned", "已退回"),
    ("approved", "已通过审核"),
    ("scheduled", "已定时发布"),
];

const DECISIONS: &[(&str, &str)] = &[
    ("approve", "审核通过"),
    ("return", "退回"),
    ("publish", "发布"),
    ("correct", "更正"),
    ("schedule", "定时发布"),
    ("unschedule", "取消定时"),
    ("revise", "修改"),
    ("review-after", "补审"),
];

const ROLES: &[(&str, &str)] = &[
    ("editor", "编辑"),
    ("reviewer", "审核人"),
    ("publisher", "发布人"),
    ("registrar", "平台管理员"),
    ("auditor", "审计人员"),
    ("administrator", "管理员"),
    ("migrator", "迁移人员"),
    ("handler", "承办人"),
    ("supervisor", "督办人"),
];

const ACTIONS: &[(&str, &str)] = &[
    ("draft", "起草"),
    ("revise", "修改草稿"),
    ("submit", "送审"),
    ("move-unpublished", "移动未公开的文件"),
    ("place", "放入栏目"),
    ("return", "退回"),
    ("approve", "审核"),
    ("publish", "发布"),
    ("schedule", "定时发布"),
    ("publish-urgently", "应急发布"),
    ("correct", "更正"),
    ("share", "共享到栏目"),
    ("move-published", "移动已公开的文件"),
    ("withdraw", "撤回"),
    ("migrate", "迁入旧文件"),
    ("register-department", "登记部门"),
    ("change-department", "变更部门"),
    ("declare-category", "声明不涉及的公开事项"),
    ("open-site", "开通站点"),
    ("change-site", "变更站点"),
    ("change-site-state", "整改或归档站点"),
    ("change-appearance", "变更横幅或置灰"),
    ("open-column", "开通栏目"),
    ("change-column", "变更栏目"),
    ("grant-role", "授权"),
    ("revoke-role", "撤销授权"),
    ("disable-staff", "停用账号"),
    ("enable-staff", "恢复账号"),
    ("read", "查看文件"),
    ("read-register", "查看登记"),
    ("read-terms", "查看检索词"),
    ("read-staff", "查看人员"),
    ("adopt-calendar", "采用工作日历"),
    ("change-vetting", "变更检查规则"),
    ("list-cases", "查看办件"),
    ("handle-case", "承办"),
    ("supervise-case", "督办"),
    ("audit-readings", "查看记录"),
    ("work-messages", "处理通知"),
];

/// Why a message was given up: codes of ours; those of who carries messages stand as they are.
const FAILURES: &[(&str, &str)] = &[
    ("attempts", "多次发送没有结果"),
    ("no-mailbox", "收件人没有可用的邮箱"),
    ("no-carrier", "没有开通这种发送方式"),
    ("folder", "通知文件夹不能写入"),
    ("views", "人员名单读取不到"),
    ("vault", "联系方式读取不到"),
    ("vault-key-missing", "案件密钥缺失"),
    ("vault-not-recorded", "查阅记录写不进去"),
    ("ledger", "存储没有应答"),
    ("ledger-damaged", "案件记录损坏"),
    ("event-unreadable", "案件记录是更新版本写的"),
    ("no-case", "没有这个案件"),
    ("no-event", "案件里没有这件事"),
    ("mistake", "系统自身有误"),
    ("MessageRejected", "邮件被拒收"),
    ("bounce", "邮件被退回"),
    ("bounce-permanent", "邮件被退回：邮箱不存在或者拒收"),
    ("bounce-suppressed", "邮件没有发出：这个邮箱以前退回过邮件"),
    ("bounce-mailbox-full", "邮件被退回：邮箱已满"),
    ("bounce-transient", "邮件被退回：对方的服务器没有收下"),
    ("complaint", "收件人把邮件标为垃圾邮件"),
    ("OptedOut", "号码已退订短信"),
];

const GENRES: &[(&str, &str)] = &[
    ("resolution", "决议"),
    ("decision", "决定"),
    ("order", "命令（令）"),
    ("communique", "公报"),
    ("announcement", "公告"),
    ("public-notice", "通告"),
    ("opinion", "意见"),
    ("notice", "通知"),
    ("circular", "通报"),
    ("report", "报告"),
    ("request", "请示"),
    ("reply", "批复"),
    ("bill", "议案"),
    ("letter", "函"),
    ("minutes", "纪要"),
    ("other", "其他"),
];

const CLASSES: &[(&str, &str)] = &[
    ("institution", "机构概况"),
    ("regulations", "法规文件及解读"),
    ("plans", "规划计划"),
    ("finance", "财政信息"),
    ("key-work", "重点工作"),
    ("personnel", "人事信息"),
    ("statistics", "统计数据及解读"),
    ("powers", "权责及监管信息"),
    ("proposals", "建议提案结果公开"),
    ("activities", "工作动态"),
    ("announcements", "公告公示"),
    ("other", "其他"),
];

const VALIDITIES: &[(&str, &str)] = &[("in-force", "有效"), ("repealed", "废止"), ("expired", "失效")];

const FORMS: &[(&str, &str)] = &[
    ("article", "文章（新闻、通知、政策、解读）"),
    ("question", "常见问题"),
    ("leader", "领导信息"),
    ("link", "外部链接"),
    ("file", "文件下载"),
    ("pictures", "图片报道"),
    ("film", "视频、音频"),
];

const RELATIONS: &[(&str, &str)] =
    &[("interprets", "解读"), ("amends", "修订"), ("repeals", "废止"), ("based-on", "依据")];

const EVENTS: &[(&str, &str)] = &[
    ("BannerRaised", "挂出横幅"),
    ("BannerLowered", "撤下横幅"),
    ("GreyscaleBegan", "页面置灰"),
    ("GreyscaleEnded", "恢复色彩"),
    ("DocumentShared", "共享"),
    ("SharingEnded", "停止共享"),
    ("DocumentDrafted", "起草"),
    ("DraftRevised", "修改草稿"),
    ("DraftDiscarded", "放弃草稿"),
    ("DocumentSubmitted", "送审"),
    ("ChecksOverridden", "放行"),
    ("DocumentReturned", "退回修改"),
    ("DocumentApproved", "审核通过"),
    ("DocumentPublished", "发布"),
    ("DocumentCorrected", "更正"),
    ("DocumentMoved", "移动栏目"),
    ("PublicationScheduled", "定时发布"),
    ("PublicationUnscheduled", "取消定时"),
    ("PublicationFailed", "定时发布失败"),
    ("ExpirySet", "设定到期"),
    ("ExpiryCleared", "取消到期"),
    ("ReviewPostponed", "应急发布"),
    ("ReviewedAfter", "补审"),
    ("DocumentWithdrawn", "撤回"),
    ("DocumentMigrated", "迁入"),
    ("TextErased", "抹除文稿"),
    ("CaseOpened", "收到"),
    ("CaseAssigned", "转办"),
    ("HandlerNamed", "受理"),
    ("NoteAdded", "备注"),
    ("FileAdded", "附卷"),
    ("ReplyRated", "评价"),
    ("DeadlineChanged", "期限变化"),
    ("DeadlineReminded", "到期提醒"),
    ("MessageUndeliverable", "通知未送达"),
    ("CaseErased", "抹除"),
    ("ErasureCompleted", "密钥已销毁"),
    ("ErrorReported", "网民找错"),
    ("ErrorAnswered", "答复"),
    ("AnswerWithdrawn", "撤回答复"),
    ("ReportDismissed", "不属找错"),
    ("ApplicationFiled", "提交申请"),
    ("ApplicationConfirmed", "登记确认"),
    ("CompletionAsked", "要求补正"),
    ("ApplicationCompleted", "补正"),
    ("ReasonsAsked", "要求说明理由"),
    ("ReasonsGiven", "说明理由"),
    ("OpinionSought", "征求意见"),
    ("LetterDelivered", "登记送达"),
    ("OpinionGiven", "登记意见"),
    ("OpinionLapsed", "逾期未提出意见"),
    ("OpinionLapseUndone", "更正逾期未提出意见"),
    ("FeeAsked", "告知收费"),
    ("FeePaid", "缴费"),
    ("DeemedAbandoned", "视为放弃申请"),
    ("AbandonmentUndone", "更正视为放弃"),
    ("ApplicationReopened", "恢复办理"),
    ("ReplyDrafted", "拟答复"),
    ("ReplyReturned", "退回修改"),
    ("RequestDecided", "答复申请"),
    ("RequestRedirected", "转其他渠道"),
    ("ApplicationWithdrawn", "撤回申请"),
    ("InformationPublished", "纳入主动公开"),
    ("RequestArchived", "归档"),
];

const FIELDS: &[(&str, &str)] = &[
    ("title", "标题"),
    ("body", "正文"),
    ("summary", "摘要"),
    ("document_number", "发文字号"),
    ("written_on", "成文日期"),
    ("source", "来源"),
    ("keywords", "关键词"),
    ("column", "栏目"),
    ("department", "部门"),
    ("remark", "退回意见"),
    ("note", "更正说明"),
    ("reason", "理由"),
    ("document", "文件"),
    ("level", "级别"),
    ("text", "横幅文字"),
    ("link_name", "链接文字"),
    ("link_address", "链接地址"),
    ("mourned", "置灰原因"),
    ("override_reason", "放行理由"),
    ("at", "时间"),
    ("slug", "网址短名"),
    ("attachment_title", "附件标题"),
    ("subject", "主题分类"),
    ("genre", "体裁分类"),
    ("class", "组配分类"),
    ("terms", "分类词"),
    ("validity", "有效性"),
    ("expires_on", "有效期至"),
    ("office", "责任处室"),
    ("kind", "内容形式"),
    ("reviewed_on", "核对日期"),
    ("post", "职务"),
    ("duties", "分管工作"),
    ("address", "链接地址"),
    ("relation_kind", "关联"),
    ("relation_document", "关联的文件"),
    ("batch", "批量办理"),
    ("outcome", "核实结果"),
    ("about", "事由"),
    ("reply", "答复"),
    ("memo", "备注"),
    ("why", "查看理由"),
    ("missing", "需要补正的内容"),
    ("arrival", "提交方式"),
    ("question", "要求说明什么"),
    ("reasons", "申请的理由"),
    ("whom", "征求谁的意见"),
    ("asking", "征求意见书"),
    ("stance", "是否同意公开"),
    ("opinion", "意见的内容"),
    ("item", "当月的第几件"),
    ("days", "延长、延迟的工作日"),
    ("result", "答复类别"),
    ("grounds", "依据或者去处"),
    ("written", "答复书"),
    ("given", "随答复提供的附卷"),
    ("mending", "需要修改的内容"),
    ("channel", "渠道"),
    ("shown_by", "登记凭据"),
    ("completed", "补正的内容"),
    ("letter", "征求意见书"),
    ("delivered_on", "送达之日"),
    ("received_on", "收到之日"),
    ("file_number", "案卷号"),
    ("office_name", "机构名称"),
    ("office_address", "办公地址"),
    ("office_hours", "办公时间"),
    ("office_telephone", "联系电话"),
    ("fax", "传真号码"),
    ("mailbox", "互联网联系方式"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_that_lacks_is_told_in_words() {
        let sentence =
            "此操作（approve）需要部门 sswj、站点 www 的 reviewer、administrator 角色；相关规则：reviewer-approves。";
        assert_eq!(
            told(sentence),
            "此操作（审核）需要部门 sswj、站点 www 的 审核人、管理员 角色；相关规则：reviewer-approves。"
        );
    }

    #[test]
    fn codes_have_words_and_what_is_none_has_none() {
        assert_eq!(of("stage", "submitted"), Some("待审核"));
        assert_eq!(of("genre", "other"), Some("其他"));
        assert_eq!(of("stage", "x"), None);
        assert_eq!(of("x", "submitted"), None);
    }
}
