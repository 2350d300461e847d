//! Kinds of goods and the words by which listings name them: `data/goods/*.toml`, a file for each trade.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::Source;

/// The goods of one trade.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Trade {
    /// Stable id, equal to the file's name.
    pub id: String,
    /// Where the words were taken from.
    pub basis: Source,
    /// Whether such goods come in runs of sizes.
    pub sized: bool,
    /// The kinds of goods.
    pub goods: Vec<Goods>,
    /// Quantities by which goods are named.
    pub measures: Vec<Measure>,
    /// How much of a quantity goods can have, and what it costs at least.
    pub limits: Vec<Limit>,
    /// The file's own cases.
    pub cases: Vec<Case>,
}

/// One kind of goods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Goods {
    /// Stable id among all trades. A brand's line writes `@shoes` for the words of the goods `shoes`.
    pub id: String,
    /// Whether such goods can hurt where they are not what they seem: what is taken, worn on the skin, charged, or keeps from harm.
    pub can_hurt: bool,
    /// Whether such goods come in no run of sizes.
    pub one_size: bool,
    /// Words that name such goods and nothing else, whatever the brand: `AAA` is a battery's size and, on a bag, a grade. They need not be among
    /// `words`.
    pub unmistakable: Vec<String>,
    /// The words, in every language; matched like a brand's names.
    pub words: Vec<String>,
}

/// A quantity as listings write it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Measure {
    /// Stable id within the trade.
    pub id: String,
    /// Unit in lower case → how many of the smallest unit it is.
    pub units: BTreeMap<String, f64>,
}

/// What goods of a kind cannot have, whoever made them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limit {
    /// Stable id within the trade.
    pub id: String,
    /// The limit holds for titles that have one of these phrases; `@shoes` stands for the words of the goods `shoes`.
    pub any: Vec<String>,
    /// ... and one of these, where given.
    pub also: Vec<String>,
    /// ... and none of these.
    pub none: Vec<String>,
    /// ... and none of these ahead of the first phrase of `any`: a camera with a card is no card.
    pub ahead: Vec<String>,
    /// Which of the trade's measures.
    pub measure: String,
    /// More than this is offered by no maker; absent where there is no such bound.
    pub most: Option<f64>,
    /// What one smallest unit costs new at the very least, in US dollars; absent where nobody looked.
    pub least_dollars: Option<f64>,
    /// Source and date of the bounds.
    pub from: Source,
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
