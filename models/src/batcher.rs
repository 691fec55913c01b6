//! A bounded queue in front of an encoder, and the threads behind it.
//!
//! A lone request is served at once; requests that pile up while the model works leave together as
//! the next batch. Async callers wait for an answer, never for the model to be free of others.

use std::{
    collections::VecDeque,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use crate::{Embedding, EncodeError, Encoder, cache::Cache};

/// How requests to the encoder are queued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BatcherConfig {
    /// Threads that run the model. Default 1, at least 1.
    pub threads: usize,
    /// Requests that may wait; one more is refused as busy. Default 256.
    pub queue: usize,
    /// The most texts the model is given at once. Default 16, at least 1.
    pub max_batch: usize,
    /// Embeddings of recent texts to keep. Default 1024; 0 keeps none.
    pub cache_entries: usize,
}

impl Default for BatcherConfig {
    fn default() -> Self {
        Self { threads: 1, queue: 256, max_batch: 16, cache_entries: 1024 }
    }
}

/// A handle to an encoder that runs on its own threads. Clones share them; the threads end when the
/// last clone is dropped.
#[derive(Clone)]
pub struct Batcher {
    shared: Arc<Handle>,
}

/// What all clones share. Dropping it closes the queue.
struct Handle {
    encoder: Arc<dyn Encoder>,
    queue: Arc<Queue>,
    cache: Cache,
}

struct Queue {
    capacity: usize,
    max_batch: usize,
    state: Mutex<State>,
    ready: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Request>,
    closed: bool,
}

struct Request {
    text: String,
    answer: oneshot::Sender<Result<Embedding, EncodeError>>,
}

impl Batcher {
    /// Starts the model's threads.
    ///
    /// # Errors
    ///
    /// When the operating system refuses a thread.
    pub fn start(encoder: Arc<dyn Encoder>, config: &BatcherConfig) -> std::io::Result<Self> {
        let queue = Arc::new(Queue {
            capacity: config.queue,
            max_batch: config.max_batch.max(1),
            state: Mutex::default(),
            ready: Condvar::new(),
        });
        let cache = Cache::new(config.cache_entries);
        // Made first: if a thread fails to start, dropping it ends those that did.
        let handle = Handle { encoder, queue, cache };
        for i in 0..config.threads.max(1) {
            let encoder = Arc::clone(&handle.encoder);
            let queue = Arc::clone(&handle.queue);
            thread::Builder::new()
                .name(format!("encoder-{i}"))
                .spawn(move || queue.serve(encoder.as_ref()))?;
        }
        Ok(Self { shared: Arc::new(handle) })
    }

    /// Encodes one text.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Busy`] when the queue is full, [`EncodeError::Failed`] when the model fails
    /// or panics, [`EncodeError::Stopped`] when its threads are gone.
    pub async fn encode(&self, text: &str) -> Result<Embedding, EncodeError> {
        if let Some(embedding) = self.shared.cache.get(text) {
            return Ok(embedding);
        }
        let (answer, answered) = oneshot::channel();
        self.shared.queue.push(Request { text: text.to_owned(), answer })?;
        let embedding = answered.await.map_err(|_| EncodeError::Stopped)??;
        self.shared.cache.put(text, embedding.clone());
        Ok(embedding)
    }

    /// The encoder itself, blocking and unqueued.
    #[must_use]
    pub fn encoder(&self) -> &dyn Encoder {
        self.shared.encoder.as_ref()
    }

    /// How many components an embedding has.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.encoder().dimension()
    }

    /// Names the exact weights.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        self.encoder().fingerprint()
    }

    /// Whether a trained model answers.
    #[must_use]
    pub fn is_learned(&self) -> bool {
        self.encoder().is_learned()
    }
}

impl fmt::Debug for Batcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batcher").field("fingerprint", &self.fingerprint()).finish_non_exhaustive()
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.queue.lock().closed = true;
        self.queue.ready.notify_all();
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, request: Request) -> Result<(), EncodeError> {
        let mut state = self.lock();
        if state.waiting.len() >= self.capacity {
            // Those whose callers gave up make room.
            state.waiting.retain(|request| !request.answer.is_closed());
        }
        if state.waiting.len() >= self.capacity {
            metrics::counter!("models_encode_busy_total").increment(1);
            return Err(EncodeError::Busy);
        }
        state.waiting.push_back(request);
        drop(state);
        self.ready.notify_one();
        Ok(())
    }

    /// The next batch, or `None` once the queue is closed.
    fn next(&self) -> Option<Vec<Request>> {
        let mut state = self
            .ready
            .wait_while(self.lock(), |state| state.waiting.is_empty() && !state.closed)
            .unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return None;
        }
        let n = state.waiting.len().min(self.max_batch);
        Some(state.waiting.drain(..n).collect())
    }

    fn serve(&self, encoder: &dyn Encoder) {
        while let Some(mut batch) = self.next() {
            batch.retain(|request| !request.answer.is_closed());
            if !batch.is_empty() {
                metrics::histogram!("models_encode_batch_size").record(batch.len() as f64);
                answer(encoder, batch);
            }
        }
    }
}

fn answer(encoder: &dyn Encoder, batch: Vec<Request>) {
    let texts: Vec<&str> = batch.iter().map(|request| request.text.as_str()).collect();
    // A caller that went away does not want its answer: sends may fail.
    match encode_caught(encoder, &texts) {
        Ok(embeddings) => {
            for (request, embedding) in batch.into_iter().zip(embeddings) {
                let _ = request.answer.send(Ok(embedding));
            }
        }
        Err(error) => {
            let message = match error {
                EncodeError::Failed(message) => message,
                other => other.to_string(),
            };
            for request in batch {
                let _ = request.answer.send(Err(EncodeError::Failed(message.clone())));
            }
        }
    }
}

/// Encodes; a panic or a wrong number of answers becomes a failure, so that the thread lives on.
fn encode_caught(encoder: &dyn Encoder, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
    let embeddings = catch_unwind(AssertUnwindSafe(|| encoder.encode(texts)))
        .map_err(|_| EncodeError::Failed("the model panicked".to_owned()))??;
    if embeddings.len() == texts.len() {
        Ok(embeddings)
    } else {
        let (n, wanted) = (embeddings.len(), texts.len());
        Err(EncodeError::Failed(format!("{n} embeddings for {wanted} texts")))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::HashEncoder;

    /// Takes batches only when the test opens the gate, and tells their sizes.
    struct Gated {
        gate: Mutex<mpsc::Receiver<()>>,
        sizes: mpsc::Sender<usize>,
    }

    impl Encoder for Gated {
        fn encode(&self, texts: &[&str]) -> Result<Vec<Embedding>, EncodeError> {
            self.sizes.send(texts.len()).expect("the test listens");
            let opened = self.gate.lock().unwrap_or_else(PoisonError::into_inner).recv();
            opened.map_err(|_| EncodeError::Stopped)?;
            assert!(!texts.contains(&"panic"), "as asked");
            HashEncoder.encode(texts)
        }

        fn dimension(&self) -> usize {
            HashEncoder.dimension()
        }

        fn fingerprint(&self) -> &str {
            "gated"
        }

        fn is_learned(&self) -> bool {
            false
        }
    }

    fn gated(config: &BatcherConfig) -> (Batcher, mpsc::Sender<()>, mpsc::Receiver<usize>) {
        let (open, gate) = mpsc::channel();
        let (sizes, seen) = mpsc::channel();
        let encoder = Arc::new(Gated { gate: Mutex::new(gate), sizes });
        (Batcher::start(encoder, config).expect("threads"), open, seen)
    }

    async fn waiting(batcher: &Batcher, n: usize) {
        while batcher.shared.queue.lock().waiting.len() != n {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn piles_up_into_batches_and_refuses_beyond_the_queue() {
        let config = BatcherConfig { queue: 5, max_batch: 3, ..BatcherConfig::default() };
        let (batcher, open, seen) = gated(&config);
        let ask = |text: String| {
            let batcher = batcher.clone();
            async move { batcher.encode(&text).await }
        };
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(ask("0".to_owned()));
        while seen.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
        for i in 1..=5 {
            tasks.spawn(ask(i.to_string()));
        }
        waiting(&batcher, 5).await;
        assert!(matches!(batcher.encode("one too many").await, Err(EncodeError::Busy)));
        for _ in 0..3 {
            open.send(()).expect("the encoder waits");
        }
        let answers = tasks.join_all().await;
        assert!(answers.iter().all(Result::is_ok));
        assert_eq!(seen.try_iter().collect::<Vec<_>>(), [3, 2]);
        assert!(batcher.encode("3").await.is_ok(), "remembered: the gate is shut");
    }

    #[tokio::test]
    async fn a_panic_fails_one_batch_only() {
        let (batcher, open, _seen) = gated(&BatcherConfig::default());
        open.send(()).expect("the encoder waits");
        assert!(matches!(batcher.encode("panic").await, Err(EncodeError::Failed(_))));
        open.send(()).expect("the encoder waits");
        let expected = HashEncoder.encode(&["fine"]).expect("hashes");
        assert_eq!(batcher.encode("fine").await.expect("alive"), expected[0]);
    }

    #[tokio::test]
    async fn threads_end_with_the_last_handle() {
        let (batcher, _open, seen) = gated(&BatcherConfig { threads: 2, ..Default::default() });
        let clone = batcher.clone();
        drop(batcher);
        assert_eq!(clone.dimension(), 512);
        drop(clone);
        // The encoder, and its sender in it, is dropped when both threads have returned.
        assert!(seen.recv().is_err());
    }
}
