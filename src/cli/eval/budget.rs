//! How many wrong warnings are allowed.

use super::tables::Share;
use std::collections::BTreeMap;

/// Largest shares of genuine rows at `caution` or above, and at `likely`.
pub(in crate::cli) const AT_RISK: (f64, f64) = (0.015, 0.003);
/// The same of all genuine rows.
pub(in crate::cli) const ALL: (f64, f64) = (0.004, 0.000_8);
/// Largest share of any genuine source at `likely`.
pub(in crate::cli) const SOURCE: f64 = 0.004;
/// Largest share at `caution` or above of a source of used or outlet goods.
pub(in crate::cli) const CHEAP: f64 = 0.003;
/// The sources of used and outlet goods: genuine and cheap.
pub(in crate::cli) const CHEAP_SOURCES: [&str; 6] =
    ["thredup", "mercari_us", "vestiaire_used", "preowned_watches_2023", "sixpm_outlet_bags", "sixpm_outlet_watches"];

/// Whether counts of genuine rows lie within a part of the budget.
pub(in crate::cli) fn holds(part: f64, at_risk: Share, sources: &BTreeMap<&str, Share>) -> bool {
    let all = sources.values().fold(Share::default(), |all, s| Share {
        rows: all.rows + s.rows,
        caution: all.caution + s.caution,
        likely: all.likely + s.likely,
    });
    let within = |share: Share, (caution, likely): (f64, f64)| share.cautioned() <= part * caution && share.alarmed() <= part * likely;
    // One row of a small source is not a share of it.
    let few = |some: u32, share: Share, at_most: f64| some <= 1 || f64::from(some) <= at_most * f64::from(share.rows);
    within(at_risk, AT_RISK)
        && within(all, ALL)
        && sources.values().all(|share| few(share.likely, *share, SOURCE))
        && CHEAP_SOURCES.iter().filter_map(|name| sources.get(name)).all(|share| few(share.caution, *share, CHEAP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bound_is_one_of_its_own() {
        let share = |rows, caution, likely| Share { rows, caution, likely };
        let at = |at_risk, source: &'static str, of| holds(1.0, at_risk, &[(source, of)].into());
        assert!(at(share(1000, 15, 3), "shop", share(10_000, 40, 8)));
        assert!(!at(share(1000, 16, 3), "shop", share(10_000, 40, 8)) && !at(share(1000, 15, 4), "shop", share(10_000, 40, 8)));
        assert!(!at(share(1000, 0, 0), "shop", share(10_000, 41, 8)) && !at(share(1000, 0, 0), "shop", share(10_000, 40, 9)));
        assert!(!at(share(1000, 0, 0), "thredup", share(10_000, 31, 0)));
        assert!(!holds(0.5, share(1000, 8, 0), &[("shop", share(10_000, 8, 0))].into()));
    }
}
