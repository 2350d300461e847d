//! Puts an extension together: our own files, the core, the rules, the plans, the table of shops, the manifest.

use crate::{
    Outcome, judging,
    manifest::{self, Browser},
    plans, report, root, rules, shops, slim,
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use touchstone::{cli::measured, embedded, market::Markets};

/// What of `extension/` is for developers alone.
const NOT_SHIPPED: [&str; 2] = ["gallery", "types.d.ts"];

/// Where the extension for `browser` is put together.
pub fn folder(browser: Browser) -> PathBuf {
    root().join("target/extension").join(browser.name())
}

/// Makes `target/extension/{chrome,firefox}` anew.
pub fn assemble() -> Outcome {
    let root = root();
    let rules = embedded::rules()?;
    // What the engine refuses is not packaged.
    Markets::new(&rules.marketplaces, &rules.words)?.check()?;
    let carried = rules::without_cutting(rules.clone());
    Markets::new(&carried.marketplaces, &carried.words)?.check()?;
    let carried = rules::compiled(carried)?;
    let source = fs::read_to_string(root.join("manifest.json")).map_err(|e| format!("manifest.json: {e}"))?;
    let measured = measured::read(&root.join("data"))?;
    for browser in Browser::ALL {
        let out = folder(browser);
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        copy(&root.join("extension"), &out)?;
        fs::create_dir_all(out.join("core"))?;
        fs::write(out.join("core/rules.bin"), &carried)?;
        for file in ["touchstone.js", "touchstone_bg.wasm"] {
            let built = root.join("target/wasm").join(file);
            fs::copy(&built, out.join("core").join(file)).map_err(|e| format!("{}: {e}; run ./build.sh build", built.display()))?;
        }
        slim(&out.join("content"))?;
        plans::write(&out, &rules)?;
        fs::write(out.join("shared/shop-table.js"), shops::table(&source, &rules)?)?;
        fs::write(out.join("shared/judging-table.js"), judging::table(&rules, &measured)?)?;
        let manifest = manifest::make(&source, browser, env!("CARGO_PKG_VERSION"), &rules)?;
        fs::write(out.join("manifest.json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
        report(&format!("{}: {}", browser.name(), out.display()));
    }
    Ok(())
}

/// Takes what no browser needs out of the scripts that every page of a shop runs.
fn slim(folder: &Path) -> Outcome {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            fs::write(&path, slim::script(&fs::read_to_string(&path)?))?;
        }
    }
    Ok(())
}

/// Copies a folder without what is not shipped.
fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if NOT_SHIPPED.iter().any(|n| name == *n) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
