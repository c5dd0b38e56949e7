//! Where errors are reported (我为政府网站找错), and what a site's contact line tells machines.

use crate::address::checked;

/// The form of error reports, on every site.
pub(crate) const FORM: &str = "/form/letter/correction";

/// What a contact line says before an address at which errors are reported.
const NAMES: [&str; 2] = ["找错", "纠错"];

/// Where errors of the page at `address` are reported; `address` is absolute, and none where the page stands behind every unknown path.
///
/// The form of the site itself, which says beforehand which page is meant: its reports have a number and a deadline, and are answered in public. A site that
/// names another place keeps it: a web or mail address behind 找错 or 纠错 in its contact line, such as `网站找错 https://zfwzgl.example/jiucuo?code=1`. The
/// sponsor's own telephone and mail address are no such place.
pub(crate) fn report_url(contact: &str, address: Option<&str>) -> String {
    named(contact, address).unwrap_or_else(|| match address {
        Some(address) => format!("{FORM}?page={}", percent_encoded(address)),
        None => FORM.to_owned(),
    })
}

/// The place outside that a contact line names.
fn named(contact: &str, address: Option<&str>) -> Option<String> {
    let clauses = contact.split(['，', '；', '。', '、', '\n']);
    let mut told = clauses.filter_map(|clause| NAMES.iter().find_map(|name| Some(clause.split_once(name)?.1)));
    told.find_map(|told| {
        web_address(told).map(str::to_owned).or_else(|| {
            let subject = address.map_or_else(|| "网站找错".to_owned(), |address| format!("网站找错 {address}"));
            email(told).map(|to| format!("mailto:{to}?subject={}", percent_encoded(&subject)))
        })
    })
}

/// The first web address in a text that a page may link to.
fn web_address(text: &str) -> Option<&str> {
    let from = text.get(text.find("https://").or_else(|| text.find("http://"))?..)?;
    let end = from.find(|c: char| !c.is_ascii_graphic()).unwrap_or(from.len());
    let address = from.get(..end)?.trim_end_matches([',', ';', '.', ')']);
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    checked(address).ok().filter(|_| host.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// The first e-mail address in a text.
fn email(text: &str) -> Option<&str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || "@.-_+".contains(c))).map(|word| word.trim_matches('.')).find(
        |word| {
            word.split_once('@')
                .is_some_and(|(local, host)| !local.is_empty() && host.contains('.') && !host.contains('@'))
        },
    )
}

/// The first telephone number of at least five digits in a text, digits and a leading plus only.
pub(crate) fn telephone(text: &str) -> Option<String> {
    text.split(|c: char| !(c.is_ascii_digit() || "+- ".contains(c)))
        .map(|run| {
            run.char_indices()
                .filter(|(at, c)| c.is_ascii_digit() || (*at == 0 && *c == '+'))
                .map(|(_, c)| c)
                .collect::<String>()
        })
        .find(|number| number.len() >= 5)
}

/// A value of a query (RFC 3986): what has no meaning there stays readable.
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<&str> = Some("http://www.localhost:8080/zwgk/");

    #[test]
    fn errors_are_reported_by_the_sites_own_form_which_knows_the_page() {
        let own = "/form/letter/correction?page=http://www.localhost:8080/zwgk/";
        for contact in [
            "电话：0510-8800 1234，邮箱：wz@chenghu.example。",
            "值班电话 0510-8800 1234（工作日）",
            "来信请寄市府大道1号",
            "",
        ] {
            assert_eq!(report_url(contact, HERE), own, "{contact}");
        }
        assert_eq!(report_url("电话：0510-8800 1234", None), "/form/letter/correction");
    }

    #[test]
    fn a_site_that_names_another_place_for_them_keeps_it() {
        for (contact, wanted) in [
            (
                "电话 0510-88001234，网站找错 https://zfwzgl.example/jiucuo?code=1，传真 1",
                "https://zfwzgl.example/jiucuo?code=1",
            ),
            ("网站纠错：http://jc.example/a。邮箱 a@b.example", "http://jc.example/a"),
            (
                "找错邮箱 jc@chenghu.example",
                "mailto:jc@chenghu.example?subject=%E7%BD%91%E7%AB%99%E6%89%BE%E9%94%99%20http://www.localhost:8080/zwgk/",
            ),
        ] {
            assert_eq!(report_url(contact, HERE), wanted, "{contact}");
        }
        let mail = report_url("找错邮箱 jc@chenghu.example", None);
        assert_eq!(mail, "mailto:jc@chenghu.example?subject=%E7%BD%91%E7%AB%99%E6%89%BE%E9%94%99");
    }

    #[test]
    fn an_address_elsewhere_in_the_line_is_no_place_for_errors() {
        for contact in
            ["网站找错电话 0510-88001234，网址 https://a.example/", "主页 https://a.example/，网站找错见页脚"]
        {
            assert!(report_url(contact, HERE).starts_with(FORM), "{contact}");
        }
    }

    #[test]
    fn cannot_be_talked_into_another_scheme_or_out_of_the_query() {
        for contact in ["找错 javascript:alert(1)", "找错 http://\"onclick=x", "找错 https://<script>", "找错 https://"]
        {
            assert!(report_url(contact, HERE).starts_with(FORM), "{contact}");
        }
        assert_eq!(
            report_url("", Some("http://www.localhost:8080/a&name=x#y 中")),
            "/form/letter/correction?page=http://www.localhost:8080/a%26name%3Dx%23y%20%E4%B8%AD"
        );
        let mail = report_url("找错 a@b.example?cc=x@y.example", HERE);
        assert!(mail.starts_with("mailto:a@b.example?subject=%"), "{mail}");
    }
}
