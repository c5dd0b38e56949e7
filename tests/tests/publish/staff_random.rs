//! Random people do random things: what is accepted and what is forbidden is what the roles say, told here a second time.
//!
//! Held on the way: an author never approves, nobody touches a department's documents without a role there, no administrator gives what he has not. At the
//! end everybody is disabled: every fresh command is refused, and every command that was ever accepted still gets its first answer.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use domain::{StaffId, staff::Role};
use journeys::{
    app::{Answer, TestApp, draft},
    tokens::ADMINISTRATOR,
};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};

const DEPARTMENTS: [&str; 2] = ["jyj", "czj"];
const STEPS: usize = 160;

/// Role, department, site; an empty name stands for all.
type Trust = (Role, &'static str, &'static str);

#[derive(Debug, Default)]
struct Person {
    trusts: BTreeSet<Trust>,
    disabled: bool,
    version: u64,
}

#[derive(Debug)]
struct Paper {
    id: String,
    department: &'static str,
    site: &'static str,
    version: u64,
    revision: Value,
    authors: BTreeSet<String>,
}

/// A command as it was sent.
#[derive(Debug, Clone)]
struct Sent {
    by: String,
    method: &'static str,
    path: String,
    version: Option<u64>,
    key: String,
    body: Value,
}

struct Life {
    app: TestApp,
    random: StdRng,
    people: BTreeMap<String, Person>,
    papers: Vec<Paper>,
    accepted: Vec<(Sent, Answer)>,
    refused: usize,
    sent: usize,
}

impl Person {
    /// Whether a role counts at a department's things on a site; no site for what stands on none.
    fn holds(&self, role: Role, department: &str, site: &str) -> bool {
        let counts = |named: &str, here: &str| named.is_empty() || named == here;
        self.trusts.iter().any(|(held, d, s)| *held == role && counts(d, department) && counts(s, site))
    }

    /// Whether a role counts everywhere in a scope, whose empty names stand for all.
    fn holds_all(&self, role: Role, department: &str, site: &str) -> bool {
        let every = |named: &'static [&'static str], one: &str| -> Vec<String> {
            if one.is_empty() { named.iter().map(|name| (*name).to_owned()).collect() } else { vec![one.to_owned()] }
        };
        // One department and one site more than there are stand for all that may come.
        let (departments, sites) =
            (every(&["jyj", "czj", "other"], department), every(&["jyj", "czj", "other", "none"], site));
        departments.iter().all(|d| sites.iter().all(|s| self.holds(role, d, s)))
    }

    fn is_guest(&self, site: &str) -> bool {
        self.trusts.iter().any(|(role, _, s)| matches!(role, Role::Editor | Role::Publisher) && *s == site)
    }

    fn administers_all_of(&self, other: &Self) -> bool {
        match other.trusts.is_empty() {
            true => self.holds_all(Role::Administrator, "", ""),
            false => other.trusts.iter().all(|(_, d, s)| self.holds_all(Role::Administrator, d, s)),
        }
    }
}

impl Life {
    async fn begin(seed: u64) -> Result<Self> {
        let app = TestApp::town().await?;
        let mut people = BTreeMap::new();
        let all = |department: &'static str| -> BTreeSet<Trust> {
            [Role::Administrator, Role::Editor, Role::Reviewer, Role::Publisher].map(|r| (r, department, "")).into()
        };
        let cast: [(&str, BTreeSet<Trust>); 5] = [
            ("chief-jyj", all("jyj")),
            ("chief-czj", all("czj")),
            ("first", [(Role::Editor, "jyj", "")].into()),
            ("second", [(Role::Reviewer, "jyj", ""), (Role::Editor, "jyj", "czj")].into()),
            ("third", [(Role::Editor, "", "czj"), (Role::Publisher, "czj", "")].into()),
        ];
        for (name, trusts) in cast {
            let roles: Vec<Trust> = trusts.iter().copied().collect();
            app.enrol(name, &roles).await?;
            people.insert(name.to_owned(), Person { trusts, disabled: false, version: 1 });
        }
        let everything = Role::ALL.map(|role| (role, "", "")).into();
        let administrator = Person { trusts: everything, disabled: false, version: 1 };
        people.insert(ADMINISTRATOR.to_owned(), administrator);
        let random = StdRng::seed_from_u64(seed);
        Ok(Self { app, random, people, papers: Vec::new(), accepted: Vec::new(), refused: 0, sent: 0 })
    }

    /// Anybody but the city's administrator, who keeps out of daily work and whom nobody is allowed to disable here.
    fn anybody(&mut self) -> String {
        let names: Vec<&String> = self.people.keys().filter(|name| *name != ADMINISTRATOR).collect();
        (*names.choose(&mut self.random).unwrap()).clone()
    }

    async fn deliver(&self, sent: &Sent) -> Result<Answer> {
        let call = self.app.call(sent.method.parse()?, &sent.path).subject(&sent.by).key(&sent.key);
        let call = match sent.version {
            Some(version) => call.if_match(version),
            None => call,
        };
        call.json(&sent.body).send().await
    }

    /// Sends a command and holds the answer against what the roles say.
    async fn send(&mut self, by: &str, path: String, version: Option<u64>, body: Value, may: bool) -> Result<Answer> {
        self.sent += 1;
        let method = if path.ends_with("/draft") { "PUT" } else { "POST" };
        let sent = Sent { by: by.to_owned(), method, path, version, key: format!("k-{}", self.sent), body };
        let answer = self.deliver(&sent).await?;
        let (status, code) = answer.told();
        let told = || format!("{sent:?}\n{:?}\n{}", self.people.get(by), answer.text());
        match code.as_str() {
            "staff-disabled" => assert!(self.people[by].disabled, "{}", told()),
            "forbidden" => assert!(!may && !self.people[by].disabled, "{}", told()),
            // Whatever else it says, it was let in.
            _ => assert!(may && !self.people[by].disabled, "{}", told()),
        }
        if status < 300 {
            self.accepted.push((sent, answer.clone()));
        } else {
            self.refused += 1;
        }
        Ok(answer)
    }

    async fn draft(&mut self) -> Result<()> {
        let by = self.anybody();
        let department = *DEPARTMENTS.choose(&mut self.random).unwrap();
        let site = *DEPARTMENTS.choose(&mut self.random).unwrap();
        let mut body = draft(&format!("{site}.tzgg"), &format!("文件{}", self.sent), "<p>正文。</p>");
        body["department"] = json!(department);
        let person = &self.people[&by];
        // Each site here is run, and each of its columns answered for, by the department of its name.
        let placed = [Role::Editor, Role::Publisher].into_iter().any(|role| person.holds(role, site, site));
        let may = person.holds(Role::Editor, department, site) && (placed || person.is_guest(site));
        let answer = self.send(&by, "/documents".to_owned(), None, body, may).await?;
        if answer.status == 201 {
            let id = answer.field("id").as_str().unwrap().to_owned();
            let revision = answer.field("revision");
            self.papers.push(Paper { id, department, site, version: 1, revision, authors: [by].into() });
        }
        Ok(())
    }

    async fn work(&mut self) -> Result<()> {
        if self.papers.is_empty() {
            return Ok(());
        }
        let (by, at) = (self.anybody(), self.random.random_range(0..self.papers.len()));
        let paper = &self.papers[at];
        let verbs = [
            ("draft", Role::Editor),
            ("submit", Role::Editor),
            ("submit", Role::Editor),
            ("approve", Role::Reviewer),
            ("approve", Role::Reviewer),
            ("return", Role::Reviewer),
            ("publish", Role::Publisher),
            ("withdraw", Role::Publisher),
        ];
        let (verb, role) = *verbs.choose(&mut self.random).unwrap();
        let content = json!({ "title": format!("文件{}", self.sent), "body_html": "<p>改。</p>" });
        let body = match verb {
            "draft" => json!({ "content": content }),
            "approve" => json!({ "revision": paper.revision }),
            "return" => json!({ "revision": paper.revision, "remark": "请修改" }),
            _ => json!({}),
        };
        let may = self.people[&by].holds(role, paper.department, paper.site);
        let (path, version) = (format!("/documents/{}/{verb}", paper.id), paper.version);
        let answer = self.send(&by, path, Some(version), body, may).await?;
        let paper = &mut self.papers[at];
        if answer.status == 200 {
            paper.version = answer.field("version").as_u64().unwrap();
            match verb {
                "draft" => {
                    paper.revision = answer.field("revision");
                    paper.authors.insert(by);
                }
                "approve" => assert!(!paper.authors.contains(&by), "{by} approved what he wrote"),
                "publish" => paper.authors.clear(),
                _ => {}
            }
        } else if verb == "approve" && answer.told().1 == "own-edit" {
            assert!(paper.authors.contains(&by));
        }
        Ok(())
    }

    async fn govern(&mut self) -> Result<()> {
        let (mut by, mut whom) = (self.anybody(), self.anybody());
        let idle = self.people.iter().find(|(_, person)| person.disabled).map(|(name, _)| name.clone());
        let rescue = idle.is_some() && self.random.random_bool(0.5);
        if let Some(name) = idle.filter(|_| rescue) {
            (by, whom) = (ADMINISTRATOR.to_owned(), name);
        } else if self.random.random_bool(0.2) {
            by = ADMINISTRATOR.to_owned();
        }
        let role = *Role::ALL.choose(&mut self.random).unwrap();
        let department = *["jyj", "czj", "jyj", "czj", ""].choose(&mut self.random).unwrap();
        let site = *["", "", "jyj", "czj"].choose(&mut self.random).unwrap();
        let trust: Trust = if self.random.random_bool(0.5) {
            (role, department, site)
        } else {
            // What somebody holds is more likely to be granted or revoked than anything at random.
            let held: Vec<Trust> = self.people.values().flat_map(|person| person.trusts.iter().copied()).collect();
            held.choose(&mut self.random).copied().unwrap_or((role, department, site))
        };
        let (role, department, site) = trust;
        let verbs: &[&str] =
            if rescue { &["enable"] } else { &["grant", "grant", "grant", "revoke", "disable", "enable"] };
        let verb = *verbs.choose(&mut self.random).unwrap();
        let (actor, other) = (&self.people[&by], &self.people[&whom]);
        let administers = actor.holds_all(Role::Administrator, department, site);
        let may = match verb {
            "grant" => administers && actor.holds_all(role, department, site),
            "revoke" => administers,
            _ => actor.administers_all_of(other),
        };
        let mut assignment = json!({ "role": role.as_str() });
        for (field, value) in [("department", department), ("site", site)] {
            if !value.is_empty() {
                assignment[field] = json!(value);
            }
        }
        let body = match verb {
            "grant" | "revoke" => json!({ "assignment": assignment, "reason": "随机" }),
            _ => json!({ "reason": "随机" }),
        };
        let path = format!("/staff/{}/{verb}", StaffId::of(&whom.parse()?));
        let version = other.version;
        let answer = self.send(&by, path, Some(version), body, may).await?;
        if answer.status == 200 {
            assert_ne!(by, whom, "nobody decides about himself");
            let person = self.people.get_mut(&whom).unwrap();
            person.version = answer.field("version").as_u64().unwrap();
            match verb {
                "grant" => assert!(person.trusts.insert(trust)),
                "revoke" => assert!(person.trusts.remove(&trust)),
                _ => person.disabled = verb == "disable",
            }
        }
        Ok(())
    }

    /// The administrator disables everybody; then nothing new is done, and nothing old is forgotten.
    async fn end(&mut self) -> Result<()> {
        for (name, person) in &mut self.people {
            if !person.disabled && name != ADMINISTRATOR {
                let path = format!("/staff/{}/disable", StaffId::of(&name.parse()?));
                let call = self.app.post(&path).subject(ADMINISTRATOR).key("end").if_match(person.version);
                let answer = call.json(&json!({ "reason": "结束" })).send().await?;
                assert_eq!(answer.status, 200, "{}", answer.text());
                person.disabled = true;
            }
        }
        let before = self.app.written().await?;
        for (sent, first) in &self.accepted {
            assert_eq!(&self.deliver(sent).await?, first, "{sent:?}");
            if sent.by == ADMINISTRATOR {
                continue;
            }
            let fresh = Sent { key: format!("fresh-{}", sent.key), ..sent.clone() };
            assert_eq!(self.deliver(&fresh).await?.told(), (403, "staff-disabled".to_owned()), "{fresh:?}");
        }
        assert_eq!(self.app.written().await?, before);
        Ok(())
    }
}

#[tokio::test]
async fn random_people_do_what_their_roles_say_and_nothing_else() -> Result<()> {
    for seed in 1..=2 {
        let mut life = Life::begin(seed).await?;
        for _ in 0..STEPS {
            match life.random.random_range(0..10) {
                0..=1 => life.draft().await?,
                2..=6 => life.work().await?,
                _ => life.govern().await?,
            }
        }
        // A life in which nothing is accepted, or nothing refused, proves nothing.
        let approved = life.accepted.iter().filter(|(sent, _)| sent.path.ends_with("/approve")).count();
        let granted = life.accepted.iter().filter(|(sent, _)| sent.path.ends_with("/grant")).count();
        assert!(
            approved >= 1 && granted >= 1 && life.refused >= 40,
            "seed {seed}: {approved} {granted} {}",
            life.refused
        );
        life.end().await?;
    }
    Ok(())
}
