//! The way to report a mistake (我为政府网站找错), found in the contact line of a site.

/// Address for error reports: `mailto:` before `tel:`, else the contact line itself on the same page.
///
/// `contact` is free text of the sponsor, for example `电话：0510-8800 1234，邮箱：wz@chenghu.example`; `path` goes into the mail's subject.
pub(crate) fn report_url(contact: &str, path: &str) -> String {
    if let Some(address) = email(contact) {
        let subject = percent_encoded(&format!("网站找错 {path}"));
        return format!("mailto:{address}?subject={subject}");
    }
    telephone(contact).map_or_else(|| "#contact".to_owned(), |number| format!("tel:{number}"))
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

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
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

    #[test]
    fn prefers_mail_then_telephone_then_the_line_itself() {
        assert_eq!(
            report_url("电话：0510-8800 1234，邮箱：wz@chenghu.example。", "/zwgk/"),
            "mailto:wz@chenghu.example?subject=%E7%BD%91%E7%AB%99%E6%89%BE%E9%94%99%20/zwgk/"
        );
        assert_eq!(report_url("值班电话 0510-8800 1234（工作日）", "/"), "tel:051088001234");
        assert_eq!(report_url("来信请寄市府大道1号", "/"), "#contact");
    }

    #[test]
    fn cannot_be_talked_into_another_scheme() {
        assert_eq!(report_url("javascript:alert(1)@x", "/"), "#contact");
        assert_eq!(
            report_url("a@b.example?cc=x@y.example", "/"),
            "mailto:a@b.example?subject=%E7%BD%91%E7%AB%99%E6%89%BE%E9%94%99%20/"
        );
    }
}
