//! The manifests of both browsers from the one source, `manifest.json`.

use crate::{Outcome, plans};
use serde_json::{Value, json};
use touchstone::rules::{Rules, marketplace::Marketplace};

/// A browser that gets a package.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chrome and its relatives.
    Chrome,
    /// Firefox.
    Firefox,
}

impl Browser {
    /// Both, in the order in which they are built.
    pub const ALL: [Self; 2] = [Self::Chrome, Self::Firefox];

    /// Folder and file name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chrome => "chrome",
            Self::Firefox => "firefox",
        }
    }
}

/// The manifest for `browser`: version stamped, foreign keys removed, hosts and content scripts filled in from the marketplaces.
pub fn make(source: &str, browser: Browser, version: &str, rules: &Rules) -> Outcome<Value> {
    let mut manifest: Value = serde_json::from_str(source).map_err(|e| format!("manifest.json: {e}"))?;
    let object = manifest.as_object_mut().ok_or("manifest.json: an object is expected")?;
    object.insert("version".into(), json!(version));
    // Each store warns of the other's keys.
    match browser {
        Browser::Chrome => {
            object.shift_remove("browser_specific_settings");
            background(object)?.shift_remove("scripts");
        }
        Browser::Firefox => {
            object.shift_remove("minimum_chrome_version");
            background(object)?.shift_remove("service_worker");
        }
    }
    let shared = object.get("content_scripts").and_then(|c| c.get(0)).cloned().ok_or("manifest.json: content_scripts has no entry")?;
    let installed = || rules.marketplaces.iter().filter(|m| m.install);
    let scripts: Vec<Value> = installed().map(|m| content_script(&shared, m, rules)).collect();
    let hosts: Vec<String> = installed().flat_map(matches).collect();
    let optional: Vec<String> = rules.marketplaces.iter().filter(|m| !m.install).flat_map(matches).collect();
    object.insert("content_scripts".into(), json!(scripts));
    object.insert("host_permissions".into(), json!(hosts));
    // An update that asks for more at once would be switched off until the user agrees: new shops are asked for one by one, by a click.
    object.insert("optional_host_permissions".into(), json!(optional));
    Ok(manifest)
}

fn background(object: &mut serde_json::Map<String, Value>) -> Outcome<&mut serde_json::Map<String, Value>> {
    Ok(object.get_mut("background").and_then(Value::as_object_mut).ok_or("manifest.json: background is missing")?)
}

/// The shared entry with the marketplace's hosts, its plan before the scripts that use it.
fn content_script(shared: &Value, marketplace: &Marketplace, rules: &Rules) -> Value {
    let mut entry = shared.clone();
    entry["matches"] = json!(matches(marketplace));
    if let Some(js) = entry["js"].as_array_mut() {
        let plans = plans::names(marketplace, &rules.generic);
        js.splice(..0, plans.iter().map(|name| json!(plans::path(name))));
    }
    entry
}

/// The scripts that read and mark a page, in the order in which they run after the shop's plan.
pub fn shared_scripts(source: &str) -> Outcome<Vec<String>> {
    let manifest: Value = serde_json::from_str(source).map_err(|e| format!("manifest.json: {e}"))?;
    let scripts = serde_json::from_value(manifest["content_scripts"][0]["js"].clone());
    Ok(scripts.map_err(|_| "manifest.json: content_scripts[0].js is no list of files")?)
}

/// Match patterns of a marketplace; a host covers its subdomains.
fn matches(marketplace: &Marketplace) -> Vec<String> {
    marketplace.hosts.iter().map(|h| format!("https://*.{}/*", h.host)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use touchstone::rules::marketplace::Host;

    const SOURCE: &str = r#"{"manifest_version":3,"minimum_chrome_version":"123","browser_specific_settings":{"gecko":{}},
        "background":{"service_worker":"b.js","scripts":["b.js"],"type":"module"},
        "content_scripts":[{"matches":[],"js":["content/a.js"],"run_at":"document_idle"}]}"#;

    fn shop(install: bool) -> Rules {
        let shop = Marketplace {
            id: "shop".into(),
            install,
            hosts: vec![Host { host: "shop.example".into(), ..Host::default() }],
            ..Marketplace::default()
        };
        Rules { marketplaces: vec![shop], ..Rules::default() }
    }

    #[test]
    fn each_browser_gets_only_the_keys_it_knows() {
        let chrome = make(SOURCE, Browser::Chrome, "1.2.3", &shop(true)).unwrap();
        assert_eq!(chrome["background"], json!({"service_worker":"b.js","type":"module"}));
        assert!(chrome.get("browser_specific_settings").is_none());
        let firefox = make(SOURCE, Browser::Firefox, "1.2.3", &shop(true)).unwrap();
        assert_eq!(firefox["background"], json!({"scripts":["b.js"],"type":"module"}));
        assert!(firefox.get("minimum_chrome_version").is_none());
        assert_eq!(firefox["version"], "1.2.3");
    }

    #[test]
    fn a_shop_gets_its_plan_first_and_an_optional_shop_waits_for_a_click() {
        let manifest = make(SOURCE, Browser::Chrome, "1.0.0", &shop(true)).unwrap();
        assert_eq!(manifest["content_scripts"][0]["js"], json!(["content/plans/generic.js", "content/plans/shop.js", "content/a.js"]));
        assert_eq!(manifest["host_permissions"], json!(["https://*.shop.example/*"]));
        let none = make(SOURCE, Browser::Chrome, "1.0.0", &shop(false)).unwrap();
        assert_eq!(none["host_permissions"], json!([]));
        assert_eq!(none["content_scripts"], json!([]));
        assert_eq!(none["optional_host_permissions"], json!(["https://*.shop.example/*"]));
    }
}
