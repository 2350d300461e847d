//! The word lists of `data/words`, compiled: what a phrase says, and beside what it does not say it.

use crate::lexicon::{Builder, Hit, PhraseId, Text, flatten};
use crate::rules::words::WordList;
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What the phrases of a list say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// The seller says in so many words that the goods are a copy, whatever the brand.
    Admission,
    /// A word that admits a copy only beside a known brand: alone it names museum pieces, toys and perfumes.
    Replica,
    /// What sellers of copies write instead: grades, batches, workshops.
    Hint,
    /// Takes back an admission that follows.
    Negation,
    /// Takes back an admission that precedes.
    NegationAfter,
    /// The goods fit the brand that follows.
    Compatible,
    /// The goods fit the brand that precedes.
    CompatibleAfter,
    /// Whom or what goods are for; `for` before it names no other goods.
    Audience,
    /// The goods resemble those of the brand that follows.
    Resembles,
    /// The goods resemble those of the brand that precedes.
    ResemblesAfter,
    /// The goods resemble some brand's, wherever in a title it is named.
    ResemblesAnywhere,
    /// The brand that follows is one that the goods are set beside, or are not.
    Compared,
    /// The brand that precedes is one that the goods are not.
    ComparedAfter,
    /// An accessory is said to be made by the brand that it is named after.
    OwnMake,
    /// An accessory is said to be made by somebody else.
    AnothersMake,
    /// What precedes comes along with the goods.
    WithBefore,
    /// The brand is shown or told of: posters, books, films.
    Depiction,
    /// Statements of a title that exclude each other, each beside the other.
    Contradiction,
    /// A brand field that names no brand.
    EvasiveBrand,
    /// What follows comes along with the goods.
    With,
    /// The goods go with the brand's usual ones, and have a price of their own: accessories, spare parts, services. Others make them as well.
    Accessory,
    /// The goods are the brand's own beside its usual ones, and have a price of their own: children's sizes, empty boxes, samples.
    OtherGoods,
    /// The seller asks to be contacted outside the marketplace.
    ContactRequest,
    /// A way to be contacted outside a marketplace, which asks for nothing unless a number or name follows.
    ContactChannel,
    /// Says nothing of the goods; a title made of such words names none.
    Bare,
    /// Colours of one model, where their number stands before.
    Colours,
    /// The goods are used, refurbished or from a time past.
    Used,
    /// A buyer says that the goods are not the brand's own.
    ReviewComplaint,
    /// A buyer says that they are, or speaks of a fear that did not come true.
    ReviewDenial,
    /// A buyer praises a copy as a copy.
    ReviewPraise,
    /// Turns round what a buyer says next of genuine goods.
    ReviewDoubt,
}

impl Kind {
    /// The kind of a list by its id; nothing for lists that other parts read.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Some(match id {
            "admissions" => Self::Admission,
            "replica" => Self::Replica,
            "hints" => Self::Hint,
            "negations" => Self::Negation,
            "negations-after" => Self::NegationAfter,
            "compatibility" => Self::Compatible,
            "compatibility-after" => Self::CompatibleAfter,
            "audience" => Self::Audience,
            "resemblance" => Self::Resembles,
            "resemblance-after" => Self::ResemblesAfter,
            "resemblance-anywhere" => Self::ResemblesAnywhere,
            "own-make" => Self::OwnMake,
            "anothers-make" => Self::AnothersMake,
            "comparison" => Self::Compared,
            "comparison-after" => Self::ComparedAfter,
            "accompaniment-after" => Self::WithBefore,
            "depictions" => Self::Depiction,
            "contradictions" => Self::Contradiction,
            "evasive-brands" => Self::EvasiveBrand,
            "accompaniment" => Self::With,
            "accessories" | "parts" | "services" => Self::Accessory,
            "kids" | "packaging" | "samples" => Self::OtherGoods,
            "contact-requests" => Self::ContactRequest,
            "contact-channels" => Self::ContactChannel,
            "bare-titles" => Self::Bare,
            "colourways" => Self::Colours,
            "used" => Self::Used,
            "review-complaints" => Self::ReviewComplaint,
            "review-denials" => Self::ReviewDenial,
            "review-praise-of-copies" => Self::ReviewPraise,
            "review-doubts" => Self::ReviewDoubt,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    kind: Kind,
    unless: Vec<PhraseId>,
    beside: Vec<PhraseId>,
}

/// Made at the first question, since that is quicker than to read it.
#[derive(Clone, Debug, Default)]
struct Listed(OnceLock<Vec<u64>>);

impl Listed {
    fn has(&self, phrase: PhraseId, by_phrase: &[(PhraseId, Vec<Entry>)]) -> bool {
        let place = |phrase: PhraseId| (phrase as usize / 64, 1 << (phrase % 64));
        let bits = self.0.get_or_init(|| {
            let mut bits = vec![0; by_phrase.last().map_or(0, |&(last, _)| place(last).0 + 1)];
            for (word, bit) in by_phrase.iter().map(|&(phrase, _)| place(phrase)) {
                bits[word] |= bit;
            }
            bits
        });
        let (word, bit) = place(phrase);
        bits.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

/// All lists, by phrase.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Words {
    /// In the order of phrases.
    by_phrase: Vec<(PhraseId, Vec<Entry>)>,
    /// The phrases of the lexicon that are of any list, a bit each: most phrases of a text are names and goods.
    #[serde(skip)]
    listed: Listed,
    /// Korean phrases, which are written onto the word before them.
    endings: Vec<(Kind, String)>,
}

impl Words {
    /// Adds the lists' phrases to the lexicon.
    ///
    /// # Errors
    /// When a phrase could never be found.
    pub fn new(lists: &[WordList], builder: &mut Builder) -> Result<Self, RulesError> {
        let mut words = Self::default();
        let mut by_phrase: BTreeMap<PhraseId, Vec<Entry>> = BTreeMap::new();
        for list in lists {
            let Some(kind) = Kind::of(&list.id) else { continue };
            let file = format!("words/{}.toml", list.id);
            for phrase in &list.phrases {
                if phrase.text.chars().all(hangul) {
                    words.endings.push((kind, flatten(&phrase.text)));
                }
                let ids = builder.phrases(&file, std::slice::from_ref(&phrase.text))?;
                let unless = builder.phrases(&file, &phrase.unless)?;
                let beside = builder.phrases(&file, &phrase.beside)?;
                for id in ids {
                    let entries = by_phrase.entry(id).or_default();
                    let known = entries.iter_mut().find(|e| e.kind == kind);
                    match known {
                        // Languages that share a word (`replica`, `réplica`) share its false friends.
                        Some(entry) => {
                            entry.unless.extend(&unless);
                            if entry.beside.is_empty() || beside.is_empty() {
                                entry.beside.clear();
                            } else {
                                entry.beside.extend(&beside);
                            }
                        }
                        None => entries.push(Entry { kind, unless: unless.clone(), beside: beside.clone() }),
                    }
                }
            }
        }
        words.by_phrase = by_phrase.into_iter().collect();
        Ok(words)
    }

    /// The phrases of a kind in `text`, in order. A phrase's `unless` and `beside` are looked for in `text` and in `scope`.
    pub fn of_kind<'t>(&'t self, kind: Kind, text: &'t Text<'_>, scope: &'t [&'t Text<'t>]) -> impl Iterator<Item = Hit> + 't {
        let near = move |ids: &[PhraseId]| text.has_any(ids) || scope.iter().any(|t| t.has_any(ids));
        text.hits.iter().copied().filter(move |hit| {
            self.entries(hit.phrase).iter().any(|e| e.kind == kind && !near(&e.unless) && (e.beside.is_empty() || near(&e.beside)))
        })
    }

    /// Whether the whole of `text` is a phrase of the kind, a number behind it aside.
    #[must_use]
    pub fn is_whole(&self, kind: Kind, text: &Text<'_>) -> bool {
        text.hits.iter().any(|hit| {
            hit.start == 0
                && text.flat[hit.end..].chars().all(|c| !c.is_alphabetic())
                && self.entries(hit.phrase).iter().any(|e| e.kind == kind)
        })
    }

    /// Whether the text is made of phrases of the kind, numbers and single letters, and has at least one of the phrases.
    #[must_use]
    pub fn is_made_of(&self, kind: Kind, text: &Text<'_>) -> bool {
        let (mut end, mut any) = (0, false);
        let nothing = |rest: &str| rest.split(' ').all(|word| word.chars().count() < 2 || word.chars().all(|c| c.is_ascii_digit()));
        for hit in text.hits.iter().filter(|hit| self.entries(hit.phrase).iter().any(|e| e.kind == kind)) {
            // Phrases overlap; at one place the longest comes first.
            if hit.start < end {
                continue;
            }
            if !nothing(&text.flat[end..hit.start]) {
                return false;
            }
            (end, any) = (hit.end, true);
        }
        any && nothing(&text.flat[end..])
    }

    /// Whether what is written onto a name begins with a phrase of the kind.
    #[must_use]
    pub fn is_ending(&self, kind: Kind, tail: &str) -> bool {
        tail.starts_with(hangul) && self.endings.iter().any(|(of, ending)| *of == kind && tail.starts_with(ending.as_str()))
    }

    fn entries(&self, phrase: PhraseId) -> &[Entry] {
        if !self.listed.has(phrase, &self.by_phrase) {
            return &[];
        }
        let at = self.by_phrase.binary_search_by_key(&phrase, |&(of, _)| of);
        at.ok().and_then(|at| self.by_phrase.get(at)).map_or(&[], |(_, entries)| entries.as_slice())
    }
}

fn hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7af}')
}
