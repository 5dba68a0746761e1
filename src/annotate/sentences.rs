//! Sentences.
//!
//! In: a report with its tokens and quotes. Out: its [`Sentence`]s; none crosses a paragraph or the border of a
//! region. Each sentence within a quotation is one, the last together with the words that attribute it. It does
//! not know parts of speech: it runs before the tagger.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::blocks::{self, Block};
use super::tokens::{Abbreviation, abbreviation};
use super::{Annotations, Quote, Sentence};
use crate::report::Report;
use crate::span::Span;

/// How many tokens may stand between a name and its verb, with the commas around them.
const ASIDE: usize = 20;

/// A quote of at most this many bytes in mid-sentence does not end that sentence ("shouts of “Out! Out!” rang").
/// Chosen by reading: longer ones are speech.
const SHORT_QUOTE: usize = 40;

static STARTERS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("lexicons/starters.txt")));
static CUES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("lexicons/cues_after.txt")));
static CALENDAR: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| words(include_str!("lexicons/calendar.txt")));

fn words(lexicon: &'static str) -> BTreeSet<&'static str> {
    lexicon.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect()
}

/// Whether `word` with a capital is one that begins a sentence far more often than it belongs to a name.
pub(super) fn starts_sentence(word: &str) -> bool {
    STARTERS.contains(word)
}

/// The sentences of `report`.
pub fn find(report: &Report, layers: &Annotations) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut quotes = Quotes::new(&layers.quotes);
    for block in blocks::find(report).iter().filter(|b| !b.is_label()) {
        let tokens = layers.tokens_in(block.span);
        let mut cutter =
            Cutter { text: report.text.as_str(), layers, block, end: tokens.end, quotes: &mut quotes };
        cutter.cut(tokens, &mut sentences);
    }
    sentences
}

/// The quotes around a place that only moves forward.
struct Quotes<'a> {
    quotes: &'a [Quote],
    next: usize,
    open: Vec<Quote>,
    /// Where closed quotes end, in order.
    ends: Vec<u32>,
}

impl<'a> Quotes<'a> {
    fn new(quotes: &'a [Quote]) -> Self {
        let mut ends: Vec<u32> = quotes.iter().filter(|q| q.closed).map(|q| q.outer.end).collect();
        ends.sort_unstable();
        Quotes { quotes, next: 0, open: Vec::new(), ends }
    }

    /// The outermost quote that holds the byte at `offset`.
    fn outermost_at(&mut self, offset: u32) -> Option<Quote> {
        while let Some(quote) = self.quotes.get(self.next).filter(|q| q.outer.start <= offset) {
            self.open.push(*quote);
            self.next += 1;
        }
        self.open.retain(|q| offset < q.outer.end);
        self.open.first().copied()
    }
}

/// Cuts one block into sentences.
struct Cutter<'a, 'q> {
    text: &'a str,
    layers: &'a Annotations,
    block: &'a Block,
    /// The end of the block's tokens.
    end: usize,
    quotes: &'q mut Quotes<'a>,
}

impl Cutter<'_, '_> {
    fn cut(&mut self, tokens: Range<usize>, out: &mut Vec<Sentence>) {
        let mut start = tokens.start;
        let mut at = tokens.start;
        while at < tokens.end {
            let Some(stop) = self.stop_at(at) else {
                at += 1;
                continue;
            };
            let next = self.after_closers(at + 1);
            if next >= tokens.end || self.ends(stop, start, at, next) {
                self.push(start..next.min(tokens.end), out);
                start = next;
            }
            at = next;
        }
        if start < tokens.end {
            self.push(start..tokens.end, out);
        }
    }

    fn push(&self, tokens: Range<usize>, out: &mut Vec<Sentence>) {
        let span = self.span(tokens.start).cover(self.span(tokens.end - 1));
        let furniture = self.block.region.is_some();
        out.push(Sentence { span, tokens, paragraph: self.block.paragraph, furniture });
    }

    fn span(&self, token: usize) -> Span {
        self.layers.tokens.get(token).map_or(self.block.span, |t| t.span)
    }

    /// The words of a token of this block; nothing beyond its end.
    fn word(&self, token: usize) -> &str {
        if token < self.end { self.span(token).of(self.text) } else { "" }
    }

    fn stop_at(&self, at: usize) -> Option<Stop> {
        let word = self.word(at);
        if let Some(stem) = word.strip_suffix('.').filter(|stem| stem.contains(char::is_alphanumeric)) {
            return match abbreviation(stem) {
                Some(Abbreviation::Any) => Some(Stop::Abbreviation),
                Some(_) => None,
                None if stem.contains('.') || stem.chars().count() > 1 => Some(Stop::Abbreviation),
                None => None,
            };
        }
        match word.chars().next()? {
            '…' => Some(Stop::Ellipsis),
            '.' if word.len() > 1 => Some(Stop::Ellipsis),
            '.' | '。' => Some(Stop::Full),
            '!' | '?' | '‼' | '⁇' | '⁉' => Some(Stop::Mark),
            _ => None,
        }
    }

    /// The first token from `at` on that is not a closing mark or bracket, a footnote mark or another stop.
    fn after_closers(&self, at: usize) -> usize {
        let mut next = at;
        while next < self.end {
            let (word, span) = (self.word(next), self.span(next));
            let spaced = self.span(next - 1).end < span.start;
            let closes = match word {
                "\"" | "'" | "''" | "”" | "’" | "’’" | "»" | "“" => {
                    self.closes_quote(span) || (!spaced && matches!(word, "”" | "’" | "''"))
                }
                ")" | "]" | "}" => true,
                "[" => !spaced && self.is_footnote(next),
                "!" | "?" | "." | "…" | "*" | "†" | "‡" => !spaced,
                _ => !spaced && word.chars().all(|c| "¹²³⁴⁵⁶⁷⁸⁹⁰.!?".contains(c)),
            };
            if !closes {
                break;
            }
            next += if word == "[" { 3 } else { 1 };
        }
        next.min(self.end)
    }

    /// Whether the mark at `span` is the end of a quote rather than the beginning of the next.
    fn closes_quote(&self, span: Span) -> bool {
        self.quotes.ends.binary_search(&span.end).is_ok()
    }

    /// "[12]", "[a]".
    fn is_footnote(&self, at: usize) -> bool {
        let note = self.word(at + 1);
        self.word(at + 2) == "]" && note.len() <= 3 && note.chars().all(char::is_alphanumeric)
    }

    /// Whether the stop at `at` ends the sentence that began at `start`, where `next` follows.
    fn ends(&mut self, stop: Stop, start: usize, at: usize, next: usize) -> bool {
        let spaced = self.span(next - 1).end < self.span(next).start;
        let word = self.word(next).to_owned();
        let quoted = self.quotes.outermost_at(self.span(at).start);
        let left_quote = quoted.is_some_and(|q| q.outer.end <= self.span(next).start);
        if left_quote && next > at + 1 && self.is_cue(next) {
            return false;
        }
        if quoted.is_some_and(|q| !left_quote && self.is_aside(q, start)) {
            return false;
        }
        match stop {
            Stop::Full if self.numbers_a_list(start, at) => false,
            Stop::Full | Stop::Mark if !spaced => self.is_new(next) && word.starts_with(char::is_uppercase),
            Stop::Full | Stop::Mark => self.is_new(next),
            Stop::Ellipsis if left_quote => self.is_new(next),
            Stop::Ellipsis => self.is_start(next, at),
            Stop::Abbreviation if self.closed_between(at, next) => self.is_new(next),
            Stop::Abbreviation => self.ends_abbreviation(at, next),
        }
    }

    /// Whether a closing mark stands between `at` and `next`.
    fn closed_between(&self, at: usize, next: usize) -> bool {
        (at + 1..next).any(|i| self.word(i).starts_with(['"', '”', '’', '\'', '»']))
    }

    /// A short quote within a sentence that goes on after it in lower case.
    fn is_aside(&self, quote: Quote, start: usize) -> bool {
        let after =
            &self.text[quote.outer.range().end..self.block.span.range().end.max(quote.outer.range().end)];
        let goes_on = after.trim_start_matches([',', ' ', '\u{a0}']).starts_with(char::is_lowercase);
        goes_on && quote.inner.len() <= SHORT_QUOTE && self.span(start).start < quote.outer.start
    }

    /// "1." at the head of a sentence.
    fn numbers_a_list(&self, start: usize, at: usize) -> bool {
        let word = self.word(start);
        at == start + 1 && word.len() <= 3 && (word.chars().all(|c| c.is_ascii_digit()) || word.len() == 1)
    }

    /// Whether the token at `next` can begin a sentence after a full stop.
    fn is_new(&self, next: usize) -> bool {
        let word = self.word(next);
        let Some(first) = word.chars().next() else { return true };
        if first.is_lowercase() {
            // "iPhone", "eBay".
            return word.chars().nth(1).is_some_and(char::is_uppercase);
        }
        !matches!(first, ',' | ';' | ':' | ')' | ']' | '%' | '–' | '—' | '-')
            || (matches!(first, '–' | '—' | '-') && self.is_new_after(next))
    }

    /// After a dash: a new sentence only where a capital follows ("… it rained. — Reuters").
    fn is_new_after(&self, dash: usize) -> bool {
        self.word(dash + 1).starts_with(char::is_uppercase)
    }

    /// Whether the token at `next` surely begins a sentence; a quotation or bracket before it does not matter.
    fn is_start(&self, next: usize, at: usize) -> bool {
        let marks = (next..self.end).take(2).take_while(|i| is_opening(self.word(*i))).count();
        let word = self.word(next + marks);
        let calls = marks > 0 && word.starts_with(char::is_uppercase) && self.word(at) != "…";
        starts_sentence(word) || calls
    }

    fn ends_abbreviation(&self, at: usize, next: usize) -> bool {
        let (word, after) = (self.word(at), self.word(next));
        if after.starts_with(char::is_lowercase) {
            return false;
        }
        let time = matches!(word, "a.m." | "p.m." | "A.M." | "P.M.");
        let closes = time || matches!(word, "etc." | "Inc." | "Ltd." | "Corp." | "Jr." | "Sr.");
        let names = after.starts_with(char::is_uppercase) && !CALENDAR.contains(after);
        self.is_start(next, at) || (closes && names && (time || word == "etc."))
    }

    /// Whether what follows a quotation attributes it: "he said", "said Moe", "Anna Moe asked".
    fn is_cue(&self, next: usize) -> bool {
        if self.word(next).starts_with(char::is_lowercase) {
            return true;
        }
        let is_name =
            |i: &usize| self.word(*i).starts_with(char::is_uppercase) || self.word(*i).ends_with('.');
        let names = (next..self.end).take(5).take_while(is_name).count();
        // "He said that …" is a sentence of its own: the cue must end it, or a clause.
        let cue = self.after_aside(next + names);
        let after = self.word(cue + 1);
        names > 0
            && CUES.contains(self.word(cue))
            && (after.is_empty() || after.starts_with(['.', ',', ';', '(']))
    }

    /// The token behind what two commas enclose ("Anna Moe, the mayor, asked"), or `at`.
    fn after_aside(&self, at: usize) -> usize {
        if self.word(at) != "," {
            return at;
        }
        let close =
            (at + 1..self.end.min(at + ASIDE)).find(|i| matches!(self.word(*i), "," | "." | "?" | "!"));
        close.filter(|close| self.word(*close) == ",").map_or(at, |close| close + 1)
    }
}

fn is_opening(word: &str) -> bool {
    word.starts_with(['“', '‘', '"', '\'', '«', '„', '(', '[', '`'])
}

/// What may end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Full,
    Mark,
    Ellipsis,
    Abbreviation,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing::{report, report_with};
    use crate::annotate::{quotes, tokens};
    use crate::report::RegionKind;

    fn layers(report: &Report) -> Annotations {
        let mut layers = Annotations { tokens: tokens::find(report), ..Annotations::default() };
        layers.quotes = quotes::find(report);
        layers.sentences = find(report, &layers);
        layers
    }

    /// The sentences of `text`, with a bar where one ends.
    fn cut(text: &str) -> String {
        let report = report(text);
        layers(&report)
            .sentences
            .iter()
            .map(|s| report.slice(s.span).to_owned())
            .collect::<Vec<_>>()
            .join("|")
    }

    #[track_caller]
    fn check(expected: &str) {
        assert_eq!(cut(&expected.replace('|', " ")), expected);
    }

    #[test]
    fn quotations_end_where_their_sentence_ends() {
        check("“Is it over?” he asked.|Nobody knew.");
        check("“Is it over?” Anna Moe asked.|Nobody knew.");
        check("“It is over!” Anna Moe, the mayor of Varn, shouted.|Nobody knew.");
        check("“It is over!”|Anna Moe, the mayor of Varn, left.|Nobody knew.");
        check("“It is over.|We go home,” she said.|“And that is that.”|They left.");
        check("“It is over.”|He did not answer.");
        check("Shouts of “Out! Out!” rang through the hall.|It was late.");
        check("He asked: “Why now?”|She said nothing.");
        check(
            "\"It rained. It poured,\" he said. \"We left.\" The end came."
                .replace("rained. ", "rained.|")
                .replace("said. ", "said.|")
                .replace("left.\" ", "left.\"|")
                .as_str(),
        );
    }

    #[test]
    fn abbreviations_and_numbers_end_nothing() {
        check("Mr. Moe of the U.S. Senate met Gen. J. R. Poe on Jan. 3 at 9 a.m. Tuesday.|He lost 2.5 kg.");
        check("They live in the U.S.|The rest left at 5 p.m.|She stayed at Foo Inc. for years.");
        check("See No. 7, e.g. the case Roe v. Wade etc. and so on.|Fine.");
    }

    #[test]
    fn ellipses_end_only_before_a_sure_start() {
        check("We saw ships from … Nordic ports.|They left...|But why?");
        check("“Well… perhaps,” he said.");
    }

    #[test]
    fn closers_belong_to_the_sentence() {
        check("It was late (or early.)|Then it rained.[3]|We left (all of us).|“So we did.”|Yes!");
        check("1. Do it.|2. Do it again.");
    }

    #[test]
    fn paragraphs_and_regions_end_sentences() {
        let text = "OSLO (AP) — It rained, the\nmayor said. Read more Thanks";
        let report =
            report_with(text, &[(RegionKind::Dateline, "OSLO (AP) —"), (RegionKind::Appeal, "Read more")]);
        let layers = layers(&report);
        let shown: Vec<(&str, usize, bool)> =
            layers.sentences.iter().map(|s| (report.slice(s.span), s.paragraph, s.furniture)).collect();
        assert_eq!(
            shown,
            [
                ("It rained, the", 0, false),
                ("mayor said.", 1, false),
                ("Read more", 1, true),
                ("Thanks", 1, false)
            ]
        );
        for sentence in &layers.sentences {
            assert_eq!(layers.tokens_in(sentence.span), sentence.tokens);
        }
    }

    #[test]
    fn hostile_input_ends() {
        for piece in ["“A. ", ".", "? ", "a.\n", "... “", "Mr. ", ".” A", "A.B. "] {
            let report = report(&piece.repeat(20_000));
            assert!(layers(&report).sentences.len() <= 40_000);
        }
    }

    /// How many of the sentence borders of GUM's news and interviews are found, and how many found ones are theirs.
    #[test]
    fn borders_of_a_treebank() {
        let Ok(folder) = std::fs::read_dir("../shared/data/gum") else { return };
        let (mut both, mut theirs, mut ours) = (0, 0, 0);
        for path in folder.filter_map(|f| f.ok().map(|f| f.path())) {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if !(name.starts_with("GUM_news_") || name.starts_with("GUM_interview_")) {
                continue;
            }
            let conllu = std::fs::read_to_string(&path).expect("the treebank is readable");
            let (text, ends) = rebuilt(&conllu);
            let report = report(&text);
            let found: std::collections::BTreeSet<usize> =
                layers(&report).sentences.iter().map(|s| s.span.range().end).collect();
            both += found.intersection(&ends).count();
            (theirs, ours) = (theirs + ends.len(), ours + found.len());
        }
        println!("sentence ends: {both} right of {ours} found and {theirs} there");
        assert!(both * 100 >= theirs * 96 && both * 100 >= ours * 98);
    }

    /// The text of a CoNLL-U document, paragraphs on lines of their own, and where its sentences end.
    fn rebuilt(conllu: &str) -> (String, std::collections::BTreeSet<usize>) {
        let (mut text, mut ends) = (String::new(), std::collections::BTreeSet::new());
        for block in conllu.split("\n\n") {
            let Some(sentence) = block.lines().find_map(|l| l.strip_prefix("# text = ")) else { continue };
            let paragraph = block.lines().any(|l| l.starts_with("# newpar"));
            text.push_str(if paragraph { "\n" } else { " " });
            text.push_str(sentence.trim_end());
            ends.insert(text.len());
        }
        (text, ends)
    }
}
