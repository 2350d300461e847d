//! The contract of `touchstone adapter new`: what it writes, that the result reads the pages, and what it refuses.
#![allow(clippy::unwrap_used, reason = "a test's helpers are tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PRODUCT: &str = r#"<!doctype html><html lang=en><title>Oak stool | Shop</title>
<link rel=canonical href="https://www.shop.example/p/oak-stool/104217.html">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Oak stool","brand":{"@type":"Brand","name":"Woodworks"},
"offers":{"@type":"Offer","price":"45.00","priceCurrency":"EUR","seller":{"@type":"Organization","name":"Stool House"}}}</script>
<nav><a>Oak stool</a></nav>
<main class="css-1x9f3ab"><div class="buy-box"><h1 class="css-8f2k1q product-title">Oak stool</h1><span class="brand-link">Woodworks</span>
<s class="price-before">60,00 €</s><b data-testid="price">45,00 €</b></div><aside><a class="seller-name">Stool House</a></aside></main>
<footer>Oak stool 45,00 €</footer></html>"#;

fn results() -> String {
    let tile = |at: usize| {
        format!(
            r#"<li class="result-card" id="r-{at}00001"><a href="/p/thing/{at}00001.html"><h3 class="result-title">A thing with number {at}</h3></a>
            <span class="result-price">{at}9,99 €</span><small>{at}3 reviews</small></li>"#
        )
    };
    format!("<!doctype html><title>Results</title><ul>{}</ul>", (1..9).map(tile).collect::<String>())
}

/// A folder like the repository's, with two saved pages.
fn repository(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("data/marketplaces")).unwrap();
    fs::write(folder.join("product.html"), PRODUCT).unwrap();
    fs::write(folder.join("results.html"), results()).unwrap();
    folder
}

fn new(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_touchstone")).args(["adapter", "new"]).args(arguments).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

const URLS: [&str; 4] = ["--url", "https://www.shop.example/p/oak-stool/104217.html", "--url", "https://www.shop.example/search?q=thing"];

#[test]
fn two_saved_pages_give_an_adapter_that_reads_them() {
    let folder = repository("adapter-two-pages");
    let (status, table, error) = said(&new(&folder, &[&URLS[..], &["shop.example", "product.html", "results.html"]].concat()));
    assert_eq!((status, error.as_str()), (Some(0), ""));
    for line in [
        "product.html: product page, 1 offers",
        "title Oak stool from .product-title",
        "price 45.00 EUR from [data-testid='price']",
        "results.html: search page, 8 offers",
    ] {
        let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(table.contains(line), "{line} in {table}");
    }
    let file = fs::read_to_string(folder.join("data/marketplaces/shop.toml")).unwrap();
    for line in [
        "item = [\"/p/*/{#}.html\"]",
        "install = false",
        "currency = \"EUR\"",
        "brand = [{ at = \".brand-link\" }, { structured = \"brand\" }]",
        "seller = [{ at = \".seller-name\" }, { structured = \"seller\" }]",
        "regions = [\".result-card\"]",
        "url = [{ at = \"a[href]\", attr = \"href\" }]",
    ] {
        assert!(file.contains(line), "{line} in {file}");
    }
    assert!(!file.contains("css-"), "no name that a build makes: {file}");
    let page = fs::read_to_string(folder.join("tests/pages/shop/product-ordinary/page.html")).unwrap();
    assert!(page.contains("<h1 class=\"product-title\">") && !page.contains("Oak stool"), "the structure, not the words: {page}");
    let expect = fs::read_to_string(folder.join("tests/pages/shop/search-ordinary/expect.toml")).unwrap();
    assert_eq!(expect.matches("[[listings]]").count(), 3, "{expect}");
}

#[test]
fn nothing_is_ever_overwritten() {
    let folder = repository("adapter-again");
    let arguments = [&URLS[..2], &["shop.example", "product.html"]].concat();
    assert_eq!(said(&new(&folder, &arguments)).0, Some(0));
    let file = folder.join("data/marketplaces/shop.toml");
    let (status, _, error) = said(&new(&folder, &[&["--id", "other"], &arguments[..]].concat()));
    assert_eq!((status, error.contains("shop.toml names shop.example already")), (Some(1), true), "{error}");
    fs::write(&file, "mine").unwrap();
    let (status, _, error) = said(&new(&folder, &arguments));
    assert_eq!((status, error.contains("shop.toml is already there; nothing was written")), (Some(1), true), "{error}");
    fs::remove_file(&file).unwrap();
    let (status, _, error) = said(&new(&folder, &arguments));
    assert_eq!((status, error.contains("product-ordinary is already there")), (Some(1), true), "{error}");
    assert!(!file.exists());
}

#[test]
fn what_cannot_be_used_is_said() {
    let folder = repository("adapter-refused");
    fs::write(folder.join("words.html"), "<p>Only words.").unwrap();
    fs::write(folder.join("shell.html"), "<meta property=og:type content=product><meta property=og:title content='Oak stool'>").unwrap();
    for (arguments, status, words) in [
        (&["shop.example", "nowhere.html"][..], 1, "nowhere.html cannot be read"),
        (&["shop.example", "words.html"], 1, "--url"),
        (&["--url", "https://shop.example/a", "shop.example", "words.html"], 1, "shows neither an offer nor a list of prices"),
        (&["--url", "https://shop.example/p/12345", "shop.example", "shell.html"], 1, "shell.html shows neither"),
        (&["other.example", "product.html"], 1, "is a page of www.shop.example, not of other.example"),
        (&["--into", "nowhere", "shop.example", "product.html"], 1, "run this in the repository's folder"),
        (&["https://shop.example/", "product.html"], 2, "is no host name"),
        (&["--id", "../up", "shop.example", "product.html"], 2, "is no id"),
        (&["--url", "https://shop.example/a", "shop.example", "product.html", "results.html"], 2, "once for each page"),
        (&["shop.example"], 2, "PAGE"),
    ] {
        let (code, _, error) = said(&new(&folder, arguments));
        assert_eq!(code, Some(status), "{arguments:?}: {error}");
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
    assert_eq!(fs::read_dir(folder.join("data/marketplaces")).unwrap().count(), 0);
}
