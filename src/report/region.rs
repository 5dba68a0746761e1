//! What of a text is not the report.
//!
//! In: a report's text. Out: its [`Region`]s in order, without overlap. Marked, not cut, so that offsets
//! always index the original. It does not know the outlets by heart: a rule names a habit of pages, not a page.

use super::Text;
use crate::span::Span;

/// A stretch of the text that no line of a record may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Where it is.
    pub span: Span,
}

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
        }
    }
}

/// Marks the regions of `text`. Total: a text without furniture has none.
pub fn mark_regions(_text: &Text) -> Vec<Region> {
    Vec::new()
}
