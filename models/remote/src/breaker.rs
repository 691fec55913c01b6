//! Leaves an endpoint alone after failures, and lets one question through now and then to see
//! whether it is back.
//!
//! Counts only what speaks about the endpoint. What a customer's words can bring about, such as
//! moderation, does not count, or one customer could switch the model off for everybody.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

/// When to leave the endpoint alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakerConfig {
    /// After how many failures in a row. Default 5.
    pub failures: u32,
    /// For how long, before one question is let through. Default 5 s.
    pub cool_down: Duration,
    /// Longest wait that the provider's own `Retry-After` can ask for. Default 1 h.
    pub longest: Duration,
}

impl Default for BreakerConfig {
    fn default() -> Self {
        Self { failures: 5, cool_down: Duration::from_secs(5), longest: Duration::from_secs(3600) }
    }
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    open_until: Option<Timestamp>,
    probing: bool,
}

/// The breaker of one endpoint.
#[derive(Debug)]
pub(crate) struct Breaker {
    config: BreakerConfig,
    state: Mutex<State>,
}

/// Leave to send one request. Dropped without a verdict, it says nothing about the endpoint.
#[derive(Debug)]
pub(crate) struct Permit<'b> {
    breaker: &'b Breaker,
    is_probe: bool,
}

impl Breaker {
    pub(crate) fn new(config: BreakerConfig) -> Self {
        Self { config, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leave to send a request at `now`, if there is any.
    pub(crate) fn admit(&self, now: Timestamp) -> Option<Permit<'_>> {
        let mut state = self.state();
        let is_probe = match state.open_until {
            None => false,
            Some(until) if now < until || state.probing => return None,
            Some(_) => true,
        };
        state.probing |= is_probe;
        Some(Permit { breaker: self, is_probe })
    }
}

impl Permit<'_> {
    /// The endpoint answered, whatever it said.
    pub(crate) fn works(self) {
        let mut state = self.breaker.state();
        // A late answer from before the failures says nothing about now.
        if self.is_probe || state.open_until.is_none() {
            state.failures = 0;
            state.open_until = None;
        }
    }

    /// The endpoint failed, at `now`; perhaps it said when to come back.
    pub(crate) fn fails(self, now: Timestamp, retry_after: Option<Duration>) {
        let config = &self.breaker.config;
        let mut state = self.breaker.state();
        state.failures = state.failures.saturating_add(1);
        let asked = retry_after.filter(|asked| *asked > config.cool_down);
        if self.is_probe || state.failures >= config.failures || asked.is_some() {
            let pause = asked.unwrap_or(config.cool_down).min(config.longest);
            let until = now.saturating_add(pause).unwrap_or(now);
            state.open_until = Some(state.open_until.map_or(until, |old| old.max(until)));
            metrics::counter!("booka_llm_circuit_opened_total").increment(1);
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.is_probe {
            self.breaker.state().probing = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn fail(breaker: &Breaker, second: i64) {
        breaker.admit(at(second)).unwrap().fails(at(second), None);
    }

    #[test]
    fn opens_after_five_failures_probes_once_and_closes() {
        let breaker = Breaker::new(BreakerConfig::default());
        (0..5).for_each(|_| fail(&breaker, 0));
        assert!(breaker.admit(at(4)).is_none(), "open");
        let probe = breaker.admit(at(5)).unwrap();
        assert!(breaker.admit(at(5)).is_none(), "one probe at a time");
        probe.fails(at(6), None);
        assert!(breaker.admit(at(10)).is_none(), "open again from the probe's end");
        breaker.admit(at(11)).unwrap().works();
        assert!(breaker.admit(at(11)).is_some() && breaker.admit(at(11)).is_some(), "closed");
    }

    #[test]
    fn a_success_in_between_starts_the_count_again() {
        let breaker = Breaker::new(BreakerConfig::default());
        for round in 0..10 {
            (0..4).for_each(|_| fail(&breaker, round));
            breaker.admit(at(round)).unwrap().works();
        }
    }

    #[test]
    fn a_probe_that_is_dropped_leaves_room_for_the_next() {
        let breaker = Breaker::new(BreakerConfig::default());
        (0..5).for_each(|_| fail(&breaker, 0));
        drop(breaker.admit(at(5)).unwrap());
        assert!(breaker.admit(at(5)).is_some());
    }

    #[test]
    fn a_late_success_does_not_close_it() {
        let breaker = Breaker::new(BreakerConfig::default());
        let slow = breaker.admit(at(0)).unwrap();
        (0..5).for_each(|_| fail(&breaker, 0));
        slow.works();
        assert!(breaker.admit(at(1)).is_none());
    }

    #[test]
    fn retry_after_is_honoured_up_to_an_hour() {
        let breaker = Breaker::new(BreakerConfig::default());
        breaker.admit(at(0)).unwrap().fails(at(0), Some(Duration::from_secs(u64::MAX / 4)));
        assert!(breaker.admit(at(3599)).is_none());
        assert!(breaker.admit(at(3600)).is_some());
    }
}
