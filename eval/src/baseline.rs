//! What a user would build to put reports into stories: TF-IDF, average linkage, a decay over days.
//!
//! In: reports. Out: the number of its story for each. It does not know `group`, which it is there to be compared with.

use std::collections::{BTreeMap, HashMap};

use rashomon::report::Report;

/// Days after which likeness counts for 1/e, and the average likeness from which groups are joined: the best on
/// `stories/train.jsonl`.
const DECAY_DAYS: f64 = 3.5;
const THRESHOLD: f64 = 0.14;
/// What likeness counts for where a date is missing.
const UNDATED: f64 = 0.78;

type Vector = BTreeMap<u32, f64>;

/// The stories of `reports` by TF-IDF.
pub fn stories(reports: &[&Report]) -> Vec<usize> {
    let vectors = vectors(reports);
    let mut likeness = vec![vec![0.0; reports.len()]; reports.len()];
    for i in 0..reports.len() {
        for j in 0..i {
            let cosine: f64 = vectors[i].iter().filter_map(|(t, w)| Some(w * vectors[j].get(t)?)).sum();
            likeness[i][j] = cosine * nearness(reports[i], reports[j]);
            likeness[j][i] = likeness[i][j];
        }
    }
    link(likeness)
}

fn vectors(reports: &[&Report]) -> Vec<Vector> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut seen: HashMap<u32, f64> = HashMap::new();
    let mut counted = Vec::new();
    for report in reports {
        let mut counts = Vector::new();
        let title = report.title.as_deref().unwrap_or("");
        for word in
            [title, report.text.as_str()].into_iter().flat_map(|t| t.split(|c: char| !c.is_alphanumeric()))
        {
            if !word.is_empty() {
                let next = numbers.len() as u32;
                *counts.entry(*numbers.entry(word.to_lowercase()).or_insert(next)).or_default() += 1.0;
            }
        }
        counts.keys().for_each(|t| *seen.entry(*t).or_default() += 1.0);
        counted.push(counts);
    }
    let weigh = |mut counts: Vector| {
        for (term, count) in &mut counts {
            *count = (1.0 + count.ln()) * (((1.0 + reports.len() as f64) / (1.0 + seen[term])).ln() + 1.0);
        }
        let length = counts.values().map(|w| w * w).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        counts.values_mut().for_each(|w| *w /= length);
        counts
    };
    counted.into_iter().map(weigh).collect()
}

fn nearness(a: &Report, b: &Report) -> f64 {
    let days = a.published_at.zip(b.published_at).and_then(|(a, b)| a.date.until(b.date).ok());
    days.map_or(UNDATED, |apart| (-f64::from(apart.get_days().abs()) / DECAY_DAYS).exp())
}

/// Average linkage.
fn link(mut likeness: Vec<Vec<f64>>) -> Vec<usize> {
    let n = likeness.len();
    let mut story: Vec<usize> = (0..n).collect();
    let mut size = vec![1.0; n];
    let mut alive: Vec<usize> = (0..n).collect();
    loop {
        let pairs = alive.iter().flat_map(|i| alive.iter().filter(move |j| *j < i).map(move |j| (*j, *i)));
        let best = pairs.max_by(|a, b| likeness[a.0][a.1].total_cmp(&likeness[b.0][b.1]).then(b.cmp(a)));
        let Some((a, b)) = best.filter(|(a, b)| likeness[*a][*b] >= THRESHOLD) else { return story };
        for k in &alive {
            let joined = (size[a] * likeness[a][*k] + size[b] * likeness[b][*k]) / (size[a] + size[b]);
            likeness[a][*k] = joined;
            likeness[*k][a] = joined;
        }
        size[a] += size[b];
        alive.retain(|k| *k != b);
        story.iter_mut().filter(|s| **s == b).for_each(|s| *s = a);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_alike_are_joined_and_the_rest_is_not() {
        let likeness = vec![vec![1.0, 0.9, 0.1], vec![0.9, 1.0, 0.1], vec![0.1, 0.1, 1.0]];
        assert_eq!(link(likeness), [0, 0, 2]);
    }
}
