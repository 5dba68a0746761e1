//! How a reading looks.
