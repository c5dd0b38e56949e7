//! A machine with its door open: started, and stopped politely.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use serde_json::json;
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
    task::JoinHandle,
};

use super::{
    control::{self, Control, Run},
    door, doorbell,
    error::ServeError,
    forgetting, indexing,
    machine::{Machine, Streams},
    options::{Beginning, Options},
    schedule,
    served::Served,
    staff,
    task::{self, Workers},
};
use crate::{cdn::server::Listening, city::fill::is_sample, cloud::dynamo};

/// How long a polite stop waits for answers and doorbells under way.
const GRACE: Duration = Duration::from_secs(5);

/// A machine with its door open.
pub struct Running {
    /// Its parts.
    pub machine: Machine,
    /// Whether the sample city is to be filled in, or filled further.
    pub wants_sample: bool,
    listening: Listening,
    control: Control,
    stop: watch::Sender<bool>,
    delivery: [JoinHandle<()>; 2],
    schedule: JoinHandle<()>,
    indexing: JoinHandle<()>,
    wiping: JoinHandle<()>,
    forgetting: JoinHandle<()>,
}

impl Running {
    /// Takes the address, starts the stores, opens the door.
    ///
    /// # Errors
    /// The address is taken, or the folder is served already or cannot be used.
    pub async fn start(options: &Options) -> Result<Self, ServeError> {
        let fresh = is_fresh(&options.data);
        let wanted = SocketAddr::new(options.addr, options.port);
        let refused = |source| ServeError::Listen { address: wanted, source };
        // The folder first: who starts a city twice should hear of the city, not of its port.
        let listener = match TcpListener::bind(wanted).await {
            Ok(listener) => listener,
            Err(error) => {
                if options.data.exists() {
                    crate::cloud::Tenancy::take(&options.data)?;
                }
                return Err(refused(error));
            }
        };
        let door = listener.local_addr().map_err(refused)?;
        let (machine, Streams { projections, reactions }) = Machine::start(options, door).await?;
        Served { door }.remember(&options.data)?;
        // Before anybody can knock: the tokens of the welcome are good at once.
        staff::found(&machine).await?;
        door::write_environment(&machine, &options.data)?;
        let provider = door::provider(&machine)?;
        let functions = door::functions(&machine, options.lambda.as_ref(), &provider)?;
        let (projected, reacted) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let delivery = [
            tokio::spawn(doorbell::deliver(projections, functions.clone(), "project", Arc::clone(&projected))),
            tokio::spawn(doorbell::deliver(reactions, functions.clone(), "react", reacted)),
        ];
        let listening = door::open(&machine, functions.clone(), provider, listener)?;
        let (stop, stopped) = watch::channel(false);
        let wants_sample = options.beginning == Beginning::Sample && (fresh || is_sample(&options.data));
        if wants_sample {
            machine.past.begin();
        }
        let indexing = tokio::spawn(indexing::run(functions.clone(), projected, machine.bell.counts(), stopped.clone()));
        let schedule = tokio::spawn(schedule::run(functions, machine.bell.counts(), machine.past.clone(), stopped));
        let wiping = tokio::spawn(machine.wiping.clone().run(machine.cloud.wiper()));
        let forgetting = tokio::spawn(forgetting::run(machine.cloud.objects.clone()));
        let control = control::listen(&options.data, tasks(&machine, options))?;
        machine.cloud.announce(&json!({
            "pid": std::process::id(),
            "portal": machine.config.city.url(&machine.config.city.portal, "/"),
        }))?;
        Ok(Self { machine, wants_sample, listening, control, stop, delivery, schedule, indexing, wiping, forgetting })
    }

    /// The door's address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listening.address
    }

    /// Stops politely: no new requests, answers and doorbells under way to their end, then the stores.
    pub async fn stop(self) {
        let Self { machine, listening, control, stop, delivery, schedule, indexing, wiping, forgetting, .. } = self;
        drop(control);
        stop.send_replace(true);
        let quiet = async {
            listening.stop().await;
            for (task, name) in [(schedule, "schedule"), (indexing, "indexing")] {
                if let Err(error) = task.await {
                    tracing::warn!(%error, name, "a task ended early");
                }
            }
            let bells = [machine.bell.counts(), machine.reactions.counts()];
            while bells.iter().any(|counts| counts.waiting() > 0) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        if tokio::time::timeout(GRACE, quiet).await.is_err() {
            tracing::warn!("some work was left; the clock finds it at the next start");
        }
        delivery.iter().for_each(JoinHandle::abort);
        wiping.abort();
        forgetting.abort();
        if let Err(error) = machine.wiping.settle(&machine.cloud.wiper()).await {
            tracing::warn!(%error, "the disk may remember what was erased until the next start");
        }
        machine.cloud.shutdown().await;
    }
}

/// What another `taihu` of the folder may ask this one to do.
fn tasks(machine: &Machine, options: &Options) -> Run {
    let workers = if options.lambda.is_some() { Workers::Elsewhere } else { Workers::Here };
    let hands = machine.hands();
    Arc::new(move |task, on_step| {
        let hands = hands.clone();
        Box::pin(async move { task::run(task, &hands, workers, on_step).await })
    })
}

/// Whether no city was ever begun in the folder.
fn is_fresh(data: &Path) -> bool {
    !data.join(dynamo::FILE).exists()
}
