//! Reading the whole ledger, for rebuild and verify.

use domain::StreamId;
use tokio::{sync::mpsc, task::JoinSet};

use crate::{
    chain::Chain,
    commit::Commit,
    error::{LoadError, StoreError},
    heads::stream_of,
    store::{Item, Ledger},
};

/// Streams read ahead of their consumer.
const AHEAD: usize = 64;

/// One stream, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamCommits {
    /// The stream.
    pub stream: StreamId,
    /// Its commits from 1, checked as a load checks them.
    pub commits: Vec<Commit>,
}

type Found = Result<StreamCommits, LoadError>;

impl Ledger {
    /// Every stream once, by a consistent scan in `segments` parallel parts; in no order.
    ///
    /// A damaged stream is an error among the others and does not stop the scan; a store that fails ends its segment with
    /// [`LoadError::Store`], and so does a part that panics: the end of what is received is the end of the ledger. Dropping the receiver ends the scan. It relies on DynamoDB giving the items of one partition key together and in
    /// order; were that ever untrue, the stream would show as damaged, not as something else.
    #[must_use]
    pub fn scan(&self, segments: u32) -> mpsc::Receiver<Found> {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let segments = segments.max(1);
        for segment in 0..segments {
            let (ledger, found) = (self.clone(), sender.clone());
            let part = async move { ledger.scan_segment(segment, segments, &found).await };
            tokio::spawn(supervised(part, sender.clone()));
        }
        receiver
    }

    async fn scan_segment(&self, segment: u32, segments: u32, found: &mpsc::Sender<Found>) -> Result<(), StoreError> {
        let mut groups = Groups::default();
        // The next page is on its way while this one is checked.
        let mut pages = JoinSet::new();
        let fetch = |from| {
            let ledger = self.clone();
            async move { ledger.scan_page(segment, segments, None, from).await }
        };
        pages.spawn(fetch(None));
        while let Some(page) = pages.join_next().await {
            let mut page = page.map_err(|panic| StoreError::Unavailable { reason: panic.to_string() })??;
            if let Some(key) = page.last_evaluated_key.take() {
                pages.spawn(fetch(Some(key)));
            }
            for item in page.items() {
                if let Some(whole) = groups.take(item)
                    && found.send(whole).await.is_err()
                {
                    return Ok(());
                }
            }
        }
        if let Some(last) = groups.finish() {
            let _gone = found.send(last).await;
        }
        Ok(())
    }
}

/// Tells what keeps a part of the ledger from being read to its end, a panic in it, too.
async fn supervised(part: impl Future<Output = Result<(), StoreError>> + Send + 'static, told: mpsc::Sender<Found>) {
    let ended = tokio::spawn(part).await.unwrap_or_else(|broken| {
        let reason = format!("a part of the ledger was not read to its end: {broken}");
        Err(StoreError::Unavailable { reason })
    });
    if let Err(error) = ended {
        // A consumer that has gone needs no error.
        let _gone = told.send(Err(LoadError::Store(error))).await;
    }
}

/// Groups a segment's items by stream.
#[derive(Debug, Default)]
struct Groups {
    open: Option<Group>,
}

#[derive(Debug)]
struct Group {
    chain: Chain,
    commits: Result<Vec<Commit>, LoadError>,
}

impl Groups {
    /// Takes the next item; gives the stream before it, if that one has just ended.
    fn take(&mut self, item: &Item) -> Option<Found> {
        let stream = match stream_of(item) {
            Ok(stream) => stream,
            Err(reason) => return Some(Err(LoadError::Store(StoreError::Unavailable { reason }))),
        };
        let ended = match &self.open {
            Some(group) if *group.chain.stream() == stream => None,
            _ => self.open.replace(Group { chain: Chain::new(stream), commits: Ok(Vec::new()) }),
        };
        if let Some(group) = &mut self.open
            && let Ok(commits) = &mut group.commits
        {
            match group.chain.take(item) {
                Ok(commit) => commits.push(commit),
                Err(damage) => group.commits = Err(damage),
            }
        }
        ended.map(Group::whole)
    }

    fn finish(self) -> Option<Found> {
        self.open.map(Group::whole)
    }
}

impl Group {
    fn whole(self) -> Found {
        let stream = self.chain.stream().clone();
        self.commits.map(|commits| StreamCommits { stream, commits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn falls_over(found: mpsc::Sender<Found>) -> Result<(), StoreError> {
        let stream = "document:aaaaaaaaaaaaaaaaaaaaaaaaaa".parse().unwrap();
        found.send(Ok(StreamCommits { stream, commits: Vec::new() })).await.unwrap();
        panic!("it fell over");
    }

    /// Whoever takes the end for the end of the ledger would delete what the rest of it names.
    #[tokio::test]
    async fn a_part_that_panics_is_told_and_is_no_end() {
        let (sender, mut found) = mpsc::channel(AHEAD);
        let ends = async { Ok(()) };
        tokio::spawn(supervised(ends, sender.clone()));
        tokio::spawn(supervised(falls_over(sender.clone()), sender));
        assert!(found.recv().await.unwrap().is_ok(), "what it read before");
        let Some(Err(LoadError::Store(StoreError::Unavailable { reason }))) = found.recv().await else {
            panic!("it is told")
        };
        assert!(reason.contains("panicked"), "{reason}");
        assert!(found.recv().await.is_none());
    }
}
