//! The frame of a site's pages at request time: made of the rows that its static pages are made of, and kept for a few seconds.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use pages::Frame;
use thiserror::Error;
use tokio::try_join;
use views::{Missing, Prefix, Read, Reads, ViewError, Views, city::slice};

use crate::{Addresses, banner, frame};

/// How long a frame is kept: as long as a page is at the CDN.
const KEPT: Duration = Duration::from_secs(10);

/// Sites at most: a request can name any label.
const MOST: usize = 500;

/// Where frames come from.
#[async_trait]
pub trait FrameSource: Send + Sync {
    /// The frame of `site`, banners included, without path, breadcrumb and provenance; none if there is no such site.
    ///
    /// # Errors
    /// The rows cannot be read now.
    async fn frame(&self, site: &str) -> Result<Option<Frame>, FrameError>;
}

/// The rows of a site cannot be read now.
#[derive(Debug, Error)]
#[error("the frame of a site cannot be read now: {0}")]
pub struct FrameError(pub String);

impl From<ViewError> for FrameError {
    fn from(error: ViewError) -> Self {
        Self(error.to_string())
    }
}

/// Frames from the views.
pub struct SiteFrames {
    views: Views,
    addresses: Addresses,
    generation: u64,
    kept: Mutex<HashMap<String, Kept>>,
}

struct Kept {
    frame: Option<Frame>,
    since: Instant,
}

impl fmt::Debug for SiteFrames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SiteFrames").field("addresses", &self.addresses).finish_non_exhaustive()
    }
}

impl SiteFrames {
    /// Frames of the sites at `addresses`, with the template generation given at deployment.
    #[must_use]
    pub fn new(views: Views, addresses: Addresses, generation: u64) -> Self {
        Self { views, addresses, generation, kept: Mutex::default() }
    }

    fn kept(&self, site: &str) -> Option<Option<Frame>> {
        // A frame is whole or not there: a panic of another holder left nothing half done.
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(site).filter(|kept| kept.since.elapsed() < KEPT).map(|kept| kept.frame.clone())
    }

    fn keep(&self, site: &str, frame: Option<Frame>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(site.to_owned(), Kept { frame, since: Instant::now() });
    }

    /// Two round trips: which rows count, and then the rows.
    async fn read(&self, site: &str) -> Result<Option<Frame>, FrameError> {
        let Some(registry) = self.views.registry().await? else { return Ok(None) };
        let prefix = Prefix(registry.active);
        let asked = [
            Read::row(slice::SITE, site),
            Read::all(slice::nav(site)),
            Read::row(slice::BANNER, slice::EVERYWHERE),
            Read::row(slice::BANNER, site),
        ];
        let [profile, nav, above_all, above] = &asked;
        let rows = try_join!(
            self.views.read(&prefix, profile),
            self.views.read(&prefix, nav),
            self.views.read(&prefix, above_all),
            self.views.read(&prefix, above),
        )?;
        let mut reads = Reads::default();
        for (read, rows) in asked.into_iter().zip([rows.0, rows.1, rows.2, rows.3]) {
            reads.put_rows(read, rows);
        }
        let lacks = |Missing(read)| FrameError(format!("the frame asks for more: {read:?}"));
        let Some(framed) = frame::of(&self.addresses, site, "/", &reads).map_err(lacks)? else { return Ok(None) };
        let mut frame = framed.about_site();
        frame.banners = banner::banners(site, &reads).map_err(lacks)?;
        frame.provenance.digest = reads.digest(self.generation);
        frame.provenance.generation = self.generation;
        Ok(Some(frame))
    }
}

#[async_trait]
impl FrameSource for SiteFrames {
    async fn frame(&self, site: &str) -> Result<Option<Frame>, FrameError> {
        if let Some(frame) = self.kept(site) {
            return Ok(frame);
        }
        let frame = self.read(site).await?;
        self.keep(site, frame.clone());
        Ok(frame)
    }
}
