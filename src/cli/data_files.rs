//! The data files of a folder, for whoever works on them: read as they are, without building the program anew.

use crate::embedded;
use crate::rules::Rules;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The rules of a folder laid out like `data/`, or without one those that the program was built with.
///
/// # Errors
/// Names the file and line that cannot be used.
pub(super) fn rules(folder: Option<&Path>) -> Result<Rules, String> {
    let Some(data) = folder else { return embedded::rules().map_err(|error| error.to_string()) };
    Ok(Rules {
        marketplaces: files(&data.join("marketplaces"))?,
        brands: files(&data.join("brands"))?,
        goods: files(&data.join("goods"))?,
        words: files(&data.join("words"))?,
        channels: files(&data.join("channels"))?,
        notices: files(&data.join("notices"))?,
        alerts: files(&data.join("alerts"))?,
        generic: file(&data.join("generic.toml"))?,
        countries: file(&data.join("countries.toml"))?,
        domains: file(&data.join("domains.toml"))?,
        weights: file(&data.join("weights.toml"))?,
        rates: file(&data.join("rates.toml"))?,
        sales: file(&data.join("sales.toml"))?,
    })
}

/// Every TOML file of a folder, by name.
fn files<T: DeserializeOwned>(folder: &Path) -> Result<Vec<T>, String> {
    let paths = paths(folder).map_err(|error| format!("{}: {error}; --data takes a folder like data/", folder.display()))?;
    paths.iter().map(|path| file(path)).collect()
}

fn file<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(path, &text)
}

/// The paths of a folder's TOML files, by name.
pub(super) fn paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    Ok(paths)
}

/// A file's text in the shape of its folder, or `file:line: reason`.
pub(super) fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        format!("{}:{line}: {}", path.display(), error.message())
    })
}
