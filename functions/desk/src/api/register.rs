//! Sites, columns and departments.

use serde::{Deserialize, Serialize};

/// All sites.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Sites {
    pub(crate) sites: Vec<Site>,
}

/// A site.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Site {
    pub(crate) label: String,
    pub(crate) name: String,
}

/// Whose a site is.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SiteOfDepartment {
    pub(crate) department: String,
}

/// A site's columns.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Columns {
    pub(crate) columns: Vec<Column>,
}

/// A column.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Column {
    pub(crate) column: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) parent: Option<String>,
}

/// All departments.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Departments {
    pub(crate) departments: Vec<Department>,
}

/// A department.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Department {
    pub(crate) code: String,
    pub(crate) name: String,
}
