//! How the catalogue of government information (政府信息公开目录) files a document (RULES.md A4).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::origin::Validity;
use crate::{id::Malformed, text::Line};

/// The first level of 主题分类: the 22 subjects of the national scheme.
pub const SUBJECTS: [&str; 22] = [
    "国务院组织机构",
    "综合政务",
    "国民经济管理、国有资产监管",
    "财政、金融、审计",
    "国土资源、能源",
    "农业、林业、水利",
    "工业、交通",
    "商贸、海关、旅游",
    "市场监管、安全生产监管",
    "城乡建设、环境保护",
    "科技、教育",
    "文化、广电、新闻出版",
    "卫生、体育",
    "人口与计划生育、妇女儿童工作",
    "劳动、人事、监察",
    "公安、安全、司法",
    "民政、扶贫、救灾",
    "民族、宗教",
    "对外事务",
    "港澳台侨工作",
    "国防",
    "其他",
];

/// Most characters of a subject's second level.
const SECOND_LEVEL: usize = 30;

/// 主题分类: one of [`SUBJECTS`], and below it at most one further level after a backslash: `综合政务\政务公开`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subject(String);

impl Subject {
    /// As printed: `综合政务\政务公开`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Subject {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        let (first, second) = match text.split_once('\\') {
            Some((first, second)) => (first, Some(second)),
            None => (text.as_str(), None),
        };
        let readable = |level: &str| {
            !level.contains('\\')
                && Line::<SECOND_LEVEL>::try_from(level.to_owned()).is_ok_and(|line| line.as_str() == level)
        };
        if SUBJECTS.contains(&first) && second.is_none_or(readable) {
            Ok(Self(text))
        } else {
            Err(Malformed::new(
                &text,
                "one of the 22 subjects, and below it at most one level, such as 综合政务\\政务公开",
                "主题分类的 22 个大类之一，可加一级小类，如“综合政务\\政务公开”",
            ))
        }
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.0
    }
}

/// 体裁分类: the fifteen kinds of official documents (党政机关公文处理工作条例, 2012), and what is none of them.
///
/// Stored in events: a further one is a new version of the events that name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Genre {
    /// 决议.
    Resolution,
    /// 决定.
    Decision,
    /// 命令（令）.
    Order,
    /// 公报.
    Communique,
    /// 公告.
    Announcement,
    /// 通告.
    PublicNotice,
    /// 意见.
    Opinion,
    /// 通知.
    Notice,
    /// 通报.
    Circular,
    /// 报告.
    Report,
    /// 请示.
    Request,
    /// 批复.
    Reply,
    /// 议案.
    Bill,
    /// 函.
    Letter,
    /// 纪要.
    Minutes,
    /// 其他.
    Other,
}

impl Genre {
    /// All of them, in the order of the regulation.
    pub const ALL: [Self; 16] = [
        Self::Resolution,
        Self::Decision,
        Self::Order,
        Self::Communique,
        Self::Announcement,
        Self::PublicNotice,
        Self::Opinion,
        Self::Notice,
        Self::Circular,
        Self::Report,
        Self::Request,
        Self::Reply,
        Self::Bill,
        Self::Letter,
        Self::Minutes,
        Self::Other,
    ];

    /// As events name it: a part of addresses, too.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
            Self::Decision => "decision",
            Self::Order => "order",
            Self::Communique => "communique",
            Self::Announcement => "announcement",
            Self::PublicNotice => "public-notice",
            Self::Opinion => "opinion",
            Self::Notice => "notice",
            Self::Circular => "circular",
            Self::Report => "report",
            Self::Request => "request",
            Self::Reply => "reply",
            Self::Bill => "bill",
            Self::Letter => "letter",
            Self::Minutes => "minutes",
            Self::Other => "other",
        }
    }

    /// As citizens read it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Resolution => "决议",
            Self::Decision => "决定",
            Self::Order => "命令（令）",
            Self::Communique => "公报",
            Self::Announcement => "公告",
            Self::PublicNotice => "通告",
            Self::Opinion => "意见",
            Self::Notice => "通知",
            Self::Circular => "通报",
            Self::Report => "报告",
            Self::Request => "请示",
            Self::Reply => "批复",
            Self::Bill => "议案",
            Self::Letter => "函",
            Self::Minutes => "纪要",
            Self::Other => "其他",
        }
    }
}

/// 组配分类: the classes under which a department's catalogue lists what it made public.
///
/// Stored in events: a further one is a new version of the events that name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CatalogueClass {
    /// 机构概况.
    Institution,
    /// 法规文件及解读.
    Regulations,
    /// 规划计划.
    Plans,
    /// 财政信息.
    Finance,
    /// 重点工作.
    KeyWork,
    /// 人事信息.
    Personnel,
    /// 统计数据及解读.
    Statistics,
    /// 权责及监管信息.
    Powers,
    /// 建议提案结果公开.
    Proposals,
    /// 工作动态.
    Activities,
    /// 公告公示.
    Announcements,
    /// 其他.
    Other,
}

impl CatalogueClass {
    /// As citizens read it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Institution => "机构概况",
            Self::Regulations => "法规文件及解读",
            Self::Plans => "规划计划",
            Self::Finance => "财政信息",
            Self::KeyWork => "重点工作",
            Self::Personnel => "人事信息",
            Self::Statistics => "统计数据及解读",
            Self::Powers => "权责及监管信息",
            Self::Proposals => "建议提案结果公开",
            Self::Activities => "工作动态",
            Self::Announcements => "公告公示",
            Self::Other => "其他",
        }
    }
}

/// How the catalogue files a document; what nobody said is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// 主题分类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// 体裁分类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<Genre>,
    /// 组配分类.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<CatalogueClass>,
    /// 分类词, at most five.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Line<20>>,
    /// 有效性, as its editors know it; a document that repeals this one says more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// The last day on which it is in force (有效期至).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// The office that answers questions about it (责任处室).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<Line<60>>,
}

impl Catalogue {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Tells every field to `field`, for the hash of a revision.
    pub(super) fn tell(&self, mut field: impl FnMut(&str)) {
        // A new field does not compile before it is told here.
        let Self { subject, genre, class, terms, validity, expires_on, office } = self;
        field(subject.as_ref().map_or("", Subject::as_str));
        field(genre.map_or("", Genre::chinese));
        field(class.map_or("", CatalogueClass::chinese));
        field(validity.map_or("", Validity::chinese));
        field(&expires_on.map(|day| day.to_string()).unwrap_or_default());
        field(office.as_ref().map_or("", Line::as_str));
        terms.iter().for_each(|term| field(term.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_genre_has_the_code_that_events_name_it_by() {
        for genre in Genre::ALL {
            assert_eq!(serde_json::to_value(genre).unwrap(), genre.code());
        }
        let codes: std::collections::BTreeSet<_> = Genre::ALL.map(Genre::code).into_iter().collect();
        assert_eq!(codes.len(), Genre::ALL.len());
    }

    #[test]
    fn a_subject_has_one_of_22_first_levels_and_at_most_one_below() {
        for typed in ["综合政务", "综合政务\\政务公开", "财政、金融、审计\\其他"] {
            assert_eq!(Subject::try_from(typed.to_owned()).unwrap().as_str(), typed);
        }
        for typed in ["", "政务公开", "综合政务\\", "综合政务\\政务公开\\其他", "综合政务/政务公开", "综合政务\\ 政务"]
        {
            assert!(Subject::try_from(typed.to_owned()).is_err(), "{typed}");
        }
    }
}
