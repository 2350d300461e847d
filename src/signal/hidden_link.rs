//! `hidden-link`: a title that names no goods stands over a description that names a brand's.
//!
//! Listings whose buyers know from elsewhere what is sent are titled so. Innocent explanation: a link for an agreed order or a reserved item. What
//! would clear it: the seller states what the goods are and who made them.

use super::{Heuristic, Observation, Seen};
use crate::words::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// See the module; [`crate::brand`] takes the brand from the description.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HiddenLink;

impl Heuristic for HiddenLink {
    fn codes(&self) -> &'static [&'static str] {
        &["hidden-link"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let Some(brand) = seen.theirs() else { return };
        let title = &seen.subject.title;
        // A brand field that names the brand says openly whose goods these are.
        if !brand.named_in(&seen.subject.brand) && seen.words.is_made_of(Kind::Bare, title) {
            into.push(Observation {
                code: "hidden-link",
                strength: 1.0,
                evidence: title.quote(0, title.flat.len(), 0),
                detail: Map::new(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::offer;

    #[test]
    fn a_bare_title_over_a_brands_goods_asks_for_a_look() {
        for title in ["Link", "VIP link 12, DM me", "专拍链接 看详情", "Code 8841 see description"] {
            let judged = offer(title).described("Nike Dunk Low, all sizes").judged();
            assert_eq!((judged.level, judged.brand.as_deref()), (Level::Caution, Some("nike")), "{title}");
            assert_eq!(judged.signals[0].code, "hidden-link");
        }
    }

    #[test]
    fn a_title_that_names_goods_and_a_description_without_a_brand_are_left_alone() {
        assert!(!offer("Leather tote").described("Like the Gucci one").has("hidden-link"));
        assert!(!offer("Payment link for Anna").described("Nike Dunk Low").has("hidden-link"));
        assert_eq!(offer("Link").described("Extra postage").level(), Level::Unknown);
        assert_eq!(offer("Link").described("Case for iPhone 15").level(), Level::Unknown);
        assert!(!offer("Nike Dunk Low").described("link").has("hidden-link"));
    }
}
