//! Who is asking, as far as it may be known: an address that nobody can read back, for one day.

use std::net::IpAddr;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use jiff::{Timestamp, tz::Offset};
use sha2::Sha256;

use crate::keys::Key;

/// Header in which the CDN says where a request comes from; what a client sends under this name is dropped there.
pub const ADDRESS_HEADER: &str = "x-taihu-address";

/// The city's clock: its days begin at midnight there.
const CITY: Offset = Offset::constant(8);

/// An address as it is counted by: a keyed hash that is another one each day. The address itself is stored nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Visitor(String);

impl Visitor {
    /// Who sent a request with these headers at `now`.
    ///
    /// Of IPv6 the first 64 bits count: that is what one connection is given. Requests without a readable address are all one visitor's.
    #[must_use]
    pub fn of(headers: &HeaderMap, key: &Key, now: Timestamp) -> Self {
        let told = headers.get(ADDRESS_HEADER).and_then(|value| value.to_str().ok());
        let network = told.and_then(|text| text.trim().parse().ok()).map_or_else(|| "unknown".to_owned(), network);
        let day = CITY.to_datetime(now).date();
        Self(hashed(&key.derived(&format!("address of a visitor on {day}")), &network))
    }

    /// Its text: 26 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 128 bits of a keyed hash, in base32.
pub(crate) fn hashed(key: &[u8], text: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    mac.update(text.as_bytes());
    let tag = mac.finalize().into_bytes();
    BASE32_NOPAD.encode(tag.get(..16).unwrap_or_default()).to_ascii_lowercase()
}

fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor(address: &str, now: &str) -> Visitor {
        let key = Key::new("a", vec![7; 32]).unwrap();
        let headers = HeaderMap::from_iter([(http::HeaderName::from_static(ADDRESS_HEADER), address.parse().unwrap())]);
        Visitor::of(&headers, &key, now.parse().unwrap())
    }

    const NOON: &str = "2026-11-30T04:00:00Z";

    #[test]
    fn one_connection_is_one_visitor() {
        assert_eq!(visitor("192.0.2.7", NOON), visitor("::ffff:192.0.2.7", NOON));
        assert_ne!(visitor("192.0.2.7", NOON), visitor("192.0.2.8", NOON));
        assert_eq!(visitor("2001:db8:1:2::1", NOON), visitor("2001:db8:1:2:ffff::9", NOON));
        assert_ne!(visitor("2001:db8:1:2::1", NOON), visitor("2001:db8:1:3::1", NOON));
    }

    #[test]
    fn nobody_is_the_same_on_two_days_and_the_day_is_the_citys() {
        assert_eq!(visitor("192.0.2.7", "2026-11-30T15:59:59Z"), visitor("192.0.2.7", NOON));
        assert_ne!(visitor("192.0.2.7", "2026-11-30T16:00:00Z"), visitor("192.0.2.7", NOON));
    }

    #[test]
    fn the_address_is_not_in_it_and_those_without_one_share_one() {
        let known = visitor("192.0.2.7", NOON);
        assert!(known.as_str().len() == 26 && !known.as_str().contains("192"));
        assert_eq!(visitor("nonsense", NOON), visitor("", NOON));
    }
}
