//! Which events a sentence tells, who does them and to whom.
//!
//! In: sentences in which annotators marked a source and a target and named PLOVER's root type of what the one does to the
//! other. Out: macro F1 over the root types, and how often actor and recipient have the right head, on a third that
//! was held out. `events/train.rs` learns the weights from the other two. It does not know how an event is found.

pub mod train;

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::annotate::events::{self, ROOTS, Weights};
use rashomon::annotate::{Annotations, Event, MentionIndex, Model, Pos};
use rashomon::report::Report;
use rashomon::span::Span;
use sha2::{Digest, Sha256};

use crate::figures::Figure;

/// The sentences, within the data.
pub const CORPUS: &str = "events/plover_sentences_train.tsv";

/// A sentence is held out where the SHA-256 of this and its text is divisible by three.
const SEED: &str = "events-1";

/// What annotates the sentences.
const MODEL: Model = Model::Fast;

/// A sentence with what was marked in it.
pub struct Example {
    report: Report,
    layers: Annotations,
    /// Index into [`ROOTS`].
    root: usize,
    sources: Vec<Span>,
    targets: Vec<Span>,
    /// The rest of its hash divided by three, and of the next bytes by four.
    draw: (u32, u32),
}

impl Example {
    fn held_out(&self) -> bool {
        self.draw.0 == 0
    }
}

/// What was reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Sentences.
    pub sentences: usize,
    /// Sentences of which some event was found.
    pub found: usize,
    /// Of each root type: right, found, wanted.
    pub roots: [[usize; 3]; ROOTS.len()],
    /// Sentences whose event has the right actor, the right recipient, both.
    pub parts: [usize; 3],
}

impl Score {
    /// The mean F1 of the root types that occur, in percent.
    pub fn macro_f1(&self) -> f64 {
        let wanted: Vec<f64> = self.roots.iter().filter(|[_, _, wanted]| *wanted > 0).map(f1).collect();
        wanted.iter().sum::<f64>() / wanted.len().max(1) as f64
    }

    /// The share of sentences with the right actor, recipient, both, in percent.
    pub fn shares(&self) -> [f64; 3] {
        self.parts.map(|right| 100.0 * right as f64 / self.sentences.max(1) as f64)
    }

    fn add(&mut self, example: &Example, weights: &Weights) {
        let found = events::find_with(&example.report, &example.layers, weights);
        let heads = [example.heads(&example.sources), example.heads(&example.targets)];
        let right = |event: &Event| {
            let actor = example.is_one(event.actor, event.actor_words, &heads[0]);
            (actor, example.is_one(event.recipient, event.recipient_words, &heads[1]))
        };
        // Annotators told what one does to the other, so that of several events the one of these two is meant, else one that
        // the one does; of equals the first.
        let event = found.iter().rev().max_by_key(|event| {
            let (actor, recipient) = right(event);
            (actor && recipient, actor)
        });
        self.sentences += 1;
        self.found += usize::from(event.is_some());
        self.roots[example.root][2] += 1;
        if let Some(event) = event {
            if let Some(root) = ROOTS.iter().position(|root| *root == event.root) {
                self.roots[root][1] += 1;
                self.roots[root][0] += usize::from(root == example.root);
            }
            let (actor, recipient) = right(event);
            for (count, right) in self.parts.iter_mut().zip([actor, recipient, actor && recipient]) {
                *count += usize::from(right);
            }
        }
        example.show(event, event.map(right));
    }
}

fn f1([right, found, wanted]: &[usize; 3]) -> f64 {
    100.0 * 2.0 * *right as f64 / (*found + *wanted).max(1) as f64
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "{} sentences, of {} an event was found", self.sentences, self.found)?;
        writeln!(f, "root type, macro F1 {:5.1}", self.macro_f1())?;
        for (root, counts) in ROOTS.iter().zip(&self.roots) {
            writeln!(f, "  {root:<10} F1 {:5.1} of {}", f1(counts), counts[2])?;
        }
        let [actor, recipient, both] = self.shares();
        writeln!(f, "right actor {actor:.1} %, right recipient {recipient:.1} %, both {both:.1} %")
    }
}

/// What `gate` and the README say of them.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let score = score(data)?;
    let [actor, recipient, _] = score.shares();
    let figure = |name, what, value| Figure { name, what, value };
    Ok(vec![
        figure("events.root", "PLOVER root types of events, macro F1", score.macro_f1()),
        figure("events.actor", "… with the right actor", actor),
        figure("events.recipient", "… with the right recipient", recipient),
    ])
}

/// Which weights to score.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// A file of weights, in place of those that the program was built with.
    #[arg(long)]
    pub weights: Option<std::path::PathBuf>,
}

/// Scores the sentences that were held out, and prints what was reached.
pub fn run(data: &Path, options: &Options) -> Result<()> {
    let bytes =
        options.weights.as_ref().map(|path| fs::read(path).with_context(|| path.display().to_string()));
    let given = bytes.transpose()?.map(|bytes| Weights::read(&bytes));
    print!("{}", score_with(data, given.as_ref().unwrap_or(Weights::shipped()))?);
    Ok(())
}

fn score(data: &Path) -> Result<Score> {
    score_with(data, Weights::shipped())
}

fn score_with(data: &Path, weights: &Weights) -> Result<Score> {
    let mut score = Score::default();
    read(data)?.iter().filter(|e| e.held_out()).for_each(|e| score.add(e, weights));
    Ok(score)
}

/// Reads the sentences.
pub fn read(data: &Path) -> Result<Vec<Example>> {
    let path = data.join(CORPUS);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = text.lines();
    let names: Vec<String> = lines.next().map(columns).unwrap_or_default();
    let column =
        |name: &str| names.iter().position(|n| n == name).with_context(|| format!("no column {name}"));
    let (marked, root) = (column("marked_sentence")?, column("gold_root")?);
    let line = |line: &str| {
        let fields = columns(line);
        example(fields.get(marked)?, fields.get(root)?)
    };
    lines.enumerate().map(|(n, l)| line(l).with_context(|| format!("{}:{}", path.display(), n + 2))).collect()
}

/// The columns of a line; one in quotation marks has its own doubled.
fn columns(line: &str) -> Vec<String> {
    let plain = |field: &str| {
        let inner = field.strip_prefix('"').and_then(|f| f.strip_suffix('"'));
        inner.map_or_else(|| field.to_owned(), |inner| inner.replace("\"\"", "\""))
    };
    line.split('\t').map(plain).collect()
}

fn example(marked: &str, root: &str) -> Option<Example> {
    let (text, [sources, targets]) = unmarked(marked);
    let root = ROOTS.iter().position(|r| *r == root)?;
    let digest = Sha256::digest(format!("{SEED}:{text}"));
    let rest = |bytes: &[u8], by| bytes.iter().fold(0u32, |rest, byte| (rest * 256 + u32::from(*byte)) % by);
    let draw = (rest(&digest, 3), rest(&digest[..8], 4));
    let (report, layers) = annotated(&text)?;
    Some(Example { report, layers, root, sources, targets, draw })
}

/// A sentence with its layers.
fn annotated(text: &str) -> Option<(Report, Annotations)> {
    let report = rashomon::source::read("sentence.txt", text.as_bytes()).reports.pop()?;
    let layers = MODEL.annotator().annotate(&report);
    Some((report, layers))
}

/// The text without its marks, and what stood in `<s>` and in `<t>`.
fn unmarked(marked: &str) -> (String, [Vec<Span>; 2]) {
    let (mut text, mut found, mut open) = (String::new(), [Vec::new(), Vec::new()], [0, 0]);
    let mut rest = marked.trim();
    while let Some(at) = rest.find(['<']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = [("<s>", 0, true), ("</s>", 0, false), ("<t>", 1, true), ("</t>", 1, false)]
            .into_iter()
            .find(|(tag, ..)| rest.starts_with(tag));
        match tag {
            Some((tag, part, begins)) => {
                rest = &rest[tag.len()..];
                if begins {
                    open[part] = text.len();
                } else {
                    found[part].push(Span::new(open[part]..text.len()));
                }
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    (text, found)
}

impl Example {
    /// The heads of what was marked, as tokens: of its first noun phrase, of those that "and" or a comma joins to it, and
    /// of their owners ("Halden" in "Halden's plan": an actor owns what it does).
    fn heads(&self, marked: &[Span]) -> Vec<usize> {
        marked.iter().flat_map(|span| self.heads_in(*span)).collect()
    }

    fn heads_in(&self, span: Span) -> Vec<usize> {
        let tokens = self.layers.tokens_in(span);
        let mut heads = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            let Some(phrase) = self.layers.noun_phrase_containing(at).filter(|p| p.end > at) else {
                at += 1;
                continue;
            };
            let before = phrase.start.max(at).checked_sub(1).filter(|i| *i >= tokens.start);
            let word = before.map(|i| self.report.slice(self.layers.tokens[i].span));
            if heads.is_empty() || matches!(word, Some("and" | "or" | ",")) {
                let inside = phrase.start.max(at)..phrase.end.min(tokens.end);
                let owner = |i: &usize| *i > inside.start && self.layers.tokens[*i].pos == Pos::POS;
                heads.extend(inside.clone().filter(owner).map(|mark| mark - 1));
                heads.push(inside.end - 1);
            }
            at = phrase.end;
        }
        heads
    }

    /// Whether a part of an event is one of `heads`, or means the same as one.
    fn is_one(&self, mention: Option<MentionIndex>, words: Option<Span>, heads: &[usize]) -> bool {
        let head = |span: Span| self.layers.tokens_in(span).next_back();
        if words.and_then(head).is_some_and(|head| heads.contains(&head)) {
            return true;
        }
        let entity = mention.and_then(|m| self.layers.mentions[m].entity);
        let others = entity.map_or(&[][..], |e| &self.layers.entities[e].mentions);
        others.iter().any(|m| head(self.layers.mentions[*m].head).is_some_and(|head| heads.contains(&head)))
    }

    /// Prints a disagreement where `EVAL_SHOW` is set; of what is held out, nobody should look.
    fn show(&self, event: Option<&Event>, right: Option<(bool, bool)>) {
        if std::env::var_os("EVAL_SHOW").is_none() || self.held_out() {
            return;
        }
        let words = |span: Option<Span>| span.map(|s| self.report.slice(s)).unwrap_or("-");
        let marked = |spans: &[Span]| spans.first().map(|s| self.report.slice(*s)).unwrap_or("-");
        let found = event.map(|e| {
            format!(
                "{} {:?}: {} → {}",
                e.root,
                self.report.slice(e.trigger),
                words(e.actor_words),
                words(e.recipient_words)
            )
        });
        eprintln!(
            "{:?} {} {} → {} | {} | {}",
            right,
            ROOTS[self.root],
            marked(&self.sources),
            marked(&self.targets),
            found.unwrap_or_default(),
            self.report.text.as_str().trim()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let (text, [sources, targets]) =
            unmarked("On Monday <s>Halden</s> sued <t>the port of Varn</t> for < 3 million.");
        assert_eq!(text, "On Monday Halden sued the port of Varn for < 3 million.");
        assert_eq!(sources.iter().map(|s| s.of(&text)).collect::<Vec<_>>(), ["Halden"]);
        assert_eq!(targets.iter().map(|s| s.of(&text)).collect::<Vec<_>>(), ["the port of Varn"]);
    }

    #[test]
    fn heads_are_those_of_the_phrase_and_of_what_is_joined_to_it() {
        let marked =
            "<s>The mayor of Varn, Anna Moe</s>, condemned <t>the council's plan and the strike</t>.";
        let example = example(marked, "ACCUSE").expect("a sentence");
        let words = |heads: Vec<usize>| {
            heads.into_iter().map(|i| example.report.slice(example.layers.tokens[i].span)).collect::<Vec<_>>()
        };
        assert_eq!(words(example.heads(&example.sources)), ["mayor", "Moe"]);
        assert_eq!(words(example.heads(&example.targets)), ["council", "plan", "strike"]);
    }

    #[test]
    fn a_field_in_quotation_marks_is_unquoted() {
        assert_eq!(columns("1\t\"the \"\"deal\"\"\"\tx"), ["1", "the \"deal\"", "x"]);
    }

    #[test]
    fn a_type_that_is_never_wanted_does_not_count() {
        let mut score = Score { sentences: 2, ..Score::default() };
        score.roots[0] = [1, 1, 1];
        score.roots[1] = [0, 1, 0];
        score.roots[2] = [0, 0, 1];
        assert!((score.macro_f1() - 50.0).abs() < 1e-9);
    }
}
