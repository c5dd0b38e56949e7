//! The columns of an index, and how their names go together.

use std::sync::{Arc, OnceLock};

use tantivy::{SegmentReader, index::SegmentId};

use super::{
    Reader,
    columns::Columns,
    error::{AskError, in_time},
};
use crate::{deadline::Deadline, directory::in_parallel, facet::Facet};

/// Bytes of columns that are fetched and opened at once: so many lie there twice for a moment.
const TOGETHER: u64 = 16 << 20;

/// The columns of an index, and how their names go together.
pub(crate) struct Loaded {
    /// Of each segment, as the searcher counts them.
    pub(crate) segments: Vec<Arc<Columns>>,
    /// In the order of [`Facet::ALL`].
    pub(crate) names: Vec<Names>,
}

/// The names of a facet in all segments: counts of segments are added up by their places.
pub(crate) struct Names {
    /// In their order.
    pub(crate) all: Vec<Arc<str>>,
    /// For each segment the places of its names among all.
    places: Vec<Vec<u32>>,
}

impl Names {
    fn of(facet: usize, segments: &[Arc<Columns>]) -> Self {
        let names =
            |columns: &Arc<Columns>| columns.facets.get(facet).map_or(&[][..], |places| places.names()).to_vec();
        let mut all: Vec<Arc<str>> = segments.iter().flat_map(names).collect();
        all.sort_unstable();
        all.dedup();
        let place = |name: &Arc<str>| all.binary_search(name).ok().and_then(|place| u32::try_from(place).ok());
        let of_segment = |columns| names(columns).iter().filter_map(place).collect();
        Self { places: segments.iter().map(of_segment).collect(), all }
    }

    /// Adds what a segment counted to what all did.
    pub(crate) fn add(&self, segment: usize, counts: &[u64], all: &mut [u64]) {
        let places = self.places.get(segment).map(Vec::as_slice).unwrap_or_default();
        for (place, count) in places.iter().zip(counts).filter(|(_, count)| **count > 0) {
            if let Some(sum) = all.get_mut(*place as usize) {
                *sum += count;
            }
        }
    }
}

impl Reader {
    /// The columns of all segments. Those that another index of the process has read are taken from the cache, with no look at the shelf.
    ///
    /// The clock is looked at before each segment. What was opened until nobody waited any more stays open: whoever asks next goes on there.
    pub(super) fn loaded(&self, deadline: &dyn Deadline) -> Result<&Loaded, AskError> {
        if let Some(loaded) = self.loaded.get() {
            return Ok(loaded);
        }
        let _one = self.cache.loads();
        if let Some(loaded) = self.loaded.get() {
            return Ok(loaded);
        }
        let segments = self.load(deadline)?;
        let names = (0..Facet::ALL.len()).map(|facet| Names::of(facet, &segments)).collect();
        Ok(self.loaded.get_or_init(|| Loaded { segments, names }))
    }

    fn load(&self, deadline: &dyn Deadline) -> Result<Vec<Arc<Columns>>, AskError> {
        for (segment, opened) in self.searcher.segment_readers().iter().zip(&self.opened) {
            let key = self.directory.columns(segment.segment_id()).map(|(key, _)| key);
            if let Some(kept) = key.and_then(|key| self.cache.columns(key)) {
                opened.get_or_init(|| kept);
            }
        }
        let missing = (0..).zip(&self.opened).filter(|(_, opened)| opened.get().is_none()).map(|(at, _)| at);
        for part in self.parts(missing.collect()) {
            in_time(deadline)?;
            let ids: Vec<SegmentId> = part.iter().map(|(_, segment)| segment.segment_id()).collect();
            self.directory.fetch_columns(&ids)?;
            in_parallel(&part, |(at, segment)| {
                in_time(deadline)?;
                self.open_columns(*at, segment)
            })?;
        }
        // Each that was missing was opened.
        Ok(self.opened.iter().filter_map(OnceLock::get).cloned().collect())
    }

    /// Opens the columns of the segment at `at`, whose chunks were fetched.
    fn open_columns(&self, at: usize, segment: &SegmentReader) -> Result<(), AskError> {
        let (id, columns) = (segment.segment_id(), Arc::new(Columns::open(segment)?));
        self.directory.forget_columns(&[id]);
        if let Some((key, _)) = self.directory.columns(id) {
            self.cache.keep_columns(key, &columns);
        }
        if let Some(opened) = self.opened.get(at) {
            opened.get_or_init(|| columns);
        }
        Ok(())
    }

    /// The segments at `places`, in parts that are loaded at once.
    fn parts(&self, places: Vec<usize>) -> Vec<Vec<(usize, &SegmentReader)>> {
        let mut parts: Vec<Vec<(usize, &SegmentReader)>> = Vec::new();
        let mut bytes = TOGETHER;
        for at in places {
            let Some(segment) = self.searcher.segment_readers().get(at) else { continue };
            let length = self.directory.columns(segment.segment_id()).map_or(0, |(_, length)| length);
            bytes += length;
            match parts.last_mut().filter(|_| bytes <= TOGETHER) {
                Some(part) => part.push((at, segment)),
                None => {
                    bytes = length;
                    parts.push(vec![(at, segment)]);
                }
            }
        }
        parts
    }
}
