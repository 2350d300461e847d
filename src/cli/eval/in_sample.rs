//! Which labelled sources had a part in the price levels: figures on them say how the levels fit, not how they foretell.

use crate::rules::Rules;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The tables that price levels cite by row, beside the labelled listings.
const QUANTILES: [&str; 2] = ["genuine_price_quantiles.tsv", "genuine_price_quantiles_2.tsv"];

/// Of the named sources those that a level's basis names, itself or by a row of the tables.
pub(super) fn of(rules: &Rules, listings: &Path, sources: &BTreeSet<String>) -> BTreeSet<String> {
    let pooled = pooled(listings);
    let bases = rules.brands.iter().flat_map(|brand| &brand.lines).map(|line| line.from.source.as_str());
    let mut named = BTreeSet::new();
    for basis in bases {
        let row = basis.split("row ").nth(1).map(|row| key(row.split(['(', ';']).next().unwrap_or_default()));
        let pooled = row.and_then(|row| pooled.get(&row)).map_or("", String::as_str);
        named.extend(sources.iter().filter(|source| [basis, pooled].iter().any(|text| text.contains(source.as_str()))).cloned());
    }
    named
}

/// The sources of each row of the tables, by `kind / brand / category`.
fn pooled(listings: &Path) -> BTreeMap<String, String> {
    let mut pooled: BTreeMap<String, String> = BTreeMap::new();
    for name in QUANTILES {
        let text = fs::read_to_string(listings.join("../facts").join(name)).unwrap_or_default();
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            if let [kind, brand, category, .., sources] = cells[..] {
                let known = pooled.entry(key(&format!("{kind} / {brand} / {category}"))).or_default();
                known.push('+');
                known.push_str(sources);
            }
        }
    }
    pooled
}

fn key(row: &str) -> String {
    row.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{
        Source,
        brand::{Brand, Line},
    };

    #[test]
    fn a_source_counts_whether_named_or_pooled_in_a_row() {
        let dir = std::env::temp_dir().join(format!("touchstone-in-sample-{}", std::process::id()));
        fs::create_dir_all(dir.join("facts")).unwrap();
        fs::create_dir_all(dir.join("listings")).unwrap();
        fs::write(dir.join("facts").join(QUANTILES[0]), "kind\tbrand\tcategory\tn\tsources\nnew\tAlpha\tshoes\t9\tshop_b:7+shop_c:2\n")
            .unwrap();
        let line = |source: &str| Line { from: Source { source: source.into(), ..Source::default() }, ..Line::default() };
        let lines = vec![line("lowest of 12 in shop_a"), line("row new / Alpha / shoes (n=9, p5 3); rounded")];
        let rules = Rules { brands: vec![Brand { lines, ..Brand::default() }], ..Rules::default() };
        let sources = ["shop_a", "shop_b", "shop_c", "shop_d"].map(str::to_owned).into();
        let named = of(&rules, &dir.join("listings"), &sources);
        assert_eq!(named.into_iter().collect::<Vec<_>>(), ["shop_a", "shop_b", "shop_c"]);
        fs::remove_dir_all(dir).unwrap();
    }
}
