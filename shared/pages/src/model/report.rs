//! The annual report on disclosure (政府信息公开工作年度报告, 条例 art. 49-50).

use domain::{annual::Matrix, mandatory::Category};

use super::Link;

/// The years that have reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportsPage {
    /// Newest first.
    pub years: Vec<ReportsOfYear>,
}

/// The reports of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportsOfYear {
    /// `2026年`, and the city's report.
    pub city: Link,
    /// Departments that have one, and theirs.
    pub departments: Vec<Link>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPage {
    /// The year.
    pub year: i16,
    /// Whose it is.
    pub body: ReportBody,
    /// Where the same stands as a table (CSV), root-relative.
    pub table: String,
    /// The reports of all years.
    pub reports: Link,
    /// The guide to disclosure.
    pub guide: Link,
    /// Which department discloses what of what the regulation asks for.
    pub coverage: Link,
    /// Documents that became public in the year and are so still.
    pub made_public: u64,
    /// How many of them are of each category, in the order of the regulation; one may be of several.
    pub by_category: Vec<(Category, u64)>,
    /// Part three.
    pub matrix: Matrix,
}

/// Whose a report is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportBody {
    /// All departments of the city together.
    City {
        /// What the portal's site is called.
        name: String,
        /// The reports of departments of that year.
        departments: Vec<Link>,
    },
    /// A department.
    Department {
        /// Its code.
        code: String,
        /// Its name and page.
        department: Link,
    },
}

impl ReportBody {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::City { name, .. } => name,
            Self::Department { department, .. } => &department.name,
        }
    }
}
