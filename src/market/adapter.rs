//! A marketplace's data file, compiled: every selector and template once, so that reading a page compiles nothing.

use super::address::{self, Items};
use super::extract::Extractor;
use super::template::Template;
use super::{plan, selector};
use crate::report::PageKind;
use crate::rules::marketplace::{self as rules, Field, Kind, Marketplace};
use crate::rules_error::RulesError;
use scraper::Selector;
use std::collections::BTreeMap;
use url::Url;

/// A compiled adapter.
#[derive(Clone, Debug)]
pub(crate) struct Adapter {
    pub(crate) id: String,
    pub(crate) items: Items,
    pub(crate) pages: Vec<Page>,
}

/// A compiled kind of page.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) kind: Kind,
    /// Whether the rules say no more than the addresses.
    pub(crate) bare: bool,
    url: Vec<Template>,
    /// Subtrees of a region that are not the offer.
    pub(crate) exclude: Option<Selector>,
    pub(crate) fields: Fields,
    pub(crate) variants: Option<Several>,
    pub(crate) reviews: Option<Several>,
    pub(crate) assurances: Vec<Assurance>,
}

/// Compiled extractors by field.
#[derive(Clone, Debug)]
pub(crate) struct Fields(Vec<(Field, Vec<Extractor>)>);

/// Compiled things of which a page shows several.
#[derive(Clone, Debug)]
pub(crate) struct Several {
    pub(crate) of: List,
    pub(crate) fields: Fields,
}

/// Where the items of a list are.
#[derive(Clone, Debug)]
pub(crate) enum List {
    /// Elements of the regions.
    Elements(Selector),
    /// Values of a list in the page's state.
    State(String),
}

/// A compiled statement of the shop.
#[derive(Clone, Debug)]
pub(crate) struct Assurance {
    pub(crate) code: String,
    pub(crate) says: Extractor,
    pub(crate) unless: Option<Selector>,
    pub(crate) beside: Vec<(Extractor, String)>,
}

impl Adapter {
    pub(crate) fn new(rules: &Marketplace) -> Result<Self, RulesError> {
        let wrong = |reason: String| RulesError::new(format!("marketplaces/{}.toml", rules.id), reason);
        let items = Items::new(&rules.item, rules.canonical.as_deref()).map_err(wrong)?;
        let page = |(at, page): (usize, &rules::Page)| Page::new(page).map_err(|reason| wrong(format!("pages[{at}]: {reason}")));
        let pages = rules.pages.iter().enumerate().map(page).collect::<Result<_, _>>()?;
        Ok(Self { id: rules.id.clone(), items, pages })
    }

    /// Which kind of page an address belongs to: by its path and query, or by these behind its host.
    pub(crate) fn page(&self, url: &Url) -> Option<usize> {
        let path = address::path_and_query(url);
        let whole = format!("{}{path}", url.host_str().unwrap_or_default());
        self.pages.iter().position(|page| page.url.iter().any(|template| template.fits(&path) || template.fits(&whole)))
    }
}

impl Page {
    fn new(page: &rules::Page) -> Result<Self, String> {
        for list in [&page.regions, &page.exclude, &page.place] {
            for source in list {
                selector::compile(source)?;
            }
        }
        for obstacle in &page.obstacles {
            selector::compile(&obstacle.at)?;
        }
        for state in &page.states {
            selector::compile(&state.script)?;
        }
        for template in &page.url {
            if template.contains(['{', '}', '#']) {
                return Err(format!("page template {template:?}: literals and `*` alone"));
            }
        }
        Ok(Self {
            kind: page.kind,
            bare: plan::is_bare(page),
            exclude: (!page.exclude.is_empty()).then(|| selector::compile(&page.exclude.join(", "))).transpose()?,
            url: page.url.iter().map(|template| Template::path(template)).collect::<Result<_, _>>()?,
            fields: Fields::new(&page.fields)?,
            variants: page.variants.as_ref().map(Several::new).transpose()?,
            reviews: page.reviews.as_ref().map(Several::new).transpose()?,
            assurances: page.assurances.iter().map(Assurance::new).collect::<Result<_, _>>()?,
        })
    }

    /// What the page is called in a report.
    pub(crate) fn report_kind(&self) -> PageKind {
        match self.kind {
            Kind::Product => PageKind::Product,
            Kind::Search => PageKind::Search,
            Kind::Seller => PageKind::Seller,
        }
    }
}

impl Fields {
    fn new(fields: &BTreeMap<Field, Vec<rules::Extractor>>) -> Result<Self, String> {
        let field = |(&field, rules): (&Field, &Vec<rules::Extractor>)| {
            let extractors = rules.iter().map(|rule| Extractor::new(rule).map_err(|reason| format!("{field:?}: {reason}")));
            let mut extractors = extractors.collect::<Result<Vec<_>, _>>()?;
            let mut is_after = false;
            for extractor in &mut extractors {
                extractor.is_spare = is_after && extractor.is_of_product();
                is_after |= !extractor.is_stated();
            }
            Ok::<_, String>((field, extractors))
        };
        Ok(Self(fields.iter().map(field).collect::<Result<_, _>>()?))
    }

    /// A field's extractors in the order in which they are asked.
    pub(crate) fn extractors(&self, field: Field) -> &[Extractor] {
        self.0.iter().find(|(name, _)| *name == field).map_or(&[], |(_, extractors)| extractors)
    }
}

impl Several {
    fn new(rule: &rules::Several) -> Result<Self, String> {
        let of = match &rule.state {
            Some(name) if rule.items.is_empty() => List::State(name.clone()),
            None if !rule.items.is_empty() => List::Elements(selector::compile(&rule.items)?),
            _ => return Err("variants and reviews are found by one of `items` and `state`".into()),
        };
        Ok(Self { of, fields: Fields::new(&rule.fields)? })
    }
}

impl Assurance {
    fn new(rule: &rules::AssuranceRule) -> Result<Self, String> {
        let says = rules::Extractor {
            at: Some(rule.at.clone()),
            attr: rule.attr.clone(),
            templates: rule.templates.clone(),
            ..rules::Extractor::default()
        };
        let wrong = |reason: String| format!("assurance {}: {reason}", rule.code);
        let beside = |(name, value): (&String, &String)| {
            let state = rules::Extractor { state: Some(name.clone()), ..rules::Extractor::default() };
            Ok((Extractor::new(&state).map_err(wrong)?, value.clone()))
        };
        Ok(Self {
            beside: rule.beside.iter().map(beside).collect::<Result<_, String>>()?,
            code: rule.code.clone(),
            says: Extractor::new(&says).map_err(wrong)?.whole(),
            unless: rule.unless.as_deref().map(selector::compile).transpose().map_err(wrong)?,
        })
    }
}
