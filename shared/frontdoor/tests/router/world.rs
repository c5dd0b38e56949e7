//! A site, a reception in memory, and a browser that fills in what it is shown.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use axum::{Router, body::Body};
use domain::file::FileKind;
use frontdoor::{
    Act, ActAnswer, ActQuestion, Deed, FrameError, FrameSource, Frontdoor, Key, Keys, Parts, Personal, Receipt,
    Reception, ReceptionProblem, Standing, Submission, Visit,
};
use gateway::{City, Randomness, Scheme, Secret};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use ledger::Clock;
use pages::{
    Frame, Provenance,
    front::{Happening, NextNote, StatusPage},
};
use tower::ServiceExt;

mod counter;
mod shelf;

pub(crate) use counter::Counter;
pub(crate) use shelf::Shelf;

/// The code of every case of this reception.
pub(crate) const CODE: &str = "K7QM4T2XWPNA9RDC";

/// What the page of every case of it shows.
pub(crate) const SEEN: u32 = 7;

/// What this reception received, and what it was told to do instead.
#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) received: Mutex<Vec<(Submission, Visit)>>,
    pub(crate) problem: Mutex<Option<ReceptionProblem>>,
    /// Calls of each kind.
    pub(crate) opened: AtomicU64,
    /// What citizens did to their cases, each once.
    pub(crate) done: Mutex<Vec<Deed>>,
}

/// What citizens may do to a case of this reception.
pub(crate) const ACTS: [Act; 2] = [
    Act {
        name: "complete",
        title: "提交补充",
        lead: "补充后继续办理。",
        asks: &[
            ActQuestion {
                name: "text",
                label: "补充的内容",
                help: "请逐项说明。",
                required: true,
                answer: ActAnswer::Text(20),
            },
            ActQuestion {
                name: "files",
                label: "补充的材料",
                help: "没有的不用添加。",
                required: false,
                answer: ActAnswer::Files(2, &[FileKind::Png]),
            },
        ],
        done: "已收到您的补充。",
    },
    Act { name: "withdraw", title: "撤回", lead: "撤回后不再办理。", asks: &[], done: "已撤回。" },
];

impl Desk {
    fn receipt(number: usize) -> Receipt {
        let next = NextNote {
            text: "网站主办单位核实并答复。".to_owned(), due: Some("2026-12-03".parse().unwrap())
        };
        Receipt { number: format!("WZ20261130-{number:04}"), code: Personal::new(CODE), next: vec![next] }
    }
}

#[async_trait]
impl Reception for Desk {
    fn capability(&self) -> &str {
        "letter"
    }

    fn forms(&self) -> &[&str] {
        &["correction"]
    }

    async fn recall(&self, submission: &Submission) -> Result<Option<Receipt>, ReceptionProblem> {
        let received = self.received.lock().unwrap();
        match received.iter().position(|(known, _)| known.key == submission.key) {
            None => Ok(None),
            Some(place) if received.get(place).is_some_and(|(known, _)| known == submission) => {
                Ok(Some(Self::receipt(place + 1)))
            }
            Some(_) => Err(ReceptionProblem::OtherText),
        }
    }

    async fn receive(&self, submission: &Submission, visit: &Visit) -> Result<Receipt, ReceptionProblem> {
        if let Some(problem) = self.problem.lock().unwrap().clone() {
            return Err(problem);
        }
        let mut received = self.received.lock().unwrap();
        received.push((submission.clone(), visit.clone()));
        Ok(Self::receipt(received.len()))
    }

    async fn open(&self, number: &str, code: &Personal, now: Timestamp) -> Result<Option<Standing>, ReceptionProblem> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        Ok(self.is_of(number, code).then(|| standing(number, now)))
    }

    fn acts(&self) -> &'static [Act] {
        &ACTS
    }

    async fn act(&self, deed: &Deed, now: Timestamp) -> Result<Option<Standing>, ReceptionProblem> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        if !self.is_of(&deed.number, &deed.code) {
            return Ok(None);
        }
        if let Some(problem) = self.problem.lock().unwrap().clone() {
            return Err(problem);
        }
        let mut done = self.done.lock().unwrap();
        match done.iter().find(|known| known.key == deed.key) {
            Some(known) if known != deed => return Err(ReceptionProblem::OtherText),
            Some(_) => {}
            None => done.push(deed.clone()),
        }
        Ok(Some(standing(&deed.number, now)))
    }

    async fn did(&self, deed: &Deed) -> Result<Option<bool>, ReceptionProblem> {
        let is_done = self.done.lock().unwrap().iter().any(|known| known.key == deed.key);
        Ok(self.is_of(&deed.number, &deed.code).then_some(is_done))
    }
}

impl Desk {
    fn is_of(&self, number: &str, code: &Personal) -> bool {
        let known = self.received.lock().unwrap().len();
        (1..=known).any(|place| Self::receipt(place).number == number) && code.expose() == CODE
    }
}

fn standing(number: &str, now: Timestamp) -> Standing {
    let page = StatusPage {
        number: number.to_owned(),
        title: "我为政府网站找错".to_owned(),
        state: "办理中".to_owned(),
        holder: Some("澄湖市教育局".to_owned()),
        countdown: None,
        asked: Vec::new(),
        answer: Vec::new(),
        files: Vec::new(),
        happenings: vec![Happening { at: now, title: "已收到".to_owned(), by: None, text: None, link: None }],
    };
    Standing { page, acts: vec!["complete", "withdraw"], seen: SEEN }
}

/// Frames of two sites.
struct Sites;

#[async_trait]
impl FrameSource for Sites {
    async fn frame(&self, site: &str) -> Result<Option<Frame>, FrameError> {
        match site {
            "broken" => Err(FrameError("told to fail".to_owned())),
            "www" | "jyj" => Ok(Some(frame(site))),
            _ => Ok(None),
        }
    }
}

pub(crate) fn frame(site: &str) -> Frame {
    Frame {
        scheme_host: format!("https://{site}.cheng.example"),
        label: site.to_owned(),
        name: "澄湖市人民政府".to_owned(),
        identification_code: "3299000001".to_owned(),
        language: "zh-Hans".to_owned(),
        domain: None,
        theme: None,
        notice: None,
        banners: Vec::new(),
        sponsor: "澄湖市人民政府办公室".to_owned(),
        contact: "电话 0519-8100 0001".to_owned(),
        icp: "苏ICP备20260001号".to_owned(),
        police: None,
        portal_host: "https://www.cheng.example".to_owned(),
        site_map: "/map.html".to_owned(),
        nav: Vec::new(),
        path: String::new(),
        data: None,
        breadcrumb: Vec::new(),
        provenance: Provenance { stream: format!("site:{site}"), version: 7, digest: "d".repeat(32), generation: 3 },
    }
}

/// A clock that a test sets.
#[derive(Debug)]
pub(crate) struct Dial(Mutex<Timestamp>);

impl Dial {
    pub(crate) fn advance(&self, by: SignedDuration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for Dial {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Other bytes each time, the same in every run.
#[derive(Default)]
struct Sequence(AtomicU8);

impl Randomness for Sequence {
    fn bytes(&self) -> [u8; 32] {
        [self.0.fetch_add(1, Ordering::SeqCst); 32]
    }
}

/// A page that came back.
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

/// The front door and who knocks at it.
pub(crate) struct World {
    pub(crate) desk: Arc<Desk>,
    pub(crate) counter: Arc<Counter>,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) clock: Arc<Dial>,
    pub(crate) router: Router,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with_tries(5)
    }

    /// A front door that grants as many tries of each kind.
    pub(crate) fn with_tries(most: i64) -> Self {
        Self::at("cheng.example", most)
    }

    /// The same, of a city elsewhere; on one machine it has no certificate.
    pub(crate) fn at(domain: &str, most: i64) -> Self {
        let desk = Arc::new(Desk::default());
        let counter = Arc::new(Counter::of(most));
        let clock = Arc::new(Dial(Mutex::new("2026-11-30T01:00:00Z".parse().unwrap())));
        let shelf = Arc::new(Shelf::default());
        let scheme = if domain.starts_with("localhost") { Scheme::Http } else { Scheme::Https };
        let front = Frontdoor::new(Parts {
            reception: desk.clone(),
            frames: Arc::new(Sites),
            limiter: counter.clone(),
            quarantine: shelf.clone(),
            keys: Keys::new(Key::new("k1", vec![7; 32]).unwrap(), Vec::new()),
            address_key: Key::new("a1", vec![9; 32]).unwrap(),
            city: City { domain: domain.to_owned(), scheme, portal: "www".to_owned() },
            clock: clock.clone(),
            randomness: Arc::new(Sequence::default()),
            origin_secret: Some(Secret::new("origin")),
        });
        Self { desk, counter, shelf, clock, router: frontdoor::router(front) }
    }

    pub(crate) async fn send(&self, request: http::request::Builder, body: impl Into<Body>) -> Got {
        let request = request.body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Got { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    pub(crate) async fn get(&self, path: &str) -> Got {
        self.send(request("GET", path, "www"), Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = request("POST", path, "www").header("content-type", "application/x-www-form-urlencoded");
        self.send(request.header("origin", "https://www.cheng.example"), body).await
    }

    /// Sends the form of a page with these fields over what stands in it.
    pub(crate) async fn answer(&self, page: &Got, fields: &[(&str, &str)]) -> Got {
        let mut all: BTreeMap<String, String> = page.hidden();
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let fields: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(FORM, &fields).await
    }

    /// As [`answer`](Self::answer), with every field of that name that stands in the page.
    pub(crate) async fn answer_all(&self, page: &Got, fields: &[(&str, &str)]) -> Got {
        let mut all = page.all_hidden();
        all.retain(|(known, _)| fields.iter().all(|(name, _)| known != name));
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let fields: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(FORM, &fields).await
    }

    /// Goes through the whole form, to the page with all answers.
    pub(crate) async fn to_the_check(&self) -> Got {
        let page = self.get("/form/letter/correction?page=/zwgk/a.html").await;
        let page = self.answer(&page, &[("page", "/zwgk/a.html"), ("mistake", "typo"), ("_go", "next")]).await;
        let page = self.answer(&page, &[("text-place", "“公开”写成“公升”"), ("_go", "next")]).await;
        let page = self.answer(&page, &[("_go", "next")]).await;
        self.answer(&page, &[("name", "王明"), ("phone", "13800138000"), ("_go", "next")]).await
    }
}

pub(crate) const FORM: &str = "/form/letter/correction";

pub(crate) fn request(method: &str, path: &str, site: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("x-taihu-site", site)
        .header("x-taihu-origin", "origin")
        .header("x-taihu-address", "192.0.2.7")
}

impl Got {
    /// What travels unseen in its form.
    pub(crate) fn hidden(&self) -> BTreeMap<String, String> {
        self.all_hidden().into_iter().collect()
    }

    /// The same, of each name all.
    pub(crate) fn all_hidden(&self) -> Vec<(String, String)> {
        let fields = self.text.split("<input type=\"hidden\" name=\"").skip(1);
        fields
            .map(|rest| {
                let (name, rest) = rest.split_once("\" value=\"").unwrap();
                (name.to_owned(), unescaped(rest.split_once("\">").unwrap().0))
            })
            .collect()
    }

    /// Content of `<title>`.
    pub(crate) fn title(&self) -> &str {
        self.text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap()
    }

    /// Codes of what is wrong.
    pub(crate) fn codes(&self) -> Vec<&str> {
        self.text.split("data-code=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
    }

    /// What the script would work on.
    pub(crate) fn challenge(&self) -> String {
        unescaped(self.text.split("data-challenge=\"").nth(1).unwrap().split('"').next().unwrap())
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
