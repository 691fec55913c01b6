//! Background work: turns, events of appointments, the outbox, expired holds, old answers. Each is a
//! loop that is woken by Postgres and looks by itself now and then, in case a wake-up was lost.

use std::{sync::Arc, time::Duration};

use channels::{ChannelSet, outbox::OutboxWorker};
use kernel::Clock;
use pipeline::{EventWorker, TurnWorker};
use platform::{Db, idempotency};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How often expired holds are swept, so that the desk sees them go; booking itself does not wait
/// for it.
const SWEEP_EVERY: Duration = Duration::from_secs(30);

/// How long the listener waits before it connects again.
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

/// The running loops.
pub(crate) struct Workers {
    tracker: TaskTracker,
    stop: CancellationToken,
}

/// What the loops work with.
pub(crate) struct Crew {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) turns: TurnWorker,
    /// How many loops run turns; more than one where a turn may wait for a language model.
    pub(crate) turn_loops: usize,
    pub(crate) events: EventWorker,
    pub(crate) outbox: OutboxWorker,
    pub(crate) channels: ChannelSet,
    /// How many messages are sent at once.
    pub(crate) senders: usize,
    pub(crate) poll: Duration,
}

impl Workers {
    /// Starts every loop.
    pub(crate) fn start(crew: Crew) -> Self {
        let tracker = TaskTracker::new();
        let stop = CancellationToken::new();
        let inbox_bell = Arc::new(Notify::new());
        let event_bell = Arc::new(Notify::new());
        let outbox_bell = Arc::new(Notify::new());

        let bells = Bells {
            inbox: Arc::clone(&inbox_bell),
            events: Arc::clone(&event_bell),
            outbox: Arc::clone(&outbox_bell),
        };
        tracker.spawn(listen(crew.db.clone(), bells, stop.clone()));
        let events = Arc::new(crew.events);
        tracker.spawn(until_stopped(stop.clone(), event_bell, crew.poll, move || {
            let events = Arc::clone(&events);
            async move { events.run_once().await.map_err(Failure::from) }
        }));
        let turns = Arc::new(crew.turns);
        for _ in 0..crew.turn_loops.max(1) {
            let (bell, turns) = (Arc::clone(&inbox_bell), Arc::clone(&turns));
            tracker.spawn(until_stopped(stop.clone(), bell, crew.poll, move || {
                let turns = Arc::clone(&turns);
                async move { turns.run_once().await.map_err(Failure::from) }
            }));
        }
        // Several loops, each sending one message at a time: a provider that takes its time over one
        // message keeps one loop, not everybody's replies.
        let outbox = Arc::new((crew.outbox, crew.channels));
        for _ in 0..crew.senders.max(1) {
            let (db, clock) = (crew.db.clone(), Arc::clone(&crew.clock));
            let outbox = Arc::clone(&outbox);
            let bell = Arc::clone(&outbox_bell);
            tracker.spawn(until_stopped(stop.clone(), bell, crew.poll, move || {
                let (db, clock, outbox) = (db.clone(), Arc::clone(&clock), Arc::clone(&outbox));
                async move {
                    let (worker, channels) = &*outbox;
                    worker.run_once(&db, channels, &*clock).await.map_err(Failure::from)
                }
            }));
        }
        let (db, clock) = (crew.db, crew.clock);
        tracker.spawn(until_stopped(
            stop.clone(),
            Arc::new(Notify::new()),
            SWEEP_EVERY,
            move || {
                let (db, clock) = (db.clone(), Arc::clone(&clock));
                async move { sweep(&db, &*clock).await.map(|()| 0) }
            },
        ));
        tracker.close();
        Self { tracker, stop }
    }

    /// Lets running turns and sends finish, then returns.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.tracker.wait().await;
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Works while there is work, then sleeps until the bell rings or `poll` has passed.
async fn until_stopped<F, Fut>(stop: CancellationToken, bell: Arc<Notify>, poll: Duration, work: F)
where
    F: Fn() -> Fut + Send,
    Fut: Future<Output = Result<usize, Failure>> + Send,
{
    while !stop.is_cancelled() {
        // Registered before looking, so that what arrives while we look is not missed.
        let rung = bell.notified();
        match work().await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => {
                let error: &(dyn std::error::Error + 'static) = &*error;
                tracing::warn!(error = %crate::problem::chain(error), "background work failed");
            }
        }
        tokio::select! {
            () = rung => {}
            () = tokio::time::sleep(poll) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// What is rung when there may be work.
struct Bells {
    inbox: Arc<Notify>,
    events: Arc<Notify>,
    outbox: Arc<Notify>,
}

/// Passes Postgres's notifications on; connects again when the connection is lost.
async fn listen(db: Db, bells: Bells, stop: CancellationToken) {
    const INBOX: &str = channels::inbox::NOTIFY_INBOX;
    const OUTBOX: &str = channels::outbox::NOTIFY_OUTBOX;
    let pass_on = async {
        loop {
            match db.listen(&[INBOX, booking::NOTIFY_EVENTS, OUTBOX]).await {
                Ok(mut listener) => {
                    // Something may have come while nobody listened.
                    for bell in [&bells.inbox, &bells.events, &bells.outbox] {
                        bell.notify_one();
                    }
                    while let Ok(notification) = listener.recv().await {
                        match notification.channel() {
                            INBOX => bells.inbox.notify_one(),
                            OUTBOX => bells.outbox.notify_one(),
                            _ => bells.events.notify_one(),
                        }
                    }
                    tracing::warn!("lost the notification connection");
                }
                Err(error) => tracing::warn!(%error, "cannot listen for notifications"),
            }
            tokio::time::sleep(RECONNECT_AFTER).await;
        }
    };
    tokio::select! {
        () = pass_on => {}
        () = stop.cancelled() => {}
    }
}

async fn sweep(db: &Db, clock: &dyn Clock) -> Result<(), Failure> {
    let now = clock.now();
    let tenants = booking::tenants_with_stale_holds(&mut db.router().await?, now).await?;
    for tenant in tenants {
        let mut tx = db.tenant(tenant).await?;
        let expired = booking::expire_stale(&mut tx, now).await?;
        tx.commit().await?;
        tracing::info!(tenant.id = %tenant, expired, "swept expired holds");
    }
    for tenant in idempotency::tenants_with_old(&mut db.router().await?, now).await? {
        let mut tx = db.tenant(tenant).await?;
        let swept = idempotency::sweep(&mut tx, now).await?;
        tx.commit().await?;
        tracing::info!(tenant.id = %tenant, swept, "swept answers that were kept long enough");
    }
    Ok(())
}
