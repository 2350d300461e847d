//! What is measured on real saved pages, where a set of them lies beside the repository: how small snapshots are, and how many facts are read.
//!
//! The pages are other people's and no part of the repository; without them the test says that it was skipped.
#![allow(clippy::print_stdout, reason = "a measurement is read where the test ran")]

use std::{fs, path::Path, path::PathBuf, process::Command};
use touchstone::{cli::cut, embedded, engine::Engine};

const MOST_BYTES: usize = 400 * 1024;
const MEDIAN_BYTES: usize = 40 * 1024;

fn pages() -> Option<PathBuf> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages");
    let found = pages.join("INDEX.tsv").exists();
    if !found {
        println!("skipped: no saved pages at {}", pages.display());
    }
    found.then_some(pages)
}

#[test]
fn snapshots_of_real_pages_are_small() {
    let Some(pages) = pages() else { return };
    let engine = Engine::new(embedded::rules().unwrap()).unwrap();
    let index = fs::read_to_string(pages.join("INDEX.tsv")).unwrap();
    let mut sizes = Vec::new();
    for row in index.lines().skip(1) {
        let [file, url] = [0, 1].map(|column| row.split('\t').nth(column).unwrap());
        if engine.markets().plan(url).marketplace.is_none() {
            continue;
        }
        let snapshot = cut::cut(&fs::read(pages.join(file)).unwrap(), Some(url), engine.markets()).unwrap();
        sizes.push((serde_json::to_string(&snapshot).unwrap().len(), file.to_owned()));
    }
    sizes.sort();
    let (median, (largest, file)) = (sizes[sizes.len() / 2].0, sizes.last().unwrap());
    println!("{} snapshots: median {median} bytes, largest {largest} bytes ({file})", sizes.len());
    assert!(median <= MEDIAN_BYTES, "median {median}: {sizes:#?}");
    assert!(*largest <= MOST_BYTES, "{sizes:#?}");
}

#[test]
fn at_most_one_fact_a_field_is_missed_on_the_first_shops() {
    let Some(pages) = pages() else { return };
    let mut missed = std::collections::BTreeMap::<String, u32>::new();
    for host in ["amazon", "ebay", "aliexpress", "taobao", "tmall"] {
        let scorer = Command::new("python3")
            .arg(pages.join("../score/pages.py"))
            .arg(pages.join("INDEX.tsv"))
            .arg(env!("CARGO_BIN_EXE_touchstone"))
            .args(["--only", host])
            .output()
            .unwrap();
        for line in String::from_utf8_lossy(&scorer.stdout).lines().filter(|line| line.contains(" %") && !line.starts_with("all fields")) {
            let (field, figures) = line.split_at(20);
            let (right, known) = figures.trim_start().split_once('/').unwrap();
            let known: u32 = known.split_whitespace().next().unwrap().parse().unwrap();
            *missed.entry(field.trim().to_owned()).or_default() += known - right.trim().parse::<u32>().unwrap();
        }
    }
    println!("missed: {missed:?}");
    assert!(!missed.is_empty(), "the scorer printed nothing");
    assert!(missed.values().all(|&count| count <= 1), "{missed:?}");
}
