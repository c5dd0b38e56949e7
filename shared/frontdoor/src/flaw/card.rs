//! Numbers of resident identity cards (GB 11643-1999): seventeen digits and a check character (ISO 7064, MOD 11-2).

use jiff::civil::Date;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [u8; 11] = *b"10X98765432";

/// What is wrong with a number, if something is.
pub(super) fn wrong(number: &str) -> Option<(&'static str, String)> {
    let bytes = number.as_bytes();
    let Some((check, digits)) = bytes.split_last() else { return Some(shape()) };
    if digits.len() != 17 || !digits.iter().all(u8::is_ascii_digit) || !(check.is_ascii_digit() || *check == b'X') {
        return Some(shape());
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let expected = usize::try_from(sum % 11).ok().and_then(|rest| CHECKS.get(rest));
    if expected != Some(check) || born(number).is_none() {
        return Some(("wrong-identity-card", "居民身份证号码有误，请对照身份证逐位核对".to_owned()));
    }
    None
}

fn shape() -> (&'static str, String) {
    ("not-an-identity-card", "居民身份证号码应为 18 位，最后一位可以是 X".to_owned())
}

fn born(number: &str) -> Option<Date> {
    let part = |from: usize, to: usize| number.get(from..to)?.parse::<i16>().ok();
    let (year, month, day) = (part(6, 10)?, part(10, 12)?, part(12, 14)?);
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1900..2100).contains(&year).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_character_is_that_of_the_standard() {
        // The example of GB 11643-1999.
        assert_eq!(wrong("11010519491231002X"), None);
        for last in "0123456789".chars() {
            assert_eq!(wrong(&format!("11010519491231002{last}")).unwrap().0, "wrong-identity-card");
        }
    }

    #[test]
    fn a_day_that_never_was_and_another_shape_are_told_apart() {
        let body = "11010519490231002";
        let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        let check = char::from(CHECKS[usize::try_from(sum % 11).unwrap()]);
        assert_eq!(wrong(&format!("{body}{check}")).unwrap().0, "wrong-identity-card");
        for other in ["", "X", "1101051949123100", "110105194912310021X", "11010519491231002Y", "1101051949123100２X"]
        {
            assert_eq!(wrong(other).unwrap().0, "not-an-identity-card", "{other}");
        }
    }
}
