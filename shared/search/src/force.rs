//! When a document was in force.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::known::Known;

/// When a document was in force, as far as anybody knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Force {
    /// How it stands.
    pub validity: Validity,
    /// The first day on which it was in force.
    pub from: Option<Date>,
    /// The first day on which it was in force no more.
    pub until: Option<Date>,
}

/// How a document stands (有效性).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// 有效.
    InForce,
    /// 已修改: in force, in another wording.
    Amended,
    /// 废止.
    Repealed,
    /// 失效.
    Expired,
    /// Nobody knows.
    #[default]
    Unknown,
}

impl Validity {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::InForce, Self::Amended, Self::Repealed, Self::Expired, Self::Unknown];

    /// Its name as a value of [`Facet::Validity`](crate::Facet::Validity).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Amended => "amended",
            Self::Repealed => "repealed",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|validity| validity.name() == name).unwrap_or_default()
    }
}

impl Force {
    /// Whether it was in force on `day`.
    ///
    /// | | before `from` | without `from` | from `from` on |
    /// |---|---|---|---|
    /// | `until` has come | – | no | no |
    /// | `until` lies ahead | no | unknown | yes |
    /// | no `until`; in force or amended | no | unknown | yes |
    /// | no `until`; repealed, expired or unknown | no | unknown | unknown: nobody knows whether it had ended by then |
    #[must_use]
    pub fn on(&self, day: Date) -> Known {
        in_force(self.validity, self.from, self.until, &day)
    }
}

/// [`Force::on`], for whatever days are counted in.
pub(crate) fn in_force<D: PartialOrd>(validity: Validity, from: Option<D>, until: Option<D>, day: &D) -> Known {
    if until.as_ref().is_some_and(|until| until <= day) || from.as_ref().is_some_and(|from| from > day) {
        return Known::No;
    }
    let lasting = until.is_some() || matches!(validity, Validity::InForce | Validity::Amended);
    if from.is_some() && lasting { Known::Yes } else { Known::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_said() {
        let day = |text: &str| Some(text.parse::<Date>().unwrap());
        let on = |validity, from, until| Force { validity, from, until }.on(day("2026-01-01").unwrap());
        assert_eq!(on(Validity::InForce, day("2020-01-01"), None), Known::Yes);
        assert_eq!(on(Validity::Amended, day("2026-01-01"), None), Known::Yes);
        assert_eq!(on(Validity::InForce, day("2026-01-02"), None), Known::No);
        assert_eq!(on(Validity::InForce, None, None), Known::Unknown);
        assert_eq!(on(Validity::Repealed, day("2020-01-01"), day("2026-01-01")), Known::No);
        assert_eq!(on(Validity::Repealed, day("2020-01-01"), day("2026-01-02")), Known::Yes);
        assert_eq!(on(Validity::Repealed, day("2020-01-01"), None), Known::Unknown);
        assert_eq!(on(Validity::Unknown, None, day("2025-01-01")), Known::No);
        assert_eq!(on(Validity::Unknown, day("2020-01-01"), None), Known::Unknown);
    }

    #[test]
    fn names_are_those_of_json() {
        for validity in Validity::ALL {
            assert_eq!(serde_json::to_value(validity).unwrap(), validity.name());
            assert_eq!(Validity::named(validity.name()), validity);
        }
    }
}
