//! Phrases of the data files, found in a stranger's text in one pass.
//!
//! Every phrase of every file (names, masks, model words, admissions) goes into one transducer, so that a text is folded once and read once
//! however many phrases there are. Phrase and text go through the same [`flatten`]; what differs only in case, width, look-alike letters or
//! punctuation is equal. The transducer is used as it was written: a background that starts has nothing to build.

use crate::order;
use crate::page::text::fold;
use crate::rules_error::RulesError;
use fst::raw::{Fst, Output};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A phrase of the lexicon, or a kind of goods that several phrases name.
pub type PhraseId = u32;

/// Collects phrases before the lexicon is made.
#[derive(Debug, Default)]
pub struct Builder {
    ids: HashMap<String, PhraseId>,
    next: PhraseId,
    kinds: HashMap<Vec<PhraseId>, PhraseId>,
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
        let id = self.id();
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

    /// An id that is found wherever one of the phrases is; the same phrases share one.
    pub fn kind(&mut self, phrases: &[PhraseId]) -> PhraseId {
        if let Some(&id) = self.kinds.get(phrases) {
            return id;
        }
        let id = self.id();
        self.kinds.insert(phrases.to_vec(), id);
        id
    }

    fn id(&mut self) -> PhraseId {
        self.next += 1;
        self.next - 1
    }

    /// The finished lexicon.
    ///
    /// # Errors
    /// When the transducer cannot be made.
    pub fn build(self) -> Result<Lexicon, RulesError> {
        let phrases: BTreeMap<String, u64> = self.ids.into_iter().map(|(text, id)| (text, u64::from(id))).collect();
        let phrases = Fst::from_iter_map(phrases)
            .map_err(|e| RulesError::new("", format!("the phrases of the data files make no lexicon ({e}); build again")))?;
        let of = |(phrases, id): (Vec<PhraseId>, PhraseId)| phrases.into_iter().map(move |phrase| (phrase, id));
        let mut kinds: Vec<(PhraseId, PhraseId)> = self.kinds.into_iter().flat_map(of).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Ok(Lexicon { phrases: Phrases(phrases), kinds })
    }
}

/// All phrases, ready to be found.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lexicon {
    phrases: Phrases,
    /// Phrases with the kinds of goods that they name, in order.
    kinds: Vec<(PhraseId, PhraseId)>,
}

/// Texts to ids.
struct Phrases(Fst<Vec<u8>>);

impl std::fmt::Debug for Phrases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} phrases", self.0.len())
    }
}

impl Serialize for Phrases {
    fn serialize<S: serde::Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        into.serialize_bytes(self.0.as_bytes())
    }
}

impl<'de> Deserialize<'de> for Phrases {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let bytes = serde_bytes::ByteBuf::deserialize(from)?.into_vec();
        Fst::new(bytes).map(Self).map_err(serde::de::Error::custom)
    }
}

impl Phrases {
    /// The phrases with which the bytes begin, and how long each is.
    fn at_the_beginning_of(&self, bytes: &[u8], mut found: impl FnMut(PhraseId, usize)) {
        let mut node = self.0.root();
        let mut output = Output::zero();
        for (at, &byte) in bytes.iter().enumerate() {
            let Some(next) = node.find_input(byte).map(|index| node.transition(index)) else { return };
            output = output.cat(next.out);
            node = self.0.node(next.addr);
            if node.is_final()
                && let Ok(id) = PhraseId::try_from(output.cat(node.final_output()).value())
            {
                found(id, at + 1);
            }
        }
    }
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
        let mut before = Edge::Free;
        for (start, c) in flat.char_indices() {
            let edge = Edge::of(c);
            let within_a_word = edge != Edge::Free && edge == before;
            before = edge;
            if within_a_word {
                continue;
            }
            self.phrases.at_the_beginning_of(&flat.as_bytes()[start..], |phrase, length| {
                let end = start + length;
                if let Some(plural) = ends_a_word(&flat, start, end) {
                    for id in [phrase].into_iter().chain(self.kinds(phrase)) {
                        hits.push(Hit { phrase: id, start, end, plural });
                        seen.add(id);
                    }
                }
            });
        }
        // By position they are already; those at one position came with the shortest first.
        order::sort(&mut hits, |a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        seen.ids.sort_unstable();
        Text { original, flat, hits, seen }
    }

    /// The kinds of goods that a phrase names.
    fn kinds(&self, phrase: PhraseId) -> impl Iterator<Item = PhraseId> {
        let first = self.kinds.partition_point(|&(of, _)| of < phrase);
        self.kinds[first..].iter().take_while(move |&&(of, _)| of == phrase).map(|&(_, kind)| kind)
    }

    /// A phrase as it is compared; empty for a kind of goods. Looked for among all: for checks, not for judging.
    #[must_use]
    pub fn text(&self, id: PhraseId) -> String {
        use fst::Streamer;
        let mut phrases = self.phrases.0.stream();
        while let Some((text, of)) = phrases.next() {
            if of.value() == u64::from(id) {
                return String::from_utf8_lossy(text).into_owned();
            }
        }
        String::new()
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

/// Whether a phrase ends where a word does, and if so whether that has a plural ending.
fn ends_a_word(text: &str, start: usize, end: usize) -> Option<bool> {
    let rest = &text[end..];
    let free = |rest: &str| rest.chars().next().is_none_or(|c| Edge::of(c) != Edge::Spaced);
    let last = text[start..end].chars().next_back()?;
    if Edge::of(last) != Edge::Spaced || free(rest) {
        return Some(false);
    }
    let long = end - start >= 3;
    let takes_s = long && last.is_ascii_lowercase() && last != 's';
    let takes_es = long && matches!(last, 's' | 'x' | 'h');
    let plural = (takes_s && rest.strip_prefix('s').is_some_and(free)) || (takes_es && rest.strip_prefix("es").is_some_and(free));
    plural.then_some(true)
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
        read.hits.iter().map(|h| lexicon.text(h.phrase)).collect()
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
    fn a_kind_of_goods_is_found_where_one_of_its_words_is() {
        let mut builder = Builder::default();
        let words = builder.phrases("goods", &["shoe".into(), "靴".into()]).unwrap();
        let kind = builder.kind(&words);
        let other = builder.kind(&words[..1]);
        assert_eq!(builder.kind(&words), kind);
        let lexicon = builder.build().unwrap();
        let found = |text: &str| {
            let text = lexicon.read(text, 1000);
            (text.has(kind), text.has(other), text.hits.len())
        };
        assert_eq!(found("two shoes"), (true, true, 3));
        assert_eq!(found("靴"), (true, false, 2));
        assert_eq!(found("socks"), (false, false, 0));
    }

    #[test]
    fn a_lexicon_read_from_bytes_finds_the_same() {
        let mut builder = Builder::default();
        for phrase in ["nike", "nike air", "高仿"] {
            builder.phrase(phrase).unwrap();
        }
        let lexicon = builder.build().unwrap();
        let again: Lexicon = postcard::from_bytes(&postcard::to_allocvec(&lexicon).unwrap()).unwrap();
        let text = "Nike Air 高仿";
        assert_eq!(again.read(text, 100).hits, lexicon.read(text, 100).hits);
        assert_eq!(lexicon.read(text, 100).hits.len(), 3);
        assert!(postcard::from_bytes::<Lexicon>(&[3, 1, 2, 3, 0]).is_err());
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
