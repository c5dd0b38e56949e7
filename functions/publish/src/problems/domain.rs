//! What the rules refuse, as problems.

use command::problems::{UNCHANGED, clock, with_advice};
use domain::{
    appearance::AppearanceRefusal, calendar::CalendarRefusal, column::ColumnRefusal, department::DepartmentRefusal,
    document::DocumentRefusal, index_number::IndexRefusal, shanghai, sharing::SharingRefusal, site::SiteRefusal,
    staff::StaffRefusal, vetting::VettingRefusal,
};
use gateway::Problem;
use jiff::Timestamp;

use super::{
    ALREADY_APPROVED, ALREADY_DISABLED, ALREADY_PUBLIC, ALREADY_SHARED, ALREADY_SUBMITTED, ARRANGEMENT_UNFIT,
    CALENDAR_EXISTS, CALENDAR_NOT_FOUND, CATEGORY_CONCERNS_ALL, CATEGORY_NOT_DECLARED, CHECKS_FAILED, COLUMN_EXISTS,
    COLUMN_NOT_FOUND, DATE_IMPLAUSIBLE, DEPARTMENT_EXISTS, DEPARTMENT_NOT_FOUND, DOCUMENT_EXISTS, DOCUMENT_NOT_FOUND,
    EXPIRED, EXPIRES_BEFORE, FILE_ERASED, GRANTEE_DISABLED, INDEX_NUMBERS_EXHAUSTED, LABEL_RESERVED,
    MIGRATED_OTHERWISE, MIGRATED_RELATIONS, MOVED_TOO_OFTEN, NO_DRAFT, NO_EXPIRY, NOT_AHEAD, NOT_APPROVED,
    NOT_DISABLED, NOT_PUBLIC, NOT_SCHEDULED, NOT_SHARED, NOT_SUBMITTED, NOTE_MISSING, NOTE_UNWANTED, NOTHING_OWED,
    ORGANISATION_CODE_UNFIT, OTHER_REVISION, OVERRIDE_OF_NOTHING, OWN_APPROVAL, OWN_EDIT, OWN_PUBLICATION, OWN_ROLES,
    PATH_RESERVED, RECTIFICATION_SPAN, RECTIFIED_THIS_YEAR, RELATED_TO_ITSELF, RELATED_TWICE, RELATIONS_MOVED,
    REQUIRED_TWICE, ROLE_HELD, ROLE_NOT_HELD, SAME_COLUMN, SHARED_IN_OWN_COLUMN, SITE_ARCHIVED, SITE_EXISTS,
    SITE_NOT_FOUND, SITE_RECTIFYING, SLUG_UNWANTED, STAFF_EXISTS, STAFF_NOT_FOUND, SUBJECT_RESERVED,
    TEXT_ERASED_BEFORE, TEXT_IN_USE, TOO_MANY_FILES, TOO_MANY_LISTS, WORD_LIST_NOT_FOUND,
};

pub(crate) fn department(refusal: &DepartmentRefusal) -> Problem {
    match refusal {
        DepartmentRefusal::AlreadyRegistered { code } => {
            with_advice(&DEPARTMENT_EXISTS, format!("部门 {code} 已登记。"), refusal)
        }
        DepartmentRefusal::NotRegistered => Problem::plain(&DEPARTMENT_NOT_FOUND),
        DepartmentRefusal::OrganisationCode(index) => index_number(index),
        DepartmentRefusal::Unchanged => Problem::plain(&UNCHANGED),
        DepartmentRefusal::ConcernsAll { category } => {
            with_advice(&CATEGORY_CONCERNS_ALL, format!("“{}”各部门都涉及。", category.chinese()), refusal)
        }
        DepartmentRefusal::NotDeclared { category } => {
            with_advice(&CATEGORY_NOT_DECLARED, format!("没有声明不涉及“{}”。", category.chinese()), refusal)
        }
    }
}

pub(crate) fn site(refusal: &SiteRefusal) -> Problem {
    match refusal {
        SiteRefusal::AlreadyOpen { label } => with_advice(&SITE_EXISTS, format!("站点 {label} 已开通。"), refusal),
        SiteRefusal::Reserved { label } => {
            with_advice(&LABEL_RESERVED, format!("站点标识 {label} 由平台保留。"), refusal)
        }
        SiteRefusal::NotOpen => Problem::plain(&SITE_NOT_FOUND),
        SiteRefusal::Unchanged => Problem::plain(&UNCHANGED),
        SiteRefusal::Archived => Problem::plain(&SITE_ARCHIVED),
        SiteRefusal::Rectifying { until } => {
            with_advice(&SITE_RECTIFYING, format!("该站点正在整改，截止日期 {until}。"), refusal)
        }
        SiteRefusal::RectificationSpan { until, first, last, days } => with_advice(
            &RECTIFICATION_SPAN,
            format!("截止日期 {until} 不在 {first} 至 {last} 之间：每次整改最长 {days} 天。"),
            refusal,
        ),
        SiteRefusal::RectifiedThisYear { year, times, allowed } => {
            with_advice(&RECTIFIED_THIS_YEAR, format!("{year} 年已整改 {times} 次：每年最多 {allowed} 次。"), refusal)
        }
    }
}

pub(crate) fn appearance(refusal: &AppearanceRefusal) -> Problem {
    match refusal {
        AppearanceRefusal::Unchanged => Problem::plain(&UNCHANGED),
    }
}

pub(crate) fn sharing(refusal: &SharingRefusal) -> Problem {
    match refusal {
        SharingRefusal::OwnColumn { column } => {
            with_advice(&SHARED_IN_OWN_COLUMN, format!("文件本来就在栏目 {column}。"), refusal)
        }
        SharingRefusal::NotPublic => Problem::plain(&NOT_PUBLIC),
        SharingRefusal::AlreadyShared => Problem::plain(&ALREADY_SHARED),
        SharingRefusal::NotShared => Problem::plain(&NOT_SHARED),
    }
}

pub(crate) fn staff(refusal: &StaffRefusal) -> Problem {
    match refusal {
        StaffRefusal::NotEnrolled => Problem::plain(&STAFF_NOT_FOUND),
        StaffRefusal::AlreadyEnrolled { staff } => {
            with_advice(&STAFF_EXISTS, format!("此人已登记，编号 {staff}。"), refusal)
        }
        StaffRefusal::Platform => Problem::plain(&SUBJECT_RESERVED),
        StaffRefusal::Own => Problem::plain(&OWN_ROLES),
        StaffRefusal::AlreadyHeld(_) => with_advice(&ROLE_HELD, "此人在该范围已有该角色。".to_owned(), refusal),
        StaffRefusal::NotHeld(_) => with_advice(&ROLE_NOT_HELD, "此人在该范围没有该角色。".to_owned(), refusal),
        StaffRefusal::Disabled => Problem::plain(&GRANTEE_DISABLED),
        StaffRefusal::AlreadyDisabled => Problem::plain(&ALREADY_DISABLED),
        StaffRefusal::NotDisabled => Problem::plain(&NOT_DISABLED),
    }
}

pub(crate) fn calendar(refusal: &CalendarRefusal) -> Problem {
    let unfit = |zh: String| with_advice(&ARRANGEMENT_UNFIT, zh, refusal);
    match refusal {
        CalendarRefusal::Unchanged => Problem::plain(&UNCHANGED),
        CalendarRefusal::NotAdopted => Problem::plain(&CALENDAR_NOT_FOUND),
        CalendarRefusal::AlreadyAdopted { number } => {
            with_advice(&CALENDAR_EXISTS, format!("已采用工作日历第 {number} 版。"), refusal)
        }
        CalendarRefusal::YearTwice { year } => unfit(format!("{year} 年填写了两次。")),
        CalendarRefusal::NoHoliday { year } => unfit(format!("{year} 年没有任何假日；尚未公布的年份请勿填写。")),
        CalendarRefusal::TooManyDaysOff { year, days, most } => {
            unfit(format!("{year} 年放假 {days} 天，超过 {most} 天。"))
        }
        CalendarRefusal::OutsideYear { year, date } => unfit(format!("{date} 不在 {year} 年内。")),
        CalendarRefusal::Backwards { first, last } => unfit(format!("假期从 {first} 至 {last}，结束早于开始。")),
        CalendarRefusal::NamedTwice { date } => unfit(format!("{date} 填写了两次。")),
        CalendarRefusal::BothOffAndOn { date } => unfit(format!("{date} 既放假又调休上班。")),
        CalendarRefusal::WeekdayMadeUp { date } => unfit(format!("调休上班日 {date} 不是周六或周日。")),
    }
}

pub(crate) fn column(refusal: &ColumnRefusal) -> Problem {
    match refusal {
        ColumnRefusal::AlreadyOpen { column } => {
            with_advice(&COLUMN_EXISTS, format!("栏目 {column} 已开通。"), refusal)
        }
        ColumnRefusal::NotOpen => Problem::plain(&COLUMN_NOT_FOUND),
        ColumnRefusal::Reserved { segment } => {
            with_advice(&PATH_RESERVED, format!("路径段 {segment} 为平台保留。"), refusal)
        }
        ColumnRefusal::Unchanged => Problem::plain(&UNCHANGED),
    }
}

pub(crate) fn document(refusal: &DocumentRefusal) -> Problem {
    match refusal {
        DocumentRefusal::NotDrafted => Problem::plain(&DOCUMENT_NOT_FOUND),
        DocumentRefusal::AlreadyDrafted => Problem::plain(&DOCUMENT_EXISTS),
        DocumentRefusal::NoDraft => Problem::plain(&NO_DRAFT),
        DocumentRefusal::Unchanged => Problem::plain(&UNCHANGED),
        DocumentRefusal::AlreadySubmitted => Problem::plain(&ALREADY_SUBMITTED),
        DocumentRefusal::NotSubmitted => Problem::plain(&NOT_SUBMITTED),
        DocumentRefusal::OtherRevision { current, .. } => {
            with_advice(&OTHER_REVISION, format!("草稿的当前修订是 {current}。"), refusal)
        }
        DocumentRefusal::OwnEdit => Problem::plain(&OWN_EDIT),
        DocumentRefusal::OwnApproval => Problem::plain(&OWN_APPROVAL),
        DocumentRefusal::AlreadyApproved => Problem::plain(&ALREADY_APPROVED),
        DocumentRefusal::NotApproved { approvals, levels } => {
            with_advice(&NOT_APPROVED, format!("该栏目要求 {levels} 级审核，已通过 {approvals} 级。"), refusal)
        }
        DocumentRefusal::AlreadyPublic => Problem::plain(&ALREADY_PUBLIC),
        DocumentRefusal::NotPublic => Problem::plain(&NOT_PUBLIC),
        DocumentRefusal::NoteMissing => Problem::plain(&NOTE_MISSING),
        DocumentRefusal::SlugUnwanted => Problem::plain(&SLUG_UNWANTED),
        DocumentRefusal::NoteUnwanted => Problem::plain(&NOTE_UNWANTED),
        DocumentRefusal::NotScheduled => Problem::plain(&NOT_SCHEDULED),
        DocumentRefusal::NoExpiry => Problem::plain(&NO_EXPIRY),
        DocumentRefusal::NotAhead { at, now, latest } => with_advice(
            &NOT_AHEAD,
            format!("{}不在现在（{}）与{}之间。", second(*at), second(*now), second(*latest)),
            refusal,
        ),
        DocumentRefusal::ExpiresBefore { publication, expiry } => with_advice(
            &EXPIRES_BEFORE,
            format!("定时发布：{}；到期：{}。", second(*publication), second(*expiry)),
            refusal,
        ),
        DocumentRefusal::Expired { at } => with_advice(&EXPIRED, format!("到期时间：{}。", clock(*at)), refusal),
        DocumentRefusal::NothingOwed => Problem::plain(&NOTHING_OWED),
        DocumentRefusal::OwnPublication => Problem::plain(&OWN_PUBLICATION),
        DocumentRefusal::SameColumn { column } => with_advice(&SAME_COLUMN, format!("当前栏目是 {column}。"), refusal),
        DocumentRefusal::MovedTooOften { places } => {
            with_advice(&MOVED_TOO_OFTEN, format!("该文件已有 {places} 个地址。"), refusal)
        }
        DocumentRefusal::TooManyFiles { files } => {
            with_advice(&TOO_MANY_FILES, format!("每个文件最多先后公开 {files} 个附件。"), refusal)
        }
        DocumentRefusal::ChecksFailed { .. } => Problem::plain(&CHECKS_FAILED),
        DocumentRefusal::OverrideOfNothing { finding } => {
            with_advice(&OVERRIDE_OF_NOTHING, format!("本修订中没有需放行的发现 {finding}。"), refusal)
        }
        DocumentRefusal::MigratedOtherwise => Problem::plain(&MIGRATED_OTHERWISE),
        DocumentRefusal::RelatedToItself => Problem::plain(&RELATED_TO_ITSELF),
        DocumentRefusal::RelatedTwice { document } => {
            with_advice(&RELATED_TWICE, format!("与文件 {document} 的关联填写了两次。"), refusal)
        }
        DocumentRefusal::RelationsMoved => Problem::plain(&RELATIONS_MOVED),
        DocumentRefusal::MigratedRelations => Problem::plain(&MIGRATED_RELATIONS),
        DocumentRefusal::DateImplausible { day, today } => {
            with_advice(&DATE_IMPLAUSIBLE, format!("原日期 {day} 晚于今天（{today}）或早于公元 1000 年。"), refusal)
        }
        DocumentRefusal::InUse => Problem::plain(&TEXT_IN_USE),
        DocumentRefusal::ErasedBefore => Problem::plain(&TEXT_ERASED_BEFORE),
        DocumentRefusal::FileErased { file } => {
            with_advice(&FILE_ERASED, format!("附件 {file} 已从本文件中抹除。"), refusal)
        }
        DocumentRefusal::IndexNumber(index) => index_number(index),
    }
}

pub(crate) fn vetting(refusal: &VettingRefusal) -> Problem {
    match refusal {
        VettingRefusal::Unchanged => Problem::plain(&UNCHANGED),
        VettingRefusal::NoSuchList { list } => {
            with_advice(&WORD_LIST_NOT_FOUND, format!("没有在用的词库 {list}。"), refusal)
        }
        VettingRefusal::TooManyLists { most } => with_advice(&TOO_MANY_LISTS, format!("最多 {most} 个词库。"), refusal),
        VettingRefusal::KindTwice { kind } => {
            with_advice(&REQUIRED_TWICE, format!("“{}”列了两次。", kind.chinese()), refusal)
        }
        VettingRefusal::FieldTwice { kind, field } => {
            with_advice(&REQUIRED_TWICE, format!("“{}”的“{}”列了两次。", kind.chinese(), field.chinese()), refusal)
        }
    }
}

/// An instant on the city's clock, where seconds count: 2026年12月1日 09:00:05.
fn second(at: Timestamp) -> String {
    format!("{}:{:02}", clock(at), shanghai::local(at).second())
}

pub(crate) fn index_number(refusal: &IndexRefusal) -> Problem {
    match refusal {
        IndexRefusal::OrganisationCode { code } => {
            with_advice(&ORGANISATION_CODE_UNFIT, format!("组织机构代码“{code}”不合规。"), refusal)
        }
        IndexRefusal::Exhausted { series } => {
            with_advice(&INDEX_NUMBERS_EXHAUSTED, format!("序列 {series} 已用尽。"), refusal)
        }
    }
}
