//! The guide to disclosure: of the limits that applications are counted by, and of what departments say of themselves.

use std::sync::LazyLock;

use domain::request::{NATIONAL, RequestLimits};
use pages::{DisclosureContact, Frame, GuidePage, Link};
use views::{
    PageKey, Read, Reads, Row,
    city::{DepartmentRow, SiteRow, slice},
};

use super::{City, Composed, Model, Pause, frame};

/// What `disclosure` counts by: the same text, which its own tests read.
static LIMITS: LazyLock<Option<RequestLimits>> = LazyLock::new(|| serde_json::from_str(NATIONAL).ok());

/// Composes the page.
pub(super) fn compose(city: &City, page: &PageKey, reads: &Reads) -> Composed<Model> {
    let site = page.site.as_str();
    let framed = frame::of(city, page, reads)?;
    let limits = LIMITS.clone().ok_or(Pause::Nothing)?;
    let portal = reads.row(Read::row(slice::SITE, site))?.and_then(Row::content::<SiteRow>).ok_or(Pause::Nothing)?;
    let rows = reads.rows(Read::all(slice::DEPARTMENT))?;
    let mut departments = Vec::new();
    let mut supervisor = None;
    for row in rows {
        let Some(profile) = row.content::<DepartmentRow>() else { continue };
        let contact = DisclosureContact {
            department: frame::department_link(city, site, &row.at.key, profile.name),
            address: profile.address,
            telephone: profile.telephone,
            office_hours: profile.office_hours,
        };
        if row.at.key == portal.department {
            supervisor = Some(contact.clone());
        }
        departments.push(contact);
    }
    let here = |name: &str, url: &str| Link { name: name.to_owned(), url: url.to_owned() };
    let frame = Frame { breadcrumb: vec![frame::home_link()], ..framed.about_site() };
    let page = GuidePage {
        limits,
        departments,
        supervisor,
        catalogue: city.addresses.catalogue(site),
        coverage: city.addresses.coverage(site),
        search: here("搜索政府信息", "/search"),
        form: here("依申请公开", "/form/disclosure/information-request"),
        status: here("查询申请进度", "/form/disclosure/status"),
    };
    Ok(Model::Guide(frame, Box::new(page)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_limits_of_applications_can_be_read() {
        assert!(super::LIMITS.is_some());
    }
}
