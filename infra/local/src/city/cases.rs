//! Cases of the sample city's citizens: what they reported or asked for, and what became of it.
//!
//! They come in through the receptions of the functions, under keys of their own names, and are answered through the API of staff: a second run adds nothing.

use std::{collections::BTreeMap, sync::Arc};

use casework::{Capability, CaseState};
use disclosure::Disclosure;
use domain::staff::Role;
use frontdoor::{Answers, Posted, Submission, Token, Visit, Work, forms};
use jiff::{SignedDuration, Timestamp};
use letter::Letters;
use serde::Deserialize;
use serde_json::Value;

use super::clock::SampleClock;
use crate::serve::{
    Machine,
    api::{Api, Request},
    staff::Person,
};

/// Letters and digits of a form's token.
const KEY: usize = 26;

/// One case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseEntry {
    /// Names it among the sample's cases.
    pub slug: String,
    /// The form that was filled in.
    pub form: String,
    /// Label of the site it was opened on.
    pub site: String,
    /// Code of the department that answers for the site.
    pub department: String,
    /// How many days before the present it came in.
    pub ago: i64,
    /// What was filled in, by question.
    pub answers: BTreeMap<String, String>,
    /// What was done with it.
    #[serde(default)]
    pub acts: Vec<CaseAct>,
}

/// What was done with a case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseAct {
    /// How many hours after it came in.
    pub after: i64,
    /// As the API calls it.
    pub act: String,
    /// Who did it.
    #[serde(default = "handler")]
    pub by: Role,
    /// The request's body.
    #[serde(default)]
    pub body: toml::Table,
}

fn handler() -> Role {
    Role::Handler
}

/// Brings a case in and has done with it what was done; what had come in before is found.
///
/// # Errors
/// A sentence about what was refused.
pub async fn bring_in(machine: &Machine, entry: &CaseEntry, present: Timestamp) -> Result<(), String> {
    let came = present - SignedDuration::from_hours(24 * entry.ago);
    let clock = Arc::new(SampleClock::at(came));
    match entry.form.as_str() {
        "correction" => {
            Bringing::<Letters>::of(machine, entry, &clock, letter::router)?.all("letter/corrections", came).await
        }
        _ => {
            Bringing::<Disclosure>::of(machine, entry, &clock, disclosure::router)?
                .all("disclosure/requests", came)
                .await
        }
    }
}

/// A case on its way through its function.
struct Bringing<'a, C: Capability> {
    entry: &'a CaseEntry,
    clock: &'a SampleClock,
    state: CaseState<C>,
    api: Api<'a>,
}

impl<'a, C: Capability> Bringing<'a, C> {
    fn of(
        machine: &'a Machine,
        entry: &'a CaseEntry,
        clock: &'a Arc<SampleClock>,
        router: fn(CaseState<C>) -> axum::Router,
    ) -> Result<Self, String> {
        let ledger_clock = Arc::clone(clock) as Arc<dyn ledger::Clock>;
        let state =
            CaseState::<C>::new(&machine.config, &machine.clients, ledger_clock).map_err(|error| error.to_string())?;
        let api = Api::of(router(state.clone()), machine.secrets.origin.clone(), &machine.issuer);
        Ok(Self { entry, clock, state, api })
    }

    async fn all(&self, kind: &str, came: Timestamp) -> Result<(), String> {
        let number = self.receive(came).await?;
        let stream = self.ask(Role::Handler, format!("/api/{kind}?number={number}")).await?;
        let stream =
            stream.pointer("/entries/0/stream").and_then(Value::as_str).and_then(|stream| stream.split_once(':'));
        let (_, id) = stream.ok_or_else(|| format!("the case of {} is not found", self.entry.slug))?;
        let path = format!("/api/{kind}/{id}");
        for act in &self.entry.acts {
            self.clock.advance(came + SignedDuration::from_hours(act.after));
            self.carry_out(&path, act).await?;
        }
        Ok(())
    }

    /// Has the form received as it was filled in; the number of the case.
    async fn receive(&self, came: Timestamp) -> Result<String, String> {
        let CaseEntry { slug, form, site, answers, .. } = self.entry;
        let form = forms::newest(form).ok_or_else(|| format!("{slug} fills in `{form}`, which is no form"))?;
        let mut typed = form_urlencoded::Serializer::new(String::new());
        typed.extend_pairs(answers);
        let posted = Posted::parse(typed.finish().as_bytes()).ok_or_else(|| format!("{slug} cannot be sent"))?;
        let token = Token { form: form.id.clone(), version: form.version, site: site.clone(), at: came, id: key(slug) };
        let submission = Submission::of(form, &token, &Answers::of(form, &posted));
        let visit = Visit { now: came, work: Work::Done, request: format!("sample-{slug}") };
        let reception = C::reception(self.state.clone());
        let receipt = match reception.recall(&submission).await {
            Ok(Some(receipt)) => Ok(receipt),
            Ok(None) => reception.receive(&submission, &visit).await,
            Err(problem) => Err(problem),
        };
        receipt.map(|receipt| receipt.number).map_err(|problem| format!("{slug}: {problem}"))
    }

    async fn carry_out(&self, path: &str, act: &CaseAct) -> Result<(), String> {
        let case = self.ask(act.by, path.to_owned()).await?;
        let request = Request {
            method: "POST",
            path: format!("{path}/{}", act.act),
            subject: self.subject(act.by)?,
            body: serde_json::to_value(&act.body).map_err(|error| error.to_string())?,
            expected: case.get("version").and_then(Value::as_u64),
        };
        let key = format!("sample-{}-{}", self.entry.slug, act.act);
        self.api.send(&key, &request).await.map(drop)
    }

    async fn ask(&self, role: Role, path: String) -> Result<Value, String> {
        let subject = self.subject(role)?;
        let request = Request { method: "GET", path, subject, body: Value::Null, expected: None };
        let answer = self.api.ask("", &request).await?;
        match answer.is_success() {
            true => Ok(answer.body),
            false => Err(format!("{} of {}: {} {}", request.path, self.entry.slug, answer.status, answer.body)),
        }
    }

    fn subject(&self, role: Role) -> Result<String, String> {
        let person = Person::of(&[role], &self.entry.department).map_err(|error| error.to_string())?;
        Ok(person.subject.to_string())
    }
}

/// The key under which a case comes in: its name, filled up.
fn key(slug: &str) -> String {
    let letters = slug.chars().filter(char::is_ascii_lowercase);
    letters.chain(std::iter::repeat('a')).take(KEY).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use frontdoor::{Flaw, Place, flaws};

    use super::*;
    use crate::city::sample::Sample;

    #[test]
    fn every_case_of_the_sample_fills_in_its_form_rightly_under_a_key_of_its_own() {
        let cases = Sample::read().unwrap().cases;
        let keys: BTreeSet<String> = cases.iter().map(|entry| key(&entry.slug)).collect();
        assert_eq!(keys.len(), cases.len());
        let place = Place { site: "www".to_owned(), domain: "localhost".to_owned(), scheme: "http".to_owned() };
        for entry in &cases {
            let form = forms::newest(&entry.form).unwrap();
            let mut typed = form_urlencoded::Serializer::new(String::new());
            typed.extend_pairs(&entry.answers);
            let answers = Answers::of(form, &Posted::parse(typed.finish().as_bytes()).unwrap());
            let found: Vec<Flaw> = form.pages.iter().flat_map(|page| flaws(form, page, &answers, &place)).collect();
            assert_eq!(found, [], "{}", entry.slug);
            assert!(entry.acts.is_sorted_by_key(|act| act.after), "{}", entry.slug);
        }
    }
}
