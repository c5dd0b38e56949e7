//! What may change about a column.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{duty::UpdateDuty, review::Review};
use crate::{
    mandatory::Category,
    text::{Line, Prose},
};

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
    /// How often it has to have something new; none where nothing is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_duty: Option<UpdateDuty>,
    /// Who approves and who publishes.
    pub review: Review,
    /// Which categories of the regulation its documents are of (条例 art. 20); none where it is for something else, or nobody said.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub discloses: BTreeSet<Category>,
}

impl ColumnProfile {
    /// What is the site's about the column: how its navigation and home page show it, if they do, and who reviews and publishes there.
    ///
    /// Whoever answers for the column alone does not change these.
    #[must_use]
    pub fn of_the_site(&self) -> (Option<(&Line<40>, u16, Prominence)>, &Review) {
        let shown = match self.prominence {
            Prominence::Plain => None,
            prominence => Some((&self.name, self.position, prominence)),
        };
        (shown, &self.review)
    }
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
