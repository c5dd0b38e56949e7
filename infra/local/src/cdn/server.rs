//! The CDN's listener: loopback by default, no delay, a polite end.

use std::{io, net::SocketAddr, sync::Arc};

use axum::{Router, serve::ListenerExt};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use super::service::{self, Cdn};

/// A CDN that is listening; it stops when told to.
#[derive(Debug)]
pub struct Listening {
    /// The address taken, with its real port.
    pub address: SocketAddr,
    stop: watch::Sender<()>,
    serving: JoinHandle<io::Result<()>>,
}

impl Listening {
    /// Stops accepting and waits for answers under way.
    pub async fn stop(self) {
        self.stop.send_replace(());
        match self.serving.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the CDN ended with an error"),
            Err(error) => tracing::warn!(%error, "the CDN ended early"),
        }
    }
}

/// Serves `cdn` on `listener` until stopped.
///
/// # Errors
/// The listener has no address.
pub fn serve(cdn: Arc<Cdn>, listener: TcpListener) -> io::Result<Listening> {
    let address = listener.local_addr()?;
    let (stop, mut stopped) = watch::channel(());
    let app = Router::new().fallback(service::answer).with_state(cdn);
    // Small answers must not wait for the peer's delayed acknowledgement.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "cannot set TCP_NODELAY");
        }
    });
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let ended = async move {
        // A closed channel means the same as a word on it.
        let _closed = stopped.changed().await;
    };
    let serving = tokio::spawn(async move { axum::serve(listener, service).with_graceful_shutdown(ended).await });
    Ok(Listening { address, stop, serving })
}
