//! The command line: `touchstone --help`.

fn main() {}
