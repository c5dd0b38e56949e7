//! A town with an index, and those who ask it.

use axum::body::Body;
use domain::column::Archive;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use index::{Indexer, Round, Task};
use local::cloud::faults::Faults;
use query::{QueryState, Settings};
use serde_json::Value;
use tower::ServiceExt;

use super::town::Town;

pub(crate) const NOTICES: &str = "www.zwgk.tzgg";

/// A town whose documents are searched.
pub(crate) struct World {
    pub(crate) town: Town,
    pub(crate) indexer: Indexer,
}

/// What a door of the search answered.
pub(crate) struct Asked {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Asked {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{} {}", self.status, self.text))
    }

    /// Titles of the hits, in their order.
    pub(crate) fn titles(&self) -> Vec<String> {
        let list = self.json();
        let hits = list["hits"].as_array().unwrap_or_else(|| panic!("{list}"));
        hits.iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect()
    }
}

impl World {
    pub(crate) async fn found() -> Self {
        Self::found_with(Faults::none()).await
    }

    pub(crate) async fn found_with(faults: Faults) -> Self {
        let town = Town::found_with(faults).await;
        let app = &town.app;
        let indexer = Indexer::new(&app.config, &app.clients, app.clock.clone()).unwrap();
        Self { town, indexer }
    }

    /// Publishes `name` in `column`, with this text.
    pub(crate) async fn publish(&self, name: &str, column: &str, html: &str) {
        let town = &self.town;
        town.draft(name, column, name).await.unwrap();
        town.rewrite(name, name, html).await.unwrap();
        town.review(name).await.unwrap();
        town.publish(name, Archive::Month).await.unwrap();
    }

    /// Everything that was committed is on pages.
    pub(crate) async fn project(&self) {
        self.town.settle(1).await;
    }

    /// Everything that is pending is in the index.
    pub(crate) async fn index(&self) -> Round {
        let round = self.indexer.run(Task::Tick).await.unwrap();
        assert!(!round.more, "{round:?}");
        round
    }

    pub(crate) async fn settle(&self) {
        self.project().await;
        self.index().await;
    }

    /// A request to a door of the search on `site`; whoever answers looks at the index anew.
    pub(crate) async fn get(&self, site: &str, path: &str, headers: &[(&str, &str)]) -> Asked {
        self.get_with(Settings::default(), site, path, headers).await
    }

    /// The same of a function with settings of its own.
    pub(crate) async fn get_with(&self, settings: Settings, site: &str, path: &str, headers: &[(&str, &str)]) -> Asked {
        let state = QueryState::of(&self.town.app.config, &self.town.app.clients, settings).unwrap();
        let mut request = Request::get(path).header("x-taihu-site", site);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = query::router(state).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Asked { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// What programs find.
    pub(crate) async fn find(&self, query: &str) -> Asked {
        self.get("www", &format!("/api/query/documents?{query}"), &[]).await
    }

    /// What an index answers to who asks for everything: hits and counts, without which index it was.
    pub(crate) async fn everything(&self) -> Value {
        let mut list = self.find("order=newest&limit=100").await.json();
        list.as_object_mut().unwrap().remove("index");
        list
    }

    /// The same of an index that is built from nothing.
    pub(crate) async fn built_anew(&self) -> Value {
        let round = self.indexer.run(Task::Rebuild).await.unwrap();
        assert!(round.switched && !round.more, "{round:?}");
        self.everything().await
    }
}
