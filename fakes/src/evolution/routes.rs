//! Evolution's own routes.

use std::{convert::Infallible, io, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, Query, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use futures::stream;
use serde_json::{Value, json};

use super::{
    SendFault, payload,
    state::{Instance, Server},
    webhook::Target,
};

type App = State<Arc<Server>>;

pub(super) fn router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/instance/create", post(create))
        .route("/instance/fetchInstances", get(fetch))
        .route("/instance/connect/{instance}", get(connect))
        .route("/instance/connectionState/{instance}", get(connection_state))
        .route("/instance/logout/{instance}", delete(logout))
        .route("/instance/delete/{instance}", delete(remove))
        .route("/webhook/set/{instance}", post(set_webhook))
        .route("/webhook/find/{instance}", get(find_webhook))
        .route("/message/sendText/{instance}", post(send_text))
        .route("/chat/findMessages/{instance}", post(find_messages))
        .route("/chat/whatsappNumbers/{instance}", post(whatsapp_numbers))
        .fallback(unknown_route)
        .route_layer(from_fn_with_state(Arc::clone(&server), authorize))
        .with_state(server)
}

fn answer(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body.to_string())
        .into_response()
}

fn bad_request(message: Value) -> Response {
    answer(400, &payload::error(400, "Bad Request", message))
}

fn unauthorized() -> Response {
    answer(401, &payload::error(401, "Unauthorized", json!("Unauthorized")))
}

fn no_instance(name: &str) -> Response {
    let message = json!([format!("The \"{name}\" instance does not exist")]);
    answer(404, &payload::error(404, "Not Found", message))
}

async fn unknown_route(request: Request) -> Response {
    let message = json!([format!("Cannot {} {}", request.method(), request.uri().path())]);
    answer(404, &payload::error(404, "Not Found", message))
}

/// The global key opens everything, an instance's key that instance. Then the instance must exist.
async fn authorize(State(server): App, request: Request, next: Next) -> Response {
    let key = request.headers().get("apikey").and_then(|key| key.to_str().ok()).unwrap_or_default();
    let is_global = key == server.config.global_key;
    let path = request.uri().path().to_owned();
    let name = match path.split('/').nth(3) {
        Some(name) => percent_decoded(name),
        None if is_global => return next.run(request).await,
        None => return unauthorized(),
    };
    let token = server.state().instances.get(&name).map(|instance| instance.token.clone());
    match token {
        Some(token) if is_global || (!key.is_empty() && key == token) => next.run(request).await,
        None if is_global => no_instance(&name),
        _ => unauthorized(),
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        let decoded = hex.and_then(|hex| hex::decode(hex).ok()).and_then(|b| b.first().copied());
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn body_of(bytes: &Bytes) -> Value {
    serde_json::from_slice(bytes).unwrap_or_default()
}

async fn create(State(server): App, bytes: Bytes) -> Response {
    let body = body_of(&bytes);
    let Some(name) = body["instanceName"].as_str().filter(|name| !name.is_empty()) else {
        return bad_request(json!(["instanceName should not be empty"]));
    };
    let Some(integration) = body["integration"]
        .as_str()
        .filter(|i| ["WHATSAPP-BAILEYS", "WHATSAPP-BUSINESS", "EVOLUTION"].contains(i))
    else {
        return bad_request(json!(["Invalid integration"]));
    };
    if server.state().instances.contains_key(name) {
        let message = json!([format!("This name \"{name}\" is already in use.")]);
        return answer(403, &payload::error(403, "Forbidden", message));
    }
    let instance = Instance {
        id: server.unique().to_lowercase(),
        token: body["token"].as_str().map_or_else(|| server.unique(), str::to_owned),
        integration: integration.to_owned(),
        state: "connecting",
        webhook: Target::read(&body["webhook"]),
    };
    let webhook = instance.webhook.as_ref();
    let reply = json!({
        "instance": {
            "instanceName": name, "instanceId": instance.id, "integration": integration,
            "webhookWaBusiness": null, "accessTokenWaBusiness": "", "status": "connecting",
        },
        "hash": instance.token,
        "webhook": {
            "webhookUrl": webhook.map(|w| w.url.clone()),
            "webhookHeaders": webhook.map(|w| w.headers.clone()),
            "webhookByEvents": webhook.is_some_and(|w| w.by_events), "webhookBase64": false,
        },
        "websocket": { "enabled": false }, "rabbitmq": {}, "nats": {}, "sqs": {},
        "settings": { "rejectCall": false, "groupsIgnore": true },
        "qrcode": qr_code(&server),
    });
    server.state().instances.insert(name.to_owned(), instance);
    answer(201, &reply)
}

fn qr_code(server: &Server) -> Value {
    json!({ "pairingCode": null, "code": format!("2@{}", server.unique()),
            "base64": "data:image/png;base64,iVBORw0KGgo=", "count": 1 })
}

async fn fetch(
    State(server): App,
    Query(query): Query<std::collections::HashMap<String, String>>,
) -> Response {
    let state = server.state();
    let rows: Vec<_> = state
        .instances
        .iter()
        .filter(|(name, _)| query.get("instanceName").is_none_or(|wanted| wanted == *name))
        .map(|(name, instance)| {
            json!({
                "id": instance.id, "name": name, "connectionStatus": instance.state,
                "ownerJid": "5511900000000@s.whatsapp.net", "profileName": name,
                "integration": instance.integration, "token": instance.token,
                "_count": { "Message": 0, "Contact": 0, "Chat": 0 },
            })
        })
        .collect();
    answer(200, &json!(rows))
}

/// The first call shows a code; the one after it finds that the code was scanned.
async fn connect(State(server): App, Path(name): Path<String>) -> Response {
    let before = {
        let mut state = server.state();
        let Some(instance) = state.instances.get_mut(&name) else {
            return no_instance(&name);
        };
        let before = instance.state;
        instance.state = if before == "close" { "connecting" } else { "open" };
        before
    };
    if before == "open" {
        return state_of(&server, &name);
    }
    if before == "connecting" {
        let data = json!({ "instance": name, "state": "open", "statusReason": 200,
                           "wuid": "5511900000000@s.whatsapp.net" });
        server.emit(&name, "connection.update", data);
    }
    answer(200, &qr_code(&server))
}

async fn connection_state(State(server): App, Path(name): Path<String>) -> Response {
    state_of(&server, &name)
}

fn state_of(server: &Server, name: &str) -> Response {
    let state = server.state().instances.get(name).map(|instance| instance.state);
    answer(200, &json!({ "instance": { "instanceName": name, "state": state } }))
}

async fn logout(State(server): App, Path(name): Path<String>) -> Response {
    let mut state = server.state();
    match state.instances.get_mut(&name) {
        Some(instance) if instance.state != "close" => {
            instance.state = "close";
            answer(200, &success("Instance logged out"))
        }
        _ => bad_request(json!([format!("The \"{name}\" instance is not connected")])),
    }
}

async fn remove(State(server): App, Path(name): Path<String>) -> Response {
    server.state().instances.remove(&name);
    answer(200, &success("Instance deleted"))
}

fn success(message: &str) -> Value {
    json!({ "status": "SUCCESS", "error": false, "response": { "message": message } })
}

async fn set_webhook(State(server): App, Path(name): Path<String>, bytes: Bytes) -> Response {
    let body = body_of(&bytes);
    let webhook = &body["webhook"];
    if !webhook["enabled"].is_boolean() {
        return bad_request(json!([["webhook.enabled is required"]]));
    }
    let Some(target) = Target::read(webhook) else {
        return bad_request(json!([["webhook.url is required"]]));
    };
    server.set_webhook(&name, target);
    answer(201, &webhook_row(&server, &name))
}

async fn find_webhook(State(server): App, Path(name): Path<String>) -> Response {
    answer(200, &webhook_row(&server, &name))
}

fn webhook_row(server: &Server, name: &str) -> Value {
    let state = server.state();
    let row = state
        .instances
        .get(name)
        .and_then(|instance| instance.webhook.as_ref().map(|target| target.row(&instance.id)));
    row.unwrap_or_default()
}

async fn send_text(State(server): App, Path(name): Path<String>, bytes: Bytes) -> Response {
    let body = body_of(&bytes);
    let (Some(number), Some(text)) = (body["number"].as_str(), body["text"].as_str()) else {
        return bad_request(json!([["instance requires property \"number\" and \"text\""]]));
    };
    if text.is_empty() {
        return bad_request(json!([["text should not be empty"]]));
    }
    let fault = server.next_fault();
    let to = payload::jid(number);
    match fault {
        None => answer(201, &server.accept(&name, &to, text)),
        Some(SendFault::AcceptThenHang) => {
            server.accept(&name, &to, text);
            std::future::pending().await
        }
        Some(SendFault::AcceptThen500) => {
            server.accept(&name, &to, text);
            let message = json!("Internal server error");
            answer(500, &payload::error(500, "Internal Server Error", message))
        }
        Some(SendFault::AcceptThenReset) => {
            server.accept(&name, &to, text);
            cut_off()
        }
        Some(SendFault::ResetBeforeAccept) => cut_off(),
        Some(SendFault::Refuse503) => {
            answer(503, &payload::error(503, "Service Unavailable", json!(["try later"])))
        }
        Some(SendFault::RateLimited { retry_after }) => {
            let body = payload::error(429, "Too Many Requests", json!(["rate limited"]));
            let mut response = answer(429, &body);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            response
        }
        Some(SendFault::Unauthorized) => unauthorized(),
        Some(SendFault::NotOnWhatsapp) => {
            bad_request(json!([{ "jid": to, "exists": false, "number": number }]))
        }
        Some(SendFault::ErrorIn201) => answer(
            201,
            &json!({ "message": "(#131026) Message undeliverable", "type": "OAuthException",
                     "code": 131_026, "error_data": { "messaging_product": "whatsapp" } }),
        ),
    }
}

/// A 201 whose body breaks off, and the connection with it.
fn cut_off() -> Response {
    let start = Ok::<_, io::Error>(Bytes::from_static(b"{\"key\":{\"remo"));
    let broken = Err(io::Error::from(io::ErrorKind::ConnectionReset));
    let mut response = Response::new(Body::from_stream(stream::iter([start, broken])));
    *response.status_mut() = StatusCode::CREATED;
    response
}

async fn find_messages(
    State(server): App,
    Path(name): Path<String>,
    bytes: Bytes,
) -> Result<Response, Infallible> {
    let body = body_of(&bytes);
    let records = server.history(&name, body["where"]["key"]["remoteJid"].as_str());
    let total = records.len();
    let per_page = body["offset"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(50);
    let page: Vec<_> = records.into_iter().take(per_page).collect();
    Ok(answer(
        200,
        &json!({ "messages": { "total": total, "pages": total.div_ceil(per_page.max(1)),
                               "currentPage": 1, "records": page } }),
    ))
}

async fn whatsapp_numbers(Path(_): Path<String>, bytes: Bytes) -> Response {
    let body = body_of(&bytes);
    let rows: Vec<_> = body["numbers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|number| {
            let jid = payload::jid(number);
            let exists = jid.len() > "1234567@s.whatsapp.net".len();
            json!({ "jid": jid, "exists": exists, "number": number })
        })
        .collect();
    answer(200, &json!(rows))
}
