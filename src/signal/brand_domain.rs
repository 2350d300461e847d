//! `brand-domain`: the page lies on the brand's own domain.

use super::{Heuristic, Observation, Seen};
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// Goes by the address of the page that was looked at, never by one that the page states.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BrandDomain;

impl Heuristic for BrandDomain {
    fn codes(&self) -> &'static [&'static str] {
        &["brand-domain"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        if let (Some(brand), Some(host)) = (seen.theirs(), seen.subject.place.host)
            && brand.own_domain(host).is_some()
        {
            into.push(Observation { code: "brand-domain", strength: 1.0, evidence: host.to_owned(), detail: Map::new() });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::signal::testing::offer;

    #[test]
    fn the_pages_own_host_counts() {
        let shoe = offer("Nike Dunk Low");
        let reassured = |host| shoe.at(host).signals.iter().any(|s| s.code == "brand-domain");
        assert!(reassured("www.nike.com"));
        assert!(!reassured("nike.com.shop"));
        assert!(!reassured("mynike.com"));
    }
}
