//! The one value that crosses from a page to the core.
//!
//! A content script (or, for saved files, the command line) cuts it from the page by the plan of the shop's adapter. Everything in it was
//! written by a stranger: no length, nesting, encoding or order may be relied on.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was cut from one page: a few tens of kilobytes, never the whole page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Snapshot {
    /// The page's full address. It alone decides which adapter reads the page.
    pub url: String,
    /// `lang` of the root element, as written.
    pub language: Option<String>,
    /// The document's title.
    pub title: Option<String>,
    /// The regions in document order. A region never lies inside another.
    pub regions: Vec<Region>,
    /// What stands on the page in the place of offers.
    pub obstacle: Option<crate::rules::marketplace::Obstacle>,
    /// What the page says about itself to machines.
    pub structured: Structured,
    /// Values picked from state scripts, by the name that the adapter gives them.
    pub state: BTreeMap<String, serde_json::Value>,
    /// Whether something was left out because the page passed a limit.
    pub truncated: bool,
}

/// One part of the page that an adapter names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Region {
    /// What the adapter takes it for.
    pub role: Role,
    /// The region's outer HTML, reduced to the elements that the adapter picks, their content, and the elements that enclose them up to
    /// the region's own. Scripts, styles, SVG, comments, excluded subtrees and unread attributes are gone.
    pub html: String,
}

/// What a region is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Part of the page's own offer; all regions of this role make one listing.
    Offer,
    /// One of many offers on a results page; each makes a listing.
    Tile,
    /// Something about the page as a whole (an empty result, a robot check, a seller's name).
    Page,
}

/// Machine-readable statements of the page, unparsed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Structured {
    /// The text of each `application/ld+json` script.
    pub json_ld: Vec<String>,
    /// `meta` elements that carry `property`, `name` or `itemprop`, as (key, content), in order, repeats kept.
    pub meta: Vec<(String, String)>,
    /// `link rel=canonical`.
    pub canonical: Option<String>,
    /// Outer HTML of `itemscope` elements of schema.org products, reduced like a region. Only for pages without an adapter.
    pub microdata: Vec<String>,
}
