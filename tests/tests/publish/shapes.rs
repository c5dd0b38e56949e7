//! Shapes of requests that the description does not have: arrays for objects, and paths that are no text, on every operation there is.

use anyhow::Result;
use http::Method;
use journeys::{
    app::{Call, TestApp},
    tokens::city_registrar,
};
use serde_json::{Value, json};

/// One operation of the API: its method, and its path below the base with places for parameters.
struct Operation {
    method: Method,
    path: String,
    body: Option<Value>,
}

/// Everything the OpenAPI document describes; a new route is here without anybody's help.
fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(publish::openapi()).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            operations.push(Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: path.strip_prefix("/api/publish").unwrap().to_owned(),
                body: (!schema.is_null()).then(|| resolved(&document, schema).clone()),
            });
        }
    }
    operations
}

/// A schema, behind its reference if it has one.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => schema,
    }
}

/// JSON pointers to every object of a body, the body itself first.
fn objects(document: &Value, schema: &Value, at: &str) -> Vec<String> {
    let mut found = vec![at.to_owned()];
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let member = resolved(document, member);
        if member["type"] == "object" {
            found.extend(objects(document, member, &format!("{at}/{name}")));
        }
    }
    found
}

/// A body in which an array stands at `pointer`, and what leads there.
fn with_array_at(pointer: &str, array: Value) -> Value {
    pointer.split('/').skip(1).collect::<Vec<_>>().into_iter().rev().fold(array, |inner, name| json!({ name: inner }))
}

async fn call<'a>(app: &'a TestApp, operation: &Operation, parameter: &str) -> Result<Call<'a>> {
    let segments = operation.path.split('/').map(|segment| if segment.starts_with('{') { parameter } else { segment });
    let path = segments.collect::<Vec<_>>().join("/");
    let call = app.call(operation.method.clone(), &path).bearer(city_registrar()?);
    Ok(if operation.method == Method::GET { call } else { call.key("shape").if_match(1).json(&json!({})) })
}

#[tokio::test]
async fn an_array_is_no_object_in_any_command() -> Result<()> {
    let app = TestApp::town().await?;
    let id = app.drafted("jyj", "jyj.tzgg", "标题").await?;
    let document = serde_json::to_value(publish::openapi())?;
    let before = app.written().await?;
    let mut compared = 0;
    for operation in operations() {
        let Some(schema) = &operation.body else { continue };
        for pointer in objects(&document, schema, "") {
            for array in [json!([]), json!(["a"]), json!(["t", "<p>b</p>", "", null])] {
                let body = with_array_at(&pointer, array);
                let answer = call(&app, &operation, &id).await?.json(&body).send().await?;
                let told = format!("{} {} {body}: {}", operation.method, operation.path, answer.text());
                assert_eq!(answer.status, 422, "{told}");
                let error = answer.json()["errors"][0].clone();
                assert_eq!(error["code"], "invalid-field", "{told}");
                assert_eq!(error["pointer"], pointer, "{told}");
                assert_eq!(error["detail_en"], "invalid type: sequence, expected an object", "{told}");
                compared += 1;
            }
        }
    }
    assert!(compared >= 42, "{compared}");
    assert_eq!(app.written().await?, before);
    Ok(())
}

#[tokio::test]
async fn a_path_that_is_no_text_is_a_problem_on_every_route() -> Result<()> {
    let app = TestApp::town().await?;
    let before = app.written().await?;
    let mut compared = 0;
    for operation in operations().iter().filter(|operation| operation.path.contains('{')) {
        for parameter in ["%FF", "%C0%80", "a%ED%A0%80"] {
            let answer = call(&app, operation, parameter).await?.send().await?;
            let told = format!("{} {} {parameter}: {}", operation.method, operation.path, answer.text());
            assert_eq!(answer.told(), (404, "not-found".to_owned()), "{told}");
            assert_eq!(answer.headers["content-type"], "application/problem+json", "{told}");
            compared += 1;
        }
    }
    assert!(compared >= 45, "{compared}");
    assert_eq!(app.written().await?, before);
    Ok(())
}
