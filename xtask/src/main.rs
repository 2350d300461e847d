//! Builds, checks and packages Touchstone. Called by `build.sh`; `cargo run -p xtask` lists the steps.

mod crates;
mod extension;
mod judging;
mod manifest;
mod package;
mod plans;
mod rules;
mod scaffold;
mod seeds;
mod shops;
mod size;
mod slim;
mod wasm;

use std::{path::PathBuf, process::ExitCode};

/// What a step answers; the message tells a person what to do.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const STEPS: &str = "\
usage: cargo run -p xtask -- STEP

  build      wasm, then both extensions in target/extension/{chrome,firefox}
  assemble   both extensions, with the wasm as it was last built
  package    build, then one zip a browser in target/package, byte-identical on every machine
  size       sizes of the built packages against their budgets
  crates     bytes of code in the wasm by crate
  seeds      what the fuzzer begins with, in fuzz/corpus
  new        starts a marketplace, a brand or a signal";

fn main() -> ExitCode {
    let step = std::env::args().nth(1).unwrap_or_default();
    let outcome = match step.as_str() {
        "build" => build(),
        "assemble" => extension::assemble(),
        "package" => build().and_then(|()| package::zip_all()),
        "size" => size::check(),
        "crates" => crates::list(),
        "seeds" => seeds::write(),
        "new" => scaffold::run(&std::env::args().skip(2).collect::<Vec<_>>()),
        _ => Err(STEPS.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            report(&format!("xtask {step}: {message}"));
            ExitCode::FAILURE
        }
    }
}

fn build() -> Outcome {
    wasm::build()?;
    extension::assemble()
}

/// The repository's root: xtask lies one folder below it.
fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}

/// A line for the person who runs the step.
#[allow(clippy::print_stderr, reason = "this is the program's interface")]
fn report(line: &str) {
    eprintln!("{line}");
}
