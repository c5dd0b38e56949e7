//! Addresses of links and pictures, mended where every browser reads them alike.

use std::fmt::Write;

use ammonia::Url;

use super::SCHEMES;

/// The address as a page may carry it; none if it is no address or of another scheme.
///
/// A browser drops tabs and line feeds and takes `\` for `/`; spaces and other characters that no address holds are percent-encoded. What is
/// well formed stays as it is, Chinese included.
pub(super) fn mended(given: &str) -> Option<String> {
    let seen: String = given.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    if seen.is_empty() {
        return None;
    }
    let scheme = scheme(&seen).map(str::to_ascii_lowercase);
    match scheme.as_deref() {
        Some(scheme @ ("mailto" | "tel")) => {
            let rest = seen.get(scheme.len() + 1..).filter(|rest| !rest.trim().is_empty())?;
            Some(format!("{scheme}:{}", encoded(rest.trim())))
        }
        Some(scheme) if SCHEMES.contains(&scheme) => {
            let rest = slashed(seen.get(scheme.len() + 1..)?);
            absolute(&format!("{scheme}:"), &rest)
        }
        Some(_) => None,
        None => {
            let seen = slashed(&seen);
            if seen.starts_with("//") { absolute("", &seen) } else { Some(encoded(&seen)) }
        }
    }
}

/// Whether a mended address leads away from the site.
pub(super) fn leaves_the_site(mended: &str) -> bool {
    mended.starts_with("//") || scheme(mended).is_some()
}

/// The scheme of an address that has one: what stands before a colon, and nothing of a path.
pub(super) fn scheme(url: &str) -> Option<&str> {
    let at = url.find([':', '/', '\\', '?', '#'])?;
    url.get(at..)?.starts_with(':').then(|| url.get(..at))?
}

/// `//host/path` after `front`, if the host is one.
fn absolute(front: &str, rest: &str) -> Option<String> {
    let inner = rest.strip_prefix("//").filter(|inner| !inner.starts_with('/'))?;
    let end = inner.find(['/', '?', '#']).unwrap_or(inner.len());
    let (host, path) = inner.split_at_checked(end)?;
    let url = format!("{front}//{host}{}", encoded(path));
    let parsed = Url::parse(&if front.is_empty() { format!("https:{url}") } else { url.clone() }).ok()?;
    let named = parsed.has_host() && !host.contains('@') && !host.contains(char::is_whitespace);
    named.then_some(url)
}

/// Backslashes before query and fragment, as browsers read them.
fn slashed(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (path, rest) = url.split_at_checked(end).unwrap_or((url, ""));
    format!("{}{rest}", path.replace('\\', "/"))
}

/// Percent-encodes what no address may hold.
fn encoded(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut fragment = false;
    for (at, character) in url.char_indices() {
        let escape = match character {
            '%' => !url.get(at + 1..at + 3).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit())),
            '#' => std::mem::replace(&mut fragment, true),
            '"' | '<' | '>' | '[' | ']' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
            other => other.is_whitespace() || other.is_control(),
        };
        if escape {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                // Writing into a string cannot fail.
                let _infallible = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_addresses_stay_as_they_are() {
        for good in [
            "/zwgk/tzgg/2026/11/23/water.html",
            "../a.html?b=c#d",
            "#s1",
            "?page=2",
            "https://example.org/停水?名=水#节",
            "http://[::1]:8080/a",
            "//example.org/",
            "mailto:a@example.org",
            "tel:0599-1234567",
            "/100%25",
        ] {
            assert_eq!(mended(good).as_deref(), Some(good));
        }
    }

    #[test]
    fn what_browsers_read_alike_is_mended() {
        for (given, expected) in [
            (" /a b.html ", "/a%20b.html"),
            ("/a\tb\n", "/ab"),
            ("/a%zz%4", "/a%25zz%254"),
            ("/a#b#c", "/a#b%23c"),
            ("/a\"<>[]^`{}|", "/a%22%3C%3E%5B%5D%5E%60%7B%7D%7C"),
            ("HTTPS:\\\\example.org\\a?b\\c", "https://example.org/a?b%5Cc"),
            ("\\a\\b", "/a/b"),
            ("\\\\example.org", "//example.org"),
            ("tel:0599 1234567", "tel:0599%201234567"),
        ] {
            assert_eq!(mended(given).as_deref(), Some(expected), "{given}");
            assert_eq!(mended(expected).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn what_is_no_address_or_of_another_scheme_is_none() {
        for bad in [
            "",
            " ",
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "ftp://example.org/",
            "a:b",
            "http:",
            "http:a",
            "http:///a",
            "http://[",
            "http://a:b/",
            "http://u:p@example.org/",
            "http://a b/",
            "//",
            "///a",
            "mailto:",
            "tel: ",
        ] {
            assert_eq!(mended(bad), None, "{bad}");
        }
    }
}
