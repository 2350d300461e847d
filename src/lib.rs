//! Reads a marketplace page, judges its listings for counterfeit risk and drafts the report. Knows no browser.

mod aging;
mod alerts;
pub mod brand;
pub mod carried;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod day;
pub mod domain;
#[cfg(not(target_arch = "wasm32"))]
pub mod embedded;
pub mod engine;
pub mod lexicon;
pub mod listing;
pub mod market;
pub mod memory;
pub mod neighbours;
pub mod notice;
mod order;
mod packed;
pub mod page;
pub mod report;
pub mod reviews;
pub mod rules;
pub mod rules_error;
mod sales;
pub mod signal;
pub mod subject;
pub mod terms;
pub mod verdict;
#[cfg(target_arch = "wasm32")]
pub mod web;
mod weights;
pub mod words;
