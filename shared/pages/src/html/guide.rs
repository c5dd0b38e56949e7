//! The guide to disclosure 政府信息公开指南.

use domain::mandatory::Category;
use serde::Serialize;

use super::{filled, list, page, visible};
use crate::address::absolute;
use crate::contact;
use crate::guide::{
    ABOUT, CONTENTS, NAME, OTHERWISE, OUTCOMES, RECEIPTS, REMEDIES, Term, Told, WAYS, fees, terms, told,
};
use crate::head::Head;
use crate::model::{DisclosureContact, Frame, GuidePage, Link};
use crate::{RenderError, Rendered};

/// Its 栏目类型 (RULES.md A1, `ColumnType`): none of the national kinds is a guide.
const KIND: &str = "其他";

#[derive(Serialize)]
struct View<'a> {
    name: &'static str,
    about: &'static str,
    catalogue: &'a Link,
    coverage: &'a Link,
    search: &'a Link,
    form: &'a Link,
    status: &'a Link,
    ways: Vec<Told>,
    categories: Vec<CategoryView>,
    contents: &'static [&'static str],
    receipts: Vec<Told>,
    terms: Vec<Term>,
    fees: Vec<String>,
    outcomes: Vec<Told>,
    otherwise: &'static [&'static str],
    contacts: Vec<ContactView<'a>>,
    supervisor: Option<ContactView<'a>>,
    remedies: Vec<Told>,
    kept_for: u8,
    data: Option<&'a str>,
}

#[derive(Serialize)]
struct CategoryView {
    item: &'static str,
    wording: &'static str,
}

#[derive(Serialize)]
struct ContactView<'a> {
    name: &'a str,
    url: &'a str,
    office: Option<&'a str>,
    address: Option<&'a str>,
    office_hours: Option<&'a str>,
    telephone: Option<&'a str>,
    telephone_url: Option<String>,
    fax: Option<&'a str>,
    mailbox: Option<&'a str>,
}

impl<'a> From<&'a DisclosureContact> for ContactView<'a> {
    fn from(contact: &'a DisclosureContact) -> Self {
        Self {
            name: visible(&contact.department.name),
            url: &contact.department.url,
            office: filled(Some(&contact.office)),
            address: filled(Some(&contact.address)),
            office_hours: filled(Some(&contact.office_hours)),
            telephone: filled(Some(&contact.telephone)),
            telephone_url: contact::telephone(&contact.telephone).map(|number| format!("tel:{number}")),
            fax: filled(Some(&contact.fax)),
            mailbox: filled(Some(&contact.mailbox)),
        }
    }
}

/// Renders the guide.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn guide(frame: &Frame, model: &GuidePage) -> Result<Rendered, RenderError> {
    let description = format!("{}：{ABOUT}", frame.name);
    let head = list::column_tags(Head::new(frame, NAME), NAME, KIND, &description)
        .with("Description", &description)
        .canonical(absolute(&frame.scheme_host, &frame.path))
        .data(frame);
    let category = |category: Category| CategoryView { item: category.item(), wording: category.wording() };
    let view = View {
        name: NAME,
        about: ABOUT,
        catalogue: &model.catalogue,
        coverage: &model.coverage,
        search: &model.search,
        form: &model.form,
        status: &model.status,
        ways: told(&WAYS),
        categories: Category::ALL.map(category).into(),
        contents: &CONTENTS,
        receipts: told(&RECEIPTS),
        terms: terms(&model.limits),
        fees: fees(model.limits.fees),
        outcomes: told(&OUTCOMES),
        otherwise: &OTHERWISE,
        contacts: model.departments.iter().map(ContactView::from).collect(),
        supervisor: model.supervisor.as_ref().map(ContactView::from),
        remedies: told(&REMEDIES),
        kept_for: model.limits.kept_for.get(),
        data: frame.data.as_deref(),
    };
    page("guide.html", frame, NAME, head, vec![list::collection(frame, NAME)], view)
}
