//! Draws pairs of statements to label: one claim, or two?
//!
//! In: the stories of `stories/train.jsonl`, words that their headlines may hold, and labels that are there already. Out: lines for
//! `eval/labels/train-claims.tsv` in which the label stands open, in an order that nothing but a hash decides. How likely the program holds two
//! statements to be one says only from which band a pair is drawn; it is not printed, so that who labels is not led by it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rashomon::align::propositions::model::{Model, probability};
use rashomon::align::{Account, Assertions, assertions};
use rashomon::annotate;
use rashomon::report::Report;
use sha2::{Digest, Sha256};

use crate::figures::DATA;

/// What to draw.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Only stories of which a headline holds one of these words.
    #[arg(long, value_delimiter = ',')]
    pub named: Vec<String>,
    /// How many stories.
    #[arg(long, default_value_t = 50)]
    pub stories: usize,
    /// Pairs of a story from each band of likelihood.
    #[arg(long, default_value_t = 2)]
    pub each: usize,
    /// Another seed draws in another order.
    #[arg(long, default_value = "draw-1")]
    pub seed: String,
    /// A file of labels whose stories are not drawn again.
    #[arg(long, default_value = super::labels::LABELS)]
    pub without: PathBuf,
    /// Print the statements below each line, to read them. They are their outlets': none of it goes into a file here.
    #[arg(long)]
    pub read: bool,
}

/// Where the bands of likelihood begin. What something forbids to be one is a band of its own, from the second of them on.
const BANDS: [f64; 3] = [0.1, 0.35, 0.65];

/// From which share of common words on two statements are alike word for word: nothing is to be learnt from them.
const WORD_FOR_WORD: f64 = 0.75;

/// Draws and prints.
pub fn run(options: &Options) -> Result<()> {
    let labelled =
        fs::read_to_string(&options.without).with_context(|| options.without.display().to_string())?;
    let known: BTreeSet<&str> = labelled.lines().filter_map(|line| line.split('\t').next()).collect();
    let mut stories = super::labels::reports(Path::new(DATA), |story| !known.contains(story))?;
    stories.retain(|_, reports| is_named(reports, &options.named));
    let mut stories: Vec<(String, Vec<Report>)> = stories.into_iter().collect();
    stories.sort_by_key(|(story, _)| order(&options.seed, story));
    for (story, reports) in stories.into_iter().take(options.stories) {
        let annotator = annotate::Model::Accurate.annotator();
        let account = |report| Account::new(annotator.annotate(&report), report);
        let accounts: Vec<Account> = reports.into_iter().map(account).collect();
        draw(&story, &accounts, options);
    }
    Ok(())
}

/// Whether a headline holds one of the words; any story where there are none.
fn is_named(reports: &[Report], words: &[String]) -> bool {
    let holds = |title: &str| {
        let title = title.to_lowercase();
        title.split(|c: char| !c.is_alphanumeric()).any(|word| words.iter().any(|w| w == word))
    };
    words.is_empty() || reports.iter().filter_map(|r| r.title.as_deref()).any(holds)
}

fn order(seed: &str, of: &str) -> [u8; 32] {
    Sha256::digest(format!("{seed}:{of}")).into()
}

/// Prints the pairs of a story: of each band the first in the order of a hash, no statement twice.
fn draw(story: &str, accounts: &[Account], options: &Options) {
    let model = Model::shipped();
    let found = assertions(&accounts.iter().collect::<Vec<_>>(), model);
    let mut pairs: Vec<([u8; 32], usize, [usize; 2])> = Vec::new();
    for c in found.compared.iter().filter(|c| is_open(accounts, &found, c.pair)) {
        let likely = probability(&model.assertion, &c.features);
        let band = BANDS.iter().rposition(|from| likely >= *from);
        let band = if c.obstacles.is_empty() { band } else { band.filter(|b| *b > 0).map(|_| BANDS.len()) };
        if let Some(band) = band {
            let places = c.pair.map(|i| place(accounts, &found, i));
            pairs.push((order(&options.seed, &places.join("\t")), band, c.pair));
        }
    }
    pairs.sort();
    let mut taken = [0; BANDS.len() + 1];
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for (_, band, pair) in pairs {
        if taken[band] == options.each || pair.iter().any(|i| used.contains(i)) {
            continue;
        }
        taken[band] += 1;
        used.extend(pair);
        println!("{story}\t?\t{}", pair.map(|i| place(accounts, &found, i)).join("\t"));
        if options.read {
            pair.iter().for_each(|i| println!("    {}", words(accounts, &found, *i)));
        }
    }
}

/// Whether two statements, each whole, are of two outlets and not alike word for word.
fn is_open(accounts: &[Account], found: &Assertions, pair: [usize; 2]) -> bool {
    let [a, b] = pair.map(|i| &found.statements[i]);
    let outlet = |of: usize| &accounts[of].report.outlet;
    let [x, y] = pair.map(|i| {
        let text = words(accounts, found, i).to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(str::to_owned).collect::<BTreeSet<String>>()
    });
    let common = x.intersection(&y).count() as f64 / x.union(&y).count().max(1) as f64;
    !a.part && !b.part && outlet(a.account) != outlet(b.account) && common < WORD_FOR_WORD
}

/// Where a statement stands: report, and code points.
fn place(accounts: &[Account], found: &Assertions, i: usize) -> String {
    let s = &found.statements[i];
    let report = &accounts[s.account].report;
    let (start, end) = report.text.code_points(s.span);
    format!("{}\t{start}\t{end}", report.id)
}

fn words(accounts: &[Account], found: &Assertions, i: usize) -> String {
    let s = &found.statements[i];
    accounts[s.account].report.slice(s.span).replace(['\n', '\t'], " ")
}
