//! What every channel must do.

use channels::{Channel, ChannelAccount, ChannelKind, Outgoing, SendError, Simulator};
use fakes::evolution::SendFault;
use jiff::SignedDuration;
use kernel::{Clock as _, Ids, MockClock, OutboundId};

use crate::{INSTANCE, client, fake};

fn account(kind: ChannelKind) -> (ChannelAccount, MockClock, Ids) {
    let clock = MockClock::at("2026-03-02T09:00:00Z".parse().expect("instant"));
    let ids = Ids::seeded(3);
    let account = ChannelAccount {
        tenant_id: ids.next(&clock),
        id: ids.next(&clock),
        channel: kind,
        instance: INSTANCE.to_owned(),
    };
    (account, clock, ids)
}

/// A message that was sent is found, under the id that sending gave.
async fn sent_is_found(channel: &dyn Channel, kind: ChannelKind) {
    let (account, clock, ids) = account(kind);
    let id: OutboundId = ids.next(&clock);
    let message = Outgoing { id, recipient: "5511988887777", text: "Hola, ¿qué tal?" };
    let sent = channel.send(&account, &message).await.expect("sends");
    assert!(!sent.provider_message_id.is_empty());
    let since = clock.now() - SignedDuration::from_secs(5);
    let found = channel.find_sent(&account, &message, since).await.expect("answers");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].provider_message_id, sent.provider_message_id);
    assert!(found[0].at >= since);
}

#[tokio::test]
async fn the_simulator_keeps_the_contract() {
    sent_is_found(&Simulator, ChannelKind::Simulator).await;
}

#[tokio::test]
async fn evolution_keeps_the_contract() {
    let (_, clock, _) = account(ChannelKind::Evolution);
    let (_fake, listening) = fake(&clock).await;
    sent_is_found(&client(&listening), ChannelKind::Evolution).await;
}

#[tokio::test]
async fn evolution_finds_only_the_same_message() {
    let (account, clock, ids) = account(ChannelKind::Evolution);
    let (fake, listening) = fake(&clock).await;
    let client = client(&listening);
    fake.customer_says(INSTANCE, "5511988887777", "Hola"); // the same words, from the other side
    let id: OutboundId = ids.next(&clock);
    let hola = Outgoing { id, recipient: "5511988887777", text: "Hola" };
    let since = clock.now() - SignedDuration::from_secs(5);
    for (recipient, text) in [("5511988887777", "Adiós"), ("34600111222", "Hola")] {
        client.send(&account, &Outgoing { id, recipient, text }).await.expect("sends");
    }
    assert_eq!(client.find_sent(&account, &hola, since).await.expect("answers"), []);
    client.send(&account, &hola).await.expect("sends");
    assert_eq!(client.find_sent(&account, &hola, since).await.expect("answers").len(), 1);
    let later = clock.now() + SignedDuration::from_secs(5);
    assert_eq!(client.find_sent(&account, &hola, later).await.expect("answers"), []);
}

#[tokio::test]
async fn evolution_sorts_every_failure() {
    let (mut account, clock, ids) = account(ChannelKind::Evolution);
    let (fake, listening) = fake(&clock).await;
    let client = client(&listening);
    let id: OutboundId = ids.next(&clock);
    let message = Outgoing { id, recipient: "5511988887777", text: "Hola" };
    let cases = [
        (SendFault::AcceptThenHang, "unknown"),
        (SendFault::AcceptThen500, "unknown"),
        (SendFault::AcceptThenReset, "unknown"),
        (SendFault::ResetBeforeAccept, "unknown"),
        (SendFault::Refuse503, "unavailable"),
        (SendFault::RateLimited { retry_after: 7 }, "unavailable 7"),
        (SendFault::Unauthorized, "unauthorized"),
        (SendFault::NotOnWhatsapp, "refused"),
        (SendFault::ErrorIn201, "refused"),
    ];
    for (fault, expected) in cases {
        fake.fail_next([fault]);
        let error = client.send(&account, &message).await.expect_err("fails");
        assert_eq!(sort(&error), expected, "{fault:?}: {error}");
        assert!(!error.to_string().contains("5511988887777"), "{error}");
    }
    account.instance = "nobody".to_owned();
    let error = client.send(&account, &message).await.expect_err("fails");
    assert_eq!(sort(&error), "refused", "{error}");
    drop(listening);
}

#[tokio::test]
async fn evolution_away_is_certain() {
    let (account, clock, ids) = account(ChannelKind::Evolution);
    let (_fake, listening) = fake(&clock).await;
    let client = client(&listening);
    drop(listening);
    tokio::task::yield_now().await;
    let id: OutboundId = ids.next(&clock);
    let message = Outgoing { id, recipient: "5511988887777", text: "Hola" };
    let error = client.send(&account, &message).await.expect_err("fails");
    assert_eq!(sort(&error), "unavailable", "{error}");
}

fn sort(error: &SendError) -> String {
    match error {
        SendError::Refused { .. } => "refused".to_owned(),
        SendError::Unauthorized => "unauthorized".to_owned(),
        SendError::Unavailable { retry_after: Some(after), .. } => {
            format!("unavailable {}", after.as_secs())
        }
        SendError::Unavailable { .. } => "unavailable".to_owned(),
        SendError::Unknown { .. } => "unknown".to_owned(),
    }
}
