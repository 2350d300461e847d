//! `seller-hints`: what sellers of copies write where they do not say it: quality grades, batches, workshops.

use super::{Heuristic, Observation, Seen, unnegated};
use crate::words::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Map;

/// Counts only on goods that are offered as a brand's own; [`crate::verdict`] keeps it at `caution` where nothing else speaks.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Hint;

impl Heuristic for Hint {
    fn codes(&self) -> &'static [&'static str] {
        &["seller-hints"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        if seen.theirs().is_none() {
            return;
        }
        let subject = seen.subject;
        let scope = subject.scope();
        for text in [&subject.title, &subject.description] {
            if let Some(hit) = unnegated(Kind::Hint, text, &scope, seen.words).next() {
                let evidence = text.quote(hit.start, hit.end, 2);
                into.push(Observation { code: "seller-hints", strength: 1.0, evidence, detail: Map::new() });
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Level;
    use crate::signal::testing::offer;

    #[test]
    fn hints_alone_ask_for_a_look_and_no_more() {
        let judged = offer("Nike Runner Low LJR batch, 29 colorways [Premium Quality]").judged();
        assert_eq!(judged.level, Level::Caution);
        assert_eq!(judged.signals[0].code, "seller-hints");
    }

    #[test]
    fn ordinary_praise_is_no_hint() {
        for title in ["Nike high quality running shoes", "adidas premium quality cotton shirt", "Nike shoes from the factory outlet"] {
            assert!(!offer(title).has("seller-hints"), "{title}");
        }
        assert!(!offer("Runner low, 29 colorways").has("seller-hints"));
    }
}
