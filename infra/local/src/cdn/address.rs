//! Which object or function answers a request, and where a reader should have asked instead.
//!
//! The same rules as the viewer-request function in `infra/cdn/page-request.js`; both are held to `infra/cdn/cases.json`.

use std::borrow::Cow;

use domain::site::{DESK_HOST, FILES_HOST};

/// Where the desk's function answers, under its own host.
const DESK_PATH: &str = "/api/desk/";

/// Longest path that can be a page's.
const LONGEST_PATH: usize = 512;

/// Where every site is searched, and where browsers are told of it.
const SEARCH: [&str; 2] = ["/search", "/search.xml"];

/// Capabilities that citizens write to, as `infra/cdn/page-request.js` names them.
pub const FORMS: &[&str] = &["letter", "disclosure"];

/// The city's hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// `localhost:8080`, `wuxi.gov.cn`: a site's host is `<label>.<city domain>`.
    pub city_domain: String,
    /// `http` or `https` of public URLs.
    pub scheme: String,
    /// Label of the portal site.
    pub portal: String,
    /// Capabilities that citizens write to: [`FORMS`].
    pub forms: &'static [&'static str],
}

/// What answers a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// An object of the pages bucket.
    Page {
        /// Its key.
        key: String,
        /// The site asked.
        site: String,
    },
    /// An asset all sites share.
    Asset {
        /// Its key.
        key: String,
    },
    /// Another address.
    Redirect {
        /// Absolute, or from the root of this host.
        location: String,
        /// Whether for good (301) or for now (302).
        lasting: Lasting,
    },
    /// A function, told which site the request was for.
    Api {
        /// The site asked.
        site: String,
    },
    /// The search of a site.
    Search {
        /// The site asked.
        site: String,
    },
    /// A function that citizens write to, told which site the request was for and who asks.
    Form {
        /// The site asked.
        site: String,
    },
    /// The site's own page for what is not there: no page can have this path.
    NoPage {
        /// The site asked.
        site: String,
    },
    /// The API's problem for what is not there: the path climbs or hides a separator.
    NoApi,
    /// Nothing: the host is no site of this city, or the path could mislead.
    Nowhere,
}

/// Whether a redirection may be remembered as the right address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// 301.
    ForGood,
    /// 302.
    ForNow,
}

impl Edge {
    /// Decides a request by its host, path and query.
    #[must_use]
    pub fn route(&self, host: &str, path: &str, query: Option<&str>) -> Route {
        let host = host_of(host);
        let city_domain = host_of(&self.city_domain);
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        if host == city_domain {
            let location = format!("{}://{}.{}{path}{query}", self.scheme, self.portal, self.city_domain);
            return Route::Redirect { location, lasting: Lasting::ForNow };
        }
        let Some(site) = site_of(&host, &city_domain) else { return Route::Nowhere };
        if site == DESK_HOST && (path == "/" || path == DESK_PATH) {
            return Route::Redirect { location: format!("{DESK_PATH}queue{query}"), lasting: Lasting::ForNow };
        }
        if path.starts_with("/api/") {
            // The desk has a host of its own, and no other function answers there.
            let astray = path.starts_with(DESK_PATH) != (site == DESK_HOST);
            return if hides(path) || astray { Route::NoApi } else { Route::Api { site } };
        }
        if let Some(rest) = path.strip_prefix("/form/") {
            // Forms belong to citizens' sites.
            let of_citizens = ![DESK_HOST, FILES_HOST].contains(&site.as_str());
            return if of_citizens && self.is_form(rest) { Route::Form { site } } else { Route::Nowhere };
        }
        if SEARCH.contains(&path) {
            let of_citizens = ![DESK_HOST, FILES_HOST].contains(&site.as_str());
            return if of_citizens { Route::Search { site } } else { Route::Nowhere };
        }
        if let Some(name) = path.strip_prefix("/_assets/") {
            let key = format!("_assets/{name}");
            return if is_asset(name) { Route::Asset { key } } else { Route::Nowhere };
        }
        match canonical(path) {
            None => Route::NoPage { site },
            Some(wanted) if wanted != path => {
                Route::Redirect { location: format!("{wanted}{query}"), lasting: Lasting::ForGood }
            }
            Some(path) => {
                let index = if path.ends_with('/') { "index.html" } else { "" };
                Route::Page { key: format!("{site}{path}{index}"), site }
            }
        }
    }
}

impl Edge {
    /// Whether `<capability>/<name>` is a form of one that citizens write to, or where files are added to it.
    fn is_form(&self, rest: &str) -> bool {
        rest.split_once('/').is_some_and(|(capability, name)| {
            let name = name.strip_suffix("/files").unwrap_or(name);
            self.forms.contains(&capability) && !name.is_empty() && name.bytes().all(is_label)
        })
    }
}

fn site_of(host: &str, city_domain: &str) -> Option<String> {
    let (label, domain) = host.split_once('.')?;
    let fits = (1..=40).contains(&label.len()) && label.bytes().all(is_label);
    (fits && domain == city_domain).then(|| label.to_owned())
}

/// Lower case, and without a default port: both mean the same host.
fn host_of(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    let bare = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443"));
    bare.map(str::to_owned).unwrap_or(host)
}

fn is_label(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

fn is_segment(segment: &str) -> bool {
    let starts = segment.bytes().next().is_some_and(|first| first.is_ascii_lowercase() || first.is_ascii_digit());
    starts && segment.bytes().all(|byte| is_label(byte) || matches!(byte, b'.' | b'_'))
}

fn is_asset(name: &str) -> bool {
    is_segment(name) && !name.contains('_')
}

/// Letters, digits and `-._~` mean the same when encoded (RFC 3986 §6.2.2.2); nothing else is decoded.
fn decode_unreserved(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut decoded = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        decoded.push_str(before);
        let code = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.map(char::from) {
            Some(character) if character.is_ascii_alphanumeric() || "-._~".contains(character) => {
                decoded.push(character);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                decoded.push('%');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The one form in which a page's path is asked for; none where no page can be.
fn canonical(path: &str) -> Option<String> {
    let decoded = decode_unreserved(path);
    let readable = decoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte));
    if decoded.len() > LONGEST_PATH || !readable {
        return None;
    }
    let lower = decoded.to_ascii_lowercase();
    let (folders, last) = lower.strip_prefix('/')?.rsplit_once('/').unwrap_or(("", lower.get(1..)?));
    let folders_fit = folders.is_empty() && !lower.starts_with("//") || folders.split('/').all(is_segment);
    if !folders_fit || !(last.is_empty() || is_segment(last)) {
        return None;
    }
    let folder = if folders.is_empty() { "/".to_owned() } else { format!("/{folders}/") };
    match last {
        "" | "index.html" => Some(folder),
        file if file.contains('.') => Some(folder + file),
        directory => Some(format!("{folder}{directory}/")),
    }
}

/// Whether a path of the API climbs or hides a separator, so that two readers of it could disagree.
fn hides(path: &str) -> bool {
    let decoded = decode_unreserved(path).to_ascii_lowercase();
    let hidden = ["\\", "%2f", "%5c", "%00"].iter().any(|mark| decoded.contains(mark));
    // An empty segment at the end is a final slash and hides nothing.
    let inner = decoded.trim_start_matches('/');
    let climbs = inner.split('/').any(|segment| matches!(segment, "." | ".."));
    hidden || climbs || decoded.contains("//")
}

#[cfg(test)]
mod tests;
