//! One extractor of an adapter, compiled, and how it is asked.

use super::{condition, element, selector, template::Template};
use crate::listing::Price;
use crate::page::Snapshot;
use crate::page::structured::{self, Product};
use crate::page::text::{fold, squeeze};
use crate::rules::marketplace::{self as rules, Field};
use scraper::{ElementRef, Html, Selector};
use serde::Deserialize;
use serde::de::value::{Error as Unknown, StrDeserializer};
use serde_json::Value;
use std::cell::OnceCell;

/// Where one offer's facts are looked for.
pub(crate) struct Offer<'a> {
    /// The regions that make the offer, in order.
    pub(crate) regions: &'a [Html],
    /// What is known of the page as a whole; absent for one tile of many, of which the page as a whole says nothing.
    pub(crate) page: Option<&'a Snapshot>,
    /// Which value of a list in the page's state belongs to the offer.
    pub(crate) index: Option<usize>,
    product: OnceCell<Option<Product>>,
}

impl<'a> Offer<'a> {
    pub(crate) fn new(regions: &'a [Html], page: Option<&'a Snapshot>, index: Option<usize>) -> Self {
        Self { regions, page, index, product: OnceCell::new() }
    }

    /// The product that the page's structured data are about, read once and only when it is asked for.
    pub(crate) fn product(&self) -> Option<&Product> {
        let page = self.page.filter(|_| self.index.is_none())?;
        self.product.get_or_init(|| structured::own_product(page)).as_ref()
    }
}

/// A compiled extractor.
#[derive(Clone, Debug)]
pub(crate) struct Extractor {
    place: Place,
    templates: Vec<Template>,
    is: Option<String>,
    whole: bool,
    /// Whether what it gives was bid and is not asked.
    pub(crate) is_bid: bool,
    /// Whether it reads what the page says to machines, and is asked after one that reads the layout.
    pub(crate) is_spare: bool,
    /// The best of a rating.
    of: Option<u32>,
}

#[derive(Clone, Debug)]
enum Place {
    Element { at: Selector, cents: Option<Selector> },
    Attribute { at: Option<Selector>, name: String },
    OwnText { at: Selector },
    Row { rows: Selector, label: Selector, value: Selector, labels: Vec<String> },
    State(String),
    Entry { state: String, name: String, value: String, labels: Vec<String> },
    Structured(Field),
    Meta(String),
}

impl Extractor {
    pub(crate) fn new(rule: &rules::Extractor) -> Result<Self, String> {
        let templates = rule.templates.iter().map(|template| Template::text(template)).collect::<Result<_, _>>()?;
        Ok(Self { place: Place::new(rule)?, templates, is: rule.is.clone(), whole: false, is_bid: rule.bid, is_spare: false, of: rule.of })
    }

    /// The same extractor, giving the whole of a text that fits a template: the page's own words.
    pub(crate) fn whole(self) -> Self {
        Self { whole: true, ..self }
    }

    /// The name of the state value that it reads.
    pub(crate) fn state(&self) -> Option<&str> {
        match &self.place {
            Place::State(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it reads what the page says to machines and does not show.
    pub(crate) fn is_stated(&self) -> bool {
        matches!(self.place, Place::State(_) | Place::Entry { .. } | Place::Structured(_) | Place::Meta(_))
    }

    /// Whether it reads the product that the page describes to any machine. Single meta elements are some layouts' own microdata.
    pub(crate) fn is_of_product(&self) -> bool {
        matches!(self.place, Place::Structured(_))
    }

    /// The first text that `usable` can use.
    pub(crate) fn find<T>(&self, offer: &Offer<'_>, mut usable: impl FnMut(&str) -> Option<T>) -> Option<T> {
        let mut take = |text: String| self.value(text).and_then(|value| usable(&value));
        match &self.place {
            Place::Element { at, cents } => elements(offer, at).find_map(|element| take(with_cents(element, cents.as_ref()))),
            Place::OwnText { at } => elements(offer, at).find_map(|element| take(element::own_text(element))),
            Place::Attribute { at: Some(at), name } => elements(offer, at).find_map(|element| take(element.attr(name)?.to_owned())),
            Place::Attribute { at: None, name } => offer.regions.iter().find_map(|html| take(top(html)?.attr(name)?.to_owned())),
            Place::Row { rows, label, value, labels } => elements(offer, rows).find_map(|row| {
                let named = element::text(row.select(label).next()?, None);
                let named = fold(named.trim_end_matches([':', '：', ' ']));
                labels.contains(&named).then(|| row.select(value).next()).flatten().and_then(|value| take(element::text(value, None)))
            }),
            Place::State(name) => {
                let value = in_state(offer.page?, name)?;
                match (offer.index, value) {
                    (Some(index), Value::Array(values)) => take(plain(values.get(index)?)?),
                    (Some(_), _) => None,
                    (None, Value::Array(values)) => values.iter().find_map(|value| take(plain(value)?)),
                    (None, value) => take(plain(value)?),
                }
            }
            Place::Entry { state, name, value, labels } => {
                let mut found = Vec::new();
                entries(offer.page?.state.get(state)?, name, labels, DEEPEST_ENTRY, &mut found);
                found.into_iter().find_map(|entry| take(plain(entry.get(value)?)?))
            }
            Place::Structured(field) => take(stated(offer.product()?, *field)?),
            Place::Meta(key) => {
                offer.page?.structured.meta.iter().filter(|(name, _)| name == key).find_map(|(_, content)| take(content.clone()))
            }
        }
    }

    /// A price that needs no reading, because the page states it to machines.
    pub(crate) fn stated_price(&self, offer: &Offer<'_>) -> Option<Price> {
        match self.place {
            Place::Structured(Field::Price) => offer.product()?.price.clone(),
            Place::Structured(Field::ListPrice) => offer.product()?.list_price.clone(),
            _ => None,
        }
    }

    /// What a text says: the part that a template captures, or the extractor's own value.
    fn value(&self, text: String) -> Option<String> {
        let text = squeeze(&text);
        let text = match self.templates.as_slice() {
            [] => text,
            templates if self.whole => templates.iter().any(|template| template.fits(&text)).then_some(text)?,
            templates => templates.iter().find_map(|template| template.capture(&text))?,
        };
        let text = match self.of {
            Some(best) => format!("{text}/{best}"),
            None => text,
        };
        Some(self.is.clone().unwrap_or(text))
    }
}

impl Place {
    fn new(rule: &rules::Extractor) -> Result<Self, String> {
        let only = |cases: [bool; 5]| cases.iter().filter(|&&case| case).count() <= 1;
        if !only([rule.at.is_some(), rule.row.is_some(), rule.state.is_some(), rule.structured.is_some(), rule.meta.is_some()]) {
            return Err("an extractor has exactly one of `at`, `row`, `state`, `structured`, `meta`".into());
        }
        if let Some(row) = &rule.row {
            return Ok(Self::Row {
                rows: selector::compile(&row.rows)?,
                label: selector::compile(&row.label)?,
                value: selector::compile(&row.value)?,
                labels: row.labels.iter().map(|label| fold(label)).collect(),
            });
        }
        match (&rule.state, &rule.entry) {
            (Some(state), Some(rules::Entry { name, value, labels })) => {
                let labels = labels.iter().map(|label| fold(label)).collect();
                return Ok(Self::Entry { state: state.clone(), name: name.clone(), value: value.clone(), labels });
            }
            (Some(name), None) => return Ok(Self::State(name.clone())),
            (None, Some(_)) => return Err("an `entry` is one of a list, whose `state` names it".into()),
            (None, None) => {}
        }
        if let Some(field) = &rule.structured {
            return Ok(Self::Structured(named(field)?));
        }
        if let Some(key) = &rule.meta {
            return Ok(Self::Meta(key.clone()));
        }
        let at = rule.at.as_deref().map(selector::compile).transpose()?;
        match (at, &rule.attr) {
            (at, Some(name)) => Ok(Self::Attribute { at, name: name.clone() }),
            (Some(at), None) if rule.own_text => Ok(Self::OwnText { at }),
            (Some(at), None) => Ok(Self::Element { at, cents: rule.cents.as_deref().map(selector::compile).transpose()? }),
            (None, None) => Err("an extractor needs one of `at`, `attr`, `row`, `state`, `structured`, `meta`".into()),
        }
    }
}

/// The elements of an offer that match, region by region. Asked of the root: `Html::select` also finds what was taken out of the tree.
pub(crate) fn elements<'a>(offer: &'a Offer<'_>, at: &'a Selector) -> impl Iterator<Item = ElementRef<'a>> {
    offer.regions.iter().flat_map(move |html| html.root_element().select(at))
}

/// The region's own element.
fn top(html: &Html) -> Option<ElementRef<'_>> {
    html.root_element().child_elements().next()
}

/// A price whose cents stand apart without a decimal sign gets one.
fn with_cents(element: ElementRef<'_>, cents: Option<&Selector>) -> String {
    let Some(cents) = cents else { return element::text(element, None) };
    let digits = |text: String| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match element.select(cents).map(|cents| digits(element::text(cents, None))).find(|digits| !digits.is_empty()) {
        Some(digits) => {
            let whole = element::text(element, Some(cents));
            // The sign of the currency may follow the whole part.
            let end = whole.rfind(|c: char| c.is_ascii_digit()).map_or(whole.len(), |at| at + 1);
            format!("{}.{digits}{}", &whole[..end], &whole[end..].trim_start_matches(['.', ',']))
        }
        _ => element::text(element, None),
    }
}

/// A value of the page's state by its name; of an item of a list also by the path in it (`price.now`).
fn in_state<'a>(page: &'a Snapshot, name: &str) -> Option<&'a Value> {
    page.state.get(name).or_else(|| {
        let mut path = name.split('.');
        let first = page.state.get(path.next()?)?;
        path.try_fold(first, |value, key| value.get(key))
    })
}

/// Lists of named values lie in lists of their groups, no deeper.
const DEEPEST_ENTRY: usize = 4;

/// The objects in a list, and in the lists in it, whose name is one of the labels.
fn entries<'a>(value: &'a Value, name: &str, labels: &[String], depth: usize, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) if depth > 0 => values.iter().for_each(|value| entries(value, name, labels, depth - 1, found)),
        Value::Object(entry) => {
            let named = entry.get(name).and_then(plain).map(|named| fold(named.trim_end_matches([':', '：', ' '])));
            found.extend(named.filter(|named| labels.contains(named)).map(|_| value));
        }
        _ => {}
    }
}

/// A state value as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("true".into()),
        _ => None,
    }
}

/// The fields that structured data can hold.
const STATED: [Field; 15] = [
    Field::Title,
    Field::Url,
    Field::ItemId,
    Field::Brand,
    Field::Price,
    Field::Currency,
    Field::ListPrice,
    Field::Seller,
    Field::Condition,
    Field::Availability,
    Field::Gtin,
    Field::Rating,
    Field::Category,
    Field::Image,
    Field::Description,
];

/// The field of a structured product that a data file names.
fn named(field: &str) -> Result<Field, String> {
    let known = Field::deserialize(StrDeserializer::<Unknown>::new(field)).ok();
    known.filter(|field| STATED.contains(field)).ok_or_else(|| {
        format!(
            "structured {field:?} is no field of a product; title, brand, price, list_price, currency, seller, condition, availability, gtin, \
             rating, category, description, image, url and item_id are"
        )
    })
}

/// A field of the page's structured product as text.
fn stated(product: &Product, field: Field) -> Option<String> {
    match field {
        Field::Title => product.name.clone(),
        Field::Url => product.url.clone(),
        Field::ItemId => product.sku.clone(),
        Field::Brand => product.brand.clone(),
        Field::Currency => product.price.as_ref()?.currency.clone(),
        Field::Seller => product.seller.clone(),
        Field::Condition => product.condition.map(|condition| condition::name(condition).to_owned()),
        Field::Gtin => product.gtin.clone(),
        Field::Rating => product.rating.map(|rating| rating.to_string()),
        Field::Category => product.category.clone(),
        Field::Description => product.description.clone(),
        Field::Availability => product.availability.clone(),
        Field::Image => product.images.first().cloned(),
        _ => None,
    }
}
