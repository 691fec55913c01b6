//! The chat client against a scripted server.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Json, Router, extract::State, routing::post};
use serde_json::{Value, json};

use super::*;

fn phone(url: &str) -> Phone {
    let ids = Ids::seeded(1);
    let customer = Customer::new(Some("Maria"), false, &ids).unwrap();
    Phone::new(&url.parse().unwrap(), "demo", customer, ids).unwrap()
}

/// Listens on a port of its own; returns where.
async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio_util::task::TaskTracker::new().spawn(async { axum::serve(listener, router).await });
    url
}

fn page(messages: &[(i64, &str, &str, Option<&str>)], waiting: bool) -> Json<Value> {
    let messages: Vec<_> = messages
        .iter()
        .map(|(seq, direction, text, in_reply_to)| {
            json!({ "seq": seq, "direction": direction, "text": text,
                    "at": "2026-11-22T10:00:00Z", "in_reply_to": in_reply_to })
        })
        .collect();
    Json(json!({ "messages": messages, "waiting": waiting }))
}

/// A server that plays `pages` one after the other, the last one for ever; its first `n_away`
/// answers to a POST are that it is not available.
async fn scripted(pages: Vec<Json<Value>>, n_away: usize) -> String {
    #[derive(Clone)]
    struct Script {
        pages: Arc<Vec<Json<Value>>>,
        n_read: Arc<AtomicUsize>,
        n_away: Arc<AtomicUsize>,
    }
    let script = Script {
        pages: Arc::new(pages),
        n_read: Arc::default(),
        n_away: Arc::new(AtomicUsize::new(n_away)),
    };
    let say = async |State(script): State<Script>| {
        let order = Ordering::Relaxed;
        let left = script.n_away.fetch_update(order, order, |left| left.checked_sub(1));
        match left {
            Ok(_) => Err(StatusCode::SERVICE_UNAVAILABLE),
            Err(_) => Ok(Json(json!({ "message_id": "msg_1", "duplicate": false }))),
        }
    };
    let read = async |State(script): State<Script>| {
        let turn = script.n_read.fetch_add(1, Ordering::Relaxed);
        script.pages[turn.min(script.pages.len() - 1)].clone()
    };
    let route = post(say).get(read);
    serve(Router::new().route("/simulator/demo/messages", route).with_state(script)).await
}

fn texts(replies: &[Message]) -> Vec<&str> {
    replies.iter().map(|reply| reply.text.as_str()).collect()
}

#[tokio::test]
async fn waits_for_the_reply_to_what_was_said() {
    let pages = vec![
        page(&[(1, "in", "hi", None)], true),
        page(&[(2, "out", "late", Some("msg_0"))], true),
        page(&[(3, "out", "hello", Some("msg_1"))], false),
    ];
    let mut phone = phone(&scripted(pages, 0).await);
    assert_eq!(texts(&phone.say("hi").await.unwrap()), ["late", "hello"]);
    assert_eq!(phone.seen, 3);
}

#[tokio::test]
async fn says_it_again_while_the_server_is_away() {
    let pages = vec![page(&[(1, "out", "hello", Some("msg_1"))], false)];
    let mut phone = phone(&scripted(pages, 1).await);
    assert_eq!(texts(&phone.say("hi").await.unwrap()), ["hello"]);
}

#[tokio::test]
async fn a_turn_may_end_without_a_reply() {
    let pages = vec![page(&[(1, "in", "hi", None)], true), page(&[], false)];
    let mut phone = phone(&scripted(pages, 0).await);
    assert!(phone.say("hi").await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_there_is_said_with_the_remedy() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = phone(&url).catch_up().await.unwrap_err().to_string();
    assert_eq!(error, format!("Booka is not answering at {url}/; start it with `make demo`"));
}

#[tokio::test]
async fn refusals_are_passed_on() {
    let unknown = || async {
        (StatusCode::NOT_FOUND, Json(json!({ "detail": "No instance with that name" })))
    };
    let router = Router::new().fallback(unknown);
    let error = phone(&serve(router).await).catch_up().await.unwrap_err().to_string();
    assert_eq!(error, "Booka refused: No instance with that name");
}

#[test]
fn customers_are_who_they_say() {
    let customer = |writer, fresh| Customer::new(writer, fresh, &Ids::seeded(1)).unwrap();
    assert_eq!(customer(None, false).from, "you");
    assert_eq!(customer(None, false).name, None);
    assert_eq!(customer(Some("Maria"), false).name.as_deref(), Some("Maria"));
    assert_eq!(customer(Some("+34600111222"), false).name, None);
    assert!(customer(Some("Maria"), true).from.starts_with("Maria-"));
    assert!(Customer::new(Some("+34600111222"), true, &Ids::seeded(1)).is_err());
}
