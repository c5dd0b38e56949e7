//! What may happen to a column next.

use super::{
    event::ColumnEvent,
    profile::ColumnProfile,
    refusal::ColumnRefusal,
    state::{Column, Opened},
};
use crate::aggregate::Context;

/// First path segments that belong to the platform's own pages.
const RESERVED: [&str; 11] = ["api", "bm", "en", "form", "gkfg", "gkml", "gknb", "gkzn", "hant", "tongji", "zhaocuo"];

/// Opens a column.
///
/// A last segment of digits is refused too: it would look like the date part of a document's path.
///
/// # Errors
/// The path is taken or reserved.
pub fn open(state: &Column, opened: Opened, _: &Context) -> Result<Vec<ColumnEvent>, ColumnRefusal> {
    if state.opened.is_some() {
        return Err(ColumnRefusal::AlreadyOpen { column: opened.column });
    }
    let path = opened.column.path();
    let mut segments = path.trim_matches('/').split('/');
    let reserved = segments
        .clone()
        .next()
        .filter(|first| RESERVED.contains(first))
        .or_else(|| segments.find(|segment| segment.bytes().all(|b| b.is_ascii_digit())));
    if let Some(segment) = reserved {
        return Err(ColumnRefusal::Reserved { segment: segment.to_owned() });
    }
    let Opened { column, department, kind, archive, profile } = opened;
    Ok(vec![ColumnEvent::ColumnOpened { column, department, kind, archive, profile }])
}

/// Changes name, description, place, update duty or review.
///
/// # Errors
/// The column is not open, or nothing would change.
pub fn change(state: &Column, profile: ColumnProfile, _: &Context) -> Result<Vec<ColumnEvent>, ColumnRefusal> {
    let opened = state.opened.as_ref().ok_or(ColumnRefusal::NotOpen)?;
    if opened.profile == profile {
        return Err(ColumnRefusal::Unchanged);
    }
    Ok(vec![ColumnEvent::ColumnProfileChanged { profile }])
}
