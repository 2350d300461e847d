//! What is observed on a listing: one heuristic a file, each with its tests at its foot.
//!
//! A heuristic says what it saw, how strongly, and quotes the page. How much that counts is said in `data/weights.toml`; what follows from all
//! of it, in [`crate::verdict`].

mod admission;
pub(crate) mod alert;
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
mod size_run;
mod specification;
#[cfg(test)]
pub(crate) mod testing;

use crate::aging::Aging;
use crate::alerts::Alerts;
use crate::brand::{Brand, Claim, Level, Relation};
use crate::lexicon::{Builder, Hit, Text};
use crate::neighbours::Offer;
use crate::rules::Rules;
use crate::rules_error::RulesError;
use crate::subject::Subject;
use crate::words::{Kind, Words};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::cell::OnceCell;

/// One way to look at a listing.
pub trait Heuristic: std::fmt::Debug + Send + Sync {
    /// The codes under which it observes; each needs a weight.
    fn codes(&self) -> &'static [&'static str];
    /// Adds what it sees.
    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>);
}

/// What a heuristic may look at.
#[derive(Debug)]
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
    /// What [`Seen::level`] found.
    pub(crate) found_level: OnceCell<Option<&'a Level>>,
}

impl<'a> Seen<'a> {
    /// What such goods of the brand cost new, where one of its lines fits. Many ask, so it is looked for once.
    #[must_use]
    pub fn level(&self) -> Option<&'a Level> {
        *self.found_level.get_or_init(|| self.brand?.level(self.subject, self.words))
    }

    /// Whether the goods are said to be anything but new.
    #[must_use]
    pub fn used(&self) -> bool {
        self.subject.used(self.words)
    }

    /// Whether title or category name an accessory, part, package or the like of which the brand has no line.
    #[must_use]
    pub fn other_goods_than_own(&self) -> bool {
        self.subject.names_other_goods(self.words) && self.level().is_none()
    }

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
#[derive(Debug, Serialize, Deserialize)]
pub struct Heuristics {
    price: price::Price,
    admission: admission::Admission,
    alert: alert::Alert,
    hint: hint::Hint,
    masked: masked::Masked,
    designer: designer::Designer,
    contradiction: contradiction::Contradiction,
    coded: coded::Coded,
    reviews: reviews::Reviews,
    specification: specification::Specification,
    shop_domain: shop_domain::ShopDomain,
    contact: contact::Contact,
    hidden_link: hidden_link::HiddenLink,
    same_page: same_page::SamePage,
    many_brands: many_brands::ManyBrands,
    new_seller: new_seller::NewSeller,
    colourways: colourways::Colourways,
    ships_from: ships_from::ShipsFrom,
    assurance: assurance::Assurance,
    brand_domain: brand_domain::BrandDomain,
}

impl Heuristics {
    /// Sets them up.
    ///
    /// # Errors
    /// When a weight or threshold is missing from `data/weights.toml`, or a data file that one of them reads cannot be used.
    pub fn new(rules: &Rules, builder: &mut Builder) -> Result<Self, RulesError> {
        let weights = &rules.weights;
        let all = Self {
            price: price::Price::new(weights)?,
            admission: admission::Admission,
            alert: alert::Alert::new(weights)?,
            hint: hint::Hint,
            masked: masked::Masked,
            designer: designer::Designer,
            contradiction: contradiction::Contradiction::new(rules, builder)?,
            coded: coded::Coded::new(weights)?,
            reviews: reviews::Reviews::new(weights)?,
            specification: specification::Specification::new(rules, builder)?,
            shop_domain: shop_domain::ShopDomain::new(rules)?,
            contact: contact::Contact::new(weights)?,
            hidden_link: hidden_link::HiddenLink,
            same_page: same_page::SamePage::new(weights)?,
            many_brands: many_brands::ManyBrands::new(weights)?,
            new_seller: new_seller::NewSeller::new(weights)?,
            colourways: colourways::Colourways::new(weights)?,
            ships_from: ships_from::ShipsFrom::new(&rules.countries),
            assurance: assurance::Assurance,
            brand_domain: brand_domain::BrandDomain,
        };
        for code in all.each().iter().flat_map(|h| h.codes()) {
            if !weights.signals.contains_key(*code) {
                return Err(RulesError::new("weights.toml", format!("no weight for {code:?}; add it under [signals]")));
            }
        }
        Ok(all)
    }

    /// One after the other.
    #[must_use]
    pub fn each(&self) -> [&dyn Heuristic; 20] {
        [
            &self.price,
            &self.admission,
            &self.alert,
            &self.hint,
            &self.masked,
            &self.designer,
            &self.contradiction,
            &self.coded,
            &self.reviews,
            &self.specification,
            &self.shop_domain,
            &self.contact,
            &self.hidden_link,
            &self.same_page,
            &self.many_brands,
            &self.new_seller,
            &self.colourways,
            &self.ships_from,
            &self.assurance,
            &self.brand_domain,
        ]
    }
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
