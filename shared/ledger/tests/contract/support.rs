//! Tables, clocks, streams and a wire that fails on demand.

use std::{
    collections::BTreeMap,
    env,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use aws_sdk_dynamodb::{
    Client, Config,
    config::{
        BehaviorVersion, ConfigBag, Credentials, Intercept, Region, RuntimeComponents,
        interceptors::{BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextMut},
        retry::RetryConfig,
    },
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
        ScalarAttributeType,
    },
};
use aws_smithy_types::{
    body::SdkBody,
    config_bag::{Storable, StoreReplace},
};
use domain::{
    CommitId, DocumentId, StreamId,
    document::{Content, Document, DocumentEvent},
};
use jiff::Timestamp;
use ledger::{Clock, Command, ExecuteError, Ledger, LedgerConfig, Receipt};

pub(crate) type Executed<R = &'static str> = Result<Receipt, ExecuteError<R>>;

/// Half past one on a Monday in November, UTC.
pub(crate) const NOON: &str = "2026-11-23T01:30:00Z";

/// A clock that a test sets.
#[derive(Debug)]
pub(crate) struct Dial(AtomicI64);

impl Dial {
    pub(crate) fn set(&self, instant: &str) {
        self.0.store(instant.parse::<Timestamp>().unwrap().as_millisecond(), Ordering::SeqCst);
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for Dial {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// How a request goes wrong on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Applied, and the reply is lost.
    Lost,
    /// Not applied: the table is throttled.
    Throttled,
}

/// Counts every try of every operation and spoils those it was told to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wire {
    state: Arc<Mutex<WireState>>,
}

#[derive(Debug, Default)]
struct WireState {
    counts: BTreeMap<String, u64>,
    script: Vec<(&'static str, u64, Fault)>,
}

/// What the reply to the try under way shall become.
#[derive(Debug, Clone, Copy)]
struct Due(Option<Fault>);

impl Storable for Due {
    type Storer = StoreReplace<Self>;
}

impl Wire {
    /// The `nth` try of `operation` from now on goes wrong.
    pub(crate) fn spoil(&self, operation: &'static str, nth: u64, fault: Fault) {
        let mut state = self.state.lock().unwrap();
        let so_far = state.counts.get(operation).copied().unwrap_or(0);
        state.script.push((operation, so_far + nth, fault));
    }

    pub(crate) fn reset(&self) {
        *self.state.lock().unwrap() = WireState::default();
    }

    /// Tries by operation since the last reset.
    pub(crate) fn counts(&self) -> Vec<(String, u64)> {
        self.state.lock().unwrap().counts.clone().into_iter().collect()
    }
}

impl Intercept for Wire {
    fn name(&self) -> &'static str {
        "wire"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let target = context.request().headers().get("x-amz-target").unwrap_or_default().to_owned();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let mut state = self.state.lock().unwrap();
        let count = state.counts.entry(operation.clone()).or_default();
        *count += 1;
        let nth = *count;
        let due =
            state.script.iter().find(|(named, at, _)| *named == operation && *at == nth).map(|(_, _, fault)| *fault);
        bag.interceptor_state().store_put(Due(due));
        if due == Some(Fault::Throttled) {
            context.request_mut().headers_mut().insert("x-amz-target", "DynamoDB_20120810.Nothing");
        }
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let (status, body) = match bag.load::<Due>() {
            None | Some(Due(None)) => return Ok(()),
            Some(Due(Some(Fault::Lost))) => (502_u16, String::new()),
            Some(Due(Some(Fault::Throttled))) => (
                400,
                r#"{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"spoilt"}"#
                    .to_owned(),
            ),
        };
        let response = context.response_mut();
        *response.status_mut() = status.try_into()?;
        response.headers_mut().remove("x-amz-crc32");
        response.headers_mut().insert("content-length", body.len().to_string());
        *response.body_mut() = SdkBody::from(body);
        Ok(())
    }
}

/// A ledger, its clock and its wire.
pub(crate) struct Bench {
    pub(crate) ledger: Ledger,
    pub(crate) dynamo: Client,
    pub(crate) config: LedgerConfig,
    pub(crate) clock: Arc<Dial>,
    pub(crate) wire: Wire,
}

impl Bench {
    /// With the SDK's retries off: every fault reaches the ledger.
    pub(crate) async fn new() -> Self {
        Self::with_attempts(1).await
    }

    pub(crate) async fn with_attempts(attempts: u32) -> Self {
        let wire = Wire::default();
        let retries =
            RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(Duration::from_millis(1));
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .retry_config(retries)
            .interceptor(wire.clone());
        let (dynamo, tables) = match env::var("TAIHU_TEST_DYNAMODB_ENDPOINT") {
            Ok(endpoint) => real(config, &endpoint),
            Err(_) => emulated(config).await,
        };
        let clock = Arc::new(Dial(AtomicI64::new(0)));
        clock.set(NOON);
        let s3 = aws_sdk_s3::Client::from_conf(
            aws_sdk_s3::Config::builder()
                .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
                .region(Region::new("us-east-1"))
                .build(),
        );
        let ledger = Ledger::new(dynamo.clone(), s3, tables.clone(), clock.clone());
        wire.reset();
        Self { ledger, dynamo, config: tables, clock, wire }
    }

    /// Appends one event under a key of its own.
    pub(crate) async fn append(&self, stream: &StreamId, event: DocumentEvent) -> Receipt {
        self.ledger.execute(&command(stream), decides(vec![event])).await.unwrap()
    }

    pub(crate) async fn version(&self, stream: &StreamId) -> u64 {
        self.ledger.load(stream).await.unwrap().len() as u64
    }
}

fn real(config: aws_sdk_dynamodb::config::Builder, endpoint: &str) -> (Client, LedgerConfig) {
    let var = |name: &str| env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let session = env::var("AWS_SESSION_TOKEN").ok();
    let keys = Credentials::new(var("AWS_ACCESS_KEY_ID"), var("AWS_SECRET_ACCESS_KEY"), session, None, "environment");
    let mut config = config.region(Region::new(var("AWS_REGION"))).credentials_provider(keys);
    if endpoint != "aws" {
        config = config.endpoint_url(endpoint);
    }
    let tables = LedgerConfig {
        ledger_table: var("TAIHU_TEST_LEDGER_TABLE"),
        guards_table: var("TAIHU_TEST_GUARDS_TABLE"),
        bodies_bucket: "unused".to_owned(),
    };
    (Client::from_conf(config.build()), tables)
}

async fn emulated(config: aws_sdk_dynamodb::config::Builder) -> (Client, LedgerConfig) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(dynoxide::server::serve_on(listener, dynoxide::Database::memory().unwrap()));
    let config: Config = config
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .endpoint_url(endpoint)
        .build();
    let client = Client::from_conf(config);
    create(&client, "ledger", ScalarAttributeType::N, true).await;
    create(&client, "guards", ScalarAttributeType::S, false).await;
    let tables = LedgerConfig {
        ledger_table: "ledger".to_owned(),
        guards_table: "guards".to_owned(),
        bodies_bucket: "bodies".to_owned(),
    };
    (client, tables)
}

async fn create(client: &Client, table: &str, sort: ScalarAttributeType, by_day: bool) {
    let attribute =
        |name: &str, kind| AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().unwrap();
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
    let mut request = client
        .create_table()
        .table_name(table)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(attribute("pk", ScalarAttributeType::S))
        .attribute_definitions(attribute("sk", sort))
        .key_schema(key("pk", KeyType::Hash))
        .key_schema(key("sk", KeyType::Range));
    if by_day {
        let index = GlobalSecondaryIndex::builder()
            .index_name("by_day")
            .key_schema(key("day", KeyType::Hash))
            .key_schema(key("pk", KeyType::Range))
            .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build())
            .build()
            .unwrap();
        request =
            request.attribute_definitions(attribute("day", ScalarAttributeType::S)).global_secondary_indexes(index);
    }
    request.send().await.unwrap();
}

/// 128 random bits as an id: real tables keep what earlier runs wrote.
pub(crate) fn fresh_id() -> CommitId {
    CommitId::derive(&"test".parse().unwrap(), "test", "new", 0, &rand::random::<u128>().to_string())
}

pub(crate) fn fresh_stream() -> StreamId {
    DocumentId::derive(&fresh_id()).stream()
}

/// A path that no other test claims.
pub(crate) fn fresh_path() -> String {
    format!("/xw/2026/11/23/{}.html", fresh_id())
}

pub(crate) fn command(stream: &StreamId) -> Command {
    Command {
        stream: stream.clone(),
        id: fresh_id(),
        actor: "editor".parse().unwrap(),
        fingerprint: Some("f1".to_owned()),
        expected: None,
        holds: Vec::new(),
        started: Instant::now(),
    }
}

/// The same request, sent once more.
pub(crate) fn resent(command: &Command) -> Command {
    Command { started: Instant::now(), ..command.clone() }
}

pub(crate) type Decided = Result<Vec<DocumentEvent>, &'static str>;

/// Always the same events.
pub(crate) fn decides(events: Vec<DocumentEvent>) -> impl FnMut(&Document, &domain::Context) -> Decided {
    move |_, _| Ok(events.clone())
}

/// Always no.
pub(crate) fn refuses(_: &Document, _: &domain::Context) -> Decided {
    Err("no")
}

/// An event that claims nothing.
pub(crate) fn remark(text: &str) -> DocumentEvent {
    DocumentEvent::DocumentWithdrawn { reason: text.to_owned().try_into().unwrap() }
}

/// An event that claims `path` on the site `www`.
pub(crate) fn moved_to(path: &str) -> DocumentEvent {
    DocumentEvent::DocumentMoved {
        column: "www.xw".parse().unwrap(),
        archive: domain::column::Archive::Month,
        path: Some(path.parse().unwrap()),
    }
}

/// An event of about `kilobytes` KB.
pub(crate) fn large(kilobytes: usize) -> DocumentEvent {
    let content: Content = serde_json::from_value(serde_json::json!({
        "title": "题", "body": "0".repeat(64), "summary": "", "source": "",
        "keywords": vec!["关键词关键词关键词关键词关键词关键词"; kilobytes * 18],
    }))
    .unwrap();
    DocumentEvent::DraftRevised { revision: content.revision(), content, removed: Vec::new() }
}
