//! Puts an extension together: our own files, the core, a plan a marketplace, the table of shops, the manifest.

use crate::{
    Outcome,
    manifest::{self, Browser},
    report, root, shops, slim,
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use touchstone::{
    embedded,
    market::{Markets, Plan},
};

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
    let source = fs::read_to_string(root.join("manifest.json")).map_err(|e| format!("manifest.json: {e}"))?;
    for browser in Browser::ALL {
        let out = folder(browser);
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        copy(&root.join("extension"), &out)?;
        fs::create_dir_all(out.join("core"))?;
        fs::write(out.join("core/rules.bin"), embedded::RULES)?;
        for file in ["touchstone.js", "touchstone_bg.wasm"] {
            let built = root.join("target/wasm").join(file);
            fs::copy(&built, out.join("core").join(file)).map_err(|e| format!("{}: {e}; run ./build.sh build", built.display()))?;
        }
        slim(&out.join("content"))?;
        let plans = out.join("content/plans");
        fs::create_dir_all(&plans)?;
        for marketplace in &rules.marketplaces {
            write_plan(&plans, &marketplace.id, &Plan::new(marketplace).completed(&rules.generic))?;
        }
        write_plan(&plans, "generic", &Plan::generic(&rules.generic))?;
        fs::write(out.join("shared/shop-table.js"), shops::table(&source, &rules.marketplaces)?)?;
        let manifest = manifest::make(&source, browser, env!("CARGO_PKG_VERSION"), &rules.marketplaces)?;
        fs::write(out.join("manifest.json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
        report(&format!("{}: {}", browser.name(), out.display()));
    }
    Ok(())
}

fn write_plan(folder: &Path, id: &str, plan: &Plan) -> Outcome {
    let mut script = format!("globalThis.touchstonePlan = {};\n", serde_json::to_string(plan)?);
    // Most shops' pages have no use for it.
    if plan.pages.iter().any(|page| page.marks.is_some()) {
        script.push_str(&fs::read_to_string(folder.with_file_name("marks.js"))?);
    }
    fs::write(folder.join(format!("{id}.js")), script)?;
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
