//! `data/measured.toml`: what each sensitivity costs and finds, as it was last measured.

use super::data_files;
use crate::rules::measured::{Cost, Measured};
use std::fs;
use std::path::Path;

/// The file's name in a folder like `data/`.
pub(super) const FILE: &str = "measured.toml";

/// What was last measured.
///
/// # Errors
/// Names the file and the line that cannot be used.
pub fn read(data: &Path) -> Result<Measured, String> {
    let path = data.join(FILE);
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}; `touchstone eval --write` writes it", path.display()))?;
    data_files::parse(&path, &text)
}

/// Writes what was measured.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(data: &Path, measured: &Measured) -> Result<(), String> {
    let path = data.join(FILE);
    fs::write(&path, text(measured)).map_err(|e| format!("{}: {e}", path.display()))
}

fn text(measured: &Measured) -> String {
    let Measured { basis, fewer, usual, more } = measured;
    let cost = |name: &str, Cost { warned, found }: &Cost| format!("\n[{name}]\nwarned = {warned:.5}\nfound = {found:.5}\n");
    format!(
        "# Written by `touchstone eval --write`, never by hand: the options page tells these shares beside each sensitivity.\n\
         [basis]\nsource = {:?}\ndate = {:?}\n{}{}{}",
        basis.source,
        basis.date,
        cost("fewer", fewer),
        cost("usual", usual),
        cost("more", more)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Source;

    #[test]
    fn what_is_written_is_read() {
        let cost = |warned, found| Cost { warned, found };
        let basis = Source { source: "a \"source\"".into(), date: "2026-11-22".into() };
        let measured = Measured { basis, fewer: cost(0.001, 0.5), usual: cost(0.002, 0.6), more: cost(0.01, 1.0) };
        assert_eq!(data_files::parse::<Measured>(Path::new(FILE), &text(&measured)).unwrap(), measured);
    }
}
