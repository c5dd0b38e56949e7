//! What an editor tells of a document's place in the catalogue of government information (RULES.md A4), checked; and how it is told again.

use command::{Checks, mirrored, optional};
use domain::document::{self, Catalogue, Subject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::origin::Validity;

mirrored! {
    document:
    /// 体裁分类: the fifteen kinds of official documents, and what is none of them.
    Genre:
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

mirrored! {
    document:
    /// 组配分类: the classes of a department's catalogue.
    CatalogueClass:
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

/// How the catalogue of government information files a document. What is not known is left out, never made up.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueInput {
    /// 主题分类: one of the 22 subjects of the national scheme, and below it at most one level after a backslash.
    #[serde(default)]
    #[schema(example = "综合政务\\政务公开", max_length = 60)]
    subject: Option<String>,
    /// 体裁分类.
    #[serde(default)]
    genre: Option<Genre>,
    /// 组配分类.
    #[serde(default)]
    class: Option<CatalogueClass>,
    /// 分类词, at most 5 of at most 20 characters.
    #[serde(default)]
    #[schema(max_items = 5)]
    terms: Vec<String>,
    /// 有效性. That another document repeals this one is told by that document's relations.
    #[serde(default)]
    validity: Option<Validity>,
    /// The last day on which it is in force (有效期至).
    #[serde(default)]
    #[schema(example = "2031-12-31", format = "date")]
    expires_on: Option<String>,
    /// The office that answers questions about it (责任处室), at most 60 characters.
    #[serde(default)]
    #[schema(example = "基础教育科", max_length = 60)]
    office: Option<String>,
}

impl CatalogueInput {
    /// Checks every field; `/content/catalogue` stands before each pointer.
    pub(crate) fn checked(&self, checks: &mut Checks) -> Option<Catalogue> {
        let subject =
            optional(self.subject.as_deref(), |text| checks.converted::<Subject>("/content/catalogue/subject", text));
        let terms = checks.lines("/content/catalogue/terms", &self.terms, 5);
        let expires_on = optional(self.expires_on.as_deref(), |text| checks.day("/content/catalogue/expires_on", text));
        let office = optional(self.office.as_deref(), |text| checks.line("/content/catalogue/office", text));
        Some(Catalogue {
            subject: subject?,
            genre: self.genre.map(Into::into),
            class: self.class.map(Into::into),
            terms: terms?,
            validity: self.validity.map(Into::into),
            expires_on: expires_on?,
            office: office?,
        })
    }
}

/// How the catalogue of government information files a document; what nobody said is absent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueView {
    /// 主题分类.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "综合政务\\政务公开")]
    subject: Option<String>,
    /// 体裁分类.
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<Genre>,
    /// 组配分类.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<CatalogueClass>,
    /// 分类词.
    terms: Vec<String>,
    /// 有效性, as its editors know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    validity: Option<Validity>,
    /// 有效期至.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date")]
    expires_on: Option<String>,
    /// 责任处室.
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<String>,
}

impl From<Catalogue> for CatalogueView {
    fn from(catalogue: Catalogue) -> Self {
        let Catalogue { subject, genre, class, terms, validity, expires_on, office } = catalogue;
        Self {
            subject: subject.map(Into::into),
            genre: genre.map(Into::into),
            class: class.map(Into::into),
            terms: terms.into_iter().map(Into::into).collect(),
            validity: validity.map(Into::into),
            expires_on: expires_on.map(|day| day.to_string()),
            office: office.map(Into::into),
        }
    }
}
