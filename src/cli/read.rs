//! `rashomon read`.

use crate::annotate::Rules;
use crate::pipeline;
use crate::report::Report;
use crate::view;

use super::Outcome;
use super::args::{Format, ReadOptions};
use super::output::{self, Output};

/// Reads the paths and prints the record of their stories.
pub fn run(options: ReadOptions) -> anyhow::Result<Outcome> {
    let pipeline::Outcome { reading, accounts } = pipeline::read_with(&options.paths, &options.web, &Rules);
    for refusal in &reading.refusals {
        output::refuse_named(&refusal.source, &refusal.message);
    }
    let outcome = Outcome::of(reading.reports.len(), reading.refusals.len());
    // A program wants its object also where nothing was read; a person has read the reasons already.
    if outcome == Outcome::NothingRead && options.format != Format::Json {
        return Ok(outcome);
    }
    let page = match options.format {
        Format::Text => view::text::render(&reading, options.look),
        Format::Json => view::json::render(&reading)?,
        Format::Html => {
            let reports: Vec<Report> = accounts.into_iter().map(|a| a.report).collect();
            view::html::render(&reading, &reports)?
        }
    };
    Output::open(options.output.as_deref())?.write(&page)?;
    Ok(outcome)
}
