//! `touchstone eval`: how many copies are found and how many genuine goods alarmed, on labelled listings.

pub(super) mod budget;
mod document;
mod in_sample;
pub(super) mod labelled;
mod language;
mod reviews;
pub(super) mod tables;
mod time;

use super::{core, data_files, measured, say, terms};
use crate::rules::{
    Source,
    measured::{Cost, Measured},
};
use crate::terms::{Sensitivity, Terms};
use labelled::Set;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tables::{AT_RISK, Table, Tables, UNADMITTED, upper};

/// Judges labelled listings and prints, for each source, trade, brand and language, the share that is warned of.
///
/// LISTINGS holds `genuine/*.jsonl` and `replica/*.jsonl`, one listing a line as `assess` reads it. A genuine row with `"at_risk": true` is one
/// where an alarm could go wrong; a replica row's `admits` says how openly its seller writes. Every share comes with its 95 % Wilson upper
/// bound: a source of thirty rows proves little. Where `reviews/labelled_reviews.tsv` is there, it also prints how well buyers' doubts are read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  touchstone eval listings/
  touchstone eval --data data/ listings/
  touchstone eval --write docs/evaluation.md --today 2026-11-22 listings/     the document, and data/measured.toml")]
pub struct Args {
    /// Data files to use in the place of those that the program was built with: a folder like data/.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(flatten)]
    terms: terms::Given,
    /// Write the figures to this document, and those of each sensitivity to measured.toml of the data files (--data, or data/).
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Print how long a listing is judged instead, and with a hundred times as many brands.
    #[arg(long, conflicts_with = "write")]
    time: bool,
    /// Folder of labelled listings.
    #[arg(value_name = "LISTINGS")]
    dir: PathBuf,
}

/// Prints the shares.
pub fn run(args: &Args) -> ExitCode {
    match outcome(args) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(unread) => say(&format!("{unread} lines are no listings"), ExitCode::FAILURE),
        Err(error) => say(&error, ExitCode::FAILURE),
    }
}

fn outcome(args: &Args) -> Result<usize, String> {
    let terms = args.terms.terms();
    let set = Set::read(&args.dir)?;
    if args.time {
        let rules = data_files::rules(args.data.as_deref())?;
        let times = time::measure(&rules, &set)?;
        let (now, hundredfold, more) = (times.now, times.hundredfold, times.hundredfold / times.now);
        writeln!(
            io::stdout().lock(),
            "{now:.1} µs a listing with {} brands, {hundredfold:.1} µs with a hundred times as many: {more:.2} times as long",
            times.brands
        )
        .map_err(|error| error.to_string())?;
        return Ok(set.unread);
    }
    let Some(path) = &args.write else {
        let engine = core(args.data.as_deref())?;
        let (tables, reviews) = (Tables::of(&engine, &set, terms), reviews::measure(&engine, &args.dir));
        let mut out = io::stdout().lock();
        let printed = print(&mut out, &tables).and_then(|()| reviews.map_or(Ok(()), |reviews| reviews::print(&mut out, &reviews)));
        printed.map_err(|error| error.to_string())?;
        return Ok(tables.unread);
    };
    let data = args.data.as_deref().unwrap_or(Path::new("data"));
    let measured = Measurement::of(data, &args.dir, &set, terms)?;
    measured::write(data, &measured.costs())?;
    fs::write(path, document::text(&measured)).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(set.unread)
}

/// Everything that the document tells.
struct Measurement {
    date: String,
    rows: usize,
    usual: Tables,
    fewer: Tables,
    more: Tables,
    /// On a day of a sale.
    on_sale: Tables,
    in_sample: std::collections::BTreeSet<String>,
}

impl Measurement {
    fn of(data: &Path, listings: &Path, set: &Set, terms: Terms) -> Result<Self, String> {
        let rules = data_files::rules(Some(data))?;
        let engine = core(Some(data))?;
        let tables = |sensitivity, today| Tables::of(&engine, set, Terms { today, sensitivity });
        let day = terms.today.ok_or("a document needs a day")?;
        let sale = (0..366).map(|days| day.plus(days)).find(|&day| rules.sales.on(day, None, "USD")).ok_or("no sale is known")?;
        let sources = set.rows.iter().filter(|row| !row.copy).map(|row| row.source.clone()).collect();
        Ok(Self {
            date: day.into(),
            rows: set.rows.len(),
            usual: tables(Sensitivity::Usual, Some(day)),
            fewer: tables(Sensitivity::Fewer, Some(day)),
            more: tables(Sensitivity::More, Some(day)),
            on_sale: tables(Sensitivity::Usual, Some(sale)),
            in_sample: in_sample::of(&rules, listings, &sources),
        })
    }

    fn costs(&self) -> Measured {
        let cost = |tables: &Tables| {
            let share = |name: &str| tables.strata.get(name).copied().unwrap_or_default().cautioned();
            Cost { warned: share(AT_RISK), found: share(UNADMITTED) }
        };
        let rows = |name: &str| self.usual.strata.get(name).map_or(0, |share| share.rows);
        let source = format!(
            "touchstone eval on labelled listings: {} genuine offers where an alarm could go wrong, {} copies of known brands that do not say \
             that they are copies",
            rows(AT_RISK),
            rows(UNADMITTED)
        );
        Measured {
            basis: Source { source, date: self.date.clone() },
            fewer: cost(&self.fewer),
            usual: cost(&self.usual),
            more: cost(&self.more),
        }
    }
}

fn print(out: &mut impl Write, tables: &Tables) -> io::Result<()> {
    writeln!(out, "{:40} {:>6} {:>9} {:>8}   95 % upper bound", "source", "n", "caution+", "likely")?;
    let groups: [(&str, &Table); 7] = [
        ("", &tables.sources),
        ("in all", &tables.strata),
        ("copies of a known brand", &tables.known),
        ("copies by distinct model and price", &tables.distinct),
        ("by trade", &tables.trades),
        ("by brand", &tables.brands),
        ("by language", &tables.languages),
    ];
    for (heading, table) in groups {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Bars on labelled listings that live beside the repository, never in it.
    #[test]
    fn labelled_listings_keep_the_alarm_budget() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/listings");
        if !dir.join("genuine").is_dir() {
            let _ = writeln!(io::stderr(), "skipped: no labelled listings in {}", dir.display());
            return;
        }
        let set = Set::read(&dir).unwrap();
        let tables = Tables::of(&core(None).unwrap(), &set, Terms::default());
        let at_risk = tables.strata[AT_RISK];
        assert!(at_risk.cautioned() <= budget::AT_RISK.0 && at_risk.alarmed() <= budget::AT_RISK.1, "{at_risk:?}");
        let genuine = tables.strata["genuine in all"];
        assert!(genuine.cautioned() <= budget::ALL.0 && genuine.alarmed() <= budget::ALL.1, "{genuine:?}");
        for (name, share) in &tables.sources {
            let Some(source) = name.strip_prefix("genuine/") else { continue };
            assert!(share.alarmed() <= budget::SOURCE, "likely on {source}: {share:?}");
            let cheap = budget::CHEAP_SOURCES.contains(&source);
            // One row of a small source is not a share of it.
            assert!(!cheap || share.caution <= 1 || share.cautioned() <= budget::CHEAP, "caution on {source}: {share:?}");
        }
        let hard = tables.strata["replica, admits hard"];
        assert!(hard.alarmed() >= 0.97, "likely on admitted copies: {hard:?}");
        // Brands whose levels are by model are found by four in five; those with levels for categories alone by fewer.
        let sneakers = tables.known["reps_cnfans_zavi"];
        assert!(sneakers.rows >= 80 && sneakers.cautioned() >= 0.55, "caution on unadmitted copies of known brands: {sneakers:?}");
        assert_eq!(tables.unread, 0);
    }
}
