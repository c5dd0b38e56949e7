use super::*;

fn route(host: &str, path: &str) -> Route {
    let edge = Edge {
        city_domain: "localhost:8080".to_owned(),
        scheme: "http".to_owned(),
        portal: "www".to_owned(),
        forms: &["letter", "disclosure"],
    };
    edge.route(host, path, None)
}

fn moved(location: &str) -> Route {
    Route::Redirect { location: location.to_owned(), lasting: Lasting::ForGood }
}

#[test]
fn a_host_is_a_site_and_a_path_an_object() {
    let page = |key: &str, site: &str| Route::Page { key: key.to_owned(), site: site.to_owned() };
    assert_eq!(route("www.localhost:8080", "/"), page("www/index.html", "www"));
    assert_eq!(route("JYJ.localhost:8080", "/zwgk/tzgg/"), page("jyj/zwgk/tzgg/index.html", "jyj"));
    assert_eq!(route("www.localhost:8080", "/a/2026/11/23/b.html"), page("www/a/2026/11/23/b.html", "www"));
}

#[test]
fn the_bare_domain_leads_to_the_portal() {
    let portal = Route::Redirect { location: "http://www.localhost:8080/x?y".to_owned(), lasting: Lasting::ForNow };
    let edge = Edge {
        city_domain: "localhost:8080".to_owned(),
        scheme: "http".to_owned(),
        portal: "www".to_owned(),
        forms: &["letter", "disclosure"],
    };
    assert_eq!(edge.route("localhost:8080", "/x", Some("y")), portal);
}

#[test]
fn a_city_at_a_default_port_is_found_with_and_without_it() {
    for (scheme, domain) in [("http", "localhost:80"), ("https", "localhost:443")] {
        let edge = Edge {
            city_domain: domain.to_owned(),
            scheme: scheme.to_owned(),
            portal: "www".to_owned(),
            forms: &["letter", "disclosure"],
        };
        let home = Route::Page { key: "www/index.html".to_owned(), site: "www".to_owned() };
        assert_eq!(edge.route(&format!("www.{domain}"), "/", None), home);
        assert_eq!(edge.route("www.localhost", "/", None), home);
        assert_eq!(edge.route("www.other", "/", None), Route::Nowhere);
    }
}

#[test]
fn an_alias_of_a_page_leads_to_its_one_address() {
    assert_eq!(route("www.localhost:8080", "/zwgk/tzgg"), moved("/zwgk/tzgg/"));
    assert_eq!(route("www.localhost:8080", "/ZWGK/%74zgg/index.html"), moved("/zwgk/tzgg/"));
    assert_eq!(route("www.localhost:8080", "/index.html"), moved("/"));
}

#[test]
fn no_path_climbs_or_hides() {
    for hostile in
        ["//", "/a//b/", "/../x", "/a/./b", "/%2e%2e/x", "/a%2fb", "/.git/config", "/a b", "/\u{6c34}/", "/%", "/%zz"]
    {
        assert_eq!(route("www.localhost:8080", hostile), Route::NoPage { site: "www".to_owned() }, "{hostile}");
    }
    for hostile in ["/api//publish", "/api/../x", "/api/publish/%2e%2e/x", "/api/a%2Fb", "/api/a%5cb", "/api/a/.."] {
        assert_eq!(route("www.localhost:8080", hostile), Route::NoApi, "{hostile}");
    }
    assert_eq!(route("www.localhost:8080", "/api/publish/documents/"), Route::Api { site: "www".to_owned() });
    assert_eq!(route("www.localhost:8080", "/_assets/../www/index.html"), Route::Nowhere);
}

#[test]
fn other_hosts_are_nowhere() {
    for host in [
        "",
        "www",
        "www.example.org",
        "a.b.localhost:8080",
        ".localhost:8080",
        "www.localhost:8081",
        "w_w.localhost:8080",
    ] {
        assert_eq!(route(host, "/"), Route::Nowhere, "{host}");
    }
}
