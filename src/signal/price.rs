//! `price-far-below-genuine`: the price lies below what new genuine goods of the line cost.

use super::{Heuristic, Observation, Seen};
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Compares the asked price with the line's level, both in US dollars. Goods said to be used or refurbished are never compared: genuine ones
/// cost a third of the new price, and less.
#[derive(Debug)]
pub(super) struct Price {
    /// Units for one US dollar.
    rates: BTreeMap<String, f64>,
    /// Share by which a converted price is raised before it is compared: rates move between two releases.
    slack: f64,
    /// Strength just below the lowest usual price.
    floor: f64,
    /// Share of the lowest usual price at which the strength is full.
    full: f64,
    /// US dollars up to which a price is none: opening bids, `price on request`.
    placeholder: f64,
}

impl Price {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        let threshold = |name: &str| {
            let missing = || RulesError::new("weights.toml", format!("no threshold {name:?}; add it under [thresholds]"));
            weights.thresholds.get(name).copied().ok_or_else(missing)
        };
        let price = Self {
            rates: weights.rates.clone(),
            slack: threshold("price.conversion-slack")?,
            floor: threshold("price.floor")?,
            full: threshold("price.full-ratio")?,
            placeholder: threshold("price.placeholder-usd")?,
        };
        if !(price.full > 0.0 && price.full < 1.0 && (0.0..1.0).contains(&price.floor)) {
            return Err(RulesError::new("weights.toml", "price.full-ratio and price.floor must lie between 0 and 1"));
        }
        Ok(price)
    }

    fn dollars(&self, amount: f64, currency: &str) -> Option<f64> {
        self.rates.get(currency).filter(|r| **r > 0.0).map(|r| amount / r)
    }

    /// Strength of a price at this share of the lowest usual one: it grows with each halving alike.
    fn strength(&self, ratio: f64) -> f64 {
        let depth = (ratio.ln() / self.full.ln()).clamp(0.0, 1.0);
        self.floor + (1.0 - self.floor) * depth
    }
}

impl Heuristic for Price {
    fn codes(&self) -> &'static [&'static str] {
        &["price-far-below-genuine"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let observed = (|| {
            let brand = seen.theirs()?;
            let price = seen.subject.listing.price.as_ref()?;
            let currency = price.currency.as_deref()?.trim().to_ascii_uppercase();
            // Of a range the highest: the low end is often a part or another size.
            let amount = price.max.max(price.min);
            let asked = self.dollars(amount.to_f64()?, &currency)?;
            if asked <= self.placeholder || seen.subject.used(seen.words) {
                return None;
            }
            let level = brand.level(seen.subject, seen.words)?;
            let (low, typical) = (self.dollars(level.low, &level.currency)?, self.dollars(level.typical, &level.currency)?);
            let slack = if currency == level.currency { 0.0 } else { self.slack };
            let ratio = asked * (1.0 + slack) / low;
            if ratio >= 1.0 {
                return None;
            }
            let below = (100.0 * (1.0 - asked / typical)).round().clamp(0.0, 99.0);
            let detail: [(&str, Value); 9] = [
                ("price", amount.normalize().to_string().into()),
                ("currency", currency.clone().into()),
                ("typical", level.typical.to_string().into()),
                ("low", level.low.to_string().into()),
                ("levelCurrency", level.currency.clone().into()),
                ("line", level.name.clone().into()),
                ("source", level.from.source.clone().into()),
                ("date", level.from.date.clone().into()),
                ("percent", format!("{below}").into()),
            ];
            Some(Observation {
                code: "price-far-below-genuine",
                strength: self.strength(ratio),
                evidence: format!("{amount} {currency}"),
                detail: detail.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<Map<_, _>>(),
            })
        })();
        into.extend(observed);
    }
}
