//! Counts as shops show them: `1,234`, `1.2k`, `3,4 mil`, `10万+`, `5RB+`.

use super::decimal;

/// Words after a number that multiply it, and by how much. The longer of two comes first.
const SCALES: [(&str, f64); 17] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("mil", 1e3),
    ("mln", 1e6),
    ("lakh", 1e5),
    ("ribu", 1e3),
    ("juta", 1e6),
    ("bin", 1e3),
    ("тыс", 1e3),
    ("rb", 1e3),
    ("jt", 1e6),
    ("tr", 1e6),
    ("万", 1e4),
    ("萬", 1e4),
    ("千", 1e3),
    ("k", 1e3),
    ("m", 1e6),
];

/// The first count in a text. "More than" and "about" are not told apart from "exactly".
pub fn read(text: &str) -> Option<u64> {
    let text: String = text.chars().map(plain).collect();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let number = number_at(&text[start..]);
    let number = number.trim_end_matches(['.', ',', '\'']);
    let rest = text[start + number.len()..].trim_start().to_lowercase();
    let number = number.replace(' ', "");
    let scale = SCALES.iter().find(|(word, _)| {
        let after = rest.strip_prefix(word);
        after.is_some_and(|after| !after.starts_with(char::is_alphabetic) || !word.is_ascii())
    });
    let value = match scale {
        Some((_, scale)) => decimal::read(&number.replace(',', "."))? * scale,
        // Without a scale all marks group digits.
        None => decimal::read(&number.replace(['.', ',', '\''], ""))?,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie in range")]
    (0.0..1e15).contains(&value).then_some(value.round() as u64)
}

/// The number at the beginning of a text. A space groups its digits where three follow and no more.
fn number_at(text: &str) -> &str {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    loop {
        let count = match text.as_bytes().get(end) {
            Some(b' ') if end <= 3 || text.as_bytes().get(end.wrapping_sub(4)) == Some(&b' ') => digits(end + 1),
            Some(b'.' | b',' | b'\'') => digits(end + 1).max(1),
            _ => return &text[..end],
        };
        if text.as_bytes()[end] == b' ' && count != 3 {
            return &text[..end];
        }
        if digits(end + 1) == 0 {
            return &text[..end];
        }
        end += 1 + count;
    }
}

/// Digits of full width, Arabic-Indic digits and thin spaces as their plain forms.
fn plain(c: char) -> char {
    let digit = |zero: u32| char::from_digit((u32::from(c) - zero) % 10, 10).unwrap_or(c);
    match c {
        '\u{ff10}'..='\u{ff19}' => digit(0xff10),
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
        '\u{ff0c}' => ',',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_shops_write_them() {
        let cases = [
            ("(1,234)", 1_234),
            ("1.2k sold", 1_200),
            ("Mais de 3,4 mil vendidos", 3_400),
            ("10万+人付款", 100_000),
            ("5RB+ terjual", 5_000),
            ("12 minutes", 12),
            ("99 reviews", 99),
            ("1.234 avis", 1_234),
            ("已售１２", 12),
            ("2 More", 2),
            ("1 352 оценки", 1_352),
            ("2 2024", 2),
            ("12.", 12),
        ];
        for (text, count) in cases {
            assert_eq!(read(text), Some(count), "{text}");
        }
        assert_eq!(read("none"), None);
    }
}
