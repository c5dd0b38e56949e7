//! Why a command did not end in a commit, and when that was known.

use axum::response::{IntoResponse, Response};
use gateway::Problem;

use crate::problems::{CONFLICT, EARLIER_TRY_OPEN, STALE};

/// Why an attempt did not end in a commit.
///
/// The two differ in what follows: a resend is recognised before anything may refuse it, so what came before is held back until the ledger has been asked.
#[derive(Debug, Clone)]
pub enum Setback {
    /// Refused before the ledger looked for the request's own id.
    Before(Problem),
    /// Refused after it.
    After(Problem),
}

impl Setback {
    /// The problem.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        let (Self::Before(problem) | Self::After(problem)) = self;
        problem
    }

    /// The problem, for good.
    #[must_use]
    pub fn into_problem(self) -> Problem {
        let (Self::Before(problem) | Self::After(problem)) = self;
        problem
    }

    /// Whether the same may be accepted in a moment: what refused it is not the thing itself.
    #[must_use]
    pub fn passes(&self) -> bool {
        let passing = [CONFLICT.code, STALE.code, EARLIER_TRY_OPEN.code];
        self.problem().status().is_server_error() || passing.contains(&self.problem().code())
    }
}

impl From<Problem> for Setback {
    fn from(problem: Problem) -> Self {
        Self::Before(problem)
    }
}

impl IntoResponse for Setback {
    fn into_response(self) -> Response {
        self.into_problem().into_response()
    }
}

/// Declares a function's `Refusal`: a [`Setback`] made of whatever may refuse there, so that `?` does.
///
/// A line reads `DepartmentRefusal => told::department,`: a type, and the function that makes a problem of a reference to it. What the ledger could not
/// do is told by this crate. Each function has a type of its own, because only so can it say what the rules of others, which live in `domain`, are told as.
#[macro_export]
macro_rules! refusals {
    (@each $($error:ty => $told:path,)*) => {
        $(
            impl From<$error> for Refusal {
                fn from(error: $error) -> Self {
                    Self::from($told(&error))
                }
            }
        )*
    };
    ($($error:ty => $told:path),* $(,)?) => {
        /// A problem on its way out, made of whatever refused.
        #[derive(Debug)]
        pub struct Refusal($crate::Setback);

        impl std::ops::Deref for Refusal {
            type Target = $crate::Setback;

            fn deref(&self) -> &$crate::Setback {
                &self.0
            }
        }

        impl From<$crate::Setback> for Refusal {
            fn from(setback: $crate::Setback) -> Self {
                Self(setback)
            }
        }

        impl From<Refusal> for $crate::Setback {
            fn from(refusal: Refusal) -> Self {
                refusal.0
            }
        }

        impl From<gateway::Problem> for Refusal {
            fn from(problem: gateway::Problem) -> Self {
                Self(problem.into())
            }
        }

        impl axum::response::IntoResponse for Refusal {
            fn into_response(self) -> axum::response::Response {
                self.0.into_response()
            }
        }

        $crate::refusals! { @each
            ledger::LoadError => $crate::problems::load,
            ledger::StoreError => $crate::problems::unavailable,
            $($error => $told,)*
        }
    };
}
