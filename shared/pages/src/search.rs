//! The page of the search, and what tells browsers of it.

pub use crate::html::search as page;
pub use crate::model::{
    Chip, Choice, DayQuestion, ErrorNote, Facet, FacetKind, FacetOption, Hidden, HitValidity, InForceOn, Outcome,
    Piece, Reading, Reason, Results, SearchHit, SearchPage, ValidityNote, Wanted,
};
pub use crate::open_search::description;
