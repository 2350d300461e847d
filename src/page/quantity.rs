//! Quantities with their unit as titles write them: `2TB`, `256 GB`, `20,000mAh`, `1.5 тб`.

use super::decimal;
use crate::lexicon::unspaced;
use std::collections::BTreeMap;

/// A quantity at a place of a flat text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// In the smallest of the units.
    pub amount: f64,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Every quantity of a flat text that has one of these units, in order. A unit that goes on (`TBW`, `Gbps`) is another.
pub fn read(flat: &str, units: &BTreeMap<String, f64>) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = flat[at..].find(|c: char| c.is_ascii_digit()).map(|from| at + from) {
        let length = flat[start..].bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        at = start + length;
        // The digits of a model's number (`dt70`) count nothing.
        if flat[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() && !unspaced(c)) {
            continue;
        }
        let rest = &flat[at..];
        let word = rest.strip_prefix(' ').unwrap_or(rest);
        let unit = units.iter().filter(|(unit, _)| {
            let after = word.strip_prefix(unit.as_str());
            after.is_some_and(|after| after.chars().next().is_none_or(|c| !c.is_alphanumeric() || unspaced(c)))
        });
        let Some((unit, &factor)) = unit.max_by_key(|(unit, _)| unit.len()) else { continue };
        if let Some(number) = number(&flat[start..at], factor <= 1.0) {
            found.push(Quantity { amount: number * factor, start, end: at + (rest.len() - word.len()) + unit.len() });
        }
    }
    found
}

/// A number with its marks. Three digits behind a mark are a group; behind a point only where the unit is too small to be split.
fn number(text: &str, smallest: bool) -> Option<f64> {
    let grouped = |mark: char| text.split(mark).skip(1).all(|group| group.len() == 3);
    let plain = match (text.contains(','), text.contains('.')) {
        (true, _) if grouped(',') => text.replace(',', ""),
        (true, false) => text.replace(',', "."),
        (false, true) if grouped('.') && (smallest || text.matches('.').count() > 1) => text.replace('.', ""),
        _ => text.to_owned(),
    };
    decimal::read(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::flatten;

    fn amounts(text: &str) -> Vec<f64> {
        let units = [("gb", 1.0), ("tb", 1000.0), ("тб", 1000.0), ("mah", 1.0)].map(|(unit, factor)| (unit.to_owned(), factor));
        read(&flatten(text), &units.into()).iter().map(|q| q.amount).collect()
    }

    #[test]
    fn quantities_are_read_as_titles_write_them() {
        for (text, amount) in [
            ("Stick USB 3.0 2TB metal", 2000.0),
            ("256 GB card", 256.0),
            ("Power bank 20,000mAh", 20_000.0),
            ("Powerbank 20.000mAh", 20_000.0),
            ("SSD 1.5TB", 1500.0),
            ("SSD 1,5 TB", 1500.0),
            ("SSD 1.024TB", 1024.0),
            ("накопитель 2 ТБ", 2000.0),
            ("大容量2TB优盘", 2000.0),
            ("2tb大容量", 2000.0),
        ] {
            assert_eq!(amounts(text), [amount], "{text}");
        }
        assert_eq!(amounts("64GB 128GB"), [64.0, 128.0]);
    }

    #[test]
    fn other_units_and_model_numbers_are_none() {
        for text in ["600TBW", "10Gbps", "DT70", "2 terabyte", "GB", "x12gb", "5 V"] {
            assert!(amounts(text).is_empty(), "{text}");
        }
    }
}
