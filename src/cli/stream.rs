//! The filters: `rashomon annotate`, `group` and `text`, a line of JSON for each report.
//!
//! `text` holds one report at a time and `annotate` a few, one core each; `group` needs all of them to know their stories.

use std::ops::ControlFlow;

use serde::Serialize;

use crate::annotate::Model;
use crate::pipeline;
use crate::report::{PublishedAt, Report};
use crate::view::annotation::AnnotationLine;

use super::Outcome;
use super::args::FilterArgs;
use super::output::{self, Output};

/// A line of `rashomon text`.
#[derive(Serialize)]
struct TextLine<'a> {
    source: &'a str,
    id: &'a str,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    published_at: Option<String>,
    outlet: Option<&'a str>,
    language: Option<&'a str>,
    text: String,
}

/// A line of `rashomon group`.
#[derive(Serialize)]
struct GroupLine<'a> {
    id: &'a str,
    story: &'a str,
}

/// How many reports `annotate` holds, so that every core has work.
const HELD: usize = 64;

/// Prints the layers of each report.
pub fn annotate(args: &FilterArgs, model: Model) -> anyhow::Result<Outcome> {
    let annotator = model.annotator();
    let mut held = Vec::with_capacity(HELD);
    let print = |out: &mut Output, held: &mut Vec<Report>| -> anyhow::Result<()> {
        for (report, layers) in held.iter().zip(pipeline::annotate(held, annotator)) {
            out.write_line(&AnnotationLine::new(report, &layers, annotator.name()))?;
        }
        held.clear();
        Ok(())
    };
    let outcome = each(args, |out, report| {
        held.push(report);
        if held.len() == HELD { print(out, &mut held) } else { Ok(()) }
    })?;
    print(&mut Output::stdout(), &mut held)?;
    Ok(outcome)
}

/// Prints the text of each report without what is not the report.
pub fn text(args: &FilterArgs) -> anyhow::Result<Outcome> {
    each(args, |out, report| {
        out.write_line(&TextLine {
            source: &report.source,
            id: &report.id,
            title: report.title.as_deref(),
            byline: report.byline(),
            published_at: report.published_at.map(PublishedAt::edtf),
            outlet: report.outlet.as_deref(),
            language: report.language.as_deref(),
            text: report.body(),
        })
    })
}

/// Prints the story of each report.
pub fn group(args: &FilterArgs) -> anyhow::Result<Outcome> {
    let reading = pipeline::inputs::collect_with(&args.paths, &args.web.fetcher());
    reading.refusals.iter().for_each(output::refuse);
    let stories = pipeline::stories(&reading.reports, Model::KEPT.annotator());
    let mut out = Output::stdout();
    for (report, story) in reading.reports.iter().zip(&stories) {
        out.write_line(&GroupLine { id: &report.id, story })?;
    }
    Ok(Outcome::of(reading.reports.len(), reading.refusals.len()))
}

fn each(
    args: &FilterArgs,
    mut print: impl FnMut(&mut Output, Report) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut out = Output::stdout();
    let (mut reports, mut refusals) = (0, 0);
    let mut result = Ok(());
    pipeline::inputs::each_with(&args.paths, &args.web.fetcher(), &mut |item| match item {
        Ok(report) => {
            reports += 1;
            result = print(&mut out, report);
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        }
        Err(refusal) => {
            refusals += 1;
            output::refuse(&refusal);
            ControlFlow::Continue(())
        }
    });
    result.map(|()| Outcome::of(reports, refusals))
}
