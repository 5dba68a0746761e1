//! News agencies: who they are, and where a text credits them.
//!
//! In: a text and its regions. Out: the spans of the agencies' names in them. It does not know what an
//! agency said: "told The Associated Press" is no credit.

use std::sync::LazyLock;

use regex::Regex;

use super::{Region, RegionKind};
use crate::report::Text;
use crate::span::Span;

/// How much of a line's end is looked at for a credit.
const TAIL_BYTES: usize = 500;

/// Each agency's name with whether it sends words, the longest first.
static AGENCIES: LazyLock<Vec<(bool, &str)>> = LazyLock::new(|| {
    let rows = include_str!("agencies.txt").lines().filter(|row| !row.starts_with('#'));
    let mut names: Vec<_> = rows
        .filter_map(|row| row.split_once(' '))
        .map(|(kind, name)| (kind == "wire", name.trim()))
        .collect();
    names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    names
});

static PATTERN: LazyLock<String> = LazyLock::new(|| alternation(|_| true));

static WIRE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"\b{}\b", alternation(|wire| wire))).expect("a regex"));

static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    let by = r"[(\[](?:Additional |Further )?[Rr]eporting (?:and writing )?by [^()\[\]]{2,400}[)\]]\.?";
    let credit = r"[^.!?”“\x22]{3,200}\bcontributed to this (?:report|story|article)[^.!?]{0,60}\.?";
    let contributing = r"Contributing: \p{Lu}[^.!?]{2,200}\.?";
    Regex::new(&format!(r"(?:^|[.!?”’\x22)])\s*({by}|{credit}|{contributing})$")).expect("a regex")
});

/// A pattern for the name of any agency; a group without a number.
pub(super) fn pattern() -> &'static str {
    &PATTERN
}

fn alternation(wanted: impl Fn(bool) -> bool) -> String {
    let names = AGENCIES.iter().filter(|(wire, _)| wanted(*wire));
    let spellings = names.flat_map(|(_, name)| {
        let capitals = name.to_uppercase();
        if capitals == *name {
            vec![regex::escape(name)]
        } else {
            vec![regex::escape(name), regex::escape(&capitals)]
        }
    });
    format!("(?:{})", spellings.collect::<Vec<_>>().join("|"))
}

/// The names of the news agencies that `text` credits with its words.
pub fn agency_credits(text: &Text, regions: &[Region]) -> Vec<Span> {
    let credits = regions.iter().filter(|region| {
        matches!(region.kind, RegionKind::Agency | RegionKind::Dateline | RegionKind::Byline)
    });
    credits.flat_map(|region| names(text, region.span)).collect()
}

fn names(text: &Text, span: Span) -> impl Iterator<Item = Span> {
    let start = span.start as usize;
    WIRE.find_iter(text.slice(span)).map(move |name| Span::new(start + name.start()..start + name.end()))
}

/// A credit at the end of the line `span` of the report itself.
pub(super) fn at_end(text: &str, span: Span) -> Option<Span> {
    let from =
        text.ceil_char_boundary((span.end as usize).saturating_sub(TAIL_BYTES).max(span.start as usize));
    let tail = text.get(from..span.end as usize)?;
    let credit = AT_END.captures(tail)?.get(1)?;
    // At the very start of a tail that was cut off, what stands before is not known.
    (credit.start() > 0).then(|| Span::new(from + credit.start()..from + credit.end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::mark_regions;

    fn credited(string: &str) -> Vec<String> {
        let text = Text::new(string);
        agency_credits(&text, &mark_regions(&text)).iter().map(|span| text.slice(*span).to_owned()).collect()
    }

    #[test]
    fn only_credits_credit() {
        let report = "LUMBE (AP) — The minister told The Associated Press on Tuesday that the gates would open.\n\n\
            The dam is seen from the west bank on Tuesday (Ana Brit/Reuters)\n\n\
            The Associated Press and AFP contributed to this report.";
        assert_eq!(credited(report), ["AP", "The Associated Press", "AFP"]);
        assert_eq!(credited("By ANA BRIT, Associated Press\n\nIt rained on Tuesday."), ["Associated Press"]);
        assert_eq!(credited("The minister told AP that Reuters was wrong.\n\nIt rained."), [""; 0]);
    }

    #[test]
    fn a_credit_ends_a_paragraph() {
        let ends = |line: &'static str| at_end(line, Span::new(0..line.len())).map(|span| span.of(line));
        assert_eq!(
            ends("The talks go on. The Associated Press contributed to this report."),
            Some("The Associated Press contributed to this report.")
        );
        assert_eq!(
            ends("“It is over,” he said.Contributing: Jo Ray, The Record"),
            Some("Contributing: Jo Ray, The Record")
        );
        assert_eq!(ends("The rains contributed to the flood."), None);
        let long = format!("{}é (Reporting by Ana Brit)", "é".repeat(700));
        assert_eq!(at_end(&long, Span::new(0..long.len())), None);
    }
}
