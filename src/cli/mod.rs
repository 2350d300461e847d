//! The command line: reads files, asks the core, prints. One file a subcommand.

mod adapter;
mod assess;
pub mod cut;
mod data_check;
mod data_files;
pub mod encoding;
mod eval;
mod explain;
mod fit;
mod marks;
pub mod measured;
pub mod notice;
pub mod price;
pub mod scan;
mod skeleton;
mod state;
mod structure;
mod terms;

use crate::engine::Engine;
use clap::{Parser, Subcommand};
use std::path::Path;
use std::process::ExitCode;

/// Reads saved marketplace pages, judges their offers for counterfeit risk and drafts reports. Asks no server anything.
#[derive(Debug, Parser)]
#[command(name = "touchstone", version, max_term_width = 100)]
#[command(after_help = "Examples:
  touchstone scan page.html                         the facts of a saved page and what is thought of them, as JSON
  touchstone scan --format text *.html              the same, for reading
  touchstone assess listings.jsonl                  one assessment for each listing, one JSON object a line
  touchstone eval listings/                         how many copies are found, how many genuine goods alarmed
  touchstone fit listings/                          the weights of signals that they ask for
  touchstone data check                             whether the data files are in order
  touchstone adapter new shop.example product.html results.html
                                                    a new shop's adapter, proposed from saved pages
  curl -s URL | touchstone scan --url URL -         a page from another program
  touchstone scan page.html | touchstone notice --lang en --country DE
                                                    the report of the offer, to hand in

Exit status: 0 all was read, 1 something could not be read, 2 the arguments cannot be used.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Adapter(adapter::Args),
    Scan(scan::Args),
    Assess(assess::Args),
    Eval(eval::Args),
    Fit(fit::Args),
    Data(data_check::Args),
    Notice(notice::Args),
    Price(price::Args),
}

impl Cli {
    /// Runs the chosen subcommand.
    pub fn run(self) -> ExitCode {
        match self.command {
            Command::Adapter(args) => adapter::run(&args),
            Command::Scan(args) => scan::run(&args),
            Command::Assess(args) => assess::run(&args),
            Command::Eval(args) => eval::run(&args),
            Command::Fit(args) => fit::run(&args),
            Command::Data(args) => data_check::run(&args),
            Command::Notice(args) => notice::run(&args),
            Command::Price(args) => price::run(args),
        }
    }
}

/// The core with the embedded data files.
/// The engine of a folder of data files, or without one of those that the program was built with.
fn core(data: Option<&Path>) -> Result<Engine, String> {
    data_files::rules(data).and_then(|rules| Engine::new(rules).map_err(|e| e.to_string()))
}

/// Tells a person what went wrong; `status` is passed through.
#[expect(clippy::print_stderr, reason = "this is the command line's own voice")]
fn say(message: &str, status: ExitCode) -> ExitCode {
    eprintln!("touchstone: {message}");
    status
}
