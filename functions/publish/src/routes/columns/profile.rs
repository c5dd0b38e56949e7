//! A column's parts, on their way in and out.

use command::{Checks, mirrored};
use domain::{
    column::{self, ColumnProfile as Profile},
    mandatory,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{refusal::Refusal, routes::departments::Category};

/// What may change about a column.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ColumnProfile {
    /// Name, at most 40 characters.
    #[schema(example = "通知公告", max_length = 40, min_length = 1)]
    name: String,
    /// What a reader finds in it, at most 300 characters; empty where the name says it.
    #[serde(default)]
    #[schema(max_length = 300)]
    description: String,
    /// Place among its neighbours, ascending.
    #[serde(default)]
    position: u16,
    /// Where it is shown beside its own page.
    #[serde(default)]
    prominence: Prominence,
    /// How often it has to have something new (更新要求); absent where nothing is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    update_duty: Option<UpdateDuty>,
    /// Who approves and who publishes; one level by the document's own department if absent.
    #[serde(default = "usual_review")]
    review: Review,
    /// Categories of what is to be disclosed that its documents are of (条例 art. 20); absent where it is for something else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 15)]
    discloses: Vec<Category>,
}

fn usual_review() -> Review {
    Review::of(column::Review::default())
}

mirrored! {
    column:
    /// Where a column is shown beside its own page.
    #[derive(Default)]
    Prominence:
    /// In the site map only.
    #[default]
    Plain,
    /// In the main navigation.
    Navigation,
    /// Its latest documents on the home page.
    Home,
    /// Both.
    Both,
}

mirrored! {
    column:
    /// What a column is for (栏目类型): the meta tag ColumnType.
    ColumnKind:
    /// 动态要闻.
    News,
    /// 通知公告.
    Notices,
    /// 政策文件.
    Policies,
    /// 政策解读.
    Interpretations,
    /// 机构概况.
    Institution,
    /// 概况信息.
    Overview,
    /// 机构职能.
    Duties,
    /// 领导信息.
    Leaders,
    /// 规划计划.
    Plans,
    /// 人事信息.
    Personnel,
    /// 财政信息.
    Finance,
    /// 统计信息.
    Statistics,
    /// 办事服务.
    Services,
    /// 互动交流.
    Interaction,
    /// 常见问题.
    Questions,
    /// 公共服务专题: its page shows what is newest in the columns below it.
    Topic,
    /// 其他.
    Other,
}

mirrored! {
    column:
    /// How finely a column's archive is cut, for good.
    #[derive(Default)]
    Archive:
    /// One page a month.
    #[default]
    Month,
    /// Three pages a month.
    TenDays,
    /// One page a day.
    Day,
}

mirrored! {
    column:
    /// A unit of the calendar.
    Period:
    /// Calendar days.
    Day,
    /// Seven days.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

/// How often a column has to have something new.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateDuty {
    /// How many of the unit, 1–366.
    #[schema(example = 2, minimum = 1, maximum = 366)]
    every: u16,
    /// Of what.
    unit: Period,
}

/// Whose reviewers or publishers have to act.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Post {
    /// Code of the department; the document's own if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "zfb", pattern = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
    department: Option<String>,
}

/// Who approves and who publishes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Review {
    /// Whose reviewers approve, first to last: one to three levels, and at each of them another person.
    #[schema(min_items = 1, max_items = 3)]
    levels: Vec<Post>,
    /// Whose publisher publishes and corrects.
    publisher: Post,
}

impl Post {
    fn checked(&self, checks: &mut Checks, pointer: &str) -> Option<column::Post> {
        let department = match &self.department {
            None => None,
            Some(code) => Some(checks.name(&format!("{pointer}/department"), code)?),
        };
        Some(column::Post { department })
    }

    fn of(post: column::Post) -> Self {
        Self { department: post.department.map(Into::into) }
    }
}

impl Review {
    fn checked(&self, checks: &mut Checks) -> Option<column::Review> {
        let levels: Vec<_> = self
            .levels
            .iter()
            .enumerate()
            .map(|(place, post)| post.checked(checks, &format!("/profile/review/levels/{place}")))
            .collect();
        let publisher = self.publisher.checked(checks, "/profile/review/publisher");
        let levels: Vec<column::Post> = levels.into_iter().collect::<Option<_>>()?;
        let levels = checks.converted_from("/profile/review/levels", levels);
        Some(column::Review { levels: levels?, publisher: publisher? })
    }

    fn of(review: column::Review) -> Self {
        let levels = Vec::from(review.levels).into_iter().map(Post::of).collect();
        Self { levels, publisher: Post::of(review.publisher) }
    }
}

impl UpdateDuty {
    fn checked(self, checks: &mut Checks) -> Option<column::UpdateDuty> {
        let every = checks.converted_from("/profile/update_duty/every", self.every)?;
        Some(column::UpdateDuty { every, unit: self.unit.into() })
    }

    fn of(duty: column::UpdateDuty) -> Self {
        Self { every: duty.every.into(), unit: duty.unit.into() }
    }
}

impl ColumnProfile {
    pub(super) fn checked(&self, checks: &mut Checks) -> Option<Profile> {
        let name = checks.line("/profile/name", &self.name);
        let description = checks.prose("/profile/description", &self.description);
        let update_duty = self.update_duty.map(|duty| duty.checked(checks));
        let review = self.review.checked(checks);
        checks.at_most("/profile/discloses", self.discloses.len(), mandatory::Category::ALL.len());
        Some(Profile {
            name: name?,
            description: description?,
            position: self.position,
            prominence: self.prominence.into(),
            update_duty: update_duty.flatten(),
            review: review?,
            discloses: self.discloses.iter().map(|category| (*category).into()).collect(),
        })
        .filter(|_| checks.passed())
    }

    /// As [`checked`](Self::checked), where there is nothing else to check.
    pub(super) fn verified(&self) -> Result<Profile, Refusal> {
        let mut checks = Checks::default();
        match self.checked(&mut checks) {
            Some(profile) => Ok(profile),
            None => Err(checks.refusal()),
        }
    }

    pub(super) fn of(profile: Profile) -> Self {
        Self {
            name: profile.name.into(),
            description: profile.description.into(),
            position: profile.position,
            prominence: profile.prominence.into(),
            update_duty: profile.update_duty.map(UpdateDuty::of),
            review: Review::of(profile.review),
            discloses: profile.discloses.into_iter().map(Category::from).collect(),
        }
    }
}
