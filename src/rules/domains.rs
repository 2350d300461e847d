//! What the names of shops' domains are made of: `data/domains.toml`.

use serde::{Deserialize, Serialize};

use super::Source;

/// Words and endings of domains.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Domains {
    /// Where the words were taken from.
    pub basis: Source,
    /// Labels under a country's ending below which anybody registers (`co` in `co.uk`).
    pub registries: Vec<String>,
    /// Domains below which each label is another person's shop.
    pub hosters: Vec<String>,
    /// Endings that say `shop` themselves.
    pub selling_endings: Vec<String>,
    /// Words by which a shop says that it sells, and cheaply: `outlet`, `sale`.
    pub selling: Vec<String>,
    /// Kinds of goods as domains name them.
    pub goods: Vec<String>,
    /// Words that say nothing beside a name: `the`, `my`.
    pub fillers: Vec<String>,
    /// Countries, cities and their codes.
    pub countries: Vec<String>,
    /// Labels and names that are ordinary words.
    pub ordinary: Vec<String>,
    /// Domains that join a brand's name with such words and are run by the brand, its importer or a licensee.
    pub known: Vec<Known>,
    /// The file's own cases.
    pub cases: Vec<Case>,
}

/// A domain and who says whose it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Known {
    /// The domain; its subdomains belong to it.
    pub value: String,
    /// Where it comes from.
    pub basis: Source,
}

/// A case of the file's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// A host.
    pub host: String,
    /// A brand's name as domains write it.
    pub brand: String,
    /// `imitates`, `sells` or `joins`; absent where the domain says nothing of the brand.
    pub is: Option<String>,
}
