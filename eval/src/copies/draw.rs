//! Draws pairs of passages to label: copied or not.
//!
//! In: reports with their stories, a seed, and labels that are there already. Out: lines for a file of labels, in which
//! whether a pair is copied stands open. It does not know how the program finds copies, nor its sentences: a draw must not
//! favour what the program can see, and must be the same whatever becomes of the program.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::figures::DATA;
use crate::splitmix::SplitMix;
use crate::stories::Labelled;

/// What to draw.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The set: `train`, `dev` or `ecbplus` (two reports of one story) or `stream` (two of one day).
    #[arg(long, default_value = "train")]
    pub set: String,
    /// Another seed draws other pairs.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Pairs of each of the six strata: how much they share, and whether a quotation mark stands in them.
    #[arg(long, default_value_t = 6)]
    pub each: usize,
    /// Pairs without quotation marks that share many words, some of them in a row, drawn after them.
    #[arg(long, default_value_t = 30)]
    pub many: usize,
    /// Files of labels whose pairs and reports are not drawn again.
    #[arg(long)]
    pub without: Vec<PathBuf>,
    /// Leave out the stories of these reports as well.
    #[arg(long)]
    pub other_stories: bool,
    /// Print the passages below each line, to read them. They are their outlets': none of it goes into a file here.
    #[arg(long)]
    pub read: bool,
}

/// Words in a row that make two sentences worth a look.
const ROW: usize = 4;
/// Shared words, and of them words in a row, from which a pair belongs to the second draw.
const MANY: (usize, usize) = (11, 7);
/// The fewest and the most words of a sentence that is drawn.
const WORDS: Range<usize> = 8..90;
/// Pairs in which one report may stand.
const OF_A_REPORT: usize = 2;
/// Upper bounds of the share of words in the strata.
const STRATA: [f64; 3] = [0.3, 0.5, 1.01];
/// Pairs of reports that are looked through at most.
const LOOKED_AT: usize = 60_000;

/// A sentence: where it stands in bytes, and its words.
struct Sentence {
    place: Range<usize>,
    words: Vec<String>,
}

/// A pair that may be drawn: which sentence of which report.
struct Pair<'a> {
    sides: [(&'a Labelled, Range<usize>); 2],
    many: bool,
    stratum: usize,
}

/// Draws and prints.
pub fn run(options: &Options) -> Result<()> {
    let reports = super::reports(Path::new(DATA), &options.set)?;
    let mut known = known(&options.without)?;
    if options.other_stories {
        known.extend(of_their_stories(&reports, &known));
    }
    let mut chance = SplitMix::new(options.seed);
    for pair in draw(&reports, &known, options, &mut chance) {
        let side = |n: usize| {
            let (labelled, place) = &pair.sides[n];
            let point = |byte| labelled.report.text.as_str()[..byte].chars().count();
            format!("{}\t{}\t{}", labelled.report.id, point(place.start), point(place.end))
        };
        println!("{}\t?\t?\t{}\t{}", options.set, side(0), side(1));
        if options.read {
            for (labelled, place) in &pair.sides {
                println!("    {:?}", labelled.report.text.as_str().get(place.clone()).unwrap_or(""));
            }
        }
    }
    Ok(())
}

/// The reports that stand in files of labels.
fn known(files: &[PathBuf]) -> Result<BTreeSet<String>> {
    let mut known = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let labels = super::read(&text).with_context(|| file.display().to_string())?;
        known.extend(labels.into_iter().flat_map(|l| l.sides.map(|s| s.0)));
    }
    Ok(known)
}

/// The reports of the stories in which a known one stands.
fn of_their_stories(reports: &[Labelled], known: &BTreeSet<String>) -> BTreeSet<String> {
    let of_known = reports.iter().filter(|l| known.contains(&l.report.id));
    let told: BTreeSet<&String> = of_known.filter_map(|l| l.story.as_ref()).collect();
    let of_told = reports.iter().filter(|l| l.story.as_ref().is_some_and(|story| told.contains(story)));
    of_told.map(|l| l.report.id.clone()).collect()
}

fn draw<'a>(
    reports: &'a [Labelled],
    known: &BTreeSet<String>,
    options: &Options,
    chance: &mut SplitMix,
) -> Vec<Pair<'a>> {
    let candidates = candidates(reports, known, chance);
    let mut of_report: BTreeMap<&str, usize> = BTreeMap::new();
    let mut places: HashSet<(&str, usize)> = HashSet::new();
    let mut take = |pair: &Pair<'a>| {
        let ids = [0, 1].map(|n| pair.sides[n].0.report.id.as_str());
        let fresh = [0, 1].iter().all(|n| !places.contains(&(ids[*n], pair.sides[*n].1.start)));
        let few = ids.iter().all(|id| of_report.get(id).copied().unwrap_or(0) < OF_A_REPORT);
        if fresh && few {
            places.extend([0, 1].map(|n| (ids[n], pair.sides[n].1.start)));
            ids.into_iter().for_each(|id| *of_report.entry(id).or_default() += 1);
        }
        fresh && few
    };
    let (mut drawn, mut left) = (Vec::new(), Vec::new());
    let mut taken = [0; 2 * STRATA.len()];
    for pair in candidates {
        if taken[pair.stratum] < options.each && take(&pair) {
            taken[pair.stratum] += 1;
            drawn.push(pair);
        } else {
            left.push(pair);
        }
    }
    let unmarked = |p: &Pair| p.stratum < STRATA.len() && p.many;
    drawn.extend(left.into_iter().filter(unmarked).filter(|p| take(p)).take(options.many));
    drawn
}

/// Pairs of sentences that share enough to be looked at, in random order of their reports.
fn candidates<'a>(reports: &'a [Labelled], known: &BTreeSet<String>, chance: &mut SplitMix) -> Vec<Pair<'a>> {
    let mut by_event: BTreeMap<String, Vec<&Labelled>> = BTreeMap::new();
    for labelled in reports.iter().filter(|l| !known.contains(&l.report.id)) {
        let day = || labelled.report.published_at.map(|p| p.date.to_string());
        if let Some(event) = labelled.story.clone().or_else(day) {
            by_event.entry(event).or_default().push(labelled);
        }
    }
    let mut pairs: Vec<[&Labelled; 2]> = Vec::new();
    for of_event in by_event.values() {
        for (n, first) in of_event.iter().enumerate() {
            pairs.extend(of_event[n + 1..].iter().map(|second| [*first, *second]));
        }
    }
    shuffle(&mut pairs, chance);
    let mut found = Vec::new();
    for pair in pairs.into_iter().take(LOOKED_AT) {
        let mut of_pair = alike(pair);
        shuffle(&mut of_pair, chance);
        found.extend(of_pair);
    }
    found
}

fn shuffle<T>(items: &mut [T], chance: &mut SplitMix) {
    (1..items.len()).rev().for_each(|i| items.swap(i, chance.below(i + 1)));
}

/// The sentences of two reports that share [`ROW`] words in a row.
fn alike<'a>(pair: [&'a Labelled; 2]) -> Vec<Pair<'a>> {
    let texts = pair.map(|l| l.report.text.as_str());
    let [first, second] = texts.map(sentences);
    let rows = |s: &Sentence| s.words.windows(ROW).map(<[String]>::to_vec).collect::<HashSet<_>>();
    let seconds: Vec<(&Sentence, HashSet<Vec<String>>)> = second.iter().map(|s| (s, rows(s))).collect();
    let mut found = Vec::new();
    for a in first.iter() {
        let of_a = rows(a);
        for (b, _) in seconds.iter().filter(|(_, of_b)| !of_a.is_disjoint(of_b)) {
            let shared = in_order(&a.words, &b.words);
            let share = shared as f64 / a.words.len().max(b.words.len()) as f64;
            let level = STRATA.iter().position(|bound| share < *bound).unwrap_or(STRATA.len() - 1);
            let marked = [(texts[0], a), (texts[1], *b)]
                .iter()
                .any(|(text, s)| text[s.place.clone()].contains(['"', '“', '”', '«', '»']));
            found.push(Pair {
                sides: [(pair[0], a.place.clone()), (pair[1], b.place.clone())],
                many: shared >= MANY.0 && a.words.windows(MANY.1).any(|row| has(b, row)),
                stratum: level + if marked { STRATA.len() } else { 0 },
            });
        }
    }
    found
}

fn has(sentence: &Sentence, row: &[String]) -> bool {
    sentence.words.windows(row.len()).any(|words| words == row)
}

/// How many words stand in both, in the same order.
fn in_order(a: &[String], b: &[String]) -> usize {
    let mut before = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = before[j + 1];
            before[j + 1] = if x == y { diagonal + 1 } else { above.max(before[j]) };
            diagonal = above;
        }
    }
    before[b.len()]
}

/// The sentences of `text` by marks alone: they end at a line's end, or at a full stop, question or exclamation mark before a
/// space and a capital. An abbreviation cuts one short, which is no harm here.
fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut stopped = false;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or('\n', |(_, n)| *n);
        stopped = matches!(c, '.' | '?' | '!') || stopped && matches!(c, '"' | '”' | '’' | '\'' | ')' | ' ');
        let opens = next.is_uppercase() || matches!(next, '"' | '“' | '‘');
        if c == '\n' || stopped && c == ' ' && opens || chars.peek().is_none() {
            found.extend(sentence(text, start..at + c.len_utf8()));
            start = at + c.len_utf8();
        }
    }
    found
}

fn sentence(text: &str, place: Range<usize>) -> Option<Sentence> {
    let written = text.get(place.clone())?;
    let start = place.start + written.len() - written.trim_start().len();
    let written = written.trim();
    let words = written.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
    let words: Vec<String> =
        words.filter(|w| !w.is_empty()).map(|w| w.to_lowercase().replace('’', "'")).collect();
    WORDS.contains(&words.len()).then(|| Sentence { place: start..start + written.len(), words })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The ferry Alkyone struck a sandbank before dawn on Friday. “Nobody was hurt when it \
                        happened,” the mayor of Port Meridia said.\nShort line\n";

    #[test]
    fn sentences_are_cut_at_marks_and_lines() {
        let found = sentences(TEXT);
        let written: Vec<&str> = found.iter().map(|s| &TEXT[s.place.clone()]).collect();
        assert_eq!(written.len(), 2);
        assert!(written[0].ends_with("Friday.") && written[1].starts_with('“'));
        assert_eq!(found[0].words.len(), 10);
    }

    #[test]
    fn shared_words_are_counted_in_order() {
        let words = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(in_order(&words("a b c d"), &words("b x d a")), 2);
    }

    fn told(id: &str, text: &str) -> Labelled {
        Labelled {
            report: crate::stories::report(id.to_owned(), text.to_owned()),
            story: Some("one".to_owned()),
        }
    }

    #[test]
    fn a_draw_is_repeatable_and_leaves_known_reports_out() {
        let reports: Vec<Labelled> = (0..6).map(|n| told(&format!("r{n}"), TEXT)).collect();
        let options = Options {
            set: "train".to_owned(),
            seed: 3,
            each: 2,
            many: 1,
            without: Vec::new(),
            other_stories: false,
            read: false,
        };
        let ids = |known: &BTreeSet<String>| -> Vec<[String; 2]> {
            let drawn = draw(&reports, known, &options, &mut SplitMix::new(options.seed));
            drawn.iter().map(|p| [0, 1].map(|n| p.sides[n].0.report.id.clone())).collect()
        };
        let none = BTreeSet::new();
        assert_eq!(ids(&none), ids(&none));
        assert!(ids(&none).len() >= 4);
        let known = BTreeSet::from(["r0".to_owned()]);
        assert!(ids(&known).iter().flatten().all(|id| id != "r0"));
    }

    #[test]
    fn with_a_known_report_its_story_is_known() {
        let mut reports: Vec<Labelled> = (0..4).map(|n| told(&format!("r{n}"), TEXT)).collect();
        reports[3].story = Some("two".to_owned());
        let known = of_their_stories(&reports, &BTreeSet::from(["r0".to_owned()]));
        assert_eq!(known.into_iter().collect::<Vec<_>>(), ["r0", "r1", "r2"]);
    }
}
