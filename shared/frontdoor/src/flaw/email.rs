//! E-mail addresses, as far as their shape tells.

/// Something before one `@`, a domain with a dot behind it; whether anybody reads it only a letter can tell.
pub(super) fn is_one(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    let local_fits = plain(local)
        && local.len() <= 64
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let labels = domain.split('.');
    let domain_fits = domain.contains('.')
        && labels.into_iter().all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    local_fits && domain_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_two_parts_and_a_domain_with_a_dot() {
        for address in ["a@b.cn", "wang.ming+1@mail.example.com", "王明@例子.中国"] {
            assert!(is_one(address), "{address}");
        }
        for other in [
            "",
            "a",
            "a@",
            "@b.cn",
            "a@b",
            "a@b@c.cn",
            "a b@c.cn",
            "a@-b.cn",
            "a..b@c.cn",
            "a@b..cn",
            "a@b.cn\nbcc:x@y.cn",
        ] {
            assert!(!is_one(other), "{other}");
        }
    }
}
