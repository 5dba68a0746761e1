//! Place and agency at the head of a paragraph.
//!
//! In: a line of the report itself. Out: where its dateline stands: "LUMBE, Ostrava (AP) — ". It does not
//! know whether the place is one.

use std::sync::LazyLock;

use regex::Regex;

use super::agency;
use super::plain::{self, Plain};
use crate::span::Span;

/// How much of a line's head is looked at.
const HEAD_BYTES: usize = 160;

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let capitals = r"\p{Lu}[\p{Lu}.'’-]+(?:(?: |/|, | and | AND )\p{Lu}[\p{Lu}.'’-]*){0,5}";
    let mixed = r"\p{Lu}[\p{L}.'’-]+(?:[ /]\p{Lu}[\p{L}.'’-]+){0,3}";
    let region = r"(?:, (?:\p{Lu}[\p{L}.'’]*)(?: \p{Lu}[\p{L}.'’]*){0,2}){0,2}";
    let day = r"(?:, (?:\p{Lu}\p{Ll}{2,8}\.? [0-9]{1,2}|[0-9]{1,2} \p{Lu}\p{Ll}{2,8}\.?)(?:,? [0-9]{4})?)?";
    let agency = r"\((?:\p{Lu}[\p{L}.-]+(?: \p{Lu}[\p{L}.-]+){0,3}|dpa)\)";
    let known = format!(
        r"\((?:the )?(?:{}|CNN|BBC|NPR|CBS|CBN|NBC|ABC)(?: \p{{Lu}}[\p{{L}}]+)?\)",
        agency::pattern()
    );
    let dash = r"(?: ?(?:—|–) ?| --? )";
    // With an agency, any place, and no dash where the agency is known; without one, only capitals and a
    // dash; or the agency alone.
    let with = format!(r"(?:(?:{capitals}|{mixed}){region}{day} (?:{agency}{dash}|{known} ?))");
    let bare = format!(r"(?:{capitals}{region}{day}{dash})");
    // "Lumbe, 6 September 2031 – ", as releases begin.
    let dated = r"(?:, (?:\p{Lu}\p{Ll}{2,8}\.? [0-9]{1,2},?|[0-9]{1,2} \p{Lu}\p{Ll}{2,8}\.?) [0-9]{4})";
    let release = format!(r"(?:{mixed}(?: and {mixed})?{dated}{dash})");
    // "May 13 (Reuters) - ": the day and the agency, and no place.
    let alone = format!(r"(?:(?:\p{{Lu}}\p{{Ll}}{{2,8}}\.? [0-9]{{1,2}}(?:,? [0-9]{{4}})? )?{agency}{dash})");
    plain::pattern(&format!(r"^((?:{with}|{bare}|{release}|{alone})\s*)[\p{{Lu}}\p{{N}}“‘\x22'$€£«\[]"))
});

static AGENCY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\([^()]+\)").expect("a regex"));

/// The dateline at the head of the line `span`.
pub(super) fn at_head(text: &str, span: Span) -> Option<Span> {
    let start = span.start as usize;
    let end = text.floor_char_boundary((start + HEAD_BYTES).min(span.end as usize));
    let head = text.get(start..end)?;
    if !head.starts_with(|c: char| c.is_uppercase() || c == '(') || !head.contains(['(', '—', '–', '-']) {
        return None;
    }
    let head = Plain::of(head);
    let dateline = DATELINE.captures(head.as_str())?.get(1)?;
    (is_by_agency(dateline.as_str()) || !is_speaker(dateline.as_str()))
        .then(|| Span::new(start..start + head.byte(dateline.end())))
}

/// Whether the brackets hold who reports and not, say, a senator's state: "John Roe (R) — ".
fn is_by_agency(dateline: &str) -> bool {
    AGENCY.is_match(dateline)
}

/// One or two letters, such as "Q — " or "A — " in an interview.
fn is_speaker(dateline: &str) -> bool {
    dateline.chars().filter(|c| c.is_alphabetic()).count() < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dateline(line: &str) -> Option<&str> {
        at_head(line, Span::new(0..line.len())).map(|span| span.of(line))
    }

    #[test]
    fn datelines_end_before_the_first_word_of_the_report() {
        for (dateline_, rest) in [
            ("LUMBE, Ostrava (AP) — ", "The gates opened."),
            ("WASHINGTON (Reuters) - ", "“It is over,” he said."),
            ("LONDON — ", "The gates opened."),
            ("DES MOINES, Iowa, Aug. 10 (UPI) — ", "The gates opened."),
            ("MONTREAL/RIYADH (Reuters) - ", "Canada said so."),
            ("Washington (CNN) ", "The gates opened."),
            ("New York (CNN Business) ", "After a week, it rained."),
            ("(Reuters) - ", "More than 40 houses were flooded."),
            ("WASHINGTON—", "The gates opened."),
            ("MANCHESTER, N.H. – ", "Three days later it rained."),
            ("LUMBE, May 13 (Reuters) - ", "The gates opened."),
            ("May 13 (Reuters) - ", "The gates opened."),
            ("Feb. 14, 2033 (Ledgerwire) – ", "The gates opened."),
            ("ST. LOUIS -- ", "The gates opened."),
            ("Lumbe, 6 September 2031 – ", "The gates opened."),
            ("Lumbe and Port Ostra, May 3, 2031 - ", "The gates opened."),
        ] {
            assert_eq!(dateline(&format!("{dateline_}{rest}")), Some(dateline_), "{dateline_}{rest}");
        }
    }

    #[test]
    fn sentences_have_no_dateline() {
        for line in [
            "Lumbe, 6 September – the day of the flood.",
            "NATO — the alliance that he leads — is divided.",
            "The gates opened on Tuesday — a day late.",
            "Ana Brit (left) was there.",
            "Sen. Ana Brit Joan (Ana) Brit spoke first.",
            "US officials said so.",
            "A — The gates opened.",
            "COVID-19 has spread.",
            "Ana Brit – The minister of water – was there.",
            "“LONDON — The city” is a book.",
            "",
        ] {
            assert_eq!(dateline(line), None, "{line}");
        }
    }
}
