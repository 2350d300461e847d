//! What the fuzzer kept and what it found, once more and in time: `fuzz/kept/TARGET` holds inputs that reach different code, `fuzz/finds/TARGET`
//! those that once broke something. `./build.sh fuzz` looks for more.

use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, process::ExitCode};

#[path = "../fuzz/targets.rs"]
mod targets;

/// How long an input may take: so much for each megabyte, on top of what any takes. Unoptimised code takes many times as long.
const A_MEGABYTE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 4_000 } else { 100 });
const ANY: Duration = Duration::from_millis(if cfg!(debug_assertions) { 4_000 } else { 100 });

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let trials = targets::TARGETS.into_iter().map(|(name, target)| {
        let inputs: Vec<PathBuf> = ["kept", "finds"].iter().flat_map(|kind| files(&folder.join(kind).join(name))).collect();
        Trial::test(format!("{name} is not broken by what the fuzzer kept"), move || replay(target, &inputs))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn replay(target: targets::Target, inputs: &[PathBuf]) -> Result<(), Failed> {
    if inputs.is_empty() {
        return Err("no input is kept".into());
    }
    // The first use compiles the data files.
    target(&[]);
    target(b"https://unknown.example/\xff[]");
    for path in inputs {
        let input = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let started = Instant::now();
        if let Err(panic) = std::panic::catch_unwind(|| target(&input)) {
            let message = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()));
            return Err(format!("{}: {}", path.display(), message.unwrap_or_default()).into());
        }
        let limit = ANY + A_MEGABYTE.mul_f64(input.len() as f64 / 1e6);
        if started.elapsed() > limit {
            return Err(format!("{} took {:?}, {limit:?} are allowed", path.display(), started.elapsed()).into());
        }
    }
    Ok(())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    files
}
