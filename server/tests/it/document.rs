//! The OpenAPI document: fresh, whole, and of a kind that tools accept.

use std::collections::HashSet;

use serde_json::Value;

use crate::walls::{Operation, operations};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

fn printed() -> Vec<u8> {
    let booka = env!("CARGO_BIN_EXE_booka");
    let output = std::process::Command::new(booka).arg("openapi").output().expect("booka runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn openapi_is_fresh() {
    let committed = std::fs::read(COMMITTED).unwrap_or_default();
    assert!(
        committed == printed(),
        "docs/openapi.json is not what the code says; run `make openapi`"
    );
}

#[test]
fn every_operation_is_described() {
    let document: Value = serde_json::from_slice(&printed()).expect("JSON");
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    assert_eq!(document["security"][0]["api_key"], serde_json::json!([]));
    assert_eq!(document["components"]["securitySchemes"]["api_key"]["scheme"], "bearer");
    let mut ids = HashSet::new();
    for Operation { method, path, operation } in operations(&document) {
        let at = format!("{method} {path}");
        assert!(path.starts_with("/v1/"), "{at}");
        assert!(ids.insert(operation["operationId"].to_string()), "{at}: operationId twice");
        assert!(operation["summary"].is_string() && operation["tags"].is_array(), "{at}");
        let responses = operation["responses"].as_object().expect("responses");
        assert!(responses.keys().any(|status| status.starts_with('2')), "{at}: no success");
        for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
            let problem = &response["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(problem, "#/components/schemas/Problem", "{at} {status}");
        }
        let names = |name: &str| {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            parameters.clone().any(|parameter| parameter["name"] == name)
        };
        let changes_bookings = method == "POST"
            && ["/v1/holds", "/v1/appointments", "/v1/series"]
                .iter()
                .any(|at| path.starts_with(at));
        assert_eq!(names("Idempotency-Key"), changes_bookings, "{at}");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].is_string(), "{at}: {parameter}");
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
            let described = [schema, &schema["oneOf"][0]]
                .into_iter()
                .any(|schema| schema["description"].is_string());
            assert!(described, "{name}.{field} has no description: {schema}");
        }
    }
    let mut refs = Vec::new();
    collect_refs(&document, &mut refs);
    for reference in refs {
        let found = document.pointer(reference.trim_start_matches('#'));
        assert!(found.is_some(), "{reference} leads nowhere");
    }
}

fn collect_refs(value: &Value, refs: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            refs.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| collect_refs(value, refs));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_refs(value, refs)),
        _ => {}
    }
}
