//! Reassurances: what the shop itself says for the offer, where a seller cannot write.

use super::{Heuristic, Observation, Seen};
use crate::lexicon::flatten;
use serde_json::Map;

const CODES: &[&str] = &["sold-by-shop", "brand-store", "official-store", "authenticity-checked", "official-mall"];
/// Statements that speak for the goods only where they name the goods' own brand: anybody can have a store.
const OF_THE_BRAND: &[&str] = &["brand-store", "official-store"];

/// Passes on the adapter's findings, each code once.
#[derive(Debug)]
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
        for &code in CODES {
            let named = |evidence: &str| {
                brand.named_in(&seen.subject.seller) || brand.named_flat(&flatten(evidence)) || !OF_THE_BRAND.contains(&code)
            };
            if let Some(found) = listing.assurances.iter().find(|a| a.code == code && named(&a.evidence)) {
                say(code, &found.evidence);
            } else if code == "brand-store"
                && let (Some(marketplace), Some(id)) = (seen.subject.place.marketplace, listing.seller_id.as_deref())
                && brand.runs(marketplace, id)
            {
                say(code, listing.seller.as_deref().unwrap_or(id));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::offer;

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
}
