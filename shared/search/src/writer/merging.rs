//! Which segments become one.

use tantivy::{SegmentMeta, index::SegmentId};

/// Segments of about the same size that lie side by side before they are merged.
const SIDE_BY_SIDE: usize = 8;
/// Documents of a segment that a merge makes, at most: what a function can do in its time and memory.
const LARGEST: u64 = 250_000;
/// Segments of fewer documents are all of one size: merging them costs next to nothing.
const SMALLEST: u64 = 1_000;
/// Of ten documents, those that may be deleted before a segment is rewritten.
const DELETED_OF_TEN: u64 = 3;

/// A segment, as far as merging goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    id: SegmentId,
    /// Documents that can be found.
    alive: u64,
    deleted: u64,
}

impl Segment {
    pub(super) fn of(meta: &SegmentMeta) -> Self {
        Self { id: meta.id(), alive: u64::from(meta.num_docs()), deleted: u64::from(meta.num_deleted_docs()) }
    }

    /// Each level holds ten times the documents of the one below.
    fn level(&self) -> u32 {
        (self.alive / SMALLEST).checked_ilog10().map_or(0, |level| level + 1)
    }

    fn is_worn(&self) -> bool {
        self.deleted * 10 > (self.alive + self.deleted) * DELETED_OF_TEN
    }
}

/// The segments that become one: at most one merge a build, so that its time is bounded.
///
/// The smallest of the lowest level that is full, else the one with the most deleted documents, if they are more than three of ten.
pub(super) fn merging(segments: &[Segment]) -> Vec<SegmentId> {
    let mut smallest_first = segments.to_vec();
    smallest_first.sort_by_key(|segment| (segment.alive, segment.id));
    for level in 0..=LARGEST.ilog10() {
        let of_level: Vec<&Segment> = smallest_first.iter().filter(|segment| segment.level() == level).collect();
        if of_level.len() < SIDE_BY_SIDE {
            continue;
        }
        let mut sum = 0;
        let fitting = of_level.iter().take_while(|segment| {
            sum += segment.alive;
            sum <= LARGEST
        });
        let together: Vec<SegmentId> = fitting.map(|segment| segment.id).collect();
        if together.len() > 1 {
            return together;
        }
    }
    let worn = segments.iter().filter(|segment| segment.is_worn() && segment.alive <= LARGEST);
    worn.max_by_key(|segment| (segment.deleted, segment.id)).map(|segment| segment.id).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(alive: u64, deleted: u64) -> Segment {
        Segment { id: SegmentId::generate_random(), alive, deleted }
    }

    #[test]
    fn segments_of_a_size_become_one_when_they_are_many() {
        let mut segments: Vec<Segment> = (0..7).map(|alive| segment(alive + 1, 0)).collect();
        segments.push(segment(5_000, 0));
        assert!(merging(&segments).is_empty());
        segments.push(segment(999, 0));
        assert_eq!(merging(&segments).len(), 8);
    }

    #[test]
    fn no_segment_outgrows_what_a_build_can_do() {
        let large = vec![segment(120_000, 0); 9];
        assert_eq!(merging(&large).len(), 2);
        assert!(merging(&vec![segment(200_000, 0); 9]).is_empty());
    }

    #[test]
    fn a_worn_segment_is_rewritten() {
        assert!(merging(&[segment(70, 30)]).is_empty());
        let worn = segment(69, 31);
        assert_eq!(merging(&[segment(1_000, 10), worn]), [worn.id]);
    }

    #[test]
    fn merging_comes_to_rest() {
        let mut segments = Vec::new();
        let mut most = 0;
        for _ in 0..20_000 {
            segments.push(segment(37, 0));
            let merged = merging(&segments);
            let sum = segments.iter().filter(|segment| merged.contains(&segment.id)).map(|segment| segment.alive).sum();
            segments.retain(|segment| !merged.contains(&segment.id));
            if !merged.is_empty() {
                segments.push(segment(sum, 0));
            }
            most = most.max(segments.len());
        }
        assert!(most <= 4 * SIDE_BY_SIDE, "{most}");
    }
}
