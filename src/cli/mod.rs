//! The command line: reads files, asks the core, prints. One file a subcommand.

pub mod cut;
pub mod encoding;
pub mod notice;
pub mod scan;
mod skeleton;
mod state;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Reads saved marketplace pages, judges their offers for counterfeit risk and drafts reports. Asks no server anything.
#[derive(Debug, Parser)]
#[command(name = "touchstone", version, max_term_width = 100)]
#[command(after_help = "Examples:
  touchstone scan page.html                         the facts of a saved page and what is thought of them, as JSON
  touchstone scan --format text *.html              the same, for reading
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
    Scan(scan::Args),
    Notice(notice::Args),
}

impl Cli {
    /// Runs the chosen subcommand.
    pub fn run(self) -> ExitCode {
        match self.command {
            Command::Scan(args) => scan::run(&args),
            Command::Notice(args) => notice::run(&args),
        }
    }
}
