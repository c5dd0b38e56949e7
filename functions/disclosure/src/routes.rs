//! The routes, and the OpenAPI document that describes those of staff.

mod approve_reply;
mod archive;
mod ask_completion;
mod ask_fee;
mod ask_reasons;
mod confirm;
mod delay;
mod draft_reply;
mod extend;
mod form;
mod openapi;
mod read;
mod record_completion;
mod record_delivery;
mod record_opinion;
mod record_payment;
mod record_publication;
mod record_reasons;
mod redirect;
pub(crate) mod register;
mod reopen;
mod return_reply;
mod seek_opinion;
mod withdraw;

use casework::routes::{of_cases, of_service};
use domain::request::Request;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Disclosure, DisclosureState};

pub(crate) use openapi::description;
pub use openapi::openapi;

/// Every route of staff under its base path `/api/disclosure`.
pub(crate) fn assembled() -> OpenApiRouter<DisclosureState> {
    let requests = of_cases::<Disclosure, Request>()
        .routes(routes!(register::register))
        .routes(routes!(read::read))
        .routes(routes!(confirm::confirm))
        .routes(routes!(ask_completion::ask_completion))
        .routes(routes!(record_completion::record_completion))
        .routes(routes!(reopen::reopen))
        .routes(routes!(ask_reasons::ask_reasons))
        .routes(routes!(record_reasons::record_reasons))
        .routes(routes!(extend::extend))
        .routes(routes!(delay::delay))
        .routes(routes!(seek_opinion::seek_opinion))
        .routes(routes!(record_delivery::record_delivery))
        .routes(routes!(record_opinion::record_opinion))
        .routes(routes!(ask_fee::ask_fee))
        .routes(routes!(record_payment::record_payment))
        .routes(routes!(draft_reply::draft_reply))
        .routes(routes!(approve_reply::approve_reply))
        .routes(routes!(return_reply::return_reply))
        .routes(routes!(redirect::redirect))
        .routes(routes!(withdraw::withdraw))
        .routes(routes!(record_publication::record_publication))
        .routes(routes!(archive::archive));
    let base = OpenApiRouter::new().routes(routes!(form::read)).nest("/requests", requests);
    let base = base.merge(of_service::<Disclosure>());
    openapi::described().nest("/api/disclosure", base)
}
