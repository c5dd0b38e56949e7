//! What is asked for, and of what.

use domain::{DepartmentCode, SiteLabel};

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// What a member of staff asks to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// As the policies spell it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

actions! {
    /// Write the first draft of a document of the department.
    Draft = "draft",
    /// Change a draft.
    Revise = "revise",
    /// Ask for review.
    Submit = "submit",
    /// Move a document that is not public.
    MoveUnpublished = "move-unpublished",
    /// Put a document into a column: the resource is the column.
    Place = "place",
    /// Send a draft back.
    Return = "return",
    /// Approve a draft.
    Approve = "approve",
    /// Make a document public.
    Publish = "publish",
    /// Replace a public text.
    Correct = "correct",
    /// Move a public document.
    MovePublished = "move-published",
    /// Take a document from the public.
    Withdraw = "withdraw",
    /// Register a department.
    RegisterDepartment = "register-department",
    /// Change a department's profile.
    ChangeDepartment = "change-department",
    /// Open a site.
    OpenSite = "open-site",
    /// Change a site's profile.
    ChangeSite = "change-site",
    /// Open a column: the resource is the site.
    OpenColumn = "open-column",
    /// Change a column's profile.
    ChangeColumn = "change-column",
    /// Read a document that may not be public.
    Read = "read",
    /// Read departments, sites and columns.
    ReadRegister = "read-register",
}

/// What an action is done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Who answers for it.
    pub department: DepartmentCode,
    /// The site it stands on, if it stands on one.
    pub site: Option<SiteLabel>,
}

impl Resource {
    /// Something of `department` that stands on no site.
    #[must_use]
    pub fn of(department: &DepartmentCode) -> Self {
        Self { department: department.clone(), site: None }
    }

    /// Something of `department` on `site`.
    #[must_use]
    pub fn on(department: &DepartmentCode, site: SiteLabel) -> Self {
        Self { department: department.clone(), site: Some(site) }
    }
}
