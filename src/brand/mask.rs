//! Names written so that a shop's filter does not find them: letters split, starred out or swapped for signs.
//!
//! There is no edit distance here: one letter off is far more often another word than a mask.

use std::collections::BTreeMap;

/// Signs that no word of a listing has between its letters, unless somebody broke the word.
const BREAKERS: [char; 6] = ['*', '·', '•', '~', '|', '^'];
/// Signs that words do have between their letters; they mask only where they cut off single letters more than once.
const JOINERS: [char; 5] = ['-', '.', '_', '\'', '’'];

/// A name in plain lower-case letters without spaces, where it is long enough that a masked form can only be the name.
pub(super) fn plain(name: &str) -> Option<String> {
    let plain: String = name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    (plain.len() >= 3 && plain.chars().all(|c| c.is_ascii_lowercase())).then_some(plain)
}

/// The first masked name of a text: its brand and the page's own spelling.
pub(super) fn find<'a>(text: &'a str, names: &BTreeMap<String, usize>) -> Option<(usize, &'a str)> {
    text.split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '$')))
        .filter(|w| w.len() <= 40 && w.chars().any(|c| !c.is_ascii_alphabetic()))
        .find_map(|word| {
            let lower = word.to_lowercase();
            let brand = split(&lower, names).or_else(|| starred(&lower, names)).or_else(|| swapped(&lower, names))?;
            Some((brand, word))
        })
}

/// `y*s*l`, `n.i.k.e`, `gu*cci`.
fn split(word: &str, names: &BTreeMap<String, usize>) -> Option<usize> {
    let breaker = |c: char| BREAKERS.contains(&c);
    let sign = |c: char| breaker(c) || JOINERS.contains(&c);
    if !word.chars().all(|c| c.is_ascii_lowercase() || sign(c)) {
        return None;
    }
    let pieces: Vec<&str> = word.split(sign).collect();
    let single = pieces.iter().filter(|p| p.len() == 1).count();
    let broken = if word.contains(breaker) { pieces.len() >= 2 } else { pieces.len() >= 3 && single >= 1 };
    let joined: String = pieces.concat();
    let long_enough = joined.len() >= 4 || single == pieces.len();
    (broken && long_enough && pieces.iter().all(|p| !p.is_empty())).then(|| names.get(&joined).copied()).flatten()
}

/// `n*ke`, `gu**i`, `chan+l`: signs in the place of at most half of the letters.
fn starred(word: &str, names: &BTreeMap<String, usize>) -> Option<usize> {
    let star = |c: char| matches!(c, '*' | '+' | '#');
    let stars = word.chars().filter(|&c| star(c)).count();
    if stars == 0 || stars * 2 > word.len() || word.len() < 4 {
        return None;
    }
    let fits = |name: &str| name.len() == word.len() && name.chars().zip(word.chars()).all(|(n, w)| n == w || star(w));
    let mut found = names.iter().filter(|(name, _)| fits(name)).map(|(_, &brand)| brand);
    let first = found.next()?;
    found.all(|b| b == first).then_some(first)
}

/// `l0uis`, `s@msung`: digits and signs that look like letters.
fn swapped(word: &str, names: &BTreeMap<String, usize>) -> Option<usize> {
    let letters = word.chars().filter(char::is_ascii_lowercase).count();
    if word.len() < 4 || letters * 2 <= word.len() || letters == word.len() || has_number(word) {
        return None;
    }
    let swap = |one: char| {
        word.chars()
            .map(|c| match c {
                '0' => 'o',
                '1' | '!' => one,
                '3' | '€' => 'e',
                '5' | '$' => 's',
                '@' | '4' => 'a',
                c => c,
            })
            .collect::<String>()
    };
    names.get(&swap('i')).or_else(|| names.get(&swap('l'))).copied()
}

/// Whether two different digits stand together, as in the number of a model (`d10r`) and not in the place of letters.
fn has_number(word: &str) -> bool {
    word.as_bytes().windows(2).any(|pair| pair[0] != pair[1] && pair.iter().all(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> Option<&str> {
        let names = [
            "gucci",
            "chanel",
            "cartier",
            "casio",
            "asics",
            "ysl",
            "aventus",
            "iphone",
            "louisvuitton",
            "samsung",
            "nike",
            "dior",
            "lego",
            "omega",
        ];
        let names = names.iter().enumerate().map(|(i, n)| (n.to_string(), i)).collect();
        find(text, &names).map(|(_, word)| word)
    }

    #[test]
    fn broken_starred_and_swapped_letters_are_masks() {
        for word in [
            "Y*S*L",
            "A-v-entus",
            "N*ke",
            "Gu**i",
            "Chan+l",
            "S@msung",
            "G.u.c.c.i",
            "gu·cci",
            "5amsung",
            "n1ke",
            "Lou1sVu1tton",
            "0mega",
            "D1or",
        ] {
            assert_eq!(masked(&format!("new {word}, bag")), Some(word), "{word}");
        }
    }

    #[test]
    fn numbers_of_models_are_none() {
        for text in ["bulb D10R 12V", "fitting 1eg0", "L3G0", "seal 0M364", "pump 5A10N6"] {
            assert_eq!(masked(text), None, "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_none() {
        for text in [
            "channel basics carrier casino",
            "i-phone e-bike",
            "Wi-Fi 2.4 GHz 4K*2",
            "T-shirt men's d'orsay",
            "5* hotel",
            "c*",
            "1:1",
            "Nike Air",
            "***",
            "a-b-c-d",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
    }
}
