#![doc = include_str!("../README.md")]

pub mod aggregate;
pub mod annual;
pub mod appearance;
pub mod calendar;
pub mod case;
pub mod catalogue;
pub mod column;
pub mod correction;
pub mod deadline;
pub mod department;
pub mod document;
pub mod file;
pub mod guard;
pub mod id;
pub mod index_number;
pub mod mandatory;
pub mod path;
pub mod reading;
pub mod request;
pub mod sealed;
pub mod shanghai;
pub mod sharing;
pub mod site;
pub mod staff;
pub mod statistics;
pub mod text;
pub mod vetting;

pub use aggregate::{Aggregate, Context, Fact};
pub use guard::Guard;
pub use id::{
    ActorId, CaseId, ColumnId, CommitId, DepartmentCode, DocumentId, FieldName, IdentityId, ListName, MessageId,
    SiteLabel, StaffId, StreamId, SystemCode,
};
pub use path::PagePath;
pub use sealed::Sealed;
