//! What the fuzzer begins with: the pages of `tests/pages` and the data files, each as the targets of `fuzz/targets.rs` take it.

use crate::{Outcome, report, root};
use std::{
    fs,
    path::{Path, PathBuf},
};
use touchstone::{
    carried::Carried,
    cli::cut::cut,
    embedded,
    memory::Memory,
    notice::Context,
    page::{Role, Snapshot},
};

/// Stands between the parts of an input: a byte that is in no text.
const BREAK: u8 = 0xff;

/// The folders of data files, each with the letter of its kind.
const DATA: [(&str, char); 7] =
    [("marketplaces", 'm'), ("brands", 'b'), ("goods", 'g'), ("words", 'w'), ("channels", 'c'), ("notices", 'n'), ("alerts", 'a')];
const SINGLE: [(&str, char); 6] =
    [("generic", 'x'), ("countries", 'y'), ("domains", 'd'), ("rates", 'r'), ("sales", 's'), ("weights", 'e')];

/// Writes `fuzz/corpus/TARGET`, which is the fuzzer's own to add to.
pub fn write() -> Outcome {
    let out = Seeds { folder: root().join("fuzz/corpus") };
    let core = Carried::new(embedded::rules()?)?;
    let mut records = Vec::new();
    for (name, case) in cases(&root().join("tests/pages"))? {
        let expected = fs::read_to_string(case.join("expect.toml"))?;
        let Some(url) = expected.lines().find_map(|line| line.strip_prefix("url = \"")?.strip_suffix('"')) else { continue };
        let page = fs::read(case.join("page.html"))?;
        out.put("page", &name, &[url.as_bytes(), &page].join(&BREAK))?;
        let text = String::from_utf8_lossy(&page);
        for (at, script) in text.split("<script").skip(1).filter_map(|rest| rest.split_once('>')?.1.split_once("</script>")).enumerate() {
            out.put("state", &format!("{name}-{at}"), &joined([url, script.0]))?;
        }
        let Ok(snapshot) = cut(&page, Some(url), core.engine.markets()) else { continue };
        out.put("snapshot", &name, &joined(parts(&snapshot)))?;
        out.put("structured", &name, &joined(&snapshot.structured.json_ld))?;
        let report = core.engine.inspect(&snapshot, &Memory::default());
        if let Some(judged) = report.listings.first() {
            let listing = &judged.listing;
            let price = listing.price.as_ref().and_then(|price| price.shown.clone());
            let seen = [Some("en".into()), Some("DE".into()), Some(url.into()), listing.title.clone(), listing.seller.clone()];
            let more =
                [listing.item_id.clone(), listing.brand.clone(), price.clone(), listing.description.clone(), listing.category.clone()];
            let all: Vec<String> = seen.into_iter().chain(more).map(Option::unwrap_or_default).collect();
            out.put("notice", &name, &joined(all))?;
            let currency = listing.price.as_ref().and_then(|price| price.currency.clone()).unwrap_or_default();
            if let Some(price) = price {
                out.put("price", &name, &joined(["US", &currency, "en", &price]))?;
            }
            let context = Context { language: "en".into(), country: Some("DE".into()), now: "2026-11-22T09:30:00Z".into() };
            records.push(core.desk()?.draft(&report, 0, &context)?);
        }
    }
    for (at, some) in records.chunks(4).enumerate() {
        out.put("ledger", &at.to_string(), &serde_json::to_vec(some)?)?;
    }
    for (folder, kind) in DATA {
        for entry in fs::read_dir(root().join("data").join(folder))? {
            out.file(kind, &entry?.path())?;
        }
    }
    for (file, kind) in SINGLE {
        out.file(kind, &root().join("data").join(file).with_extension("toml"))?;
    }
    report(&format!("seeds: {}", out.folder.display()));
    Ok(())
}

struct Seeds {
    folder: PathBuf,
}

impl Seeds {
    fn put(&self, target: &str, name: &str, input: &[u8]) -> Outcome {
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join(name), input)?)
    }

    fn file(&self, kind: char, path: &Path) -> Outcome {
        let name = format!("{kind}-{}", path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default());
        self.put("rules", &name, format!("{kind}{}", fs::read_to_string(path)?).as_bytes())
    }
}

/// Texts as one input.
fn joined<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> Vec<u8> {
    let parts: Vec<Vec<u8>> = parts.into_iter().map(|part| part.as_ref().as_bytes().to_vec()).collect();
    parts.join(&BREAK)
}

/// Every case with a name of its own.
fn cases(pages: &Path) -> Outcome<Vec<(String, PathBuf)>> {
    let mut cases = Vec::new();
    for shop in fs::read_dir(pages)? {
        let shop = shop?;
        for case in fs::read_dir(shop.path())? {
            let case = case?;
            cases.push((format!("{}-{}", shop.file_name().to_string_lossy(), case.file_name().to_string_lossy()), case.path()));
        }
    }
    cases.sort();
    Ok(cases)
}

/// A snapshot in parts: the address, then each with the letter of its kind.
fn parts(snapshot: &Snapshot) -> Vec<String> {
    let role = |role| if role == Role::Tile { 't' } else { 'o' };
    let regions = snapshot.regions.iter().map(|region| format!("{}{}", role(region.role), region.html));
    let structured = &snapshot.structured;
    let json = structured.json_ld.iter().map(|text| format!("j{text}"));
    let microdata = structured.microdata.iter().map(|text| format!("m{text}"));
    let meta = structured.meta.iter().map(|(key, value)| format!("n{key}={value}"));
    let canonical = structured.canonical.iter().map(|address| format!("c{address}"));
    let state = snapshot.state.iter().map(|(key, value)| format!("s{key}={value}"));
    [snapshot.url.clone()].into_iter().chain(regions).chain(json).chain(microdata).chain(meta).chain(canonical).chain(state).collect()
}
