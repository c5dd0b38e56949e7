//! Index numbers (索引号) of public government information.
//!
//! The national form is twenty characters, `front/back`: a nine-character organisation code without its hyphen, then year and serial. Cities
//! differ, so the scheme is chosen per jurisdiction (RULES.md A4). A number never changes and is never given twice.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One index number: its text and the series and serial it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexNumber {
    /// As people read it: `014006438/2026-00012`.
    pub text: String,
    /// The series the serial counts in: `014006438/2026`.
    pub series: String,
    /// From 1.
    pub serial: u32,
}

impl IndexNumber {
    /// The serial with as many digits as the number's scheme prints: the end of its text.
    ///
    /// Five digits where the text does not end in the serial.
    #[must_use]
    pub fn printed_serial(&self) -> String {
        let digits = self.text.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        if digits.parse() == Ok(self.serial) { digits.to_owned() } else { format!("{:05}", self.serial) }
    }
}

/// Why no number could be given.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IndexRefusal {
    /// The organisation code does not fit the scheme.
    #[error("the organisation code `{code}` does not fit the index number scheme")]
    OrganisationCode {
        /// The code.
        code: String,
    },
    /// The series is used up.
    #[error("the series `{series}` has no number left")]
    Exhausted {
        /// The series.
        series: String,
    },
}

/// How a jurisdiction composes its index numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndexScheme {
    /// `014006438/2026-00012`; also with the 18-character unified social credit code in front.
    #[default]
    National,
    /// `014006438-2026-000012`: dashes and six digits, as several cities print it.
    Dashed,
}

impl IndexScheme {
    /// The series of an organisation's numbers in `year` (of the city's calendar).
    ///
    /// # Errors
    /// The code is not 9 or 18 letters and digits.
    pub fn series(self, organisation_code: &str, year: i16) -> Result<String, IndexRefusal> {
        let code: String = organisation_code.chars().filter(|c| *c != '-').collect();
        let fits = matches!(code.len(), 9 | 18) && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if fits {
            Ok(format!("{code}/{year:04}"))
        } else {
            Err(IndexRefusal::OrganisationCode { code: organisation_code.chars().take(40).collect() })
        }
    }

    /// The number that another system gave as `text`.
    ///
    /// A text of this scheme takes its place in its series, so that it is never given a second time. Any other counts as a series of its own: what was
    /// printed once stays as it was.
    #[must_use]
    pub fn given(self, text: &str) -> IndexNumber {
        self.own(text).unwrap_or_else(|| IndexNumber { text: text.to_owned(), series: format!("={text}"), serial: 1 })
    }

    fn own(self, text: &str) -> Option<IndexNumber> {
        let (front, serial) = text.rsplit_once('-')?;
        let (code, year) = match self {
            Self::National => front.split_once('/')?,
            Self::Dashed => front.rsplit_once('-')?,
        };
        let series = self.series(code, year.parse().ok()?).ok()?;
        self.number(&series, serial.parse().ok()?).ok().filter(|number| number.text == text)
    }

    /// The number `serial` of `series`.
    ///
    /// # Errors
    /// The serial does not fit the scheme's digits.
    pub fn number(self, series: &str, serial: u32) -> Result<IndexNumber, IndexRefusal> {
        let (limit, text) = match self {
            Self::National => (99_999, format!("{series}-{serial:05}")),
            Self::Dashed => (999_999, format!("{}-{serial:06}", series.replace('/', "-"))),
        };
        if (1..=limit).contains(&serial) {
            Ok(IndexNumber { text, series: series.to_owned(), serial })
        } else {
            Err(IndexRefusal::Exhausted { series: series.to_owned() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::Guard;

    #[test]
    fn the_national_form_has_twenty_characters() {
        let series = IndexScheme::National.series("01400643-8", 2026).unwrap();
        let number = IndexScheme::National.number(&series, 12).unwrap();
        assert_eq!(number.text, "014006438/2026-00012");
        assert_eq!(number.text.len(), 20);
    }

    #[test]
    fn a_city_may_print_it_otherwise() {
        let series = IndexScheme::Dashed.series("014006438", 2026).unwrap();
        assert_eq!(IndexScheme::Dashed.number(&series, 12).unwrap().text, "014006438-2026-000012");
    }

    #[test]
    fn claims_are_in_the_order_of_their_serials_up_to_the_last_one() {
        for scheme in [IndexScheme::National, IndexScheme::Dashed] {
            let series = scheme.series("014006438", 2026).unwrap();
            let claim = |serial| scheme.number(&series, serial).ok().map(|number| Guard::index_number(&number).claim);
            let serials = [1, 9, 10, 99_998, 99_999, 100_000, 100_001, 999_998, 999_999, 1_000_000];
            let claims: Vec<String> = serials.into_iter().map_while(claim).collect();
            assert!(claims.len() >= 5, "{scheme:?}");
            assert!(claims.is_sorted(), "{scheme:?}: {claims:?}");
            for (claim, serial) in claims.iter().zip(serials) {
                assert_eq!(claim.parse(), Ok(serial));
            }
        }
    }

    #[test]
    fn a_text_that_does_not_end_in_its_serial_is_claimed_with_five_digits() {
        let number = IndexNumber { text: "第十二号".to_owned(), series: "014006438/2026".to_owned(), serial: 12 };
        assert_eq!(number.printed_serial(), "00012");
    }

    #[test]
    fn a_number_that_another_system_gave_keeps_its_text_and_takes_its_place() {
        let number = IndexScheme::National.given("000014349/2019-00004");
        assert_eq!((number.series.as_str(), number.serial), ("000014349/2019", 4));
        assert_eq!(Guard::index_number(&number).claim, "00004");
        let dashed = IndexScheme::Dashed.given("014006438-2026-000012");
        assert_eq!((dashed.series.as_str(), dashed.serial), ("014006438/2026", 12));
        for other in ["000014349/2019-4", "EF001-2019-00012", "第十二号", "000014349/19-00004", "000014349/2019-00000"]
        {
            let number = IndexScheme::National.given(other);
            assert_eq!((number.text.as_str(), number.series.clone()), (other, format!("={other}")));
            assert_ne!(Guard::index_number(&number), Guard::index_number(&IndexScheme::National.given("x")));
        }
    }

    #[test]
    fn refuses_a_code_of_another_shape_and_an_exhausted_series() {
        assert!(IndexScheme::National.series("abc", 2026).is_err());
        assert!(IndexScheme::National.number("014006438/2026", 100_000).is_err());
        assert!(IndexScheme::National.number("014006438/2026", 0).is_err());
    }
}
