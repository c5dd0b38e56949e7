//! Columns (栏目): the tree in which a site's documents lie.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    aggregate::{Aggregate, Context, Event, Fact},
    id::{ColumnId, DepartmentCode},
    shanghai,
    text::{Line, Prose},
};

/// What a column is for (栏目类型), as the national check reads it (RULES.md A2 V4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
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

impl ColumnKind {
    /// The kind as citizens read it and as the `ColumnType` meta tag carries it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::News => "动态要闻",
            Self::Notices => "通知公告",
            Self::Policies => "政策文件",
            Self::Interpretations => "政策解读",
            Self::Institution => "机构概况",
            Self::Other => "其他",
        }
    }
}

/// How finely a column's archive is cut: registered once, never a function of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Archive {
    /// One page a month: `2026-11`.
    #[default]
    Month,
    /// Three pages a month: `2026-11-01`, `2026-11-11`, `2026-11-21`.
    TenDays,
    /// One page a day: `2026-11-23`.
    Day,
}

impl Archive {
    /// Name of the archive page that lists an item public since `instant`.
    #[must_use]
    pub fn slice(self, instant: Timestamp) -> String {
        let day = shanghai::local(instant).day();
        match self {
            Self::Month => shanghai::month(instant),
            Self::TenDays => {
                let first = match day {
                    ..=10 => 1,
                    11..=20 => 11,
                    _ => 21,
                };
                format!("{}-{first:02}", shanghai::month(instant))
            }
            Self::Day => shanghai::day(instant),
        }
    }
}

/// What may change about a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnProfile {
    /// Name: `通知公告`.
    pub name: Line<40>,
    /// What a reader finds in it; empty where the name says it.
    pub description: Prose<300>,
    /// Place among its neighbours, ascending.
    pub position: u16,
    /// Whether it stands in the site's main navigation and among its home page's lists.
    pub prominence: Prominence,
}

/// Where a column is shown beside its own page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prominence {
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

impl Prominence {
    /// Whether the column stands in the main navigation.
    #[must_use]
    pub fn in_navigation(self) -> bool {
        matches!(self, Self::Navigation | Self::Both)
    }

    /// Whether the home page lists the column's latest documents.
    #[must_use]
    pub fn on_home(self) -> bool {
        matches!(self, Self::Home | Self::Both)
    }
}

/// The storage format: change a shape only as a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum ColumnEvent {
    /// The column came into being.
    ColumnOpened {
        /// Site and path, for good.
        column: ColumnId,
        /// Who answers for it.
        department: DepartmentCode,
        /// What it is for, for good.
        kind: ColumnKind,
        /// How its archive is cut, for good.
        archive: Archive,
        /// What may change.
        profile: ColumnProfile,
    },
    /// Name, description or place changed.
    ColumnProfileChanged {
        /// The whole new profile.
        profile: ColumnProfile,
    },
}

impl Event for ColumnEvent {
    fn version(&self) -> u16 {
        1
    }
}

/// A column as its opening fixed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Site and path.
    pub column: ColumnId,
    /// Who answers for it.
    pub department: DepartmentCode,
    /// What it is for.
    pub kind: ColumnKind,
    /// How its archive is cut.
    pub archive: Archive,
    /// What may change.
    pub profile: ColumnProfile,
}

/// A column as its events tell it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// The column, once opened.
    pub opened: Option<Opened>,
}

impl Aggregate for Column {
    type Event = ColumnEvent;

    const CATEGORY: &'static str = "column";

    fn evolve(&mut self, event: &ColumnEvent, _: &Fact) {
        match event {
            ColumnEvent::ColumnOpened { column, department, kind, archive, profile } => {
                self.opened = Some(Opened {
                    column: column.clone(),
                    department: department.clone(),
                    kind: *kind,
                    archive: *archive,
                    profile: profile.clone(),
                });
            }
            ColumnEvent::ColumnProfileChanged { profile } => {
                if let Some(opened) = &mut self.opened {
                    opened.profile = profile.clone();
                }
            }
        }
    }
}

/// Why a column's command was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ColumnRefusal {
    /// The path is taken.
    #[error("the column `{column}` is open already")]
    AlreadyOpen {
        /// The column.
        column: ColumnId,
    },
    /// Nobody opened it.
    #[error("this column is not open")]
    NotOpen,
    /// The path begins with a segment that the platform itself uses.
    #[error("the path segment `{segment}` is reserved")]
    Reserved {
        /// The segment.
        segment: String,
    },
    /// The profile is the one in force.
    #[error("nothing would change")]
    Unchanged,
}

/// First path segments that belong to the platform's own pages.
const RESERVED: [&str; 4] = ["api", "bm", "hant", "en"];

/// Opens a column.
///
/// A last segment of digits is refused too: it would look like the date part of a document's path.
///
/// # Errors
/// The path is taken or reserved.
pub fn open(state: &Column, opened: Opened, _: &Context) -> Result<Vec<ColumnEvent>, ColumnRefusal> {
    if state.opened.is_some() {
        return Err(ColumnRefusal::AlreadyOpen { column: opened.column });
    }
    let path = opened.column.path();
    let mut segments = path.trim_matches('/').split('/');
    let reserved = segments
        .clone()
        .next()
        .filter(|first| RESERVED.contains(first))
        .or_else(|| segments.find(|segment| segment.bytes().all(|b| b.is_ascii_digit())));
    if let Some(segment) = reserved {
        return Err(ColumnRefusal::Reserved { segment: segment.to_owned() });
    }
    let Opened { column, department, kind, archive, profile } = opened;
    Ok(vec![ColumnEvent::ColumnOpened { column, department, kind, archive, profile }])
}

/// Changes name, description or place.
///
/// # Errors
/// The column is not open, or nothing would change.
pub fn change(state: &Column, profile: ColumnProfile, _: &Context) -> Result<Vec<ColumnEvent>, ColumnRefusal> {
    let opened = state.opened.as_ref().ok_or(ColumnRefusal::NotOpen)?;
    if opened.profile == profile {
        return Err(ColumnRefusal::Unchanged);
    }
    Ok(vec![ColumnEvent::ColumnProfileChanged { profile }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context {
        Context { actor: "registrar".parse().unwrap(), now: "2026-11-23T01:00:00Z".parse().unwrap() }
    }

    fn column(id: &str) -> Opened {
        Opened {
            column: id.parse().unwrap(),
            department: "jyj".parse().unwrap(),
            kind: ColumnKind::Notices,
            archive: Archive::Month,
            profile: ColumnProfile {
                name: Line::new("通知公告").unwrap(),
                description: Prose::default(),
                position: 1,
                prominence: Prominence::Both,
            },
        }
    }

    #[test]
    fn refuses_paths_of_the_platform_and_paths_like_dates() {
        for id in ["www.api", "www.bm.x", "www.xw.2026", "www.2026"] {
            assert!(
                matches!(open(&Column::default(), column(id), &context()), Err(ColumnRefusal::Reserved { .. })),
                "{id}"
            );
        }
        assert!(open(&Column::default(), column("www.zwgk.tzgg"), &context()).is_ok());
    }

    #[test]
    fn ten_days_are_cut_on_the_city_calendar() {
        let cases = [
            ("2026-11-10T15:59:59Z", "2026-11-01"),
            ("2026-11-10T16:00:00Z", "2026-11-11"),
            ("2026-11-30T00:00:00Z", "2026-11-21"),
        ];
        for (instant, slice) in cases {
            assert_eq!(Archive::TenDays.slice(instant.parse().unwrap()), slice);
        }
    }
}
