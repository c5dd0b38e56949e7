//! Documents (文件): drafted, reviewed, published, corrected, moved, withdrawn; or migrated from an older system.
//!
//! A document has a draft side and a live side. What citizens read changes only by `publish`, `correct`, `move` and `withdraw`; a saved draft changes
//! nothing public. An approval names the hash of the revision it approves, so an edit voids it; it is given for the draft's column, which says how many it
//! takes and whose, so a move voids it too; nobody approves what he edited, nor at two levels (RULES.md A3 art. 17).
//!
//! A draft that nobody goes on with can be thrown away (`discard`); its texts stay in the history. What may not even be kept is erased (`erase`).
//!
//! A publication can be timed, and its end too (`timetable`); one that cannot wait for its review is reviewed after (`urgent`). What the
//! checks before publication find keeps it from both, unless somebody answers for it (`vetted`).

mod attachment;
mod catalogue;
mod content;
mod decide;
mod discard;
mod draft;
mod erase;
mod event;
mod form;
mod migrate;
mod origin;
mod refusal;
mod relation;
mod revisions;
mod state;
#[cfg(test)]
mod tests;
mod timetable;
mod urgent;
mod vetted;

pub use attachment::{ATTACHMENTS, Attachment, PublicFile, named_twice};
pub use catalogue::{Catalogue, CatalogueClass, Genre, SUBJECTS, Subject};
pub use content::{BodyHash, Content, DocumentNumber, EvidenceHash, RevisionHash};
pub use decide::{
    Publish, Written, approve, correct, draft, publish, relocate, return_to_editor, revise, submit, withdraw,
};
pub use discard::{Discarded, discard};
pub use draft::{Draft, Stage};
pub use erase::erase_text;
pub use event::DocumentEvent;
pub use form::{Form, WebAddress};
pub use migrate::{Migrate, migrate};
pub use origin::{Amended, Origin, OriginalDate, Validity};
pub use refusal::DocumentRefusal;
pub use relation::{Related, Relation, RelationKind};
pub use revisions::{Revision, Revisions};
pub use state::{Arrival, ChangeNote, Document, Live, Version, Withdrawn};
pub use timetable::{
    Expiry, Failed, Release, Schedule, Scheduled, Timing, clear_expiry, expire, fail, publish_on_time, schedule,
    set_expiry, unschedule,
};
pub use urgent::{Postponed, Unreviewed, publish_urgently, review_after};
pub use vetted::{Overridden, Override, Vetted, vetted};
