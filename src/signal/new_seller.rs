//! `new-seller-luxury`: a seller whom nobody has rated yet offers new goods of a dear brand below their typical price.
//!
//! Innocent explanation: everybody starts without ratings. What would clear it: an invoice, or the marketplace checks the goods. A page that does
//! not say how often a seller was rated says nothing.

use super::asked::Asking;
use super::{Heuristic, Observation, Seen};
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// See the module.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NewSeller {
    asking: Asking,
    trades: Vec<String>,
    /// Strength at a price between the lowest usual and the typical one.
    between: f64,
}

impl NewSeller {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        let between = weights.threshold("new-seller.between")?;
        Ok(Self { asking: Asking::new(weights)?, trades: weights.dear_trades.clone(), between })
    }

    fn strength(&self, seen: &Seen<'_>) -> Option<f64> {
        let listing = seen.subject.listing;
        seen.theirs().filter(|brand| self.trades.contains(&brand.trade))?;
        if listing.seller_ratings != Some(0) || !listing.assurances.is_empty() || seen.used() {
            return None;
        }
        let asked = self.asking.read(listing, seen.aging)?;
        let compared = self.asking.compare(&asked, seen.level()?, seen)?;
        (compared.of_typical < 1.0).then_some(if compared.of_low < 1.0 { 1.0 } else { self.between })
    }
}

impl Heuristic for NewSeller {
    fn codes(&self) -> &'static [&'static str] {
        &["new-seller-luxury"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let Some(strength) = self.strength(seen) else { return };
        let evidence = seen.subject.listing.seller.clone().unwrap_or_default();
        into.push(Observation { code: "new-seller-luxury", strength, evidence, detail: Map::new() });
    }
}

#[cfg(test)]
mod tests {
    use crate::listing::Condition;
    use crate::report::Level;
    use crate::signal::testing::{Offer, offer};

    const CODE: &str = "new-seller-luxury";

    fn bag(price: &str, ratings: Option<u64>) -> Offer {
        let mut bag = offer("Gucci Marmont shoulder bag").price(price, "USD").seller("anna_1990");
        bag.0.seller_ratings = ratings;
        bag
    }

    #[test]
    fn an_unrated_seller_of_new_goods_below_their_typical_price_is_seen() {
        assert!(bag("430", Some(0)).has(CODE));
        assert!(bag("100", Some(0)).has(CODE));
        let judged = bag("430", Some(0)).judged();
        assert!(judged.level < Level::Caution, "alone it asks for no look: {judged:?}");
    }

    #[test]
    fn ratings_their_absence_used_goods_and_typical_prices_are_left_alone() {
        for offer in [bag("430", Some(3)), bag("430", None), bag("9000", Some(0)), bag("430", Some(0)).condition(Condition::Used)] {
            assert!(!offer.has(CODE), "{:?}", offer.0);
        }
        assert!(!bag("430", Some(0)).assured("authenticity-checked", "Authenticity Guarantee").has(CODE));
    }
}
