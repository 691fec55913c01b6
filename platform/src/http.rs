//! The HTTP client everyone uses, so that every call is bounded in time and goes where it was sent.

use std::{sync::Once, time::Duration};

use reqwest::{Client, ClientBuilder, redirect};

/// How long the other side has to pick up.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// A client whose calls end after `timeout`, body included.
///
/// It follows no redirects: the addresses we call are configured, and an answer that sends us
/// elsewhere is an error to look at. It keeps connections open, so make one and clone it.
#[must_use]
pub fn client(timeout: Duration) -> Client {
    finish(builder().timeout(timeout))
}

/// The same for long downloads: it follows redirects, and ends a call only after `timeout` without
/// a byte.
#[must_use]
pub fn download_client(timeout: Duration) -> Client {
    finish(builder().redirect(redirect::Policy::limited(5)).read_timeout(timeout))
}

/// Makes ring the TLS library of this process. Several are compiled into nothing here, but the
/// client still wants one named; calling it again changes nothing.
pub fn install_tls() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        if rustls::crypto::ring::default_provider().install_default().is_err() {
            tracing::debug!("a TLS provider was already installed");
        }
    });
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes clients")]
fn builder() -> ClientBuilder {
    install_tls();
    Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .redirect(redirect::Policy::none())
        .user_agent(concat!("booka/", env!("CARGO_PKG_VERSION")))
}

/// A machine without CA certificates can still talk plain HTTP, which is all that the simulator
/// needs; calls over TLS then fail one by one, saying why.
#[expect(
    clippy::expect_used,
    reason = "without certificates to load nothing is left that can fail"
)]
fn finish(builder: ClientBuilder) -> Client {
    const WITHOUT_ROOTS: &str = "a client with fixed settings and no certificates";
    match builder.build() {
        Ok(client) => client,
        Err(error) => {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "no CA certificates on this machine; calls over TLS will fail"
            );
            self::builder().tls_certs_only([]).build().expect(WITHOUT_ROOTS)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn redirects_are_answers() {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = async {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = [0; 2048];
            let n_bytes = socket.read(&mut request).await.unwrap();
            socket
                .write_all(
                    b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n",
                )
                .await
                .unwrap();
            String::from_utf8_lossy(&request[..n_bytes]).into_owned()
        };
        let client = client(Duration::from_secs(5));
        let (request, response) =
            tokio::join!(server, client.get(format!("http://{address}/")).send());
        assert_eq!(response.unwrap().status(), 302);
        assert!(request.contains("user-agent: booka/"), "{request}");
    }
}
