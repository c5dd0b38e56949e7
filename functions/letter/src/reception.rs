//! What readers send: error reports.

use async_trait::async_trait;
use casework::{
    Incoming, RATE_ACT, Words,
    front::{self, Filing, incoming, meant, recalled, received, refused, shown_to},
    rate,
};
use domain::{
    DepartmentCode, SiteLabel,
    correction::{Correction, Fault, Report, ReportedPage, report},
    path::SitePath,
};
use frontdoor::{Act, Deed, Personal, Place, Receipt, Reception, ReceptionProblem, Standing, Submission, Visit};
use gateway::City;
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

    fn acts(&self) -> &'static [Act] {
        &[RATE_ACT]
    }

    async fn act(&self, deed: &Deed, now: Timestamp) -> Result<Option<Standing>, ReceptionProblem> {
        let Some(found) = meant::<_, Correction>(&self.0, deed).await? else { return Ok(None) };
        rate(&self.0, &found, deed).await?;
        self.open(&deed.number, &deed.code, now).await
    }

    async fn did(&self, deed: &Deed) -> Result<Option<bool>, ReceptionProblem> {
        front::did::<_, Correction>(&self.0, deed, Correction::ACTIONS.rate).await
    }
}

impl Reports {
    /// What was sent, checked, and what of it a report tells in the open.
    async fn incoming(&self, submission: &Submission) -> Result<(Incoming, Report), ReceptionProblem> {
        let site = front::site_of(submission)?;
        let Meant { department, page } = self.meant(&site, submission.text("page")).await?;
        let fault = fault(submission.chosen("mistake")).ok_or_else(|| refused("mistake", "请选择是什么错误。"))?;
        let filing = Filing { action: ACTION, next: NEXT, site, department, kept_for: self.0.limits.kept_for };
        Ok((incoming(&self.0, submission, filing).await?, Report { page, fault }))
    }

    /// What a reader means by an address: a path of the site he asked, or an address on any site of the city.
    ///
    /// The site that was asked answers where the one that is meant is none: whoever cannot open a page may have its address wrong. A page is kept, and told in public,
    /// only if there is one or was: what somebody types is sealed.
    async fn meant(&self, asked: &SiteLabel, typed: Option<&Personal>) -> Result<Meant, ReceptionProblem> {
        let City { domain, scheme, portal } = &self.0.city;
        let place = Place { site: asked.to_string(), domain: domain.clone(), scheme: scheme.as_str().to_owned() };
        let named = typed.and_then(|typed| place.page(typed.expose()));
        let site = named.as_ref().and_then(|named| named.site.as_deref().unwrap_or(portal).parse::<SiteLabel>().ok());
        let Some((named, site)) = named.zip(site) else { return self.elsewhere(asked).await };
        let Some(department) = front::sponsor_of(&self.0, &site).await? else { return self.elsewhere(asked).await };
        let page = match named.path.parse::<SitePath>() {
            Ok(path) if front::stands(&self.0, &site, &path).await? => Some(ReportedPage { site, path }),
            _ => None,
        };
        Ok(Meant { department, page })
    }

    /// No page of ours is meant: the site that was asked answers.
    async fn elsewhere(&self, asked: &SiteLabel) -> Result<Meant, ReceptionProblem> {
        Ok(Meant { department: front::sponsor(&self.0, asked).await?, page: None })
    }
}

/// Who answers for what is meant, and the page as the public may be told of it.
struct Meant {
    department: DepartmentCode,
    page: Option<ReportedPage>,
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
