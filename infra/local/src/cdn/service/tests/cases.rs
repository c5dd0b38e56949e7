//! The table of cases that the CDN's functions are held to, held against the local CDN.

use super::*;

fn table() -> Value {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../cdn/cases.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn string<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// A request of the table; none where HTTP itself cannot carry it, which the caller must then account for.
fn request(case: &Value) -> Option<Request<Body>> {
    let given = &case["request"];
    let query = string(given, "querystring");
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    let uri = format!("{}{query}", string(given, "path"));
    let mut request = Request::builder().method(string(given, "method")).uri(uri);
    if !string(given, "host").is_empty() {
        request = request.header("host", string(given, "host"));
    }
    for (name, value) in given["headers"].as_object().unwrap() {
        request = request.header(name, value.as_str().unwrap());
    }
    request.body(Body::empty()).ok()
}

#[tokio::test]
async fn every_request_of_the_table_goes_where_the_table_says() {
    let table = table();
    let (mut ran, mut impossible) = (0, 0);
    for case in table["requests"].as_array().unwrap() {
        let name = string(case, "name");
        let domain = case["cityDomain"].as_str().unwrap_or(string(&table, "cityDomain"));
        let city = City::new(domain, string(&table, "scheme"));
        let expect = &case["expect"];
        let key = string(expect, "key");
        if !key.is_empty() {
            city.put(key, key, &[]);
        }
        let Some(request) = request(case) else {
            impossible += 1;
            continue;
        };
        let response = city.send(request).await;
        ran += 1;
        if !key.is_empty() {
            let missing = key.ends_with("/404.html") && !string(&case["request"], "path").ends_with("/404.html");
            assert_eq!(response.status(), if missing { 404 } else { 200 }, "{name}");
            if string(&case["request"], "method") == "GET" {
                assert_eq!(text(response).await, key, "{name}");
            }
        } else if let Some(site) = expect["site"].as_str() {
            assert_eq!(response.status(), 200, "{name}");
            let event = city.events.lock().unwrap().pop().unwrap();
            assert_eq!(event["rawPath"], case["request"]["path"], "{name}");
            assert_eq!(event["headers"]["x-taihu-site"], site, "{name}");
            // The origin's secret is added by the distribution, not by its function.
            assert_eq!(event["headers"]["x-taihu-origin"], "origin-secret", "{name}");
            let mut headers = event["headers"].clone();
            let headers = headers.as_object_mut().unwrap();
            headers.remove("host");
            headers.remove("x-taihu-origin");
            assert_eq!(&Value::Object(headers.clone()), &expect["headers"], "{name}");
        } else {
            assert_eq!(response.status().as_u16(), expect["status"].as_u64().unwrap() as u16, "{name}");
            assert_eq!(header(&response, "location"), string(expect, "location"), "{name}");
            if let Some(code) = expect["problem"].as_str() {
                assert_eq!(header(&response, "content-type"), "application/problem+json", "{name}");
                assert_eq!(header(&response, "cache-control"), "no-store", "{name}");
                let mut problem: Value = serde_json::from_str(&text(response).await).unwrap();
                let fields = problem.as_object_mut().unwrap();
                assert_eq!(fields.remove("instance"), Some(case["request"]["path"].clone()), "{name}");
                assert!(
                    fields.remove("request").is_some_and(|id| id.as_str().is_some_and(|id| !id.is_empty())),
                    "{name}"
                );
                assert_eq!(problem, table["problems"][code], "{name}");
            }
        }
    }
    assert!(ran >= 80 && impossible <= 5, "{ran} ran, {impossible} cannot be sent over HTTP");
}

#[tokio::test]
async fn every_response_of_the_table_has_the_tables_status_and_headers() {
    let table = table();
    let mut ran = 0;
    for case in table["responses"].as_array().unwrap() {
        let name = string(case, "name");
        let given = &case["response"];
        let status = given["status"].as_u64().unwrap();
        // Ranges never reach this CDN's objects: it sends whole pages and announces no ranges.
        if matches!(status, 206 | 416) {
            continue;
        }
        let path = string(&case["request"], "path");
        let domain = string(&table, "cityDomain");
        let host = case["request"]["host"].as_str().map_or(format!("www.{domain}"), str::to_owned);
        let site = host.split('.').next().unwrap().to_ascii_lowercase();
        let key = path
            .strip_prefix('/')
            .filter(|path| path.starts_with("_assets/"))
            .map_or(format!("{site}{path}"), str::to_owned);
        let city = City::new(domain, string(&table, "scheme"));
        let object = Object {
            bytes: "x".into(),
            etag: string(&given["headers"], "etag").to_owned(),
            content_type: string(&given["headers"], "content-type").to_owned(),
            cache_control: given["headers"]["cache-control"].as_str().map(str::to_owned),
            disposition: given["headers"]["content-disposition"].as_str().map(str::to_owned),
            metadata: given["metadata"]
                .as_object()
                .unwrap()
                .iter()
                .map(|(k, v)| (k.clone(), v.as_str().unwrap().to_owned()))
                .collect(),
        };
        city.bucket.objects.lock().unwrap().insert(key, object);
        let known = string(&given["headers"], "etag");
        let conditional = [("if-none-match", known)];
        let response =
            city.ask("GET", &format!("https://{host}{path}"), if status == 304 { &conditional } else { &[] }).await;
        assert_eq!(u64::from(response.status().as_u16()), case["expect"]["status"].as_u64().unwrap(), "{name}");
        for (header_name, value) in case["expect"]["headers"].as_object().unwrap() {
            // A 304 says what may have changed, not what the client knows (RFC 9110 §15.4.5).
            if status == 304 && header_name == "content-type" {
                continue;
            }
            assert_eq!(header(&response, header_name), value.as_str().unwrap(), "{name}: {header_name}");
        }
        let open = case["expect"]["headers"]["access-control-allow-origin"].as_str().unwrap_or_default();
        assert_eq!(header(&response, "access-control-allow-origin"), open, "{name}");
        assert!(response.headers().keys().all(|header| !header.as_str().starts_with("x-amz-meta-")), "{name}");
        for (header_name, value) in table["securityHeaders"].as_object().unwrap() {
            // What a case names itself stands over what every page has.
            let value = case["expect"]["headers"].get(header_name).unwrap_or(value);
            assert_eq!(header(&response, header_name), value.as_str().unwrap(), "{name}: {header_name}");
        }
        ran += 1;
    }
    assert!(ran >= 18, "{ran}");
}

#[tokio::test]
async fn what_is_missing_is_answered_by_the_tables_page() {
    for case in table()["missing"].as_array().unwrap() {
        let (name, path) = (string(case, "name"), string(case, "path"));
        let city = City::local();
        let key = string(&case["expect"], "key");
        city.put(key, key, &[]);
        // The table's paths begin with the site's prefix, as the bucket sees them; a reader asks for a folder, not for its index.
        let url = match path.strip_prefix("/jyj") {
            Some(path) => format!("http://jyj.localhost:8080{}", path.trim_end_matches("index.html")),
            None => format!("http://www.localhost:8080{path}"),
        };
        let response = city.get(&url).await;
        assert_eq!(response.status(), 404, "{name}");
        assert_eq!(header(&response, "cache-control"), "max-age=0, s-maxage=10", "{name}");
        assert_eq!(text(response).await, key, "{name}");
    }
}
