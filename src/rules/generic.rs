//! What shops of any kind have in common, by which pages without an adapter are read: `data/generic.toml`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::Source;
use super::marketplace::{Extractor, Field, Page};

/// The vocabulary of shop pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Generic {
    /// Where it was taken from.
    pub basis: Source,
    /// A page of one offer. Its fields are asked in order among what the page shows; what it says to machines comes in beside them.
    pub page: Page,
    /// A product card of a known platform: its regions are the cards.
    pub tile: Page,
    /// Beginnings of GTINs, of thirteen digits, that no goods of a brand have.
    pub restricted_gtins: Vec<String>,
    /// Where they were taken from.
    pub restricted_basis: Source,
    /// What is shown longer than this is no fact, in UTF-16 units.
    pub longest: usize,
    /// Signs of currencies: a short text that holds one and a digit may be a price.
    pub signs: Vec<String>,
    /// Words that name a fact and stand before it, by the fact; in lower case.
    pub labels: BTreeMap<Field, Vec<String>>,
    /// Words of the control that puts the goods into the cart, in lower case; the whole of a text.
    pub buttons: Vec<String>,
    /// What stands in the place of a name (`visit the store`), by the fact; the whole of a value, in lower case.
    pub nothing: Vec<String>,
    /// Elements that show a former, recommended or struck price.
    pub earlier: Hints,
    /// Elements that show an amount which is not the price of the goods: shipping, instalments, savings, unit prices.
    pub beside: Hints,
    /// Elements that show a price.
    pub price: Hints,
    /// Among them those that show the price which is asked now.
    pub current: Hints,
    /// Elements that show the product's name.
    pub title: Hints,
    /// Controls that put the goods into the cart, on platforms that mark them.
    pub buy: Vec<Extractor>,
    /// Country domains that people everywhere register, so that they tell no country.
    pub open_domains: Vec<String>,
    /// The file's own cases: texts of a label with the name in it.
    pub cases: Vec<Case>,
}

/// How elements are told by their markup.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hints {
    /// Tags.
    pub tags: Vec<String>,
    /// Words of ids, classes and the attributes that say what an element is, in lower case.
    pub words: Vec<String>,
}

/// A text beside a label and what is read of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// The text as shown.
    pub text: String,
    /// The fact.
    pub field: Option<Field>,
    /// Its value; absent where the text names none.
    pub value: Option<String>,
}
