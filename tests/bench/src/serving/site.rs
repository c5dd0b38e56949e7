//! The city that a running product serves: its pages and a client that asks for them.

use std::time::Duration;

use anyhow::{Context, Result};
use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt, Empty};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use local::cloud::{credentials, tables};
use xtask::product::Product;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) host: String,
    pub(super) path: String,
}

/// A served city.
pub(super) struct Site {
    port: u16,
    stores: String,
    client: Client<HttpConnector, Empty<Bytes>>,
}

impl Site {
    /// The city of `product`.
    pub(super) fn open(product: &Product) -> Result<Self> {
        let environment = std::fs::read_to_string(product.data().join("functions.env"))?;
        let stores = environment.lines().find_map(|line| line.strip_prefix("AWS_ENDPOINT_URL_S3="));
        let stores = stores.context("the product names no S3")?.trim_matches('\'').to_owned();
        Ok(Self { port: product.port(), stores, client: Client::builder(TokioExecutor::new()).build_http() })
    }

    /// Where the product listens, without a final slash.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Every object of the pages bucket, as a citizen asks for it.
    pub(super) async fn pages(&self) -> Result<Vec<Page>> {
        let keys = Credentials::new(credentials::ACCESS_KEY, credentials::SECRET_KEY, None, None, "bench");
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(credentials::REGION))
            .credentials_provider(keys)
            .endpoint_url(&self.stores)
            .force_path_style(true)
            .build();
        let s3 = aws_sdk_s3::Client::from_conf(config);
        let mut lists = s3.list_objects_v2().bucket(tables::PAGES).into_paginator().send();
        let mut pages = Vec::new();
        while let Some(list) = lists.next().await.transpose()? {
            for key in list.contents().iter().filter_map(|object| object.key()) {
                pages.push(self.page(key)?);
            }
        }
        Ok(pages)
    }

    /// `jyj/tzgg/index.html` is `/tzgg/` of the host `jyj`; assets are on every host.
    fn page(&self, key: &str) -> Result<Page> {
        let (label, path) = match key.split_once('/').context("a key without a site")? {
            ("_assets", name) => ("www", format!("/_assets/{name}")),
            (label, path) => (label, format!("/{}", path.strip_suffix("index.html").unwrap_or(path))),
        };
        Ok(Page { host: format!("{label}.localhost:{}", self.port), path })
    }

    /// One GET of a page.
    pub(super) async fn get(&self, page: &Page, headers: &[(&str, &str)]) -> Result<Response<Bytes>> {
        get(&self.client, &format!("{}{}", self.address(), page.path), &page.host, headers).await
    }

    /// One GET of any server on this machine.
    pub(super) async fn get_url(&self, url: &str) -> Result<HeaderMap> {
        Ok(get(&self.client, url, "localhost", &[]).await?.headers().clone())
    }
}

async fn get(
    client: &Client<HttpConnector, Empty<Bytes>>,
    url: &str,
    host: &str,
    headers: &[(&str, &str)],
) -> Result<Response<Bytes>> {
    let mut request = Request::get(url).header("host", host);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let asked = async {
        let (parts, body) = client.request(request.body(Empty::new())?).await?.into_parts();
        anyhow::Ok(Response::from_parts(parts, body.collect().await?.to_bytes()))
    };
    tokio::time::timeout(PATIENCE, asked).await.with_context(|| format!("{url} is not answered"))?
}
