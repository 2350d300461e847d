//! Reads a marketplace page, judges its listings for counterfeit risk and drafts the report. Knows no browser.

pub mod brand;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod embedded;
pub mod engine;
pub mod lexicon;
pub mod listing;
pub mod market;
pub mod memory;
pub mod notice;
mod order;
pub mod page;
pub mod report;
pub mod rules;
pub mod rules_error;
pub mod signal;
pub mod subject;
pub mod verdict;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod words;
