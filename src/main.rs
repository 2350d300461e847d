//! The command line.

use clap::Parser;
use std::process::ExitCode;
use touchstone::cli::Cli;

fn main() -> ExitCode {
    Cli::parse().run()
}
