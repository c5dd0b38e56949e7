//! The JSON beside the guide to disclosure.

use domain::mandatory::Category;
use serde::Serialize;

use super::{Named, coverage::CategoryName, page};
use crate::guide::{
    ABOUT, CONTENTS, NAME, OTHERWISE, OUTCOMES, RECEIPTS, REMEDIES, Term, Told, WAYS, fees, terms, told,
};
use crate::html::filled;
use crate::model::{DisclosureContact, Frame, GuidePage};
use crate::{RenderError, Rendered};

#[derive(Serialize)]
struct Guide<'a> {
    about: &'static str,
    catalogue: Named<'a>,
    coverage: Named<'a>,
    search: Named<'a>,
    form: Named<'a>,
    status: Named<'a>,
    ways: Vec<Told>,
    categories: Vec<CategoryName>,
    contents: &'static [&'static str],
    receipts: Vec<Told>,
    terms: Vec<Term>,
    fees: Vec<String>,
    outcomes: Vec<Told>,
    otherwise: &'static [&'static str],
    years_kept: u8,
    contacts: Vec<Contact<'a>>,
    supervisor: Option<Contact<'a>>,
    remedies: Vec<Told>,
}

#[derive(Serialize)]
struct Contact<'a> {
    department: Named<'a>,
    office: Option<&'a str>,
    address: Option<&'a str>,
    telephone: Option<&'a str>,
    fax: Option<&'a str>,
    mailbox: Option<&'a str>,
    office_hours: Option<&'a str>,
}

impl<'a> Contact<'a> {
    fn of(frame: &Frame, contact: &'a DisclosureContact) -> Result<Self, RenderError> {
        Ok(Self {
            department: Named::of(frame, &contact.department)?,
            office: filled(Some(&contact.office)),
            address: filled(Some(&contact.address)),
            telephone: filled(Some(&contact.telephone)),
            fax: filled(Some(&contact.fax)),
            mailbox: filled(Some(&contact.mailbox)),
            office_hours: filled(Some(&contact.office_hours)),
        })
    }
}

/// Writes the JSON beside the guide.
///
/// # Errors
/// [`RenderError::UnsafeUrl`] for an address no page may link to.
pub fn guide(frame: &Frame, model: &GuidePage) -> Result<Rendered, RenderError> {
    let guide = Guide {
        about: ABOUT,
        catalogue: Named::of(frame, &model.catalogue)?,
        coverage: Named::of(frame, &model.coverage)?,
        search: Named::of(frame, &model.search)?,
        form: Named::of(frame, &model.form)?,
        status: Named::of(frame, &model.status)?,
        ways: told(&WAYS),
        categories: Category::ALL.map(CategoryName::from).into(),
        contents: &CONTENTS,
        receipts: told(&RECEIPTS),
        terms: terms(&model.limits),
        fees: fees(model.limits.fees),
        outcomes: told(&OUTCOMES),
        otherwise: &OTHERWISE,
        years_kept: model.limits.kept_for.get(),
        contacts: model.departments.iter().map(|one| Contact::of(frame, one)).collect::<Result<_, _>>()?,
        supervisor: model.supervisor.as_ref().map(|one| Contact::of(frame, one)).transpose()?,
        remedies: told(&REMEDIES),
    };
    page("guide", frame, NAME, guide)
}
