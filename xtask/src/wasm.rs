//! The core as WebAssembly: cargo, then wasm-bindgen as a library, so that its version is always that of Cargo.lock.

use crate::{Outcome, report, root};
use std::{env, fs, process::Command};
use wasm_bindgen_cli_support::Bindgen;

/// Builds `target/wasm/{touchstone.js, touchstone_bg.wasm, touchstone.d.ts}`.
pub fn build() -> Outcome {
    let root = root();
    let status = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
        .args(["build", "--profile", "wasm", "--lib", "--target", "wasm32-unknown-unknown", "--locked"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", reproducible_paths()?)
        .current_dir(&root)
        .status()?;
    if !status.success() {
        return Err("the core does not build for wasm32; the compiler's message is above".into());
    }
    let out = root.join("target/wasm");
    Bindgen::new()
        .input_path(root.join("target/wasm32-unknown-unknown/wasm/touchstone.wasm"))
        .web(true)?
        // The background names the file itself; the default would put a script loader's address into the package.
        .omit_default_module_path(true)
        // A panic leaves an instance that must not be used again: the background starts a fresh one from the same module.
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&out)?;
    report(&format!("wasm: {}", out.display()));
    Ok(())
}

/// Panic messages hold source paths: without this the file would differ from machine to machine, and name the registry it was built from.
fn reproducible_paths() -> Outcome<String> {
    let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|h| format!("{h}/.cargo")))?;
    let mut flags = format!("--remap-path-prefix={}=", root().display());
    // Of several prefixes that fit, the compiler takes the last.
    for registry in fs::read_dir(format!("{home}/registry/src"))? {
        flags.push_str(&format!(" --remap-path-prefix={}=crates", registry?.path().display()));
    }
    Ok(flags)
}
