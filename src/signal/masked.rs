//! `masked-brand`: the brand's name is written so that a filter does not find it.

use super::{Heuristic, Observation, Seen};
use serde_json::Map;

/// Quotes the name as it is written.
#[derive(Debug)]
pub(super) struct Masked;

impl Heuristic for Masked {
    fn codes(&self) -> &'static [&'static str] {
        &["masked-brand"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let Some(brand) = seen.theirs() else { return };
        // A box or a case for the goods names them, masked or not, without being them.
        if brand.other_goods_than_own(seen.subject, seen.words) {
            return;
        }
        if let Some(masked) = seen.claim.and_then(|c| c.masked.as_ref()) {
            let detail = Map::from_iter([("brand".to_owned(), brand.name.clone().into())]);
            into.push(Observation { code: "masked-brand", strength: 1.0, evidence: masked.clone(), detail });
        }
    }
}
