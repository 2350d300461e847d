//! `masked-brand`: the brand's name is written so that a filter does not find it.

use super::{Heuristic, Observation, Seen};
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// Quotes the name as it is written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Masked;

impl Heuristic for Masked {
    fn codes(&self) -> &'static [&'static str] {
        &["masked-brand"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let Some(brand) = seen.theirs() else { return };
        // A box or a case for the goods names them, masked or not, without being them.
        if seen.other_goods_than_own() {
            return;
        }
        if let Some(masked) = seen.claim.and_then(|c| c.masked.as_ref()) {
            let mut detail = Map::new();
            detail.insert("brand".into(), brand.name.clone().into());
            into.push(Observation { code: "masked-brand", strength: 1.0, evidence: masked.clone(), detail });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::offer;

    #[test]
    fn a_masked_name_is_quoted_as_it_is_written() {
        for (title, written) in
            [("Gu**i leather belt", "Gu**i"), ("𝐆𝐔𝐂𝐂𝐈 tote", "𝐆𝐔𝐂𝐂𝐈"), ("G·u·c·c·i tote", "G·u·c·c·i"), ("5amsung phone", "5amsung")]
        {
            let judged = offer(title).judged();
            assert_eq!(judged.level, Level::Caution, "{title}");
            assert_eq!(judged.signals[0].code, "masked-brand");
            assert!(judged.signals[0].evidence.contains(written), "{title}: {:?}", judged.signals);
        }
    }

    #[test]
    fn neighbours_of_a_name_are_no_masks() {
        for title in [
            "Channel islands map",
            "Amazon basics cable",
            "Baby carrier",
            "Casino chips",
            "ＮＩＫＥ エア",
            "Nike™ Air®",
            "Dyson's fan",
            "Canyon bike",
        ] {
            assert!(!offer(title).has("masked-brand"), "{title}");
        }
    }

    #[test]
    fn an_empty_box_masks_nothing() {
        assert!(!offer("Empty box 5amsung").has("masked-brand"));
    }
}
