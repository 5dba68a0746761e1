//! The reading on a terminal.
//!
//! In: a [`Reading`], and how it shall look. Out: text that an editor reads from top to bottom, without ids;
//! with colour or without, it says the same. It does not know the terminal.

mod changes;
mod page;
mod sections;

use crate::record::Reading;

use super::legend::Legend;
use super::story::StoryView;
use page::Page;

pub use page::cut;

/// How the text shall look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether ANSI colours may be used.
    pub colour: bool,
    /// Whether long lists are shown in full.
    pub all: bool,
}

/// Without `all`, this many stories are told; the others are only named.
const STORIES_IN_FULL: usize = 5;

/// `reading` as text.
pub fn render(reading: &Reading, look: Look) -> String {
    let legend = Legend::new(reading);
    let mut page = Page::new(look);
    let in_full = if look.all { reading.stories.len() } else { STORIES_IN_FULL };
    for (n, story) in reading.stories.iter().take(in_full).enumerate() {
        if n > 0 {
            page.rule();
        }
        sections::story(&mut page, &StoryView::new(story, &legend), &legend);
    }
    sections::other_stories(&mut page, reading.stories.get(in_full..).unwrap_or_default());
    sections::refusals(&mut page, &reading.refusals);
    page.finish()
}

/// `text` on one line, without what could steer a terminal or turn the order of its words.
pub fn plain(text: &str) -> String {
    let steers =
        |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let words = text.split_whitespace();
    let clean = |w: &str| w.chars().filter(|c| !c.is_control() && !steers(c)).collect::<String>();
    words.map(clean).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    fn render_sample(width: usize, colour: bool) -> String {
        render(&sample::sample().reading, Look { width, colour, all: false })
    }

    fn without_colour(text: &str) -> String {
        let escape = regex::Regex::new("\x1b\\[[0-9;]*m").expect("a pattern");
        escape.replace_all(text, "").into_owned()
    }

    #[test]
    #[ignore = "for a look: prints the sample"]
    fn print_the_sample() {
        println!("{}\n{}", render_sample(88, false), render_sample(60, true));
    }

    #[test]
    fn the_sections_stand_in_the_order_of_an_editors_questions() {
        let text = render_sample(88, false);
        let headings = [
            "WHAT HAPPENED",
            "WHO SAID WHAT",
            "WHO WANTS WHAT",
            "AGREED",
            "NEXT",
            "TIMELINE",
            "WHERE THEY DIFFER",
            "WHO HAS WHAT",
            "COPIED",
            "LIMITS",
            "NOT READ",
        ];
        let places: Vec<usize> = headings.iter().map(|h| text.find(&format!("\n{h}\n")).expect(h)).collect();
        assert!(places.is_sorted(), "{places:?}");
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        for width in [32, 50, 88, 120] {
            for line in render_sample(width, true).lines() {
                assert!(textwrap::core::display_width(line) <= width, "{width}: {line:?}");
            }
        }
    }

    #[test]
    fn colour_changes_nothing_but_the_marks_of_difference() {
        let (plain, colour) = (render_sample(88, false), without_colour(&render_sample(88, true)));
        assert!(plain.contains("“We will count [every] litre that leaves the valley”"));
        assert!(colour.contains("“We will count every litre that leaves the valley”"));
        assert!(!plain.contains('\x1b'));
    }

    #[test]
    fn no_id_of_the_record_is_shown() {
        let text = render_sample(88, false);
        let id = regex::Regex::new(r"\b[ecqd]\d+\b").expect("a pattern");
        assert_eq!(id.find(&text), None);
    }

    #[test]
    fn what_steers_a_terminal_is_left_out() {
        let mut reading = sample::sample().reading;
        reading.stories[0].title = "A \x1b[31mred\u{202e} title\r\nwith\u{9b}2J".to_owned();
        reading.refusals[0].message = "\x07bell".to_owned();
        let text = render(&reading, Look { width: 80, colour: false, all: true });
        assert!(text.starts_with("A [31mred title with2J\n"), "{text}");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    }

    #[test]
    fn long_lists_are_cut_and_say_so() {
        let mut reading = sample::sample().reading;
        let claim = reading.stories[0].claims[0].clone();
        reading.stories[0].claims.extend(std::iter::repeat_n(claim, 40));
        let story = reading.stories[0].clone();
        reading.stories.extend(std::iter::repeat_n(story, 9));
        let look = |all| Look { width: 80, colour: false, all };
        assert!(render(&reading, look(false)).contains("… and 33 more (--all)"));
        assert!(render(&reading, look(false)).contains("OTHER STORIES"));
        assert!(!render(&reading, look(true)).contains("(--all)"));
    }

    #[test]
    fn an_empty_reading_is_an_empty_text() {
        let reading = Reading {
            schema: String::new(),
            model: String::new(),
            reports: vec![],
            refusals: vec![],
            stories: vec![],
        };
        assert_eq!(render(&reading, Look { width: 80, colour: false, all: false }), "");
    }
}
