//! `touchstone eval`: how many copies are found and how many genuine goods alarmed, on labelled listings.

use super::assess::{self, Row};
use super::{core, say};
use crate::engine::Engine;
use crate::report::Level;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Judges labelled listings and prints, for each source and brand, the share that is warned of.
///
/// LISTINGS holds `genuine/*.jsonl` and `replica/*.jsonl`, one listing a line as `assess` reads it. A genuine row with `"at_risk": true` is one
/// where an alarm could go wrong; a replica row's `admits` says how openly its seller writes. Every share comes with its 95 % Wilson upper
/// bound: a source of thirty rows proves little.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  touchstone eval listings/
  touchstone eval --data data/ listings/")]
pub struct Args {
    /// Data files to use in the place of those that the program was built with: a folder like data/.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Folder of labelled listings.
    #[arg(value_name = "LISTINGS")]
    dir: PathBuf,
}

/// Prints the shares.
pub fn run(args: &Args) -> ExitCode {
    let engine = match core(args.data.as_deref()) {
        Ok(engine) => engine,
        Err(error) => return say(&error, ExitCode::FAILURE),
    };
    let tables = match measure(&engine, &args.dir) {
        Ok(tables) => tables,
        Err(error) => return say(&error, ExitCode::FAILURE),
    };
    if print(&mut io::stdout().lock(), &tables).is_err() {
        return ExitCode::FAILURE;
    }
    if tables.unread == 0 { ExitCode::SUCCESS } else { say(&format!("{} lines are no listings", tables.unread), ExitCode::FAILURE) }
}

/// Rows counted by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// All.
    pub rows: u32,
    /// Those at `caution` or above.
    pub caution: u32,
    /// Those at `likely`.
    pub likely: u32,
}

impl Share {
    fn count(&mut self, level: Level) {
        self.rows += 1;
        self.caution += u32::from(level >= Level::Caution);
        self.likely += u32::from(level == Level::Likely);
    }

    /// The share of rows at `caution` or above.
    #[must_use]
    pub fn cautioned(&self) -> f64 {
        share(self.caution, self.rows)
    }

    /// The share of rows at `likely`.
    #[must_use]
    pub fn alarmed(&self) -> f64 {
        share(self.likely, self.rows)
    }
}

/// What was counted, by the name under which it is printed.
#[derive(Debug, Default)]
pub struct Tables {
    /// Copies by file, rows alone that offer goods of a known brand.
    pub known: BTreeMap<String, Share>,
    /// By file.
    pub sources: BTreeMap<String, Share>,
    /// By what matters across files: rows at risk, how openly copies are named.
    pub strata: BTreeMap<String, Share>,
    /// By the brand that was recognised.
    pub brands: BTreeMap<String, Share>,
    /// Lines that are no listing.
    pub unread: usize,
}

/// Judges every row under `genuine` and `replica`.
///
/// # Errors
/// When the folder holds no such file, or one cannot be read.
pub fn measure(engine: &Engine, dir: &Path) -> Result<Tables, String> {
    let mut tables = Tables::default();
    for label in ["replica", "genuine"] {
        for path in files(&dir.join(label)) {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let file = File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            for line in BufReader::new(file).split(b'\n') {
                let line = line.map_err(|e| format!("{}: {e}", path.display()))?;
                if line.trim_ascii().is_empty() {
                    continue;
                }
                match assess::parse(&line) {
                    Ok(row) => tables.add(engine, label, &stem, &row),
                    Err(_) => tables.unread += 1,
                }
            }
        }
    }
    if tables.sources.is_empty() {
        return Err(format!("{}: holds neither genuine/*.jsonl nor replica/*.jsonl", dir.display()));
    }
    Ok(tables)
}

impl Tables {
    fn add(&mut self, engine: &Engine, label: &str, source: &str, row: &Row) {
        let assessment = engine.assess(&row.listing, row.marketplace.as_deref());
        let level = assessment.level;
        self.sources.entry(format!("{label}/{source}")).or_default().count(level);
        self.strata.entry(format!("{label} in all")).or_default().count(level);
        if let Some(admits) = row.fields.get("admits").and_then(Value::as_str) {
            self.strata.entry(format!("replica, admits {admits}")).or_default().count(level);
        }
        if row.fields.get("at_risk").and_then(Value::as_bool) == Some(true) {
            self.strata.entry("genuine, at risk".to_owned()).or_default().count(level);
        }
        if let Some(brand) = assessment.brand {
            if label == "replica" {
                self.known.entry(source.to_owned()).or_default().count(level);
            }
            self.brands.entry(format!("{brand}, {label}")).or_default().count(level);
        }
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "jsonl"));
    paths.sort();
    paths
}

fn print(out: &mut impl Write, tables: &Tables) -> io::Result<()> {
    writeln!(out, "{:40} {:>6} {:>9} {:>8}   95 % upper bound", "source", "n", "caution+", "likely")?;
    for (heading, table) in
        [("", &tables.sources), ("in all", &tables.strata), ("copies of a known brand", &tables.known), ("by brand", &tables.brands)]
    {
        if !heading.is_empty() {
            writeln!(out, "\n{heading}")?;
        }
        for (name, s) in table {
            let (caution, likely) = (100.0 * s.cautioned(), 100.0 * s.alarmed());
            let (caution_bound, likely_bound) = (100.0 * upper(s.caution, s.rows), 100.0 * upper(s.likely, s.rows));
            writeln!(out, "{name:40} {:6} {caution:8.2}% {likely:7.2}%   {caution_bound:.2}% {likely_bound:.2}%", s.rows)?;
        }
    }
    Ok(())
}

fn share(some: u32, all: u32) -> f64 {
    if all == 0 { 0.0 } else { f64::from(some) / f64::from(all) }
}

/// One-sided 95 % Wilson upper bound on the share of `some` in `all`.
#[must_use]
pub fn upper(some: u32, all: u32) -> f64 {
    const Z: f64 = 1.645;
    if all == 0 {
        return 1.0;
    }
    let (p, n) = (share(some, all), f64::from(all));
    (p + Z * Z / (2.0 * n) + Z * ((p * (1.0 - p) + Z * Z / (4.0 * n)) / n).sqrt()) / (1.0 + Z * Z / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_wilsons() {
        assert!((upper(0, 10_000) - 0.000_270_5).abs() < 1e-6);
        assert!((upper(5, 10) - 0.730_7).abs() < 1e-3);
        assert!((upper(0, 0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_folder_without_listings_is_an_error() {
        let engine = core(None).unwrap();
        assert!(measure(&engine, Path::new("no/such/folder")).unwrap_err().contains("genuine"));
    }

    /// Bars on labelled listings that live beside the repository, never in it.
    #[test]
    fn labelled_listings_keep_the_alarm_budget() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/listings");
        if !dir.join("genuine").is_dir() {
            let _ = writeln!(io::stderr(), "skipped: no labelled listings in {}", dir.display());
            return;
        }
        let tables = measure(&core(None).unwrap(), &dir).unwrap();
        let at_risk = tables.strata["genuine, at risk"];
        assert!(at_risk.alarmed() <= 0.003, "likely on genuine goods: {at_risk:?}");
        assert!(at_risk.cautioned() <= 0.02, "caution on genuine goods: {at_risk:?}");
        let hard = tables.strata["replica, admits hard"];
        assert!(hard.alarmed() >= 0.95, "likely on admitted copies: {hard:?}");
        // Brands whose levels are by model are found by four in five; those with levels for categories alone by fewer.
        let sneakers = tables.known["reps_cnfans_zavi"];
        assert!(sneakers.rows >= 80 && sneakers.cautioned() >= 0.55, "caution on unadmitted copies of known brands: {sneakers:?}");
        assert_eq!(tables.unread, 0);
    }
}
