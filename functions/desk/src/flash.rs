//! What was just done, told on the page that follows: sealed text in its address, so that nothing is kept for it.

use data_encoding::BASE64URL_NOPAD;

use crate::seal::Seal;

const PURPOSE: &str = "said";
/// Characters of a notice.
const MOST: usize = 300;

/// `path` with what is to be said there to whoever holds `token`.
pub(crate) fn to(path: &str, seal: &Seal, token: &str, said: &str) -> String {
    let said: String = said.chars().take(MOST).collect();
    let sign = if path.contains('?') { '&' } else { '?' };
    let (path, fragment) = path.split_once('#').map_or((path, String::new()), |(path, id)| (path, format!("#{id}")));
    let tag = seal.tag(PURPOSE, &[token, &said]);
    format!("{path}{sign}said={}.{tag}{fragment}", BASE64URL_NOPAD.encode(said.as_bytes()))
}

/// What a query has to say to whoever holds `token`, if the desk wrote it for him.
pub(crate) fn of(query: &str, seal: &Seal, token: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix("said="))?;
    let (text, tag) = value.split_once('.')?;
    let said = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
    seal.fits(PURPOSE, &[token, &said], tag).then_some(said)
}

/// The address without what was said in it.
pub(crate) fn without(path_and_query: &str) -> String {
    let Some((path, query)) = path_and_query.split_once('?') else { return path_and_query.to_owned() };
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("said=")).collect();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

#[cfg(test)]
mod tests {
    use gateway::Secret;

    use super::*;

    #[test]
    fn only_what_the_desk_wrote_is_said_and_only_to_whom_it_was() {
        let seal = Seal::new(Secret::new("s"));
        let address = to("/api/desk/documents/a?x=1", &seal, "token", "已保存");
        let (_, query) = address.split_once('?').unwrap();
        assert_eq!(of(query, &seal, "token").as_deref(), Some("已保存"));
        assert_eq!(of(query, &seal, "other"), None);
        assert_eq!(of(&query.replace("said=5", "said=6"), &seal, "token"), None);
        assert_eq!(without(&address), "/api/desk/documents/a?x=1");
        assert_eq!(without("/api/desk/?said=a"), "/api/desk/");
        assert!(to("/api/desk/d#preview", &seal, "t", "甲").ends_with("#preview"));
    }
}
