//! The guide to disclosure (政府信息公开指南, 条例 art. 12).

use domain::request::RequestLimits;

use super::Link;

/// How information is classified, how it is obtained, where to ask, and what to do against a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidePage {
    /// The limits that applications are counted by.
    pub limits: RequestLimits,
    /// Whom to ask, by department, in order of code.
    pub departments: Vec<DisclosureContact>,
    /// The office that supervises disclosure: it runs the portal; none while it is unknown.
    pub supervisor: Option<DisclosureContact>,
    /// The catalogue.
    pub catalogue: Link,
    /// Which department discloses what.
    pub coverage: Link,
    /// The search.
    pub search: Link,
    /// The form of applications.
    pub form: Link,
    /// Where an applicant looks how his application stands.
    pub status: Link,
}

/// Where a department is asked for information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureContact {
    /// Its name and page.
    pub department: Link,
    /// Who takes applications there 受理机构; may be empty.
    pub office: String,
    /// Address 办公地址; may be empty.
    pub address: String,
    /// Telephone 联系电话; may be empty.
    pub telephone: String,
    /// Office hours 办公时间; may be empty.
    pub office_hours: String,
    /// Fax 传真号码; may be empty.
    pub fax: String,
    /// Mailbox or page on the internet 互联网联系方式; may be empty.
    pub mailbox: String,
}
