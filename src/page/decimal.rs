//! Numbers of digits and a decimal point. The standard library reads every notation of a floating-point number, by tables of 10 KB that do not
//! compress; what pages say of ratings and counts needs none of it.

/// The number that a text of digits with at most one decimal point says.
pub(crate) fn read(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut digits = whole.bytes().chain(fraction.bytes()).peekable();
    digits.peek()?;
    let number = digits.try_fold(0.0, |number, digit| digit.is_ascii_digit().then(|| number * 10.0 + f64::from(digit - b'0')))?;
    // Both are exact up to fifteen digits, and so is then what they make.
    Some(number / fraction.bytes().fold(1.0, |scale, _| scale * 10.0)).filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::read;
    use proptest::prelude::*;

    #[test]
    fn only_digits_and_a_point_are_a_number() {
        for (text, number) in
            [("4", Some(4.0)), ("4.7", Some(4.7)), ("0.333333333333333", Some(0.333_333_333_333_333)), (".5", Some(0.5)), ("5.", Some(5.0))]
        {
            assert_eq!(read(text), number, "{text}");
        }
        for text in ["", ".", "4,7", "4.7.1", "-4", "1e3", "nan", "٤"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_read_like_the_standard_library_reads_them(text in "[0-9]{1,8}(\\.[0-9]{0,7})?") {
            prop_assert_eq!(read(&text), text.parse().ok());
        }
    }
}
