//! `brand-in-shop-domain`: the shop's own domain joins the brand's name with words of selling, or is made to be taken for the brand's.
//!
//! Innocent explanation: dealers, importers and fans name their sites so too, and some are authorised. What would clear it: the brand names the site
//! among its own or its dealers. A marketplace's own hosts say nothing of who sells there, and sellers of used goods live by the brand's name.

use super::{Heuristic, Observation, Seen};
use crate::domain::{Domains, Use};
use crate::packed::Packed;
use crate::rules::{Rules, domains as data};
use crate::rules_error::RulesError;
use serde::{Deserialize, Serialize};
use serde_json::Map;
use std::sync::OnceLock;

/// Goes by the address of the page that was looked at, never by one that the page states.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ShopDomain {
    domains: Packed<data::Domains>,
    /// Compiled when the page of a shop of its own is first judged.
    #[serde(skip)]
    compiled: OnceLock<Domains>,
    /// Strength beside words of selling.
    sells: f64,
    /// Strength beside a country or a kind of goods alone.
    joins: f64,
}

impl ShopDomain {
    pub(super) fn new(rules: &Rules) -> Result<Self, RulesError> {
        let threshold = |name| rules.weights.threshold(name);
        let domains = Packed::new(rules.domains.clone());
        Ok(Self { domains, compiled: OnceLock::new(), sells: threshold("shop-domain.sells")?, joins: threshold("shop-domain.joins")? })
    }
}

impl Heuristic for ShopDomain {
    fn codes(&self) -> &'static [&'static str] {
        &["brand-in-shop-domain"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let place = seen.subject.place;
        let (Some(brand), Some(host), None) = (seen.theirs(), place.host, place.marketplace) else { return };
        if brand.own_domain(host).is_some() || seen.used() {
            return;
        }
        let Some(file) = self.domains.get() else { return };
        let domains = self.compiled.get_or_init(|| Domains::new(file));
        let Some(is) = domains.label(host).and_then(|label| domains.used(&label, brand.domain_names())) else { return };
        let strength = match is {
            Use::Imitates => 1.0,
            Use::Sells => self.sells,
            Use::Joins => self.joins,
        };
        let mut detail = Map::new();
        detail.insert("brand".into(), brand.name.clone().into());
        into.push(Observation { code: "brand-in-shop-domain", strength, evidence: host.to_owned(), detail });
    }
}

#[cfg(test)]
mod tests {
    use crate::listing::Condition;
    use crate::report::Level;
    use crate::signal::testing::{engine, offer};
    use crate::subject::Place;

    const CODE: &str = "brand-in-shop-domain";

    #[test]
    fn a_shop_that_trades_on_the_name_asks_for_a_look_and_no_more() {
        let shoe = offer("Nike Dunk Low");
        for host in ["www.nike-outlet-usa.com", "cheapnikeshoes.shop", "n1ke.com"] {
            let judged = shoe.at(host);
            assert_eq!((judged.level, judged.signals[0].code.as_str()), (Level::Caution, CODE), "{host}");
            assert_eq!(judged.signals[0].evidence, host);
        }
        assert_eq!(shoe.price("30", "USD").at("nike-outlet-usa.com").level, Level::Likely);
    }

    #[test]
    fn an_importer_is_no_reason_to_warn() {
        let filter = offer("Toyota oil filter 90915-YZZD1");
        let judged = filter.at("toyotaghana.com");
        assert_eq!(judged.level, Level::None);
        assert!(judged.signals.iter().any(|s| s.code == CODE));
    }

    #[test]
    fn the_brands_own_other_goods_used_goods_and_marketplaces_are_left_alone() {
        let seen = |offer: &crate::signal::testing::Offer, host| offer.at(host).signals.iter().any(|s| s.code == CODE);
        let shoe = offer("Nike Dunk Low");
        assert!(seen(&shoe, "nikesale.shop"));
        assert!(!seen(&shoe, "www.nike.com"));
        assert!(!seen(&shoe, "sneaker-outlet.com"));
        assert!(!seen(&offer("Gucci leather belt"), "nikesale.shop"));
        assert!(!seen(&offer("Shoelaces for Nike Dunk"), "nikesale.shop"));
        assert!(!seen(&shoe.clone().condition(Condition::Used), "nikesale.shop"));
        let listed = Place { marketplace: Some("mall"), host: Some("nikesale.mall.example"), ..Place::default() };
        assert!(engine().judge(&shoe.0, listed).signals.iter().all(|s| s.code != CODE));
    }
}
