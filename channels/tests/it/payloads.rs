//! Every kind of webhook body there is, and some that there is not.

use channels::{
    EchoSource, InboundKind, Received, Status,
    whatsapp::evolution::{WebhookError, parse_webhook},
};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

const ANA: &str = "5511988887777@s.whatsapp.net";

fn now() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().expect("instant")
}

fn parse(event: &str, data: &Value) -> Vec<Received> {
    let body = json!({ "event": event, "instance": "i", "data": data, "apikey": "secret",
                       "date_time": "2026-03-02T06:00:00.000Z" });
    parse_webhook(body.to_string().as_bytes(), now()).expect("an envelope").items
}

fn upsert(message: &Value) -> Received {
    let data = json!({ "key": { "remoteJid": ANA, "fromMe": false, "id": "A1" },
                       "pushName": "Ana", "message": message, "messageTimestamp": 1_772_442_000 });
    parse("messages.upsert", &data).remove(0)
}

/// What a message comes down to: `text …`, `what (caption)`, or `ignored: …`.
fn gist(received: &Received) -> String {
    match received {
        Received::Message(message) => match &message.kind {
            InboundKind::Text => format!("text {}", message.body),
            InboundKind::Unsupported { what } => format!("{what} ({})", message.body),
        },
        Received::Delivery(delivery) => format!("delivery {}", delivery.status.as_str()),
        Received::Echo(echo) => format!("echo {}", echo.text),
        Received::Ignored { reason } => format!("ignored: {reason}"),
    }
}

#[test]
fn every_message_type() {
    let cases = [
        (json!({ "conversation": "hola" }), "text hola"),
        (json!({ "conversation": "hola", "messageContextInfo": {} }), "text hola"),
        (json!({ "extendedTextMessage": { "text": "hola" } }), "text hola"),
        (json!({ "ephemeralMessage": { "message": { "conversation": "hola" } } }), "text hola"),
        (
            json!({ "ephemeralMessage": { "message": {
                "viewOnceMessageV2": { "message": { "imageMessage": { "caption": "look" } } } } } }),
            "image (look)",
        ),
        (json!({ "viewOnceMessage": { "message": { "videoMessage": {} } } }), "video ()"),
        (
            json!({ "documentWithCaptionMessage": { "message": {
                "documentMessage": { "caption": "the bill" } } } }),
            "document (the bill)",
        ),
        (
            json!({ "buttonsResponseMessage": {
                "selectedButtonId": "b1", "selectedDisplayText": "Yes" } }),
            "text Yes",
        ),
        (json!({ "buttonsResponseMessage": { "selectedButtonId": "b1" } }), "text b1"),
        (
            json!({ "templateButtonReplyMessage": {
                "selectedId": "t1", "selectedDisplayText": "Confirm" } }),
            "text Confirm",
        ),
        (
            json!({ "listResponseMessage": {
                "title": "10:00", "singleSelectReply": { "selectedRowId": "r1" } } }),
            "text 10:00",
        ),
        (
            json!({ "interactiveResponseMessage": { "nativeFlowResponseMessage": {
                "name": "menu_options", "paramsJson": "{\"id\":\"opt-2\"}" } } }),
            "text opt-2",
        ),
        (
            json!({ "interactiveResponseMessage": { "nativeFlowResponseMessage": {
                "paramsJson": "not json" } } }),
            "unknown ()",
        ),
        (json!({ "interactiveMessage": {}, "conversation": "tapped" }), "text tapped"),
        (json!({ "imageMessage": { "url": "u", "caption": "my hair" } }), "image (my hair)"),
        (json!({ "audioMessage": { "ptt": true } }), "voice note ()"),
        (json!({ "audioMessage": { "ptt": false } }), "audio ()"),
        (json!({ "documentMessage": { "fileName": "x.pdf" } }), "document ()"),
        (json!({ "stickerMessage": {} }), "sticker ()"),
        (json!({ "ptvMessage": {} }), "video ()"),
        (json!({ "locationMessage": { "degreesLatitude": 1.0 } }), "location ()"),
        (json!({ "liveLocationMessage": {} }), "location ()"),
        (json!({ "contactMessage": { "displayName": "Bea" } }), "contact ()"),
        (json!({ "contactsArrayMessage": { "contacts": [] } }), "contact ()"),
        (json!({ "orderMessage": {} }), "unknown ()"),
        (json!({ "reactionMessage": { "text": "👍" } }), "ignored: reaction"),
        (json!({ "protocolMessage": { "type": 0 } }), "ignored: protocol message"),
        (json!({ "editedMessage": {} }), "ignored: edit"),
        (json!({ "pollUpdateMessage": {} }), "ignored: poll vote"),
        (json!({ "messageContextInfo": {} }), "ignored: empty message"),
        (json!({ "conversation": "  " }), "unknown ()"),
        (json!({}), "ignored: empty message"),
        (Value::Null, "ignored: empty message"),
        (json!("hola"), "ignored: empty message"),
    ];
    for (message, expected) in cases {
        assert_eq!(gist(&upsert(&message)), expected, "{message}");
    }
}

#[test]
fn tapped_ids_stay_in_the_payload() {
    let tap = json!({ "buttonsResponseMessage": {
        "selectedButtonId": "b1", "selectedDisplayText": "Yes" } });
    let Received::Message(message) = upsert(&tap) else { panic!("a message") };
    let payload = &message.payload["message"]["buttonsResponseMessage"];
    assert_eq!(payload["selectedButtonId"], "b1");
}

#[test]
fn three_shapes_of_upsert() {
    let one =
        json!({ "key": { "remoteJid": ANA, "id": "A1" }, "message": { "conversation": "x" } });
    assert_eq!(parse("messages.upsert", &one).len(), 1);
    assert_eq!(parse("messages.upsert", &json!([one, one])).len(), 2);
    assert_eq!(parse("messages.upsert", &json!({ "messages": [one, one, one] })).len(), 3);
    assert_eq!(parse("MESSAGES_UPSERT", &one).len(), 1);
}

#[test]
fn who_wrote() {
    let from = |key: Value| {
        let mut key = key;
        key["id"] = "A1".into();
        parse("messages.upsert", &json!({ "key": key, "message": { "conversation": "x" } }))
            .remove(0)
    };
    let person = |received: Received| match received {
        Received::Message(m) => {
            (m.address, m.alias, m.phone.map(|phone| phone.as_str().to_owned()))
        }
        other => panic!("{}", gist(&other)),
    };
    let number = Some("+5511988887777".to_owned());
    let lid = Some("123@lid".to_owned());
    for (key, expected) in [
        (json!({ "remoteJid": ANA }), (ANA.to_owned(), None, number.clone())),
        (
            json!({ "remoteJid": "5511988887777:12@s.whatsapp.net" }),
            (ANA.to_owned(), None, number.clone()),
        ),
        (json!({ "remoteJid": "5511988887777@c.us" }), (ANA.to_owned(), None, number.clone())),
        (
            json!({ "remoteJid": "123@lid", "remoteJidAlt": ANA }),
            (ANA.to_owned(), lid.clone(), number.clone()),
        ),
        (
            json!({ "remoteJid": ANA, "remoteJidAlt": "123:4@lid" }),
            (ANA.to_owned(), lid.clone(), number),
        ),
        (json!({ "remoteJid": "123@lid" }), ("123@lid".to_owned(), None, None)),
    ] {
        assert_eq!(person(from(key.clone())), expected, "{key}");
    }
    for (jid, reason) in [
        ("120363@g.us", "ignored: group"),
        ("status@broadcast", "ignored: status"),
        ("55119@broadcast", "ignored: broadcast"),
        ("120363@newsletter", "ignored: newsletter"),
        ("somebody", "ignored: unknown address"),
        ("nonsense@s.whatsapp.net", "ignored: unknown address"),
        ("", "ignored: no address"),
    ] {
        assert_eq!(gist(&from(json!({ "remoteJid": jid }))), reason, "{jid}");
        let own = from(json!({ "remoteJid": jid, "fromMe": true }));
        assert_eq!(gist(&own), reason, "{jid}");
    }
}

#[test]
fn own_messages_are_echoes() {
    let data = json!({ "key": { "remoteJid": ANA, "fromMe": true, "id": "A1" },
                       "message": { "conversation": "I am the owner" } });
    for (event, source) in
        [("messages.upsert", EchoSource::Phone), ("send.message", EchoSource::Api)]
    {
        match &parse(event, &data)[..] {
            [Received::Echo(echo)] => {
                assert_eq!((echo.source, echo.text.as_str()), (source, "I am the owner"));
                assert_eq!(echo.address, ANA);
            }
            other => panic!("{other:?}"),
        }
    }
    let data = json!({ "key": { "remoteJid": ANA, "fromMe": true, "id": "A1" },
                       "message": { "reactionMessage": { "text": "👍" } } });
    let gist = gist(&parse("messages.upsert", &data)[0]);
    assert_eq!(gist, "ignored: own message: reaction");
}

#[test]
fn times_in_every_shape() {
    let at = |stamp: Value| {
        let data = json!({ "key": { "remoteJid": ANA, "id": "A1" }, "messageTimestamp": stamp,
                           "message": { "conversation": "x" } });
        match parse("messages.upsert", &data).remove(0) {
            Received::Message(message) => message.provider_at,
            other => panic!("{other:?}"),
        }
    };
    let expected = Timestamp::from_second(1_717_604_327).expect("instant");
    for stamp in [
        json!(1_717_604_327),
        json!("1717604327"),
        json!({ "low": 1_717_604_327, "high": 0, "unsigned": true }),
        json!(1_717_604_327_000_i64),
    ] {
        assert_eq!(at(stamp.clone()), expected, "{stamp}");
    }
    for stamp in [
        Value::Null,
        json!(0),
        json!(-5),
        json!("soon"),
        json!(1.5),
        json!(u64::MAX),
        json!(i64::MAX),
        json!({ "low": 1, "high": i64::MAX }),
        json!({ "high": 1 }),
        json!([]),
        json!(4_000_000_000_i64), // in 2096
    ] {
        assert_eq!(at(stamp.clone()), now(), "{stamp}");
    }
}

#[test]
fn statuses() {
    for (status, expected) in [
        ("SERVER_ACK", Some(Status::Sent)),
        ("SENT", Some(Status::Sent)),
        ("DELIVERY_ACK", Some(Status::Delivered)),
        ("DELIVERED", Some(Status::Delivered)),
        ("READ", Some(Status::Read)),
        ("PLAYED", Some(Status::Read)),
        ("ERROR", Some(Status::Failed)),
        ("FAILED", Some(Status::Failed)),
        ("PENDING", None),
        ("DELETED", None),
        ("???", None),
    ] {
        let data = json!({ "keyId": "A1", "remoteJid": ANA, "fromMe": true, "status": status });
        let got = match &parse("messages.update", &data)[0] {
            Received::Delivery(delivery) => Some(delivery.status),
            _ => None,
        };
        assert_eq!(got, expected, "{status}");
    }
    let theirs = json!({ "keyId": "A1", "fromMe": false, "status": "READ" });
    assert!(matches!(parse("messages.update", &theirs)[0], Received::Ignored { .. }));
}

#[test]
fn other_events_are_ignored_by_name() {
    for event in ["connection.update", "qrcode.updated", "call", "messages.edited", "messages.set"]
    {
        let gist = gist(&parse(event, &json!({ "state": "open" }))[0]);
        assert_eq!(gist, format!("ignored: event not handled: {event}"));
    }
}

#[test]
fn what_is_not_an_envelope_is_refused() {
    let deep = format!("{{\"event\":{}", "[".repeat(100_000));
    for raw in [
        &b""[..],
        b"hello",
        b"{\"event\":\"messages.upsert\"",
        b"{\"event\":\"x\",\"instance\":\"\\ud800\"}",
        b"{\"event\":\"x\",\"instance\":\"\xff\"}",
        b"{\"event\":\"x\",\"instance\":\"i\",\"data\":1e400}",
        deep.as_bytes(),
    ] {
        let result = parse_webhook(raw, now());
        assert!(matches!(result, Err(WebhookError::Malformed(_))), "{result:?}");
    }
    for raw in [&b"{}"[..], b"[]", b"3", b"null", b"{\"event\":\"x\"}", b"{\"instance\":\"i\"}"] {
        assert!(matches!(parse_webhook(raw, now()), Err(WebhookError::Missing(_))));
    }
}

#[test]
fn nothing_private_is_printed() {
    let received = upsert(&json!({ "conversation": "a secret" }));
    let printed = format!("{received:?}");
    assert!(!printed.contains("a secret") && !printed.contains("5511988887777"), "{printed}");
}

/// JSON made of the words that the parser looks for.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        "[a-z\0]{0,6}",
        prop::sample::select(vec![
            "key",
            "id",
            "remoteJid",
            "remoteJidAlt",
            "fromMe",
            "message",
            "messages",
            "status",
            "conversation",
            "ephemeralMessage",
            "imageMessage",
            "messageTimestamp",
            "low",
            "high",
            "pushName",
            "keyId",
            "update",
            "paramsJson",
            "interactiveResponseMessage",
        ])
        .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec![ANA, "1@lid", "1@g.us", "READ", "\0", ":@", "@"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_json_is_too_strange(
        event in prop::sample::select(vec!["messages.upsert", "messages.update", "send.message"]),
        data in any_json(),
    ) {
        for received in parse(event, &data) {
            if let Received::Message(message) = received {
                prop_assert!(!message.payload.to_string().contains("\\u0000"));
                prop_assert!(!message.body.contains('\0'));
                prop_assert!((1..=200).contains(&message.address.chars().count()));
                prop_assert!((1..=200).contains(&message.provider_message_id.chars().count()));
            }
        }
    }

    #[test]
    fn no_bytes_are_too_strange(raw in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse_webhook(&raw, now());
    }
}
