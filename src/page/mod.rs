//! What a browser page holds, before any shop's layout is known: the [`Snapshot`] that crosses from the page to the core, and
//! the readers that serve every shop (structured data, prices, identifiers, text folding).

pub mod count;
pub(crate) mod decimal;
pub mod identifiers;
pub(crate) mod normal;
pub mod price;
pub mod quantity;
pub mod snapshot;
pub mod structured;
pub mod text;

pub use snapshot::{Region, Role, Snapshot, Structured};
