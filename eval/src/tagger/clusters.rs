//! What untagged text tells of words.
//!
//! In: the reports in `stories/`. Out: for each frequent word, the cluster of words that stand between like
//! neighbours, and how often it has a capital in mid-sentence. It knows no tags. Seeded: the same reports give
//! the same clusters.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rashomon::annotate::tagger::features::normalize;
use rashomon::annotate::tokens;

use super::gold::report;

/// A word must be this frequent: its neighbours tell nothing before.
const MIN_COUNT: u32 = 12;
/// Number of clusters; must fit a byte.
const CLUSTERS: usize = 250;
/// Number of neighbours that are told apart; all others count as one.
const NEIGHBOURS: usize = 500;
/// Rounds of k-means; few words move after these.
const ROUNDS: usize = 10;

/// What untagged text tells of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// From 1.
    pub cluster: u8,
    /// From 1 (never a capital) to 8 (always); 0 where it was never seen in mid-sentence.
    pub capital: u8,
}

/// By the word's normal form.
pub type Clusters = BTreeMap<String, Seen>;

/// One text as numbers of words, and whether each stands in mid-sentence with a capital, without, or elsewhere.
struct Counted {
    counts: Vec<u32>,
    small: Vec<u32>,
    capital: Vec<u32>,
    stream: Vec<u32>,
    names: Vec<String>,
}

/// Reads the reports of `data` and clusters their words.
pub fn read(data: &Path) -> Result<Clusters> {
    let mut counted =
        Counted { counts: vec![], small: vec![], capital: vec![], stream: vec![], names: vec![] };
    let mut numbers = HashMap::new();
    for name in ["train.jsonl", "stream.jsonl"] {
        let path = data.join("stories").join(name);
        let lines = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for line in lines.lines() {
            let value: serde_json::Value = serde_json::from_str(line)?;
            count(value["text"].as_str().unwrap_or_default(), &mut numbers, &mut counted);
        }
    }
    println!("{} words of untagged text", counted.stream.len());
    Ok(cluster(&counted))
}

/// Adds the words of `text`; 0 stands for the border of a sentence.
fn count(text: &str, numbers: &mut HashMap<String, u32>, to: &mut Counted) {
    let report = report(text);
    let mut form = String::new();
    let mut starts = true;
    for token in tokens::find(&report) {
        let word = report.slice(token.span);
        normalize(word, &mut form);
        let next = numbers.len() as u32;
        let number = *numbers.entry(form.clone()).or_insert(next);
        if number == next {
            to.names.push(form.clone());
            to.counts.push(0);
            to.small.push(0);
            to.capital.push(0);
        }
        let number_at = number as usize;
        to.counts[number_at] += 1;
        to.stream.push(number);
        let shouted = word.len() > 1 && !word.chars().any(char::is_lowercase);
        if !starts && word.starts_with(char::is_alphabetic) {
            let capital = word.starts_with(char::is_uppercase) && !shouted;
            to.capital[number_at] += u32::from(capital || shouted);
            to.small[number_at] += u32::from(word.starts_with(char::is_lowercase));
        }
        starts = !word.chars().any(char::is_alphanumeric) && word != "," && word != "-";
    }
}

fn cluster(counted: &Counted) -> Clusters {
    let mut frequent: Vec<u32> = (0..counted.counts.len() as u32).collect();
    frequent.sort_by_key(|w| (std::cmp::Reverse(counted.counts[*w as usize]), *w));
    frequent.retain(|w| counted.counts[*w as usize] >= MIN_COUNT);
    let vectors = vectors(counted, &frequent);
    let clusters = k_means(&vectors);
    println!("{} words in clusters", frequent.len());
    let seen = |(word, cluster): (&u32, usize)| {
        let at = *word as usize;
        let all = counted.capital[at] + counted.small[at];
        let capital = if all < 4 { 0 } else { 1 + (7 * counted.capital[at] / all) as u8 };
        (counted.names[at].clone(), Seen { cluster: cluster as u8 + 1, capital })
    };
    frequent.iter().zip(clusters).map(seen).collect()
}

/// For each word, the square roots of its neighbours' shares, left and right: unit vectors.
fn vectors(counted: &Counted, frequent: &[u32]) -> Vec<Vec<f32>> {
    let mut rank = vec![u32::MAX; counted.counts.len()];
    frequent.iter().zip(0..).for_each(|(word, i)| rank[*word as usize] = i);
    let mut vectors = vec![vec![0.0f32; 2 * NEIGHBOURS]; frequent.len()];
    let slot = |word: u32| (rank[word as usize] as usize).min(NEIGHBOURS - 1);
    for pair in counted.stream.windows(2) {
        if let Some(left) = vectors.get_mut(rank[pair[0] as usize] as usize) {
            left[NEIGHBOURS + slot(pair[1])] += 1.0;
        }
        if let Some(right) = vectors.get_mut(rank[pair[1] as usize] as usize) {
            right[slot(pair[0])] += 1.0;
        }
    }
    for vector in &mut vectors {
        vector.iter_mut().for_each(|x| *x = x.sqrt());
        normalize_length(vector);
    }
    vectors
}

fn normalize_length(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter_mut().for_each(|x| *x /= length);
}

/// The cluster of each vector. The most frequent words are the first centres.
fn k_means(vectors: &[Vec<f32>]) -> Vec<usize> {
    let mut centres: Vec<Vec<f32>> = vectors.iter().take(CLUSTERS).cloned().collect();
    let mut nearest = vec![0; vectors.len()];
    for _ in 0..ROUNDS {
        for (vector, nearest) in vectors.iter().zip(&mut nearest) {
            let scores: Vec<f32> = centres.iter().map(|c| dot(c, vector)).collect();
            *nearest = (0..scores.len()).rev().max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
        }
        centres.iter_mut().for_each(|c| c.fill(0.0));
        for (vector, nearest) in vectors.iter().zip(&nearest) {
            centres[*nearest].iter_mut().zip(vector).for_each(|(c, x)| *c += x);
        }
        centres.iter_mut().for_each(|c| normalize_length(c));
    }
    nearest
}

/// The product of two vectors, in eight sums so that the compiler can use the machine's wide registers.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    sums.iter().sum()
}
