//! Words and phrases by what they say: `data/words/*.toml`.

use serde::{Deserialize, Serialize};

use super::Source;

/// One list: phrases that all say the same kind of thing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordList {
    /// Stable id, equal to the file's name: `admissions`, `euphemisms`, `compatibility`, `used`, …
    pub id: String,
    /// What the phrases of this list say.
    pub says: String,
    /// Where the list was taken from.
    pub basis: Source,
    /// The phrases.
    pub phrases: Vec<Phrase>,
    /// The file's own cases.
    pub cases: Vec<Case>,
}

/// One phrase.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Phrase {
    /// The phrase, folded before it is compared; whole words in scripts that write spaces.
    pub text: String,
    /// BCP 47 language, or `any`.
    pub language: String,
    /// Not this phrase when one of these stands in the same text (false friends: a perfume line, batteries).
    pub unless: Vec<String>,
    /// Only when one of these stands in the same text.
    pub beside: Vec<String>,
}

/// A case of the file's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// A title or description.
    pub text: String,
    /// The phrase that must be found; absent where none may be.
    pub finds: Option<String>,
}
