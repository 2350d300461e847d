//! Unicode normalisation (UAX #15) of texts to be compared: forms NFC and NFKC, and which characters are marks.
//!
//! The tables that are commonly used for it answer at once and take an eighth of what a shopper would download. These are packed by `build.rs`
//! and unpacked at the first need, in well under a millisecond.

use crate::order;
use std::sync::OnceLock;

/// `build.rs` says how it is written.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/normal.bin"));

/// Hangul syllables are composed by reckoning: first letters, vowels, last letters.
const SYLLABLES: u32 = 0xAC00;
const FIRST: u32 = 0x1100;
const VOWEL: u32 = 0x1161;
const LAST: u32 = 0x11A7;
const VOWELS: u32 = 21;
const LASTS: u32 = 28;
const ALL_SYLLABLES: u32 = 19 * VOWELS * LASTS;

/// The compatibility form, composed.
pub(super) fn nfkc(text: impl Iterator<Item = char>) -> Vec<char> {
    let tables = tables();
    tables.composed(tables.decomposed(text, true))
}

/// The composed form.
pub(crate) fn nfc(text: &str) -> String {
    let tables = tables();
    tables.composed(tables.decomposed(text.chars(), false)).into_iter().collect()
}

/// The first character of the decomposed form: a letter without its marks.
pub(super) fn base(c: char) -> char {
    tables().parts(c, false).map_or(c, |parts| parts[0])
}

/// Whether the character belongs to the one before it: accents, vowel signs.
pub(crate) fn is_combining_mark(c: char) -> bool {
    !c.is_ascii() && tables().is_mark(c)
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables::unpack(PACKED))
}

/// A character and where its parts lie.
struct Entry {
    of: u32,
    at: usize,
    len: usize,
}

/// Characters in a row and what they have in common.
struct Run {
    from: u32,
    to: u32,
    class: u8,
}

#[derive(Default)]
struct Tables {
    /// By character: those of canonical decompositions, and those that compatibility adds.
    canonical: Vec<Entry>,
    compatible: Vec<Entry>,
    parts: Vec<char>,
    /// By second part: first part and what both make.
    compositions: Vec<(char, Vec<(char, char)>)>,
    /// Combining classes other than 0.
    classes: Vec<Run>,
    marks: Vec<Run>,
    /// The blocks of 256 characters of which any is in one of these, a bit each: most writing of East Asia needs no further look.
    blocks: Vec<bool>,
}

impl Tables {
    fn unpack(packed: &[u8]) -> Self {
        let mut tables = Self::default();
        let mut all = Reader(packed);
        let [mut steps, mut heads, mut firsts, mut others, mut classes, mut marks] = std::array::from_fn(|_| all.section());
        let mut composing = Vec::new();
        let (mut of, mut first) = (0, 0);
        while !steps.0.is_empty() {
            of += steps.next();
            let head = heads.next();
            let (at, len) = (tables.parts.len(), (head >> 2) as usize);
            first += firsts.signed();
            tables.parts.push(character(first));
            for _ in 1..len {
                tables.parts.push(character(0x300 + others.signed()));
            }
            if head & 2 != 0 {
                composing.push((of, at, len));
            }
            let list = if head & 1 == 0 { &mut tables.canonical } else { &mut tables.compatible };
            list.push(Entry { of, at, len });
            tables.touch(of, of);
        }
        // What has three parts is made of what two of them make.
        for parts in 2..=4 {
            for &(of, at, len) in composing.iter().filter(|&&(_, _, len)| len == parts) {
                let all = &tables.parts[at..at + len];
                let before = all[1..len - 1].iter().try_fold(all[0], |before, &part| tables.composition(before, part));
                let Some((before, last)) = before.zip(all.last().copied()) else { continue };
                let made = (before, character(of.cast_signed()));
                match tables.compositions.iter_mut().find(|(second, _)| *second == last) {
                    Some((_, list)) => list.push(made),
                    None => tables.compositions.push((last, vec![made])),
                }
                tables.touch(u32::from(last), u32::from(last));
            }
        }
        tables.classes = tables.runs(&mut classes, true);
        tables.marks = tables.runs(&mut marks, false);
        tables
    }

    fn runs(&mut self, packed: &mut Reader<'_>, classed: bool) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut at = 0;
        while !packed.0.is_empty() {
            let from = at + packed.next();
            at = from + packed.next();
            let class = if classed { packed.next() as u8 } else { 0 };
            runs.push(Run { from, to: at, class });
            self.touch(from, at);
        }
        runs
    }

    fn touch(&mut self, from: u32, to: u32) {
        let (from, to) = ((from >> 8) as usize, (to >> 8) as usize);
        if self.blocks.len() <= to {
            self.blocks.resize(to + 1, false);
        }
        self.blocks[from..=to].fill(true);
    }

    /// Whether the character is in no table.
    fn is_plain(&self, c: char) -> bool {
        !self.blocks.get((u32::from(c) >> 8) as usize).copied().unwrap_or(false)
    }

    fn parts(&self, c: char, compatible: bool) -> Option<&[char]> {
        if c.is_ascii() || self.is_plain(c) {
            return None;
        }
        let of = |entries: &[Entry]| {
            let found = entries.binary_search_by_key(&u32::from(c), |entry| entry.of).ok()?;
            let Entry { at, len, .. } = entries[found];
            Some(at..at + len)
        };
        let found = if compatible { of(&self.compatible) } else { None };
        self.parts.get(found.or_else(|| of(&self.canonical))?)
    }

    fn class(&self, c: char) -> u8 {
        if c.is_ascii() || self.is_plain(c) { 0 } else { run(&self.classes, c).map_or(0, |run| run.class) }
    }

    fn is_mark(&self, c: char) -> bool {
        !self.is_plain(c) && run(&self.marks, c).is_some()
    }

    /// Each character with its combining class, in canonical order.
    fn decomposed(&self, text: impl Iterator<Item = char>, compatible: bool) -> Vec<(u8, char)> {
        let mut out = Vec::new();
        for c in text {
            let syllable = u32::from(c).wrapping_sub(SYLLABLES);
            if let Some(parts) = self.parts(c, compatible) {
                out.extend(parts.iter().map(|&part| (self.class(part), part)));
            } else if syllable < ALL_SYLLABLES {
                let letters = [FIRST + syllable / (VOWELS * LASTS), VOWEL + syllable / LASTS % VOWELS, LAST + syllable % LASTS];
                let count = if letters[2] == LAST { 2 } else { 3 };
                out.extend(letters[..count].iter().map(|letter| (0, character(letter.cast_signed()))));
            } else {
                out.push((self.class(c), c));
            }
        }
        for marks in out.split_mut(|&(class, _)| class == 0).filter(|marks| marks.len() > 1) {
            let mut sorted = marks.to_vec();
            order::sort(&mut sorted, |a, b| a.0.cmp(&b.0));
            marks.copy_from_slice(&sorted);
        }
        out
    }

    fn composed(&self, decomposed: Vec<(u8, char)>) -> Vec<char> {
        let mut out: Vec<char> = Vec::with_capacity(decomposed.len());
        let mut starter = None;
        let mut last = 0;
        for (class, c) in decomposed {
            if let Some(at) = starter {
                let is_near = out.len() == at + 1 || last < class;
                if let Some(both) = is_near.then(|| self.composition(out[at], c)).flatten() {
                    out[at] = both;
                    continue;
                }
            }
            if class == 0 {
                starter = Some(out.len());
            }
            last = class;
            out.push(c);
        }
        out
    }

    fn composition(&self, first: char, second: char) -> Option<char> {
        if second.is_ascii() {
            return None;
        }
        let (letter, vowel) = (u32::from(first).wrapping_sub(FIRST), u32::from(second).wrapping_sub(VOWEL));
        if letter < 19 && vowel < VOWELS {
            return char::from_u32(SYLLABLES + (letter * VOWELS + vowel) * LASTS);
        }
        let (syllable, end) = (u32::from(first).wrapping_sub(SYLLABLES), u32::from(second).wrapping_sub(LAST));
        if syllable < ALL_SYLLABLES && syllable.is_multiple_of(LASTS) && (1..LASTS).contains(&end) {
            return char::from_u32(u32::from(first) + end);
        }
        if self.is_plain(second) {
            return None;
        }
        let (_, list) = self.compositions.iter().find(|(with, _)| *with == second)?;
        list.iter().find(|(with, _)| *with == first).map(|&(_, both)| both)
    }
}

/// The run that holds the character.
fn run(runs: &[Run], c: char) -> Option<&Run> {
    let c = u32::from(c);
    runs.get(runs.partition_point(|run| run.to <= c)).filter(|run| run.from <= c)
}

/// What `build.rs` packed are characters.
fn character(code: i32) -> char {
    char::from_u32(code.cast_unsigned()).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Reads numbers of seven bits a byte, the lowest first.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn next(&mut self) -> u32 {
        let (mut number, mut shift) = (0, 0);
        while let Some((&byte, rest)) = self.0.split_first() {
            self.0 = rest;
            number |= u32::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 {
                break;
            }
        }
        number
    }

    /// The lowest bit is the sign.
    fn signed(&mut self) -> i32 {
        let number = self.next();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }

    /// A length and as many bytes.
    fn section(&mut self) -> Self {
        let length = self.next() as usize;
        let (section, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        Self(section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::{UnicodeNormalization, char as reference};

    fn same(text: &str) {
        assert_eq!(nfc(text), text.nfc().collect::<String>(), "{text:?}");
        assert_eq!(nfkc(text.chars()), text.nfkc().collect::<Vec<_>>(), "{text:?}");
    }

    /// All characters of which anything is said.
    fn all() -> impl Iterator<Item = char> {
        ('\0'..='\u{33000}').chain('\u{e0000}'..='\u{e0200}')
    }

    #[test]
    fn every_character_is_normalised_as_unicode_says() {
        for c in all() {
            same(c.encode_utf8(&mut [0; 4]));
            assert_eq!(is_combining_mark(c), reference::is_combining_mark(c), "{c:?}");
            assert_eq!(
                Some(base(c)),
                std::iter::once(c).nfd().next().filter(|_| !('\u{ac00}'..='\u{d7a3}').contains(&c)).or(Some(c)),
                "{c:?}"
            );
        }
    }

    #[test]
    fn what_was_taken_apart_is_put_together_again() {
        for c in all() {
            same(&std::iter::once(c).nfd().collect::<String>());
            same(&std::iter::once(c).nfkd().collect::<String>());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_normalised_as_unicode_says(text in "(\\PC|[a-zé\u{300}-\u{345}\u{591}-\u{5c0}\u{9be}\u{9c7}\u{1100}-\u{11ff}가-각\u{3099}かは\u{1d15e}-\u{1d172}]){0,24}") {
            same(&text);
        }
    }
}
