//! Why a request is answered with a problem.

use axum::response::{IntoResponse, Response};
use domain::{
    appearance::AppearanceRefusal, calendar::CalendarRefusal, column::ColumnRefusal, department::DepartmentRefusal,
    document::DocumentRefusal, sharing::SharingRefusal, site::SiteRefusal, staff::StaffRefusal,
    vetting::VettingRefusal,
};
use gateway::{Problem, Sentence, kinds::MALFORMED_PARAMETER};
use ledger::{LoadError, StoreError};
use views::{FoldFailure, ViewError};

use crate::problems::{self, domain as told, store};

/// A problem on its way out, made of whatever refused.
#[derive(Debug)]
pub(crate) struct Refusal(Problem);

impl Refusal {
    pub(crate) fn problem(&self) -> &Problem {
        &self.0
    }

    pub(crate) fn into_problem(self) -> Problem {
        self.0
    }

    /// Whether the same may be accepted in a moment: what refused it is not the thing itself.
    pub(crate) fn passes(&self) -> bool {
        let passing = [problems::CONFLICT.code, problems::STALE.code, problems::EARLIER_TRY_OPEN.code];
        self.0.status().is_server_error() || passing.contains(&self.0.code())
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

/// A parameter behind the question mark is not as it should be.
pub(crate) fn malformed(zh: &str, en: &str) -> Refusal {
    let kind = &MALFORMED_PARAMETER;
    Problem::of(kind, Sentence::new(format!("{zh}{}", kind.remedy), format!("{en} {}", kind.remedy_en))).into()
}

macro_rules! refusals {
    ($($error:ty => $told:path),* $(,)?) => {
        $(
            impl From<$error> for Refusal {
                fn from(error: $error) -> Self {
                    Self::from($told(&error))
                }
            }
        )*
    };
}

refusals! {
    DepartmentRefusal => told::department,
    SiteRefusal => told::site,
    SharingRefusal => told::sharing,
    AppearanceRefusal => told::appearance,
    ColumnRefusal => told::column,
    DocumentRefusal => told::document,
    StaffRefusal => told::staff,
    CalendarRefusal => told::calendar,
    VettingRefusal => told::vetting,
    LoadError => store::load,
    StoreError => store::unavailable,
    ViewError => store::view,
    FoldFailure => store::fold,
}
