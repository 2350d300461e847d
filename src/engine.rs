//! Everything compiled once, and the two questions asked of it: what is on this page, and what is thought of this listing.

use crate::brand::{Brands, Relation};
use crate::lexicon::{Builder, Lexicon};
use crate::listing::Listing;
use crate::report::Assessment;
use crate::rules::{Rules, weights::Weights};
use crate::rules_error::RulesError;
use crate::signal::{self, Heuristic, Seen};
use crate::subject::{Place, Subject};
use crate::verdict::{self, About};
use crate::words::Words;

/// The core: immutable once made, so that one serves a whole program.
#[derive(Debug)]
pub struct Engine {
    lexicon: Lexicon,
    brands: Brands,
    words: Words,
    heuristics: Vec<Box<dyn Heuristic>>,
    weights: Weights,
}

impl Engine {
    /// Compiles the data files.
    ///
    /// # Errors
    /// When a data file says something that cannot be used; the error names it.
    pub fn new(rules: Rules) -> Result<Self, RulesError> {
        let mut builder = Builder::default();
        let brands = Brands::new(&rules.brands, &mut builder)?;
        let words = Words::new(&rules.words, &mut builder)?;
        Ok(Self { lexicon: builder.build()?, brands, words, heuristics: signal::all(&rules.weights)?, weights: rules.weights })
    }

    /// Judges the facts of one listing, wherever they were read. Its own address counts as that of the page.
    #[must_use]
    pub fn assess(&self, listing: &Listing, marketplace: Option<&str>) -> Assessment {
        let url = listing.url.as_deref().and_then(|u| url::Url::parse(u).ok());
        let host = url.as_ref().and_then(url::Url::host_str);
        self.judge(listing, Place { marketplace, host, tile: false })
    }

    /// Judges a listing at its place.
    #[must_use]
    pub fn judge(&self, listing: &Listing, place: Place<'_>) -> Assessment {
        let subject = Subject::new(listing, place, &self.lexicon);
        let claim = self.brands.whose(&subject, &self.words);
        let brand = claim.as_ref().and_then(|c| self.brands.get(c.brand));
        let seen = Seen { subject: &subject, claim: claim.as_ref(), brand, words: &self.words };
        let mut observations = Vec::new();
        for heuristic in &self.heuristics {
            heuristic.observe(&seen, &mut observations);
        }
        let close = claim.as_ref().is_some_and(|c| {
            c.relation == Relation::Theirs || (c.relation == Relation::LikeTheirs && observations.iter().any(|o| o.code == "seller-admits"))
        });
        let brand = brand.filter(|_| close).map(|b| (b.id.as_str(), b.name.as_str()));
        verdict::decide(&self.weights, About { brand, tile: place.tile }, observations)
    }
}
