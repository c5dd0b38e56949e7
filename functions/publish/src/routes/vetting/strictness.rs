//! How strict the checks are, on its way in and out.

use std::collections::BTreeMap;

use command::mirrored;
use domain::vetting::{self, Strictness};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::routes::columns::ColumnKind;

mirrored! {
    vetting:
    /// What a finding means for a text.
    Level:
    /// 关闭: nobody looks.
    Off,
    /// 提醒: whoever reads the text is told.
    Warn,
    /// 拦截: it neither goes to review nor becomes public unless somebody answers for it.
    Block,
}

mirrored! {
    vetting:
    /// What a text is looked at for.
    #[derive(PartialOrd, Ord)]
    Rule:
    /// 身份证号.
    IdCard,
    /// 手机号.
    Mobile,
    /// 银行卡号.
    BankCard,
    /// 车牌号.
    Plate,
    /// 必填信息.
    Metadata,
    /// 死链接: a link to a page of the city's own that is not there.
    DeadLink,
    /// 图片替代文字无意义.
    AlternativeVague,
    /// 标题未用标题格式: a paragraph that looks like a heading and is none.
    HeadingPlain,
    /// 链接文字无意义.
    LinkVague,
    /// 成文日期在未来.
    DateAhead,
    /// 缺政策解读.
    Interpretation,
    /// 政策解读迟发.
    InterpretationLate,
}

mirrored! {
    vetting:
    /// A field that can be required.
    Field:
    /// 内容概述.
    Summary,
    /// 发文字号.
    DocumentNumber,
    /// 成文日期.
    WrittenOn,
    /// 来源.
    Source,
    /// 关键词.
    Keywords,
    /// 主题分类.
    Subject,
    /// 体裁分类.
    Genre,
    /// 组配分类.
    Class,
    /// 有效性.
    Validity,
    /// 责任处室.
    Office,
    /// 所解读的政策文件.
    Interprets,
}

/// What documents in columns of a kind must tell.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Required {
    /// The kind of column.
    kind: ColumnKind,
    /// The fields, each once.
    #[schema(max_items = 11)]
    fields: Vec<Field>,
}

/// How strict the rules are, and what documents must tell.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StrictnessProfile {
    /// The level of each rule; one that is not named has the level it comes with. The rules: id-card, mobile, bank-card, plate, metadata, dead-link, alternative-vague, heading-plain, link-vague, date-ahead, interpretation, interpretation-late.
    #[schema(value_type = std::collections::HashMap<String, Level>, example = json!({"plate": "block", "heading-plain": "off"}))]
    levels: BTreeMap<Rule, Level>,
    /// What documents must tell, by the kind of their column, each kind once: the whole of it, so a kind that is not named requires nothing.
    #[schema(max_items = 17)]
    required: Vec<Required>,
}

impl StrictnessProfile {
    pub(super) fn of(strictness: &Strictness) -> Self {
        let required = strictness.required.iter().map(|required| Required {
            kind: required.kind.into(),
            fields: required.fields.iter().copied().map(Into::into).collect(),
        });
        Self {
            levels: strictness.levels.iter().map(|(rule, level)| ((*rule).into(), (*level).into())).collect(),
            required: required.collect(),
        }
    }

    pub(super) fn levels(&self) -> BTreeMap<vetting::Rule, vetting::Level> {
        self.levels.iter().map(|(rule, level)| ((*rule).into(), (*level).into())).collect()
    }

    pub(super) fn required(&self) -> Vec<vetting::Required> {
        let required = self.required.iter().map(|required| vetting::Required {
            kind: required.kind.into(),
            fields: required.fields.iter().copied().map(Into::into).collect(),
        });
        required.collect()
    }
}
