//! Who wrote it, and for whom.
//!
//! In: a page. Out: bylines at its head and end, and the outlet's own name on a line. It knows names by their
//! shape only, and outlets by the words that their names have.

use std::sync::LazyLock;

use super::RegionKind;
use super::lines::{Page, ends_sentence, is_capitalised};

/// How many lines from the head, and from the end, may be a bare name.
const EDGE_LINES: usize = 5;
/// The longest byline.
const MOST_BYTES: usize = 140;

static BYLINE_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| entries(include_str!("byline_words.txt")));
static OUTLETS: LazyLock<Vec<&str>> = LazyLock::new(|| entries(include_str!("outlets.txt")));

const LABELS: [&str; 10] = [
    "by ",
    "by: ",
    "written by ",
    "story by ",
    "report by ",
    "reported by ",
    "words by ",
    "author: ",
    "from ",
    "text by ",
];

fn entries(list: &'static str) -> Vec<&'static str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// Marks bylines and outlets.
pub(super) fn mark(page: &mut Page) {
    let count = page.lines.len();
    for i in page.open_lines() {
        let line = page.line(i);
        let edge = i < EDGE_LINES || i + EDGE_LINES >= count;
        let beside_name = i > 0 && is_name(page.line(i - 1));
        // Right below the headline, and apart from the report.
        let below_title = i == 1 && page.is_open(0) && page.lines[1].blank_after && count > 2;
        let outlet = is_outlet_line(line, i + 1 == count || beside_name)
            || below_title && is_outlet(outlet_name(line), false, true);
        if count > 1 && edge && outlet {
            page.claim(i, RegionKind::Outlet);
        } else if is_byline(line) || (i + EDGE_LINES >= count && i > 0 && is_signature(line)) {
            page.claim(i, RegionKind::Byline);
        }
    }
    if let Some(first) = page.open_lines().next()
        && page.line(first).contains(" and ")
        && is_name(page.line(first))
    {
        page.claim(first, RegionKind::Byline);
    }
    for i in page.open_lines().take_while(|i| *i < EDGE_LINES) {
        let next = page.kind(i + 1);
        let introduces = matches!(next, Some(RegionKind::Outlet | RegionKind::Agency | RegionKind::Stamp));
        if introduces && is_name(page.line(i)) {
            page.claim(i, RegionKind::Byline);
        }
    }
}

/// "By Ana Brit and Jo Ray, Associated Press".
fn is_byline(line: &str) -> bool {
    if line.len() > MOST_BYTES || line.ends_with([':', '?', '!']) {
        return false;
    }
    let lower = line.to_lowercase();
    let Some(label) = LABELS.iter().find(|label| lower.starts_with(*label)) else { return false };
    // Lower case may change lengths; a label is ASCII, so the line has it at the same bytes or not at all.
    let Some(names) = line.get(label.len()..) else { return false };
    let strict = *label == "from ";
    is_names(names.trim_end_matches('.'))
        && !(ends_sentence(line) && has_lower_case_end(names))
        && (!strict || names.contains(" in "))
}

fn has_lower_case_end(names: &str) -> bool {
    names.split_whitespace().next_back().is_some_and(|word| !is_capitalised(word))
}

/// Whether `words` are names of people with what they do, nothing else.
fn is_names(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    let names = words.iter().filter(|word| is_capitalised(word)).count();
    names >= 2
        && is_capitalised(words[0])
        && !starts_with_time(words[0])
        && words.iter().all(|word| is_capitalised(word) || is_byline_word(word))
}

fn is_byline_word(word: &str) -> bool {
    let word = word.trim_matches([',', '.', '&', '|', '-', '–', '—', '(', ')']);
    word.is_empty() || word.starts_with('@') || BYLINE_WORDS.contains(&word)
}

/// "By Monday", "By May", "By 2031" begin sentences.
fn starts_with_time(word: &str) -> bool {
    const TIMES: [&str; 19] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    word.starts_with(|c: char| c.is_numeric())
        || TIMES.contains(&word.to_lowercase().trim_matches([',', '.']))
}

/// "— Ana Brit" at the end.
fn is_signature(line: &str) -> bool {
    line.strip_prefix(['-', '–', '—']).is_some_and(|name| is_name(name.trim_start_matches(['-', ' '])))
}

/// Two to four capitalised words, perhaps twice with "and" between.
fn is_name(line: &str) -> bool {
    if line.len() > MOST_BYTES {
        return false;
    }
    let parts: Vec<&str> = line.split(" and ").flat_map(|part| part.split(", ")).collect();
    parts.len() <= 4
        && parts.iter().all(|part| {
            let words: Vec<&str> = part.trim_start_matches("and ").split_whitespace().collect();
            (2..=4).contains(&words.len())
                && words
                    .iter()
                    .all(|w| (is_capitalised(w) && !w.contains(|c: char| c.is_numeric())) || is_particle(w))
        })
        && !ends_sentence(line)
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da" | "del" | "di" | "du" | "la" | "le" | "van" | "von" | "der" | "den" | "al" | "el" | "bin"
    )
}

/// Whether `name` begins with the name of an outlet that is known by heart: "CNN Business".
pub(super) fn is_known_outlet(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    OUTLETS.iter().any(|outlet| outlet.strip_prefix('=').is_some_and(|known| known == first || known == name))
}

/// "- The Valley Post", or the bare name of an outlet: one that is known, or at the end or under a byline.
fn is_outlet_line(line: &str, at_end: bool) -> bool {
    let name = without_dash(line);
    is_outlet(name, name.len() < line.len(), at_end)
}

fn without_dash(line: &str) -> &str {
    line.trim_start_matches(['-', '–', '—', ' ', '\u{a0}'])
}

/// The outlet's name on its line, without the day, the edition or the short form behind it: "Valley Radio | Monday, 3 May".
pub(crate) fn outlet_name(line: &str) -> &str {
    let name = without_dash(line);
    let name = name.split_once(" | ").map_or(name, |(name, _)| name);
    name.split_once(" (").filter(|(_, rest)| rest.ends_with(')')).map_or(name, |(name, _)| name).trim_end()
}

fn is_outlet(name: &str, dashed: bool, at_end: bool) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.is_empty() || words.len() > if dashed { 5 } else { 4 } || ends_sentence(name) {
        return false;
    }
    if OUTLETS.iter().any(|outlet| outlet.strip_prefix('=') == Some(name)) {
        return true;
    }
    let is_title =
        words.iter().all(|word| is_capitalised(word) || matches!(*word, "of" | "the" | "and" | "&" | "news"));
    let has_word = words.iter().any(|word| OUTLETS.contains(word));
    // A bare line such as "Daily Record" may be a heading too: only the end or the start of a name counts.
    let edge = words.last().is_some_and(|w| OUTLETS.contains(w))
        || words.first().is_some_and(|w| matches!(*w, "Radio" | "TV")) && words.len() <= 3;
    let at_edge = words.len() > 1 && edge;
    is_title && if dashed { has_word } else { at_end && at_edge && !name.contains([':', ',', '?']) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RegionKind::{Byline, Outlet};

    fn kinds(text: &str) -> Vec<Option<RegionKind>> {
        let mut page = Page::new(text, 0);
        mark(&mut page);
        page.lines.iter().map(|line| line.kind).collect()
    }

    #[test]
    fn bylines_are_names() {
        for line in [
            "By Ana Brit",
            "By ANA BRIT and JO RAY, Associated Press",
            "By Ana Brit, Post diplomatic correspondent",
            "By Ana Brit in Lumbe",
            "Written by Ana de la Brit",
            "By Ana Brit.",
        ] {
            assert!(is_byline(line), "{line}");
        }
        for line in [
            "By Monday night, the water had reached the first houses.",
            "By Tuesday Ana Brit had won.",
            "By noon",
            "By Ana Brit's account, the gates were open.",
            "By closing the gates, the minister risks a flood.",
            "From Monday",
            "By May Day",
        ] {
            assert!(!is_byline(line), "{line}");
        }
    }

    #[test]
    fn names_and_outlets_at_the_edges() {
        assert_eq!(kinds("Ana Brit\nVALLEY TODAY\nIt rained."), [Some(Byline), Some(Outlet), None]);
        assert_eq!(kinds("It rained.\n\n- The Valley Post"), [None, Some(Outlet)]);
        assert_eq!(kinds("It rained.\n\n— Ana Brit"), [None, Some(Byline)]);
        assert_eq!(kinds("It rained.\n\n— It is over"), [None, None]);
        assert_eq!(kinds("The Post"), [None]);
        let headed = "Hundreds fight the closure\nThe Valley Post\n\nIt rained.\n\nIt poured.";
        assert_eq!(kinds(headed), [None, Some(Outlet), None, None]);
        let dated = "Hundreds fight the closure\n\nValley Radio | Monday, 3 May 2031\n\nIt rained.";
        assert_eq!(kinds(dated), [None, Some(Outlet), None]);
        assert_eq!(outlet_name("Valley Radio | Monday, 3 May 2031"), "Valley Radio");
        assert_eq!(outlet_name("- Turan Press (TP)"), "Turan Press");
        assert_eq!(kinds("Brit Smears Valley Post\n\nIt rained.\n\nIt poured."), [None; 3]);
    }
}
