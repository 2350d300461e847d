//! What is asked, made comparable: US dollars, and by how much a converted price may err.

use super::Seen;
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use rust_decimal::prelude::ToPrimitive;

/// How an asked price is converted.
#[derive(Debug)]
pub(super) struct Rates {
    /// Share by which a converted price is raised before it is compared: rates move between two releases.
    slack: f64,
    /// US dollars up to which a price is none: opening bids, `price on request`.
    placeholder: f64,
}

impl Rates {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        Ok(Self { slack: weights.threshold("price.conversion-slack")?, placeholder: weights.threshold("price.placeholder-usd")? })
    }

    /// The most that the asked price can be in US dollars, to be compared with an amount in `currency`; nothing where the price is none or a bid. Of a
    /// range the highest counts: the low end is often a part or another size.
    pub(super) fn asked(&self, seen: &Seen<'_>, currency: &str) -> Option<f64> {
        let price = seen.subject.listing.price.as_ref().filter(|_| !seen.subject.listing.bid)?;
        let of = price.currency.as_deref()?.trim().to_ascii_uppercase();
        let asked = seen.aging.dollars(price.max.max(price.min).to_f64()?, &of)?;
        let slack = if of == currency { 0.0 } else { self.slack };
        (asked > self.placeholder).then_some(asked * (1.0 + slack))
    }
}
