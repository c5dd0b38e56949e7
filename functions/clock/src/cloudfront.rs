//! Withdrawals sent to CloudFront, and nothing else: what merely changed lapses in seconds, and every path sent costs money (ADR 007).

mod call;

use std::{collections::BTreeSet, future::Future, pin::Pin};

use aws_config::SdkConfig;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use views::{Cause, Copies, PurgeError, PurgeRow, Purger, object_key};

use call::CreateInvalidation;

/// Paths that CloudFront lets be under way at once.
const MOST_PATHS: usize = 3000;

/// Every path there is; CloudFront counts it as one.
const EVERYTHING: &str = "/*";

/// A CloudFront distribution that is told of withdrawals.
#[derive(Debug)]
pub struct CloudFront {
    call: CreateInvalidation,
}

impl CloudFront {
    /// Tells the distribution of this id, at CloudFront's own address unless `endpoint` is another.
    #[must_use]
    pub fn new(shared: &SdkConfig, distribution: &str, endpoint: Option<&str>) -> Self {
        Self { call: CreateInvalidation::new(shared, distribution, endpoint) }
    }
}

impl Purger for CloudFront {
    fn purge<'a>(&'a self, rows: &'a [PurgeRow]) -> Pin<Box<dyn Future<Output = Result<(), PurgeError>> + Send + 'a>> {
        Box::pin(async move {
            let Some(invalidation) = Invalidation::of(rows) else { return Ok(()) };
            let paths = invalidation.paths.len();
            let id = self.call.send(invalidation).await?;
            tracing::info!(paths, invalidation = id, "invalidated");
            Ok(())
        })
    }
}

/// What one request asks CloudFront to forget.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Invalidation {
    /// Paths, in order: the same rows make the same request.
    paths: BTreeSet<String>,
    /// Names the request: CloudFront answers a second one of this name with the first's invalidation.
    reference: String,
}

impl Invalidation {
    /// The invalidation that the withdrawals among `rows` need; none if there are none.
    ///
    /// Each page in the form asked and in the form kept, since the viewer-request function changes the path and CloudFront wants both named. Where
    /// those would be more than it takes, everything is forgotten: that is slower for readers for a moment, and cheaper.
    fn of(rows: &[PurgeRow]) -> Option<Self> {
        let withdrawn: Vec<_> = rows.iter().filter(|row| row.cause == Cause::Withdrawn).collect();
        if withdrawn.is_empty() {
            return None;
        }
        let paths: BTreeSet<String> = withdrawn.iter().flat_map(|row| forms(&row.copies)).collect();
        let everything = paths.len() > MOST_PATHS || paths.contains(EVERYTHING);
        let paths = if everything { BTreeSet::from([EVERYTHING.to_owned()]) } else { paths };
        let tokens: BTreeSet<&str> = withdrawn.iter().map(|row| row.token.as_str()).collect();
        let named: Vec<&str> = tokens.into_iter().collect();
        Some(Self { paths, reference: HEXLOWER.encode(&Sha256::digest(named.join("\n"))) })
    }
}

fn forms(copies: &Copies) -> Vec<String> {
    match copies {
        Copies::Page { site, path } => vec![path.clone(), format!("/{}", object_key(site, path))],
        Copies::All => vec![EVERYTHING.to_owned()],
    }
}

#[cfg(test)]
mod tests;
