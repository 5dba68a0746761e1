//! Where on a page the report stands.
//!
//! In: a parsed page, and the body and the summary as its metadata give them. Out: the blocks of the report, without menus, other reports, captions and
//! appeals. It does not know headline, byline or date.
//!
//! What the markup calls furniture goes first. Then two witnesses are heard: Readability, which finds the part of a page that reads like
//! an article, and the `articleBody` of the JSON-LD, which is exact where an outlet gives it whole and worthless where it gives an
//! extract. The blocks are always the page's own, in its order, whoever vouches for them.

use std::collections::HashSet;

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::blocks::{Line, lines};
use super::furniture;
use crate::source::layout::{Block, BlockKind};

/// The share of a block's word triples that a witness must hold to vouch for it.
const VOUCHED: f64 = 0.6;

/// The share of a block that may stand in links; beyond it the block leads elsewhere.
const MAX_LINKED: f64 = 0.8;

/// A block of at least so many words between two of the report is of the report, whoever vouches for it.
const PARAGRAPH_WORDS: usize = 12;

/// An `articleBody` of fewer words is an extract.
const BODY_WORDS: usize = 80;

/// The share of an `articleBody` that must stand on the page for it to be believed.
const COVERED: f64 = 0.75;

/// More elements than any page of news has; beyond it only the plain lines are taken, in linear time.
const MAX_ELEMENTS: usize = 60_000;

/// The share of a block's word triples that a summary must hold for the block to be the standfirst.
const SUMMARY: f64 = 0.8;

/// A line of the page with a number for each of its words.
struct Worded {
    line: Line,
    words: Vec<u64>,
}

impl Worded {
    fn of(line: Line) -> Self {
        Worded { words: words(&line.block.text), line }
    }

    /// Whether it leads elsewhere.
    fn is_link(&self) -> bool {
        self.line.linked() > MAX_LINKED
    }
}

/// The blocks of the report in `document`.
pub(super) fn find(document: Document, article_body: Option<&str>, summary: Option<&str>) -> Vec<Block> {
    furniture::strip(&document);
    let page: Vec<Worded> =
        document.body().map(lines).unwrap_or_default().into_iter().map(Worded::of).collect();
    let found = choose(&page, document, article_body);
    let found = found.unwrap_or_else(|| page.iter().map(|worded| worded.line.block.clone()).collect());
    with_standfirst(found, &page, &Witness::new(summary.unwrap_or_default()))
}

/// `found` with the standfirst before it: the line of the page that says what its summary says, where the report itself does not say it.
fn with_standfirst(mut found: Vec<Block>, page: &[Worded], summary: &Witness) -> Vec<Block> {
    let Some(first) = found.first().cloned() else { return found };
    let says_so = |words: &[u64]| summary.share(words).is_some_and(|share| share >= SUMMARY);
    if summary.words < 6 || found.iter().take(3).any(|block| says_so(&words(&block.text))) {
        return found;
    }
    let before = page.iter().take_while(|worded| worded.line.block != first);
    if let Some(standfirst) = before.filter(|worded| says_so(&worded.words)).last() {
        let text = standfirst.line.block.text.clone();
        found.insert(0, Block { kind: BlockKind::Paragraph, text });
    }
    found
}

/// The blocks of `page` that are the report, by what Readability and the JSON-LD say; nothing where neither finds any.
fn choose(page: &[Worded], document: Document, article_body: Option<&str>) -> Option<Vec<Block>> {
    let body = Witness::new(article_body.unwrap_or_default());
    let by_body = select(page, &body, false);
    let stands_there =
        body.words >= BODY_WORDS && count(page, &by_body) as f64 >= COVERED * body.words as f64;
    // Readability would hardly find more than the paragraphs of the page: where that changes nothing it need not be asked.
    let is_paragraph = |worded: &&Worded| !worded.is_link() && worded.words.len() >= PARAGRAPH_WORDS;
    let most: usize = page.iter().filter(is_paragraph).map(|worded| worded.words.len()).sum();
    if stands_there && 2 * count(page, &by_body) >= most {
        return Some(blocks(page, &by_body));
    }
    let readable = Witness::new(&readable(document).join("\n"));
    let by_readability = select(page, &readable, true);
    if stands_there && 2 * count(page, &by_body) >= count(page, &by_readability) {
        return Some(blocks(page, &by_body));
    }
    if 2 * count(page, &by_readability) < body.words && body.words >= BODY_WORDS {
        return Some(article_body.unwrap_or_default().lines().filter_map(paragraph).collect());
    }
    (!by_readability.is_empty()).then(|| blocks(page, &by_readability))
}

fn blocks(page: &[Worded], chosen: &[usize]) -> Vec<Block> {
    chosen.iter().map(|i| page[*i].line.block.clone()).collect()
}

/// The lines of what Readability takes for the article.
fn readable(document: Document) -> Vec<String> {
    let config = Config {
        disable_json_ld: true,
        text_mode: TextMode::Raw,
        max_elements_to_parse: MAX_ELEMENTS,
        ..Config::default()
    };
    let Ok(mut page) = Readability::with_document(document, None, Some(config)) else { return Vec::new() };
    if page.parse().is_err() {
        return Vec::new();
    }
    let found = page.doc.select_single("#readability-page-1");
    let lines = found.nodes().first().map(|root| lines(*root)).unwrap_or_default();
    lines.into_iter().map(|line| line.block.text).collect()
}

/// What a witness says is the report.
struct Witness {
    triples: HashSet<u64>,
    short: HashSet<Vec<u64>>,
    words: usize,
}

impl Witness {
    fn new(text: &str) -> Self {
        let all = words(text);
        let short = text.lines().map(words).filter(|line| line.len() < 3);
        Witness { short: short.collect(), triples: all.windows(3).map(triple).collect(), words: all.len() }
    }

    fn vouches_for(&self, words: &[u64]) -> bool {
        self.share(words).map_or_else(|| self.short.contains(words), |share| share >= VOUCHED)
    }

    /// The share of the triples of `words` that it holds; nothing where there is none.
    fn share(&self, words: &[u64]) -> Option<f64> {
        let triples = words.windows(3);
        let all = triples.len();
        let known = triples.filter(|three| self.triples.contains(&triple(three))).count();
        (all > 0).then(|| known as f64 / all as f64)
    }
}

/// The lines that `witness` vouches for, as indices, and what must be of the report because it stands between them. A heading, which no
/// `articleBody` holds, stays where the report goes on below it; without `strict`, so does an item or a row.
fn select(page: &[Worded], witness: &Witness, strict: bool) -> Vec<usize> {
    if witness.words == 0 {
        return Vec::new();
    }
    let vouched: Vec<bool> =
        page.iter().map(|worded| !worded.is_link() && witness.vouches_for(&worded.words)).collect();
    let first = vouched.iter().position(|v| *v).unwrap_or(page.len());
    let last = vouched.iter().rposition(|v| *v).unwrap_or_default();
    let between = |i: usize| {
        let Worded { line, words } = &page[i];
        if i < first || i > last || line.linked() > 0.3 {
            return false;
        }
        match line.block.kind {
            BlockKind::Paragraph => strict && words.len() >= PARAGRAPH_WORDS,
            BlockKind::Heading => !strict && vouched.get(i + 1) == Some(&true),
            BlockKind::Item | BlockKind::Row => !strict,
        }
    };
    let mut chosen: Vec<usize> = (0..page.len()).filter(|i| vouched[*i] || between(*i)).collect();
    // What a last heading announces was furniture.
    while chosen.last().is_some_and(|i| page[*i].line.block.kind == BlockKind::Heading) {
        chosen.pop();
    }
    chosen
}

fn count(page: &[Worded], chosen: &[usize]) -> usize {
    chosen.iter().map(|i| page[*i].words.len()).sum()
}

fn paragraph(line: &str) -> Option<Block> {
    let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.contains(char::is_alphanumeric).then_some(Block { kind: BlockKind::Paragraph, text })
}

/// A number for each word of `text`, the same whatever its case.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut word = SEED;
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word = mix(word, u64::from(c.to_ascii_lowercase()));
        } else if is_foreign_letter(c) {
            c.to_lowercase().for_each(|c| word = mix(word, u64::from(c)));
        } else if word != SEED {
            words.push(std::mem::replace(&mut word, SEED));
        }
    }
    if word != SEED {
        words.push(word);
    }
    words
}

/// Whether it is a letter or a digit outside of ASCII. The marks of every page need no table.
fn is_foreign_letter(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '\u{a0}' | '\u{2000}'..='\u{206f}') && c.is_alphanumeric()
}

fn triple(words: &[u64]) -> u64 {
    words.iter().fold(SEED, |number, word| mix(number, *word))
}

/// FNV-1a's start and step: two words in a page that get one number do no harm.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn mix(number: u64, next: u64) -> u64 {
    (number ^ next).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
}
