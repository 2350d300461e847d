//! Labelled listings: one a line, in files that are genuine or copies by their folder.

use crate::cli::assess::{self, Row};
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// A listing of which is known what it is.
#[derive(Debug)]
pub struct Labelled {
    /// Whether it is a copy.
    pub copy: bool,
    /// The file's name.
    pub source: String,
    /// Of a copy, how openly its seller writes: `hard`, `euphemism` or `no`.
    pub admits: Option<String>,
    /// Of genuine goods, whether an alarm could go wrong.
    pub at_risk: bool,
    /// The listing.
    pub row: Row,
}

impl Labelled {
    /// `genuine/NAME` or `replica/NAME`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}/{}", if self.copy { "replica" } else { "genuine" }, self.source)
    }
}

/// Labelled listings, and how many lines are none.
#[derive(Debug, Default)]
pub struct Set {
    /// In the order of the files.
    pub rows: Vec<Labelled>,
    /// Lines that are no listing.
    pub unread: usize,
}

impl Set {
    /// Reads every row under `genuine` and `replica`.
    ///
    /// # Errors
    /// When the folder holds no such file, or one cannot be read.
    pub fn read(dir: &Path) -> Result<Self, String> {
        let mut set = Self::default();
        for (folder, copy) in [("replica", true), ("genuine", false)] {
            for path in files(&dir.join(folder)) {
                let source = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let file = File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                for line in BufReader::new(file).split(b'\n') {
                    let line = line.map_err(|e| format!("{}: {e}", path.display()))?;
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    let Ok(row) = assess::parse(&line) else {
                        set.unread += 1;
                        continue;
                    };
                    let admits = row.fields.get("admits").and_then(Value::as_str).map(str::to_owned);
                    let at_risk = row.fields.get("at_risk").and_then(Value::as_bool) == Some(true);
                    set.rows.push(Labelled { copy, source: source.clone(), admits, at_risk, row });
                }
            }
        }
        if set.rows.is_empty() {
            return Err(format!("{}: holds neither genuine/*.jsonl nor replica/*.jsonl", dir.display()));
        }
        Ok(set)
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "jsonl"));
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_listings_is_an_error() {
        assert!(Set::read(Path::new("no/such/folder")).unwrap_err().contains("genuine"));
    }
}
