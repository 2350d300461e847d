//! Reads every file under `data/` into the types of `src/rules`, and embeds them as postcard. A file that does not parse fails the build
//! with its name, line and reason.

use std::{env, fs, path::Path, process::exit};

#[path = "src/rules/mod.rs"]
#[allow(dead_code, missing_docs)]
mod rules;

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src/rules");
    match read() {
        Ok(rules) => {
            let bytes = postcard::to_allocvec(&rules).expect("rules are plain data");
            let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
            fs::write(Path::new(&out).join("rules.bin"), bytes).expect("OUT_DIR can be written");
        }
        Err(message) => {
            println!("cargo::error={}", message.replace('\n', " "));
            exit(1);
        }
    }
}

fn read() -> Result<rules::Rules, String> {
    Ok(rules::Rules {
        marketplaces: folder("data/marketplaces")?,
        brands: folder("data/brands")?,
        words: folder("data/words")?,
        channels: folder("data/channels")?,
        notices: folder("data/notices")?,
        weights: file(Path::new("data/weights.toml"))?,
    })
}

/// Every TOML file of a folder, by name.
fn folder<T: serde::de::DeserializeOwned>(folder: &str) -> Result<Vec<T>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{folder}: {e}"))?;
    let mut paths: Vec<_> = entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
    paths.sort();
    paths.iter().map(|p| file(p)).collect()
}

fn file<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    toml::from_str(&text).map_err(|e| {
        let line = e.span().map_or(1, |s| text[..s.start].matches('\n').count() + 1);
        format!("{}:{line}: {}", path.display(), e.message())
    })
}
