//! A column's parts, on their way in and out.

use domain::column::{self, ColumnProfile as Profile};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{checks::Checks, refusal::Refusal};

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
}

macro_rules! mirrored {
    ($(#[$doc:meta])* $name:ident: $($(#[$variant_doc:meta])* $variant:ident),* $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl From<$name> for column::$name {
            fn from(given: $name) -> Self {
                match given {
                    $($name::$variant => Self::$variant,)*
                }
            }
        }

        impl From<column::$name> for $name {
            fn from(known: column::$name) -> Self {
                match known {
                    $(column::$name::$variant => Self::$variant,)*
                }
            }
        }
    };
}

mirrored! {
    /// Where a column is shown beside its own page.
    Prominence:
    /// In the site map only.
    Plain,
    /// In the main navigation.
    Navigation,
    /// Its latest documents on the home page.
    Home,
    /// Both.
    Both,
}

mirrored! {
    /// What a column is for (栏目类型).
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
    /// 其他.
    Other,
}

mirrored! {
    /// How finely a column's archive is cut, for good.
    Archive:
    /// One page a month.
    Month,
    /// Three pages a month.
    TenDays,
    /// One page a day.
    Day,
}

#[expect(clippy::derivable_impls, reason = "the macro cannot mark a variant as the default")]
impl Default for Prominence {
    fn default() -> Self {
        Self::Plain
    }
}

#[expect(clippy::derivable_impls, reason = "the macro cannot mark a variant as the default")]
impl Default for Archive {
    fn default() -> Self {
        Self::Month
    }
}

impl ColumnProfile {
    pub(super) fn checked(&self, checks: &mut Checks) -> Option<Profile> {
        let name = checks.line("/profile/name", &self.name);
        let description = checks.prose("/profile/description", &self.description);
        Some(Profile {
            name: name?,
            description: description?,
            position: self.position,
            prominence: self.prominence.into(),
        })
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
        }
    }
}
