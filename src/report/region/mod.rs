//! What of a text is not the report.
//!
//! In: a report's text. Out: its [`Region`]s in order, without overlap. Marked, not cut, so that offsets
//! always index the original. It does not know the outlets by heart: a rule names a habit of pages, not a page.
//!
//! A text is seen as its lines. Each file says which lines are its kind; the first that claims a line has
//! it, and what stands at the head or the end of a line of the report itself comes last.

mod agency;
mod appeal;
mod byline;
mod correction;
mod dateline;
mod day;
mod habits;
mod heading;
mod lines;
mod metadata;
mod picture;
mod plain;
mod related;

pub use agency::{agency_credits, signatory};
pub(crate) use byline::outlet_name;
pub use day::day_of_head;
pub use metadata::stated_date;

use serde::{Deserialize, Serialize};

use super::Text;
use crate::span::Span;
use lines::Page;

/// A stretch of the text that no line of a record may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Where it is.
    pub span: Span,
}

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionKind {
    /// What the file says about the report (` date 2025-02-18`, a byte order mark).
    Metadata,
    /// The headline, where it stands in the text.
    Title,
    /// A heading between paragraphs.
    Heading,
    /// Who wrote it.
    Byline,
    /// Place and agency at the head of the body: "RIYADH (AP) —".
    Dateline,
    /// "Associated Press contributed to this report".
    Agency,
    /// The outlet's own name on a line: "- The Guardian".
    Outlet,
    /// A request for money, a subscription or a click.
    Appeal,
    /// The standing line of a newsletter or guide.
    Newsletter,
    /// A picture's caption.
    Caption,
    /// A picture's credit.
    Credit,
    /// A link to another report.
    Related,
    /// A time of publication or of update on a line of its own, a reading time, share buttons.
    Stamp,
    /// What the outlet says of its own report: "An earlier version of this report said …".
    Correction,
}

impl RegionKind {
    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            RegionKind::Metadata => "metadata",
            RegionKind::Title => "title",
            RegionKind::Heading => "heading",
            RegionKind::Byline => "byline",
            RegionKind::Dateline => "dateline",
            RegionKind::Agency => "agency",
            RegionKind::Outlet => "outlet",
            RegionKind::Appeal => "appeal",
            RegionKind::Newsletter => "newsletter",
            RegionKind::Caption => "caption",
            RegionKind::Credit => "credit",
            RegionKind::Related => "related",
            RegionKind::Stamp => "stamp",
            RegionKind::Correction => "correction",
        }
    }
}

/// Marks the regions of `text`. Total: a text without furniture has none.
pub fn mark_regions(text: &Text) -> Vec<Region> {
    let string = text.as_str();
    let head = metadata::end(string);
    let mut page = Page::new(string, head);
    habits::mark(&mut page);
    appeal::mark(&mut page);
    picture::mark(&mut page);
    byline::mark(&mut page);
    related::mark(&mut page);
    heading::mark(&mut page);
    let mut regions = Vec::new();
    if head > 0 {
        regions.push(Region { kind: RegionKind::Metadata, span: Span::new(0..head) });
    }
    for line in &page.lines {
        match line.kind {
            Some(kind) => regions.push(Region { kind, span: line.span }),
            None => regions.extend(within(string, line.span)),
        }
    }
    regions
}

/// The regions at the head and at the end of the line of body `span`.
fn within(text: &str, span: Span) -> impl Iterator<Item = Region> {
    let head = dateline::at_head(text, span);
    let region = |kind| move |span| Region { kind, span };
    let correction = correction::at_end(text, span).map(region(RegionKind::Correction));
    let end = correction.or_else(|| agency::at_end(text, span).map(region(RegionKind::Agency)));
    let end = end.filter(|end| head.is_none_or(|head| head.end <= end.span.start));
    head.map(region(RegionKind::Dateline)).into_iter().chain(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(string: &str) -> Vec<(&'static str, String)> {
        let text = Text::new(string);
        mark_regions(&text).iter().map(|r| (r.kind.name(), text.slice(r.span).to_owned())).collect()
    }

    #[test]
    fn a_page_with_all_its_furniture() {
        let page = " date 2031-05-14 Your support keeps us going. Donate now and help our journalism: subscribe today.\n\n\
            LUMBE, Ostrava (Reuters) - The gates of the dam opened on Tuesday, officials said.\n\n\
            The dam at Lumbe, seen from the west bank\n\
            EPA\n\n\
            A way out\n\n\
            “It was time,” said Ana Brit, the minister.\n\n\
            • How the river was lost\n\n\
            The next talks are in June. (Reporting by Jo Ray; Editing by Al Moss)\n\n\
            - The Valley Post";
        let expected = [
            ("metadata", " date 2031-05-14"),
            ("appeal", "Your support keeps us going. Donate now and help our journalism: subscribe today."),
            ("dateline", "LUMBE, Ostrava (Reuters) - "),
            ("caption", "The dam at Lumbe, seen from the west bank"),
            ("credit", "EPA"),
            ("heading", "A way out"),
            ("related", "• How the river was lost"),
            ("agency", "(Reporting by Jo Ray; Editing by Al Moss)"),
            ("outlet", "- The Valley Post"),
        ];
        assert_eq!(marked(page), expected.map(|(kind, words)| (kind, words.to_owned())));
    }

    #[test]
    fn what_an_outlet_says_of_its_report_is_no_part_of_it() {
        let correction = |line: &str| marked(&format!("The gates opened on Tuesday.\n\n{line}"));
        for line in [
            "Correction: The gates opened on Tuesday, not on Monday.",
            "CORRECTION (May 14): The height of the dam was wrong in the third paragraph.",
            "This article was amended on 14 May 2031 to say that the gates opened on Tuesday.",
            "An earlier version of this report said that the gates opened on Monday.",
            "(This story corrects the spelling of Lumbe in paragraph 2)",
        ] {
            assert_eq!(correction(line), [("correction", line.to_owned())]);
        }
        let end = "A previous version of this story gave another day. It was Tuesday.";
        assert_eq!(correction(&format!("The water rose. {end}")), [("correction", end.to_owned())]);
        for line in [
            "The minister said that an earlier version of this plan had been leaked.",
            "This report was revised by the ministry in May.",
            "The correction of the river took ten years.",
            "“Correction is needed here: the dam leaks,” said Moe.",
        ] {
            let found = correction(line);
            assert!(found.iter().all(|(kind, _)| *kind != "correction"), "{found:?}");
        }
    }

    #[test]
    fn a_report_without_furniture_has_no_regions() {
        let report = "The gates of the dam opened on Tuesday, the ministry said.\n\n\
            Farmers had asked for the water since March. “By Monday we had given up,” said one.\n\n\
            By Tuesday night, 40 villages had been supplied, according to The Associated Press.\n\n\
            Follow-up talks are planned for June.\n";
        assert_eq!(marked(report), []);
    }

    proptest! {
        #[test]
        fn regions_are_in_order_and_slice_the_text(
            lines in prop::collection::vec(
                prop_oneof![
                    Just(" date 2031-05-14 ".to_owned()), Just("\u{feff}".to_owned()), Just("\n".to_owned()), Just("\r\n".to_owned()), Just("• ".to_owned()), Just("EPA".to_owned()),
                    Just("(Reuters) - ".to_owned()), Just("LONDON — “".to_owned()), Just("By Ana Brit".to_owned()), Just("©".to_owned()), Just("Read more".to_owned()),
                    Just("(Ana Brit/Pool via AP)".to_owned()), Just("Subscribe to our newsletter ".to_owned()), Just("- The Post".to_owned()),
                    Just("contributed to this report.".to_owned()), Just("ß“é".to_owned()), Just("A way out".to_owned()), Just("(Reporting by é)".to_owned()), "\\PC{0,40}",
                ],
                0..30,
            )
        ) {
            let string = lines.concat();
            let text = Text::new(string.as_str());
            let mut end = 0;
            for region in mark_regions(&text) {
                prop_assert!(end <= region.span.start && !region.span.is_empty());
                prop_assert!(!text.slice(region.span).is_empty());
                end = region.span.end;
            }
            agency_credits(&text, &mark_regions(&text)).iter().for_each(|span| drop(text.slice(*span).to_owned()));
        }
    }
}
