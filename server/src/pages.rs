//! The chat page for trying Booka out in a browser.

use axum::{
    Router,
    http::header,
    response::{Html, IntoResponse, Redirect},
    routing::get,
};

use crate::app::App;

const CHAT: &str = include_str!("../assets/chat.html");

pub(crate) fn router() -> Router<App> {
    Router::new().route("/", get(async || Redirect::temporary("/chat"))).route("/chat", get(chat))
}

async fn chat() -> impl IntoResponse {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                  connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(CHAT))
}
