//! Countries as listings and shops name them: `data/countries.toml`.

use serde::{Deserialize, Serialize};

use super::Source;

/// Countries, and the words by which a listing says that goods lie in one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Countries {
    /// Where the names were taken from.
    pub basis: Source,
    /// Words before a country that say that the goods are sent from there.
    pub before: Vec<String>,
    /// Words after a country that say that the goods lie there.
    pub after: Vec<String>,
    /// The countries.
    pub countries: Vec<Country>,
}

/// One country, or a union of several.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Country {
    /// ISO 3166-1 alpha-2, or `EU`.
    pub code: String,
    /// Its names, in every script; the first is shown.
    pub names: Vec<String>,
    /// Codes of the countries that belong to it.
    pub members: Vec<String>,
}
