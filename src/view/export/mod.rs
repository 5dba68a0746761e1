//! What is kept as rows, for other programs.
//!
//! In: reports and records as they are kept. Out: rows, and each as a line of CSV, JSON Lines or ninjs, or together as
//! Parquet. It does not know which were asked for, nor where they go.

pub mod csv;
pub mod ninjs;
#[cfg(feature = "parquet")]
pub mod parquet;
mod rows;

pub use rows::{ClaimRow, QuotationRow, ReportRow, Row};
