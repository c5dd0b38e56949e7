//! Documents withdrawn and published again, a thousand times, while two projectors work side by side and one is killed now and then.
//!
//! Commands go through the API, doorbells come as Lambda brings them: shuffled, several at once, some twice, those of a killed projector perhaps never. Every life of a
//! document has a mark of its own in its title and in its text. Now and then the clock catches up and everything a reader can get is searched: only marks of
//! lives that are public now may be found in what is answered with 200, and only titles where something is gone. At the end not one byte differs from a bulk build.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{StreamId, staff::Role};
use http::Method;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};
use views::Status;

use super::{
    random::Dies,
    town::{COLUMNS, Town},
};

/// Documents that come and go.
const PAPERS: usize = 12;

/// Documents that stay, which those explain: their pages name them.
const POLICIES: usize = 2;

/// Lives that begin between two looks at everything.
const LOOK: u32 = 50;

/// Steps of a projector after which it may be killed.
const STEPS: u16 = 400;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn withdrawn_and_republished_leaves_no_page_that_should_not_be_there() {
    rounds(30).await;
}

/// The bar: about MINUTES on two cores.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the slow lane: cargo xtask test --slow"]
async fn slow_withdrawn_and_republished_a_thousand_times_leaves_no_page_that_should_not_be_there() {
    rounds(1_000).await;
}

async fn rounds(rounds: u32) {
    let office = Office::open().await;
    let mut random = StdRng::seed_from_u64(20_261_123);
    let mut papers = office.papers().await;
    let mut projectors = Projectors::start(&office);
    let mut lives = 0;
    while lives < rounds {
        let at = random.random_range(0..PAPERS);
        // Up to eight hours later: months, days and periods of ten days change on the way.
        office.town.app.clock.pass(Duration::from_secs(random.random_range(0..8 * 3600)));
        let paper = &mut papers[at];
        if paper.public.is_some() {
            match random.random_range(0..10) {
                0 => office.correct(paper).await,
                1 => office.relocate(paper, &mut random).await,
                2 => office.share(paper, &mut random).await,
                _ => {}
            }
            office.withdraw(paper).await;
            // Some stay withdrawn for a while.
            if random.random_bool(0.3) {
                continue;
            }
        }
        lives += 1;
        office.publish(paper, lives).await;
        if lives % LOOK == 0 || lives == rounds {
            projectors.stop().await;
            office.town.settle(1).await;
            assert_only_the_public_shows(&office.town, &papers).await;
            projectors = Projectors::start(&office);
        }
    }
    projectors.stop().await;
    for paper in papers.iter_mut().step_by(2).filter(|paper| paper.public.is_some()) {
        office.withdraw(paper).await;
    }
    let projectors = Projectors::start(&office);
    projectors.stop().await;
    office.town.settle(1).await;
    assert_only_the_public_shows(&office.town, &papers).await;
    assert_eq!(office.town.differences(1).await, []);
    let before = office.town.pages().await;
    let report = office.town.rebuild(1).await;
    assert_eq!((report.written, report.orphans.len()), (0, 0), "{report:?}");
    assert_eq!(office.town.pages().await, before);
}

/// A document that comes and goes.
struct Paper {
    id: String,
    version: u64,
    column: &'static str,
    /// Place of the policy that it explains.
    policy: usize,
    /// The life that is public.
    public: Option<u32>,
    /// The life that was public last.
    last: u32,
    /// Columns that list it, too.
    shared: BTreeSet<&'static str>,
}

/// The people of the town, who act through the API, and the doorbells they ring.
struct Office {
    town: Arc<Town>,
    heap: Arc<Mutex<Vec<StreamId>>>,
    keys: std::sync::atomic::AtomicU32,
    policies: Vec<String>,
}

impl Office {
    async fn open() -> Self {
        let town = Town::found().await;
        town.app.found_staff().await.unwrap();
        for role in [Role::Editor, Role::Reviewer, Role::Publisher] {
            town.app.enrol(role.as_str(), &[(role, "", "")]).await.unwrap();
        }
        let streams = town.streams().await.into_iter().collect();
        let heap = Arc::new(Mutex::new(streams));
        let mut office = Self { town: Arc::new(town), heap, keys: 0.into(), policies: Vec::new() };
        for number in 0..POLICIES {
            let mut policy = office.draft("www.zwgk", &format!("办法{number}"), 0).await;
            office.review(&mut policy).await;
            office.act(&mut policy, "publisher", "publish", json!({ "slug": format!("policy-{number}") })).await;
            office.policies.push(policy.id);
        }
        office
    }

    /// Drafts that were never public.
    async fn papers(&self) -> Vec<Paper> {
        let mut papers = Vec::new();
        for (number, (column, _)) in (0..PAPERS).zip(COLUMNS.iter().cycle()) {
            papers.push(self.draft(column, &format!("初稿{number}"), number % POLICIES).await);
        }
        papers
    }

    async fn draft(&self, column: &'static str, title: &str, policy: usize) -> Paper {
        let content = json!({ "title": title, "body_html": "<p>初稿。</p>" });
        let body = json!({ "column": column, "department": "jyj", "content": content });
        let answer = self.send(Method::POST, "/documents", "editor", None, body).await;
        let id = answer["id"].as_str().unwrap().to_owned();
        Paper { id, version: 1, column, policy, public: None, last: 0, shared: BTreeSet::new() }
    }

    async fn revise(&self, paper: &mut Paper, title: &str, text: &str) {
        let relations = json!([{ "kind": "interprets", "document": self.policies[paper.policy] }]);
        let content = json!({ "title": title, "body_html": format!("<p>{text}</p>"), "relations": relations });
        let path = format!("/documents/{}/draft", paper.id);
        self.send(Method::PUT, &path, "editor", Some(paper.version), json!({ "content": content })).await;
        paper.version += 1;
    }

    async fn review(&self, paper: &mut Paper) {
        let submitted = self.act(paper, "editor", "submit", json!({})).await;
        self.act(paper, "reviewer", "approve", json!({ "revision": submitted["revision"] })).await;
    }

    /// Begins a life.
    async fn publish(&self, paper: &mut Paper, life: u32) {
        self.revise(paper, &title(life), &text(life)).await;
        self.review(paper).await;
        self.act(paper, "publisher", "publish", json!({})).await;
        (paper.public, paper.last) = (Some(life), life);
    }

    async fn correct(&self, paper: &mut Paper) {
        self.revise(paper, &title(paper.last), &format!("{}更正。", text(paper.last))).await;
        self.review(paper).await;
        self.act(paper, "publisher", "correct", json!({ "note": "更正" })).await;
    }

    async fn withdraw(&self, paper: &mut Paper) {
        self.act(paper, "publisher", "withdraw", json!({ "reason": "内容有误" })).await;
        paper.public = None;
    }

    async fn relocate(&self, paper: &mut Paper, random: &mut StdRng) {
        let (column, _) = COLUMNS.choose(random).unwrap();
        if paper.column == *column {
            return;
        }
        self.act(paper, "publisher", "move", json!({ "column": column })).await;
        paper.column = column;
    }

    /// Lists it in another column, if that does not list it already.
    async fn share(&self, paper: &mut Paper, random: &mut StdRng) {
        let (column, _) = COLUMNS.choose(random).unwrap();
        if paper.column == *column || !paper.shared.insert(column) {
            return;
        }
        let path = format!("/documents/{}/share", paper.id);
        self.send(Method::POST, &path, "publisher", None, json!({ "column": column })).await;
    }

    async fn act(&self, paper: &mut Paper, who: &str, act: &str, body: Value) -> Value {
        let path = format!("/documents/{}/{act}", paper.id);
        let answer = self.send(Method::POST, &path, who, Some(paper.version), body).await;
        paper.version += 1;
        answer
    }

    /// One request; its commit rings.
    async fn send(&self, method: Method, path: &str, who: &str, version: Option<u64>, body: Value) -> Value {
        let key = self.keys.fetch_add(1, Ordering::SeqCst);
        let call = self.town.app.call(method, path).subject(who).key(&format!("round-{key}")).json(&body);
        let call = match version {
            Some(version) => call.if_match(version),
            None => call,
        };
        let answer = call.send().await.unwrap();
        assert!(answer.status.is_success(), "{path}: {}", answer.text());
        let answer = answer.json();
        let (stream, _) = answer["commit"].as_str().unwrap().rsplit_once(':').unwrap();
        self.heap.lock().unwrap().push(stream.parse().unwrap());
        answer
    }
}

/// Two projectors, each as often begun anew as it is killed.
struct Projectors {
    stop: Arc<AtomicBool>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Projectors {
    fn start(office: &Office) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let work = |seed| work(Arc::clone(&office.town), Arc::clone(&office.heap), Arc::clone(&stop), seed);
        let tasks = [1, 2].map(|seed| tokio::spawn(work(seed))).into();
        Self { stop, tasks }
    }

    /// Ends when no doorbell is left.
    async fn stop(self) {
        self.stop.store(true, Ordering::SeqCst);
        for task in self.tasks {
            task.await.unwrap();
        }
    }
}

async fn work(town: Arc<Town>, heap: Arc<Mutex<Vec<StreamId>>>, stop: Arc<AtomicBool>, seed: u64) {
    let mut random = StdRng::seed_from_u64(seed);
    let mut projector = town.projector(1);
    loop {
        // Asked before the heap is looked at: what rings before the stop is delivered.
        let stops = stop.load(Ordering::SeqCst);
        let rung = take(&heap, &mut random);
        if rung.is_empty() {
            if stops {
                return;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
            continue;
        }
        let left = if random.random_bool(0.1) { random.random_range(0..STEPS) } else { u16::MAX };
        let ended = Dies { inner: Box::pin(projector.handle(event(&rung))), left }.await;
        match ended {
            Some(answer) => assert_eq!(answer.unwrap().batch_item_failures, []),
            None => {
                // Lambda sends again what a function died of, until it gives up; then only the clock knows.
                projector = town.projector(1);
                if random.random_bool(0.5) {
                    heap.lock().unwrap().extend(rung);
                }
            }
        }
    }
}

/// Some doorbells from anywhere in the heap; some of them stay there, too.
fn take(heap: &Mutex<Vec<StreamId>>, random: &mut StdRng) -> Vec<StreamId> {
    let mut heap = heap.lock().unwrap();
    let mut rung = Vec::new();
    for _ in 0..random.random_range(1..6) {
        if heap.is_empty() {
            break;
        }
        let at = random.random_range(0..heap.len());
        rung.push(if random.random_bool(0.9) { heap.swap_remove(at) } else { heap[at].clone() });
    }
    rung
}

/// The doorbells as a DynamoDB stream brings them.
fn event<E: serde::de::DeserializeOwned>(rung: &[StreamId]) -> E {
    let record = |(number, stream): (usize, &StreamId)| {
        json!({
            "eventID": number.to_string(), "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "local",
            "eventSourceARN": "arn:aws:dynamodb:local:000000000000:table/ledger/stream/1",
            "dynamodb": { "Keys": { "pk": { "S": stream }, "sk": { "N": "1" } }, "SequenceNumber": number.to_string(), "SizeBytes": 12,
                "StreamViewType": "KEYS_ONLY", "ApproximateCreationDateTime": 1_700_000_000 }
        })
    };
    let records: Vec<Value> = rung.iter().enumerate().map(record).collect();
    serde_json::from_value(json!({ "Records": records })).unwrap()
}

/// Marks are of one length and end in a letter: none is part of another.
fn title(life: u32) -> String {
    format!("供水通知t{life:05}z")
}

fn text(life: u32) -> String {
    format!("供水安排b{life:05}z。")
}

/// The lives whose marks of a sort are in `page`.
fn marks(page: &str, sort: char) -> BTreeSet<u32> {
    let after = page.match_indices(sort).filter_map(|(at, _)| page.get(at + 1..at + 7)?.strip_suffix('z'));
    after.filter_map(|digits| digits.parse().ok()).collect()
}

async fn assert_only_the_public_shows(town: &Town, papers: &[Paper]) {
    let public: BTreeSet<u32> = papers.iter().filter_map(|paper| paper.public).collect();
    let gone: BTreeSet<u32> = papers.iter().filter(|paper| paper.public.is_none()).map(|paper| paper.last).collect();
    let objects = town.projector(1).worker().objects().clone();
    let mut shown: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (key, _) in objects.list("").await.unwrap() {
        let stored = objects.get(&key).await.unwrap().unwrap();
        let page = String::from_utf8_lossy(&stored.object.bytes).into_owned();
        let (titles, texts) = (marks(&page, 't'), marks(&page, 'b'));
        match stored.object.status {
            Status::Ok => {
                assert!(titles.is_subset(&public) && texts.is_subset(&public), "{key} shows {titles:?} {texts:?}");
                titles.into_iter().for_each(|life| shown.entry(life).or_default().push(key.clone()));
            }
            Status::Gone => assert!(titles.is_subset(&gone) && texts.is_empty(), "{key} shows {titles:?} {texts:?}"),
            Status::Moved(_) => {
                assert!(titles.is_subset(&public) && texts.is_empty(), "{key} shows {titles:?} {texts:?}")
            }
            Status::NotFound => assert!(titles.is_empty() && texts.is_empty(), "{key} shows {titles:?} {texts:?}"),
        }
    }
    for life in public {
        let keys = shown.get(&life).map(Vec::as_slice).unwrap_or_default();
        for ending in [".html", ".json"] {
            // Its own page, that of its part of the archive, and that of what it explains.
            assert!(keys.iter().filter(|key| key.ends_with(ending)).count() >= 3, "{life} is shown on {keys:?} only");
        }
    }
}
