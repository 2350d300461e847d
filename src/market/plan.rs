//! What is to be cut from a page, as plain data: the one description that the content script and the command line both follow.

use super::generic::NAMING_ATTRIBUTES;
use super::narrow::{is_inside, is_within};
use super::selector::{self, Vocabulary};
use crate::rules::generic::{Generic, Hints};
use crate::rules::marketplace::{Extractor, Kind, Marketplace, Obstacle, Page, State};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How the pages of one marketplace are cut.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The marketplace's id; absent for shops without an adapter.
    pub marketplace: Option<String>,
    /// The kinds of pages; the first that fits the address is cut. None: no layout is known, and microdata are read.
    pub pages: Vec<PlanPage>,
    /// State scripts of which values are read.
    pub states: Vec<PlanState>,
}

/// How one kind of page is cut. Each selector of `regions`, `wholes` and `heads` stands alone, none is a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanPage {
    /// What the page is.
    pub kind: Kind,
    /// What its regions are: `offer` or `tile`.
    pub role: crate::page::Role,
    /// Templates that the whole of path and query fits, literals and `*` alone.
    pub url: Vec<String>,
    /// Selectors of the regions; empty where the adapter reads the page's state alone.
    pub regions: Vec<String>,
    /// Selectors of subtrees that are left out, regions inside them too; joined by commas.
    pub exclude: String,
    /// Selectors of the elements that are kept whole inside a region.
    pub wholes: Vec<String>,
    /// Selectors of the elements of which attributes are read or whose presence tells something, each with the attributes that are kept:
    /// they are kept without their content.
    pub heads: Vec<(String, Vec<String>)>,
    /// Those of `exclude` that look at attributes which are not kept: only the page itself can tell.
    pub pruned: String,
    /// Attributes that are kept of the regions' own elements, besides `id` and `class`.
    pub attributes: Vec<String>,
    /// Attributes that are kept of the elements between, besides `id` and `class`.
    pub between: Vec<String>,
    /// Ids and class names that a selector asks for; others may be left out. Absent: all are kept.
    pub names: Option<Vec<String>>,
    /// Substrings of ids and class names that a selector asks for.
    pub parts: Vec<String>,
    /// Whether what the page says to machines is read.
    pub structured: bool,
    /// Selectors of elements beside which a warning is placed, in the order in which they are tried.
    pub place: Vec<String>,
    /// What stands in the place of offers, by selector; looked for only where no region or nothing in one was found.
    pub obstacles: Vec<(String, Obstacle)>,
    /// What is looked for where no adapter says where the facts are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marks: Option<Marks>,
    /// Whether the adapter says of these pages no more than their addresses.
    #[serde(skip)]
    pub bare: bool,
}

/// Whether an adapter says of pages of this kind no more than their addresses, so that they are cut and read like those of any shop.
pub(super) fn is_bare(page: &Page) -> bool {
    page.regions.is_empty()
        && page.fields.is_empty()
        && page.states.is_empty()
        && page.assurances.is_empty()
        && page.variants.is_none()
        && page.reviews.is_none()
}

/// How facts are found on a page of which nothing is known. The patterns are alternatives without anything else of regular expressions, so that
/// browsers and the command line read them alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Marks {
    /// Selectors of product cards, which are regions of their own.
    pub tiles: Vec<String>,
    /// Elements with longer texts are not kept whole, in UTF-16 units.
    pub longest: usize,
    /// In a text that may hold a price.
    pub amounts: String,
    /// Names of facts, at the beginning of a text.
    pub labels: String,
    /// The whole text of a control that buys.
    pub buttons: String,
}

impl Marks {
    fn new(generic: &Generic) -> Self {
        Self {
            tiles: generic.tile.regions.clone(),
            longest: generic.longest,
            amounts: alternatives(generic.signs.iter()),
            labels: alternatives(generic.labels.values().flatten()),
            buttons: alternatives(generic.buttons.iter()),
        }
    }
}

/// A pattern of literal texts, the longest first.
fn alternatives<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    let mut texts: Vec<&str> = texts.map(|text| text.trim_end()).collect();
    texts.sort_by_key(|text| (std::cmp::Reverse(text.len()), *text));
    texts.dedup();
    let mut pattern = String::new();
    for text in texts {
        if !pattern.is_empty() {
            pattern.push('|');
        }
        for c in text.chars() {
            if "\\.+*?()|[]{}^$/".contains(c) {
                pattern.push('\\');
            }
            pattern.push(c);
        }
    }
    pattern
}

/// A state script of one kind of page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanState {
    /// Index into the plan's pages.
    pub page: usize,
    /// Selector of the scripts looked through.
    pub script: String,
    /// Text after which the JSON begins; empty: the script is JSON.
    pub after: String,
    /// Name → path.
    pub values: BTreeMap<String, String>,
}

impl Plan {
    /// The plan of a shop without an adapter.
    pub fn generic(rules: &Generic) -> Self {
        let page = PlanPage::generic(rules);
        let states = rules.page.states.iter().map(|state| PlanState::new(0, state)).collect();
        Self { marketplace: None, pages: vec![page], states }
    }

    /// The same plan with pages of which the adapter says no more than their addresses cut like those of any shop.
    pub fn completed(mut self, rules: &Generic) -> Self {
        if self.pages.is_empty() {
            return Self { marketplace: self.marketplace, ..Self::generic(rules) };
        }
        for at in 0..self.pages.len() {
            if self.pages[at].bare {
                let page = &mut self.pages[at];
                *page = PlanPage { kind: page.kind, url: std::mem::take(&mut page.url), ..PlanPage::generic(rules) };
                self.states.extend(rules.page.states.iter().map(|state| PlanState::new(at, state)));
            }
        }
        self
    }

    /// The plan of a marketplace.
    pub fn new(rules: &Marketplace) -> Self {
        let states = rules.pages.iter().enumerate().flat_map(|(at, page)| page.states.iter().map(move |state| (at, state)));
        Self {
            marketplace: Some(rules.id.clone()),
            pages: rules.pages.iter().map(|page| PlanPage::new(page).narrowed()).collect(),
            states: states.map(|(at, state)| PlanState::new(at, state)).collect(),
        }
    }
}

impl PlanState {
    fn new(page: usize, state: &State) -> Self {
        Self { page, script: state.script.clone(), after: state.after.clone(), values: state.values.clone() }
    }
}

impl PlanPage {
    fn generic(rules: &Generic) -> Self {
        let (page, tile) = (Self::new(&rules.page), Self::new(&rules.tile));
        let naming = || NAMING_ATTRIBUTES.into_iter().map(str::to_owned);
        let with = |attributes: Vec<String>| -> Vec<String> {
            attributes.into_iter().chain(naming()).collect::<BTreeSet<_>>().into_iter().collect()
        };
        // Links of cards are no facts elsewhere.
        let of_tiles = rules
            .tile
            .regions
            .iter()
            .flat_map(|region| tile.heads.iter().map(move |(head, attributes)| (format!("{region} {head}"), attributes.clone())));
        let buy = rules.buy.iter().filter_map(|rule| Some((rule.at.clone()?, Vec::new())));
        let heads = page.heads.iter().cloned().chain(of_tiles).chain(buy);
        let hints: [&Hints; 5] = [&rules.earlier, &rules.beside, &rules.price, &rules.current, &rules.title];
        let words = hints.into_iter().flat_map(|hints| &hints.words).flat_map(|word| [word.clone(), capitalised(word)]);
        let parts: BTreeSet<String> = words.chain(page.parts.iter().cloned()).chain(tile.parts).collect();
        // A page's own classes say nothing about what lies in it.
        let inside = |selectors: Vec<&String>| {
            selectors.into_iter().map(|part| format!("{part}:not(html):not(body)")).collect::<Vec<_>>().join(", ")
        };
        let pruned = rules.page.exclude.iter().filter(|selector| Vocabulary::of(selector).has_attributes()).collect();
        Self {
            exclude: inside(rules.page.exclude.iter().collect()),
            pruned: inside(pruned),
            heads: heads.map(|(head, attributes)| (head, with(attributes))).collect(),
            wholes: each_once(page.wholes.iter().chain(&tile.wholes).map(String::as_str).collect()),
            attributes: with(page.attributes.into_iter().chain(tile.attributes).collect()),
            between: with(page.between),
            names: page.names.zip(tile.names).map(|(page, tile)| page.into_iter().chain(tile).collect()),
            parts: parts.into_iter().collect(),
            structured: true,
            marks: Some(Marks::new(rules)),
            ..page
        }
    }

    /// The same without selectors whose matches others bring: what is kept whole holds all that lies in it.
    fn narrowed(mut self) -> Self {
        self.wholes = needed(self.wholes, |whole, other| is_inside(other, whole));
        self.heads.retain(|(head, _)| !self.wholes.iter().any(|whole| is_inside(head, whole)));
        self.heads = needed(self.heads, |(head, attributes), (other, others)| {
            is_within(other, head) && others.iter().all(|attribute| attributes.contains(attribute))
        });
        self
    }

    fn new(page: &Page) -> Self {
        let mut words = Vocabulary::default();
        let mut wholes: Vec<String> = Vec::new();
        let mut heads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let attribute = |name: &Option<String>| name.clone().filter(|name| name != "id" && name != "class");
        let mut region = Vocabulary::default();
        page.regions.iter().for_each(|selector| region.read(selector));
        region.attributes.extend(page.fields.values().flatten().filter(|one| one.at.is_none()).filter_map(|one| attribute(&one.attr)));
        for extractor in page.fields.values().flatten() {
            let inside = extractor.row.iter().flat_map(|row| [&row.label, &row.value]);
            inside.chain(&extractor.cents).for_each(|selector| words.read(selector));
            let Some(picked) = extractor.at.as_ref().or(extractor.row.as_ref().map(|row| &row.rows)) else { continue };
            words.read(picked);
            let is_present = extractor.is.is_some() && extractor.templates.is_empty();
            for single in selector::each(picked).into_iter().map(str::to_owned) {
                if extractor.attr.is_some() || is_present {
                    heads.entry(single).or_default().extend(attribute(&extractor.attr));
                } else {
                    wholes.push(single);
                }
            }
        }
        for several in [&page.variants, &page.reviews].into_iter().flatten().filter(|several| several.state.is_none()) {
            for item in selector::each(&several.items) {
                for extractor in several.fields.values().flatten() {
                    let within = extractor.at.as_ref().map_or_else(Vec::new, |at| selector::each(at));
                    let mut asked: Vec<String> = within.into_iter().map(|inner| format!("{item} {inner}")).collect();
                    if asked.is_empty() {
                        asked.push(item.to_owned());
                    }
                    asked.iter().for_each(|selector| words.read(selector));
                    match attribute(&extractor.attr) {
                        Some(name) => asked.into_iter().for_each(|one| heads.entry(one).or_default().extend([name.clone()])),
                        None => wholes.extend(asked),
                    }
                }
            }
        }
        for rule in &page.assurances {
            rule.unless.iter().chain([&rule.at]).for_each(|selector| words.read(selector));
            for single in rule.unless.iter().flat_map(|unless| selector::each(unless)).map(str::to_owned) {
                heads.entry(single).or_default();
            }
            for single in selector::each(&rule.at).into_iter().map(str::to_owned) {
                match attribute(&rule.attr) {
                    Some(name) => heads.entry(single).or_default().extend([name]),
                    None => wholes.push(single),
                }
            }
        }
        for (selector, attributes) in &mut heads {
            attributes.extend(Vocabulary::of(selector).attributes);
        }
        region.attributes.extend(wholes.iter().flat_map(|selector| Vocabulary::of(selector).between));
        // What is left out by attributes that are kept anyway can be told from what was cut.
        let (excluded, pruned): (Vec<_>, Vec<_>) = page.exclude.iter().partition(|selector| {
            let own = Vocabulary::of(selector);
            own.attributes.union(&own.between).all(|attribute| words.between.contains(attribute))
        });
        excluded.iter().for_each(|selector| words.read(selector));
        words.names.extend(region.names);
        words.parts.extend(region.parts);
        let stated = |extractor: &Extractor| extractor.structured.is_some() || extractor.meta.is_some();
        let wholes = each_once(wholes.iter().map(String::as_str).collect());
        let heads = heads.into_iter().filter(|(head, _)| !wholes.contains(head));
        Self {
            kind: page.kind,
            role: if page.kind == Kind::Product { crate::page::Role::Offer } else { crate::page::Role::Tile },
            url: page.url.clone(),
            regions: each_once(page.regions.iter().flat_map(|list| selector::each(list)).collect()),
            exclude: page.exclude.join(", "),
            heads: heads.map(|(head, attributes)| (head, attributes.into_iter().collect())).collect(),
            wholes,
            pruned: pruned.into_iter().map(String::as_str).collect::<Vec<_>>().join(", "),
            attributes: region.attributes.into_iter().collect(),
            between: words.between.into_iter().collect(),
            names: (!words.as_wholes && !region.as_wholes).then(|| words.names.into_iter().collect()),
            parts: words.parts.into_iter().collect(),
            // Of lists too: what they say to machines is the last resort.
            structured: !page.regions.is_empty() || page.fields.values().flatten().any(stated),
            place: page.place.clone(),
            obstacles: page.obstacles.iter().map(|rule| (rule.at.clone(), rule.is)).collect(),
            marks: None,
            bare: is_bare(page),
        }
    }
}

/// The items that no other one makes needless; of those that make each other needless the first.
fn needed<T>(items: Vec<T>, makes_needless: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let is_needed = |at: usize| {
        let others = items.iter().enumerate().filter(|&(other, _)| other != at);
        !others.into_iter().any(|(other, by)| makes_needless(by, &items[at]) && (other < at || !makes_needless(&items[at], by)))
    };
    let keep: Vec<bool> = (0..items.len()).map(is_needed).collect();
    items.into_iter().zip(keep).filter_map(|(item, is_needed)| is_needed.then_some(item)).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The selectors, each once.
fn each_once(selectors: Vec<&str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    selectors.into_iter().filter(|selector| seen.insert(*selector)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::marketplace::Field;

    #[test]
    fn what_another_selector_brings_is_not_asked_for() {
        let at = |at: &str, attr: Option<&str>| Extractor { at: Some(at.into()), attr: attr.map(Into::into), ..Extractor::default() };
        let page = Page {
            regions: vec![".tile".into()],
            fields: BTreeMap::from([
                (Field::Title, vec![at("h2.short", None), at("h2", None), at(".a.b", None), at(".b.a", None)]),
                (
                    Field::Url,
                    vec![
                        at("a.link[href]", Some("href")),
                        at("a[href]", Some("href")),
                        at("h2 a", Some("href")),
                        at("a.link", Some("title")),
                    ],
                ),
            ]),
            ..Page::default()
        };
        let plan = Plan::new(&Marketplace { id: "x".into(), pages: vec![page], ..Marketplace::default() });
        assert_eq!(plan.pages[0].wholes, ["h2", ".a.b"]);
        let heads: Vec<&str> = plan.pages[0].heads.iter().map(|(head, _)| head.as_str()).collect();
        assert_eq!(heads, ["a.link", "a[href]"]);
    }

    #[test]
    fn a_plan_names_every_pick_once_and_every_attribute_that_is_read() {
        let at = |at: &str, attr: Option<&str>| Extractor { at: Some(at.into()), attr: attr.map(Into::into), ..Extractor::default() };
        let page = Page {
            regions: vec!["#a".into(), ".tile[data-id]".into()],
            fields: BTreeMap::from([
                (Field::Title, vec![at("h1", None)]),
                (Field::Url, vec![at("a.link", Some("href")), at("h1", None)]),
                (Field::ItemId, vec![Extractor { attr: Some("data-id".into()), ..Extractor::default() }]),
            ]),
            ..Page::default()
        };
        let plan = Plan::new(&Marketplace { id: "x".into(), pages: vec![page], ..Marketplace::default() });
        let page = &plan.pages[0];
        assert_eq!((page.wholes.clone(), page.heads.clone()), (vec!["h1".into()], vec![("a.link".into(), vec!["href".into()])]));
        assert_eq!(page.regions, ["#a", ".tile[data-id]"]);
        assert_eq!(page.attributes, ["data-id"]);
        assert_eq!(page.names, Some(vec!["a".into(), "link".into(), "tile".into()]));
        assert!(page.between.is_empty() && page.structured);
        let json = serde_json::to_value(&plan).unwrap();
        assert_eq!(json["pages"][0]["kind"], "product");
        assert_eq!(json["pages"][0]["role"], "offer");
    }
}
