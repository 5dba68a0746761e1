//! Which statements of two reports tell one event: ECB+.
//!
//! In: the reports of ECB+, in which annotators marked the words for events and which of them are one across reports. Out: pairs of
//! statements of one topic with whether their main verbs mean one event. A topic holds two alike events, of which each is the hard negative of
//! the other. It does not know how statements are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rashomon::align::propositions::model::Model;
use rashomon::align::{Account, Asserted, Assertions, assertions};
use rashomon::annotate::{Annotator, Rules};
use rashomon::span::Span;
use regex::Regex;

use crate::stories::{ALIKE_CORPUS, report};

/// The topics that nothing is learnt from (the development topics of Cybulska and Vossen's split).
const HELD_OUT: [u32; 8] = [2, 5, 12, 18, 21, 23, 34, 35];

/// The sentences whose annotation was checked, within the corpus.
const CHECKED: &str = "ECBplus_coreference_sentences.csv";

/// A topic as one story.
pub struct Topic {
    /// Whether nothing is learnt from it.
    pub held_out: bool,
    /// What its reports state, and what was compared.
    pub found: Assertions,
    /// For each statement the events that it tells; empty where the annotators marked none.
    events: Vec<BTreeSet<String>>,
}

impl Topic {
    /// Whether two statements tell one event; `None` where that is not known.
    pub fn one(&self, a: usize, b: usize) -> Option<bool> {
        let (a, b) = (&self.events[a], &self.events[b]);
        (!a.is_empty() && !b.is_empty()).then(|| !a.is_disjoint(b))
    }

    /// The pairs of statements of different reports.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let statements = &self.found.statements;
        let behind = move |a: usize| (a + 1..statements.len()).map(move |b| (a, b));
        let pairs = (0..statements.len()).flat_map(behind);
        pairs.filter(move |(a, b)| statements[*a].account != statements[*b].account)
    }
}

/// Pairs of statements: how many are rightly taken for one, how many are taken for one of which it is known, and how many tell one event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Rightly taken for one.
    pub right: usize,
    /// Taken for one.
    pub found: usize,
    /// Telling one event.
    pub wanted: usize,
}

impl Counts {
    /// In percent, as the others.
    pub fn precision(&self) -> f64 {
        100.0 * self.right as f64 / self.found.max(1) as f64
    }

    /// How much of what is one was taken for one.
    pub fn recall(&self) -> f64 {
        100.0 * self.right as f64 / self.wanted.max(1) as f64
    }

    /// Their harmonic mean.
    pub fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64
    }

    /// Counts a pair.
    pub fn count(&mut self, found: bool, one: bool) {
        self.right += usize::from(found && one);
        self.found += usize::from(found);
        self.wanted += usize::from(one);
    }
}

/// How well the claims of the topics that are held out hold the statements of one event.
pub fn score(data: &Path) -> Result<Counts> {
    let mut counts = Counts::default();
    for topic in topics(data, Model::shipped())?.iter().filter(|t| t.held_out) {
        let mut claim = vec![0; topic.found.statements.len()];
        for (n, group) in topic.found.groups.iter().enumerate() {
            group.iter().for_each(|i| claim[*i] = n + 1);
        }
        for (a, b) in topic.pairs() {
            let joined = claim[a] > 0 && claim[a] == claim[b];
            topic.one(a, b).into_iter().for_each(|one| counts.count(joined, one));
        }
    }
    Ok(counts)
}

/// What the pairs of the topics that are not held out share, with whether they tell one event.
pub fn examples(topics: &[Topic]) -> Vec<(Vec<f64>, bool)> {
    let of = topics.iter().filter(|t| !t.held_out);
    let pairs = of.flat_map(|topic| topic.found.compared.iter().map(move |pair| (topic, pair)));
    pairs
        .filter_map(|(topic, pair)| Some((pair.features.to_vec(), topic.one(pair.pair[0], pair.pair[1])?)))
        .collect()
}

/// A text of the corpus with its marked events.
struct Marked {
    account: Account,
    /// Where words for an event stand, and which event it is.
    events: Vec<(Span, String)>,
}

/// All topics; what was compared has its features by `model`.
pub fn topics(data: &Path, model: &Model) -> Result<Vec<Topic>> {
    let folder = data.join(ALIKE_CORPUS);
    let reader = Corpus::new(&folder)?;
    let mut topics = Vec::new();
    for number in 1..=45 {
        let at = folder.join(number.to_string());
        if at.is_dir() {
            topics.push(topic(&reader, number, &at, model)?);
        }
    }
    Ok(topics)
}

fn topic(reader: &Corpus, number: u32, folder: &Path, model: &Model) -> Result<Topic> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "xml"));
    paths.sort();
    let marked: Vec<Marked> = paths.iter().map(|p| reader.read(number, p)).collect::<Result<_>>()?;
    let accounts: Vec<&Account> = marked.iter().map(|m| &m.account).collect();
    let found = assertions(&accounts, model);
    let events = found.statements.iter().map(|s| told(&marked[s.account], s)).collect();
    Ok(Topic { held_out: HELD_OUT.contains(&number), found, events })
}

/// The events that a statement tells: that of its main verb, or where that is none those of the nouns around it.
fn told(of: &Marked, statement: &Asserted) -> BTreeSet<String> {
    let marked =
        |span: Span| of.events.iter().filter(move |(at, _)| at.overlaps(span)).map(|(_, e)| e.clone());
    let told: Vec<BTreeSet<String>> = statement.acts.iter().map(|span| marked(*span).collect()).collect();
    told.into_iter().find(|events: &BTreeSet<String>| !events.is_empty()).unwrap_or_default()
}

struct Corpus {
    token: Regex,
    mark: Regex,
    anchor: Regex,
    chain: Regex,
    source: Regex,
    /// Topic, file and sentence.
    checked: BTreeSet<(u32, String, String)>,
}

impl Corpus {
    fn new(folder: &Path) -> Result<Self> {
        let path = folder.join(CHECKED);
        let lines = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let line = |line: &str| {
            let mut parts = line.split(',');
            Some((parts.next()?.parse().ok()?, parts.next()?.to_owned(), parts.next()?.trim().to_owned()))
        };
        Ok(Corpus {
            token: Regex::new(r#"<token t_id="(\d+)" sentence="(\d+)"[^>]*>([^<]*)</token>"#)?,
            mark: Regex::new(r#"(?s)<((?:ACTION|NEG_ACTION)_[A-Z]+) m_id="(\d+)"[^/>]*>(.*?)</"#)?,
            anchor: Regex::new(r#"<token_anchor t_id="(\d+)""#)?,
            chain: Regex::new(
                r#"(?s)<(CROSS|INTRA)_DOC_COREF r_id="(\d+)"(?: note="([^"]*)")?[^>]*>(.*?)</"#,
            )?,
            source: Regex::new(r#"<source m_id="(\d+)""#)?,
            checked: lines.lines().filter_map(line).collect(),
        })
    }

    fn read(&self, topic: u32, path: &Path) -> Result<Marked> {
        let xml = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let (text, words) = self.text(&xml, topic, &name);
        let chains = self.chains(&xml, &name);
        let mut events = Vec::new();
        for mark in self.mark.captures_iter(&xml) {
            let event = chains.get(&mark[2]).cloned().unwrap_or_else(|| format!("{name}#{}", &mark[2]));
            let anchors = self.anchor.captures_iter(&mark[3]).filter_map(|a| words.get(&a[1]).copied());
            events.extend(anchors.map(|span| (span, event.clone())));
        }
        let report = report(name, text);
        Ok(Marked { account: Account::new(Rules.annotate(&report), report), events })
    }

    /// The text, a sentence a line, and where in it the words of sentences stand whose annotation was checked.
    fn text(&self, xml: &str, topic: u32, name: &str) -> (String, BTreeMap<String, Span>) {
        let file = name.split_once('_').map_or("", |(_, file)| file);
        let (mut text, mut last, mut words) = (String::new(), String::new(), BTreeMap::new());
        for token in self.token.captures_iter(xml) {
            // The first sentence of an ECB+ text is the page's address.
            if name.ends_with("plus") && &token[2] == "0" {
                continue;
            }
            let word = unescaped(&token[3]);
            if token[2] != last {
                text.push('\n');
            } else if !JOINED.contains(&word.as_str()) && !text.ends_with(['(', '$']) {
                text.push(' ');
            }
            last = token[2].to_owned();
            if self.checked.contains(&(topic, file.to_owned(), last.clone())) {
                words.insert(token[1].to_owned(), Span::new(text.len()..text.len() + word.len()));
            }
            text.push_str(&word);
        }
        (text, words)
    }

    /// For each mark that is one with others the event that they mean.
    fn chains(&self, xml: &str, name: &str) -> BTreeMap<String, String> {
        let mut chains = BTreeMap::new();
        for chain in self.chain.captures_iter(xml) {
            let within = || format!("{name}/{}", &chain[2]);
            let event = chain.get(3).map_or_else(within, |note| note.as_str().to_owned());
            let sources = self.source.captures_iter(&chain[4]).map(|s| s[1].to_owned());
            chains.extend(sources.map(|source| (source, event.clone())));
        }
        chains
    }
}

/// Marks before which no space stands.
const JOINED: &[&str] = &[".", ",", ";", ":", "?", "!", "'s", "n't", "%", ")"];

/// A word as it is written outside of XML and treebanks.
fn unescaped(word: &str) -> String {
    let word = word.replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'");
    if matches!(word.as_str(), "``" | "''") { "\"".to_owned() } else { word }
}
