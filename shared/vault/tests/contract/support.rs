//! Tables, roots, cases and a wire that fails on demand.

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use aws_sdk_dynamodb::{
    Client,
    config::{
        BehaviorVersion, ConfigBag, Credentials, Intercept, Region, RuntimeComponents,
        interceptors::BeforeTransmitInterceptorContextMut, retry::RetryConfig,
    },
    types::{AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType},
};
use domain::{
    ActorId, CommitId, Context, DepartmentCode, DocumentId, FieldName, Sealed, StreamId,
    document::{Document, DocumentEvent},
    reading::{Reading, Readings},
};
use ledger::{Command, Ledger, LedgerConfig, Receipt, SystemClock};
use vault::{
    Identity, KeyFile, NewCase, Opening, Parties, PersonMark, Root, Submission, SubmitError, Vault, VaultConfig,
};

pub(crate) type Item = HashMap<String, AttributeValue>;

/// Refuses the requests it was told to, before they reach the store.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wire(Arc<Mutex<WireState>>);

#[derive(Debug, Default)]
struct WireState {
    counts: BTreeMap<String, u64>,
    refused: Vec<(&'static str, u64)>,
}

impl Wire {
    /// The `nth` request of `operation` from now on fails.
    pub(crate) fn refuse(&self, operation: &'static str, nth: u64) {
        let mut state = self.0.lock().unwrap();
        let so_far = state.counts.get(operation).copied().unwrap_or(0);
        state.refused.push((operation, so_far + nth));
    }

    pub(crate) fn reset(&self) {
        *self.0.lock().unwrap() = WireState::default();
    }

    pub(crate) fn counts(&self) -> Vec<(String, u64)> {
        self.0.lock().unwrap().counts.clone().into_iter().collect()
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
        _: &mut ConfigBag,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let target = context.request().headers().get("x-amz-target").unwrap_or_default().to_owned();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let mut state = self.0.lock().unwrap();
        let count = state.counts.entry(operation.clone()).or_default();
        *count += 1;
        let nth = *count;
        if state.refused.iter().any(|(named, at)| *named == operation && *at == nth) {
            context.request_mut().headers_mut().insert("x-amz-target", "DynamoDB_20120810.Nothing");
        }
        Ok(())
    }
}

/// A vault, what it lies in, and its wire.
pub(crate) struct Bench {
    pub(crate) vault: Vault,
    pub(crate) ledger: Ledger,
    pub(crate) dynamo: Client,
    pub(crate) wire: Wire,
    pub(crate) key_file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Bench {
    /// With a key file of its own.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key_file = folder.path().join("vault.json");
        KeyFile::create(&key_file).unwrap();
        let root = Root::file(&key_file).unwrap();
        Self::with(root, folder, key_file).await
    }

    pub(crate) async fn on(root: Root) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key_file = folder.path().join("none");
        Self::with(root, folder, key_file).await
    }

    async fn with(root: Root, folder: tempfile::TempDir, key_file: PathBuf) -> Self {
        let wire = Wire::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(dynoxide::server::serve_on(listener, dynoxide::Database::memory().unwrap()));
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .retry_config(RetryConfig::standard().with_max_attempts(1).with_initial_backoff(Duration::from_millis(1)))
            .interceptor(wire.clone())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "local"))
            .endpoint_url(endpoint)
            .build();
        let dynamo = Client::from_conf(config);
        create(&dynamo, "ledger", Some(ScalarAttributeType::N)).await;
        create(&dynamo, "guards", Some(ScalarAttributeType::S)).await;
        create(&dynamo, "keys", None).await;
        create(&dynamo, "vault", Some(ScalarAttributeType::S)).await;
        let s3 = aws_sdk_s3::Client::from_conf(
            aws_sdk_s3::Config::builder()
                .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
                .region(Region::new("us-east-1"))
                .build(),
        );
        let tables = LedgerConfig {
            ledger_table: "ledger".to_owned(),
            guards_table: "guards".to_owned(),
            bodies_bucket: "bodies".to_owned(),
        };
        let ledger = Ledger::new(dynamo.clone(), s3, tables, Arc::new(SystemClock));
        let vault = vault(&ledger, &dynamo, root);
        wire.reset();
        Self { vault, ledger, dynamo, wire, key_file, _folder: folder }
    }

    /// Another process on the same tables, which has nothing in its memory yet.
    pub(crate) fn another(&self) -> Vault {
        vault(&self.ledger, &self.dynamo, Root::file(&self.key_file).unwrap())
    }

    /// Begins a case whose first event carries `text`, sealed.
    pub(crate) async fn begin(
        &self,
        command: &Command,
        parties: &Parties,
        text: &str,
    ) -> Result<Receipt, SubmitError<&'static str>> {
        begin(&self.vault, command, parties, text).await
    }

    /// A case held by `department`, with an identity and two things it is found by.
    pub(crate) async fn case(&self, department: &str, text: &str) -> StreamId {
        let command = command();
        let parties = self.parties(&[department], "王小明", "13812345678").await;
        self.begin(&command, &parties, text).await.unwrap();
        command.stream
    }

    pub(crate) async fn parties(&self, departments: &[&str], name: &str, phone: &str) -> Parties {
        let found_by = vec![
            self.mark(phone).await,
            self.vault.mark(&vault::FoundBy::id_number("32020019900101123X").unwrap()).await.unwrap(),
        ];
        Parties {
            departments: departments.iter().map(|code| code.parse().unwrap()).collect(),
            identity: Some(Identity::new().with("name", name).with("phone", phone)),
            found_by,
        }
    }

    pub(crate) async fn mark(&self, phone: &str) -> PersonMark {
        self.vault.mark(&vault::FoundBy::phone(phone).unwrap()).await.unwrap()
    }

    /// The text that stands, sealed, in the first event of a case.
    pub(crate) async fn sealed(&self, case: &StreamId) -> Sealed {
        let (document, _, _) = self.ledger.read::<Document>(case).await.unwrap();
        let commits = self.ledger.load(case).await.unwrap();
        let value = commits[0].events[0].data.value().unwrap();
        let _folds = document;
        Sealed::try_from(value["reason"].as_str().unwrap().to_owned()).unwrap()
    }

    pub(crate) async fn readings(&self, case: &StreamId) -> Vec<Reading> {
        self.ledger.read::<Readings>(&StreamId::reading(case)).await.unwrap().0.readings
    }

    /// Every item of a table.
    pub(crate) async fn items(&self, table: &str) -> Vec<Item> {
        self.dynamo.scan().table_name(table).consistent_read(true).send().await.unwrap().items.unwrap_or_default()
    }

    pub(crate) async fn rows_of(&self, case: &StreamId) -> usize {
        let names = |item: &Item| item.values().any(|value| value.as_s().is_ok_and(|text| text == case.as_str()));
        self.items("vault").await.iter().filter(|item| names(item)).count()
    }

    pub(crate) async fn keys_of(&self, case: &StreamId) -> Option<Item> {
        let keys = self.items("keys").await;
        keys.into_iter().find(|item| item["pk"].as_s().unwrap() == case.as_str())
    }
}

fn vault(ledger: &Ledger, dynamo: &Client, root: Root) -> Vault {
    let config = VaultConfig { keys_table: "keys".to_owned(), vault_table: "vault".to_owned() };
    Vault::new(ledger.clone(), dynamo.clone(), config, root)
}

pub(crate) async fn begin(
    vault: &Vault,
    command: &Command,
    parties: &Parties,
    text: &str,
) -> Result<Receipt, SubmitError<&'static str>> {
    let submission = Submission { command, parties, body: text.as_bytes() };
    vault
        .submit(&submission, |new: &NewCase, state: &Document, _: &Context| {
            if *state != Document::default() {
                return Err("begun already");
            }
            let sealed = new.key.seal(&field("text"), text).map_err(|_| "too long")?;
            Ok(vec![DocumentEvent::DocumentWithdrawn { reason: String::from(sealed).try_into().unwrap() }])
        })
        .await
}

async fn create(client: &Client, table: &str, sort: Option<ScalarAttributeType>) {
    let attribute =
        |name: &str, kind| AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build().unwrap();
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().unwrap();
    let mut request = client
        .create_table()
        .table_name(table)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(attribute("pk", ScalarAttributeType::S))
        .key_schema(key("pk", KeyType::Hash));
    if let Some(sort) = sort {
        request = request.attribute_definitions(attribute("sk", sort)).key_schema(key("sk", KeyType::Range));
    }
    request.send().await.unwrap();
}

/// The request that begins a case, which derives its stream from the request.
pub(crate) fn command() -> Command {
    let actor: ActorId = "citizen:form".parse().unwrap();
    let id = CommitId::derive(&actor, "submit", "new", 0, &rand::random::<u128>().to_string());
    Command {
        stream: DocumentId::derive(&id).stream(),
        id,
        actor,
        fingerprint: None,
        expected: None,
        holds: Vec::new(),
        started: Instant::now(),
    }
}

/// The same request, sent once more.
pub(crate) fn resent(command: &Command) -> Command {
    Command { started: Instant::now(), ..command.clone() }
}

pub(crate) fn field(name: &str) -> FieldName {
    name.parse().unwrap()
}

pub(crate) fn department(code: &str) -> DepartmentCode {
    code.parse().unwrap()
}

/// An opening by a clerk of a department.
pub(crate) fn opening(case: &StreamId, by: &str) -> Opening {
    Opening::staff(case, "clerk".parse().unwrap(), Some(department(by)), "办理来信".to_owned().try_into().unwrap())
}
