//! News agencies: who they are, and where a text credits them.
//!
//! In: a text and its regions. Out: the spans of the agencies' names in them. It does not know what an
//! agency said: "told The Associated Press" is no credit.

use std::sync::LazyLock;

use regex::Regex;

use super::plain::{self, Plain, plain};
use super::{Region, RegionKind, byline};
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

/// An agency by name, or by the words that agencies' names end with.
static WIRE: LazyLock<Regex> = LazyLock::new(|| {
    let shaped = r"(?:\p{Lu}\p{L}+ ){1,3}(?:News Agency|Press Agency|Newswire|Wire Service)";
    plain::pattern(&format!(r"(?-u:\b)(?:{shaped}|{})(?-u:\b)", alternation(|wire| wire)))
});

/// Who reports, in the brackets of a dateline.
static IN_DATELINE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\(([^()]+)\)").expect("a regex"));

/// Words of which every credit at an end has one: few paragraphs do.
const CREDIT_WORDS: [&str; 3] = ["eporting ", "contributed to this ", "Contributing: "];

static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    let by = r"[(\[](?:Additional |Further )?[Rr]eporting (?:and writing )?by [^()\[\]]+[)\]]\.?";
    let credit = r"[^.!?”“\x22]+(?-u:\b)contributed to this (?:report|story|article)[^.!?]*\.?";
    let contributing = r"Contributing: \p{Lu}[^.!?]+\.?";
    plain::pattern(&format!(r"(?:^|[.!?”’\x22)])\s*({by}|{credit}|{contributing})$"))
});

/// Who reported and, after a semicolon, who edited: so signs Reuters, without its name, and no other agency.
static REUTERS: LazyLock<Regex> = LazyLock::new(|| {
    plain::pattern(r"^[(\[](?:\p{L}+ )?[Rr]eporting [^()\[\]]+; ?[Ee]diting by \p{Lu}[^()\[\]]+[)\]]")
});

/// The agency that signs with `credit` though it does not name itself.
pub fn signatory(credit: &str) -> Option<&'static str> {
    REUTERS.is_match(Plain::of(credit).as_str()).then_some("Reuters")
}

/// A pattern for the name of any agency in a [`Plain`] line; a group without a number.
pub(super) fn pattern() -> &'static str {
    &PATTERN
}

fn alternation(wanted: impl Fn(bool) -> bool) -> String {
    let names = AGENCIES.iter().filter(|(wire, _)| wanted(*wire));
    let spellings = names.flat_map(|(_, name)| {
        let capitals = name.to_uppercase();
        let escape = |name: &str| regex::escape(&plain(name));
        if capitals == *name { vec![escape(name)] } else { vec![escape(name), escape(&capitals)] }
    });
    format!("(?:{})", spellings.collect::<Vec<_>>().join("|"))
}

/// The names of the news agencies that `text` credits with its words; of one that signs without its name, the signature
/// ([`signatory`]), unless the text names another.
pub fn agency_credits(text: &Text, regions: &[Region]) -> Vec<Span> {
    let named: Vec<Span> = regions.iter().flat_map(|region| names(text, region)).collect();
    if !named.is_empty() {
        return named;
    }
    let signs = |region: &&Region| {
        matches!(region.kind, RegionKind::Agency | RegionKind::Byline)
            && signatory(text.slice(region.span)).is_some()
    };
    regions.iter().filter(signs).map(|region| region.span).collect()
}

fn names(text: &Text, region: &Region) -> Vec<Span> {
    let words = text.slice(region.span);
    let start = region.span.start as usize;
    let own = Plain::of(words);
    let span = |name: regex::Match| Span::new(start + own.byte(name.start())..start + own.byte(name.end()));
    match region.kind {
        RegionKind::Agency | RegionKind::Byline => WIRE.find_iter(own.as_str()).map(span).collect(),
        RegionKind::Dateline => {
            let name = IN_DATELINE.captures(own.as_str()).and_then(|c| c.get(1)).map(span);
            name.filter(|name| !byline::is_known_outlet(text.slice(*name))).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// A credit at the end of the line `span` of the report itself.
pub(super) fn at_end(text: &str, span: Span) -> Option<Span> {
    let from =
        text.ceil_char_boundary((span.end as usize).saturating_sub(TAIL_BYTES).max(span.start as usize));
    let tail = text.get(from..span.end as usize)?;
    if !CREDIT_WORDS.iter().any(|words| tail.contains(words)) {
        return None;
    }
    let tail = Plain::of(tail);
    let credit = AT_END.captures(tail.as_str())?.get(1)?;
    // At the very start of a tail that was cut off, what stands before is not known.
    (credit.start() > 0).then(|| Span::new(from + tail.byte(credit.start())..from + tail.byte(credit.end())))
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
        assert_eq!(credited("Washington (CNN) It rained."), [""; 0], "an outlet's own name is no agency");
        assert_eq!(
            credited("LUMBE (MNA) — It rained.\n\nMeridian News Agency contributed to this report"),
            ["MNA", "Meridian News Agency"]
        );
        let signed = "The gates are open. (Additional reporting by Jo Ray in Ostra; Editing by Al Moss)";
        assert_eq!(credited(signed), ["(Additional reporting by Jo Ray in Ostra; Editing by Al Moss)"]);
        assert_eq!(signatory(&credited(signed)[0]), Some("Reuters"));
        let elsewhere = format!("OSTRA (Marl Wire) — The gates are shut.\n\n{signed}");
        assert_eq!(credited(&elsewhere), ["Marl Wire"], "who is named in the dateline has sent it");
        assert_eq!(credited("The gates are open. (Reporting by Jo Ray in Ostra)"), [""; 0], "anybody's");
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
