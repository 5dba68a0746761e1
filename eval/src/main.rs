//! Measures Rashomon on public data.
fn main() {}
