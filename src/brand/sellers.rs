//! The accounts on marketplaces that a brand runs itself.
//!
//! An id is given by the marketplace and is one account's alone. A shown name is chosen by whoever registers it, so it says nothing by itself; it
//! tells whose store it is only where the marketplace marks the store as official.

use crate::lexicon::flatten;
use crate::rules::brand::OfficialSeller;
use serde::{Deserialize, Serialize};

/// One account.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Seller {
    marketplace: String,
    name: String,
    id: Option<String>,
    host: Option<String>,
}

impl Seller {
    pub(super) fn new(seller: &OfficialSeller) -> Self {
        Self {
            marketplace: seller.marketplace.clone(),
            name: flatten(&seller.name),
            id: seller.id.clone(),
            host: seller.host.as_ref().map(|host| host.to_lowercase()),
        }
    }

    /// Whether this is the account `id` on the page's host.
    pub(super) fn is(&self, marketplace: &str, host: Option<&str>, id: &str) -> bool {
        let here = self.host.as_deref().is_none_or(|own| host.is_some_and(|h| belongs(&h.to_lowercase(), own)));
        here && self.marketplace == marketplace && self.id.as_deref() == Some(id)
    }

    /// Whether the account is shown by this name.
    pub(super) fn is_called(&self, marketplace: &str, name: &str) -> bool {
        self.marketplace == marketplace && !self.name.is_empty() && self.name == flatten(name)
    }
}

/// Whether `host` is `domain` or lies under it.
pub(super) fn belongs(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seller(id: Option<&str>, host: Option<&str>) -> Seller {
        Seller::new(&OfficialSeller {
            marketplace: "mall".into(),
            name: "Brand Official Shop".into(),
            id: id.map(Into::into),
            host: host.map(Into::into),
            ..OfficialSeller::default()
        })
    }

    #[test]
    fn an_id_is_one_account_on_its_marketplace_and_host() {
        let anywhere = seller(Some("brand_official"), None);
        assert!(anywhere.is("mall", None, "brand_official"));
        assert!(!anywhere.is("other", None, "brand_official"));
        assert!(!anywhere.is("mall", None, "brand_officia1"));
        assert!(!seller(None, None).is("mall", None, ""));

        let here = seller(Some("brand_official"), Some("mall.vn"));
        assert!(here.is("mall", Some("Mall.vn"), "brand_official"));
        assert!(here.is("mall", Some("www.mall.vn"), "brand_official"));
        for elsewhere in [None, Some("mall.ph"), Some("notmall.vn"), Some("mall.vn.example")] {
            assert!(!here.is("mall", elsewhere, "brand_official"), "{elsewhere:?}");
        }
    }

    #[test]
    fn a_name_is_compared_folded_and_whole() {
        let store = seller(None, None);
        assert!(store.is_called("mall", "BRAND  Official-Shop"));
        assert!(!store.is_called("mall", "Brand Official Shop 2"));
        assert!(!store.is_called("mall", "Brand"));
        assert!(!store.is_called("other", "Brand Official Shop"));
        let nameless = Seller::new(&OfficialSeller { marketplace: "mall".into(), id: Some("1".into()), ..OfficialSeller::default() });
        assert!(!nameless.is_called("mall", ""));
    }
}
