//! Hosts that are no site's: the house itself serves something under them.

use crate::id::SiteLabel;

/// Host label that readers are given files under: no cookie of a site goes there, and nothing there acts for one.
pub const FILES_HOST: &str = "files";

/// Host label of the staff's desk: what it remembers of somebody goes to no site.
pub const DESK_HOST: &str = "desk";

/// Whether no site may have the label.
pub(super) fn is_reserved(label: &SiteLabel) -> bool {
    [FILES_HOST, DESK_HOST].contains(&label.as_str())
}
