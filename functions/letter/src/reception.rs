//! What readers send: error reports.

use async_trait::async_trait;
use casework::{
    Incoming,
    front::{self, Filing, incoming, recalled, received, refused, shown_to},
};
use domain::{
    correction::{Correction, Fault, Report, ReportedPage, report},
    path::SitePath,
};
use frontdoor::{Personal, Receipt, Reception, ReceptionProblem, Standing, Submission, Visit};
use jiff::Timestamp;

use crate::LetterState;

/// Part of the commits' identities, so never renamed.
const ACTION: &str = "POST form/letter/correction";

/// The form of error reports.
const CORRECTION: &str = "correction";

/// What happens next.
const NEXT: &str = "主办单位核实处理，并公开答复";

/// Takes in what readers send.
pub(crate) struct Reports(pub(crate) LetterState);

#[async_trait]
impl Reception for Reports {
    fn capability(&self) -> &str {
        "letter"
    }

    fn forms(&self) -> &[&str] {
        &[CORRECTION]
    }

    async fn recall(&self, submission: &Submission) -> Result<Option<Receipt>, ReceptionProblem> {
        let (incoming, _) = self.incoming(submission).await?;
        recalled::<_, Correction>(&self.0, &incoming).await
    }

    async fn receive(&self, submission: &Submission, _: &Visit) -> Result<Receipt, ReceptionProblem> {
        let (incoming, reported) = self.incoming(submission).await?;
        let limit = self.0.limits.answer.clone();
        received(&self.0, &incoming, |case, opening, now| report(case, opening, reported.clone(), limit.clone(), now))
            .await
    }

    async fn open(&self, number: &str, code: &Personal, now: Timestamp) -> Result<Option<Standing>, ReceptionProblem> {
        shown_to::<_, Correction>(&self.0, number, code, now).await
    }
}

impl Reports {
    /// What was sent, checked, and what of it a report tells in the open.
    async fn incoming(&self, submission: &Submission) -> Result<(Incoming, Report), ReceptionProblem> {
        let site = front::site_of(submission)?;
        let page = submission.text("page").and_then(|page| reported_page(&self.0, page.expose()));
        // The site that was asked, where the one that is meant is none of ours.
        let answers_for = page.as_ref().map_or(&site, |page| &page.site);
        let department = front::sponsor(&self.0, answers_for).await?;
        let fault = fault(submission.chosen("mistake")).ok_or_else(|| refused("mistake", "请选择是什么错误。"))?;
        let filing = Filing { action: ACTION, next: NEXT, site, department, kept_for: self.0.limits.kept_for };
        Ok((incoming(&self.0, submission, filing).await?, Report { page, fault }))
    }
}

/// The page that is meant, if it is one of ours: `http://www.<city>/zwgk/…`, or a path of the site that was asked.
fn reported_page(state: &LetterState, typed: &str) -> Option<ReportedPage> {
    let rest = typed.trim().strip_prefix("https://").or_else(|| typed.trim().strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    let (label, domain) = host.split_once('.')?;
    if !domain.eq_ignore_ascii_case(&state.city.domain) {
        return None;
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path: SitePath = format!("/{path}").parse().ok()?;
    Some(ReportedPage { site: label.to_ascii_lowercase().parse().ok()?, path })
}

fn fault(chosen: Option<&str>) -> Option<Fault> {
    Some(match chosen? {
        "typo" => Fault::Wording,
        "content" => Fault::Content,
        "unreachable" => Fault::Unreachable,
        "broken-link" => Fault::DeadLink,
        "attachment" => Fault::Attachment,
        "other" => Fault::Other,
        _ => return None,
    })
}
