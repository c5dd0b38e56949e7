//! What departments disclose of what the regulation asks for (条例 art. 20).

use domain::mandatory::{Category, Part, Standing};
use jiff::civil::Date;

use super::Link;

/// Which department discloses what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveragePage {
    /// All departments, in order of code.
    pub departments: Vec<DepartmentStandings>,
    /// Where the same stands as a table (CSV), root-relative.
    pub table: String,
    /// The catalogue.
    pub catalogue: Link,
    /// The guide to disclosure.
    pub guide: Link,
}

/// How the categories stand with a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentStandings {
    /// Its code.
    pub code: String,
    /// Its name, and its own page of coverage.
    pub department: Link,
    /// How each category stands, in the order of the regulation.
    pub standings: Vec<(Category, Standing)>,
}

/// What one department discloses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentCoveragePage {
    /// Its code.
    pub code: String,
    /// Its name and page.
    pub department: Link,
    /// All departments.
    pub overview: Link,
    /// Every category, in the order of the regulation.
    pub categories: Vec<CategoryCoverage>,
}

/// What a department discloses of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryCoverage {
    /// The category.
    pub category: Category,
    /// How it stands.
    pub standing: Standing,
    /// How many of its documents are public in columns that disclose the category.
    pub documents: u64,
    /// The day of the newest of them; none where there are none, or nobody knows their days.
    pub newest: Option<Date>,
    /// Those columns, and its own that disclose it and have nothing yet.
    pub columns: Vec<ColumnCoverage>,
    /// What its profile does not tell, of the one category that a profile tells; none of the others.
    pub untold: Option<Vec<Part>>,
    /// Why it does not concern the department, if it says so.
    pub reason: Option<String>,
}

/// A column that discloses a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnCoverage {
    /// Its name and page.
    pub column: Link,
    /// How many documents of the department are public in it.
    pub documents: u64,
}
