//! Pictures: their captions and credits.
//!
//! In: a page. Out: lines that only credit a picture, and lines that describe one: they end in its credit, stand
//! before it, or say who stands left and right. It does not see the picture.

use std::sync::LazyLock;

use regex::Regex;

use super::RegionKind;
use super::agency;
use super::lines::{Page, ends_sentence, is_capitalised};
use super::plain::{self, plain};

/// The longest caption: agencies' captions of many people have up to 600 bytes.
const MOST_BYTES: usize = 900;
/// The longest credit.
const MOST_CREDIT_BYTES: usize = 120;
/// The most words of a credit.
const MOST_CREDIT_WORDS: usize = 14;

static AGENCY: LazyLock<Regex> =
    LazyLock::new(|| plain::pattern(&format!(r"(?:^|[^\p{{L}}]){}(?:$|[^\p{{L}}])", agency::pattern())));

static ONLY_AGENCIES: LazyLock<Regex> = LazyLock::new(|| {
    let name = agency::pattern();
    Regex::new(&format!(r"^[(\[]?(?:via )?{name}(?:(?: ?/ ?|, | and | & | via ){name})*[)\]]?\.?$"))
        .expect("a regex")
});

static POSITION: LazyLock<Regex> = LazyLock::new(|| {
    let side = "(?:far |second |third |fourth |front |back |top |bottom )*(?:from )?(?:the )?(?:left|right|cent(?:er|re)|L|R)";
    Regex::new(&format!(r"(?:, {side},)|\((?:{side})\)")).expect("a regex")
});

static FULL_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[A-Z][a-z]{2,8}\.? [0-9]{1,2}, [0-9]{4}|[0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4})\.?\)?$")
        .expect("a regex")
});

/// Marks captions and credits.
pub(super) fn mark(page: &mut Page) {
    for i in page.open_lines() {
        if let Some(kind) = alone(page.line(i)) {
            page.claim(i, kind);
        }
    }
    settle_bare_agencies(page);
    for i in page.open_lines() {
        if page.kind(i + 1) == Some(RegionKind::Credit) && !page.lines[i].blank_after && is_captioned(page, i)
        {
            page.claim(i, RegionKind::Caption);
        }
    }
}

/// What `line` is by itself.
fn alone(line: &str) -> Option<RegionKind> {
    if line.len() <= MOST_CREDIT_BYTES && is_credit(line.trim_matches(['(', ')', '[', ']', '.'])) {
        return Some(RegionKind::Credit);
    }
    (line.len() <= MOST_BYTES && is_caption(line)).then_some(RegionKind::Caption)
}

fn is_caption(line: &str) -> bool {
    last_in_brackets(line).is_some_and(is_credit_in_brackets)
        || ends_in_copyright(line)
        || ends_in_credit(line)
        || names_sides(line)
}

/// The words in the brackets that end `line`, where others stand before them.
fn last_in_brackets(line: &str) -> Option<&str> {
    let (before, inner) = line.strip_suffix('.').unwrap_or(line).strip_suffix(')')?.rsplit_once('(')?;
    (!before.is_empty() && inner.len() <= MOST_CREDIT_BYTES && !inner.contains(')')).then_some(inner)
}

/// "(Ana Brit/Pool via AP)", "(Photo: Ana Brit)", "(REUTERS)"; not "(AP)" after a sentence of the report.
fn is_credit_in_brackets(words: &str) -> bool {
    let label = words.split([':', ' ']).next().unwrap_or_default().to_lowercase();
    matches!(label.as_str(), "photo" | "photos" | "photograph" | "image" | "picture" | "credit" | "courtesy")
        || is_credit(words)
}

/// "… on Tuesday © Presidency/AP".
fn ends_in_copyright(line: &str) -> bool {
    let Some((words, owner)) = line.rsplit_once('©') else { return false };
    let owns_words = owner.trim_start().starts_with(|c: char| c.is_ascii_digit());
    !words.trim().is_empty()
        && !owns_words
        && owner.len() <= 80
        && !owner.trim_end_matches('.').contains(". ")
}

/// "… in Lumbe. Ana Brit/Getty Images", "… Photograph: Ana Brit/AP".
fn ends_in_credit(line: &str) -> bool {
    if let Some((words, credit)) = line.rsplit_once("Photograph: ") {
        return !words.is_empty() && credit.len() <= MOST_CREDIT_BYTES;
    }
    let Some((_, last)) = line.trim_end_matches('.').rsplit_once(". ") else { return false };
    last.contains(['/', '|']) && is_credit(last)
}

/// "Ana Brit, left, shakes hands with Jo Ray in Lumbe, May 13, 2031".
fn names_sides(line: &str) -> bool {
    POSITION.is_match(line) && (FULL_DATE.is_match(line) || !ends_sentence(line)) && !line.ends_with(':')
}

/// Whether `line` is nothing but a credit: names and links between them, with an agency among them.
fn is_credit(line: &str) -> bool {
    let words = plain(line);
    if ONLY_AGENCIES.is_match(&words) {
        return true;
    }
    let linked = line.contains(['/', '|']) || line.to_lowercase().split_whitespace().any(is_picture_word);
    linked && !ends_sentence(line) && AGENCY.is_match(&words) && {
        let mut words =
            line.split(|c: char| c.is_whitespace() || c == '/' || c == '|').filter(|w| !w.is_empty());
        words.clone().count() <= MOST_CREDIT_WORDS && words.all(|word| is_capitalised(word) || is_link(word))
    }
}

fn is_picture_word(word: &str) -> bool {
    matches!(
        word.trim_matches([':', ',', '(']),
        "via" | "photo" | "photos" | "images" | "pool" | "handout" | "picture"
    )
}

fn is_link(word: &str) -> bool {
    let word = word.trim_matches([':', ',', '.', ';']).to_lowercase();
    is_picture_word(&word)
        || matches!(
            word.as_str(),
            "for"
                | "of"
                | "the"
                | "and"
                | "by"
                | "file"
                | "courtesy"
                | "image"
                | "de"
                | "van"
                | "von"
                | "der"
                | "al"
                | "el"
                | "dpa"
                | ""
                | "|"
                | "-"
                | "–"
                | "&"
        )
}

/// An agency's bare name credits a picture within the report and the words at its head and end.
fn settle_bare_agencies(page: &mut Page) {
    let is_body = |page: &Page, i: usize| page.is_open(i) && ends_sentence(page.line(i));
    let lines = 0..page.lines.len();
    let Some(first) = lines.clone().find(|i| is_body(page, *i)) else { return };
    let Some(last) = lines.clone().rev().find(|i| is_body(page, *i)) else { return };
    for i in lines {
        let outside = i < first || i > last;
        let after_caption =
            i > 0 && !page.lines[i].blank_before && page.is_open(i - 1) && !ends_sentence(page.line(i - 1));
        if outside
            && !after_caption
            && page.kind(i) == Some(RegionKind::Credit)
            && is_wire_alone(page.line(i))
        {
            page.lines[i].kind = Some(RegionKind::Agency);
        }
    }
}

fn is_wire_alone(line: &str) -> bool {
    ONLY_AGENCIES.is_match(&plain(line))
        && !["Getty", "Shutterstock", "Alamy", "Pool", "Handout"].iter().any(|p| line.contains(p))
}

/// Whether line `i`, before a credit, reads as a caption and not as the report.
fn is_captioned(page: &Page, i: usize) -> bool {
    let line = page.line(i);
    let says = line.contains('“') && ends_sentence(line);
    line.len() <= MOST_BYTES
        && !says
        && !line.ends_with(':')
        && (!ends_sentence(line) || POSITION.is_match(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use RegionKind::{Caption, Credit};

    fn kinds(text: &str) -> Vec<Option<RegionKind>> {
        let mut page = Page::new(text, 0);
        mark(&mut page);
        page.lines.iter().map(|line| line.kind).collect()
    }

    #[test]
    fn credits_stand_alone() {
        for line in [
            "EPA",
            "REUTERS",
            "Getty Images",
            "ANA BRIT/POOL PHOTO VIA AP",
            "Ana Brit/Getty Images",
            "Photo: Anadolu Agency/Getty Images",
            "(Photo: Jo Ray/Pool/via Reuters)",
            "REUTERS/Ana Brit",
            "AFP / Getty Images",
        ] {
            assert_eq!(alone(line), Some(Credit), "{line}");
        }
        for line in ["NATO", "A way out", "He spoke to Reuters.", "AP reported the flood", "Talks/AP"] {
            assert_ne!(alone(line), Some(Caption), "{line}");
        }
        assert_eq!(alone("He spoke to Reuters."), None);
    }

    #[test]
    fn captions_carry_their_credit_or_say_who_stands_where() {
        for line in [
            "Ana Brit, left, meets Jo Ray at the dam in Lumbe, Tuesday, May 13, 2031. (Al Moss/Pool Photo via AP)",
            "The dam on Tuesday © Presidency of Ostrava/AP",
            "Farmers carry sacks near Lumbe. (Photo: Al Moss)",
            "Farmers carry sacks near Lumbe. Al Moss/Getty Images",
            "Ana Brit (left) with Jo Ray at the dam",
            "Water over the road in Lumbe. Photograph: Al Moss/AP",
        ] {
            assert_eq!(alone(line), Some(Caption), "{line}");
        }
        for line in [
            "The party, left, as many said, without a leader, met on Tuesday.",
            "The gates were opened (according to AP and three officials) before noon.",
            "She moved from right to left, critics say.",
            "The poll (AP/Ipsos) found that half of all voters want the dam.",
            "The talks ended without a result (read the statement here).",
        ] {
            assert_eq!(alone(line), None, "{line}");
        }
    }

    #[test]
    fn a_line_before_a_credit_is_its_caption_if_it_is_no_sentence() {
        let text = "The talks began on Tuesday.\nThe dam at Lumbe in the morning\nEPA\nThey ended at night.\nGetty Images\nNobody spoke.";
        assert_eq!(kinds(text), [None, Some(Caption), Some(Credit), None, Some(Credit), None]);
    }

    #[test]
    fn an_agency_at_the_end_credits_the_words() {
        assert_eq!(kinds("It rained.\n\nIt poured.\n\nReuters"), [None, None, Some(RegionKind::Agency)]);
    }
}
