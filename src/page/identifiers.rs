//! Numbers that name a product all over the world: GTIN (EAN, UPC) and ISBN, by their check digits (GS1 General Specifications 7.9,
//! ISO 2108).

/// The GTIN that the text states, digits only, as long as stated (8, 12, 13 or 14); an ISBN-10 as its ISBN-13.
///
/// The text may carry a label (`EAN: …`, `ISBN-13: …`) and hyphens or spaces between digits. A number whose check digit is wrong, that holds
/// letters, or that consists of one repeated digit, is none.
#[must_use]
pub fn gtin(text: &str) -> Option<String> {
    let number = unlabelled(text)?;
    let digits: Vec<u8> = number.iter().filter(|b| b.is_ascii_digit()).map(|b| b - b'0').collect();
    let ends_in_x = number.last() == Some(&b'X');
    match (digits.len(), ends_in_x) {
        (8 | 12 | 13 | 14, false) if checks(&digits) && !is_filler(&digits) => Some(string(&digits)),
        (10, false) | (9, true) => isbn_13(&digits, ends_in_x),
        _ => None,
    }
}

/// The number that the text states as a GTIN, digits only, though its check digit is wrong.
#[must_use]
pub fn wrong_gtin(text: &str) -> Option<String> {
    let number = unlabelled(text)?;
    let digits: Vec<u8> = number.iter().filter(|b| b.is_ascii_digit()).map(|b| b - b'0').collect();
    (matches!(digits.len(), 8 | 12 | 13 | 14) && digits.len() == number.len() && !checks(&digits) && !is_filler(&digits))
        .then(|| string(&digits))
}

/// Whether a GTIN begins with one of the prefixes, given as those of thirteen digits. Eight digits have prefixes of their own.
#[must_use]
pub fn begins_with(gtin: &str, prefixes: &[String]) -> bool {
    let thirteen = match gtin.len() {
        12 => format!("0{gtin}"),
        13 => gtin.to_owned(),
        14 => gtin[1..].to_owned(),
        _ => return false,
    };
    prefixes.iter().any(|prefix| thirteen.starts_with(prefix.as_str()))
}

/// The digits (and a final X) of the text, label and separators aside; `None` when anything else is in it.
fn unlabelled(text: &str) -> Option<Vec<u8>> {
    // A labelled number with separators is below 60 characters.
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    let text = text.to_ascii_uppercase();
    let rest = ["GTIN", "EAN", "UPC", "ISBN", "JAN"].iter().find_map(|label| text.strip_prefix(label));
    let number = match rest {
        None => text.as_str(),
        Some(rest) => without_length(rest),
    };
    let number = number.trim_matches(|c: char| c.is_whitespace() || "()#:-.".contains(c));
    let mut out = Vec::with_capacity(14);
    for (at, c) in number.char_indices() {
        match c {
            '0'..='9' => out.push(c as u8),
            'X' if at + 1 == number.len() => out.push(b'X'),
            '-' | ' ' | '\u{a0}' | '\u{2010}'..='\u{2013}' => {}
            _ => return None,
        }
    }
    Some(out)
}

/// Takes the kind's own number off a label: `EAN13: …`, `ISBN-10 …`, `UPC-A …`. Glued to the digits (`EAN13…`) it is told by the length of what follows.
fn without_length(rest: &str) -> &str {
    let trimmed = rest.trim_start_matches(['-', ' ', '_']);
    for kind in ["13", "14", "12", "10", "8", "A", "E"] {
        let Some(after) = trimmed.strip_prefix(kind) else { continue };
        let digits = after.bytes().filter(u8::is_ascii_digit).count() + usize::from(after.trim_end().ends_with('X'));
        if kind.parse::<usize>().map_or(digits >= 8, |length| digits == length) {
            return after;
        }
    }
    rest
}

/// The GS1 check digit: weights 3 and 1 from the right.
fn checks(digits: &[u8]) -> bool {
    let sum: u32 = digits.iter().rev().enumerate().map(|(at, &d)| u32::from(d) * if at % 2 == 1 { 3 } else { 1 }).sum();
    sum.is_multiple_of(10)
}

/// Placeholders of shops: `00000000` and `000000000000x` check, but name nothing.
fn is_filler(digits: &[u8]) -> bool {
    digits.iter().all(|&d| d == digits[0])
}

fn isbn_13(digits: &[u8], ends_in_x: bool) -> Option<String> {
    let last = if ends_in_x { 10 } else { u32::from(*digits.get(9)?) };
    let body = digits.get(..9)?;
    let sum: u32 = body.iter().zip((2..=10).rev()).map(|(&d, weight)| u32::from(d) * weight).sum();
    if !(sum + last).is_multiple_of(11) || is_filler(body) {
        return None;
    }
    let mut long = vec![9, 7, 8];
    long.extend(body);
    let check = (0..=9).find(|&check| {
        let mut tried = long.clone();
        tried.push(check);
        checks(&tried)
    })?;
    long.push(check);
    Some(string(&long))
}

fn string(digits: &[u8]) -> String {
    digits.iter().map(|&d| char::from(b'0' + d)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_with_a_right_check_digit_is_read_from_its_label() {
        for (text, number) in [
            ("4006381333931", "4006381333931"),
            ("EAN: 4006381333931", "4006381333931"),
            ("EAN134006381333931", "4006381333931"),
            ("GTIN-14: 1 0614141 54321 9", "10614141543219"),
            ("UPC 036000291452", "036000291452"),
            ("96385074", "96385074"),
            ("ISBN-10: 0-306-40615-2", "9780306406157"),
            ("0 8044 2957 X", "9780804429573"),
            ("(978-0-306-40615-7)", "9780306406157"),
        ] {
            assert_eq!(gtin(text).as_deref(), Some(number), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_gtin() {
        for text in [
            "",
            "4006381333932",
            "400638133393",
            "00000000",
            "B07XYZ1234",
            "does not apply",
            "40063813339310",
            "x".repeat(9999).as_str(),
            "０",
        ] {
            assert_eq!(gtin(text), None, "{text}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_told_from_no_number() {
        for (text, number) in
            [("4006381333932", Some("4006381333932")), ("EAN: 4006381333932", Some("4006381333932")), ("4006381333931", None)]
        {
            assert_eq!(wrong_gtin(text).as_deref(), number, "{text}");
        }
        for text in ["", "does not apply", "400638133393", "11111111", "0 8044 2957 X", "123456789"] {
            assert_eq!(wrong_gtin(text).filter(|n| n.len() != 12), None, "{text}");
        }
    }

    #[test]
    fn prefixes_are_compared_at_thirteen_digits() {
        let prefixes = ["02".to_owned(), "2".to_owned()];
        assert!(begins_with("212345678992", &prefixes));
        assert!(begins_with("2001234567893", &prefixes));
        assert!(begins_with("12001234567890", &prefixes));
        assert!(!begins_with("4006381333931", &prefixes));
        assert!(!begins_with("20012345", &prefixes));
    }

    #[test]
    fn peer_cases_agree_where_present() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/peer-tests/gtin_classification.tsv");
        let Ok(rows) = std::fs::read_to_string(path) else { return };
        for row in rows.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [set, input, expected] = cells[..] else { continue };
            let (Ok(input), Ok(expected)) = (serde_json::from_str::<String>(input), serde_json::from_str::<Option<String>>(expected))
            else {
                continue;
            };
            let read = gtin(&input);
            match set {
                "GTIN_CLASSIFICATION_CASES" => {
                    // A journal's or a score's number is none of goods with a GTIN unless it is one by its form.
                    let is_gtin = expected.as_deref().is_some_and(|kind| kind != "issn");
                    if expected.as_deref() != Some("issn") {
                        assert_eq!(read.is_some(), is_gtin, "{input}");
                    }
                }
                "GTIN_IDS" => {
                    let expected = expected.map(|e| if e.len() == 10 { gtin(&e).unwrap_or(e) } else { e });
                    assert_eq!(read, expected, "{input}");
                }
                _ => {}
            }
        }
    }

    proptest! {
        #[test]
        fn changing_one_digit_is_noticed(body in proptest::collection::vec(0u8..10, 12), at in 0usize..13, by in 1u8..10) {
            let mut digits = body;
            let check = (0..10).find(|&c| { let mut t = digits.clone(); t.push(c); checks(&t) });
            digits.push(check.unwrap_or(0));
            prop_assert!(checks(&digits));
            digits[at] = (digits[at] + by) % 10;
            prop_assert_eq!(gtin(&string(&digits)), None);
        }

        #[test]
        fn any_text_is_survived(text in "\\PC{0,80}") {
            let _ = gtin(&text);
        }
    }
}
