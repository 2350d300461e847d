//! The scripts that hold the plans, and which of them the pages of a shop run.
//!
//! Shops that come with the installation have a script each, since their pages are the most. Those that a click adds share one: plans say much
//! the same, and compress together. What is said of pages of any shop lies in `generic.js` alone.

use crate::Outcome;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path};
use touchstone::{
    market::Plan,
    rules::{Rules, generic::Generic, marketplace::Marketplace},
};

/// The plan of any shop's pages.
pub const GENERIC: &str = "generic";
/// The plans of the shops that a click adds.
const ADDED: &str = "added";
/// Scripts that are shipped inside of those.
const PARTS: [&str; 3] = ["marks.js", "completed.js", "added.js"];

/// The names of a shop's plan scripts, in the order in which its pages run them.
pub fn names(marketplace: &Marketplace, generic: &Generic) -> Vec<String> {
    let own = if marketplace.install { &marketplace.id } else { ADDED };
    let plan = Plan::new(marketplace).completed(generic);
    let shared = plan.pages.iter().any(|page| page.marks.is_some()).then_some(GENERIC);
    shared.into_iter().chain([own]).map(str::to_owned).collect()
}

/// Where a plan script lies in the extension.
pub fn path(name: &str) -> String {
    format!("content/plans/{name}.js")
}

/// Writes the plan scripts of an extension, and takes away the scripts that are parts of them.
pub fn write(extension: &Path, rules: &Rules) -> Outcome {
    let content = extension.join("content");
    fs::create_dir_all(content.join("plans"))?;
    let save = |name: &str, script: &str| fs::write(extension.join(path(name)), script);
    let [marks, completed, added] = PARTS.map(|part| fs::read_to_string(content.join(part)));
    let generic = serde_json::to_string(&Plan::generic(&rules.generic))?;
    save(GENERIC, &format!("globalThis.touchstonePlan={generic};\n{}{}", marks?, completed?))?;
    let mut others = Vec::new();
    for marketplace in &rules.marketplaces {
        let plan = abridged(&Plan::new(marketplace).completed(&rules.generic))?;
        if !marketplace.install {
            others.push((marketplace, plan.to_string()));
        } else if names(marketplace, &rules.generic).len() > 1 {
            save(&marketplace.id, &format!("globalThis.touchstonePlan=touchstoneCompleted({plan});\n"))?;
        } else {
            save(&marketplace.id, &format!("globalThis.touchstonePlan={plan};\n"))?;
        }
    }
    save(ADDED, &(table(&others)? + &added?))?;
    for part in PARTS {
        fs::remove_file(content.join(part))?;
    }
    Ok(())
}

/// A plan that says of pages which are cut like those of any shop no more than what they are and where: the rest is `generic.js`'s.
fn abridged(plan: &Plan) -> Outcome<Value> {
    let mut pages = Vec::new();
    for page in &plan.pages {
        pages.push(if page.marks.is_some() { json!({"kind": page.kind, "url": page.url}) } else { serde_json::to_value(page)? });
    }
    let states: Vec<_> = plan.states.iter().filter(|state| plan.pages[state.page].marks.is_none()).collect();
    Ok(json!({"marketplace": plan.marketplace, "pages": pages, "states": states}))
}

/// The plans as texts, of which a page parses its own alone, and the place of each host's plan among them.
fn table(shops: &[(&Marketplace, String)]) -> Outcome<String> {
    let mut texts = String::new();
    for (marketplace, plan) in shops {
        if plan.contains('`') || plan.contains("${") {
            return Err(format!("marketplaces/{}.toml: ` and ${{ cannot stand in a plan", marketplace.id).into());
        }
        texts.push_str(&format!("String.raw`{plan}`,\n"));
    }
    let hosts: BTreeMap<&str, usize> =
        shops.iter().enumerate().flat_map(|(at, (m, _))| m.hosts.iter().map(move |h| (h.host.as_str(), at))).collect();
    Ok(format!("globalThis.touchstoneAdded=[[\n{texts}],{}];\n", serde_json::to_string(&hosts)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use touchstone::rules::marketplace::{Extractor, Field, Host, Kind, Page};

    fn shop(id: &str, install: bool, bare: bool) -> Marketplace {
        let title = Extractor { at: Some(".title[data-a=\"b\"]".into()), ..Extractor::default() };
        let fields = if bare { BTreeMap::new() } else { BTreeMap::from([(Field::Title, vec![title])]) };
        Marketplace {
            id: id.into(),
            install,
            hosts: vec![Host { host: format!("{id}.example"), ..Host::default() }],
            pages: vec![Page { kind: Kind::Search, url: vec!["/s/*".into()], fields, ..Page::default() }],
            ..Marketplace::default()
        }
    }

    #[test]
    fn a_shop_runs_the_generic_plan_where_its_rules_say_nothing_of_some_page() {
        let names = |shop| names(&shop, &Generic::default());
        assert_eq!(names(shop("one", true, false)), ["one"]);
        assert_eq!(names(shop("one", true, true)), ["generic", "one"]);
        assert_eq!(names(shop("one", false, false)), ["added"]);
        assert_eq!(names(shop("one", false, true)), ["generic", "added"]);
    }

    #[test]
    fn what_any_shops_plan_says_is_not_repeated() {
        let plan = |bare| abridged(&Plan::new(&shop("one", true, bare)).completed(&Generic::default())).unwrap();
        assert_eq!(plan(true)["pages"], json!([{"kind": "search", "url": ["/s/*"]}]));
        assert_eq!(plan(false)["pages"][0]["wholes"], json!([".title[data-a=\"b\"]"]));
    }

    #[test]
    fn plans_of_added_shops_lie_as_texts_beside_their_hosts() {
        let (one, two) = (shop("one", false, true), shop("two", false, true));
        let table = |plan: &str| table(&[(&one, "{}".into()), (&two, plan.into())]);
        assert_eq!(
            table(r#"{"a":"\""}"#).unwrap(),
            "globalThis.touchstoneAdded=[[\nString.raw`{}`,\nString.raw`{\"a\":\"\\\"\"}`,\n],{\"one.example\":0,\"two.example\":1}];\n"
        );
        assert!(table("`").unwrap_err().to_string().contains("two.toml"));
    }
}
