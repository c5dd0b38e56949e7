//! Every problem of publishing, beside those of any command: the table behind refusals, the pages and the OpenAPI document.

pub(crate) mod domain;
pub(crate) mod views;

use gateway::ProblemKind;

gateway::problem_kinds! {
    /// Only the subject that the deployment names may make himself administrator.
    NOT_NAMED: "not-named", FORBIDDEN, "不是指定的首任管理员" / "not the named administrator",
        "只有部署配置指定的账号可以就任首任管理员。" / "Only the subject that the deployment names may take office as the first administrator.";
    /// Another document has the path.
    PATH_TAKEN: "path-taken", CONFLICT, "页面地址已被占用" / "path taken",
        "该地址属于另一文件，且永不释放；请换用其他短名（slug）。" / "The path belongs to another document for good; choose another slug.";
    /// Fifty numbers in a row were taken meanwhile.
    INDEX_NUMBERS_BUSY: "index-numbers-busy", SERVICE_UNAVAILABLE, "索引号竞争" / "index numbers contended",
        "同时发布的文件过多，请稍后用同一幂等键重发。" / "Too many documents are being published at once; send it again with the same key in a moment.";
    /// The series has no number left.
    INDEX_NUMBERS_EXHAUSTED: "index-numbers-exhausted", CONFLICT, "索引号已用尽" / "index numbers exhausted",
        "该机构本年度的索引号已用尽，请联系平台管理员。" / "The department has no index number left this year; tell the platform's operators.";
    /// The organisation code cannot carry index numbers.
    ORGANISATION_CODE_UNFIT: "organisation-code-unfit", UNPROCESSABLE_ENTITY, "组织机构代码不合规" / "organisation code unfit",
        "组织机构代码应为 9 位或 18 位大写字母和数字。" / "An organisation code has 9 or 18 capital letters and digits.";
    /// No such department.
    DEPARTMENT_NOT_FOUND: "department-not-found", NOT_FOUND, "没有这个部门" / "no such department",
        "请核对部门代码。" / "Check the department's code.";
    /// The category concerns every department.
    CATEGORY_CONCERNS_ALL: "category-concerns-all", CONFLICT, "该类信息各部门都应公开" / "the category concerns every department",
        "依据《政府信息公开条例》第二十条第（二）项，请补全部门资料。" / "Complete the department's profile (Regulation on open government information, art. 20 (2)).";
    /// The department did not declare it.
    CATEGORY_NOT_DECLARED: "category-not-declared", CONFLICT, "没有这项声明" / "not declared",
        "请先读取部门，not_concerned 列出已声明不涉及的类别。" / "Read the department first: not_concerned lists what it declared.";
    /// No such site.
    SITE_NOT_FOUND: "site-not-found", NOT_FOUND, "没有这个站点" / "no such site",
        "请核对站点标识。" / "Check the site's label.";
    /// No such column.
    COLUMN_NOT_FOUND: "column-not-found", NOT_FOUND, "没有这个栏目" / "no such column",
        "请核对栏目编号，例如 www.zwgk.tzgg。" / "Check the column's id, like www.zwgk.tzgg.";
    /// No such document.
    DOCUMENT_NOT_FOUND: "document-not-found", NOT_FOUND, "没有这个文件" / "no such document",
        "请核对文件编号。" / "Check the document's id.";
    /// No such revision of the document.
    REVISION_NOT_FOUND: "revision-not-found", NOT_FOUND, "没有这个修订稿" / "no such revision",
        "请核对修订稿编号；本文件的全部修订稿见 /documents/{id}/revisions。" / "Check the revision; /documents/{id}/revisions lists those of the document.";
    /// No such file.
    FILE_NOT_FOUND: "file-not-found", NOT_FOUND, "没有这个文件" / "no such file",
        "请核对文件校验值；新文件请用 POST /files 上传。" / "Check the hash; a new file is uploaded by POST /files.";
    /// Nothing was uploaded under this hash by this person.
    UPLOAD_NOT_FOUND: "upload-not-found", NOT_FOUND, "没有收到上传的文件" / "no such upload",
        "请按 POST /uploads 返回的地址和请求头上传完整文件；上传满一天未接收的会被清除。" / "Send the whole file to the address that POST /uploads gave, with its headers; what is not taken in within a day is removed.";
    /// The file cannot be given to readers.
    FILE_UNFIT: "file-unfit", UNPROCESSABLE_ENTITY, "文件不能接收" / "the file cannot be taken in",
        "请按 errors 的说明处理后重新上传。" / "Mend what errors tells and upload it again.";
    /// No such member of staff.
    STAFF_NOT_FOUND: "staff-not-found", NOT_FOUND, "没有这名工作人员" / "no such member of staff",
        "请核对编号；尚未登记的人请先用 POST /staff 登记。" / "Check the id; whoever is not enrolled is enrolled by POST /staff.";
    /// Nothing was adopted yet, or no such version.
    CALENDAR_NOT_FOUND: "calendar-not-found", NOT_FOUND, "没有这版工作日历" / "no such calendar",
        "请核对版本号；尚未采用过工作日历时，请管理员用 POST /calendar 采用。" / "Check the number of the version; where none was ever adopted, an administrator adopts the first by POST /calendar.";
    /// No such commit.
    COMMIT_NOT_FOUND: "commit-not-found", NOT_FOUND, "没有这次提交" / "no such commit",
        "请核对提交地址，例如 document:…:3。" / "Check the commit's address, like document:…:3.";
    /// The body names a site that is not open.
    SITE_UNKNOWN: "site-unknown", UNPROCESSABLE_ENTITY, "所指站点未开通" / "unknown site",
        "请先开通该站点，或核对标识。" / "Open the site first, or check its label.";
    /// The body names a column that is not open.
    COLUMN_UNKNOWN: "column-unknown", UNPROCESSABLE_ENTITY, "所指栏目未开通" / "unknown column",
        "请先开通该栏目，或核对编号。" / "Open the column first, or check its id.";
    /// The column above is not open.
    PARENT_COLUMN_UNKNOWN: "parent-column-unknown", UNPROCESSABLE_ENTITY, "上级栏目未开通" / "unknown parent column",
        "请先开通上级栏目。" / "Open the column above it first.";
    /// The department is registered.
    DEPARTMENT_EXISTS: "department-exists", CONFLICT, "部门已登记" / "department registered already",
        "如要修改，请用 PUT。" / "To change it, use PUT.";
    /// The site is open.
    SITE_EXISTS: "site-exists", CONFLICT, "站点已开通" / "site open already",
        "如要修改，请用 PUT。" / "To change it, use PUT.";
    /// No site may have the label.
    LABEL_RESERVED: "label-reserved", CONFLICT, "站点标识由平台保留" / "label reserved",
        "请换用其他标识。" / "Choose another label.";
    /// The column is open.
    COLUMN_EXISTS: "column-exists", CONFLICT, "栏目已开通" / "column open already",
        "如要修改，请用 PUT。" / "To change it, use PUT.";
    /// The document exists.
    DOCUMENT_EXISTS: "document-exists", CONFLICT, "文件已存在" / "document exists already",
        "新的文件请换用新的幂等键。" / "A new document takes a new key.";
    /// The person is enrolled.
    STAFF_EXISTS: "staff-exists", CONFLICT, "工作人员已登记" / "enrolled already",
        "如要增加角色，请用 grant。" / "To give a further role, use grant.";
    /// The subject is the platform's own.
    SUBJECT_RESERVED: "subject-reserved", UNPROCESSABLE_ENTITY, "账号名为平台保留" / "subject reserved",
        "以 system: 开头的账号属于平台自身，不能登记。" / "Subjects that begin with system: are the platform's own and cannot be enrolled.";
    /// Nobody decides about himself.
    OWN_ROLES: "own-roles", FORBIDDEN, "不得变更自己的权限" / "own roles",
        "请由其他管理员办理。" / "Another administrator must do this.";
    /// The role is held.
    ROLE_HELD: "role-held", CONFLICT, "已有该角色" / "role held already",
        "无需再次授予。" / "It need not be granted again.";
    /// A calendar was adopted before.
    CALENDAR_EXISTS: "calendar-exists", CONFLICT, "已采用工作日历" / "a calendar is adopted already",
        "请先读取现行工作日历，再用 PUT /calendar 采用新版。" / "Read the calendar in force and adopt the next version by PUT /calendar.";
    /// A year says what no notice can mean.
    ARRANGEMENT_UNFIT: "arrangement-unfit", UNPROCESSABLE_ENTITY, "放假安排不合规" / "arrangement of a year unfit",
        "请对照放假安排通知核对后再提交。" / "Compare the arrangement with its notice.";
    /// The role is not held.
    ROLE_NOT_HELD: "role-not-held", CONFLICT, "没有该角色" / "role not held",
        "角色须按授予时的范围撤销；请先读取此人的角色。" / "A role is revoked in the scope it was granted in; read the person's roles first.";
    /// A disabled person gets no roles.
    GRANTEE_DISABLED: "grantee-disabled", CONFLICT, "此人已停用" / "the person is disabled",
        "请先恢复使用，再授予角色。" / "Enable the person first, then grant.";
    /// Disabled already.
    ALREADY_DISABLED: "already-disabled", CONFLICT, "此人已经停用" / "disabled already",
        "无需再次停用。" / "The person need not be disabled again.";
    /// Not disabled.
    NOT_DISABLED: "not-disabled", CONFLICT, "此人未停用" / "not disabled",
        "无需恢复。" / "The person need not be enabled.";
    /// The site stopped for good.
    SITE_ARCHIVED: "site-archived", CONFLICT, "站点已归档" / "the site is archived",
        "归档站点不再发布新内容；如需恢复，请登记人员将其恢复为在线。" / "Nothing new appears on an archived site; a registrar may make it live again.";
    /// A rectification is under way.
    SITE_RECTIFYING: "site-rectifying", CONFLICT, "站点正在整改" / "under rectification",
        "请先结束本次整改。" / "End this rectification first.";
    /// The last day of a rectification is too near or too far.
    RECTIFICATION_SPAN: "rectification-span", UNPROCESSABLE_ENTITY, "整改期限不合规" / "rectification too short or too long",
        "依据《政府网站发展指引》（规则 G12），请调整截止日期。" / "Choose another last day (Guideline on the development of government websites).";
    /// There were as many rectifications this year as may be.
    RECTIFIED_THIS_YEAR: "rectified-this-year", CONFLICT, "本年度已整改" / "rectified this year",
        "依据《政府网站发展指引》（规则 G12），本年度不得再次临时下线整改。" / "The site may not go under rectification again this year (Guideline on the development of government websites).";
    /// The platform uses this path itself.
    PATH_RESERVED: "path-reserved", UNPROCESSABLE_ENTITY, "路径为平台保留" / "path reserved",
        "请换用其他路径：api、bm、en、form、gkfg、gkml、gknb、gkzn、hant、tongji、zhaocuo 和纯数字段不可用。" / "Choose another path: api, bm, en, form, gkfg, gkml, gknb, gkzn, hant, tongji, zhaocuo and segments of digits are the platform's.";
    /// Nothing to review or publish.
    NO_DRAFT: "no-draft", CONFLICT, "没有草稿" / "no draft",
        "请先保存新的草稿。" / "Save a draft first.";
    /// With the reviewers already.
    ALREADY_SUBMITTED: "already-submitted", CONFLICT, "已送审" / "submitted already",
        "草稿已在审核或已通过；如需修改，请保存新稿后重新送审。" / "The draft is with the reviewers or approved; to change it, save a new one and submit again.";
    /// Not with the reviewers.
    NOT_SUBMITTED: "not-submitted", CONFLICT, "尚未送审" / "not submitted",
        "请由编辑先送审。" / "An editor must submit it first.";
    /// The command names another revision.
    OTHER_REVISION: "other-revision", CONFLICT, "不是当前修订" / "another revision",
        "审核的不是当前修订；请重新读取草稿后再决定。" / "This is not the draft's revision; read the draft again and decide anew.";
    /// Four eyes.
    OWN_EDIT: "own-edit", FORBIDDEN, "不得审核自己编辑的文件" / "four eyes",
        "请由没有编辑过此稿的同事审核。" / "A colleague who did not edit it must approve it.";
    /// Other eyes at each level.
    OWN_APPROVAL: "own-approval", FORBIDDEN, "不得在多级审核中重复审核" / "one level each",
        "此稿您已审核过一级，请由下一级的其他同事审核。" / "You approved it at an earlier level; a colleague of the next one must approve it.";
    /// Every level has approved.
    ALREADY_APPROVED: "already-approved", CONFLICT, "已通过全部审核" / "approved already",
        "各级审核均已通过，请由发布人员发布。" / "Every level has approved; a publisher can make it public.";
    /// An approval is missing.
    NOT_APPROVED: "not-approved", CONFLICT, "尚未通过审核" / "not approved",
        "只有通过审核的修订才能公开；请先送审并通过。" / "Only an approved revision can become public; have it reviewed first.";
    /// Public already.
    ALREADY_PUBLIC: "already-public", CONFLICT, "已公开" / "public already",
        "已公开的文件请用更正（correct）发布新的修订。" / "Publish the next revision as a correction.";
    /// Not public.
    NOT_PUBLIC: "not-public", CONFLICT, "未公开" / "not public",
        "此操作只适用于已公开的文件。" / "This takes a public document.";
    /// A correction tells the public what changed.
    NOTE_MISSING: "note-missing", UNPROCESSABLE_ENTITY, "缺少更正说明" / "change note missing",
        "文件已公开，新的修订是更正；请在 note 中向公众说明更正了什么。" / "The document is public, so this is a correction; tell the public in note what changed.";
    /// A document that is public keeps its path.
    SLUG_UNWANTED: "slug-unwanted", UNPROCESSABLE_ENTITY, "不能另取短名" / "slug not wanted",
        "文件已公开，更正不改变地址；请去掉 slug。" / "The document is public and a correction keeps its address; leave slug out.";
    /// What becomes public for the first time corrects nothing.
    NOTE_UNWANTED: "note-unwanted", UNPROCESSABLE_ENTITY, "不需要更正说明" / "change note not wanted",
        "文件尚未公开，首次发布没有更正说明；请去掉 note。" / "The document is not public, so nothing is corrected; leave note out.";
    /// Nothing is scheduled.
    NOT_SCHEDULED: "not-scheduled", CONFLICT, "没有定时发布" / "nothing scheduled",
        "请重新读取文件：可能已发布、已取消，或因修改、退回、移动、放弃草稿而失效。" / "Read the document again: it may be public, the schedule taken back, or void by an edit, a return, a move or the discarding of the draft.";
    /// No expiry is set.
    NO_EXPIRY: "no-expiry", CONFLICT, "没有设定到期时间" / "no expiry set",
        "请重新读取文件。" / "Read the document again.";
    /// An instant to act at lies in the past, or too far ahead.
    NOT_AHEAD: "not-ahead", UNPROCESSABLE_ENTITY, "时刻不合适" / "not a moment ahead",
        "定时发布须在一年以内，到期须在十年以内，且都须晚于现在。" / "A publication is scheduled within a year, an expiry within ten, both after now.";
    /// The public life would end before it begins.
    EXPIRES_BEFORE: "expires-before", CONFLICT, "到期不晚于发布" / "expires before it is public",
        "到期时间须晚于定时发布的时间；请调整其一。" / "The expiry must come after the scheduled publication; change one of them.";
    /// The expiry that is set has passed.
    EXPIRED: "expired", CONFLICT, "已过到期时间" / "expired",
        "所设到期时间已过；请先调整或取消到期时间，再发布。" / "Its expiry has passed; set another or clear it, then publish.";
    /// Nothing public waits for a review.
    NOTHING_OWED: "nothing-owed", CONFLICT, "没有待补的审核" / "no review owed",
        "该公开文本已经审核，无需补审。" / "The public text was reviewed; nothing is owed.";
    /// Nobody reviews what he published before its review.
    OWN_PUBLICATION: "own-publication", FORBIDDEN, "不得补审自己应急发布的文件" / "four eyes",
        "请由其他同事补审。" / "A colleague must review what you published before its review.";
    /// The body of an earlier revision is no longer stored.
    BODY_ERASED: "body-erased", CONFLICT, "正文已抹除" / "body erased",
        "该修订稿的正文已从存储中抹除，无法恢复；请重新撰写草稿。" / "The body of this revision was erased from the store and cannot come back; write the draft anew.";
    /// Readers are shown it, or it stands in the draft.
    TEXT_IN_USE: "text-in-use", CONFLICT, "文稿仍在使用" / "the text is in use",
        "该文稿正在公开，或者在更正历史、草稿中；请先撤回文件或者修改草稿。" / "The text is public, or stands in the history of changes or in the draft; withdraw the document, or change the draft, first.";
    /// All of it is erased.
    TEXT_ERASED_BEFORE: "text-erased-before", CONFLICT, "文稿已经抹除" / "erased before",
        "该文稿的正文和附件此前已经抹除。" / "Body and files of this text were erased before.";
    /// A file that was erased comes back with no other text.
    FILE_ERASED: "file-erased", CONFLICT, "附件已抹除" / "file erased",
        "该附件已从本文件中抹除，不能再次附上；请从 attachments 中删去。" / "The file was erased from this document and cannot be attached to it again; take it out of attachments.";
    /// It stands there already.
    SAME_COLUMN: "same-column", CONFLICT, "已在该栏目" / "in that column already",
        "文件已在该栏目，无需移动。" / "The document stands there already.";
    /// A column lists what stands in it anyway.
    SHARED_IN_OWN_COLUMN: "shared-in-own-column", CONFLICT, "文件本来就在该栏目" / "in that column anyway",
        "请选择另一个栏目。" / "Choose another column.";
    /// A column lists a document once.
    ALREADY_SHARED: "already-shared", CONFLICT, "已共享到该栏目" / "shared there already",
        "该栏目已列出此文件，无需再次共享。" / "The column lists the document already.";
    /// The column does not list it.
    NOT_SHARED: "not-shared", CONFLICT, "未共享到该栏目" / "not shared there",
        "该栏目没有列出此文件。" / "The column does not list the document.";
    /// It has stood at as many places as can lead to it.
    MOVED_TOO_OFTEN: "moved-too-often", CONFLICT, "移动次数过多" / "moved too often",
        "每个旧地址都要永久跳转到现地址，不能再移动；如确需移动，请撤回后另行起草。" / "Every former address leads to the present one for good, so it cannot move on; withdraw it and draft it anew if it must.";
    /// A document has a name for each file it ever gave its readers.
    TOO_MANY_FILES: "too-many-files", CONFLICT, "附件更换次数过多" / "too many files",
        "请撤回后另行起草，或合并附件。" / "Withdraw it and draft it anew, or put files together.";
    /// The record came in before, with another content or to another place.
    MIGRATED_OTHERWISE: "migrated-otherwise", CONFLICT, "该记录已迁入，内容不同" / "migrated before, and otherwise",
        "此记录已迁入，重新迁移不会覆盖；如内容有误，请按修改、审核、更正的流程办理。" / "A record comes in once and is not overwritten; correct its document by draft, review and correction.";
    /// The checks found what keeps a text from review and from the public.
    CHECKS_FAILED: "checks-failed", UNPROCESSABLE_ENTITY, "发布前检查未通过" / "the checks found something",
        "请按 errors 逐项修改；确需保留的，在 override 中列出其 finding 编号并说明理由。" / "Mend what errors lists; what must stay, name by its finding in override and say why.";
    /// A public text does not pass the checks of the column that it is moved to.
    MOVE_FAILED: "move-checks-failed", UNPROCESSABLE_ENTITY, "目标栏目的检查未通过" / "not fit for that column",
        "请先更正本文件，再移动。" / "Correct the document first, then move it.";
    /// A reason, a change note or a slug holds what must not stand there.
    REASON_FAILED: "reason-checks-failed", UNPROCESSABLE_ENTITY, "说明文字不宜公开" / "words not fit for the public",
        "理由、更正说明、短名和横幅都会公开，请改写后重发。" / "The public is told reasons, change notes, slugs and banners; write it differently.";
    /// Somebody answers for what was not found, or does not block.
    OVERRIDE_OF_NOTHING: "override-of-nothing", UNPROCESSABLE_ENTITY, "没有可放行的发现" / "nothing to override",
        "请重新读取检查结果（/documents/{id}/checks），只放行其中拦截的发现。" / "Read the checks again (/documents/{id}/checks) and override only findings that block.";
    /// No such word list in force.
    WORD_LIST_NOT_FOUND: "word-list-not-found", NOT_FOUND, "没有这个词库" / "no such word list",
        "请核对词库名；现行词库见 /vetting。" / "Check the list's name; /vetting tells those in force.";
    /// As many word lists as there may be.
    TOO_MANY_LISTS: "too-many-lists", CONFLICT, "词库过多" / "too many word lists",
        "请先停用不再需要的词库，或合并词库。" / "Drop a list that is not needed, or make one of two.";
    /// A kind of column, or one of its fields, is named twice.
    REQUIRED_TWICE: "required-twice", UNPROCESSABLE_ENTITY, "必填要求重复" / "required twice",
        "每类栏目只列一次，每个字段只列一次。" / "Name each kind of column once, and each of its fields once.";
    /// A document named itself as one it relates to.
    RELATED_TO_ITSELF: "related-to-itself", UNPROCESSABLE_ENTITY, "不能与自身关联" / "related to itself",
        "请改填另一文件；迁入时，amends 应为较早版本的记录键。" / "Name another document; in a migration, amends is the key of the earlier version's record.";
    /// A relation is told twice.
    RELATED_TWICE: "related-twice", UNPROCESSABLE_ENTITY, "关联重复" / "relation told twice",
        "同一文件的同一种关联只需填写一次。" / "Tell a relation once.";
    /// A relation names a document that nobody drafted.
    RELATED_UNKNOWN: "related-unknown", UNPROCESSABLE_ENTITY, "所关联的文件不存在" / "unknown related document",
        "请核对文件编号。" / "Check the document's id.";
    /// A relation names a document that is not public.
    RELATED_NOT_PUBLIC: "related-not-public", CONFLICT, "所关联的文件尚未公开" / "a related document is not public",
        "请先公开所关联的文件，再公开本文件；或从草稿中删去该关联。" / "Publish the related document first, then this one; or take the relation out of the draft.";
    /// The draft's relations changed while they were looked up.
    RELATIONS_MOVED: "relations-moved", CONFLICT, "关联已变更" / "relations changed meanwhile",
        "请重新读取文件、核对后再提交。" / "Read the document again and decide anew.";
    /// A migration names relations.
    MIGRATED_RELATIONS: "migrated-relations", UNPROCESSABLE_ENTITY, "迁入时不能填写关联" / "a migration tells no relations",
        "迁入后请按修改、审核、更正的流程填写关联；修订关系请用 amends。" / "Tell them by draft, review and correction afterwards; an amended version is named in amends.";
    /// The earlier version is not here.
    AMENDED_UNKNOWN: "amended-unknown", UNPROCESSABLE_ENTITY, "所修订的版本未迁入" / "amended version unknown",
        "请先迁入较早的版本，或核对其记录键。" / "Bring in the earlier version first, or check its record's key.";
    /// The original date cannot be.
    DATE_IMPLAUSIBLE: "date-implausible", UNPROCESSABLE_ENTITY, "原日期不合理" / "original date implausible",
        "请核对来源中的日期；来源未载明日期的，kind 用 unknown。" / "Check the date in the source; where it tells none, the kind is unknown.";
    /// Another document has the index number that a record tells.
    INDEX_NUMBER_TAKEN: "index-number-taken", CONFLICT, "索引号已被占用" / "index number taken",
        "该索引号属于另一文件，且永不释放；请核对来源。" / "The number belongs to another document for good; check the source.";
}

/// Every kind of problem that this function can answer with.
pub fn all() -> impl Iterator<Item = &'static ProblemKind> {
    command::problems::all(ALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_can_stand_in_a_url() {
        let mut codes: Vec<&str> = all().map(|kind| kind.code).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        for code in codes {
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code}");
        }
    }

    #[test]
    fn every_problem_says_in_both_languages_what_to_do() {
        for kind in all() {
            assert!(kind.status.is_client_error() || kind.status.is_server_error(), "{}", kind.code);
            assert!(kind.remedy.ends_with('。'), "{}", kind.code);
            assert!(
                kind.remedy_en.ends_with('.') && !kind.title.is_empty() && !kind.title_en.is_empty(),
                "{}",
                kind.code
            );
        }
    }

    #[test]
    fn nothing_needs_escaping() {
        for kind in all() {
            assert!(kind.pages.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'/')), "{}", kind.pages);
            assert!(kind.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", kind.code);
            for text in [kind.title, kind.title_en, kind.remedy, kind.remedy_en] {
                assert!(!text.contains(['<', '>', '&']), "{text}");
            }
        }
    }
}
