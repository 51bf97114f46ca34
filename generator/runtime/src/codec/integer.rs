//! A JSON number in, the digits of the same number as an integer out. JSON has one kind of number: `7.0` and `70e-1` are 7.

use std::borrow::Cow;

/// What takes more zeros than this at its end fits into no integer there is.
const MAX_ZEROS: usize = 40;

/// The digits for an integer's `parse`; those of the number as they are if it is not a whole one.
pub fn integer_digits(number: &str) -> Cow<'_, str> {
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.into();
    }
    whole(number).unwrap_or_else(|| number.into())
}

/// Whether a number is written as an integer usually is.
pub(crate) fn is_plain(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn whole(number: &str) -> Option<Cow<'_, str>> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let significant = whole.bytes().chain(fraction.bytes()).any(|byte| (b'1'..=b'9').contains(&byte));
    if !significant {
        return Some("0".into());
    }
    let exponent: i64 = exponent.parse().ok()?;
    let zeros = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let digits = format!("{whole}{fraction}");
    match usize::try_from(zeros) {
        Ok(0) if fraction.is_empty() => Some(whole.into()),
        Ok(zeros) if zeros <= MAX_ZEROS => Some(format!("{digits}{}", "0".repeat(zeros)).into()),
        Ok(_) => None,
        Err(_) => {
            let kept = digits.len().checked_sub(usize::try_from(zeros.unsigned_abs()).ok()?)?;
            let (kept, cut) = (&digits[..kept], &digits[kept..]);
            cut.bytes().all(|byte| byte == b'0').then(|| kept.to_owned().into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::integer_digits;

    #[test]
    fn whole_numbers_are_integers_however_they_are_written() {
        let whole = [
            ("7", 7),
            ("-7", -7),
            ("7.0", 7),
            ("-70.00e-1", -7),
            ("1e3", 1000),
            ("1.5E+1", 15),
            ("0.5e1", 5),
            ("-0", 0),
            ("0e999999999999", 0),
            ("0.000", 0),
            ("100e-2", 1),
        ];
        for (number, integer) in whole {
            assert_eq!(integer_digits(number).parse::<i64>(), Ok(integer), "{number}");
        }
        assert_eq!(integer_digits("-0.0").parse::<u64>(), Ok(0));
        assert_eq!(integer_digits("9e18").parse::<i64>(), Ok(9_000_000_000_000_000_000));
        assert_eq!(integer_digits("1e38").parse::<i128>(), Ok(10_i128.pow(38)));
        assert_eq!(integer_digits("0.01e40").parse::<i128>(), Ok(10_i128.pow(38)));
    }

    #[test]
    fn others_are_none() {
        for number in ["7.5", "1e-1", "105e-2", "1e400", "1e99999999999999999999", "1e-99999999999999999999", "-5e-1"] {
            assert!(integer_digits(number).parse::<i64>().is_err(), "{number}");
        }
    }
}
