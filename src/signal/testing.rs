//! A judged listing in one line, for the heuristics' tests.

use crate::embedded;
use crate::engine::Engine;
use crate::listing::{Assurance, Condition, Listing, Price, Review};
use crate::report::{Assessment, Level};
use crate::subject::Place;
use std::sync::OnceLock;

/// The engine with the shipped data files.
pub(crate) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(embedded::rules().unwrap()).unwrap())
}

/// A listing under construction.
#[derive(Clone, Default)]
pub(crate) struct Offer(pub Listing);

pub(crate) fn offer(title: &str) -> Offer {
    Offer(Listing { title: Some(title.into()), ..Listing::default() })
}

impl Offer {
    pub(crate) fn brand(mut self, brand: &str) -> Self {
        self.0.brand = Some(brand.into());
        self
    }

    pub(crate) fn price(mut self, amount: &str, currency: &str) -> Self {
        let amount = amount.parse().unwrap();
        self.0.price = Some(Price { min: amount, max: amount, currency: Some(currency.into()), shown: None });
        self
    }

    pub(crate) fn described(mut self, description: &str) -> Self {
        self.0.description = Some(description.into());
        self
    }

    pub(crate) fn category(mut self, category: &str) -> Self {
        self.0.category = Some(category.into());
        self
    }

    pub(crate) fn condition(mut self, condition: Condition) -> Self {
        self.0.condition = Some(condition);
        self
    }

    pub(crate) fn seller(mut self, seller: &str) -> Self {
        self.0.seller = Some(seller.into());
        self
    }

    pub(crate) fn assured(mut self, code: &str, evidence: &str) -> Self {
        self.0.assurances.push(Assurance { code: code.into(), evidence: evidence.into() });
        self
    }

    pub(crate) fn reviewed(mut self, stars: f64, text: &str) -> Self {
        self.0.reviews.push(Review { stars: Some(stars), text: Some(text.into()), date: None });
        self
    }

    pub(crate) fn judged(&self) -> Assessment {
        engine().assess(&self.0, None)
    }

    pub(crate) fn on_tile(&self) -> Assessment {
        engine().judge(&self.0, Place { tile: true, ..Place::default() })
    }

    /// Judged beside other offers of its page.
    pub(crate) fn beside(&self, others: &[Self]) -> Assessment {
        let others: Vec<Listing> = others.iter().map(|other| other.0.clone()).collect();
        engine().assess_beside(&self.0, &others, None, crate::terms::Terms::default())
    }

    pub(crate) fn at(&self, host: &str) -> Assessment {
        engine().judge(&self.0, Place { host: Some(host), ..Place::default() })
    }

    pub(crate) fn level(&self) -> Level {
        self.judged().level
    }

    /// Whether a signal is among those seen.
    pub(crate) fn has(&self, code: &str) -> bool {
        self.judged().signals.iter().any(|s| s.code == code)
    }
}
