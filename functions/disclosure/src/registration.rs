//! An application that came on paper or in person: checked, sealed and received as one from the front door is, in the name of whoever registers it.

use access::{Action, Resource};
use casework::{
    Casework, ReceiveError,
    front::{self, Filing},
    personal_fingerprint,
    problems::VAULT_UNAVAILABLE,
    receive,
};
use command::{Accepted, Checks, Envelope, Order, fingerprint, may, optional, problems::KEY_REUSED};
use domain::{
    CaseId, DepartmentCode, SiteLabel,
    case::{CaseRefusal, Kind, Occurrence},
    request::{Application, Request, file},
};
use frontdoor::{Flaw, Place, ReceptionProblem, Submission, form, forms, on_paper};
use gateway::{Body, Problem, Sentence};
use jiff::civil::Date;
use vault::{Secret, VaultError};

use crate::{
    DisclosureState,
    reception::{INFORMATION_REQUEST, application},
    refusal::Refusal,
    routes::register::RegisterRequest,
};

/// Part of the commits' identities, so never renamed.
const ACTION: &str = "POST requests";

/// A command that registers an application.
pub(crate) struct Registration<'b> {
    /// It, with a fingerprint under the case's key once there is one.
    pub(crate) order: Order,
    body: &'b Body<RegisterRequest>,
}

/// For whom it is, and when it came.
struct Destination {
    site: SiteLabel,
    department: DepartmentCode,
    received_on: Option<Date>,
}

impl<'b> Registration<'b> {
    /// Takes what was sent; the case's name derives from its sender and key.
    ///
    /// # Errors
    /// The vault did not do its part.
    pub(crate) async fn of(
        state: &DisclosureState,
        envelope: Envelope,
        body: &'b Body<RegisterRequest>,
    ) -> Result<Self, Refusal> {
        let id = envelope.commit_id(ACTION, "new");
        let stream = CaseId::derive(&id).stream(Request::CATEGORY).map_err(|_| CaseRefusal::NotOpened)?;
        let mut order = envelope.creation(ACTION, stream, id, &body.json);
        match personal_fingerprint(state, &order, &body.json).await {
            Ok((_, keyed)) => order.fingerprint = keyed,
            // Nothing was registered under this key yet.
            Err(VaultError::KeyMissing { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(Self { order, body })
    }

    /// Registers it, once for all its resends.
    ///
    /// # Errors
    /// He may not, the answers are not as the form asks for them, the rules refuse it, or it cannot be done now.
    pub(crate) async fn carried_out(&self, state: &DisclosureState) -> Result<Accepted<Occurrence<Request>>, Refusal> {
        let Destination { site, department, received_on } = self.destination(state).await?;
        let submission = self.submission(state, &site)?;
        let lacking = || Problem::plain(&VAULT_UNAVAILABLE);
        // The form asks for both, so both are there.
        let application = application(&submission).ok_or_else(lacking)?;
        let application = Application { received_on, ..application };
        let filing = Filing { action: ACTION, next: "", site, department, kept_for: state.limits.kept_for };
        let mut incoming = front::incoming(state, &submission, filing).await.map_err(unavailable)?;
        incoming.sender = self.order.envelope.sender.actor.clone();
        incoming.channel = self.body.value.channel.into();
        incoming.told = Some(Secret::new(fingerprint(&self.body.json)));
        let limits = &state.limits;
        let received = receive::<_, Request, Refusal>(state, &incoming, |case, opening, now| {
            Ok(file(case, opening, application.clone(), limits.clone(), now)?)
        })
        .await;
        match received {
            Ok(received) => Ok(Accepted { receipt: received.receipt, events: Vec::new() }),
            Err(ReceiveError::Refused(refusal)) => Err(refusal),
            Err(ReceiveError::OtherText) => Err(Problem::plain(&KEY_REUSED).into()),
            // Nothing that is registered names files.
            Err(ReceiveError::FilesGone(_)) => Err(lacking().into()),
            Err(ReceiveError::Unavailable(reason)) => {
                tracing::warn!(reason, "nothing was registered");
                Err(lacking().into())
            }
        }
    }

    /// For whom it is, if its sender handles what that department receives.
    async fn destination(&self, state: &DisclosureState) -> Result<Destination, Refusal> {
        let asked = &self.body.value;
        let mut checks = Checks::default();
        let site = checks.name::<SiteLabel>("/site", &asked.site);
        let day = optional(asked.received_on.as_deref(), |day| checks.day("/received_on", day));
        let Some(site) = site else { return Err(checks.refusal()) };
        let Some(department) = front::sponsor_of(state, &site).await.map_err(unavailable)? else {
            let sentence = Sentence::new("没有这个站点。", "There is no such site.");
            checks.add("/site", "site-unknown", sentence);
            return Err(checks.refusal());
        };
        may(state, self.order.envelope.staff(), Action::HandleCase, &Resource::on(&department, site.clone()))?;
        match day {
            Some(received_on) => Ok(Destination { site, department, received_on }),
            None => Err(checks.refusal()),
        }
    }

    /// What stands on paper, as the form makes it: the very rules that the front door has.
    fn submission(&self, state: &DisclosureState, site: &SiteLabel) -> Result<Submission, Problem> {
        let asked = &self.body.value;
        let mut checks = Checks::default();
        let Some(form) = forms::get(INFORMATION_REQUEST, asked.form_version) else {
            let sentence = Sentence::new("没有这一版的申请表。", "The form has no such version.");
            checks.add("/form_version", "form-unknown", sentence);
            return Err(checks.problem());
        };
        // A file is added on a page of the form and nowhere else: here it is no question either.
        let is_unknown = |name: &str| form.question(name).is_none_or(|question| question.kind == form::Kind::Files);
        for name in asked.answers.keys().filter(|name| is_unknown(name)) {
            let sentence = Sentence::new("申请表没有这一项。", "The form has no such question.");
            checks.add(&pointer(name), "question-unknown", sentence);
        }
        let city = state.city();
        let (domain, scheme) = (city.domain.clone(), city.scheme.as_str().to_owned());
        let place = Place { site: site.to_string(), domain, scheme };
        let answers = asked.answers.iter().map(|(question, answer)| (question.as_str(), answer.as_str()));
        let now = command::Function::clock(state).now();
        match on_paper(form, answers, &place, self.order.envelope.key(), now) {
            Ok(submission) if checks.passed() => Ok(submission),
            read => {
                read.err().into_iter().flatten().for_each(|flaw| told(&mut checks, flaw));
                Err(checks.problem())
            }
        }
    }
}

/// What is wrong with an answer, in the words of the form.
fn told(checks: &mut Checks, Flaw { question, code, sentence }: Flaw) {
    let english = format!("The answer to `{question}` is not as the form asks for it: {code}.");
    checks.add(&pointer(&question), code, Sentence::new(format!("{sentence}。"), english));
}

/// Where an answer stands in the body (RFC 6901).
fn pointer(question: &str) -> String {
    format!("/answers/{}", question.replace('~', "~0").replace('/', "~1"))
}

fn unavailable(_: ReceptionProblem) -> Problem {
    Problem::plain(&VAULT_UNAVAILABLE)
}
