//! Why a request is answered with a problem.

use domain::{
    appearance::AppearanceRefusal, calendar::CalendarRefusal, column::ColumnRefusal, department::DepartmentRefusal,
    document::DocumentRefusal, sharing::SharingRefusal, site::SiteRefusal, staff::StaffRefusal,
    vetting::VettingRefusal,
};
use views::{FoldFailure, ViewError};

use crate::problems::{domain as told, views as told_of_views};

command::refusals! {
    DepartmentRefusal => told::department,
    SiteRefusal => told::site,
    SharingRefusal => told::sharing,
    AppearanceRefusal => told::appearance,
    ColumnRefusal => told::column,
    DocumentRefusal => told::document,
    StaffRefusal => told::staff,
    CalendarRefusal => told::calendar,
    VettingRefusal => told::vetting,
    ViewError => told_of_views::view,
    FoldFailure => told_of_views::fold,
}
