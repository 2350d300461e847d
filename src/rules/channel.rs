//! Where a shopper can report: `data/channels/*.toml`.

use serde::{Deserialize, Serialize};

use super::Source;

/// The channels of one marketplace, country or brand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChannelFile {
    /// Equal to the file's name.
    pub id: String,
    /// The channels, best first.
    pub channels: Vec<Channel>,
    /// ISO 3166-1 alpha-2 countries whose buyers can rest a notice on Article 16 of Regulation (EU) 2022/2065.
    pub notice_law: Vec<String>,
}

/// One way to report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Channel {
    /// Stable id within the file.
    pub id: String,
    /// Name for display, in the channel's own language.
    pub name: String,
    /// Marketplace id it serves; absent: any.
    pub marketplace: Option<String>,
    /// ISO 3166-1 alpha-2 countries of the buyer it serves; empty: any.
    pub countries: Vec<String>,
    /// Whether it is for goods that can hurt, beside the shop's or the country's own way.
    pub can_hurt: bool,
    /// How it is reached.
    pub method: Method,
    /// Selectors of the control on the shop's page, for `control`.
    pub selectors: Vec<String>,
    /// Texts of the control on the shop's page, compared folded, for `control`.
    pub texts: Vec<String>,
    /// The address, for `form` and `email`. Opened only with grade A or B.
    pub address: Option<String>,
    /// What to do in words, by language, for `help` and beside the others.
    pub words: Vec<Words>,
    /// BCP 47 languages in which the channel takes notices; empty: any.
    pub languages: Vec<String>,
    /// Whether an account is needed.
    pub login: bool,
    /// What the channel asks for.
    pub asks: Vec<String>,
    /// How well the fact is confirmed.
    pub grade: Grade,
    /// Where it comes from.
    pub basis: Source,
}

/// Words in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// BCP 47 language.
    pub language: String,
    /// One or two sentences.
    pub text: String,
}

/// How a channel is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// A control on the listing's own page.
    Control,
    /// A web form.
    Form,
    /// An e-mail address.
    Email,
    /// The shop's help, described in words alone.
    #[default]
    Help,
}

/// How well a channel is confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// The platform's or authority's own text.
    A,
    /// A reputable third party.
    B,
    /// A weak how-to page.
    C,
    /// Memory only: never shown as a link.
    #[default]
    M,
}
