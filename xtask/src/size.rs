//! The size budgets of everything that a shopper downloads or a page pays for.

use crate::{Outcome, extension, manifest::Browser, package, plans, report, rules};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};
use touchstone::embedded;

const KB: usize = 1024;

/// Largest allowed bytes of the wasm, as it is and gzipped.
const WASM: usize = 1_550_000;
const WASM_GZIPPED: usize = 540 * KB;
/// Largest allowed bytes of one package.
const PACKAGE: usize = 2_500_000;
/// Largest allowed gzipped bytes of the content scripts that one page runs, without the shop's plan.
const CONTENT_GZIPPED: usize = 12 * KB;
/// Largest allowed gzipped bytes of what all shops' adapters are: their plans and their part of the compiled rules.
const ADAPTERS_GZIPPED: usize = 60 * KB;

/// Fails when a budget is passed, after printing all of them.
pub fn check() -> Outcome {
    let chrome = extension::folder(Browser::Chrome);
    let wasm = read(&chrome.join("core/touchstone_bg.wasm"))?;
    let mut lines = vec![
        Line { name: "wasm", bytes: wasm.len(), budget: WASM },
        Line { name: "wasm, gzipped", bytes: gzipped(&wasm)?, budget: WASM_GZIPPED },
        Line { name: "content scripts, gzipped", bytes: gzipped(&content_scripts(&chrome)?)?, budget: CONTENT_GZIPPED },
        Line { name: "adapters, gzipped", bytes: adapters(&chrome)?, budget: ADAPTERS_GZIPPED },
    ];
    for (browser, name) in [(Browser::Chrome, "package for Chrome"), (Browser::Firefox, "package for Firefox")] {
        lines.push(Line { name, bytes: read(&package::path(browser))?.len(), budget: PACKAGE });
    }
    for line in &lines {
        report(&format!("{:26} {:>9} of {:>9} bytes", line.name, line.bytes, line.budget));
    }
    match lines.iter().find(|l| l.bytes > l.budget) {
        Some(line) => Err(format!("{} passes its budget by {} bytes", line.name, line.bytes - line.budget).into()),
        None => Ok(()),
    }
}

struct Line {
    name: &'static str,
    bytes: usize,
    budget: usize,
}

/// The scripts that every page of a shop runs, as the manifest lists them, plans aside.
fn content_scripts(extension: &Path) -> Outcome<Vec<u8>> {
    let manifest: serde_json::Value = serde_json::from_slice(&read(&extension.join("manifest.json"))?)?;
    let mut all = Vec::new();
    for file in manifest["content_scripts"][0]["js"].as_array().into_iter().flatten().filter_map(|f| f.as_str()) {
        if !file.starts_with("content/plans/") {
            all.extend(read(&extension.join(file))?);
        }
    }
    Ok(all)
}

/// Gzipped bytes of the shops' plans, and those by which their rules lengthen the compiled ones. What is said of any shop's pages is no adapter.
fn adapters(extension: &Path) -> Outcome<usize> {
    let all = read(&extension.join("core/rules.bin"))?;
    let mut others = rules::without_cutting(embedded::rules()?);
    others.marketplaces.clear();
    let mut bytes = gzipped(&all)? - gzipped(&rules::compiled(others)?)?;
    let generic = extension.join(plans::path(plans::GENERIC));
    for plan in fs::read_dir(extension.join("content/plans"))? {
        let path = plan?.path();
        if path != generic {
            bytes += gzipped(&read(&path)?)?;
        }
    }
    Ok(bytes)
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    Ok(fs::read(path).map_err(|e| format!("{}: {e}; run ./build.sh package first", path.display()))?)
}

fn gzipped(bytes: &[u8]) -> Outcome<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
