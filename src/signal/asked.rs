//! What is asked, made comparable with what others ask and what such goods cost.

use crate::aging::Aging;
use crate::brand::Level;
use crate::listing::Listing;
use crate::rules::weights::Weights;
use crate::rules_error::RulesError;
use crate::signal::Seen;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

/// How prices are read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Asking {
    /// Share by which a converted price is raised before it is compared: rates move between two releases.
    slack: f64,
    /// US dollars up to which a price is none: opening bids, `price on request`.
    placeholder: f64,
}

/// A price in US dollars, and in which currency it is asked.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) dollars: f64,
    pub(super) currency: String,
}

/// A price beside its level.
#[derive(Debug)]
pub(super) struct Compared {
    /// Share of the lowest usual price.
    pub(super) of_low: f64,
    /// Share of the typical price.
    pub(super) of_typical: f64,
}

impl Asking {
    pub(super) fn new(weights: &Weights) -> Result<Self, RulesError> {
        Ok(Self { slack: weights.threshold("price.conversion-slack")?, placeholder: weights.threshold("price.placeholder-usd")? })
    }

    /// What is asked; of a range the highest, as the low end is often a part or another size. Nothing where the price is none or a bid.
    pub(super) fn read(&self, listing: &Listing, aging: &Aging) -> Option<Asked> {
        let price = listing.price.as_ref().filter(|_| !listing.bid)?;
        let currency = price.currency.as_deref()?.trim().to_ascii_uppercase();
        let dollars = aging.dollars(price.max.max(price.min).to_f64()?, &currency)?;
        (dollars > self.placeholder).then_some(Asked { dollars, currency })
    }

    /// The most that the asked price can be in US dollars, to be compared with an amount in `currency`.
    pub(super) fn most(&self, seen: &Seen<'_>, currency: &str) -> Option<f64> {
        let asked = self.read(seen.subject.listing, seen.aging)?;
        Some(self.raised(&asked, currency))
    }

    fn raised(&self, asked: &Asked, currency: &str) -> f64 {
        let slack = if asked.currency == currency { 0.0 } else { self.slack };
        asked.dollars * (1.0 + slack)
    }

    /// What is asked beside the level as it counts on the day of the judgement.
    pub(super) fn compare(&self, asked: &Asked, level: &Level, seen: &Seen<'_>) -> Option<Compared> {
        let today = seen.subject.place.terms.today;
        let share = seen.aging.share(&level.from.date, &level.currency, &asked.currency, today, seen.country)?;
        let of = |amount| Some(self.raised(asked, &level.currency) / (seen.aging.dollars(amount, &level.currency)? * share));
        Some(Compared { of_low: of(level.low)?, of_typical: of(level.typical)? })
    }
}
