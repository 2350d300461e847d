//! What is observed on a listing: one heuristic a file, each with its tests at its foot.
//!
//! A heuristic says what it saw, how strongly, and quotes the page. How much that counts is said in `data/weights.toml`; what follows from all
//! of it, in [`crate::verdict`].

mod admission;
mod alert;
mod asked;
mod assurance;
mod brand_domain;
mod coded;
mod colourways;
mod contact;
mod contradiction;
mod designer;
mod hidden_link;
mod hint;
mod many_brands;
mod masked;
mod new_seller;
mod price;
mod reviews;
mod same_page;
mod ships_from;
mod shop_domain;
mod specification;
#[cfg(test)]
pub(crate) mod testing;

use crate::aging::Aging;
use crate::alerts::Alerts;
use crate::brand::{Brand, Claim, Relation};
use crate::lexicon::{Builder, Hit, Text};
use crate::neighbours::Offer;
use crate::rules::Rules;
use crate::rules_error::RulesError;
use crate::subject::Subject;
use crate::words::{Kind, Words};
use serde_json::{Map, Value};

/// One way to look at a listing.
pub trait Heuristic: std::fmt::Debug + Send + Sync {
    /// The codes under which it observes; each needs a weight.
    fn codes(&self) -> &'static [&'static str];
    /// Adds what it sees.
    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>);
}

/// What a heuristic may look at.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The listing.
    pub subject: &'a Subject<'a>,
    /// The brand that it names, and how.
    pub claim: Option<&'a Claim>,
    /// That brand.
    pub brand: Option<&'a Brand>,
    /// The word lists.
    pub words: &'a Words,
    /// ISO 3166-1 alpha-2 country of the shop, where its host tells.
    pub country: Option<&'a str>,
    /// What currencies and price levels are worth.
    pub aging: &'a Aging,
    /// What authorities have published.
    pub alerts: &'a Alerts,
    /// All offers of its page, this one among them; none where it stands alone.
    pub among: &'a [Offer<'a>],
    /// Its place among them.
    pub at: usize,
}

impl Seen<'_> {
    /// The brand, where the goods are offered as its own.
    #[must_use]
    pub fn theirs(&self) -> Option<&Brand> {
        self.brand.filter(|_| self.claim.is_some_and(|c| c.relation == Relation::Theirs))
    }
}

/// Something seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Its code.
    pub code: &'static str,
    /// From 0, nothing, to 1, as strong as it comes.
    pub strength: f64,
    /// The page's own words.
    pub evidence: String,
    /// Values for the sentence.
    pub detail: Map<String, Value>,
}

/// All heuristics, set up with their thresholds and words.
///
/// # Errors
/// When a weight or threshold is missing from `data/weights.toml`, or a data file that one of them reads cannot be used.
pub fn all(rules: &Rules, builder: &mut Builder) -> Result<Vec<Box<dyn Heuristic>>, RulesError> {
    let weights = &rules.weights;
    let all: Vec<Box<dyn Heuristic>> = vec![
        Box::new(price::Price::new(weights)?),
        Box::new(admission::Admission),
        Box::new(alert::Alert::new(weights)?),
        Box::new(hint::Hint),
        Box::new(masked::Masked),
        Box::new(designer::Designer),
        Box::new(contradiction::Contradiction::new(rules)?),
        Box::new(coded::Coded::new(weights)?),
        Box::new(reviews::Reviews::new(weights)?),
        Box::new(specification::Specification::new(rules, builder)?),
        Box::new(shop_domain::ShopDomain::new(rules)?),
        Box::new(contact::Contact::new(weights)?),
        Box::new(hidden_link::HiddenLink),
        Box::new(same_page::SamePage::new(weights)?),
        Box::new(many_brands::ManyBrands::new(weights)?),
        Box::new(new_seller::NewSeller::new(weights)?),
        Box::new(colourways::Colourways::new(weights)?),
        Box::new(ships_from::ShipsFrom::new(&rules.countries)),
        Box::new(assurance::Assurance),
        Box::new(brand_domain::BrandDomain),
    ];
    for code in all.iter().flat_map(|h| h.codes()) {
        if !weights.signals.contains_key(*code) {
            return Err(RulesError::new("weights.toml", format!("no weight for {code:?}; add it under [signals]")));
        }
    }
    Ok(all)
}

/// Phrases of a kind that are not taken back (`not a replica`, `레플리카 아님`).
fn unnegated<'t>(kind: Kind, text: &'t Text<'_>, scope: &'t [&'t Text<'t>], words: &'t Words) -> impl Iterator<Item = Hit> + 't {
    const REACH: usize = 3;
    const MOST: usize = 32;
    words.of_kind(kind, text, scope).take(MOST).filter(move |hit| {
        let before = words
            .of_kind(Kind::Negation, text, &[])
            .take_while(|n| n.start < hit.start)
            .any(|n| n.end <= hit.start && text.words_between(n.end, hit.start) <= REACH);
        let after =
            words.of_kind(Kind::NegationAfter, text, &[]).any(|n| n.start >= hit.end && text.words_between(hit.end, n.start) <= REACH);
        !before && !after
    })
}
