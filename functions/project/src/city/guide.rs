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
        let contact = contact(frame::department_link(city, site, &row.at.key, profile.name.clone()), profile);
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

/// Whom to ask at a department: who takes applications, with what the department tells of itself where that tells nothing.
fn contact(department: Link, profile: DepartmentRow) -> DisclosureContact {
    let own = |told: String, of_department: String| if told.trim().is_empty() { of_department } else { told };
    let DepartmentRow { address, telephone, office_hours, disclosure, .. } = profile;
    match disclosure {
        None => DisclosureContact {
            department,
            office: String::new(),
            address,
            telephone,
            office_hours,
            fax: String::new(),
            mailbox: String::new(),
        },
        Some(office) => DisclosureContact {
            department,
            office: office.name,
            address: own(office.address, address),
            telephone: own(office.telephone, telephone),
            office_hours: own(office.office_hours, office_hours),
            fax: office.fax,
            mailbox: office.mailbox,
        },
    }
}

#[cfg(test)]
mod tests {
    use views::city::DisclosureOfficeRow;

    use super::*;

    #[test]
    fn what_an_office_does_not_tell_is_as_its_department_tells_it() {
        let text = str::to_owned;
        let office = DisclosureOfficeRow {
            name: text("办公室"),
            address: text("203 室"),
            office_hours: text(" "),
            telephone: String::new(),
            fax: text("0598-1"),
            mailbox: String::new(),
        };
        let profile = DepartmentRow {
            name: text("教育局"),
            duties: String::new(),
            address: text("学府路 18 号"),
            telephone: text("0598-2"),
            office_hours: text("周一至周五"),
            leaders: Vec::new(),
            disclosure: Some(office),
        };
        let link = || Link { name: text("教育局"), url: text("/bm/jyj/") };
        let asked = contact(link(), profile.clone());
        assert_eq!((asked.office.as_str(), asked.address.as_str(), asked.fax.as_str()), ("办公室", "203 室", "0598-1"));
        assert_eq!((asked.telephone.as_str(), asked.office_hours.as_str()), ("0598-2", "周一至周五"));
        let bare = contact(link(), DepartmentRow { disclosure: None, ..profile });
        assert_eq!((bare.office.as_str(), bare.address.as_str(), bare.mailbox.as_str()), ("", "学府路 18 号", ""));
    }

    #[test]
    fn the_limits_of_applications_can_be_read() {
        assert!(LIMITS.is_some());
    }
}
