//! The client against everything that the fake OpenRouter can do wrong.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use fakes::openrouter::{FakeConfig, FakeOpenRouter, Fault, Listening};
use kernel::MockClock;
use models::{Completion, LanguageModel as _, LanguageModelError as Error, Prompt};
use models_remote::{BreakerConfig, RemoteConfig, RemoteModel};
use rand::{SeedableRng as _, rngs::StdRng};
use serde_json::json;

const NOW: &str = "2026-03-02T09:00:00Z";
const GOOD: &str = r#"{"intent":"book","entities":[]}"#;
/// What a busy machine may add to any wait.
const SLACK: Duration = Duration::from_secs(3);

struct World {
    fake: FakeOpenRouter,
    _listening: Listening,
    config: RemoteConfig,
    clock: MockClock,
}

impl World {
    async fn open(models: &[&str]) -> Self {
        let fake = FakeOpenRouter::new(FakeConfig::new(|| NOW.parse().expect("a time")));
        fake.answer_always(GOOD);
        let listening = fake.listen().await.expect("a port");
        let models = models.iter().map(|model| (*model).to_owned()).collect();
        let config = RemoteConfig {
            api_key: Some("fake-openrouter-key".to_owned().into()),
            timeout: Duration::from_secs(20),
            attempt_timeout: Duration::from_secs(10),
            backoff: Duration::from_millis(1),
            provider_preferences: true,
            breaker: BreakerConfig { failures: 1000, ..BreakerConfig::default() },
            ..RemoteConfig::new(listening.url().parse().expect("an address"), models)
        };
        let clock = MockClock::at(NOW.parse().expect("a time"));
        Self { fake, _listening: listening, config, clock }
    }

    fn model(&self) -> RemoteModel {
        let http = platform::http::client(Duration::from_secs(60));
        let clock = Arc::new(self.clock.clone());
        RemoteModel::new(http, self.config.clone(), clock, StdRng::seed_from_u64(1))
            .expect("settings that work")
    }

    fn in_a_hurry(mut self) -> Self {
        self.config.timeout = Duration::from_millis(300);
        self.config.attempt_timeout = Duration::from_millis(150);
        self
    }
}

fn prompt() -> Prompt {
    Prompt {
        system: "Label it.".to_owned(),
        user: "hello".to_owned(),
        schema_name: "label",
        schema: json!({
            "type": "object", "additionalProperties": false, "required": ["intent", "entities"],
            "properties": {
                "intent": { "type": "string" },
                "entities": { "type": "array", "items": { "type": "string" } },
            },
        }),
        max_tokens: 100,
    }
}

fn outcomes(completion: &Completion) -> Vec<&'static str> {
    completion.calls.iter().map(|call| call.outcome).collect()
}

fn failed(completion: &Completion) -> &'static str {
    completion.answer.as_ref().map_or_else(Error::name, |_| "answered")
}

/// What every fault is called, and how many requests it is worth with one model and three tries.
fn expected(fault: Fault) -> (&'static str, usize) {
    match fault {
        Fault::Hang | Fault::HeadersThenHang | Fault::ByteASecond => ("timed_out", 1),
        Fault::ResetBeforeBody | Fault::ResetMidBody => ("broken_off", 1),
        Fault::Empty | Fault::Html | Fault::CutJson | Fault::InvalidUtf8 | Fault::Deep => {
            ("not_json", 1)
        }
        Fault::Huge => ("too_large", 1),
        Fault::ErrorIn200 { code: 429 } => ("rate_limited", 3),
        Fault::ErrorIn200 { .. }
        | Fault::ErrorWordIn200
        | Fault::ErrorInChoice { .. }
        | Fault::FinishError => ("unavailable", 3),
        Fault::NoChoices | Fault::MissingChoices => ("no_choice", 1),
        Fault::WrongTypes | Fault::NullContent | Fault::ToolCall => ("malformed", 1),
        Fault::FinishLength => ("cut", 1),
        Fault::FinishContentFilter | Fault::Refusal => ("withheld", 1),
        Fault::Prose | Fault::OtherLanguage | Fault::ListContent => ("not_an_object", 1),
        Fault::Redirect => ("refused", 1),
        Fault::SlowFirstByte { .. }
        | Fault::OtherSchema
        | Fault::NoUsage
        | Fault::NoCost
        | Fault::OddUsage
        | Fault::IgnoresSchema => ("answered", 1),
        Fault::Status { code, retry_after } => match (code, retry_after) {
            (400 | 404, _) => ("refused", 1),
            (401, _) => ("unauthorized", 1),
            (402, _) => ("no_credit", 1), // an hour is longer than there is
            (403, _) => ("forbidden", 1),
            (413, _) => ("too_long", 1),
            (429, None) => ("rate_limited", 3),
            (429, Some(_)) => ("rate_limited", 1),
            (_, None) => ("unavailable", 3),
            (_, Some(_)) => ("unavailable", 1),
        },
    }
}

#[tokio::test]
async fn every_fault_has_its_name_and_its_price() {
    assert!(Fault::all().len() >= 20);
    for fault in Fault::all() {
        let (name, n_calls) = expected(fault);
        let mut world = World::open(&["fake/small"]).await;
        if name == "timed_out" {
            world = world.in_a_hurry();
        }
        world.fake.fail_every(fault);
        let started = Instant::now();
        let completion = world.model().complete(&prompt()).await;
        assert!(started.elapsed() < world.config.timeout + SLACK, "{fault:?}: too slow");
        assert_eq!((failed(&completion), completion.calls.len()), (name, n_calls), "{fault:?}");
        assert_eq!(outcomes(&completion), vec![name; n_calls], "{fault:?}");
        if name == "answered" && fault != Fault::OtherSchema {
            assert_eq!(completion.answer.unwrap()["intent"], "book", "{fault:?}");
        }
    }
}

#[tokio::test]
async fn an_answer_says_what_it_cost() {
    let world = World::open(&["fake/small"]).await;
    let completion = world.model().complete(&prompt()).await;
    let [call] = completion.calls.as_slice() else { panic!("{completion:?}") };
    assert_eq!(completion.answer.unwrap()["intent"], "book");
    assert_eq!((call.model.as_str(), call.outcome), ("fake/small", "answered"));
    assert_eq!(call.cost_nanos, i64::try_from(world.fake.spent_nanos()).ok());
    assert!(call.prompt_tokens.is_some_and(|n| n > 0) && call.completion_tokens.is_some());

    // A failure that was billed says so too; one without a price says nothing.
    world.fake.fail_next([Fault::FinishLength, Fault::NoCost]);
    let cut = world.model().complete(&prompt()).await;
    assert_eq!(cut.answer, Err(Error::Cut));
    assert!(cut.calls[0].cost_nanos.is_some_and(|cost| cost > 0));
    let free = world.model().complete(&prompt()).await;
    assert_eq!(free.calls[0].cost_nanos, None);
    assert!(free.calls[0].prompt_tokens.is_some());
}

#[tokio::test]
async fn the_next_model_is_tried_where_that_can_help() {
    for (fault, helps) in [
        (Fault::Prose, true),
        (Fault::ResetMidBody, true),
        (Fault::ErrorIn200 { code: 502 }, true),
        (Fault::Status { code: 404, retry_after: None }, true),
        (Fault::Status { code: 503, retry_after: Some(0) }, true),
        (Fault::Status { code: 401, retry_after: None }, false),
        (Fault::Status { code: 403, retry_after: None }, false),
        (Fault::FinishContentFilter, false),
        (Fault::Status { code: 429, retry_after: Some(3600) }, false),
    ] {
        let world = World::open(&["fake/small", "fake/backup"]).await;
        world.fake.fail_next([fault]);
        let completion = world.model().complete(&prompt()).await;
        assert_eq!(completion.answer.is_ok(), helps, "{fault:?}");
        let asked: Vec<_> =
            world.fake.requests().iter().map(|body| body["model"].clone()).collect();
        let models = if helps { vec!["fake/small", "fake/backup"] } else { vec!["fake/small"] };
        assert_eq!(asked, models, "{fault:?}");
    }
}

#[tokio::test]
async fn the_request_is_strict_and_keeps_to_what_it_was_given() {
    let world = World::open(&["fake/small"]).await;
    world.model().complete(&prompt()).await.answer.unwrap();
    let mut unopinionated = world.config.clone();
    unopinionated.provider_preferences = false;
    let world = World { config: unopinionated, ..world };
    world.model().complete(&prompt()).await.answer.unwrap();
    let requests = world.fake.requests();
    assert_eq!(requests[0]["provider"]["require_parameters"], true);
    assert_eq!(requests[0]["provider"]["data_collection"], "deny");
    assert_eq!(requests[0]["response_format"]["json_schema"]["strict"], true);
    assert_eq!(requests[0]["max_tokens"], 100);
    assert_eq!(requests[1]["provider"], json!(null));
}

#[tokio::test]
async fn the_endpoint_is_left_alone_after_failures_and_comes_back() {
    let mut world = World::open(&["fake/small"]).await;
    world.config.breaker = BreakerConfig::default();
    world.config.attempts = 1;
    world.fake.fail_every(Fault::Status { code: 503, retry_after: None });
    let model = world.model();
    for _ in 0..5 {
        assert_eq!(failed(&model.complete(&prompt()).await), "unavailable");
    }
    for _ in 0..20 {
        let refused = model.complete(&prompt()).await;
        assert_eq!((failed(&refused), refused.calls.len()), ("circuit_open", 0));
    }
    assert_eq!(world.fake.requests().len(), 5);
    // One probe in five seconds, and no more.
    world.clock.advance(jiff::SignedDuration::from_secs(5));
    assert_eq!(failed(&model.complete(&prompt()).await), "unavailable");
    assert_eq!(failed(&model.complete(&prompt()).await), "circuit_open");
    world.fake.set_faults(fakes::openrouter::Faults::default());
    world.clock.advance(jiff::SignedDuration::from_secs(5));
    assert_eq!(failed(&model.complete(&prompt()).await), "answered");
    assert_eq!(failed(&model.complete(&prompt()).await), "answered");
}

#[tokio::test]
async fn a_customer_cannot_switch_the_model_off_for_others() {
    let mut world = World::open(&["fake/small"]).await;
    world.config.breaker = BreakerConfig { failures: 2, ..BreakerConfig::default() };
    let model = world.model();
    for fault in [
        Fault::Status { code: 403, retry_after: None },
        Fault::Status { code: 400, retry_after: None },
        Fault::Status { code: 413, retry_after: None },
        Fault::FinishContentFilter,
        Fault::Refusal,
        Fault::FinishLength,
        Fault::Prose,
        Fault::Huge,
    ] {
        world.fake.fail_next([fault; 3]);
        for _ in 0..3 {
            assert_eq!(outcomes(&model.complete(&prompt()).await).len(), 1, "{fault:?}");
        }
    }
    assert_eq!(failed(&model.complete(&prompt()).await), "answered");
}

#[tokio::test]
async fn retry_after_is_honoured() {
    let mut world = World::open(&["fake/small"]).await;
    world.config.breaker = BreakerConfig::default();
    world.fake.fail_next([Fault::Status { code: 429, retry_after: Some(3600) }]);
    let model = world.model();
    assert_eq!(failed(&model.complete(&prompt()).await), "rate_limited");
    world.clock.advance(jiff::SignedDuration::from_secs(3599));
    assert_eq!(failed(&model.complete(&prompt()).await), "circuit_open");
    world.clock.advance(jiff::SignedDuration::from_secs(1));
    assert_eq!(failed(&model.complete(&prompt()).await), "answered");
}

#[tokio::test]
async fn more_questions_than_allowed_are_not_asked() {
    let mut world = World::open(&["fake/small"]).await.in_a_hurry();
    world.config.parallel = 1;
    world.fake.fail_every(Fault::Hang);
    let model = world.model();
    let question = prompt();
    let (first, second) = tokio::join!(model.complete(&question), model.complete(&question));
    assert_eq!((failed(&first), failed(&second)), ("timed_out", "busy"));
    assert_eq!(second.calls, vec![]);
    world.fake.set_faults(fakes::openrouter::Faults::default());
    world.config.timeout = Duration::from_secs(20);
    assert_eq!(failed(&world.model().complete(&prompt()).await), "answered");
}

#[tokio::test]
async fn nobody_there_is_no_answer() {
    let mut world = World::open(&["fake/small"]).await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    world.config.base_url = format!("http://{free}/v1").parse().unwrap();
    let completion = world.model().complete(&prompt()).await;
    assert_eq!((failed(&completion), completion.calls.len()), ("unreachable", 3));
}

#[test]
fn settings_that_cannot_work_are_refused_and_the_key_does_not_print() {
    let config = RemoteConfig {
        api_key: Some("sk-or-secret".to_owned().into()),
        ..RemoteConfig::new("https://openrouter.ai/api/v1".parse().unwrap(), vec!["a/b".into()])
    };
    assert!(config.provider_preferences);
    assert!(!format!("{config:?}").contains("sk-or-secret"));
    let refused = |config: RemoteConfig| {
        let clock = Arc::new(MockClock::at(NOW.parse().unwrap()));
        let http = platform::http::client(Duration::from_secs(1));
        RemoteModel::new(http, config, clock, StdRng::seed_from_u64(1)).is_err()
    };
    assert!(!refused(config.clone()));
    assert!(refused(RemoteConfig { models: vec![], ..config.clone() }));
    assert!(refused(RemoteConfig { attempts: 0, ..config.clone() }));
    assert!(refused(RemoteConfig { base_url: "mailto:a@b.example".parse().unwrap(), ..config }));
}
