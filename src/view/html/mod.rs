//! The reading as one page that needs nothing else.
//!
//! In: a [`Reading`] and the reports that it is of. Out: HTML: the record on one side, the reports on the other,
//! every line a link to its words. The reports are untrusted: all that they say is escaped by the template, and
//! the page's policy lets nothing run or load but what stands here. It works without its script, as plain links.

mod policy;
mod segments;
mod timeline;

use std::collections::BTreeMap;

use askama::Template;

use crate::record::{Evidence, Reading, RefusalSummary};
use crate::report::Report;

use super::legend::{Cite, Legend, Source};
use super::story::{Cell, RowView, StoryView};
use segments::Paragraph;
use timeline::Timeline;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("page.js");

/// How many lines of a list stand open; the others fold out.
const OPEN_LINES: usize = 12;

/// The matrix has at most about this many cells: more would make a page that no browser scrolls well.
const MOST_CELLS: usize = 20_000;

/// The longest evidence that a footnote repeats, in characters.
const NOTE_CHARACTERS: usize = 320;

/// The page.
#[derive(Template)]
#[template(path = "page.html")]
struct PageView<'a> {
    title: &'a str,
    policy: String,
    style: &'static str,
    script: &'static str,
    stories: Vec<(StoryView<'a>, Option<Timeline<'a>>)>,
    papers: Vec<Paper<'a>>,
    notes: Vec<Cite<'a>>,
    refusals: &'a [RefusalSummary],
    legend: Legend<'a>,
    numbers: BTreeMap<&'a Evidence, usize>,
}

/// A report as it is shown.
struct Paper<'a> {
    source: Source<'a>,
    /// Index of its story.
    story: usize,
    paragraphs: Vec<Paragraph<'a>>,
}

impl Paper<'_> {
    /// Whether the headline stands in the text itself.
    fn has_title(&self) -> bool {
        self.paragraphs.iter().any(|p| p.region == Some("title"))
    }
}

/// `reading` as a page, with the texts of `reports`.
pub fn render(reading: &Reading, reports: &[Report]) -> Result<String, askama::Error> {
    let legend = Legend::new(reading);
    let stories: Vec<StoryView> = reading.stories.iter().map(|s| StoryView::new(s, &legend)).collect();
    let notes = notes(&stories);
    let numbers = notes.iter().enumerate().map(|(n, cite)| (cite.evidence, n + 1)).collect();
    let page = PageView {
        title: reading.stories.first().map_or("Rashomon", |s| &s.title),
        policy: policy::of(STYLE, SCRIPT),
        style: STYLE,
        script: SCRIPT,
        papers: papers(&stories, reports, &legend, &notes),
        stories: stories.into_iter().map(|s| (Timeline::draw(&s), s)).map(|(t, s)| (s, t)).collect(),
        notes,
        refusals: &reading.refusals,
        numbers,
        legend,
    };
    page.render()
}

/// All evidence of the page, each once, in the order in which the page names it.
fn notes<'a>(stories: &[StoryView<'a>]) -> Vec<Cite<'a>> {
    let mut seen = BTreeMap::new();
    let all = stories.iter().flat_map(StoryView::cites);
    all.filter(|cite| seen.insert(cite.evidence, ()).is_none()).collect()
}

fn papers<'a>(
    stories: &[StoryView<'a>],
    reports: &'a [Report],
    legend: &Legend<'a>,
    notes: &[Cite<'a>],
) -> Vec<Paper<'a>> {
    let texts: BTreeMap<&str, &Report> = reports.iter().map(|r| (r.id.as_str(), r)).collect();
    let mut evidence: Vec<Vec<&Evidence>> = vec![Vec::new(); legend.sources.len()];
    for cite in notes {
        evidence[cite.source].push(cite.evidence);
    }
    let mut nearest: Vec<Vec<&Evidence>> = vec![Vec::new(); legend.sources.len()];
    for cite in stories.iter().flat_map(StoryView::nearest) {
        nearest[cite.source].push(cite.evidence);
    }
    let mut story_of = vec![0; legend.sources.len()];
    for (n, story) in stories.iter().enumerate() {
        for source in &story.sources {
            story_of[*source] = n;
        }
    }
    let of_source = |(i, source): (usize, &Source<'a>)| {
        let report = texts.get(source.report.id.as_str())?;
        Some(Paper {
            source: source.clone(),
            story: story_of[i],
            paragraphs: segments::paragraphs(report, &source.tag, &evidence[i], &nearest[i]),
        })
    };
    legend.sources.iter().enumerate().filter_map(of_source).collect()
}

impl<'a> PageView<'a> {
    fn source(&self, cite: &Cite) -> &Source<'a> {
        &self.legend.sources[cite.source]
    }

    /// The id of the anchor at the words that are cited.
    fn key(&self, cite: &Cite) -> String {
        segments::key(&self.source(cite).tag, cite.evidence)
    }

    fn number(&self, cite: &Cite) -> usize {
        self.numbers.get(cite.evidence).copied().unwrap_or(0)
    }

    /// The anchor of the first of `cites`; where there is none, the top of the page.
    fn first(&self, cites: &[Cite]) -> String {
        cites.first().map(|c| self.key(c)).unwrap_or_default()
    }

    fn exact(&self, cite: &Cite) -> String {
        let exact = cite.evidence.exact();
        match exact.char_indices().nth(NOTE_CHARACTERS) {
            Some((end, _)) => format!("{} …", exact.get(..end).unwrap_or(exact)),
            None => exact.to_owned(),
        }
    }

    /// The rows of the matrix that are shown, and those that are not.
    fn rows<'t>(&self, story: &'t StoryView<'a>) -> (&'t [RowView<'a>], &'t [RowView<'a>]) {
        let most = (MOST_CELLS / story.sources.len().max(1)).max(OPEN_LINES);
        story.matrix.split_at(most.min(story.matrix.len()))
    }

    /// The lines that stand open, and those that fold out.
    fn folded<'t, T>(&self, lines: &'t [T]) -> (&'t [T], &'t [T]) {
        let few = lines.len() <= OPEN_LINES + 3;
        lines.split_at(if few { lines.len() } else { OPEN_LINES })
    }
}

#[cfg(test)]
mod tests;
