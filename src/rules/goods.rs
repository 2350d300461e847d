//! Kinds of goods and the words by which listings name them: `data/goods/*.toml`, a file for each trade.

use serde::{Deserialize, Serialize};

use super::Source;

/// The goods of one trade.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Trade {
    /// Stable id, equal to the file's name.
    pub id: String,
    /// Where the words were taken from.
    pub basis: Source,
    /// The kinds of goods.
    pub goods: Vec<Goods>,
    /// The file's own cases.
    pub cases: Vec<Case>,
}

/// One kind of goods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Goods {
    /// Stable id among all trades. A brand's line writes `@shoes` for the words of the goods `shoes`.
    pub id: String,
    /// The words, in every language; matched like a brand's names.
    pub words: Vec<String>,
}

/// A case of the file's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// A title.
    pub text: String,
    /// The ids of this file's goods that it names, in the file's order.
    pub names: Vec<String>,
}
