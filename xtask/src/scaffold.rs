//! Starts a data file or a signal: writes the skeleton that CONTRIBUTING.md walks through. What it writes builds at once; `data check` and the
//! tests then name every fact that is still to be filled in.

use crate::{Outcome, report, root};
use std::{
    fs,
    path::{Path, PathBuf},
};

const USAGE: &str = "\
usage: ./build.sh new marketplace ID HOST    as in: new marketplace example example.com
       ./build.sh new brand ID NAME          as in: new brand example-watches 'Example Watches'
       ./build.sh new signal CODE            as in: new signal gtin-of-other-goods";

/// Writes the skeleton that the arguments name.
pub fn run(arguments: &[String]) -> Outcome {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["marketplace", id, host] => {
            let id = identifier(id)?;
            write(&root().join("data/marketplaces").join(format!("{id}.toml")), &marketplace(id, host))?;
            page(&format!("{id}/product-ordinary"), host)?;
            next(&format!("fill in selectors from pages you saved, then: cargo run -- data check && cargo test --test pages {id}"))
        }
        ["brand", id, name] => {
            let id = identifier(id)?;
            write(&root().join("data/brands").join(format!("{id}.toml")), &brand(id, name))?;
            next("fill in names, price levels and cases with their sources, then: cargo run -- data check")
        }
        ["signal", code] => {
            let code = identifier(code)?;
            let file = code.replace('-', "_");
            write(&root().join("src/signal").join(format!("{file}.rs")), &signal(code))?;
            next(&format!(
                "name `{file}` in src/signal/mod.rs, weigh `{code}` in data/weights.toml, word it in extension/_locales and data/notices"
            ))
        }
        _ => Err(USAGE.into()),
    }
}

/// Ids are file names, keys and parts of addresses: lower-case letters, digits and hyphens.
fn identifier(id: &str) -> Outcome<&str> {
    let fits =
        id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if fits { Ok(id) } else { Err(format!("'{id}' is no id: lower-case letters, digits and hyphens, beginning with a letter").into()) }
}

fn write(path: &PathBuf, text: &str) -> Outcome {
    if path.exists() {
        return Err(format!("{} is already there", path.display()).into());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)?;
    report(&format!("wrote {}", path.strip_prefix(root()).unwrap_or(path).display()));
    Ok(())
}

fn next(step: &str) -> Outcome {
    report(&format!("next: {step}"));
    Ok(())
}

/// A test page and what is to be read from it.
fn page(case: &str, host: &str) -> Outcome {
    let folder: PathBuf = root().join("tests/pages").join(Path::new(case));
    write(
        &folder.join("page.html"),
        "<!doctype html>\n<html lang=\"en\">\n<title>A kettle</title>\n<h1>A kettle</h1>\n<p class=\"price\">$25.00</p>\n",
    )?;
    let expect = format!("url = \"https://{host}/item/1\"\npage = \"product\"\n\n[[listings]]\ntitle = \"A kettle\"\n");
    write(&folder.join("expect.toml"), &expect)
}

fn marketplace(id: &str, host: &str) -> String {
    format!(
        r#"id = "{id}"
name = "{id}"
# New shops are optional: their host permission is asked for by a click.
install = false
# The first template gives the canonical address; {{}} is the item id.
item = ["https://{host}/item/{{}}"]

[basis]
source = "saved page {host}/product"
date = "YYYY-MM-DD"

[[hosts]]
host = "{host}"
country = "US"
currency = "USD"

[[pages]]
kind = "product"
url = ["/item/*"]
# Outermost elements that hold the page's own offer, and what inside them is not the offer.
regions = ["main"]
exclude = [".recommendations"]
# Beside which element the warning is placed; the first one present is taken.
place = [".price"]

[pages.fields]
title = [{{ at = "h1" }}]
price = [{{ at = ".price" }}]
seller = [{{ at = ".seller" }}]

[[cases]]
url = "https://{host}/item/1"
kind = "product"
item_id = "1"
"#
    )
}

fn brand(id: &str, name: &str) -> String {
    let lower = name.to_lowercase();
    format!(
        r#"id = "{id}"
name = "{name}"
trade = "its trade, such as luxury, sportswear, watches, electronics"
names = ["{lower}"]

[basis]
source = "where the names were taken from"
date = "YYYY-MM-DD"

# Fine categories or model lines, the narrowest first; `@shoes` in a list stands for the words of the goods `shoes` in data/goods. `low` is the lowest usual price of new genuine goods.
[[lines]]
id = "line"
name = "A model line"
any = ["words of the line"]
low = 1.0
typical = 2.0
high = 3.0
currency = "USD"
year = 2026
basis = "editorial"
from = {{ source = "where the prices were taken from", date = "YYYY-MM-DD" }}

[[cases]]
name = "why this case is here"
title = "{name} ..."
price = "2.00"
currency = "USD"
level = "none"
"#
    )
}

fn signal(code: &str) -> String {
    include_str!("signal.template").replace("CODE", code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_no_file_name_is_refused() {
        for id in ["", "A", "a b", "../a", "1a", "ä"] {
            assert!(identifier(id).is_err(), "{id}");
        }
        assert_eq!(identifier("sd-cards-2").unwrap(), "sd-cards-2");
    }
}
