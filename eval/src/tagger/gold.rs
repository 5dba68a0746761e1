//! Treebank sentences as the program's tokenizer cuts them.
//!
//! In: CoNLL-U with Penn tags. Out: words with their [`Pos`]. Where a word of ours is several of theirs
//! (hyphenated ones), it gets the tag that the Penn Treebank would give the whole.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::annotate::{Pos, tokens};
use rashomon::report::{Report, Text};

use crate::gum;

/// A sentence with the right tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The words, as the program cuts them.
    pub words: Vec<String>,
    /// Their tags.
    pub tags: Vec<Pos>,
}

/// Which documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// GUM train and EWT train.
    Train,
    /// GUM dev and EWT dev.
    Dev,
    /// The news documents of GUM test.
    NewsTest,
    /// GUM test.
    GumTest,
    /// EWT dev.
    EwtDev,
    /// EWT test.
    EwtTest,
}

/// Reads a split of the treebanks in `data`.
pub fn read(data: &Path, split: Split) -> Result<Vec<Sentence>> {
    let ewt = |name: &str| data.join("ud_ewt").join(name);
    let mut files = match split {
        Split::Train => gum::files(data, "train")?,
        Split::Dev => gum::files(data, "dev")?,
        Split::GumTest | Split::NewsTest => gum::files(data, "test")?,
        Split::EwtDev | Split::EwtTest => Vec::new(),
    };
    match split {
        Split::Train => files.push(ewt("en_ewt-train-rebuilt.conllu")),
        Split::Dev | Split::EwtDev => files.push(ewt("en_ewt-ud-dev.conllu")),
        Split::EwtTest => files.push(ewt("en_ewt-ud-test.conllu")),
        Split::NewsTest => files.retain(|f| f.to_string_lossy().contains("GUM_news_")),
        Split::GumTest => {}
    }
    let mut sentences = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        sentences.extend(text.split("\n\n").filter_map(sentence));
    }
    Ok(sentences)
}

/// Their token: a byte range and its Penn tag.
struct Theirs {
    start: usize,
    end: usize,
    tag: String,
}

fn sentence(block: &str) -> Option<Sentence> {
    let text = block.lines().find_map(|l| l.strip_prefix("# text = "))?;
    let theirs = align(block, text)?;
    let report = report(text);
    let ours = tokens::find(&report);
    let mut sentence = Sentence { words: Vec::new(), tags: Vec::new() };
    for token in ours {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        let over: Vec<usize> =
            (0..theirs.len()).filter(|i| theirs[*i].start < end && start < theirs[*i].end).collect();
        let word = report.slice(token.span);
        sentence.tags.push(tag_of(word, &over, &theirs));
        sentence.words.push(word.to_owned());
    }
    Some(sentence)
}

/// Where their tokens stand in `text`; `None` where they cannot be found.
fn align(block: &str, text: &str) -> Option<Vec<Theirs>> {
    let mut at = 0;
    let mut theirs = Vec::new();
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let mut fields = line.split('\t');
        let (id, form) = (fields.next()?, fields.next()?);
        if id.contains(['-', '.']) {
            continue;
        }
        let start = at + text[at..].find(form).filter(|skip| *skip <= 3)?;
        at = start + form.len();
        theirs.push(Theirs { start, end: at, tag: fields.nth(2)?.to_owned() });
    }
    Some(theirs)
}

fn tag_of(word: &str, over: &[usize], theirs: &[Theirs]) -> Pos {
    if let Some(pos) = rashomon::annotate::tagger::fixed(word) {
        return pos;
    }
    let parts: Vec<Pos> = over.iter().map(|i| pos(&theirs[*i].tag)).filter(|p| *p != Pos::Punct).collect();
    let Some(last) = parts.last().copied() else { return Pos::Punct };
    if parts.len() == 1 || !word.contains('-') {
        return parts[0];
    }
    let next = over.last().and_then(|i| theirs.get(i + 1)).map(|t| pos(&t.tag));
    let before_noun = next.is_some_and(|p| p.is_noun() || p.is_adjective());
    match last {
        Pos::VBN | Pos::VBD | Pos::VBG => Pos::JJ,
        Pos::NN | Pos::NNS if before_noun => Pos::JJ,
        Pos::RP | Pos::IN | Pos::RB if parts[0].is_verb() => Pos::NN,
        _ => last,
    }
}

/// The tag of a Penn tag as the treebanks write it.
fn pos(tag: &str) -> Pos {
    match tag {
        "CC" => Pos::CC,
        "CD" => Pos::CD,
        "DT" => Pos::DT,
        "EX" => Pos::EX,
        "FW" => Pos::FW,
        "IN" => Pos::IN,
        "JJ" | "AFX" => Pos::JJ,
        "JJR" => Pos::JJR,
        "JJS" => Pos::JJS,
        "LS" => Pos::LS,
        "MD" => Pos::MD,
        "NN" | "ADD" | "GW" => Pos::NN,
        "NNS" => Pos::NNS,
        "NNP" => Pos::NNP,
        "NNPS" => Pos::NNPS,
        "PDT" => Pos::PDT,
        "POS" => Pos::POS,
        "PRP" => Pos::PRP,
        "PRP$" => Pos::PRPS,
        "RB" => Pos::RB,
        "RBR" => Pos::RBR,
        "RBS" => Pos::RBS,
        "RP" => Pos::RP,
        "SYM" | "$" | "#" => Pos::SYM,
        "TO" => Pos::TO,
        "UH" => Pos::UH,
        "VB" => Pos::VB,
        "VBD" => Pos::VBD,
        "VBG" => Pos::VBG,
        "VBN" => Pos::VBN,
        "VBP" => Pos::VBP,
        "VBZ" => Pos::VBZ,
        "WDT" => Pos::WDT,
        "WP" => Pos::WP,
        "WP$" => Pos::WPS,
        "WRB" => Pos::WRB,
        _ => Pos::Punct,
    }
}

/// A report that holds only `text`.
pub fn report(text: &str) -> Report {
    Report {
        id: String::new(),
        source: String::new(),
        outlet: None,
        title: None,
        url: None,
        published_at: None,
        language: None,
        credits: Vec::new(),
        text: Text::new(text),
        regions: Vec::new(),
        remarks: Vec::new(),
    }
}
