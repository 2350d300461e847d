//! Condition texts in the shops' languages, read by the words of `data/words/condition-*.toml`.

use crate::listing::Condition;
use crate::page::text::{contains_phrase, fold};
use crate::rules::words::WordList;
use serde::{Deserialize, Serialize};

/// The lists in the order in which they are asked: "used, like new" is used, "refurbished, as new" is refurbished.
const LISTS: [(&str, Condition); 3] =
    [("condition-refurbished", Condition::Refurbished), ("condition-used", Condition::Used), ("condition-new", Condition::New)];

/// Reads condition texts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Conditions {
    phrases: Vec<(Condition, Phrase)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Phrase {
    text: String,
    unless: Vec<String>,
}

impl Conditions {
    pub(crate) fn new(words: &[WordList]) -> Self {
        let mut phrases = Vec::new();
        for (id, condition) in LISTS {
            for phrase in words.iter().filter(|list| list.id == id).flat_map(|list| &list.phrases) {
                let unless = phrase.unless.iter().map(|text| fold(text)).collect();
                phrases.push((condition, Phrase { text: fold(&phrase.text), unless }));
            }
        }
        Self { phrases }
    }

    /// The condition that a text states.
    pub(crate) fn read(&self, text: &str) -> Option<Condition> {
        let text = fold(text);
        let says =
            |phrase: &Phrase| contains_phrase(&text, &phrase.text) && !phrase.unless.iter().any(|other| contains_phrase(&text, other));
        self.phrases.iter().find(|(_, phrase)| says(phrase)).map(|&(condition, _)| condition)
    }
}

/// A condition as data files and reports name it.
pub(crate) fn name(condition: Condition) -> &'static str {
    match condition {
        Condition::New => "new",
        Condition::Used => "used",
        Condition::Refurbished => "refurbished",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::words;

    fn conditions() -> Conditions {
        let list = |id: &str, texts: &[&str]| WordList {
            id: id.into(),
            phrases: texts.iter().map(|&text| words::Phrase { text: text.into(), ..Default::default() }).collect(),
            ..Default::default()
        };
        Conditions::new(&[
            list("condition-new", &["new", "新品"]),
            list("condition-used", &["used", "中古"]),
            list("condition-refurbished", &["renewed"]),
        ])
    }

    #[test]
    fn used_and_like_new_is_used() {
        assert_eq!(conditions().read("Used - Like New"), Some(Condition::Used));
        assert_eq!(conditions().read("Renewed"), Some(Condition::Refurbished));
        assert_eq!(conditions().read("Brand New!"), Some(Condition::New));
        assert_eq!(conditions().read("これは新品です"), Some(Condition::New));
    }

    #[test]
    fn a_word_inside_another_says_nothing() {
        assert_eq!(conditions().read("Unused newspaper"), None);
        assert_eq!(conditions().read(""), None);
    }
}
