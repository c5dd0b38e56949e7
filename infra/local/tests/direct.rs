//! The short way to the endpoints answers as the sockets do.

#![expect(clippy::unwrap_used, reason = "a helper of tests stops at the first surprise, as the tests do")]

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure as OnFailure};
use aws_sdk_s3::{
    config::{Credentials, SharedCredentialsProvider},
    error::{ProvideErrorMetadata, SdkError},
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use local::cloud::{
    Cloud, Place,
    credentials::{ACCESS_KEY, REGION, SECRET_KEY},
    dynamo::Doorbells,
    tables::{LEDGER, PAGES},
};

/// Clients of a fresh cloud, by the short way or by sockets.
fn clients(cloud: &Cloud, is_direct: bool) -> (aws_sdk_s3::Client, aws_sdk_dynamodb::Client) {
    let keys = Credentials::new(ACCESS_KEY, SECRET_KEY, None, None, "local");
    let mut sdk = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .credentials_provider(SharedCredentialsProvider::new(keys))
        .retry_config(RetryConfig::disabled());
    if is_direct {
        sdk = sdk.http_client(cloud.direct());
    }
    let sdk = sdk.build();
    let s3 = aws_sdk_s3::config::Builder::from(&sdk).endpoint_url(&cloud.s3_url).force_path_style(true).build();
    let dynamo = aws_sdk_dynamodb::config::Builder::from(&sdk).endpoint_url(&cloud.dynamo_url).build();
    (aws_sdk_s3::Client::from_conf(s3), aws_sdk_dynamodb::Client::from_conf(dynamo))
}

/// What a caller can tell of an outcome: the result, or kind, status and code of the error.
fn told<T: std::fmt::Debug, E>(outcome: Result<T, SdkError<E, HttpResponse>>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match outcome {
        Ok(answer) => format!("{answer:?}"),
        Err(error) => {
            let status = error.raw_response().map(|response| response.status().as_u16());
            let code = error.code().map(str::to_owned);
            format!("{status:?} {code:?} {:?}", error.as_service_error())
        }
    }
}

/// Its parts in order, without what differs between two runs by nature: request ids, instants, the order of a map.
fn settled(told: &str) -> Vec<String> {
    let by_nature = |part: &&str| {
        ["request_id", "last_modified", "requestid", "secs", "subsecond"].iter().any(|it| part.contains(it))
    };
    let parts = told.split([',', '{', '}']).map(str::trim).filter(|part| !by_nature(part));
    let mut parts: Vec<String> = parts.map(str::to_owned).collect();
    parts.sort();
    parts
}

async fn conversation(is_direct: bool) -> Vec<String> {
    let cloud = Cloud::start(&Place::Memory, Doorbells::none()).await.unwrap();
    let (s3, dynamo) = clients(&cloud, is_direct);
    let mut all = Vec::new();
    all.push(told(s3.head_object().bucket(PAGES).key("a").send().await));
    all.push(told(s3.get_object().bucket(PAGES).key("a").send().await.map(|_| ())));
    let put = || s3.put_object().bucket(PAGES).key("a");
    all.push(told(put().body("一".as_bytes().to_vec().into()).send().await));
    all.push(told(put().body("一".as_bytes().to_vec().into()).if_match("\"0\"").send().await));
    all.push(told(put().body("一".as_bytes().to_vec().into()).if_none_match("*").send().await));
    all.push(told(put().body("二".as_bytes().to_vec().into()).if_none_match("*").send().await));
    all.push(told(s3.head_object().bucket(PAGES).key("a").send().await));
    let got = s3.get_object().bucket(PAGES).key("a").send().await.unwrap();
    let headers = format!("{:?} {:?}", got.content_length(), got.e_tag());
    all.push(format!("{headers} {:?}", got.body.collect().await.unwrap().into_bytes()));
    all.push(told(s3.list_objects_v2().bucket(PAGES).send().await));
    all.push(told(s3.head_bucket().bucket("none").send().await));

    let key = |name: &str| AttributeValue::S(name.to_owned());
    let put =
        || dynamo.put_item().table_name(LEDGER).item("pk", key("s:1")).item("sk", AttributeValue::N("1".to_owned()));
    all.push(told(put().item("day", key("d")).item("at", AttributeValue::N("7".to_owned())).send().await));
    let once = put().condition_expression("attribute_not_exists(pk)");
    all.push(told(once.return_values_on_condition_check_failure(OnFailure::AllOld).send().await));
    let query = dynamo.query().table_name(LEDGER).key_condition_expression("pk = :p");
    all.push(told(query.expression_attribute_values(":p", key("s:1")).projection_expression("pk, sk").send().await));
    all.push(told(dynamo.query().table_name("none").key_condition_expression("pk = :p").send().await));
    all
}

#[tokio::test]
async fn an_sdk_is_told_the_same_by_the_short_way_as_by_sockets() {
    let (short, long) = (conversation(true).await, conversation(false).await);
    for (one, other) in short.iter().zip(&long) {
        assert_eq!(settled(one), settled(other));
    }
    assert!(short[0].contains("NotFound") && short[1].contains("NoSuchKey"), "{short:#?}");
}

#[tokio::test]
async fn nobody_else_is_reached_by_the_short_way() {
    let cloud = Cloud::start(&Place::Memory, Doorbells::none()).await.unwrap();
    let (s3, _) = clients(&cloud, true);
    let elsewhere = s3.config().to_builder().endpoint_url("http://127.0.0.1:9").build();
    let error = aws_sdk_s3::Client::from_conf(elsewhere).list_buckets().send().await.unwrap_err();
    assert!(format!("{error:?}").contains("nobody answers"), "{error:?}");
}
