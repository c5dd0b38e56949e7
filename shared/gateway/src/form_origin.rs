//! Whether a form was sent from a page of this host.

use http::{HeaderMap, header};

use crate::config::City;

/// Whether a form was sent from a page of the host that it is sent to (ASVS 3.5.1, 3.5.3).
///
/// What browsers tell of where a request comes from must be this site; those that tell nothing are left to what the form itself carries.
#[must_use]
pub fn is_from_our_page(headers: &HeaderMap, city: &City) -> bool {
    let told = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if told("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    let Some(origin) = told(header::ORIGIN.as_str()) else { return true };
    let of_site = told("x-taihu-site").map(|label| city.url(label, ""));
    let of_host = told(header::HOST.as_str()).map(|host| format!("{}://{host}", city.scheme.as_str()));
    // The CDN says which site was asked; without it, the host is the one that was asked.
    of_site.or(of_host).is_some_and(|ours| ours.eq_ignore_ascii_case(origin))
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;
    use crate::config::Scheme;

    fn ours(headers: &[(&'static str, &'static str)]) -> bool {
        let city = City { domain: "cheng.example".to_owned(), scheme: Scheme::Https, portal: "www".to_owned() };
        let pairs =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_from_our_page(&pairs.collect(), &city)
    }

    #[test]
    fn a_form_from_another_site_is_not_ours() {
        let site = ("x-taihu-site", "www");
        assert!(ours(&[site, ("origin", "https://www.cheng.example")]));
        assert!(ours(&[site, ("sec-fetch-site", "same-origin")]));
        assert!(ours(&[site]));
        assert!(ours(&[("host", "www.cheng.example"), ("origin", "https://www.cheng.example")]));
        for foreign in ["https://evil.example", "https://jyj.cheng.example", "http://www.cheng.example", "null", ""] {
            assert!(!ours(&[site, ("origin", foreign)]), "{foreign}");
        }
        for foreign in ["cross-site", "same-site", ""] {
            assert!(!ours(&[site, ("sec-fetch-site", foreign)]), "{foreign}");
        }
        assert!(!ours(&[("origin", "https://www.cheng.example")]));
    }
}
