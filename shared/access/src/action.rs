//! What is asked for, and of what.

use domain::{DepartmentCode, SiteLabel, staff::Scope};

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
    /// Change a draft, or throw it away.
    Revise = "revise",
    /// Ask for review.
    Submit = "submit",
    /// Move a document that is not public.
    MoveUnpublished = "move-unpublished",
    /// Put a document into a column: the resource is the column.
    Place = "place",
    /// Send a draft back: the resource is that of approving.
    Return = "return",
    /// Approve a draft: the resource is the department of the level whose turn it is, on the column's site.
    Approve = "approve",
    /// Make a document public: the resource is the department that publishes in the column, on its site.
    Publish = "publish",
    /// Schedule its publication, or take that back: the resource is that of publishing.
    Schedule = "schedule",
    /// Make a document public before its review: the resource is that of publishing.
    PublishUrgently = "publish-urgently",
    /// Replace a public text: the resource is that of publishing.
    Correct = "correct",
    /// List a document of another column in one's own, or take it from that list: the resource is that of publishing there.
    Share = "share",
    /// Move a public document.
    MovePublished = "move-published",
    /// Take a document from the public.
    Withdraw = "withdraw",
    /// Say that an earlier text of a document is not to be kept.
    EraseText = "erase-text",
    /// Bring in a document of an older system, public at once: the resources are its own department, its column's, and the one that publishes there.
    Migrate = "migrate",
    /// Register a department.
    RegisterDepartment = "register-department",
    /// Change a department's profile.
    ChangeDepartment = "change-department",
    /// Declare that a category of what is to be disclosed does not concern a department, or withdraw that.
    DeclareCategory = "declare-category",
    /// Open a site: the resource is its label in all departments, for a free one is nobody's.
    OpenSite = "open-site",
    /// Change a site's profile, or what its columns have in its navigation, on its home page or in its review.
    ChangeSite = "change-site",
    /// Begin a rectification of a site, archive it, make it live again.
    ChangeSiteState = "change-site-state",
    /// Raise or lower the emergency banner, turn pages grey: the resource is the site, or the city for all of them.
    ChangeAppearance = "change-appearance",
    /// Open a column: the resource is the site.
    OpenColumn = "open-column",
    /// Change a column's profile; where that changes what is the site's, `ChangeSite` is asked too.
    ChangeColumn = "change-column",
    /// Adopt a version of the calendar: the resource is the whole city.
    AdoptCalendar = "adopt-calendar",
    /// Change how strict the checks before publication are, or the word lists they look with: the resource is the city.
    ChangeVetting = "change-vetting",
    /// Read a document that may not be public.
    Read = "read",
    /// Read departments, sites and columns, and the calendar.
    ReadRegister = "read-register",
    /// Read what is searched for often.
    ReadTerms = "read-terms",
    /// Trust a person with a role: the resource is where it counts. Asked through `Gate::may_grant`.
    GrantRole = "grant-role",
    /// Take a role from a person: the resource is where it counts.
    RevokeRole = "revoke-role",
    /// Disable a person: each scope he holds a role in is a resource.
    DisableStaff = "disable-staff",
    /// Enable a person, as for disabling.
    EnableStaff = "enable-staff",
    /// Read who holds which role: the resource is where.
    ReadStaff = "read-staff",
    /// See which cases there are and how they stand, without a word of what anybody wrote: the resource is the department that answers for them.
    ListCases = "list-cases",
    /// Open a case and answer it: the resource is that department.
    HandleCase = "handle-case",
    /// Give a case more time, take back what was answered, erase what is personal: the resource is that department.
    SuperviseCase = "supervise-case",
    /// Read who opened which case, and why: the resource is that department.
    AuditReadings = "audit-readings",
    /// See which messages about cases went out and which did not, and have a dead one sent again: the resource is the department that answered for the case.
    WorkMessages = "work-messages",
}

/// What an action is done to: an area of the city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource(Scope);

impl Resource {
    /// Something of `department` that stands on no site.
    #[must_use]
    pub fn of(department: &DepartmentCode) -> Self {
        Self(Scope::of(department))
    }

    /// Something of `department` on `site`.
    #[must_use]
    pub fn on(department: &DepartmentCode, site: SiteLabel) -> Self {
        Self(Scope { department: Some(department.clone()), site: Some(site) })
    }

    /// All of `scope`.
    #[must_use]
    pub fn all_of(scope: &Scope) -> Self {
        Self(scope.clone())
    }

    /// Where it is.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.0
    }
}
