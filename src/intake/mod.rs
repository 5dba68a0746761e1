//! What becomes of a report that comes in.
//!
//! In: a [`crate::report::Report`], and what is kept under its name. Out: an [`Intent`]: it is known already, it is
//! new, or its outlet changed it. It carries nothing out, and knows no database: `pipeline` asks and does.

mod decide;
mod identity;

pub use decide::{Digest, Intent, Kept, decide, digest};
pub use identity::{name, split_line};
