//! A brand's signature: `data/brands/*.toml`.

use serde::{Deserialize, Serialize};

use super::Source;

/// What is known of a brand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Brand {
    /// Stable id, equal to the file's name.
    pub id: String,
    /// Display name.
    pub name: String,
    /// The trade by which figures are broken down: `luxury`, `sportswear`, `watches`, …
    pub trade: String,
    /// Whether whatever is sold under the name can hurt where it is not what it seems.
    pub can_hurt: bool,
    /// Where names, domains and sellers were taken from.
    pub basis: Source,
    /// The brand's names as listings write them, in every script; matched folded, as whole words.
    pub names: Vec<String>,
    /// Names that are the brand's only beside one of its categories' words (common words, first names).
    pub weak_names: Vec<String>,
    /// Names of models by which others say what their goods fit or look like, without naming the brand (`strap for ...`, `... homage`). Nothing else
    /// is made of them: alone they may be anything.
    pub models: Vec<String>,
    /// Known masks of the name (`cucci`): letters swapped on purpose, never a common word.
    pub masks: Vec<String>,
    /// Abbreviations by which sellers of copies name the brand; they stand for much else, so they count only beside more.
    pub codes: Vec<String>,
    /// Phrases that contain a name without meaning the brand.
    pub not: Vec<String>,
    /// The brand's own web domains.
    pub domains: Vec<Sourced>,
    /// Its own sellers by marketplace.
    pub sellers: Vec<OfficialSeller>,
    /// The source that says that new goods are sold in the brand's own shops alone, or by dealers of its own who may not sell on marketplaces;
    /// absent where they are not, or nothing is known.
    /// It tells where else new ones could come from, not what a single offer is: used goods are sold anywhere.
    pub only_own_shops: Option<Source>,
    /// Model lines and fine categories with the price of new genuine goods; the first whose words fit is taken.
    pub lines: Vec<Line>,
    /// What the brand's goods never had, as a source says.
    pub never: Vec<Never>,
    /// How the brand says that its goods are checked.
    pub authenticity: Vec<Sourced>,
    /// The file's own cases, at least two of them genuine.
    pub cases: Vec<Case>,
}

/// A fact with its own source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sourced {
    /// The fact.
    pub value: String,
    /// Where it comes from.
    pub basis: Source,
}

/// A seller account that the brand itself runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OfficialSeller {
    /// Marketplace id.
    pub marketplace: String,
    /// Shown name, compared folded and whole, empty where the source shows the id alone. A name reassures only where the shop itself marks the
    /// store as official: another account can carry it.
    pub name: String,
    /// The seller's id as the marketplace's adapter reads it, where known.
    pub id: Option<String>,
    /// The one host on which `id` is this account, where a marketplace gives names in each of its countries anew.
    pub host: Option<String>,
    /// Where it comes from.
    pub basis: Source,
}

/// A model line or fine category and what it costs new.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Line {
    /// Stable id within the brand.
    pub id: String,
    /// Name for display.
    pub name: String,
    /// The line fits when the text has one of these phrases; empty: any goods of the brand. In these lists `@shoes` stands for the words of the goods
    /// `shoes` of `data/goods`.
    pub any: Vec<String>,
    /// ... and one of these, where given.
    pub also: Vec<String>,
    /// ... and none of these.
    pub none: Vec<String>,
    /// Price of new genuine goods at which a signal begins: the lowest usual price, in `currency`.
    pub low: f64,
    /// The typical price of new genuine goods, in `currency`.
    pub typical: f64,
    /// The highest usual price of new genuine goods, in `currency`; absent where nobody looked.
    pub high: Option<f64>,
    /// The year whose prices these are; absent: that of `from.date`.
    pub year: Option<u16>,
    /// ISO 4217.
    pub currency: String,
    /// What the levels rest on.
    pub basis: Basis,
    /// Source and date of the levels.
    pub from: Source,
}

/// A feature that no goods of the brand have; the title names it by these words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Never {
    /// The goods: one of these phrases, written as in a line.
    pub any: Vec<String>,
    /// The feature: one of these.
    pub also: Vec<String>,
    /// None of these.
    pub none: Vec<String>,
    /// Who says so, and when it was read there.
    pub from: Source,
}

/// What a price level rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A list price opened at its source.
    ListPrice,
    /// Quantiles of genuine offers: `low` is their p5 or lower, `typical` their median.
    Quantiles,
    /// An editor's judgement; `low` lies at least 40 % below what the editor takes for the lowest usual price.
    #[default]
    Editorial,
}

/// A case of the file's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// Why this case is here.
    pub name: String,
    /// The listing's title.
    pub title: String,
    /// Its brand field.
    pub brand: Option<String>,
    /// Asked price, a decimal string.
    pub price: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// `new`, `used` or `refurbished`.
    pub condition: Option<String>,
    /// The marketplace's id.
    pub marketplace: Option<String>,
    /// The page's address, where the host matters.
    pub url: Option<String>,
    /// The seller's shown name.
    pub seller: Option<String>,
    /// The seller's id.
    pub seller_id: Option<String>,
    /// Code of what the shop itself says of that seller (`official-store`).
    pub mark: Option<String>,
    /// Expected level: `unknown`, `none`, `caution` or `likely`.
    pub level: String,
    /// A signal code that must be among the signals.
    pub signal: Option<String>,
}
