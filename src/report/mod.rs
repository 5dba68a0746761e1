//! One report: what an outlet published, as it was read.
//!
//! In: decoded text and what the source said about it. Out: [`Report`], with the regions that are not
//! the report itself marked, never cut. It does not know where the bytes came from, nor what the words mean.

mod date;
mod region;
mod text;

pub use date::PublishedAt;
pub(crate) use region::outlet_name;
pub use region::{Region, RegionKind, agency_credits, day_of_head, mark_regions, signatory, stated_date};
pub use text::Text;

use crate::span::Span;

/// One report of one outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Unique within a run and stable from run to run: the given id, or the file's stem.
    pub id: String,
    /// Where it was read: a path, or `path:line` for a line of a JSON Lines file.
    pub source: String,
    /// The outlet's name, where the source or the text itself says it.
    pub outlet: Option<String>,
    /// The headline, where the source gives it apart from the text.
    pub title: Option<String>,
    /// Its address, where the source gives it.
    pub url: Option<String>,
    /// When it was published, where the source or the text itself says it.
    pub published_at: Option<PublishedAt>,
    /// BCP 47 tag of the detected language.
    pub language: Option<String>,
    /// Names of news agencies that the text credits, as spans.
    pub credits: Vec<Span>,
    /// The words, frozen.
    pub text: Text,
    /// What of the text is not the report, in order and without overlap.
    pub regions: Vec<Region>,
    /// What went wrong in reading it without making it unreadable, for the record's `limits`
    /// ("decoded as windows-1252").
    pub remarks: Vec<String>,
}

impl Report {
    /// The words that `span` marks.
    pub fn slice(&self, span: Span) -> &str {
        self.text.slice(span)
    }

    /// The kind of the region that `span` overlaps, if it overlaps one.
    pub fn region_at(&self, span: Span) -> Option<RegionKind> {
        let first = self.regions.partition_point(|r| r.span.end <= span.start);
        self.regions.get(first).filter(|r| r.span.overlaps(span)).map(|r| r.kind)
    }

    /// The text without its regions, one line for each paragraph. Headings and the dateline stay: a reader
    /// would miss them.
    pub fn body(&self) -> String {
        let text = self.text.as_str();
        let mut body = String::with_capacity(text.len());
        let mut from = 0;
        let stays = |kind| matches!(kind, RegionKind::Heading | RegionKind::Dateline);
        for region in self.regions.iter().filter(|r| !stays(r.kind)) {
            body.push_str(text.get(from..region.span.start as usize).unwrap_or_default());
            from = from.max(region.span.end as usize);
        }
        body.push_str(text.get(from..).unwrap_or_default());
        let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Whether it is in English, as far as its language is known.
    pub fn may_be_english(&self) -> bool {
        self.language.as_deref().is_none_or(|language| language == "en")
    }

    /// The byline, if the text has one.
    pub fn byline(&self) -> Option<&str> {
        self.regions.iter().find(|r| r.kind == RegionKind::Byline).map(|r| self.slice(r.span))
    }
}

/// What could not be read, and why. It is data about the run: the batch goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The path, with `:line` where a line is meant.
    pub source: String,
    /// What is wrong with it.
    pub kind: RefusalKind,
    /// The reason, for a person.
    pub message: String,
}

/// Why something was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// No words in it.
    Empty,
    /// Not text.
    Binary,
    /// Larger than a report can be.
    TooLarge,
    /// A line that is not the JSON of a report.
    BadJson,
    /// A damaged record of an archive.
    BadArchive,
    /// A feed, an OPML list or a sitemap that is broken.
    BadList,
    /// A folder without anything to read.
    NoReports,
    /// A path that is not there.
    NotFound,
    /// The system would not give it.
    Unreadable,
    /// An address that names nothing on the web.
    BadUrl,
    /// A private, loopback or link-local address.
    PrivateAddress,
    /// The host's robots.txt forbids it.
    Robots,
    /// No reply in time.
    TimedOut,
    /// The server replied that it has no such page, or not now.
    HttpStatus,
    /// Redirects that lead nowhere, or on and on.
    Redirects,
    /// The connection failed.
    Network,
}

impl RefusalKind {
    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            RefusalKind::Empty => "empty",
            RefusalKind::Binary => "binary",
            RefusalKind::TooLarge => "too_large",
            RefusalKind::BadJson => "bad_json",
            RefusalKind::BadArchive => "bad_archive",
            RefusalKind::BadList => "bad_list",
            RefusalKind::NoReports => "no_reports",
            RefusalKind::NotFound => "not_found",
            RefusalKind::Unreadable => "unreadable",
            RefusalKind::BadUrl => "bad_url",
            RefusalKind::PrivateAddress => "private_address",
            RefusalKind::Robots => "robots",
            RefusalKind::TimedOut => "timed_out",
            RefusalKind::HttpStatus => "http_status",
            RefusalKind::Redirects => "redirects",
            RefusalKind::Network => "network",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(report.body(), "OSLO (AP) — It rained – a lot.\nStill.");
    }
}
