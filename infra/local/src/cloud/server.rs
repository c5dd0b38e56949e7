//! The loopback HTTP server both endpoints stand on.

use std::{convert::Infallible, future::Future, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use bytes::Bytes;
use futures::{FutureExt, future::BoxFuture};
use http::{Request, Response};
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    body::{Body, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

use super::CloudError;

/// How long a polite shutdown waits for requests that still run.
const GRACE: Duration = Duration::from_secs(10);

pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;
pub(super) type Payload = UnsyncBoxBody<Bytes, BoxError>;
pub(super) type Sent = UnsyncBoxBody<Bytes, Hangup>;

/// What a handler makes of a request; [`Hangup`] closes the connection without a reply.
pub(super) type Reply = Result<Response<Payload>, Hangup>;

/// Answers the requests of an endpoint, wherever they come from.
pub(super) type Handler = Arc<dyn Fn(Request<Sent>) -> BoxFuture<'static, Reply> + Send + Sync>;

/// The connection ends here, as if the network had failed.
#[derive(Debug, thiserror::Error)]
#[error("the connection was closed on purpose by the fault layer")]
pub(super) struct Hangup;

/// The body of a request, however it came; one that breaks off is a [`Hangup`].
pub(super) fn sent<B>(body: B) -> Sent
where
    B: Body<Data = Bytes> + Send + 'static,
{
    body.map_err(|_cut_off| Hangup).boxed_unsync()
}

/// A body of known bytes.
pub(super) fn whole(bytes: impl Into<Bytes>) -> Payload {
    Full::new(bytes.into()).map_err(|never: Infallible| match never {}).boxed_unsync()
}

/// An endpoint that is being served; it stops when this value is dropped.
pub struct Running {
    /// The address listened on, with the port that was really taken.
    pub addr: SocketAddr,
    pub(super) handler: Handler,
    stop: watch::Sender<()>,
    accepting: JoinHandle<()>,
}

impl Running {
    /// The endpoint's address as a URL, without a final slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Stops accepting, lets running requests finish, then returns.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(());
        // Past the grace the drop below cuts what is left.
        let _late = tokio::time::timeout(GRACE, &mut self.accepting).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Listens on `addr` and answers every request with `handle`.
///
/// # Errors
/// [`CloudError::Listen`] when the address cannot be taken.
pub(super) async fn serve<H, F>(addr: SocketAddr, handle: H) -> Result<Running, CloudError>
where
    H: Fn(Request<Sent>) -> F + Send + Sync + 'static,
    F: Future<Output = Reply> + Send + 'static,
{
    let refused = |source| CloudError::Listen { address: addr, source };
    let listener = TcpListener::bind(addr).await.map_err(refused)?;
    let addr = listener.local_addr().map_err(refused)?;
    let (stop, stopped) = watch::channel(());
    let handler: Handler = Arc::new(move |request| handle(request).boxed());
    let accepting = tokio::spawn(accept(listener, stopped, Arc::clone(&handler)));
    Ok(Running { addr, handler, stop, accepting })
}

async fn accept(listener: TcpListener, mut stopped: watch::Receiver<()>, handler: Handler) {
    // Aborting this task drops the set, and with it every connection.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            _ = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _peer)) => {
                    connections.spawn(converse(stream, stopped.clone(), Arc::clone(&handler)));
                }
                Err(error) => {
                    // Out of file descriptors, most likely: wait instead of spinning.
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn converse(stream: TcpStream, mut stopped: watch::Receiver<()>, handler: Handler) {
    // Without this, small replies wait for the peer's delayed acknowledgement.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot set TCP_NODELAY");
    }
    let service = service_fn(move |request: Request<Incoming>| handler(request.map(sent)));
    let mut connection = pin!(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "connection ended early");
    }
}
