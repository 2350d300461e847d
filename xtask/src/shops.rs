//! The table by which the extension's own pages and its background find the shop of an address, without loading what the core knows of it.

use crate::{Outcome, manifest, plans};
use serde_json::json;
use std::collections::BTreeMap;
use touchstone::rules::{Rules, marketplace::Marketplace};

/// A module of JavaScript: the shops, the place of each host's shop among them, and the scripts that follow a shop's plan.
pub fn table(source: &str, rules: &Rules) -> Outcome<String> {
    let marketplaces = &rules.marketplaces;
    // `install` says whether its pages are read from the installation on.
    let shop = |m: &Marketplace| {
        let hosts: Vec<_> = m.hosts.iter().map(|h| h.host.as_str()).collect();
        let plans = plans::names(m, &rules.generic);
        json!({"id": m.id, "name": m.name, "hosts": hosts, "install": m.install, "unverified": m.unverified, "plans": plans}).to_string()
    };
    let shops = marketplaces.iter().map(shop).collect::<Vec<_>>().join(",\n  ");
    let hosts: BTreeMap<&str, usize> =
        marketplaces.iter().enumerate().flat_map(|(at, m)| m.hosts.iter().map(move |h| (h.host.as_str(), at))).collect();
    let (hosts, scripts) = (serde_json::to_string(&hosts)?, serde_json::to_string(&manifest::shared_scripts(source)?)?);
    Ok(format!(
        "// Made by the build from data/marketplaces and manifest.json.\n\nexport const SHOPS = [\n  {shops},\n];\n\n\
         export const HOSTS = {hosts};\n\nexport const SCRIPTS = {scripts};\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use touchstone::rules::marketplace::Host;

    #[test]
    fn a_host_leads_to_its_shop() {
        let shop = |id: &str, host: &str| Marketplace {
            id: id.into(),
            name: id.to_uppercase(),
            hosts: vec![Host { host: host.into(), ..Host::default() }],
            ..Marketplace::default()
        };
        let source = r#"{"content_scripts":[{"js":["content/a.js","content/b.js"]}]}"#;
        let marketplaces = vec![shop("one", "one.example"), shop("two", "two.example")];
        let table = table(source, &Rules { marketplaces, ..Rules::default() }).unwrap();
        let two = r#"{"id":"two","name":"TWO","hosts":["two.example"],"install":false,"unverified":false,"plans":["generic","added"]}"#;
        assert!(table.contains(two), "{table}");
        assert!(table.contains(r#"HOSTS = {"one.example":0,"two.example":1};"#), "{table}");
        assert!(table.contains(r#"SCRIPTS = ["content/a.js","content/b.js"];"#), "{table}");
    }
}
