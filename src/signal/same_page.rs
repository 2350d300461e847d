//! `far-below-same-page`: the price lies far below what others on the page ask for the same goods.
//!
//! Innocent explanation: a clearance, a slip, another size or version. What would clear it: the seller explains the difference. Goods that are
//! used, accessories or come in another number or size are never compared, and it takes several others to know what is asked.

use super::asked::{Asked, Asking};
use super::{Heuristic, Observation, Seen};
use crate::aging::Aging;
use crate::neighbours::Offer;
use crate::order;
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// See the module.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SamePage {
    asking: Asking,
    /// Others that it takes.
    least: f64,
    /// Share of the median at which it begins.
    begins: f64,
    /// Share of the median at which the strength is full.
    full: f64,
    /// Strength where it begins.
    floor: f64,
}

impl SamePage {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        let threshold = |name| weights.threshold(name);
        Ok(Self {
            asking: Asking::new(weights)?,
            least: threshold("same-page.least-others")?,
            begins: threshold("same-page.ratio")?,
            full: threshold("same-page.full-ratio")?,
            floor: threshold("price.floor")?,
        })
    }

    fn asked(&self, offer: &Offer<'_>, aging: &Aging) -> Option<Asked> {
        let listing = offer.subject.listing;
        // A range tells of several sizes or of parts.
        let one = listing.price.as_ref().is_some_and(|price| price.min == price.max);
        one.then(|| self.asking.read(listing, aging)).flatten()
    }
}

impl Heuristic for SamePage {
    fn codes(&self) -> &'static [&'static str] {
        &["far-below-same-page"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let observed = (|| {
            let this = seen.among.get(seen.at)?;
            let Asked { dollars: asked, currency } = self.asked(this, seen.aging)?;
            let others = seen.among.iter().enumerate().filter(|(at, other)| *at != seen.at && this.same_goods(other));
            let asked_by_others = others.filter_map(|(_, other)| self.asked(other, seen.aging)).filter(|other| other.currency == currency);
            let mut prices: Vec<f64> = asked_by_others.map(|other| other.dollars).collect();
            if (prices.len() as f64) < self.least {
                return None;
            }
            order::sort(&mut prices, f64::total_cmp);
            let median = prices[prices.len() / 2];
            let ratio = asked / median;
            if ratio >= self.begins {
                return None;
            }
            let depth = ((ratio / self.begins).ln() / (self.full / self.begins).ln()).clamp(0.0, 1.0);
            let price = this.subject.listing.price.as_ref()?;
            let median = (median / asked * rust_decimal::prelude::ToPrimitive::to_f64(&price.min)?).round();
            let facts: [(&str, Value); 4] = [
                ("price", price.min.normalize().to_string().into()),
                ("currency", currency.into()),
                ("count", prices.len().into()),
                ("median", format!("{median}").into()),
            ];
            let detail: Map<String, Value> = facts.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
            let shown = price.shown.clone().unwrap_or_else(|| detail["price"].as_str().unwrap_or_default().to_owned());
            Some(Observation { code: "far-below-same-page", strength: self.floor + (1.0 - self.floor) * depth, evidence: shown, detail })
        })();
        into.extend(observed);
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::{Offer, offer};

    const CODE: &str = "far-below-same-page";

    /// Six others that ask about 900 dollars.
    fn others() -> Vec<Offer> {
        ["880", "899", "905", "870", "949", "910"]
            .map(|price| offer("Apple iPhone 15 Pro 256GB unlocked smartphone").price(price, "USD"))
            .into()
    }

    fn seen(this: &Offer, others: &[Offer]) -> bool {
        this.beside(others).signals.iter().any(|s| s.code == CODE)
    }

    #[test]
    fn a_price_far_below_those_of_the_same_goods_is_seen_with_the_figures() {
        let cheap = offer("Apple iPhone 15 Pro 256GB smartphone, unlocked").price("200", "USD");
        let judged = cheap.beside(&others());
        let signal = judged.signals.iter().find(|s| s.code == CODE).unwrap();
        assert_eq!((&signal.detail["median"], &signal.detail["count"]), (&"905".into(), &6.into()));
        assert!(!seen(&cheap.clone().price("700", "USD"), &others()));
        assert!(!seen(&cheap, &others()[..4]), "four others do not tell what is asked");
    }

    #[test]
    fn it_asks_for_no_look_where_it_stands_alone_and_is_not_deep() {
        let bag = |price| offer("Gucci Horsebit 1955 python clutch rare edition").price(price, "USD");
        let others: Vec<Offer> = ["2100", "2200", "2000", "2300", "2150"].map(bag).into();
        assert!(bag("700").beside(&others).level <= Level::Caution);
    }

    #[test]
    fn other_sizes_lots_used_goods_accessories_and_other_models_are_not_compared() {
        for title in [
            "Apple iPhone 15 Pro 128GB unlocked smartphone",
            "Apple iPhone 15 Pro 256GB unlocked smartphone, lot of 10",
            "Used Apple iPhone 15 Pro 256GB unlocked smartphone",
            "Apple iPhone 15 Pro 256GB unlocked smartphone silicone case",
            "Empty box Apple iPhone 15 Pro 256GB",
            "Apple iPhone 14 256GB unlocked smartphone",
            "Apple AirPods Pro 256GB",
        ] {
            assert!(!seen(&offer(title).price("40", "USD"), &others()), "{title}");
        }
    }

    #[test]
    fn an_offer_alone_has_no_neighbours() {
        assert!(!offer("Apple iPhone 15 Pro 256GB unlocked smartphone").price("40", "USD").has(CODE));
    }
}
