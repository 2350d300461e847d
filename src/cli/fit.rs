//! `touchstone fit`: the weights that labelled listings ask for, and how they do on sources that had no part in them.
//!
//! Sources differ in what they sell and how they write more than copies differ from genuine goods within one. So no source is ever split: what
//! is measured on one was fitted on the others. The prior is not fitted, since labelled sets say nothing of how often copies are met.

mod file;
mod regression;

use super::eval::{
    budget,
    labelled::{Labelled, Set},
    tables::{self, Share},
};
use super::{data_files, say};
use crate::engine::Engine;
use crate::report::Level;
use crate::rules::{Rules, weights::Weights};
use crate::signal::Observation;
use crate::subject::Place;
use crate::verdict::{self, About};
use regression::{Belief, Example};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Fits the weights of signals to labelled listings and prints how they do on each source that they were not fitted on.
///
/// Logistic regression; every weight keeps its sign and is drawn to the value that weights.toml has now, the harder the less was seen of it.
/// How hard is chosen by what serves sources left out. Levels begin where the alarm budget allows, with a part of it kept for what was not
/// measured.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  touchstone fit listings/
  touchstone fit --without SOURCE listings/     the weights without a source, and how they do on it
  touchstone fit --write listings/              writes data/weights.toml")]
pub struct Args {
    /// Data files to begin with: a folder like data/.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// Leave out a source and those whose names begin like it, and measure on them.
    #[arg(long, value_name = "SOURCE")]
    without: Option<String>,
    /// Write the weights, the levels and the rows of each trade to weights.toml of the data files.
    #[arg(long)]
    write: bool,
    /// Folder of labelled listings, as `eval` reads it.
    #[arg(value_name = "LISTINGS")]
    dir: PathBuf,
}

/// Fits and prints.
pub fn run(args: &Args) -> ExitCode {
    match fitted(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => say(&error, ExitCode::FAILURE),
    }
}

/// The part of the alarm budget that may be used up on what is measured.
const PART: f64 = 0.7;
/// How firmly the present weights may be believed, for a thousand offers.
const FIRMNESS: [f64; 4] = [0.5, 2.0, 8.0, 32.0];
/// Where the levels may begin at the lowest, in per cent: a look is asked for where a copy is likelier than not, and called a strong sign where it
/// is four times as likely.
const LOWEST: (u8, u8) = (50, 80);
/// Offers that the labelled ones stand for.
const OFFERS: f64 = 1_000.0;

/// A row of which something was observed.
struct Observed<'a> {
    labelled: &'a Labelled,
    about: About<'a>,
    observations: Vec<Observation>,
}

/// Everything that fits and measures share.
struct Bench<'a> {
    weights: &'a Weights,
    rows: Vec<Observed<'a>>,
    /// Rows of a source that could be judged, by label and name.
    judged: BTreeMap<(bool, &'a str), u32>,
    /// All rows of a source.
    all: BTreeMap<(bool, &'a str), u32>,
    /// The copies.
    copies: Vec<&'a Labelled>,
    /// Genuine rows at risk, by source.
    at_risk: BTreeMap<&'a str, u32>,
    /// Genuine rows at risk, by trade.
    trades: BTreeMap<String, u32>,
}

fn fitted(args: &Args) -> Result<(), String> {
    let rules = data_files::rules(Some(&args.data))?;
    let engine = Engine::new(rules.clone()).map_err(|error| error.to_string())?;
    let set = Set::read(&args.dir)?;
    let bench = Bench::new(&rules, &engine, &set);
    let families = bench.families();
    let left_out: BTreeSet<&str> = match &args.without {
        Some(name) => {
            families.iter().find(|family| family.contains(name.as_str())).cloned().ok_or(format!("no source is called {name}"))?
        }
        None => BTreeSet::new(),
    };
    let kept: Vec<&BTreeSet<&str>> = families.iter().filter(|family| **family != left_out).collect();
    let firmness = bench.firmness(&kept);
    let out = &mut io::stdout().lock();
    let weights = bench.fit(&left_out, firmness);
    let told = (|| {
        writeln!(
            out,
            "firmness {firmness}; levels {} and {}\n\n{:26} {:>7} {:>7}",
            weights.caution, weights.likely, "signal", "was", "is"
        )?;
        for (code, weight) in &weights.signals {
            writeln!(out, "{code:26} {:7.2} {weight:7.2}", bench.weights.signals[code])?;
        }
        writeln!(out, "\n{:40} {:>6} {:>9} {:>8}   fitted without it", "source", "n", "caution+", "likely")?;
        let families = if left_out.is_empty() { families.clone() } else { vec![left_out.clone()] };
        for family in &families {
            let weights = bench.fit(family, firmness);
            for ((copy, source), share) in bench.shares(&weights, |name| family.contains(name)) {
                let place = format!("{}/{source}", if copy { "replica" } else { "genuine" });
                writeln!(out, "{place:40} {:6} {:8.2}% {:7.2}%", share.rows, 100.0 * share.cautioned(), 100.0 * share.alarmed())?;
                for (name, share) in bench.apart(&weights, copy, source) {
                    writeln!(out, "  {name:38} {:6} {:8.2}% {:7.2}%", share.rows, 100.0 * share.cautioned(), 100.0 * share.alarmed())?;
                }
            }
        }
        Ok(())
    })();
    told.map_err(|error: io::Error| error.to_string())?;
    if args.write {
        let path = args.data.join("weights.toml");
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let text = file::changed(&text, &bench.numbers(&weights, &args.without), "trades")?;
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

impl<'a> Bench<'a> {
    fn new(rules: &'a Rules, engine: &'a Engine, set: &'a Set) -> Self {
        let mut bench = Bench {
            weights: &rules.weights,
            rows: Vec::new(),
            judged: BTreeMap::new(),
            copies: set.rows.iter().filter(|labelled| labelled.copy).collect(),
            all: BTreeMap::new(),
            at_risk: BTreeMap::new(),
            trades: BTreeMap::new(),
        };
        for labelled in &set.rows {
            let source = (labelled.copy, labelled.source.as_str());
            let listing = &labelled.row.listing;
            let (about, observations) =
                engine.observe(listing, Place { marketplace: labelled.row.marketplace.as_deref(), ..Place::default() });
            *bench.all.entry(source).or_default() += 1;
            let level = verdict::decide(bench.weights, about, observations.clone()).level;
            *bench.judged.entry(source).or_default() += u32::from(level != Level::Unknown);
            if labelled.at_risk {
                *bench.at_risk.entry(source.1).or_default() += 1;
                if let Some(trade) = about.brand.and_then(|(brand, _)| engine.trade(brand)) {
                    *bench.trades.entry(trade.to_owned()).or_default() += 1;
                }
            }
            if level != Level::Unknown && !observations.is_empty() {
                bench.rows.push(Observed { labelled, about, observations });
            }
        }
        bench
    }

    /// The sources, those together of which one is made from the other: their names begin alike.
    fn families(&self) -> Vec<BTreeSet<&'a str>> {
        let mut families: Vec<BTreeSet<&str>> = Vec::new();
        for (_, name) in self.all.keys() {
            match families.iter_mut().find(|family| family.iter().any(|other| name.starts_with(other) || other.starts_with(name))) {
                Some(family) => {
                    family.insert(name);
                }
                None => families.push([*name].into()),
            }
        }
        families
    }

    /// The examples of sources; those of a label weigh together as much as the prior says that copies, or genuine offers, are met.
    fn examples(&self, has: impl Fn(&str) -> bool) -> Vec<Example> {
        let codes: Vec<&String> = self.weights.signals.keys().collect();
        let copies = 1.0 / (1.0 + (-self.weights.prior).exp());
        let share = |source: (bool, &str)| f64::from(self.judged.get(&source).copied().unwrap_or_default()).sqrt();
        let whole = |copy| self.judged.keys().filter(|source| source.0 == copy && has(source.1)).map(|source| share(*source)).sum::<f64>();
        let whole = [whole(false), whole(true)];
        let rows = self.rows.iter().filter(|row| has(&row.labelled.source));
        let example = |row: &Observed<'_>| {
            let (copy, source) = (row.labelled.copy, row.labelled.source.as_str());
            let label = if copy { copies } else { 1.0 - copies };
            // The source's part of its label, shared by its rows.
            let mass = OFFERS * label / whole[usize::from(copy)] / share((copy, source));
            let seen = verdict::decide(self.weights, row.about, row.observations.clone()).signals.into_iter().filter_map(|signal| {
                let at = codes.iter().position(|code| **code == signal.code)?;
                let full = self.weights.signals[&signal.code];
                (full != 0.0).then(|| (at, signal.weight / full))
            });
            Example { copy, mass, seen: seen.collect() }
        };
        rows.map(example).collect()
    }

    fn beliefs(&self, firmness: f64) -> Vec<Belief> {
        self.weights.signals.values().map(|mean| Belief { mean: *mean, firmness }).collect()
    }

    /// How firmly the present weights are best believed: the loss on sources left out is least.
    fn firmness(&self, families: &[&BTreeSet<&str>]) -> f64 {
        let known = |name: &str| families.iter().any(|family| family.contains(name));
        let loss = |firmness: f64| -> f64 {
            let left_out = families.iter().map(|family| {
                let weights = regression::fit(
                    &self.examples(|name| known(name) && !family.contains(name)),
                    self.weights.prior,
                    &self.beliefs(firmness),
                );
                regression::loss(&self.examples(|name| family.contains(name)), self.weights.prior, &weights)
            });
            left_out.sum()
        };
        let losses = FIRMNESS.map(|firmness| (loss(firmness), firmness));
        losses.into_iter().reduce(|best, next| if next.0 < best.0 { next } else { best }).map_or(FIRMNESS[0], |(_, firmness)| firmness)
    }

    /// The weights fitted without some sources, with the levels that the budget allows on the others.
    fn fit(&self, without: &BTreeSet<&str>, firmness: f64) -> Weights {
        let fitted = regression::fit(&self.examples(|name| !without.contains(name)), self.weights.prior, &self.beliefs(firmness));
        let signals = self.weights.signals.keys().cloned().zip(fitted.into_iter().map(|weight| (10.0 * weight).round() / 10.0)).collect();
        let mut weights = Weights { signals, ..self.weights.clone() };
        // `likely` first: what is told by hints alone is held below it.
        weights.caution = f64::from(LOWEST.1) / 100.0;
        for step in (LOWEST.1..=95).rev() {
            let lower = Weights { likely: f64::from(step) / 100.0, ..weights.clone() };
            if !self.within_budget(&lower, without) {
                break;
            }
            weights.likely = lower.likely;
        }
        for step in (LOWEST.0..LOWEST.1).rev() {
            let lower = Weights { caution: f64::from(step) / 100.0, ..weights.clone() };
            if !self.within_budget(&lower, without) {
                break;
            }
            weights.caution = lower.caution;
        }
        weights
    }

    fn within_budget(&self, weights: &Weights, without: &BTreeSet<&str>) -> bool {
        let has = |name: &str| !without.contains(name);
        let sources =
            self.shares(weights, has).into_iter().filter(|((copy, _), _)| !copy).map(|((_, name), share)| (name, share)).collect();
        let rows = self.at_risk.iter().filter(|(name, _)| has(name)).map(|(_, rows)| rows).sum();
        let at_risk = self.counted(weights, rows, |labelled| labelled.at_risk && has(&labelled.source));
        budget::holds(PART, at_risk, &sources)
    }

    /// The shares of sources, all their rows counted.
    fn shares(&self, weights: &Weights, has: impl Fn(&str) -> bool) -> BTreeMap<(bool, &'a str), Share> {
        let mut shares: BTreeMap<(bool, &str), Share> = self
            .all
            .iter()
            .filter(|((_, name), _)| has(name))
            .map(|(source, rows)| (*source, Share { rows: *rows, ..Share::default() }))
            .collect();
        for row in self.rows.iter().filter(|row| has(&row.labelled.source)) {
            if let Some(share) = shares.get_mut(&(row.labelled.copy, row.labelled.source.as_str())) {
                row.count(weights, share);
            }
        }
        shares
    }

    fn counted(&self, weights: &Weights, rows: u32, is: impl Fn(&Labelled) -> bool) -> Share {
        let mut share = Share { rows, ..Share::default() };
        self.rows.iter().filter(|row| is(row.labelled)).for_each(|row| row.count(weights, &mut share));
        share
    }

    /// Of a source of copies the rows of known brands, and each model and price once.
    fn apart(&self, weights: &Weights, copy: bool, source: &str) -> Vec<(&'static str, Share)> {
        if !copy {
            return Vec::new();
        }
        let known = self.judged.get(&(copy, source)).copied().unwrap_or_default();
        let is = |labelled: &Labelled| labelled.copy && labelled.source == source;
        let mut models = BTreeSet::new();
        let mut distinct = Share::default();
        for labelled in self.copies.iter().copied().filter(|labelled| is(labelled)) {
            if models.insert(tables::model(labelled)) {
                let row = self.rows.iter().find(|row| std::ptr::eq(row.labelled, labelled));
                distinct.rows += 1;
                row.into_iter().for_each(|row| row.count(weights, &mut distinct));
            }
        }
        vec![("of known brands", self.counted(weights, known, is)), ("by distinct model and price", distinct)]
    }

    /// What is written to weights.toml.
    fn numbers(&self, weights: &Weights, without: &Option<String>) -> BTreeMap<String, String> {
        let number = |value: f64| format!("{value:?}");
        let mut numbers: BTreeMap<String, String> =
            weights.signals.iter().map(|(code, weight)| (format!("signals.{code}"), number(*weight))).collect();
        numbers.insert("caution".into(), number(weights.caution));
        numbers.insert("likely".into(), number(weights.likely));
        let without = without.as_ref().map_or(String::new(), |name| format!(" without {name}"));
        let source = format!("`touchstone fit` on {} labelled listings{without}, from editorial weights", self.all.values().sum::<u32>());
        numbers.insert("basis.source".into(), format!("{source:?}"));
        numbers.insert("basis.date".into(), format!("{:?}", jiff::Zoned::now().date().to_string()));
        numbers.extend(self.trades.iter().map(|(trade, rows)| (format!("trades.{trade}"), rows.to_string())));
        numbers
    }
}

impl Observed<'_> {
    fn count(&self, weights: &Weights, share: &mut Share) {
        let level = verdict::decide(weights, self.about, self.observations.clone()).level;
        share.caution += u32::from(level >= Level::Caution);
        share.likely += u32::from(level == Level::Likely);
    }
}
