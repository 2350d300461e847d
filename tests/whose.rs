//! Whose goods does a title offer? `tests/whose` holds titles in many languages with the answer: `own.toml` was written beside the rules,
//! `frozen.toml` by somebody who had not seen them, and says how well they do on what they do not know. The bar is that 95 % of those are told
//! rightly; the floors below are what is reached.
//!
//! Every peer that warns of copies stumbles here: a case for a phone, a scent "inspired by" another and a poster of a bag all name the brand.
#![allow(clippy::unwrap_used, reason = "a test's helpers are tests")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use touchstone::brand::Relation;
use touchstone::embedded;
use touchstone::engine::Engine;
use touchstone::listing::Listing;

/// The group of all titles of a file.
const ALL: &str = "all";

#[derive(Deserialize)]
struct Titles {
    title: Vec<Titled>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titled {
    /// BCP 47.
    language: String,
    title: String,
    brand_field: Option<String>,
    category: Option<String>,
    /// The id of the brand that the answer is about.
    about: String,
    relation: String,
    /// For whoever reads a miss.
    why: String,
}

/// How many titles were answered, and how.
#[derive(Default)]
struct Count {
    all: u32,
    /// The very relation was found.
    right: u32,
    /// Told rightly whether the goods are the brand's own, which is all that a warning depends on.
    own_or_not: u32,
    /// Taken for the brand's own although they are not: what may raise a false alarm.
    taken: u32,
}

impl Count {
    fn share(&self, part: u32) -> f64 {
        f64::from(part) / f64::from(self.all.max(1)) * 100.0
    }
}

fn titles(file: &str) -> Vec<Titled> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/whose").join(file);
    let titles: Titles = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    titles.title
}

fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::Theirs => "theirs",
        Relation::ForTheirs => "for-theirs",
        Relation::LikeTheirs => "like-theirs",
        Relation::Mentioned => "mentioned",
    }
}

/// Answers every title of a file and prints what was missed, where asked to. A brand that is not found is one that is at most mentioned.
fn answered(file: &str, misses: bool) -> Count {
    let engine = Engine::new(embedded::rules().unwrap()).unwrap();
    let mut by: BTreeMap<String, Count> = BTreeMap::new();
    for one in titles(file) {
        let listing = Listing {
            title: Some(one.title.clone()),
            brand: one.brand_field.clone(),
            category: one.category.clone(),
            ..Listing::default()
        };
        let found = engine.whose(&listing);
        let answer = found.filter(|(brand, _)| *brand == one.about).map_or("mentioned", |(_, relation)| word(relation));
        let right = answer == one.relation;
        let taken = found.is_some_and(|(_, relation)| relation == Relation::Theirs) && one.relation != "theirs";
        for group in [ALL, &one.language, &one.relation] {
            let count = by.entry(group.to_owned()).or_default();
            count.all += 1;
            count.right += u32::from(right);
            count.own_or_not += u32::from((answer == "theirs") == (one.relation == "theirs"));
            count.taken += u32::from(taken);
        }
        if !right && misses {
            println!(
                "{:<12} {:<12} {:?} {} [{}] ({}; {})",
                one.relation,
                answer,
                found.map(|(brand, _)| brand),
                one.title,
                one.language,
                one.about,
                one.why
            );
        }
    }
    for (what, count) in &by {
        let [right, own_or_not, taken] = [count.right, count.own_or_not, count.taken].map(|part| count.share(part));
        println!(
            "{file}, {what:<12} {right:5.1} % of {:3}; own or not {own_or_not:5.1} %; taken for the brand's own {taken:5.1} %",
            count.all
        );
    }
    by.remove(ALL).unwrap()
}

/// Written beside the rules, so the figure says that they do what they were made for, no more. Its misses are printed, to be mended.
#[test]
fn titles_that_the_rules_know_are_told_apart() {
    let count = answered("own.toml", true);
    assert!(count.share(count.right) >= 97.0);
    assert!(count.share(count.taken) <= 1.0);
}

/// Its misses are not printed: rules made after them would know what it asks.
#[test]
fn titles_written_without_sight_of_the_rules_are_told_apart() {
    let count = answered("frozen.toml", false);
    // Reached so far; the bar is 95.
    assert!(count.share(count.right) >= 87.0);
    assert!(count.share(count.taken) <= 3.2);
}
