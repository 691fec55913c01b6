//! OpenRouter's own routes, under `/api/v1`.

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures::{StreamExt as _, stream};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Fault,
    state::{Draft, Server, credits},
};

type App = State<Arc<Server>>;

/// Bytes of the answer that is too large.
const HUGE: usize = 10_000_000;

pub(super) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/api/v1/chat/completions", post(complete))
        .route("/api/v1/generation", get(generation))
        .route("/api/v1/key", get(key))
        .route("/api/v1/models", get(models))
        .with_state(server)
}

fn ok(body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body.into()).into_response()
}

fn error(code: u16, message: &str) -> Response {
    let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = json!({ "error": { "code": code, "message": message } });
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

fn is_let_in(server: &Server, headers: &HeaderMap) -> bool {
    let expected = format!("Bearer {}", server.config.key);
    headers.get(header::AUTHORIZATION).is_some_and(|given| given == expected.as_str())
}

async fn complete(State(server): App, headers: HeaderMap, bytes: Bytes) -> Response {
    if !is_let_in(&server, &headers) {
        return error(401, "No auth credentials found");
    }
    let Ok(body) = serde_json::from_slice::<Value>(&bytes) else {
        return error(400, "The body is not JSON");
    };
    if let Some(wrong) = what_is_wrong(&body) {
        return error(400, wrong);
    }
    let fault = server.admit(&body);
    if let Some(Fault::Status { code, retry_after }) = fault {
        let mut response = error(code, "As the test asked for");
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        return response;
    }
    let Some(draft) = server.write(&body) else {
        return error(404, "No endpoints found for this model");
    };
    answer(&server, &body, &draft, fault).await
}

/// What the real service would refuse, too.
fn what_is_wrong(body: &Value) -> Option<&'static str> {
    let role = |message: &Value| matches!(message["role"].as_str(), Some("system" | "user"));
    let messages = body["messages"].as_array();
    if body["model"].as_str().is_none() && body["models"].as_array().is_none() {
        Some("No model was given")
    } else if !messages.is_some_and(|all| !all.is_empty() && all.iter().all(role)) {
        Some("Input required: specify \"messages\"")
    } else if body["stream"].as_bool() == Some(true) {
        Some("This stand-in does not stream")
    } else if let Some(format) = body.get("response_format")
        && !(format["type"] == "json_schema"
            && format["json_schema"]["name"].is_string()
            && format["json_schema"]["strict"] == true
            && is_strict(&format["json_schema"]["schema"]))
    {
        Some("The schema is not one for strict mode")
    } else {
        None
    }
}

/// Strict mode wants every object closed and every property required.
fn is_strict(schema: &Value) -> bool {
    let Some(fields) = schema["properties"].as_object() else {
        return schema["type"] != "object"
            && (schema["items"].is_null() || is_strict(&schema["items"]));
    };
    let required = schema["required"].as_array();
    schema["additionalProperties"] == false
        && fields.keys().all(|key| required.is_some_and(|all| all.contains(&json!(key))))
        && fields.values().all(is_strict)
}

/// A chat completion as it should be.
fn completion(server: &Server, draft: &Draft) -> Value {
    json!({
        "id": draft.id, "object": "chat.completion", "created": server.now_seconds(),
        "model": draft.model, "provider": "Fake",
        "choices": [{
            "index": 0, "finish_reason": "stop", "native_finish_reason": "stop",
            "message": {
                "role": "assistant", "content": draft.content, "refusal": null,
                "reasoning": null, "tool_calls": [],
            },
        }],
        "usage": {
            "prompt_tokens": draft.prompt_tokens,
            "completion_tokens": draft.completion_tokens,
            "total_tokens": draft.prompt_tokens + draft.completion_tokens,
            "cost": credits(draft.cost_nanos), "is_byok": false,
            "prompt_tokens_details": { "cached_tokens": 0 },
            "completion_tokens_details": { "reasoning_tokens": 0 },
        },
    })
}

async fn answer(server: &Server, asked: &Value, draft: &Draft, fault: Option<Fault>) -> Response {
    let mut good = completion(server, draft);
    let choice = |good: &mut Value, field: &str, value: Value| good["choices"][0][field] = value;
    let words = |good: &mut Value, text: &str| {
        good["choices"][0]["message"]["content"] = json!(text);
    };
    match fault {
        None | Some(Fault::Status { .. }) => {}
        Some(Fault::Hang) => return std::future::pending().await,
        Some(Fault::HeadersThenHang) => {
            return ok(Body::from_stream(stream::pending::<Result<Bytes, Infallible>>()));
        }
        Some(Fault::ByteASecond) => return ok(byte_a_second(good.to_string())),
        Some(Fault::SlowFirstByte { ms }) => tokio::time::sleep(Duration::from_millis(ms)).await,
        Some(Fault::ResetBeforeBody) => return ok(broken("")),
        Some(Fault::ResetMidBody) => {
            let text = good.to_string();
            return ok(broken(&text[..text.len() / 2]));
        }
        Some(Fault::Empty) => return ok(""),
        Some(Fault::Html) => return ok("<html><body>502 Bad Gateway</body></html>"),
        Some(Fault::CutJson) => {
            let text = good.to_string();
            return ok(text[..text.len() / 2].to_owned());
        }
        Some(Fault::InvalidUtf8) => return ok(vec![b'{', b'"', 0xff, 0xfe, b'"', b'}']),
        Some(Fault::Huge) => words(&mut good, &"a".repeat(HUGE)),
        Some(Fault::Deep) => return ok("[".repeat(100_000)),
        Some(Fault::ErrorIn200 { code }) => {
            good =
                json!({ "id": draft.id, "error": { "code": code, "message": "Provider error" } });
        }
        Some(Fault::ErrorWordIn200) => {
            good["error"] = json!({ "code": "server_error", "message": "Provider error" });
        }
        Some(Fault::ErrorInChoice { code }) => {
            choice(&mut good, "error", json!({ "code": code, "message": "Provider error" }));
        }
        Some(Fault::NoChoices) => good["choices"] = json!([]),
        Some(Fault::MissingChoices) => {
            good = json!({ "id": draft.id, "object": "chat.completion", "model": draft.model });
        }
        Some(Fault::WrongTypes) => good["choices"] = json!({ "message": { "content": 7 } }),
        Some(Fault::NullContent) => good["choices"][0]["message"]["content"] = Value::Null,
        Some(Fault::ToolCall) => {
            let call = json!({ "id": "call_1", "type": "function",
                "function": { "name": "cancel_appointment", "arguments": "{\"all\":true}" } });
            choice(&mut good, "finish_reason", json!("tool_calls"));
            good["choices"][0]["message"] =
                json!({ "role": "assistant", "content": null, "tool_calls": [call] });
        }
        Some(Fault::FinishLength) => {
            choice(&mut good, "finish_reason", json!("length"));
            words(&mut good, "{\"intent\":\"bo");
        }
        Some(Fault::FinishContentFilter) => {
            choice(&mut good, "finish_reason", json!("content_filter"));
        }
        Some(Fault::FinishError) => choice(&mut good, "finish_reason", json!("error")),
        Some(Fault::Refusal) => {
            good["choices"][0]["message"]["refusal"] = json!("I cannot help with that.");
        }
        Some(Fault::Prose) => words(&mut good, "Sure! I have booked it for you."),
        Some(Fault::OtherLanguage) => words(&mut good, "当然！我已经为您预约好了。"),
        Some(Fault::OtherSchema) => words(&mut good, r#"{"tool":"book","confirmed":true}"#),
        Some(Fault::ListContent) => words(&mut good, r#"[{"intent":"affirm","entities":[]}]"#),
        Some(Fault::NoUsage) => {
            good.as_object_mut().map(|fields| fields.remove("usage"));
        }
        Some(Fault::NoCost) => {
            good["usage"].as_object_mut().map(|fields| fields.remove("cost"));
        }
        Some(Fault::OddUsage) => {
            good["usage"] = json!({ "prompt_tokens": -3, "completion_tokens": "many",
                "cost": { "usd": 1 } });
        }
        Some(Fault::IgnoresSchema) => {
            if asked["provider"]["require_parameters"] != true {
                words(&mut good, "I would say they want to book.");
            }
        }
        Some(Fault::Redirect) => {
            return (StatusCode::FOUND, [(header::LOCATION, "https://example.invalid/")])
                .into_response();
        }
    }
    ok(good.to_string())
}

/// A body that promises more and then breaks the connection.
fn broken(start: &str) -> Body {
    let start = (!start.is_empty()).then(|| Ok(Bytes::copy_from_slice(start.as_bytes())));
    let end = Err(io::Error::other("the fake broke the connection, as it was asked to"));
    Body::from_stream(stream::iter(start.into_iter().chain([end])))
}

fn byte_a_second(text: String) -> Body {
    Body::from_stream(stream::iter(text.into_bytes()).then(|byte| async move {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok::<_, Infallible>(Bytes::copy_from_slice(&[byte]))
    }))
}

#[derive(Deserialize)]
struct Which {
    id: String,
}

async fn generation(
    State(server): App,
    headers: HeaderMap,
    Query(which): Query<Which>,
) -> Response {
    if !is_let_in(&server, &headers) {
        return error(401, "No auth credentials found");
    }
    match server.generation(&which.id) {
        Some(found) => ok(json!({ "data": found }).to_string()),
        None => error(404, "Generation not found"),
    }
}

async fn key(State(server): App, headers: HeaderMap) -> Response {
    if !is_let_in(&server, &headers) {
        return error(401, "No auth credentials found");
    }
    let usage = credits(server.spent_nanos());
    let data = json!({ "label": "fake", "usage": usage, "usage_daily": usage,
        "limit": null, "limit_remaining": null, "is_free_tier": false });
    ok(json!({ "data": data }).to_string())
}

async fn models(State(server): App) -> Response {
    let per_token = |nanos: u64| format!("{:.9}", credits(nanos));
    let data: Vec<Value> = server
        .config
        .prices
        .iter()
        .map(|(id, price)| {
            json!({ "id": id, "context_length": 8192, "pricing": {
                "prompt": per_token(price.prompt_nanos),
                "completion": per_token(price.answer_nanos), "request": "0" } })
        })
        .collect();
    ok(json!({ "data": data }).to_string())
}
