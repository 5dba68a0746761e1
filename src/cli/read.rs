//! `rashomon read`.

use crate::pipeline::{self, Grouping};
use crate::report::Report;
use crate::view;

use super::Outcome;
use super::args::{Format, ReadOptions, Show};
use super::output::{self, Output};

/// Reads the paths and prints the record of their stories.
pub fn run(options: ReadOptions) -> anyhow::Result<Outcome> {
    let grouping = if options.one_story { Grouping::OneStory } else { Grouping::ByEvent };
    let read = pipeline::read_with(&options.paths, &options.web, options.model.annotator(), grouping);
    for refusal in &read.reading.refusals {
        output::refuse_named(&refusal.source, &refusal.message);
    }
    let outcome = Outcome::of(read.reading.reports.len(), read.reading.refusals.len());
    // A program wants its object also where nothing was read; a person has read the reasons already.
    if outcome == Outcome::NothingRead && options.show.format != Format::Json {
        return Ok(outcome);
    }
    show(read, options.show)?;
    Ok(outcome)
}

/// Prints a reading.
pub fn show(outcome: pipeline::Outcome, show: Show) -> anyhow::Result<()> {
    let pipeline::Outcome { reading, accounts } = outcome;
    let page = match show.format {
        Format::Text => view::text::render(&reading, show.look),
        Format::Json => view::json::render(&reading)?,
        Format::Html => {
            let reports: Vec<Report> = accounts.into_iter().map(|a| a.report).collect();
            view::html::render(&reading, &reports)?
        }
    };
    Output::open(show.output.as_deref())?.write(&page)
}
