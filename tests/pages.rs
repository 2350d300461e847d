//! Every folder `tests/pages/SITE/CASE` is a test: `page.html` is cut, read and judged as `expect.toml` says. What that file does not name
//! is free, except that no offer may be found beyond the named ones.

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use std::{fs, path::Path, path::PathBuf, process::ExitCode, sync::Arc};
use touchstone::{cli::cut, embedded, engine::Engine, memory::Memory};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let engine = Arc::new(Engine::new(embedded::rules().expect("embedded rules")).expect("usable rules"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let trial = |case: PathBuf| {
        let engine = Arc::clone(&engine);
        let name = case.strip_prefix(&root).unwrap_or(&case).to_string_lossy().into_owned();
        Trial::test(name, move || check(&case, &engine))
    };
    let trials = folders(&root).iter().flat_map(|site| folders(site)).map(trial).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> =
        fs::read_dir(of).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn check(case: &Path, engine: &Engine) -> Result<(), Failed> {
    let expected: toml::Value = toml::from_str(&fs::read_to_string(case.join("expect.toml"))?)?;
    let expected = serde_json::to_value(expected)?;
    let url = expected["url"].as_str().ok_or("expect.toml names no url")?;
    let snapshot = cut::cut(&fs::read(case.join("page.html"))?, Some(url), engine.markets())?;
    let found = serde_json::to_value(engine.inspect(&snapshot, &Memory::default()))?;

    let mut wrong = Vec::new();
    for name in ["marketplace", "page", "obstacle"] {
        differ(name, &expected[name], &found[name], &mut wrong);
    }
    let none = Vec::new();
    let (want, have) = (expected["listings"].as_array().unwrap_or(&none), found["listings"].as_array().unwrap_or(&none));
    if want.len() != have.len() {
        let titles: Vec<_> = have.iter().map(|listing| &listing["title"]).collect();
        wrong.push(format!("{} listings expected, {} found: {titles:?}", want.len(), have.len()));
    }
    for (at, (want, have)) in want.iter().zip(have).enumerate() {
        for (name, value) in want.as_object().into_iter().flatten() {
            let have = match name.as_str() {
                "level" => &have["assessment"]["level"],
                name => &have[name],
            };
            differ(&format!("listings[{at}].{name}"), value, have, &mut wrong);
        }
        for name in ["brand", "price", "seller", "condition"] {
            if want.get(name).is_none() && have.get(name).is_some() {
                wrong.push(format!("listings[{at}].{name}: none expected, found {}", have[name]));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Assurances are compared by their codes, prices by what the expectation names, everything else whole.
fn differ(name: &str, want: &Value, have: &Value, wrong: &mut Vec<String>) {
    let codes: Vec<_> = have.as_array().into_iter().flatten().map(|one| one["code"].clone()).collect();
    let same = match want.as_object() {
        Some(want) => have.is_object() && want.iter().all(|(part, value)| have.get(part) == Some(value)),
        None if name.ends_with(".assurances") => want.as_array() == Some(&codes),
        None => want == have,
    };
    if !same {
        wrong.push(format!("{name}: expected {want}, found {have}"));
    }
}
