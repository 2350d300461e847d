//! Phrases of the data files, found in a stranger's text in one pass.
//!
//! Every phrase of every file (names, masks, model words, admissions) goes into one automaton, so that a text is folded once and read once
//! however many phrases there are. Phrase and text go through the same [`flatten`]; what differs only in case, width, look-alike letters or
//! punctuation is equal.

use crate::order;
use crate::page::text::fold;
use crate::rules_error::RulesError;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Input, automaton::Automaton};
use std::collections::HashMap;

/// A phrase of the lexicon.
pub type PhraseId = u32;

/// Collects phrases before the automaton is made.
#[derive(Debug, Default)]
pub struct Builder {
    ids: HashMap<String, PhraseId>,
    texts: Vec<String>,
}

impl Builder {
    /// The id of a phrase; equal phrases share one. Nothing where the phrase has no letter or digit, and so would be found everywhere.
    pub fn phrase(&mut self, phrase: &str) -> Option<PhraseId> {
        let flat = flatten(phrase);
        if !flat.chars().any(char::is_alphanumeric) {
            return None;
        }
        if let Some(&id) = self.ids.get(&flat) {
            return Some(id);
        }
        let id = PhraseId::try_from(self.texts.len()).ok()?;
        self.texts.push(flat.clone());
        self.ids.insert(flat, id);
        Some(id)
    }

    /// Ids of several phrases of `file`.
    ///
    /// # Errors
    /// When a phrase has no letter or digit.
    pub fn phrases(&mut self, file: &str, phrases: &[String]) -> Result<Vec<PhraseId>, RulesError> {
        phrases
            .iter()
            .map(|p| self.phrase(p).ok_or_else(|| RulesError::new(file, format!("the phrase {p:?} has no letter or digit; take it out"))))
            .collect()
    }

    /// The finished lexicon.
    ///
    /// # Errors
    /// When the automaton would be too large.
    pub fn build(self) -> Result<Lexicon, RulesError> {
        let automaton = NFA::new(&self.texts).map_err(|e| {
            RulesError::new("", format!("the phrases of the data files make no automaton ({e}); there are too many of them"))
        })?;
        Ok(Lexicon { automaton, shapes: self.texts.iter().map(|t| Shape::of(t)).collect(), texts: self.texts })
    }
}

/// All phrases, ready to be found.
#[derive(Debug)]
pub struct Lexicon {
    automaton: NFA,
    shapes: Vec<Shape>,
    texts: Vec<String>,
}

impl Lexicon {
    /// Reads a text, of which no more than `limit` characters count.
    #[must_use]
    pub fn read<'a>(&self, original: &'a str, limit: usize) -> Text<'a> {
        let original = match original.char_indices().nth(limit) {
            Some((end, _)) => &original[..end],
            None => original,
        };
        let flat = flatten(original);
        let mut hits = Vec::new();
        let mut seen = Seen::default();
        // The automaton is made for overlapping matches and unanchored searches, the two things that could be refused here.
        let found = self.automaton.try_find_overlapping_iter(Input::new(&flat));
        for found in found.into_iter().flatten() {
            let id = found.pattern().as_u32();
            let Some(shape) = self.shapes.get(id as usize) else { continue };
            if let Some(plural) = shape.stands_alone(&flat, found.start(), found.end()) {
                hits.push(Hit { phrase: id, start: found.start(), end: found.end(), plural });
                seen.add(id);
            }
        }
        order::sort(&mut hits, |a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        seen.ids.sort_unstable();
        Text { original, flat, hits, seen }
    }

    /// A phrase as it is compared.
    #[must_use]
    pub fn text(&self, id: PhraseId) -> &str {
        self.texts.get(id as usize).map_or("", String::as_str)
    }
}

/// A phrase found, as bytes of the flat text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub phrase: PhraseId,
    /// First byte.
    pub start: usize,
    /// One past the last byte, a plural ending not counted.
    pub end: usize,
    /// Whether the text has the phrase with a plural ending.
    pub plural: bool,
}

/// A text that was read.
#[derive(Clone, Debug, Default)]
pub struct Text<'a> {
    /// As the page has it.
    pub original: &'a str,
    /// As it was compared.
    pub flat: String,
    /// What was found, by position, at one position the longest first.
    pub hits: Vec<Hit>,
    seen: Seen,
}

/// The phrases of a text. What it costs does not grow with the number of phrases that there are: most questions are answered by a few bits.
#[derive(Clone, Debug, Default)]
struct Seen {
    bits: Vec<u64>,
    ids: Vec<PhraseId>,
}

impl Seen {
    const WORDS: usize = 64;

    fn place(id: PhraseId) -> (usize, u64) {
        (id as usize / 64 % Self::WORDS, 1 << (id % 64))
    }

    fn add(&mut self, id: PhraseId) {
        self.bits.resize(Self::WORDS, 0);
        let (word, bit) = Self::place(id);
        self.bits[word] |= bit;
        self.ids.push(id);
    }

    fn has(&self, id: PhraseId) -> bool {
        let (word, bit) = Self::place(id);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0) && self.ids.binary_search(&id).is_ok()
    }
}

impl Text<'_> {
    /// Whether the phrase was found.
    #[must_use]
    pub fn has(&self, id: PhraseId) -> bool {
        self.seen.has(id)
    }

    /// Whether one of the phrases was found.
    #[must_use]
    pub fn has_any(&self, ids: &[PhraseId]) -> bool {
        ids.iter().any(|&id| self.has(id))
    }

    /// How many words lie wholly between two places of the flat text. Scripts without spaces count two characters as a word.
    #[must_use]
    pub fn words_between(&self, from: usize, to: usize) -> usize {
        let between = self.flat.get(from..to).unwrap_or_default();
        let mut words = 0;
        for word in between.split(' ').filter(|w| !w.is_empty()) {
            let chars = word.chars().filter(|&c| unspaced(c)).count();
            words += if chars == 0 { 1 } else { chars.div_ceil(2) };
        }
        words
    }

    /// The page's own words for a place in the flat text, with up to `around` words on both sides.
    #[must_use]
    pub fn quote(&self, start: usize, end: usize, around: usize) -> String {
        const LONGEST: usize = 120;
        let before = |at: usize| self.flat.get(..at).unwrap_or_default().matches(' ').count();
        let (first, last) = (before(start), before(end.max(1) - 1));
        // White space splits words of both forms alike; punctuation only those of the flat one.
        let mut words: Vec<(usize, usize)> = Vec::new();
        let (mut from, mut to) = (None, None);
        let mut flat_words = 0;
        for word in self.original.split_whitespace() {
            let at = word.as_ptr() as usize - self.original.as_ptr() as usize;
            let inside = flatten(word);
            let count = if inside.is_empty() { 0 } else { inside.matches(' ').count() + 1 };
            words.push((at, at + word.len()));
            flat_words += count;
            if from.is_none() && flat_words > first {
                from = Some(words.len() - 1);
            }
            if flat_words > last {
                to = Some(words.len() - 1);
            }
            if to.is_some_and(|to| words.len() > to + around) {
                break;
            }
        }
        let (Some(from), Some(to)) = (from, to) else { return clip(self.original, LONGEST) };
        let core = words[from].1 - words[from].0;
        if core > LONGEST {
            return self.within_word(&self.original[words[from].0..words[from].1], start);
        }
        let (mut from, mut to) = (from, to);
        for _ in 0..around {
            if from > 0 && words[to].1 - words[from - 1].0 <= LONGEST {
                from -= 1;
            }
            if to + 1 < words.len() && words[to + 1].1 - words[from].0 <= LONGEST {
                to += 1;
            }
        }
        clip(&self.original[words[from].0..words[to].1], LONGEST)
    }

    /// A part of a very long word (a sentence in a script without spaces): its characters lie about where those of the flat form do.
    fn within_word(&self, word: &str, start: usize) -> String {
        let flat = self.flat.get(..start).unwrap_or_default();
        let skipped = flat.rsplit(' ').next().unwrap_or_default().chars().count();
        word.chars().skip(skipped.saturating_sub(12)).take(40).collect()
    }
}

/// No more than `limit` bytes of a text, cut between characters.
fn clip(text: &str, limit: usize) -> String {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim().to_owned()
}

/// What must surround a phrase so that it is not a piece of another word.
#[derive(Clone, Copy, Debug)]
struct Shape {
    first: Edge,
    last: Edge,
    plural: bool,
    sibilant: bool,
}

/// How a phrase ends on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    /// A letter or digit of a script with spaces.
    Spaced,
    /// Hangul: words carry their particles behind them.
    Hangul,
    /// A script without spaces, or punctuation.
    Free,
}

impl Edge {
    fn of(c: char) -> Self {
        match c {
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => Self::Hangul,
            c if !c.is_alphanumeric() || unspaced(c) => Self::Free,
            _ => Self::Spaced,
        }
    }
}

impl Shape {
    fn of(phrase: &str) -> Self {
        let last = phrase.chars().next_back();
        Self {
            first: phrase.chars().next().map_or(Edge::Free, Edge::of),
            last: last.map_or(Edge::Free, Edge::of),
            plural: phrase.len() >= 3 && last.is_some_and(|c| c.is_ascii_lowercase() && c != 's'),
            sibilant: phrase.len() >= 3 && last.is_some_and(|c| matches!(c, 's' | 'x' | 'h')),
        }
    }

    /// Whether a phrase at this place is a word of its own, and if so whether in the plural.
    fn stands_alone(self, text: &str, start: usize, end: usize) -> Option<bool> {
        let before = text[..start].chars().next_back().map_or(Edge::Free, Edge::of);
        if self.first != Edge::Free && before == self.first {
            return None;
        }
        let rest = &text[end..];
        let free = |rest: &str| rest.chars().next().is_none_or(|c| Edge::of(c) != Edge::Spaced);
        if self.last != Edge::Spaced || free(rest) {
            return Some(false);
        }
        let plural =
            (self.plural && rest.strip_prefix('s').is_some_and(free)) || (self.sibilant && rest.strip_prefix("es").is_some_and(free));
        plural.then_some(true)
    }
}

/// Whether words of the character's script are written without spaces.
#[must_use]
pub fn unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A text as it is compared: folded, punctuation turned to single spaces, except where it carries the sense (`1:1`, `AAA+`, `99%`, brackets).
#[must_use]
pub fn flatten(text: &str) -> String {
    let folded = fold(text);
    let mut flat = String::with_capacity(folded.len());
    let mut space = false;
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let last = if space { None } else { flat.chars().next_back() };
        let keep = match c {
            ':' | '.' | ',' => last.is_some_and(|l| l.is_ascii_digit()) && chars.peek().is_some_and(char::is_ascii_digit),
            '+' => last.is_some_and(|l| l.is_alphanumeric() || l == '+'),
            '%' => last.is_some_and(|l| l.is_ascii_digit()),
            '[' | ']' => true,
            // Marks (vowel signs, accents that have no composed form) belong to their letter.
            c => c.is_alphanumeric() || crate::page::normal::is_combining_mark(c),
        };
        if keep {
            if space && !flat.is_empty() {
                flat.push(' ');
            }
            space = false;
            flat.push(c);
        } else {
            space = true;
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&str], text: &str) -> Vec<String> {
        let mut builder = Builder::default();
        for p in phrases {
            builder.phrase(p).unwrap();
        }
        let lexicon = builder.build().unwrap();
        let read = lexicon.read(text, 1000);
        read.hits.iter().map(|h| lexicon.text(h.phrase).to_owned()).collect()
    }

    #[test]
    fn a_phrase_is_a_whole_word_where_words_have_spaces() {
        assert_eq!(found(&["canon"], "CANON-ink for the canonical canoness"), ["canon"]);
        assert_eq!(found(&["air jordan"], "nike air-jordan_1"), ["air jordan"]);
        assert!(found(&["nike"], "Nikestore").is_empty());
    }

    #[test]
    fn a_phrase_stands_anywhere_where_words_have_none() {
        assert_eq!(found(&["高仿"], "顶级高仿包"), ["高仿"]);
        assert_eq!(found(&["nike"], "正品nike鞋"), ["nike"]);
        assert_eq!(found(&["나이키"], "나이키의 신발"), ["나이키"]);
        assert!(found(&["나이키"], "가나이키").is_empty());
    }

    #[test]
    fn a_plural_is_found_and_marked() {
        assert_eq!(found(&["watch", "bag"], "Bags and watches"), ["bag", "watch"]);
        assert!(found(&["bag"], "bagsy").is_empty());
    }

    #[test]
    fn grades_keep_their_signs() {
        assert_eq!(flatten("1:1 AAA+ 99% [Good Quality] first-copy T-Shirt"), "1:1 aaa+ 99% [good quality] first copy t shirt");
        assert_eq!(flatten(" - , "), "");
    }

    #[test]
    fn a_quote_is_the_pages_own_words() {
        let mut builder = Builder::default();
        builder.phrase("first copy").unwrap();
        builder.phrase("高仿").unwrap();
        let lexicon = builder.build().unwrap();
        let text = lexicon.read("Premium — 7AA First-Copy, luxury", 1000);
        assert_eq!(text.quote(text.hits[0].start, text.hits[0].end, 1), "7AA First-Copy, luxury");
        let long = format!("{}顶级高仿{}", "好".repeat(300), "的".repeat(300));
        let text = lexicon.read(&long, 1000);
        assert!(text.quote(text.hits[0].start, text.hits[0].end, 1).contains("高仿"));
    }

    #[test]
    fn a_phrase_is_told_from_those_that_share_its_bit() {
        let mut builder = Builder::default();
        let ids: Vec<PhraseId> = (0..9_000).map(|n| builder.phrase(&format!("w{n}")).unwrap()).collect();
        let lexicon = builder.build().unwrap();
        let text = lexicon.read("w5 w4101", 1000);
        let has: Vec<usize> = (0..9_000).filter(|&n| text.has(ids[n])).collect();
        assert_eq!(has, [5, 4101]);
        assert!(!lexicon.read("", 10).has(ids[5]));
    }

    #[test]
    fn a_long_text_is_cut() {
        let mut builder = Builder::default();
        builder.phrase("copy").unwrap();
        let lexicon = builder.build().unwrap();
        assert_eq!(lexicon.read(&"copy ".repeat(100_000), 1000).hits.len(), 200);
    }
}
