//! A report before its text is looked at.
//!
//! In: the words and what the input says about them. Out: the [`Report`], with what the text itself says
//! about its date, outlet, title and agencies filled in where the input said nothing. It does not know the format that
//! the input had.

use super::language;
use super::layout::Layout;
use crate::report::{
    PublishedAt, Region, RegionKind, Report, Text, agency_credits, day_of_head, mark_regions, outlet_name,
    stated_date,
};

/// What an input says of one report.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Its id.
    pub id: String,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published.
    pub published_at: Option<PublishedAt>,
    /// The BCP 47 tag that it declares.
    pub language: Option<String>,
    /// The words.
    pub text: Layout,
    /// What went wrong so far.
    pub remarks: Vec<String>,
}

impl Draft {
    /// Takes the date as the input gives it; one that cannot be read is a remark.
    pub fn dated(mut self, given: Option<String>) -> Self {
        let given = said(given);
        self.published_at = given.as_deref().and_then(PublishedAt::parse);
        if let (Some(given), None) = (&given, self.published_at) {
            let shown: String = given.chars().take(40).collect();
            self.remarks.push(format!("“{shown}” is not a date that can be read"));
        }
        self
    }

    /// The report that was read from `source`.
    pub fn finish(self, source: &str) -> Report {
        let text = Text::new(self.text.string.as_str());
        let regions = self.text.regions(mark_regions(&text));
        let of =
            |kind| regions.iter().find(|r: &&Region| r.kind == kind).map(|r| text.slice(r.span).to_owned());
        Report {
            id: self.id,
            source: source.to_owned(),
            outlet: said(self.outlet)
                .or_else(|| of(RegionKind::Outlet).map(|line| outlet_name(&line).to_owned())),
            title: said(self.title).or_else(|| of(RegionKind::Title)),
            url: said(self.url),
            published_at: self
                .published_at
                .or_else(|| stated_date(&text))
                .or_else(|| day_of_head(&text, &regions)),
            language: language::of(body_head(&text, &regions), self.language.as_deref()),
            credits: agency_credits(&text, &regions),
            remarks: self.remarks,
            regions,
            text,
        }
    }
}

/// What a field says, where it says anything.
fn said(field: Option<String>) -> Option<String> {
    field.map(|f| f.trim().to_owned()).filter(|f| !f.is_empty())
}

/// The text from its first word that is not furniture, so that an appeal in another language does
/// not decide.
fn body_head<'t>(text: &'t Text, regions: &[Region]) -> &'t str {
    let mut start = 0;
    for region in regions {
        // Not on past the first word: each look would begin at the same blanks.
        if !text.as_str()[start..region.span.start as usize].trim().is_empty() {
            break;
        }
        start = region.span.end as usize;
    }
    &text.as_str()[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn the_body_begins_at_the_first_words_that_are_no_region() {
        let text = Text::new(format!("{}By Ana Brit\nThe dam held.\nBy Jo Ray\n", " ".repeat(9)));
        let region = |start, end| Region { kind: RegionKind::Byline, span: Span::new(start..end) };
        assert_eq!(body_head(&text, &[region(9, 20), region(35, 44)]), "\nThe dam held.\nBy Jo Ray\n");
        assert_eq!(body_head(&text, &[region(35, 44)]), text.as_str());
        // Ten thousand credits after a long blank: a look at the blank for each of them would take minutes.
        let many = Text::new(format!("{}The dam held.\n{}", " ".repeat(1 << 20), "A/AP\n".repeat(10_000)));
        let body = (1 << 20) + 14;
        let credits: Vec<Region> = (0..10_000).map(|i| region(body + 5 * i, body + 5 * i + 4)).collect();
        assert_eq!(body_head(&many, &credits), many.as_str());
    }
}
