//! The guide to disclosure 政府信息公开指南.

use domain::mandatory::Category;
use serde::Serialize;

use super::{filled, list, page, visible};
use crate::address::absolute;
use crate::contact;
use crate::guide::{ABOUT, CONTENTS, NAME, OTHERWISE, OUTCOMES, RECEIPTS, REMEDIES, WAYS, fees, terms};
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
    ways: Vec<Named>,
    categories: Vec<CategoryView>,
    contents: &'static [&'static str],
    receipts: Vec<Named>,
    terms: Vec<TermView>,
    fees: Vec<String>,
    outcomes: Vec<Named>,
    otherwise: &'static [&'static str],
    contacts: Vec<ContactView<'a>>,
    supervisor: Option<ContactView<'a>>,
    remedies: Vec<Named>,
    kept_for: u8,
    data: Option<&'a str>,
}

/// Something and what it means.
#[derive(Serialize)]
struct Named {
    name: &'static str,
    text: &'static str,
}

fn named(pairs: &[(&'static str, &'static str)]) -> Vec<Named> {
    pairs.iter().map(|(name, text)| Named { name, text }).collect()
}

#[derive(Serialize)]
struct CategoryView {
    item: &'static str,
    wording: &'static str,
}

#[derive(Serialize)]
struct TermView {
    title: String,
    span: String,
    extension: Option<String>,
    rule: String,
}

#[derive(Serialize)]
struct ContactView<'a> {
    name: &'a str,
    url: &'a str,
    address: Option<&'a str>,
    telephone: Option<&'a str>,
    telephone_url: Option<String>,
    office_hours: Option<&'a str>,
}

impl<'a> From<&'a DisclosureContact> for ContactView<'a> {
    fn from(contact: &'a DisclosureContact) -> Self {
        Self {
            name: visible(&contact.department.name),
            url: &contact.department.url,
            address: filled(Some(&contact.address)),
            telephone: filled(Some(&contact.telephone)),
            telephone_url: contact::telephone(&contact.telephone).map(|number| format!("tel:{number}")),
            office_hours: filled(Some(&contact.office_hours)),
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
    let terms = terms(&model.limits).into_iter().map(|term| TermView {
        title: term.title,
        span: term.span,
        extension: term.extension,
        rule: term.rule,
    });
    let view = View {
        name: NAME,
        about: ABOUT,
        catalogue: &model.catalogue,
        coverage: &model.coverage,
        search: &model.search,
        form: &model.form,
        status: &model.status,
        ways: named(&WAYS),
        categories: Category::ALL.map(category).into(),
        contents: &CONTENTS,
        receipts: named(&RECEIPTS),
        terms: terms.collect(),
        fees: fees(model.limits.fees),
        outcomes: named(&OUTCOMES),
        otherwise: &OTHERWISE,
        contacts: model.departments.iter().map(ContactView::from).collect(),
        supervisor: model.supervisor.as_ref().map(ContactView::from),
        remedies: named(&REMEDIES),
        kept_for: model.limits.kept_for.get(),
        data: frame.data.as_deref(),
    };
    page("guide.html", frame, NAME, head, vec![list::collection(frame, NAME)], view)
}
