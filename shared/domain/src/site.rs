//! Sites (站点): one host each, run by one department; live, under rectification, or archived.

mod decide;
mod event;
mod hosts;
mod profile;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use decide::{RectificationLimits, archive, change, open, rectify, restore};
pub use event::SiteEvent;
pub use hosts::{DESK_HOST, FILES_HOST};
pub use profile::{Domain, IdentificationCode, Language, Languages, SiteProfile, Theme};
pub use refusal::SiteRefusal;
pub use state::{Archived, Rectification, Site, SiteState};
