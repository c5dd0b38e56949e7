//! The machine's own staff: a city administrator, and a person per role and department, enrolled through the API like anybody else.
//!
//! Tokens tell who somebody is and nothing more, so whoever is to hold a local token has to be enrolled first. Requests and keys follow from the person alone: a
//! second start, the sample city and `taihu token` send the same ones, and the ledger answers them with the first answer. So a role
//! that was revoked meanwhile is not granted again behind the administrator's back.

use domain::{
    ActorId, CommitId, DepartmentCode, StaffId,
    id::Malformed,
    staff::{Assignment, Role, Scope},
};
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    api::{Answer, Api, Request},
    error::ServeError,
    machine::Machine,
};

/// Subject of the machine's administrator: the one whom its configuration names.
pub const ADMINISTRATOR: &str = "taihu";

/// Department whose registrar, auditor and administrator work for the whole city: the sample city's government office.
pub const OFFICE: &str = "zfb";

/// Why people are enrolled here.
const REASON: &str = "本机用户";

/// Somebody who is to hold roles on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The subject of his tokens.
    pub subject: ActorId,
    /// What he is to be trusted with.
    pub assignments: Vec<Assignment>,
}

/// How a person stands in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// He holds all he is to hold.
    Ready,
    /// He is disabled.
    Disabled,
    /// A role he was granted was revoked since.
    Revoked,
}

impl Person {
    /// The person of some roles in a department: `jyj.editor`.
    ///
    /// # Errors
    /// The department is no code.
    pub fn of(roles: &[Role], department: &str) -> Result<Self, Malformed> {
        let code = department.parse()?;
        let scope = |role: Role| {
            let for_the_city = matches!(role, Role::Registrar | Role::Auditor | Role::Administrator);
            if for_the_city && department == OFFICE { Scope::CITY } else { Scope::of(&code) }
        };
        let assignments = roles.iter().flat_map(|role| held_by(*role, &scope(*role))).collect();
        Ok(Self { subject: subject(roles, department, &[])?, assignments: each_once(assignments) })
    }

    /// As [`of`](Self::of), in other scopes: another person, unless he is named later.
    ///
    /// # Errors
    /// The department is no code.
    pub fn within(roles: &[Role], department: &str, scopes: &[Scope]) -> Result<Self, Malformed> {
        let each = roles.iter().flat_map(|role| scopes.iter().flat_map(|scope| held_by(*role, scope)));
        Ok(Self { subject: subject(roles, department, scopes)?, assignments: each_once(each.collect()) })
    }

    /// The same roles for somebody else.
    ///
    /// # Errors
    /// The subject is none.
    pub fn named(self, subject: &str) -> Result<Self, Malformed> {
        Ok(Self { subject: subject.parse()?, ..self })
    }

    /// The key under which he is enrolled: the same for the same roles, another where a later program knows a role more.
    #[must_use]
    pub fn key(&self) -> String {
        // Keys have 120 characters and so may subjects: the ids are short.
        let roles = CommitId::derive(&self.subject, "roles", "", 0, &json!(self.wanted()).to_string());
        format!("local-{}-{roles}", StaffId::of(&self.subject))
    }

    /// The body of `POST /staff`.
    #[must_use]
    pub fn enrolment(&self) -> Value {
        json!({ "subject": self.subject.as_str(), "roles": self.wanted(), "reason": REASON })
    }

    fn wanted(&self) -> Vec<Value> {
        self.assignments.iter().map(told).collect()
    }
}

/// An administrator gets every role, since nobody can grant what he does not hold.
fn held_by(role: Role, scope: &Scope) -> Vec<Assignment> {
    let roles = if role == Role::Administrator { Role::ALL.to_vec() } else { vec![role] };
    roles.into_iter().map(|role| Assignment { role, scope: scope.clone() }).collect()
}

fn each_once(assignments: Vec<Assignment>) -> Vec<Assignment> {
    let mut once: Vec<Assignment> = Vec::with_capacity(assignments.len());
    for assignment in assignments {
        if !once.contains(&assignment) {
            once.push(assignment);
        }
    }
    once
}

/// `jyj.editor`, `jyj.editor.reviewer`, `jyj.editor@www`, `jyj.editor@city`.
fn subject(roles: &[Role], department: &str, scopes: &[Scope]) -> Result<ActorId, Malformed> {
    let names: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    let places: Vec<&str> = scopes.iter().map(|s| s.site.as_ref().map_or("city", |site| site.as_str())).collect();
    let at = if places.is_empty() { String::new() } else { format!("@{}", places.join("+")) };
    format!("{department}.{}{at}", names.join(".")).parse()
}

/// As the API takes an assignment.
fn told(assignment: &Assignment) -> Value {
    let Assignment { role, scope } = assignment;
    let mut told = Map::from_iter([("role".to_owned(), json!(role.as_str()))]);
    if let Some(department) = &scope.department {
        told.insert("department".to_owned(), json!(department.as_str()));
    }
    if let Some(site) = &scope.site {
        told.insert("site".to_owned(), json!(site.as_str()));
    }
    Value::Object(told)
}

/// Makes the machine's administrator, and a person of each role of [`OFFICE`]; safe to be called at every start.
///
/// # Errors
/// The publish function refused or failed.
pub async fn found(machine: &Machine) -> Result<(), ServeError> {
    let mut api = Api::now(machine)?;
    take_office(&mut api).await.map_err(ServeError::Staff)?;
    for role in Role::ALL {
        let person = Person::of(&[role], OFFICE).map_err(|error| ServeError::Staff(error.to_string()))?;
        enrol(&mut api, &person).await.map_err(ServeError::Staff)?;
    }
    Ok(())
}

/// Makes the machine's administrator the city's first.
///
/// # Errors
/// The API refused or failed, with what it said.
pub async fn take_office(api: &mut Api<'_>) -> Result<(), String> {
    let request = command("/api/publish/staff/administrator", json!({ "reason": REASON }), None);
    // A program that knows further roles asks once more: the administrator of an older folder takes those up.
    let key = format!("local-office-{}", Role::ALL.len());
    let answer = api.ask(&key, &request).await?;
    let before = answer.code() == "staff-exists";
    if answer.is_success() || before { Ok(()) } else { Err(said(&answer)) }
}

/// Enrols a person who may have been enrolled before, with other roles even: those are not what is asked for here.
async fn enrol(api: &mut Api<'_>, person: &Person) -> Result<(), String> {
    let request = command("/api/publish/staff", person.enrolment(), None);
    let answer = api.ask(&person.key(), &request).await?;
    let before = matches!(answer.code(), "staff-exists" | "key-reused");
    if answer.is_success() || before { Ok(()) } else { Err(said(&answer)) }
}

/// Enrols a person and grants what he never held; tells how he stands then.
///
/// # Errors
/// The API refused or failed, with what it said.
pub async fn ensure(api: &mut Api<'_>, person: &Person) -> Result<Stands, String> {
    enrol(api, person).await?;
    let id = StaffId::of(&person.subject);
    let mut standing = read(api, &id).await?;
    for wanted in person.wanted() {
        // A role that he held once was revoked by somebody, who meant it.
        let known = names(&standing, "roles", &wanted) || names(&standing, "former", &wanted);
        if known || standing.get("disabled").is_some() {
            continue;
        }
        let version = standing.get("version").and_then(Value::as_u64);
        let key = CommitId::derive(&person.subject, "grant", id.as_str(), 0, &wanted.to_string());
        let body = json!({ "assignment": wanted, "reason": REASON });
        api.send(key.as_str(), &command(&format!("/api/publish/staff/{id}/grant"), body, version)).await?;
        standing = read(api, &id).await?;
    }
    let ready = person.wanted().iter().all(|wanted| names(&standing, "roles", wanted));
    Ok(match (standing.get("disabled"), ready) {
        (Some(_), _) => Stands::Disabled,
        (None, true) => Stands::Ready,
        (None, false) => Stands::Revoked,
    })
}

/// Departments that a person's roles are in and that nobody has registered yet: there the roles count from the day it is.
///
/// # Errors
/// The API failed, with what it said.
pub async fn unregistered(api: &mut Api<'_>, person: &Person) -> Result<Vec<DepartmentCode>, String> {
    let mut missing = Vec::new();
    for department in person.assignments.iter().filter_map(|assignment| assignment.scope.department.clone()) {
        let path = format!("/api/publish/departments/{department}");
        let answer = api.ask("read", &Request { method: "GET", ..command(&path, Value::Null, None) }).await?;
        if answer.status == StatusCode::NOT_FOUND.as_u16() && !missing.contains(&department) {
            missing.push(department);
        }
    }
    Ok(missing)
}

async fn read(api: &mut Api<'_>, id: &StaffId) -> Result<Value, String> {
    let request = Request { method: "GET", ..command(&format!("/api/publish/staff/{id}"), Value::Null, None) };
    let answer = api.ask("read", &request).await?;
    if answer.is_success() { Ok(answer.body) } else { Err(said(&answer)) }
}

/// Whether a person's view names the role in exactly this scope, in its list of what he holds (`roles`) or held (`former`).
fn names(standing: &Value, list: &str, wanted: &Value) -> bool {
    let roles = standing.get(list).and_then(Value::as_array);
    let same = |held: &Value| ["role", "department", "site"].iter().all(|field| held.get(field) == wanted.get(field));
    roles.into_iter().flatten().any(same)
}

fn command(path: &str, body: Value, expected: Option<u64>) -> Request {
    Request { method: "POST", path: path.to_owned(), subject: ADMINISTRATOR.to_owned(), body, expected }
}

fn said(answer: &Answer) -> String {
    format!("{} {}", answer.status, answer.body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_enrolled_by_the_same_request_every_time() {
        let editor = || Person::of(&[Role::Editor], "jyj").unwrap();
        assert_eq!(editor().subject.as_str(), "jyj.editor");
        assert_eq!(editor().enrolment()["roles"], json!([{ "role": "editor", "department": "jyj" }]));
        assert_eq!((editor().key(), editor().enrolment()), (editor().key(), editor().enrolment()));
        assert!(editor().key().len() <= 120);
    }

    #[test]
    fn the_government_office_works_for_the_whole_city_and_an_administrator_holds_every_role() {
        let registrar = Person::of(&[Role::Registrar, Role::Editor], OFFICE).unwrap();
        let roles = json!([{ "role": "registrar" }, { "role": "editor", "department": OFFICE }]);
        assert_eq!(registrar.enrolment()["roles"], roles);
        let delegated = Person::of(&[Role::Administrator, Role::Editor], "jyj").unwrap();
        assert_eq!(delegated.assignments.len(), Role::ALL.len(), "each once");
        assert_eq!(delegated.enrolment()["roles"][0]["department"], "jyj");
    }

    #[test]
    fn other_scopes_make_another_person_unless_he_is_named() {
        let scope = Scope::on(&"jyj".parse().unwrap(), &"www".parse().unwrap());
        let guest = Person::within(&[Role::Editor], "jyj", &[scope]).unwrap();
        assert_eq!(guest.subject.as_str(), "jyj.editor@www");
        assert_eq!(Person::within(&[Role::Editor], "jyj", &[Scope::CITY]).unwrap().subject.as_str(), "jyj.editor@city");
        assert_eq!(guest.clone().named("zhang.wei").unwrap().subject.as_str(), "zhang.wei");
        assert!(guest.named("a b").is_err());
    }
}
