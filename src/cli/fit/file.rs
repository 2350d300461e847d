//! `data/weights.toml` with other numbers: its words stay as they are.

use std::collections::BTreeMap;

/// The text of a TOML file with the numbers of some keys changed, by `table.key` or, above the first table, by the key alone. Keys of the
/// table `of` that the text lacks are put at its end.
///
/// # Errors
/// Names a key that is nowhere in the text.
pub(super) fn changed(text: &str, numbers: &BTreeMap<String, String>, of: &str) -> Result<String, String> {
    let mut left = numbers.clone();
    let mut lines = Vec::new();
    let mut table = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            close(&table, of, &mut left, &mut lines);
            table = name.to_owned();
        }
        let key = line.split('=').next().unwrap_or_default().trim().trim_matches('"');
        let path = if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
        match left.remove(&path).filter(|_| line.contains('=')) {
            Some(value) => lines.push(format!("{}= {value}", &line[..line.find('=').unwrap_or(line.len())])),
            None => lines.push(line.to_owned()),
        }
    }
    close(&table, of, &mut left, &mut lines);
    match left.into_keys().next() {
        Some(key) => Err(format!("weights.toml has no {key}; add it")),
        None => Ok(lines.join("\n") + "\n"),
    }
}

/// Puts the keys that a table still lacks behind its last line.
fn close(table: &str, of: &str, left: &mut BTreeMap<String, String>, lines: &mut Vec<String>) {
    if table != of {
        return;
    }
    let blank = lines.iter().rev().take_while(|line| line.is_empty()).count();
    let at = lines.len() - blank;
    let prefix = format!("{of}.");
    let missing: Vec<String> = left.keys().filter(|key| key.starts_with(&prefix)).cloned().collect();
    let added = missing.into_iter().filter_map(|key| Some(format!("{} = {}", &key[prefix.len()..], left.remove(&key)?)));
    let added: Vec<String> = added.collect();
    lines.splice(at..at, added);
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# Why.\nprior = -3.0\n\n[basis]\nsource = \"a\"\n\n[signals]\n# This one counts most.\na-b = 5.0\nc = -1.0\n\n[trades]\nold = 3\n";

    fn change(numbers: &[(&str, &str)]) -> Result<String, String> {
        changed(TEXT, &numbers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(), "trades")
    }

    #[test]
    fn numbers_change_and_words_stay() {
        let text = change(&[("prior", "-2.0"), ("signals.a-b", "4.5"), ("basis.source", "\"b\""), ("trades.new", "7")]).unwrap();
        let wanted = TEXT.replace("-3.0", "-2.0").replace("5.0", "4.5").replace("\"a\"", "\"b\"") + "new = 7\n";
        assert_eq!(text, wanted);
    }

    #[test]
    fn a_key_that_is_not_there_is_named() {
        assert!(change(&[("signals.d", "1")]).unwrap_err().contains("signals.d"));
    }
}
