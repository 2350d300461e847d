//! The sentences of a notice in one language: `data/notices/*.toml`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A language's sentences. `{name}` marks a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoticeTemplate {
    /// BCP 47 language, equal to the file's name.
    pub language: String,
    /// Other languages that these sentences serve (`zh-CN`).
    pub also: Vec<String>,
    /// Sentence key → sentence.
    pub sentences: BTreeMap<String, String>,
    /// Signal code → sentence that states the observation; `CODE.short` where the values of the full sentence are not known.
    pub signals: BTreeMap<String, String>,
}
