//! `many-brands-one-seller`: on one page a seller for whom nobody vouches offers new goods of many dear brands, most of them suspiciously.
//!
//! Innocent explanation: outlets and dealers in remainders sell many brands below their price too. What would clear it: the seller names where the goods
//! come from. A shop that sells many brands at ordinary prices is never meant.

use super::asked::Asking;
use super::{Heuristic, Observation, Seen};
use crate::neighbours::Offer;
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// See the module.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ManyBrands {
    asking: Asking,
    trades: Vec<String>,
    /// Brands that it takes.
    least: f64,
    /// Share of the seller's offers of such brands that are suspicious.
    share: f64,
}

impl ManyBrands {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        Ok(Self {
            asking: Asking::new(weights)?,
            trades: weights.dear_trades.clone(),
            least: weights.threshold("many-brands.least")?,
            share: weights.threshold("many-brands.share")?,
        })
    }

    /// Whether the price lies below the lowest usual one, or the words ask for a look.
    fn suspicious(&self, offer: &Offer<'_>, seen: &Seen<'_>) -> bool {
        let compared = || {
            let asked = self.asking.read(offer.subject.listing, seen.aging)?;
            self.asking.compare(&asked, offer.level?, seen)
        };
        offer.worded || compared().is_some_and(|compared| compared.of_low < 1.0)
    }
}

impl Heuristic for ManyBrands {
    fn codes(&self) -> &'static [&'static str] {
        &["many-brands-one-seller"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let Some(this) = seen.among.get(seen.at) else { return };
        let counts = |offer: &&Offer<'_>| offer.new_goods_of.is_some_and(|brand| self.trades.contains(&brand.trade));
        let Some(seller) = this.seller.filter(|_| counts(&this) && !this.vouched && self.suspicious(this, seen)) else { return };
        let (mut all, mut suspicious, mut brands) = (0, 0, Vec::new());
        for offer in seen.among.iter().filter(|offer| offer.seller == Some(seller)) {
            if offer.vouched {
                return;
            }
            let Some(brand) = offer.new_goods_of.filter(|_| counts(&offer)) else { continue };
            all += 1;
            if self.suspicious(offer, seen) {
                suspicious += 1;
                if !brands.contains(&brand.name.as_str()) {
                    brands.push(brand.name.as_str());
                }
            }
        }
        if (brands.len() as f64) < self.least || f64::from(suspicious) < self.share * f64::from(all) {
            return;
        }
        let shown = this.subject.listing.seller.clone().unwrap_or_else(|| seller.to_owned());
        let mut detail = Map::new();
        detail.insert("count".into(), brands.len().into());
        detail.insert("brands".into(), brands.join(", ").into());
        into.push(Observation { code: "many-brands-one-seller", strength: 1.0, evidence: shown, detail });
    }
}

#[cfg(test)]
mod tests {
    use crate::signal::testing::{Offer, offer};

    const CODE: &str = "many-brands-one-seller";

    fn stall(seller: &str, prices: [&str; 4]) -> Vec<Offer> {
        let titles = ["Gucci Marmont shoulder bag", "Prada nylon backpack", "Rolex Submariner watch", "Nike Dunk Low"];
        titles.into_iter().zip(prices).map(|(title, price)| offer(title).price(price, "USD").seller(seller)).collect()
    }

    fn seen(this: &Offer, others: &[Offer]) -> bool {
        this.beside(others).signals.iter().any(|s| s.code == CODE)
    }

    #[test]
    fn a_stall_of_cheap_dear_brands_is_seen_with_their_names() {
        let all = stall("best4u", ["60", "45", "90", "25"]);
        let judged = all[0].beside(&all[1..]);
        let signal = judged.signals.iter().find(|s| s.code == CODE).unwrap();
        assert_eq!((signal.evidence.as_str(), &signal.detail["count"]), ("best4u", &4.into()));
        assert!(signal.detail["brands"].as_str().unwrap().contains("Prada"));
    }

    #[test]
    fn ordinary_prices_several_sellers_and_vouched_sellers_are_left_alone() {
        let fair = stall("boutique", ["2100", "1900", "11000", "110"]);
        assert!(!seen(&fair[0], &fair[1..]));
        let mixed: Vec<Offer> = [fair.clone(), stall("boutique", ["60", "45", "90", "25"])].concat();
        assert!(!seen(&mixed[4], &[&mixed[..4], &mixed[5..], &fair[..]].concat()), "most of what this one sells is at ordinary prices");
        let cheap = stall("best4u", ["60", "45", "90", "25"]);
        let others: Vec<Offer> = cheap[1..].iter().enumerate().map(|(at, other)| other.clone().seller(&format!("s{at}"))).collect();
        assert!(!seen(&cheap[0], &others));
        let vouched: Vec<Offer> = cheap.iter().map(|other| other.clone().assured("official-mall", "Mall")).collect();
        assert!(!seen(&vouched[0], &vouched[1..]));
        assert!(!seen(&cheap[0], &cheap[1..3]), "three brands");
        let mut bid_for = cheap.clone();
        bid_for.iter_mut().for_each(|offer| offer.0.bid = true);
        assert!(!seen(&bid_for[0], &bid_for[1..]));
        let used: Vec<Offer> = cheap.iter().map(|other| other.clone().condition(crate::listing::Condition::Used)).collect();
        assert!(!seen(&used[0], &used[1..]));
    }
}
