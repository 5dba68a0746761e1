//! Stretches between quotation marks.
//!
//! In: a report. Out: its [`Quote`]s, block by block. Marks that do not balance never swallow the rest: a quote
//! ends with its paragraph at the latest, and a mark that fits nothing is left alone. It does not know
//! whether somebody says the words, or the writer doubts them.

mod marks;

use self::marks::{Mark, Side};
use super::Quote;
use super::blocks::{self, Block};
use crate::report::Report;
use crate::span::Span;

/// Words that show that the writer speaks, where a closing mark has no opening one.
const CUES: [&str; 8] = [" said", " says", " told ", " added", " according ", " asked", " wrote", " tweeted"];

/// The quotes of `report`, in order of their starts.
pub fn find(report: &Report) -> Vec<Quote> {
    let text = report.text.as_str();
    let blocks = blocks::find(report).into_iter().filter(|b| !b.is_label());
    // A picture's caption between two paragraphs does not part the quotation that runs over them.
    let (body, furniture): (Vec<Block>, Vec<Block>) = blocks.partition(|b| b.region.is_none());
    let mut quotes = find_in(text, &body);
    for block in furniture {
        quotes.extend(find_in(text, &[block]));
    }
    quotes.sort_by_key(|q| (q.outer.start, std::cmp::Reverse(q.outer.end)));
    quotes
}

/// The quotes of blocks that follow each other.
fn find_in(text: &str, blocks: &[Block]) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut left_open = None;
    let marks: Vec<Vec<Mark>> = blocks.iter().map(|b| marks::find(text, b.span.range())).collect();
    for (i, block) in blocks.iter().enumerate() {
        let goes_on = blocks.get(i + 1).zip(marks.get(i + 1)).and_then(|(next, marks)| {
            let first = marks.first().filter(|m| m.span.start == next.span.start && m.side != Side::Close);
            first.map(|m| m.double)
        });
        let mut parser = Parser { text, block: block.span, goes_on, open: Vec::new(), quotes: Vec::new() };
        parser.parse(&marks[i], left_open);
        left_open = parser.finish(left_open);
        quotes.append(&mut parser.quotes);
    }
    quotes
}

/// An opening mark that waits for its closing one.
#[derive(Clone, Copy)]
struct Open {
    mark: Span,
    double: bool,
    /// A single mark at the end of a word, which closes it if no double one does (“so’).
    mismatch: Option<Span>,
    /// How many quotes were found before it: those after them lie within it, if it closes.
    found: usize,
}

/// The quotes of one block.
struct Parser<'a> {
    text: &'a str,
    block: Span,
    /// Whether the next block starts with an opening mark, and if so, whether it is a double one.
    goes_on: Option<bool>,
    open: Vec<Open>,
    quotes: Vec<Quote>,
}

impl Parser<'_> {
    fn parse(&mut self, marks: &[Mark], left_open: Option<bool>) {
        let closes_next = marks::closes_next(marks);
        for (i, mark) in marks.iter().enumerate() {
            let opens = match mark.side {
                Side::Open => true,
                Side::Close => false,
                Side::Either => !self.open.iter().any(|o| o.double == mark.double),
            };
            match (opens, mark.double) {
                (true, true) => self.open_double(mark.span, closes_next[i]),
                (true, false) => self.open_single(mark.span, closes_next[i]),
                (false, true) => self.close_double(mark.span, left_open),
                (false, false) => self.close_single(mark),
            }
        }
    }

    fn push_open(&mut self, mark: Span, double: bool) {
        self.open.push(Open { mark, double, mismatch: None, found: self.quotes.len() });
    }

    fn open_double(&mut self, mark: Span, closes_next: usize) {
        // Within another double quote only one that both can close after is a quote ("a “b” c").
        let nests = closes_next >= 2 && self.open.len() < 3;
        if !nests && self.open.iter().any(|o| o.double) {
            self.abandon_double();
        }
        self.push_open(mark, true);
    }

    fn open_single(&mut self, mark: Span, closes_next: usize) {
        let open = self.open.iter().any(|o| !o.double);
        let continues = self.goes_on == Some(false) && mark.start == self.block.start;
        if !open && (closes_next > 0 || continues) {
            self.push_open(mark, false);
        }
    }

    fn close_double(&mut self, mark: Span, left_open: Option<bool>) {
        match self.open.iter().rposition(|o| o.double) {
            Some(at) => {
                self.open.truncate(at + 1);
                self.close_last(mark);
            }
            None if self.open.len() == 1 => self.close_last(mark),
            None if left_open == Some(true) && self.quotes.is_empty() => self.close_from_before(mark),
            None => self.close_stray(mark),
        }
    }

    fn close_single(&mut self, mark: &Mark) {
        match self.open.last_mut() {
            Some(open) if !open.double => self.close_last(mark.span),
            Some(open) if open.mismatch.is_none() && !mark.possessive => open.mismatch = Some(mark.span),
            _ => {}
        }
    }

    fn close_last(&mut self, mark: Span) {
        if let Some(open) = self.open.pop() {
            self.push(open, mark.start, mark.end, true);
        }
    }

    /// Adds the quote from `open` to `end`, unless nothing stands in it; those found since lie within it.
    fn push(&mut self, open: Open, inner_end: u32, end: u32, closed: bool) {
        let inner = Span { start: open.mark.end, end: inner_end.max(open.mark.end) };
        let lead = inner.of(self.text).len() - inner.of(self.text).trim_start().len();
        let kept = inner.of(self.text).trim();
        if !kept.chars().any(char::is_alphanumeric) {
            return;
        }
        let start = inner.range().start + lead;
        let inner = Span::new(start..start + kept.len());
        let outer = Span { start: open.mark.start, end: end.max(inner.end) };
        let found = open.found.min(self.quotes.len());
        self.quotes[found..].iter_mut().for_each(|q| q.nested = true);
        self.quotes.insert(found, Quote { outer, inner, closed, continues: false, nested: false });
    }

    /// Gives up the innermost double quote: it closes at its mismatched mark, or is none.
    fn abandon_double(&mut self) {
        let Some(at) = self.open.iter().rposition(|o| o.double) else { return };
        let open = self.open[at];
        self.open.truncate(at);
        if let Some(mark) = open.mismatch {
            self.push(open, mark.start, mark.end, true);
        }
    }

    /// The paragraph before left a quote open, and this one closes it without opening it again.
    fn close_from_before(&mut self, mark: Span) {
        let start = Span { start: self.block.start, end: self.block.start };
        self.push(Open { mark: start, double: true, mismatch: None, found: 0 }, mark.start, mark.end, true);
        self.continues_first();
    }

    /// A closing mark without an opening one closes whole sentences that follow a quote at once.
    fn close_stray(&mut self, mark: Span) {
        let Some(last) = self.quotes.iter().rev().find(|q| !q.nested) else { return };
        let between = Span { start: last.outer.end, end: mark.start.max(last.outer.end) }.of(self.text);
        let words = between.trim();
        let whole = ends_sentence(last.inner.of(self.text))
            && ends_sentence(words)
            && between.starts_with(char::is_whitespace)
            && words.starts_with(char::is_uppercase)
            && !CUES.iter().any(|cue| words.contains(cue));
        if last.closed && whole {
            let start = mark.start as usize - between.trim_start().len();
            let open = Open {
                mark: Span::new(start..start),
                double: true,
                mismatch: None,
                found: self.quotes.len(),
            };
            self.push(open, mark.start, mark.end, true);
        }
    }

    /// What the end of the block leaves open; returns the sort of quote that goes on in the next block.
    fn finish(&mut self, left_open: Option<bool>) -> Option<bool> {
        let unclosed =
            self.open.iter().position(|o| o.double || self.goes_on == Some(false)).map(|at| self.open[at]);
        self.open.clear();
        let mut goes_on = None;
        match unclosed {
            Some(open) if open.mismatch.is_some_and(|_| self.goes_on != Some(true)) => {
                let mark = open.mismatch.unwrap_or(open.mark);
                self.push(open, mark.start, mark.end, true);
            }
            Some(open) if self.runs_to_end(open) => {
                self.push(open, self.block.end, self.block.end, false);
                goes_on = Some(open.double);
            }
            _ => {}
        }
        let opens_block = self.quotes.first().is_some_and(|q| q.outer.start == self.block.start);
        if left_open.is_some() && opens_block {
            self.continues_first();
        }
        goes_on
    }

    fn continues_first(&mut self) {
        if let Some(first) = self.quotes.first_mut() {
            first.continues = true;
        }
    }

    /// Whether an unclosed quote can be taken to run to the end of its paragraph: it opens the paragraph, or it
    /// opens a sentence or follows a colon or comma, or no sentence ends after it.
    fn runs_to_end(&self, open: Open) -> bool {
        let before = self.text[self.block.range().start..open.mark.range().start].trim_end();
        let after = Span { start: open.mark.end, end: self.block.end }.of(self.text).trim();
        let speaks = after.starts_with(char::is_uppercase) && before.ends_with([':', ',', '.', '!', '?']);
        let one_sentence = !after.trim_end_matches(['.', '!', '?', '…']).contains(". ");
        before.is_empty() || speaks || self.goes_on == Some(open.double) || one_sentence
    }
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end().ends_with(['.', '!', '?', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing::report;

    fn inner(text: &str) -> Vec<String> {
        let report = report(text);
        find(&report).iter().map(|q| report.slice(q.inner).to_owned()).collect()
    }

    #[test]
    fn all_styles_of_marks() {
        for (open, close) in
            [("“", "”"), ("\"", "\""), ("``", "''"), ("«", "»"), ("„", "“"), ("‘‘", "’’"), ("‘", "’")]
        {
            let text =
                format!("He called it {open}a fine day{close} and left. {open}So be it,{close} she said.");
            assert_eq!(inner(&text), ["a fine day", "So be it,"], "{open}");
        }
    }

    #[test]
    fn apostrophes_are_no_quotes() {
        assert!(
            inner("The ’90s weren’t the workers’ decade, nor the farmers' one, ‘90s or not. It’s Anna’s.")
                .is_empty()
        );
        assert!(inner("He is 6'2\" tall and she 5'11\".").is_empty());
        assert_eq!(inner("The ‘workers’ council’ met, it’s said."), ["workers’ council"]);
        assert_eq!(inner("He said 'it's over' and didn't stay."), ["it's over"]);
    }

    #[test]
    fn nested_quotes_are_marked() {
        let report =
            report("“He told me ‘never again’ and left,” she said. ‘I saw “the end” there,’ he said.");
        let found: Vec<(&str, bool)> =
            find(&report).iter().map(|q| (report.slice(q.inner), q.nested)).collect();
        assert_eq!(
            found,
            [
                ("He told me ‘never again’ and left,", false),
                ("never again", true),
                ("I saw “the end” there,", false),
                ("the end", true)
            ]
        );
        assert_eq!(inner("\"He said \"no\" to me,\" she said.")[1], "no");
    }

    #[test]
    fn an_open_quote_ends_with_its_paragraph_and_goes_on_in_the_next() {
        let report = report("“It is late.\n\n“We go home,” he said. Then they “left.");
        let found: Vec<(&str, bool, bool)> =
            find(&report).iter().map(|q| (report.slice(q.outer), q.closed, q.continues)).collect();
        assert_eq!(
            found,
            [("“It is late.", false, false), ("“We go home,”", true, true), ("“left.", false, false)]
        );
    }

    #[test]
    fn a_paragraph_can_close_what_the_one_before_left_open() {
        let report = report("“It is late.\nWe go home,” he said.");
        let quotes = find(&report);
        assert_eq!(report.slice(quotes[1].outer), "We go home,”");
        assert!(quotes[1].continues && quotes[1].closed && !quotes[0].closed);
    }

    #[test]
    fn a_mismatched_mark_closes() {
        assert_eq!(
            inner("They were not being “left behind’ by the plan. He said “fine”."),
            ["left behind", "fine"]
        );
        assert_eq!(inner("They were not being “left behind’ by the workers’ plan."), ["left behind"]);
    }

    #[test]
    fn a_stray_mark_closes_only_whole_sentences_after_a_quote() {
        assert_eq!(inner("“We ate well.” All of us were glad.”"), ["We ate well.", "All of us were glad."]);
        assert_eq!(inner("“We ate well.” Moe said all were glad.”"), ["We ate well."]);
        assert_eq!(inner("A plain line.” And more."), Vec::<String>::new());
    }

    #[test]
    fn an_unclosed_quote_in_mid_paragraph_does_not_swallow_it() {
        let text = "It was a “fair deal, she said. They left. He then said “no” and went.";
        assert_eq!(inner(text), ["no"]);
        assert!(inner("It was a “fair deal, she said. They left. He then went.").is_empty());
    }

    #[test]
    fn hostile_input_ends() {
        for piece in ["“", "\"", "‘", "’", "''", "“a", "a”", "‘a", "a’ ", "\" a", "“a‘b\n"]
        {
            let report = report(&piece.repeat(20_000));
            assert!(find(&report).len() <= 40_000);
        }
    }
}
