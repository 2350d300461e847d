//! The table by which the options page names brands and tells what each sensitivity costs, without loading the core.

use crate::Outcome;
use serde_json::json;
use touchstone::rules::{Rules, measured::Measured};

/// A module of JavaScript: the brands by name, and the measured shares.
pub fn table(rules: &Rules, measured: &Measured) -> Outcome<String> {
    let mut brands: Vec<(&str, &str)> = rules.brands.iter().map(|brand| (brand.id.as_str(), brand.name.as_str())).collect();
    brands.sort_by_key(|(_, name)| name.to_lowercase());
    let brands = serde_json::to_string(&brands)?;
    let cost = |of: &touchstone::rules::measured::Cost| json!({"warned": of.warned, "found": of.found});
    let costs = [("fewer", &measured.fewer), ("usual", &measured.usual), ("more", &measured.more)];
    let costs = costs.map(|(name, of)| format!("{name}: {}", cost(of))).join(", ");
    Ok(format!(
        "// Made by the build from data/brands and data/measured.toml.\n\nexport const BRANDS = {brands};\n\nexport const COSTS = {{ {costs} }};\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use touchstone::rules::{brand::Brand, measured::Cost};

    #[test]
    fn brands_stand_by_name_and_costs_from_the_fewest_warnings_on() {
        let brand = |id: &str, name: &str| Brand { id: id.into(), name: name.into(), ..Brand::default() };
        let rules = Rules { brands: vec![brand("z", "zeta"), brand("b", "Beta")], ..Rules::default() };
        let measured = Measured { fewer: Cost { warned: 0.001, found: 0.5 }, ..Measured::default() };
        let table = table(&rules, &measured).unwrap();
        assert!(table.contains(r#"BRANDS = [["b","Beta"],["z","zeta"]];"#), "{table}");
        assert!(table.contains(r#"COSTS = { fewer: {"warned":0.001,"found":0.5}, usual: "#), "{table}");
    }
}
