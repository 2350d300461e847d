//! `designer-under-no-brand`: the title names a brand's goods, the brand field says that there is no brand.

use super::{Heuristic, Observation, Seen};
use crate::words::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// Counts where a field is filled in so; a shop without the field says nothing by that. Where the title names one of the brand's lines it is full.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Designer;

impl Heuristic for Designer {
    fn codes(&self) -> &'static [&'static str] {
        &["designer-under-no-brand"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        const WITHOUT_LINE: f64 = 0.5;
        if seen.theirs().is_none() {
            return;
        }
        let subject = seen.subject;
        if subject.brand.flat.is_empty() || !seen.words.is_whole(Kind::EvasiveBrand, &subject.brand) {
            return;
        }
        // A private seller of used goods leaves the field as it is.
        if seen.used() || seen.other_goods_than_own() {
            return;
        }
        let strength = if seen.level().is_some() { 1.0 } else { WITHOUT_LINE };
        let evidence = subject.listing.brand.clone().unwrap_or_default();
        into.push(Observation { code: "designer-under-no-brand", strength, evidence, detail: Map::new() });
    }
}

#[cfg(test)]
mod tests {
    use crate::listing::Condition;
    use crate::report::Level;
    use crate::signal::testing::offer;

    const CODE: &str = "designer-under-no-brand";

    #[test]
    fn a_brands_goods_under_no_brand_add_to_what_else_is_seen() {
        for field in ["Unbranded", "AS SHOW", "Generic", "无品牌", "As picture show2"] {
            let bag = offer("Gucci leather tote bag").brand(field);
            assert!(bag.has(CODE), "{field}");
            assert!(bag.level() < Level::Likely, "{field}");
        }
        let shoe = offer("Nike Dunk Low").price("60", "USD");
        assert!(shoe.clone().brand("Unbranded").judged().score > shoe.judged().score);
    }

    #[test]
    fn accessories_likenesses_used_goods_and_absent_fields_are_left_alone() {
        for title in [
            "Case for Gucci tote bag",
            "Gucci style tote bag",
            "Scent inspired by Gucci Flora",
            "Empty box for Rolex watch",
            "Strap for Apple Watch",
        ] {
            assert!(!offer(title).brand("Unbranded").has(CODE), "{title}");
        }
        assert!(!offer("Gucci leather tote bag").has(CODE));
        assert!(!offer("Gucci leather tote bag").brand("Gucci").has(CODE));
        assert!(!offer("Gucci leather tote bag").brand("Unbranded").condition(Condition::Used).has(CODE));
    }
}
