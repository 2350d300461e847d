//! The words that a part of a domain's label is made of, found without spaces between them.

use crate::rules::domains as data;
use std::collections::HashMap;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Selling,
    Goods,
    Country,
    /// Two letters for a country, which stand in many words too.
    Code,
    Nothing,
}

/// What the words of a label's parts say, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rest {
    /// Letters that belong to no word.
    pub(super) stray: usize,
    pub(super) selling: usize,
    pub(super) goods: usize,
    pub(super) countries: usize,
    pub(super) codes: usize,
    words: usize,
}

impl Rest {
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            stray: self.stray + other.stray,
            selling: self.selling + other.selling,
            goods: self.goods + other.goods,
            countries: self.countries + other.countries,
            codes: self.codes + other.codes,
            words: self.words + other.words,
        }
    }

    /// Fewer stray letters are better, then fewer words.
    fn cost(self) -> (usize, usize) {
        (self.stray, self.words)
    }
}

/// All words of domains.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashMap<String, Says>,
    longest: usize,
}

impl Vocabulary {
    pub(super) fn new(file: &data::Domains) -> Self {
        let lists =
            [(&file.selling, Says::Selling), (&file.goods, Says::Goods), (&file.countries, Says::Country), (&file.fillers, Says::Nothing)];
        let mut words = HashMap::new();
        for (list, says) in lists {
            for word in list {
                let is_code = says == Says::Country && word.len() == 2;
                words.entry(word.clone()).or_insert(if is_code { Says::Code } else { says });
            }
        }
        let longest = words.keys().map(String::len).max().unwrap_or(0);
        Self { words, longest }
    }

    /// The reading of a part with the fewest stray letters, a country's code at its beginning or end alone; nothing where it is no part of an ASCII label or too long for one.
    pub(super) fn read(&self, part: &str) -> Option<Rest> {
        const LONGEST_LABEL: usize = 63;
        if !part.is_ascii() || part.len() > LONGEST_LABEL {
            return None;
        }
        let mut best: Vec<Option<Rest>> = vec![None; part.len() + 1];
        best[0] = Some(Rest::default());
        for start in 0..part.len() {
            let Some(so_far) = best[start] else { continue };
            for end in start + 1..=part.len().min(start + self.longest.max(1)) {
                let Some(word) = self.word(&part[start..end]) else { continue };
                let with = so_far.and(word);
                if with.codes > 1 || (word.codes > 0 && start > 0 && end < part.len()) {
                    continue;
                }
                if best[end].is_none_or(|known| with.cost() < known.cost()) {
                    best[end] = Some(with);
                }
            }
        }
        best[part.len()]
    }

    fn word(&self, text: &str) -> Option<Rest> {
        let one = Rest { words: 1, ..Rest::default() };
        Some(match self.words.get(text) {
            Some(Says::Selling) => Rest { selling: 1, ..one },
            Some(Says::Goods) => Rest { goods: 1, ..one },
            Some(Says::Country) => Rest { countries: 1, ..one },
            Some(Says::Code) => Rest { codes: 1, ..one },
            Some(Says::Nothing) => one,
            None if text.bytes().all(|b| b.is_ascii_digit()) => one,
            None if text.len() == 1 => Rest { stray: 1, ..one },
            None => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reading_with_the_fewest_stray_letters_is_taken() {
        let list = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let file = data::Domains {
            selling: list(&["shop", "sale"]),
            goods: list(&["shoes"]),
            countries: list(&["es", "us", "spain"]),
            fillers: list(&["the"]),
            ..data::Domains::default()
        };
        let words = Vocabulary::new(&file);
        let read = |text| words.read(text).unwrap();
        assert_eq!((read("shoessale").stray, read("shoessale").goods, read("shoessale").selling), (0, 1, 1));
        assert_eq!((read("usshop").codes, read("usshop").stray), (1, 0));
        assert_eq!(read("theusshop").stray, 2, "a code within a part is two letters");
        assert_eq!((read("spain").countries, read("spaines").codes), (1, 1));
        assert_eq!(read("365").stray, 0);
        assert_eq!(read("zxshop").stray, 2);
        assert_eq!(read("").words, 0);
        assert_eq!(words.read("größe"), None);
    }
}
