//! One shop's layout and addresses: `data/marketplaces/*.toml`.
//!
//! Selectors run in the browser and in scraper, on the page and on what was cut from it, so they use type, class, id, attribute, descendant, child and `:not` alone.
//! Patterns are templates: `{}` captures, `{#}` captures digits, `*` is any run of characters, `#` any digit, everything else stands for itself.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::Source;

/// A shop: its hosts, its pages, and what only the shop itself can render there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Marketplace {
    /// Stable id, equal to the file's name.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Whether no page of it was at hand when this was written: it has no selectors, is read by what any shop's pages show, and people are told.
    pub unverified: bool,
    /// Where the layout was learnt.
    pub basis: Source,
    /// Counted up with every change to what is read, so that a note of drift says which rules failed.
    pub version: u32,
    /// Whether the host permission is asked for at installation; otherwise by a click.
    pub install: bool,
    /// The shop's hosts by country.
    pub hosts: Vec<Host>,
    /// Templates of the beginning of an address's path and query, up to its end or one of `/ ? & #`; `{}` captures the item id, `{#}` one of
    /// digits. The first, without `*` and `#`, also gives the canonical form on the host of the address, unless `canonical` does.
    pub item: Vec<String>,
    /// Path and query of the canonical address of an item, with `{}` for its id.
    pub canonical: Option<String>,
    /// The kinds of pages, the first that fits reads the page.
    pub pages: Vec<Page>,
    /// The file's own cases.
    pub cases: Vec<Case>,
}

/// One host of a shop; its subdomains belong to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Host {
    /// Host name without `www.`.
    pub host: String,
    /// ISO 3166-1 alpha-2 country, absent for a shop of many countries.
    pub country: Option<String>,
    /// ISO 4217 currency of a bare symbol on this host.
    pub currency: Option<String>,
}

/// The kind of a page as a data file names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One offer.
    #[default]
    Product,
    /// A list of offers.
    Search,
    /// A seller's own page.
    Seller,
}

/// One kind of page of a shop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Page {
    /// What the page is.
    pub kind: Kind,
    /// Templates that the whole of path and query fits on pages of this kind: literals and `*` alone. One that begins with neither `/` nor `*`
    /// begins with a host (`list.shop.example/*`), and fits there alone.
    pub url: Vec<String>,
    /// Where the facts are: outermost matches are cut out. On a product page they make the offer, on a search page each is a tile.
    /// Never a part of a table (`tr`, `td`, `tbody`), which does not stand alone.
    pub regions: Vec<String>,
    /// Subtrees inside regions that are not the offer: carousels, used offers, advertisements.
    pub exclude: Vec<String>,
    /// For each field its extractors, in the order in which they are asked.
    pub fields: BTreeMap<Field, Vec<Extractor>>,
    /// What the shop itself says for the offer.
    pub assurances: Vec<AssuranceRule>,
    /// State scripts of which values are read.
    pub states: Vec<State>,
    /// Selectors of elements beside which the warning is placed, the first present one is taken; inside the tile on search pages.
    pub place: Vec<String>,
    /// The offer's variants, where each has its own price.
    pub variants: Option<Several>,
    /// A few of the goods' reviews.
    pub reviews: Option<Several>,
    /// What stands in the place of offers; looked for only where no region or nothing in one was found.
    pub obstacles: Vec<ObstacleRule>,
}

/// A fact that an extractor yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the field of `Listing` of the same name")]
pub enum Field {
    Title,
    Url,
    ItemId,
    Brand,
    Price,
    Currency,
    ListPrice,
    Seller,
    SellerId,
    SellerRating,
    SellerRatings,
    SellerPlace,
    ShippedBy,
    ShipsFrom,
    Condition,
    Availability,
    Gtin,
    Mpn,
    Model,
    Rating,
    Ratings,
    Category,
    Stock,
    Sold,
    Image,
    Returns,
    Authenticity,
    Description,
    Sponsored,
    Bid,
    // Of the items of a list alone.
    Name,
    Stars,
    Date,
    Text,
}

/// Things of which a page shows several: variants with `name` and `price`, reviews with `stars`, `date` and `text`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Several {
    /// Selector of the items within the regions.
    pub items: String,
    /// Name of a state value that is the list of the items, in the place of `items`; the fields name what is in an item (`state = "price.now"`).
    pub state: Option<String>,
    /// For each field its extractors, asked within an item.
    pub fields: BTreeMap<Field, Vec<Extractor>>,
}

/// Why a page that should hold offers holds none to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obstacle {
    /// The shop asks whether a person is there.
    #[default]
    RobotCheck,
    /// The shop shows it to those alone who are signed in.
    LoginWall,
    /// A search without results.
    NoResults,
    /// The offer was taken down or never was.
    Gone,
}

/// How an obstacle is recognised.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ObstacleRule {
    /// What it is.
    pub is: Obstacle,
    /// Selector whose presence tells it.
    pub at: String,
}

/// One way to read a fact. Exactly one of `at`, `row`, `state`, `structured`, `meta` says where; `attr` alone reads the region's own element.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Extractor {
    /// Selector of the element whose text is read; the first match with a usable text counts.
    pub at: Option<String>,
    /// Attribute read instead of the text.
    pub attr: Option<String>,
    /// Read only the element's own text nodes, not those of its children.
    pub own_text: bool,
    /// Selector within the element of a price's cents, where they are set apart without a decimal sign.
    pub cents: Option<String>,
    /// A table of properties: the row whose label is one of `labels`.
    pub row: Option<Row>,
    /// Name of a state value. Where it is a list, a search page without tiles has one offer for each of its values.
    pub state: Option<String>,
    /// The state value is a list of named values, of which one is read.
    pub entry: Option<Entry>,
    /// Field of the page's structured product, named like the field of `Listing`.
    pub structured: Option<String>,
    /// Key of a `meta` element (`og:title`), for pages that render nothing else.
    pub meta: Option<String>,
    /// Templates tried in order on the text; the captured part is the value. Empty: the whole text. When none fits, the next extractor is asked.
    pub templates: Vec<String>,
    /// The value itself, where the mere presence of the element says it (`used`, `true`).
    pub is: Option<String>,
    /// Of a price: it is what was bid so far, not what the goods are offered for.
    pub bid: bool,
    /// Of a rating that does not say it: the best there is.
    pub of: Option<u32>,
}

/// A value in a list of such as `{"name": "Brand", "value": "Lumen"}`, however deep in lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// Key of the name.
    pub name: String,
    /// Key of the value.
    pub value: String,
    /// Names in all the shop's languages, compared folded, without a colon.
    pub labels: Vec<String>,
}

/// A labelled row of a property table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Row {
    /// Selector of the rows.
    pub rows: String,
    /// Selector of the label within a row.
    pub label: String,
    /// Selector of the value within a row.
    pub value: String,
    /// Labels in all the shop's languages, compared folded, without a colon.
    pub labels: Vec<String>,
}

/// A statement that only the shop can make.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AssuranceRule {
    /// `sold-by-shop`, `brand-store`, `authenticity-checked`, `official-store`, `official-mall`.
    pub code: String,
    /// Selector of the element that says it, where a seller cannot write.
    pub at: String,
    /// Attribute read instead of the text.
    pub attr: Option<String>,
    /// Templates that the text must fit; empty: any text.
    pub templates: Vec<String>,
    /// Selector whose presence in the offer's regions takes the statement back.
    pub unless: Option<String>,
    /// Values of the page's state that must stand beside it, by name, as texts: the shop's own number for itself, where it shows a name alone.
    pub beside: BTreeMap<String, String>,
    /// Whether the statement is part of the seller's shown name, and a shop that vets names gives such a one to nobody else.
    pub vetted_name: bool,
}

/// A script that holds the page's state as JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct State {
    /// Selector of the script elements looked through.
    pub script: String,
    /// Text after which the JSON begins; empty: the script is JSON. Where it holds a backslash (`\"items\":`) the JSON lies in a text of the
    /// script, and is read as that text says it.
    pub after: String,
    /// Name → path (`data.items[*].title`; `[*]` collects a value for each element, null where it has none).
    pub values: BTreeMap<String, String>,
}

/// A case of the file's own: an address and what the adapter makes of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Case {
    /// An address.
    pub url: String,
    /// The expected kind; absent where the address is none to read.
    pub kind: Option<Kind>,
    /// The expected item id.
    pub item_id: Option<String>,
}
