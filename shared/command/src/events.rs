//! What events are called where people read of them: in histories, and in what a stale `If-Match` is told.

/// The names of one event type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventName {
    /// Its name in the catalogue.
    pub name: &'static str,
    /// What it is, Chinese: `修改草稿`.
    pub zh: &'static str,
    /// What somebody did, Chinese: `修改了草稿`.
    pub done: &'static str,
    /// What somebody did, English: `revised the draft`.
    pub done_en: &'static str,
}

/// Declares the table. A line reads `Name: "名称", "做了什么" / "did what";`.
macro_rules! event_names {
    ($($name:ident: $zh:literal, $done:literal / $done_en:literal;)*) => {
        /// All of them.
        const NAMES: &[EventName] = &[
            $(EventName { name: stringify!($name), zh: $zh, done: $done, done_en: $done_en },)*
        ];
    };
}

event_names! {
    DepartmentRegistered: "登记部门", "登记了部门" / "registered the department";
    DepartmentProfileChanged: "修改部门资料", "修改了部门资料" / "changed the department's profile";
    CategoryDeclared: "声明不涉及", "声明了不涉及的公开事项" / "declared that a category does not concern the department";
    DeclarationWithdrawn: "撤回声明", "撤回了不涉及的声明" / "withdrew the declaration";
    SiteOpened: "开通站点", "开通了站点" / "opened the site";
    SiteProfileChanged: "修改站点资料", "修改了站点资料" / "changed the site's profile";
    SiteRectificationBegan: "开始整改", "开始了站点整改" / "put the site under rectification";
    SiteArchived: "归档站点", "归档了站点" / "archived the site";
    SiteRestored: "恢复站点", "恢复了站点" / "made the site live again";
    BannerRaised: "挂出横幅", "挂出了横幅" / "raised the banner";
    BannerLowered: "撤下横幅", "撤下了横幅" / "lowered the banner";
    GreyscaleBegan: "页面置灰", "将页面置灰" / "turned the pages grey";
    GreyscaleEnded: "恢复色彩", "恢复了页面色彩" / "gave the pages their colours back";
    ColumnOpened: "开通栏目", "开通了栏目" / "opened the column";
    ColumnProfileChanged: "修改栏目资料", "修改了栏目资料" / "changed the column's profile";
    DocumentDrafted: "起草", "起草了文件" / "wrote the first draft";
    DraftRevised: "修改草稿", "修改了草稿" / "revised the draft";
    DraftDiscarded: "放弃草稿", "放弃了草稿" / "discarded the draft";
    DocumentSubmitted: "送审", "送审了草稿" / "submitted the draft for review";
    ChecksOverridden: "放行", "放行了检查发现" / "overrode findings of the checks";
    DocumentReturned: "退回修改", "退回了草稿" / "returned the draft";
    DocumentApproved: "审核通过", "审核通过了草稿" / "approved the draft";
    DocumentPublished: "发布", "发布了文件" / "published the document";
    DocumentCorrected: "更正", "更正了已公开的文件" / "corrected the public document";
    DocumentMoved: "移动栏目", "将文件移到了其他栏目" / "moved the document to another column";
    PublicationScheduled: "定时发布", "定时发布了草稿" / "scheduled the publication";
    PublicationUnscheduled: "取消定时", "取消了定时发布" / "took the scheduled publication back";
    PublicationFailed: "定时发布失败", "未能按时发布" / "could not publish on time";
    ExpirySet: "设定到期", "设定了到期时间" / "set the expiry";
    ExpiryCleared: "取消到期", "取消了到期时间" / "cleared the expiry";
    ReviewPostponed: "应急发布", "未经审核先行发布" / "published before the review";
    ReviewedAfter: "补审", "补审了已公开的文件" / "reviewed what was public already";
    DocumentWithdrawn: "撤回", "撤回了文件" / "withdrew the document";
    DocumentMigrated: "迁入", "迁入了文件" / "brought the document in from an older system";
    TextErased: "抹除文稿", "抹除了一份文稿" / "erased a text";
    DocumentShared: "共享到栏目", "将文件共享到了栏目" / "listed the document in the column";
    SharingEnded: "停止共享", "停止了共享" / "took the document from the column's list";
    CaseRead: "查阅个人信息", "查阅了个人信息" / "read personal data";
    StaffEnrolled: "登记人员", "登记了此人" / "enrolled the person";
    RoleGranted: "授予角色", "授予了角色" / "granted a role";
    RoleRevoked: "撤销角色", "撤销了角色" / "revoked a role";
    StaffDisabled: "停用账号", "停用了账号" / "disabled the account";
    StaffEnabled: "恢复账号", "恢复了账号" / "enabled the account";
    CalendarAdopted: "采用工作日历", "采用了新版工作日历" / "adopted a version of the calendar";
    VettingRulesChanged: "修改检查规则", "修改了检查规则" / "changed the rules of the checks";
    WordListAdopted: "启用词库", "启用了词库" / "adopted a word list";
    WordListDropped: "停用词库", "停用了词库" / "dropped a word list";
    CaseOpened: "收件", "收到了诉求" / "took the case in";
    CaseAssigned: "转办", "转交了部门" / "gave the case to another department";
    HandlerNamed: "确定承办人", "确定了承办人" / "named who answers for the case";
    NoteAdded: "内部备注", "添加了备注" / "added a note";
    ReplyRated: "评价", "评价了答复" / "rated the reply";
    FileAdded: "附卷", "附入了文件" / "put a file into the case";
    DeadlineChanged: "期限变化", "变更了期限" / "changed a deadline";
    DeadlineReminded: "催办", "催办了期限" / "reminded of a deadline";
    MessageUndeliverable: "通知未送达", "未能送达通知" / "could not deliver a message";
    CaseErased: "抹除", "抹除了个人信息" / "erased what is personal";
    ErasureCompleted: "抹除完成", "完成了抹除" / "completed the erasure";
    ErrorReported: "网民找错", "提交了找错" / "reported an error";
    ErrorAnswered: "找错答复", "答复了找错" / "answered the report";
    AnswerWithdrawn: "撤回答复", "撤回了答复" / "took the answer back";
    ReportDismissed: "不属找错", "认定不属找错" / "dismissed the report";
    ApplicationFiled: "提交申请", "提交了申请" / "applied for information";
    ApplicationConfirmed: "登记确认", "登记确认了申请" / "confirmed the receipt";
    CompletionAsked: "补正告知", "告知了补正" / "asked to complete the application";
    ApplicationCompleted: "补正", "补正了申请" / "completed the application";
    ReasonsAsked: "要求说明理由", "要求说明理由" / "asked the applicant for his reasons";
    ReasonsGiven: "说明理由", "说明了理由" / "gave reasons";
    OpinionSought: "征求意见", "征求了意见" / "asked for an opinion";
    LetterDelivered: "征求意见书送达", "登记了征求意见书的送达" / "recorded that a letter was delivered";
    OpinionGiven: "反馈意见", "反馈了意见" / "gave an opinion";
    OpinionLapsed: "逾期未提出意见", "逾期未提出意见" / "let the term for an opinion pass";
    OpinionLapseUndone: "更正逾期未提出意见", "更正了逾期未提出意见" / "recorded that an opinion had come in time";
    FeeAsked: "收费告知", "告知了收费" / "asked for a fee";
    FeePaid: "缴费", "缴纳了费用" / "paid the fee";
    DeemedAbandoned: "视为放弃申请", "视为放弃了申请" / "gave the application up by silence";
    AbandonmentUndone: "更正视为放弃", "更正了视为放弃" / "recorded that the application had not been given up";
    ApplicationReopened: "恢复办理", "恢复了办理" / "opened the application again";
    ReplyDrafted: "拟答复", "拟定了答复" / "drafted a reply";
    ReplyReturned: "退回答复", "退回了拟定的答复" / "returned the draft of the reply";
    RequestDecided: "答复申请", "答复了申请" / "replied to the application";
    RequestRedirected: "转其他渠道", "转其他渠道处理" / "sent the application to another channel";
    ApplicationWithdrawn: "撤回申请", "撤回了申请" / "took the application back";
    InformationPublished: "纳入主动公开", "登记了纳入主动公开" / "recorded that the information is public now";
    RequestArchived: "归档案卷", "归档了案卷" / "filed the case";
}

/// The names of the event type `name`; none for what the catalogue does not have.
#[must_use]
pub fn named(name: &str) -> Option<&'static EventName> {
    NAMES.iter().find(|known| known.name == name)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use domain::catalogue::EVENT_TYPES;

    use super::*;

    /// The folders of `events/`: one per event type below its category.
    fn catalogue() -> BTreeSet<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events");
        let folders = |path: &Path| -> Vec<_> {
            let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
            entries.filter(|path| path.is_dir()).collect()
        };
        let categories = folders(&root).into_iter().filter(|path| !path.ends_with("lambda"));
        let types = categories.flat_map(|category| folders(&category));
        types.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_event_of_the_catalogue_has_a_name_and_nothing_else_has() {
        let names: BTreeSet<String> = NAMES.iter().map(|known| known.name.to_owned()).collect();
        assert_eq!(names, catalogue());
        assert_eq!(names, EVENT_TYPES.iter().map(|known| known.name.to_owned()).collect());
        assert_eq!(names.len(), NAMES.len(), "each once");
    }

    #[test]
    fn names_are_chinese_and_tell_events_of_one_stream_apart() {
        for known in NAMES {
            for text in [known.zh, known.done] {
                assert!(!text.is_empty() && text.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)), "{known:?}");
            }
            assert!(known.done_en.is_ascii() && !known.done_en.ends_with('.'), "{known:?}");
        }
        let apart: BTreeSet<&str> = NAMES.iter().map(|known| known.zh).collect();
        assert_eq!(apart.len(), NAMES.len());
    }
}
