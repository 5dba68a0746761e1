//! What a text file says about its report.
//!
//! In: a text. Out: where the header at its very head ends, and the date in it. The header is a mark of byte
//! order, ` date YYYY-MM-DD`, or both; the rest of its line may be body.

use std::sync::LazyLock;

use regex::Regex;

use crate::report::{PublishedAt, Text};

static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\x{feff}?(?:[ \t]{0,4}date ([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\s|$))?").expect("a regex")
});

/// The byte after the header; 0 where there is none.
pub(super) fn end(text: &str) -> usize {
    match date(text) {
        Some((_, end)) => end,
        None if text.starts_with('\u{feff}') => '\u{feff}'.len_utf8(),
        None => 0,
    }
}

/// The date that a header at the very head of `text` states.
pub fn stated_date(text: &Text) -> Option<PublishedAt> {
    date(text.as_str()).map(|(date, _)| date)
}

fn date(text: &str) -> Option<(PublishedAt, usize)> {
    let date = HEADER.captures(text)?.get(1)?;
    Some((PublishedAt::parse(date.as_str())?, date.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_head_is_a_header() {
        assert_eq!(end(" date 2031-05-14 The dam"), 16);
        assert_eq!(end("date 2031-05-14\nThe dam"), 15);
        assert_eq!(end("\u{feff} date 2031-05-14"), 19);
        assert_eq!(end("\u{feff}The dam"), 3);
        for text in [
            "",
            "The dam date 2031-05-14",
            "date 2031-05-14x",
            "date 2031-02-30 The dam",
            "\n date 2031-05-14",
        ] {
            assert_eq!(end(text), 0, "{text:?}");
            assert_eq!(stated_date(&Text::new(text)), None);
        }
    }
}
