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

/// The blocks of the report in `document`.
pub(super) fn find(document: Document, article_body: Option<&str>, summary: Option<&str>) -> Vec<Block> {
    furniture::strip(&document);
    let page: Vec<Line> = document.body().map(lines).unwrap_or_default();
    let found = choose(&page, &readable(document), article_body);
    with_standfirst(found, &page, &Witness::new(summary.unwrap_or_default()))
}

/// `found` with the standfirst before it: the line of the page that says what its summary says, where the report itself does not say it.
fn with_standfirst(mut found: Vec<Block>, page: &[Line], summary: &Witness) -> Vec<Block> {
    let Some(first) = found.first().cloned() else { return found };
    let says_so = |block: &Block| summary.share(&block.text).is_some_and(|share| share >= SUMMARY);
    if summary.words < 6 || found.iter().take(3).any(says_so) {
        return found;
    }
    let before = page.iter().take_while(|line| line.block != first);
    if let Some(standfirst) = before.filter(|line| says_so(&line.block)).last() {
        found.insert(0, Block { kind: BlockKind::Paragraph, text: standfirst.block.text.clone() });
    }
    found
}

/// The blocks of `page` that are the report, by what Readability and the JSON-LD say.
fn choose(page: &[Line], readable: &[String], article_body: Option<&str>) -> Vec<Block> {
    let readable = Witness::new(&readable.join("\n"));
    let body = Witness::new(article_body.unwrap_or_default());
    let by_readability = select(page, &readable, true);
    let by_body = select(page, &body, false);
    let believed = body.words >= BODY_WORDS
        && count(&by_body) as f64 >= COVERED * body.words as f64
        && 2 * count(&by_body) >= count(&by_readability);
    if believed {
        return by_body;
    }
    if 2 * count(&by_readability) < body.words && body.words >= BODY_WORDS {
        return article_body.unwrap_or_default().lines().filter_map(paragraph).collect();
    }
    if by_readability.is_empty() {
        page.iter().map(|line| line.block.clone()).collect()
    } else {
        by_readability
    }
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

    fn vouches_for(&self, block: &Block) -> bool {
        self.share(&block.text)
            .map_or_else(|| self.short.contains(&words(&block.text)), |share| share >= VOUCHED)
    }

    /// The share of the word triples of `text` that it holds; nothing where there is none.
    fn share(&self, text: &str) -> Option<f64> {
        let words = words(text);
        let triples = words.windows(3);
        let all = triples.len();
        let known = triples.filter(|three| self.triples.contains(&triple(three))).count();
        (all > 0).then(|| known as f64 / all as f64)
    }
}

/// The blocks that `witness` vouches for, and what must be of the report because it stands between them. A heading, which no `articleBody` holds, stays where
/// the report goes on below it; without `strict`, so does an item or a row.
fn select(page: &[Line], witness: &Witness, strict: bool) -> Vec<Block> {
    let vouched: Vec<bool> =
        page.iter().map(|line| line.linked() <= MAX_LINKED && witness.vouches_for(&line.block)).collect();
    let first = vouched.iter().position(|v| *v).unwrap_or(page.len());
    let last = vouched.iter().rposition(|v| *v).unwrap_or_default();
    let between = |i: usize| {
        let line = &page[i];
        if i < first || i > last || line.linked() > 0.3 {
            return false;
        }
        match line.block.kind {
            BlockKind::Paragraph => strict && words(&line.block.text).len() >= PARAGRAPH_WORDS,
            BlockKind::Heading => !strict && vouched.get(i + 1) == Some(&true),
            BlockKind::Item | BlockKind::Row => !strict,
        }
    };
    let mut blocks: Vec<Block> =
        (0..page.len()).filter(|i| vouched[*i] || between(*i)).map(|i| page[i].block.clone()).collect();
    // What a last heading announces was furniture.
    while blocks.last().is_some_and(|block| block.kind == BlockKind::Heading) {
        blocks.pop();
    }
    blocks
}

fn count(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| words(&block.text).len()).sum()
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
        if c.is_alphanumeric() {
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

fn triple(words: &[u64]) -> u64 {
    words.iter().fold(SEED, |number, word| mix(number, *word))
}

/// FNV-1a's start and step: two words in a page that get one number do no harm.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn mix(number: u64, next: u64) -> u64 {
    (number ^ next).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
}
