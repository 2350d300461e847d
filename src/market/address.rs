//! Addresses: which shop a host belongs to, and which item an address shows.

use super::template::{self, Template};
use url::Url;

/// A shop's address forms, compiled.
#[derive(Clone, Debug)]
pub(crate) struct Items {
    templates: Vec<Template>,
    canonical: String,
}

impl Items {
    /// Compiles the templates of an adapter.
    pub(crate) fn new(sources: &[String], canonical: Option<&str>) -> Result<Self, String> {
        let templates = sources.iter().map(|source| Template::address(source)).collect::<Result<Vec<_>, _>>()?;
        if let Some(at) = templates.iter().position(|template| !template.captures()) {
            return Err(format!("item template {:?} captures no id with `{{}}`", sources[at]));
        }
        let canonical = canonical.or(sources.first().map(String::as_str)).unwrap_or_default().replace("{#}", "{}");
        if canonical.contains(['*', '#']) {
            return Err(format!(
                "item template {canonical:?} comes first and so gives the canonical address, for want of `canonical`: it may not hold `*` or `#`"
            ));
        }
        Ok(Self { templates, canonical })
    }

    /// The item that an address shows.
    pub(crate) fn id(&self, url: &Url) -> Option<String> {
        let path = path_and_query(url);
        self.templates.iter().find_map(|template| template.capture(&path))
    }

    /// The canonical address of an item on a host.
    pub(crate) fn canonical(&self, host: &str, id: &str) -> Option<String> {
        (!self.canonical.is_empty()).then(|| format!("https://{host}{}", template::fill(&self.canonical, id)))
    }
}

/// What templates of pages and items are compared with.
pub(crate) fn path_and_query(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

/// The host and each domain above it, the most particular first: `www.a.co.uk`, `a.co.uk`, `co.uk`, `uk`.
pub(crate) fn suffixes(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, rest)| rest))
}

/// Longer addresses are those of counters of clicks, and may have been cut on their way.
const LONGEST: usize = 2_000;

/// Whether an address is as long as what is kept of one.
pub(super) fn may_be_cut(address: &str) -> bool {
    address.chars().nth(LONGEST - 1).is_some()
}

/// An address of the page, absolute and without a fragment.
pub(crate) fn resolve(base: Option<&Url>, address: &str) -> Option<Url> {
    if may_be_cut(address) {
        return None;
    }
    let mut url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_may_have_been_cut_is_none() {
        let long = |length: usize| format!("/{}", "x".repeat(length - 1));
        let base = Url::parse("https://shop.example/").ok();
        assert!(resolve(base.as_ref(), &long(LONGEST - 1)).is_some());
        assert!(resolve(base.as_ref(), &long(LONGEST)).is_none());
    }

    #[test]
    fn an_item_is_found_and_its_address_made_short() {
        let items = Items::new(&["/dp/{}".into(), "*/gp/product/{}".into(), "*/dp/{}".into()], None).unwrap();
        let url = Url::parse("https://www.a.com/Thing-With-Name/dp/B01?th=1").unwrap();
        assert_eq!(items.id(&url).as_deref(), Some("B01"));
        assert_eq!(items.canonical("www.a.com", "B01").as_deref(), Some("https://www.a.com/dp/B01"));
        assert_eq!(items.id(&Url::parse("https://www.a.com/help").unwrap()), None);
    }

    #[test]
    fn templates_that_cannot_serve_are_refused() {
        assert!(Items::new(&["/dp/*".into()], None).is_err());
        assert!(Items::new(&["*/dp/{}".into()], None).is_err());
    }

    #[test]
    fn only_web_addresses_are_addresses() {
        let base = Url::parse("https://www.a.com/x").ok();
        assert_eq!(resolve(base.as_ref(), "javascript:void(0)"), None);
        assert_eq!(resolve(base.as_ref(), "/dp/1#y").unwrap().as_str(), "https://www.a.com/dp/1");
    }
}
