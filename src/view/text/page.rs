//! Lines of a terminal.
//!
//! In: headings, rows and notes. Out: wrapped lines with a gutter at their left in which the reports' tags
//! stand. It does not know what a story is.

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

use crate::view::words::Piece;

use super::{Look, plain};

/// How words are painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// As they are.
    Plain,
    /// Of first rank.
    Strong,
    /// Of second rank.
    Faint,
    /// The tags of reports.
    Tag,
    /// Words that other tellings have otherwise.
    Differs,
    /// That something cannot be.
    Alarm,
}

impl Paint {
    fn style(self) -> Style {
        let colour = |c: AnsiColor| Style::new().fg_color(Some(c.into()));
        match self {
            Paint::Plain => Style::new(),
            Paint::Strong => Style::new().bold(),
            Paint::Faint => Style::new().dimmed(),
            Paint::Tag => colour(AnsiColor::Cyan),
            Paint::Differs => colour(AnsiColor::Yellow).bold(),
            Paint::Alarm => colour(AnsiColor::Red),
        }
    }
}

/// A text that grows downwards.
pub struct Page {
    /// How it looks.
    pub look: Look,
    out: String,
    gutter: usize,
}

impl Page {
    /// An empty page.
    pub fn new(look: Look) -> Self {
        Page { look: Look { width: look.width.max(24), ..look }, out: String::new(), gutter: 0 }
    }

    /// The text.
    pub fn finish(self) -> String {
        self.out
    }

    /// Gives the gutter room for `columns`, with two spaces on either side; never more than a quarter of the page.
    pub fn set_gutter(&mut self, columns: usize) {
        self.gutter = columns.clamp(1, (self.look.width / 4).max(5) - 4) + 4;
    }

    /// How wide the gutter's words may be.
    pub fn gutter_room(&self) -> usize {
        self.gutter.saturating_sub(4)
    }

    /// How wide the body of a row is.
    pub fn body_room(&self) -> usize {
        self.look.width.saturating_sub(self.gutter).max(8)
    }

    /// `text` in `paint`, word by word, so that a line can break anywhere between.
    pub fn paint(&self, text: &str, paint: Paint) -> String {
        let text = plain(text);
        if !self.look.colour || paint == Paint::Plain || text.is_empty() {
            return text;
        }
        let style = paint.style();
        text.split(' ').map(|w| format!("{style}{w}{style:#}")).collect::<Vec<_>>().join(" ")
    }

    /// `line` in `paint` as it stands, with all its spaces.
    pub fn paint_line(&self, line: &str, paint: Paint) -> String {
        let style = paint.style();
        if self.look.colour { format!("{style}{line}{style:#}") } else { line.to_owned() }
    }

    /// `pieces` as one text: what differs is painted, or stands in brackets.
    pub fn paint_pieces(&self, pieces: &[Piece]) -> String {
        let piece = |p: &Piece| match (p.differs, self.look.colour) {
            (false, _) => self.paint(&p.text, Paint::Plain),
            (true, true) => self.paint(&p.text, Paint::Differs),
            (true, false) => format!("[{}]", plain(&p.text)),
        };
        pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
    }

    /// An empty line, unless the page is empty or ends with one.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A line across the page.
    pub fn rule(&mut self) {
        self.gap();
        let rule = "─".repeat(self.look.width);
        let rule = self.paint(&rule, Paint::Faint);
        self.line(&rule);
        self.gap();
    }

    /// Words of first rank from the left edge.
    pub fn title(&mut self, text: &str) {
        let text = self.paint(text, Paint::Strong);
        self.wrapped("", "", &text);
    }

    /// The head of a section.
    pub fn heading(&mut self, text: &str) {
        self.gap();
        self.title(&text.to_uppercase());
        self.gap();
    }

    /// A line between heading and rows; `body` is painted already.
    pub fn subheading(&mut self, body: &str) {
        self.gap();
        self.wrapped("  ", "    ", body);
    }

    /// The same without an empty line above it.
    pub fn subheading_tight(&mut self, body: &str) {
        self.wrapped("  ", "    ", body);
    }

    /// A row: `gutter` at the left, `body`, painted already, wrapped at its right.
    pub fn row(&mut self, gutter: &str, body: &str) {
        let tags = self.paint(gutter, Paint::Tag);
        let room = self.gutter.saturating_sub(2);
        let pad = " ".repeat(room.saturating_sub(display_width(&plain(gutter))));
        self.wrapped(&format!("  {tags}{pad}"), &" ".repeat(self.gutter), body);
    }

    /// Words of second rank beneath a row's body.
    pub fn note(&mut self, text: &str) {
        if !text.is_empty() {
            let indent = " ".repeat(self.gutter);
            let text = self.paint(text, Paint::Faint);
            self.wrapped(&indent, &indent, &text);
        }
    }

    fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let options = Options::new(self.look.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            self.line(&line);
        }
    }

    /// One line as it is.
    pub fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }
}

/// `text` on one line of at most `room` columns.
pub fn cut(text: &str, room: usize) -> String {
    let text = plain(text);
    if display_width(&text) <= room {
        return text;
    }
    let (mut kept, mut used) = (String::new(), 1);
    for c in text.chars() {
        used += display_width(c.encode_utf8(&mut [0; 4]));
        if used > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_fits_its_room() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("a longer text", 6), "a lon…");
        assert_eq!(cut("a longer text", 9), "a longer…");
        assert!(display_width(&cut("水水水水水", 6)) <= 6);
        assert_eq!(cut("word", 1), "…");
    }

    #[test]
    fn a_row_hangs_in_its_gutter() {
        let mut page = Page::new(Look { width: 24, colour: false, all: false });
        page.set_gutter(2);
        page.row("A", "one two three four five");
        assert_eq!(page.finish(), "  A   one two three four\n      five\n");
    }
}
