//! What is to be cut from a page, as plain data: the one description that the content script and the command line both follow.

use super::selector;
use crate::rules::marketplace::{Extractor, Kind, Marketplace, Page, State};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How the pages of one marketplace are cut.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The marketplace's id; absent for shops without an adapter, of which structured data and microdata alone are read.
    pub marketplace: Option<String>,
    /// The kinds of pages; the first that fits the address is cut.
    pub pages: Vec<PlanPage>,
    /// State scripts of which values are read.
    pub states: Vec<PlanState>,
    /// Attributes that are kept besides `id` and `class`.
    pub attributes: Vec<String>,
}

/// How one kind of page is cut. Lists of selectors are joined by commas where their order does not matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanPage {
    /// What the page is.
    pub kind: Kind,
    /// What its regions are: `offer` or `tile`.
    pub role: crate::page::Role,
    /// Templates that the whole of path and query fits, literals and `*` alone.
    pub url: Vec<String>,
    /// Selectors of the regions; empty where the adapter reads the page's state alone.
    pub regions: String,
    /// Selectors of subtrees that are left out, regions inside them too.
    pub exclude: String,
    /// Selectors of the elements that are kept whole inside a region.
    pub picks: String,
    /// Selectors of elements beside which a warning is placed, in the order in which they are tried.
    pub place: Vec<String>,
    /// Selectors whose presence says that the page is none to read.
    pub unreadable: String,
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
    pub fn generic() -> Self {
        Self::default()
    }

    /// The plan of a marketplace.
    pub fn new(rules: &Marketplace) -> Self {
        let mut attributes = BTreeSet::new();
        let pages = rules.pages.iter().map(|page| PlanPage::new(page, &mut attributes)).collect();
        let state = |(page, state): (usize, &State)| PlanState {
            page,
            script: state.script.clone(),
            after: state.after.clone(),
            values: state.values.clone(),
        };
        let states = rules.pages.iter().enumerate().flat_map(|(at, page)| page.states.iter().map(move |state| (at, state)));
        Self {
            marketplace: Some(rules.id.clone()),
            pages,
            states: states.map(state).collect(),
            attributes: attributes.into_iter().collect(),
        }
    }
}

impl PlanPage {
    fn new(page: &Page, attributes: &mut BTreeSet<String>) -> Self {
        let mut picks: Vec<&str> = Vec::new();
        let mut pick = |selector: &'_ str| {
            selector::attributes(selector, attributes);
        };
        for selector in page.regions.iter().chain(&page.exclude).chain(&page.place) {
            pick(selector);
        }
        for extractor in page.fields.values().flatten() {
            for selector in [&extractor.at, &extractor.cents].into_iter().flatten() {
                pick(selector);
            }
            if let Some(row) = &extractor.row {
                [&row.rows, &row.label, &row.value].into_iter().for_each(|selector| pick(selector));
            }
            picks.extend(picked(extractor));
        }
        for rule in &page.assurances {
            for selector in [Some(&rule.at), rule.unless.as_ref()].into_iter().flatten() {
                pick(selector);
                picks.push(selector);
            }
        }
        attributes.extend(page.fields.values().flatten().filter_map(|extractor| extractor.attr.clone()));
        attributes.extend(page.assurances.iter().filter_map(|rule| rule.attr.clone()));
        attributes.retain(|name| name != "id" && name != "class");
        let mut seen = BTreeSet::new();
        picks.retain(|selector| seen.insert(*selector));
        Self {
            kind: page.kind,
            role: if page.kind == Kind::Product { crate::page::Role::Offer } else { crate::page::Role::Tile },
            url: page.url.clone(),
            regions: page.regions.join(", "),
            exclude: page.exclude.join(", "),
            picks: picks.join(", "),
            place: page.place.clone(),
            unreadable: page.unreadable.join(", "),
        }
    }
}

/// The selector of what an extractor reads.
fn picked(extractor: &Extractor) -> Option<&str> {
    extractor.at.as_deref().or(extractor.row.as_ref().map(|row| row.rows.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::marketplace::Field;

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
        assert_eq!(plan.pages[0].picks, "h1, a.link");
        assert_eq!(plan.pages[0].regions, "#a, .tile[data-id]");
        assert_eq!(plan.attributes, ["data-id", "href"]);
        let json = serde_json::to_value(&plan).unwrap();
        assert_eq!(json["pages"][0]["kind"], "product");
        assert_eq!(json["pages"][0]["role"], "offer");
    }
}
