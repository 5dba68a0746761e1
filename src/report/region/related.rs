//! Links to other reports that carry no label.
//!
//! In: a page. Out: a lone bullet without a full stop, a headline in capitals between paragraphs, and what is
//! listed under "Read more:". It does not follow a link.

use super::RegionKind;
use super::lines::{Page, ends_sentence, is_all_capitals, word_count};

/// Bullets in a row that make a list of the report: two links stand together, three facts do.
const LIST: usize = 3;
/// How many lines may be listed under a label.
const MOST_LISTED: usize = 6;
/// A headline in capitals has at least so many words; shorter ones are headings.
const HEADLINE_WORDS: usize = 5;
/// The longest link.
const MOST_BYTES: usize = 200;

/// Marks links.
pub(super) fn mark(page: &mut Page) {
    for i in page.open_lines() {
        if is_headline_in_capitals(page.line(i)) || is_link_bullet(page, i) {
            page.claim(i, RegionKind::Related);
        }
    }
    for i in 0..page.lines.len() {
        if page.kind(i) == Some(RegionKind::Related) && is_label(page.line(i)) {
            mark_listed(page, i);
        }
    }
}

fn mark_listed(page: &mut Page, label: usize) {
    let listed: Vec<usize> = page
        .after(label)
        .take(MOST_LISTED)
        .take_while(|i| page.is_open(*i) && is_link(page.line(*i)))
        .collect();
    for i in listed {
        page.claim(i, RegionKind::Related);
    }
}

/// "Read more:", "See also", and not a link that says so itself.
fn is_label(line: &str) -> bool {
    const BARE: [&str; 7] =
        ["related", "see also", "more on", "more stories", "more from", "most ", "recommended"];
    let lower = line.to_lowercase();
    word_count(line) <= 5
        && (line.ends_with(':') || (!line.contains(':') && BARE.iter().any(|label| lower.starts_with(label))))
}

fn is_link(line: &str) -> bool {
    let ends = line.ends_with('?') || (!ends_sentence(line) && !line.ends_with([':', ',', ';', ')']));
    ends && line.len() <= MOST_BYTES
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '·', '▪', '▸', '►', '»', '■', '●', '◆'])
        || line.starts_with("* ")
        || line.starts_with("- ")
        || line.starts_with("– ")
}

/// A bullet that is no sentence, and no part of a list.
fn is_link_bullet(page: &Page, i: usize) -> bool {
    let line = page.line(i);
    if !is_bullet(line) || !is_link(line) || word_count(line) < 3 {
        return false;
    }
    let before = (0..i).rev().take(LIST).take_while(|j| is_bullet(page.line(*j))).count();
    let after = page.after(i).take(LIST).take_while(|j| is_bullet(page.line(*j))).count();
    let introduced = i > before && page.line(i - before - 1).ends_with(':');
    1 + before + after < LIST && !introduced
}

fn is_headline_in_capitals(line: &str) -> bool {
    line.len() <= MOST_BYTES
        && is_all_capitals(line)
        && word_count(line) >= HEADLINE_WORDS
        && is_link(line)
        && !line.contains(['“', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use RegionKind::Related;

    fn kinds(text: &str) -> Vec<Option<RegionKind>> {
        let mut page = Page::new(text, 0);
        super::super::habits::mark(&mut page);
        mark(&mut page);
        page.lines.iter().map(|line| line.kind).collect()
    }

    #[test]
    fn lone_bullets_and_headlines_are_links() {
        assert_eq!(kinds("It rained.\n• How the river was lost\nIt poured."), [None, Some(Related), None]);
        assert_eq!(
            kinds("It rained.\n\nFLOOD IN THE VALLEY LEAVES FARMERS STRANDED\n\nIt poured."),
            [None, Some(Related), None]
        );
        assert_eq!(
            kinds("Read more:\nHow the river was lost\nWho owns the dam?\nIt poured."),
            [Some(Related), Some(Related), Some(Related), None]
        );
    }

    #[test]
    fn lists_of_the_report_are_not() {
        assert_eq!(kinds("The toll:\n• Lumbe, 12 houses\n• Ostra, 14 houses"), [None; 3]);
        assert_eq!(kinds("It rained.\n• Lumbe, 12 houses\n• Ostra, 14 houses\n• Brit, no houses"), [None; 4]);
        assert_eq!(kinds("It rained.\n• The minister resigned."), [None; 2]);
        assert_eq!(kinds("- The Post\nIt rained."), [None; 2]);
    }
}
