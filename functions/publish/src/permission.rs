//! Who may do something to documents.

use access::{Action, Resource};
use command::{holds_somewhere, may};
use domain::{
    document::{Document, DocumentRefusal},
    staff::{Role, Staff},
};

use crate::{refusal::Refusal, state::PublishState};

/// Lets pass who may draft anything anywhere.
pub(crate) fn may_draft(staff: &Staff) -> Result<(), Refusal> {
    Ok(holds_somewhere(staff, &[Role::Editor])?)
}

/// Lets pass who may put files beside anything anywhere: who drafts, and who brings in.
pub(crate) fn may_take_in(staff: &Staff) -> Result<(), Refusal> {
    Ok(holds_somewhere(staff, &[Role::Editor, Role::Migrator])?)
}

/// Lets pass who may do `action` to `document`.
pub(crate) fn may_on(state: &PublishState, staff: &Staff, action: Action, document: &Document) -> Result<(), Refusal> {
    let (Some(department), Some(column)) = (&document.department, &document.column) else {
        return Err(DocumentRefusal::NotDrafted.into());
    };
    may(state, staff, action, &Resource::on(department, column.site()))
}
