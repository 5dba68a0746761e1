//! Measures Rashomon on public data.

mod times;

fn main() -> anyhow::Result<()> {
    println!("{}", times::score(std::path::Path::new("../shared/data/meantime"))?);
    Ok(())
}
