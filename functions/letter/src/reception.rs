//! What readers send: error reports.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use casework::{Incoming, ReceiveError, Received, due_note, find, recall, receive, status};
use domain::{
    DepartmentCode, SiteLabel,
    case::Shown,
    correction::{Correction, CorrectionRefusal, Fault, Report, ReportedPage, report},
    path::SitePath,
    site::Site,
    text::Line,
};
use frontdoor::{Personal, Receipt, Reception, ReceptionProblem, Submission, Visit};
use jiff::Timestamp;
use pages::front::StatusPage;
use vault::{FoundBy, Identity, PersonMark, Secret, VaultError};

use crate::state::LetterState;

/// Part of the commits' identities, so never renamed.
const ACTION: &str = "POST form/letter/correction";

/// The form of error reports.
const CORRECTION: &str = "correction";

/// Takes in what readers send.
pub(crate) struct Letters(pub(crate) LetterState);

#[async_trait]
impl Reception for Letters {
    fn capability(&self) -> &str {
        "letter"
    }

    fn forms(&self) -> &[&str] {
        &[CORRECTION]
    }

    async fn recall(&self, submission: &Submission) -> Result<Option<Receipt>, ReceptionProblem> {
        let (incoming, _) = self.incoming(submission).await?;
        let recalled = recall::<_, Correction, CorrectionRefusal>(&self.0, &incoming).await;
        Ok(recalled.map_err(problem)?.map(|received| receipt(&received)))
    }

    async fn receive(&self, submission: &Submission, _: &Visit) -> Result<Receipt, ReceptionProblem> {
        let (incoming, reported) = self.incoming(submission).await?;
        let limit = self.0.limits.answer.clone();
        let received = receive(&self.0, &incoming, |case, opening, now| {
            report(case, opening, reported.clone(), limit.clone(), now)
        });
        Ok(receipt(&received.await.map_err(problem)?))
    }

    async fn open(
        &self,
        number: &str,
        code: &Personal,
        now: Timestamp,
    ) -> Result<Option<StatusPage>, ReceptionProblem> {
        let found = find::<_, Correction>(&self.0, number, code.expose()).await.map_err(|error| {
            tracing::warn!(%error, "a case cannot be looked up");
            ReceptionProblem::Unavailable
        })?;
        match found {
            None => Ok(None),
            Some(found) => status(&self.0, &found, now).await.map(Some).map_err(|error| {
                tracing::warn!(%error, stream = found.stream.as_str(), "a case cannot be shown");
                ReceptionProblem::Unavailable
            }),
        }
    }
}

impl Letters {
    /// What was sent, checked, and what of it a report tells in the open.
    async fn incoming(&self, submission: &Submission) -> Result<(Incoming, Report), ReceptionProblem> {
        let site: SiteLabel = submission.site.parse().map_err(|_| refused("site-unknown", "没有这个网站。"))?;
        let page = submission.text("page").and_then(|page| reported_page(&self.0, page.expose()));
        let answers_for = page.as_ref().map_or(&site, |page| &page.site);
        let department = self.sponsor(answers_for).await?;
        let fault = fault(submission.chosen("mistake")).ok_or_else(|| refused("mistake", "请选择是什么错误。"))?;
        let found_by = self.marks(submission).await.map_err(|error| {
            tracing::warn!(%error, "a person cannot be marked");
            ReceptionProblem::Unavailable
        })?;
        let incoming = Incoming {
            action: ACTION,
            key: submission.key.clone(),
            site,
            form: shown(&submission.form, submission.version)?,
            notice: shown(&submission.notice, submission.notice_version)?,
            kept_for: self.0.limits.kept_for,
            department,
            content: content(submission),
            identity: identity(submission),
            found_by,
        };
        Ok((incoming, Report { page, fault }))
    }

    /// Who answers for a site; the site that was asked, where the one that is meant is none of ours.
    async fn sponsor(&self, site: &SiteLabel) -> Result<DepartmentCode, ReceptionProblem> {
        let (found, _, _) = self.0.ledger.read::<Site>(&site.stream()).await.map_err(|error| {
            tracing::warn!(%error, site = site.as_str(), "a site cannot be read");
            ReceptionProblem::Unavailable
        })?;
        found.opened.map(|(_, department, _)| department).ok_or_else(|| refused("site-unknown", "没有这个网站。"))
    }

    /// What the reader is found by, should he ask for what he sent.
    async fn marks(&self, submission: &Submission) -> Result<Vec<PersonMark>, VaultError> {
        let phone = submission.identity.phone.as_ref().and_then(|phone| FoundBy::phone(phone.expose()).ok());
        match phone {
            Some(phone) => Ok(vec![self.0.vault.mark(&phone).await?]),
            None => Ok(Vec::new()),
        }
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

/// Every answer but those of who he is: question → answer, as JSON.
fn content(submission: &Submission) -> Secret<String> {
    let mut told: BTreeMap<&str, String> = BTreeMap::new();
    for (question, values) in &submission.plain {
        told.insert(question, values.join("、"));
    }
    for answer in &submission.sealed {
        told.insert(&answer.question, answer.text.expose().to_owned());
    }
    // A map of texts always serialises.
    Secret::new(serde_json::to_string(&told).unwrap_or_default())
}

fn identity(submission: &Submission) -> Option<Identity> {
    let told = &submission.identity;
    if told.is_empty() {
        return None;
    }
    let parts = [
        ("name", &told.name),
        ("phone", &told.phone),
        ("email", &told.email),
        ("id-number", &told.id_number),
        ("address", &told.address),
        ("organisation", &told.organisation),
    ];
    let identity = parts.into_iter().fold(Identity::new(), |identity, (name, part)| match part {
        Some(text) => identity.with(name, text.expose()),
        None => identity,
    });
    Some(identity)
}

fn shown(name: &str, version: u32) -> Result<Shown, ReceptionProblem> {
    let name = Line::new(name).map_err(|_| refused("form-unknown", "没有这份表单。"))?;
    Ok(Shown { name, version })
}

fn receipt(received: &Received<Correction>) -> Receipt {
    let number = received.case.opened.as_ref().map(|opened| opened.opening.number.to_string()).unwrap_or_default();
    Receipt {
        number,
        code: Personal::new(received.code.expose().as_str()),
        next: vec![due_note(&received.case, "主办单位核实处理，并公开答复")],
    }
}

fn refused(code: &'static str, sentence: &str) -> ReceptionProblem {
    ReceptionProblem::Refused { code, question: None, sentence: sentence.to_owned() }
}

fn problem(error: ReceiveError<CorrectionRefusal>) -> ReceptionProblem {
    match error {
        ReceiveError::OtherText => ReceptionProblem::OtherText,
        ReceiveError::Refused(refusal) => {
            tracing::error!(alarm = "reception", %refusal, "the rules refuse what the form let pass");
            refused("refused", "暂时不能受理，请稍后再试。")
        }
        ReceiveError::Unavailable(reason) => {
            tracing::warn!(reason, "nothing was received");
            ReceptionProblem::Unavailable
        }
    }
}

/// The reception of this function.
pub(crate) fn of(state: LetterState) -> Arc<dyn Reception> {
    Arc::new(Letters(state))
}
