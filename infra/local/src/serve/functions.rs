//! Functions, invoked with the JSON that Lambda gives them.
//!
//! In process or through `cargo lambda watch`: the bytes that go in and come out are the same, so neither side can tell.

use std::{collections::BTreeMap, fmt, future::Future, pin::Pin, sync::Arc};

use async_trait::async_trait;
use axum::Router;
use bytes::Bytes;
use lambda_http::{Context, LambdaEvent, Service, request::LambdaRequest};
use serde_json::Value;
use thiserror::Error;

/// An invocation gave no answer.
#[derive(Debug, Error)]
pub enum InvokeError {
    /// There is no function of this name.
    #[error("there is no function `{name}`")]
    Unknown {
        /// The name asked for.
        name: String,
    },
    /// The function did not take the event or failed.
    #[error("the function `{name}` failed: {reason}")]
    Failed {
        /// The function.
        name: String,
        /// What it said.
        reason: String,
    },
    /// The address given with `--lambda` does not answer.
    #[error("the function `{name}` cannot be reached at {url}: {reason}")]
    Unreachable {
        /// The function.
        name: String,
        /// Where it was looked for.
        url: String,
        /// What the client said.
        reason: String,
    },
}

/// One function: an event in, a result out, both JSON.
#[async_trait]
pub trait Function: Send + Sync {
    /// Runs the function once.
    ///
    /// # Errors
    /// The event has not the shape the function expects, or it failed.
    async fn invoke(&self, event: Bytes) -> Result<Bytes, InvokeError>;
}

/// The functions of one process, by name.
#[derive(Clone, Default)]
pub struct Functions {
    by_name: BTreeMap<&'static str, Arc<dyn Function>>,
}

impl Functions {
    /// Adds a function.
    #[must_use]
    pub fn with(mut self, name: &'static str, function: Arc<dyn Function>) -> Self {
        self.by_name.insert(name, function);
        self
    }

    /// Invokes the function called `name`.
    ///
    /// # Errors
    /// There is none of that name, or it gave no answer.
    pub async fn invoke(&self, name: &str, event: Bytes) -> Result<Bytes, InvokeError> {
        match self.by_name.get(name) {
            Some(function) => function.invoke(event).await,
            None => Err(InvokeError::Unknown { name: name.to_owned() }),
        }
    }

    /// Whether there is a function called `name`.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }
}

impl fmt::Debug for Functions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.by_name.keys()).finish()
    }
}

/// An HTTP function in process, behind the adapter that runs it on Lambda.
pub struct HttpFunction {
    name: &'static str,
    router: Router,
}

impl HttpFunction {
    /// Wraps the function's router.
    #[must_use]
    pub fn new(name: &'static str, router: Router) -> Self {
        Self { name, router }
    }
}

#[async_trait]
impl Function for HttpFunction {
    async fn invoke(&self, event: Bytes) -> Result<Bytes, InvokeError> {
        let failed =
            |error: &dyn fmt::Display| InvokeError::Failed { name: self.name.to_owned(), reason: error.to_string() };
        let request: LambdaRequest = serde_json::from_slice(&event).map_err(|error| failed(&error))?;
        let event = LambdaEvent::new(request, Context::default());
        let running = lambda_http::Adapter::from(gateway::to_the_byte(self.router.clone())).call(event);
        let answer = running.await.map_err(|error| failed(&error))?;
        serde_json::to_vec(&answer).map(Bytes::from).map_err(|error| failed(&error))
    }
}

type Handler = dyn Fn(Value) -> Pin<Box<dyn Future<Output = Result<Value, String>> + Send>> + Send + Sync;

/// A function of events (streams, schedules) in process.
pub struct EventFunction {
    name: &'static str,
    handler: Box<Handler>,
}

impl EventFunction {
    /// Wraps the function's handler.
    pub fn new<H, F>(name: &'static str, handler: H) -> Self
    where
        H: Fn(Value) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Value, String>> + Send + 'static,
    {
        Self { name, handler: Box::new(move |event| Box::pin(handler(event))) }
    }
}

#[async_trait]
impl Function for EventFunction {
    async fn invoke(&self, event: Bytes) -> Result<Bytes, InvokeError> {
        let failed = |reason: String| InvokeError::Failed { name: self.name.to_owned(), reason };
        let event = serde_json::from_slice(&event).map_err(|error| failed(error.to_string()))?;
        let answer = (self.handler)(event).await.map_err(failed)?;
        serde_json::to_vec(&answer).map(Bytes::from).map_err(|error| failed(error.to_string()))
    }
}
