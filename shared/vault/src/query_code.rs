//! Query codes (查询码): what lets a citizen see his case, repeatable and stored nowhere.

use data_encoding::{Encoding, Specification};
use domain::StreamId;

use crate::{error::VaultError, ring::ServerKey, secret::Secret, store::Vault, typed::narrow};

/// Bytes of a code: 80 bits, sixteen letters.
const BYTES: usize = 10;

const GROUP: usize = 4;

/// Stands in where no case was found: a wrong code and an unknown number take one code path.
const NOBODY: &str = "nobody:nobody";

/// Crockford's alphabet, which has no I, L, O and U; what looks like another letter is taken for it.
fn alphabet() -> Option<Encoding> {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    spec.translate.from.push_str("abcdefghjkmnpqrstvwxyzOoIiLlUu");
    spec.translate.to.push_str("ABCDEFGHJKMNPQRSTVWXYZ001111VV");
    spec.encoding().ok()
}

impl Vault {
    /// The number of the key that query codes of new cases are made with; the case's first event names it.
    ///
    /// # Errors
    /// Store or root failed.
    pub async fn query_code_key(&self) -> Result<u32, VaultError> {
        let ring = self.server_keys(ServerKey::QueryCode).await?;
        let missing = || VaultError::KeyMissing { name: "server#query-code".to_owned() };
        ring.current().map(|(number, _)| number).ok_or_else(missing)
    }

    /// The query code of a case, as people may type it: `7QKD-02ZM-9XTB-5RHA`.
    ///
    /// # Errors
    /// There is no key of that number; store or root failed.
    pub async fn query_code(&self, case: &StreamId, key: u32) -> Result<Secret<String>, VaultError> {
        let ring = self.ring_with("server#query-code", key).await?;
        let missing = || VaultError::KeyMissing { name: format!("server#query-code#{key}") };
        let mark = ring.key(key).ok_or_else(missing)?.mark("query code", &[case.as_str().as_bytes()]);
        let (code, _) = mark.split_at(BYTES);
        let letters = alphabet().ok_or_else(missing)?.encode(code);
        let groups: Vec<&str> =
            letters.as_bytes().chunks(GROUP).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        Ok(Secret::new(groups.join("-")))
    }

    /// Whether `typed` is the query code of this case, made with the key of this number; none where no case was found.
    ///
    /// Case, blanks, dashes, full width and letters that look alike are forgiven. A wrong code, an unknown case and what is no code at all cost the same.
    ///
    /// # Errors
    /// There is no key of that number; store or root failed.
    pub async fn fits_query_code(&self, case: Option<(&StreamId, u32)>, typed: &str) -> Result<bool, VaultError> {
        let number = match case {
            Some((_, number)) => number,
            None => self.query_code_key().await?,
        };
        let ring = self.ring_with("server#query-code", number).await?;
        let key =
            ring.key(number).ok_or_else(|| VaultError::KeyMissing { name: format!("server#query-code#{number}") })?;
        let of = case.map_or(NOBODY, |(case, _)| case.as_str());
        let code = read(typed);
        let fits = key.fits("query code", &[of.as_bytes()], &code.unwrap_or([0; BYTES]));
        Ok(fits & code.is_some() & case.is_some())
    }
}

/// The bytes that were typed.
fn read(typed: &str) -> Option<[u8; BYTES]> {
    // No code is longer, however it is written.
    let typed: String = typed.chars().take(100).collect();
    alphabet()?.decode(narrow(&typed).as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        let code = read("01AB-CDEF-GHJK-VVXY").unwrap();
        for typed in [
            "01abcdefghjkvvxy",
            " o1ab cdef ghjk uuxy ",
            "OIAB-CDEF-GHJK-VVXY",
            "oLAB—CDEF—GHJK—VVXY",
            "０１ＡＢ－ＣＤＥＦ－ＧＨＪＫ－ＶＶＸＹ",
        ] {
            assert_eq!(read(typed), Some(code), "{typed}");
        }
        assert_eq!(alphabet().unwrap().encode(&code), "01ABCDEFGHJKVVXY");
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in ["", "01AB", "01AB-CDEF-GHJK-VVXY-0", "01AB-CDEF-GHJK-VV*Y", "查询码", &"0".repeat(10_000)] {
            assert_eq!(read(typed), None, "{typed:.20}");
        }
    }
}
