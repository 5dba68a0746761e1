//! The filters: `rashomon annotate`, `group` and `text`, a line of JSON for each report.
//!
//! `text` holds one report at a time and `annotate` a few, one core each; `group` needs all of them to know their stories.

use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::Serialize;

use crate::annotate::Model;
use crate::pipeline;
use crate::report::{PublishedAt, RegionKind, Report};
use crate::view::annotation::AnnotationLine;

use super::Outcome;
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
pub fn annotate(paths: &[PathBuf], model: Model) -> anyhow::Result<Outcome> {
    let annotator = model.annotator();
    let mut held = Vec::with_capacity(HELD);
    let print = |out: &mut Output, held: &mut Vec<Report>| -> anyhow::Result<()> {
        for (report, layers) in held.iter().zip(pipeline::annotate(held, annotator)) {
            out.write_line(&AnnotationLine::new(report, &layers, annotator.name()))?;
        }
        held.clear();
        Ok(())
    };
    let outcome = each(paths, |out, report| {
        held.push(report);
        if held.len() == HELD { print(out, &mut held) } else { Ok(()) }
    })?;
    print(&mut Output::stdout(), &mut held)?;
    Ok(outcome)
}

/// Prints the text of each report without what is not the report.
pub fn text(paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    each(paths, |out, report| {
        out.write_line(&TextLine {
            source: &report.source,
            id: &report.id,
            title: report.title.as_deref(),
            byline: report.byline(),
            published_at: report.published_at.map(PublishedAt::edtf),
            outlet: report.outlet.as_deref(),
            language: report.language.as_deref(),
            text: body(&report),
        })
    })
}

/// Prints the story of each report.
pub fn group(paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    let reading = pipeline::inputs::collect(paths);
    reading.refusals.iter().for_each(output::refuse);
    let stories = pipeline::stories(&reading.reports, Model::KEPT.annotator());
    let mut out = Output::stdout();
    for (report, story) in reading.reports.iter().zip(&stories) {
        out.write_line(&GroupLine { id: &report.id, story })?;
    }
    Ok(Outcome::of(reading.reports.len(), reading.refusals.len()))
}

fn each(
    paths: &[PathBuf],
    mut print: impl FnMut(&mut Output, Report) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut out = Output::stdout();
    let (mut reports, mut refusals) = (0, 0);
    let mut result = Ok(());
    pipeline::inputs::each(paths, &mut |item| match item {
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

/// The report's text without its regions, one line for each paragraph. Headings and the dateline stay: a
/// reader would miss them.
fn body(report: &Report) -> String {
    let text = report.text.as_str();
    let mut body = String::with_capacity(text.len());
    let mut from = 0;
    let stays = |kind| matches!(kind, RegionKind::Heading | RegionKind::Dateline);
    for region in report.regions.iter().filter(|r| !stays(r.kind)) {
        body.push_str(text.get(from..region.span.start as usize).unwrap_or_default());
        from = from.max(region.span.end as usize);
    }
    body.push_str(text.get(from..).unwrap_or_default());
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Region, Text};
    use crate::span::Span;

    #[test]
    fn the_body_is_what_no_region_holds() {
        let text = "Title\n\nBy Ann\nOSLO (AP) — It rained – a lot.\nShare this\nStill.";
        let region = |kind, words: &str| {
            let start = text.find(words).expect(words);
            Region { kind, span: Span::new(start..start + words.len()) }
        };
        let report = Report {
            id: "a".to_owned(),
            source: "a.txt".to_owned(),
            outlet: None,
            title: None,
            url: None,
            published_at: None,
            language: None,
            credits: vec![],
            text: Text::new(text),
            regions: vec![
                region(RegionKind::Title, "Title"),
                region(RegionKind::Byline, "By Ann"),
                region(RegionKind::Dateline, "OSLO (AP) —"),
                region(RegionKind::Stamp, "Share this"),
            ],
            remarks: vec![],
        };
        assert_eq!(body(&report), "OSLO (AP) — It rained – a lot.\nStill.");
    }
}
