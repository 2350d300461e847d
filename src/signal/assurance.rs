//! Reassurances: what the shop itself says for the offer, where a seller cannot write, and accounts known to be the brand's own.

use super::{Heuristic, Observation, Seen};
use crate::lexicon::flatten;
use serde::{Deserialize, Serialize};
use serde_json::Map;

const CODES: &[&str] = &["sold-by-shop", "brand-store", "official-store", "authenticity-checked", "official-mall", BRAND_SELLER];
/// No adapter says this: the seller's id is one that the brand's file names.
const BRAND_SELLER: &str = "brand-seller";
/// Statements that speak for the goods only where they name the goods' own brand: anybody can have a store.
const OF_THE_BRAND: &[&str] = &["brand-store", "official-store"];

/// Passes on the adapter's findings, each code once, and recognises the brand's own account.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Assurance;

impl Heuristic for Assurance {
    fn codes(&self) -> &'static [&'static str] {
        CODES
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let Some(brand) = seen.theirs() else { return };
        let listing = seen.subject.listing;
        let mut say = |code, evidence: &str| {
            into.push(Observation { code, strength: 1.0, evidence: evidence.to_owned(), detail: Map::new() });
        };
        let marketplace = seen.subject.place.marketplace;
        let shown = listing.seller.as_deref().unwrap_or_default();
        let brands_own = brand.named_in(&seen.subject.seller) || marketplace.is_some_and(|m| brand.sells_as(m, shown));
        for &code in CODES {
            let named = |evidence: &str| !OF_THE_BRAND.contains(&code) || brands_own || brand.named_flat(&flatten(evidence));
            if let Some(found) = listing.assurances.iter().find(|a| a.code == code && named(&a.evidence)) {
                say(code, &found.evidence);
            }
        }
        if let (Some(marketplace), Some(id)) = (marketplace, listing.seller_id.as_deref())
            && brand.runs(marketplace, seen.subject.place.host, id)
        {
            say(BRAND_SELLER, listing.seller.as_deref().unwrap_or(id));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::{Offer, engine, offer};
    use crate::subject::Place;

    #[test]
    fn a_store_speaks_for_its_own_brand_alone() {
        let shoe = offer("Nike Dunk Low").brand("Nike");
        assert!(shoe.clone().assured("brand-store", "Visit the Nike Store").has("brand-store"));
        assert!(!shoe.clone().assured("brand-store", "Visit the Nikelodeon Store").has("brand-store"));
        assert!(!shoe.clone().assured("official-store", "官方旗舰店").has("official-store"));
        assert!(shoe.assured("official-store", "官方旗舰店").seller("Nike官方旗舰店").has("official-store"));
    }

    #[test]
    fn the_shops_own_word_outweighs_a_price() {
        let cheap = offer("Nike Dunk Low").price("20", "USD");
        assert_eq!(cheap.level(), Level::Likely);
        assert_eq!(cheap.assured("sold-by-shop", "Sold by the shop").level(), Level::None);
    }

    #[test]
    fn a_listing_cannot_talk_its_way_out() {
        let cheap = offer("Nike Dunk Low 100% authentic original official store sold by the shop").price("20", "USD");
        assert_eq!(cheap.described("Authenticity guaranteed. Visit the Nike Store.").level(), Level::Likely);
    }

    #[test]
    fn an_account_counts_by_its_id_on_its_own_marketplace_and_host() {
        let mut earbuds = offer("Samsung Galaxy Buds3 Pro").price("300000", "VND").seller("Samsung Official Shop");
        earbuds.0.seller_id = Some("samsung_official_store".into());
        let seen = |offer: &Offer, marketplace, host| {
            let at = Place { marketplace: Some(marketplace), host: Some(host), ..Place::default() };
            let judged = engine().judge(&offer.0, at);
            (judged.level, judged.signals.iter().any(|s| s.code == "brand-seller"))
        };
        assert_eq!(seen(&earbuds, "shopee", "shopee.vn"), (Level::None, true));
        assert_eq!(seen(&earbuds, "shopee", "shopee.ph"), (Level::Likely, false));
        assert_eq!(seen(&earbuds, "lazada", "www.lazada.vn"), (Level::Likely, false));
        earbuds.0.seller_id = Some("samsung_official_st0re".into());
        assert_eq!(seen(&earbuds, "shopee", "shopee.vn"), (Level::Likely, false));
        earbuds.0.seller_id = None;
        assert_eq!(seen(&earbuds, "shopee", "shopee.vn"), (Level::Likely, false));
    }

    #[test]
    fn a_stores_name_counts_only_where_the_shop_marks_it() {
        let earbuds = offer("AirPods Pro 2 USB-C").brand("Apple").price("150", "CNY").seller("Apple Store 官方旗舰店");
        let at = |marketplace| Place { marketplace: Some(marketplace), ..Place::default() };
        let level = |offer: &Offer, marketplace| engine().judge(&offer.0, at(marketplace)).level;
        assert_eq!(level(&earbuds, "tmall"), Level::Likely);
        let marked = earbuds.assured("official-store", "官方旗舰店");
        assert_eq!(level(&marked, "tmall"), Level::None);
        assert_eq!(level(&marked.seller("Apple Store 官方旗舰店2"), "tmall"), Level::Likely);
    }
}
