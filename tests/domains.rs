//! How many domains that impersonate a brand are told by their names, and how many honest ones are taken for such, where lists of both lie beside
//! the repository. The lists are other people's and no part of it; without them the test says that it was skipped.
#![allow(clippy::print_stdout, reason = "a measurement is read where the test ran")]

use std::collections::BTreeMap;
use std::{fs, path::Path};
use touchstone::brand::{Brand, Brands};
use touchstone::domain::{Domains, Use};
use touchstone::{embedded, lexicon::Builder};

/// Of the impersonating domains of brands that are known, the share found beside words of selling or as an imitation.
const LEAST_FOUND: f64 = 0.6;

struct Known {
    brands: Brands,
    domains: Domains,
}

impl Known {
    fn brands(&self) -> impl Iterator<Item = &Brand> {
        (0..).map_while(|at| self.brands.get(at))
    }

    /// The strongest use of any brand's name.
    fn used(&self, host: &str) -> Option<(Use, &Brand)> {
        let label = self.domains.label(host)?;
        let found = self.brands().filter_map(|brand| Some((self.domains.used(&label, brand.domain_names())?, brand)));
        found.filter(|(_, brand)| brand.own_domain(host).is_none()).max_by_key(|(is, _)| *is)
    }

    fn names(&self, host: &str) -> bool {
        let plain: String = host.chars().filter(char::is_ascii_alphanumeric).collect();
        self.brands().flat_map(Brand::domain_names).any(|name| name.len() > 3 && plain.contains(name.as_str()))
    }
}

fn column(file: &Path, at: usize) -> Vec<String> {
    let text = fs::read_to_string(file).expect("the list is there");
    text.lines().skip(1).filter_map(|row| row.split('\t').nth(at)).flat_map(|cell| cell.split('|')).map(str::to_owned).collect()
}

#[test]
fn shops_that_live_of_a_brands_name_are_told_from_honest_ones() {
    let facts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/facts");
    if !facts.join("brand_impersonating_domains.tsv").exists() {
        println!("skipped: no lists of domains at {}", facts.display());
        return;
    }
    let rules = embedded::rules().unwrap();
    let brands = Brands::new(&rules.brands, &rules.goods, &mut Builder::default()).unwrap();
    let known = Known { brands, domains: Domains::new(&rules.domains) };

    let impersonating = column(&facts.join("brand_impersonating_domains.tsv"), 1);
    let of_known: Vec<&String> = impersonating.iter().filter(|host| known.names(host)).collect();
    let mut counts = BTreeMap::<&str, usize>::new();
    for host in &of_known {
        let is = known.used(host).map_or("missed", |(is, _)| is.id());
        println!("{is}\t{host}");
        *counts.entry(is).or_default() += 1;
    }
    let warned = counts.get("sells").unwrap_or(&0) + counts.get("imitates").unwrap_or(&0);
    let share = warned as f64 / of_known.len() as f64;

    let hosts = rules.marketplaces.iter().flat_map(|shop| &shop.hosts).map(|host| host.host.clone());
    let honest: Vec<String> = column(&facts.join("brand_official_domains.tsv"), 4).into_iter().chain(hosts).collect();
    let (mut false_hits, mut importers) = (Vec::new(), 0);
    for host in &honest {
        match known.used(host) {
            Some((Use::Joins, _)) => importers += 1,
            Some((is, brand)) => false_hits.push(format!("{} {host} ({})", is.id(), brand.id)),
            None => {}
        }
    }
    println!(
        "{} impersonating domains, {} of brands that are known: {counts:?}, {:.1} % warned of",
        impersonating.len(),
        of_known.len(),
        100.0 * share
    );
    println!(
        "{} honest domains: {} warned of {false_hits:?}, {importers} name a brand and a country or goods",
        honest.len(),
        false_hits.len()
    );
    assert!(share >= LEAST_FOUND && false_hits.is_empty(), "{share} {false_hits:?}");
}
