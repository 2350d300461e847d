//! Reads a marketplace page, judges its listings for counterfeit risk and drafts the report. Knows no browser.

pub mod embedded;
pub mod listing;
pub mod memory;
pub mod page;
pub mod report;
pub mod rules;
pub mod rules_error;
