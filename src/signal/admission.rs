//! `seller-admits`: the listing itself says that the goods are a copy.

use super::{Heuristic, Observation, Seen, unnegated};
use crate::brand::Relation;
use crate::words::Kind;
use serde_json::Map;

/// An explicit admission speaks for itself, whatever the brand. A word such as `replica` admits a copy only where a known brand's goods are
/// offered: alone it names museum pieces, toys and a perfume line.
#[derive(Debug)]
pub(super) struct Admission;

impl Heuristic for Admission {
    fn codes(&self) -> &'static [&'static str] {
        &["seller-admits"]
    }

    fn observe(&self, seen: &Seen<'_>, into: &mut Vec<Observation>) {
        let subject = seen.subject;
        let scope = subject.scope();
        let branded = seen.claim.is_some_and(|c| matches!(c.relation, Relation::Theirs | Relation::LikeTheirs));
        for text in [&subject.title, &subject.description, &subject.brand] {
            let explicit = unnegated(Kind::Admission, text, &scope, seen.words).next();
            let found = explicit.or_else(|| branded.then(|| unnegated(Kind::Replica, text, &scope, seen.words).next()).flatten());
            if let Some(hit) = found {
                let evidence = text.quote(hit.start, hit.end, 3);
                into.push(Observation { code: "seller-admits", strength: 1.0, evidence, detail: Map::new() });
                return;
            }
        }
    }
}
