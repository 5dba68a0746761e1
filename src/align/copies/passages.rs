//! Finds where two sequences of words run in parallel.
//!
//! In: the words of each report. Out: [`Run`]s: ranges of words on both sides that share enough, in the same
//! order. It does not know what the words are, nor whose they are. Runs of equal words (seeds) are chained
//! over small edits and extended at both ends; moved paragraphs come out as runs of their own.

use std::ops::Range;

use super::words::Word;

/// Equal words in a row that make two reports worth aligning at a place.
pub(super) const SEED: usize = 4;
/// Words that an edit may insert, drop or replace between two shared words: a clause.
const GAP: usize = 12;
/// Reports up to which a seed is followed from each to each. One that more have is followed to the first of them alone, so
/// that five hundred copies of one report are five hundred pairs and not a hundred thousand.
const EACH_TO_EACH: usize = 12;
/// Occurrences of a seed in one report that are followed.
const REPEATED: usize = 4;
/// Seeds of one pair of reports that are looked at; a report has fewer words than that, unless it repeats itself.
const SEEDS: usize = 20_000;
/// Open chains that a seed may be added to.
const OPEN: usize = 24;
/// Chains of one pair that are grown, those with most seeds first.
const GROWN: usize = 400;
/// Words that an edit may change beyond the first or the last seed of a run.
const END_GAP: usize = 6;
/// Shared words by which a run may grow at either end; more of them hold seeds of their own.
const ENDS: usize = 48;

/// A place where two reports run in parallel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Indices of words of the one report.
    pub a: Range<usize>,
    /// Indices of words of the other.
    pub b: Range<usize>,
    /// The shared words, ascending on both sides.
    pub shared: Vec<(usize, usize)>,
}

/// Seeds by pair of reports: where in the one, where in the other.
pub(super) type Seeds = std::collections::BTreeMap<(usize, usize), Vec<(usize, usize)>>;

/// The seeds that reports share outside quotation marks. `order` holds the reports, the likely first of them first; the
/// pairs are in ascending order of their indices.
pub(super) fn seeds(reports: &[Vec<Word>], order: &[usize]) -> Seeds {
    let mut places: Vec<Place> = Vec::new();
    for (rank, report) in order.iter().enumerate() {
        let own = reports[*report].windows(SEED).enumerate();
        places.extend(own.filter_map(|(at, words)| Some(Place { key: key(words)?, rank, at })));
    }
    places.sort_unstable();
    let mut seeds = Seeds::new();
    for of_key in places.chunk_by(|x, y| x.key == y.key) {
        let holders: Vec<&[Place]> = of_key.chunk_by(|x, y| x.rank == y.rank).collect();
        let followed = if holders.len() <= EACH_TO_EACH { holders.len() } else { 1 };
        for (n, first) in holders.iter().enumerate().take(followed) {
            for second in &holders[n + 1..] {
                pair(order, first, second, &mut seeds);
            }
        }
    }
    seeds.values_mut().for_each(|s| {
        s.sort_unstable();
        s.truncate(SEEDS);
    });
    seeds
}

/// Where a seed stands: in the report that comes so far down the order, from the word that is so far down the report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: u64,
    rank: usize,
    at: usize,
}

/// Notes where a seed stands in two reports.
fn pair(order: &[usize], first: &[Place], second: &[Place], seeds: &mut Seeds) {
    for one in first.iter().take(REPEATED) {
        for other in second.iter().take(REPEATED) {
            let (one, other) = ((order[one.rank], one.at), (order[other.rank], other.at));
            let (a, b) = (one.min(other), one.max(other));
            seeds.entry((a.0, b.0)).or_default().push((a.1, b.1));
        }
    }
}

/// The key of a seed; `None` where it is quoted or crosses a region.
fn key(words: &[Word]) -> Option<u64> {
    let plain = words.iter().all(|w| !w.quoted && w.stretch == words[0].stretch);
    plain.then(|| {
        words.iter().fold(0, |h: u64, w| (h.rotate_left(17) ^ w.form).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    })
}

/// The runs that grow from `seeds`, longest first, none overlapping another on either side by more than half.
pub(super) fn runs(a: &[Word], b: &[Word], seeds: &[(usize, usize)]) -> Vec<Run> {
    let seeds = seeds.iter().filter(|s| s.0 < a.len() && s.1 < b.len());
    let mut chains = chains(a, b, seeds);
    chains.sort_by(|x, y| y.len().cmp(&x.len()).then_with(|| x.cmp(y)));
    let mut runs: Vec<Run> = chains.iter().take(GROWN).map(|chain| grow(a, b, chain)).collect();
    runs.sort_by(|x, y| y.shared.len().cmp(&x.shared.len()).then_with(|| x.shared.cmp(&y.shared)));
    let mut kept: Vec<Run> = Vec::new();
    for run in runs {
        if kept.iter().all(|k| apart(&k.a, &run.a) && apart(&k.b, &run.b)) {
            kept.push(run);
        }
    }
    kept
}

fn apart(kept: &Range<usize>, run: &Range<usize>) -> bool {
    let shared = kept.end.min(run.end).saturating_sub(kept.start.max(run.start));
    shared * 2 <= run.len()
}

/// Joins seeds that follow each other on both sides within an edit.
fn chains<'s>(
    a: &[Word],
    b: &[Word],
    seeds: impl Iterator<Item = &'s (usize, usize)>,
) -> Vec<Vec<(usize, usize)>> {
    let mut chains: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for seed in seeds {
        open.retain(|c| chains[*c].last().is_some_and(|last| last.0 + SEED + GAP >= seed.0));
        let distance = |c: &usize| {
            let last = *chains[*c].last()?;
            let together = a[last.0].stretch == a[seed.0].stretch && b[last.1].stretch == b[seed.1].stretch;
            step(last, *seed).filter(|_| together)
        };
        let nearest = open.iter().rev().take(OPEN).filter_map(|c| Some((distance(c)?, *c))).min();
        match nearest {
            Some((_, chain)) => chains[chain].push(*seed),
            None => {
                open.push(chains.len());
                chains.push(vec![*seed]);
            }
        }
    }
    chains
}

/// How large the edit between two seeds is; `None` where they cannot belong to one run.
fn step(last: (usize, usize), next: (usize, usize)) -> Option<usize> {
    let (da, db) = (next.0.checked_sub(last.0)?, next.1.checked_sub(last.1)?);
    let edit = da.abs_diff(db);
    // Overlapping seeds lie on one diagonal, or the one is a repetition.
    let overlap = da.min(db) < SEED;
    let near = da <= SEED + GAP && db <= SEED + GAP && da > 0 && db > 0;
    (near && !(overlap && edit > 0)).then_some(edit * 4 + da.max(db))
}

fn grow(a: &[Word], b: &[Word], chain: &[(usize, usize)]) -> Run {
    let mut shared: Vec<(usize, usize)> = Vec::new();
    for seed in chain {
        let next = shared.last().map_or(*seed, |last| (last.0 + 1, last.1 + 1));
        if next.0 < seed.0 && next.1 < seed.1 {
            shared.extend(common(a, b, next.0..seed.0, next.1..seed.1));
        }
        let fresh = (0..SEED).map(|i| (seed.0 + i, seed.1 + i));
        let last = shared.last().copied();
        shared.extend(fresh.filter(|(i, j)| last.is_none_or(|l| *i > l.0 && *j > l.1)));
    }
    let mut whole = extend(a, b, shared[0], false);
    whole.reverse();
    let last = shared[shared.len() - 1];
    whole.append(&mut shared);
    whole.extend(extend(a, b, last, true));
    trim(&mut whole, |s| a[s.0].sentence);
    trim(&mut whole, |s| b[s.1].sentence);
    let (first, last) = (whole[0], whole[whole.len() - 1]);
    Run { a: first.0..last.0 + 1, b: first.1..last.1 + 1, shared: whole }
}

/// Shared words of a sentence that only begins or ends the run with so few of them are chance.
const STRAY: usize = 3;

/// Drops stray words of the sentences before and after the run, on the side whose sentences are given.
fn trim(shared: &mut Vec<(usize, usize)>, sentence: impl Fn(&(usize, usize)) -> usize) {
    let (first, last) = (sentence(&shared[0]), sentence(&shared[shared.len() - 1]));
    let leading = shared.partition_point(|s| sentence(s) == first);
    let trailing = shared.len() - shared.partition_point(|s| sentence(s) < last);
    if trailing <= STRAY && trailing < shared.len() {
        shared.truncate(shared.len() - trailing);
    }
    if leading <= STRAY && leading < shared.len() {
        shared.drain(..leading);
    }
}

/// The longest common subsequence of two short ranges.
fn common(a: &[Word], b: &[Word], in_a: Range<usize>, in_b: Range<usize>) -> Vec<(usize, usize)> {
    let (n, m) = (in_a.len(), in_b.len());
    let equal = |i: usize, j: usize| a[in_a.start + i].form == b[in_b.start + j].form;
    let mut longest = vec![vec![0u8; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            longest[i][j] = match equal(i, j) {
                true => longest[i + 1][j + 1] + 1,
                false => longest[i + 1][j].max(longest[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < n && j < m {
        if equal(i, j) {
            found.push((in_a.start + i, in_b.start + j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Follows both reports on from a shared pair as long as more is shared than edited. A shared word earns 2,
/// a word skipped costs 1; what lies behind the best total is dropped, and the search ends 6 below it.
fn extend(a: &[Word], b: &[Word], from: (usize, usize), forward: bool) -> Vec<(usize, usize)> {
    let (mut at, mut score, mut best) = (from, 0, 0);
    let (mut found, mut kept) = (Vec::new(), 0);
    while let Some(next) = nearest(a, b, at, forward) {
        let skipped = next.0.abs_diff(at.0).max(next.1.abs_diff(at.1)) as i32 - 1;
        score += 2 - skipped;
        at = next;
        found.push(next);
        if score > best {
            (best, kept) = (score, found.len());
        }
        if score < best - 6 || found.len() >= ENDS {
            break;
        }
    }
    found.truncate(kept);
    found
}

/// The next pair of equal words within an edit, the smallest edit first.
fn nearest(a: &[Word], b: &[Word], at: (usize, usize), forward: bool) -> Option<(usize, usize)> {
    let reach = |words: &[Word], from: usize| -> Vec<usize> {
        let near = |i: &usize| words.get(*i).is_some_and(|w| w.stretch == words[from].stretch);
        let steps = 1..=END_GAP;
        steps
            .map_while(|k| if forward { Some(from + k) } else { from.checked_sub(k) })
            .take_while(near)
            .collect()
    };
    let (in_a, in_b) = (reach(a, at.0), reach(b, at.1));
    let pairs =
        in_a.iter().enumerate().flat_map(|(x, i)| in_b.iter().enumerate().map(move |(y, j)| (x, y, *i, *j)));
    pairs
        .filter(|(_, _, i, j)| a[*i].form == b[*j].form)
        .min_by_key(|(x, y, _, _)| ((*x).max(*y), x + y))
        .map(|(_, _, i, j)| (i, j))
}

#[cfg(test)]
mod tests {
    use super::super::tests::account;
    use super::super::words;
    use super::*;

    fn found(a: &str, b: &str) -> Vec<(String, String)> {
        let given = [account("a", a), account("b", b)];
        let reports: Vec<Vec<Word>> = given.iter().map(words::of).collect();
        let seeds = seeds(&reports, &[0, 1]);
        let Some(seeds) = seeds.get(&(0, 1)) else { return Vec::new() };
        let text = |side: usize, range: &Range<usize>| {
            let words = &reports[side][range.clone()];
            let span = words[0].span.cover(words[words.len() - 1].span);
            given[side].report.slice(span).to_owned()
        };
        runs(&reports[0], &reports[1], seeds).iter().map(|r| (text(0, &r.a), text(1, &r.b))).collect()
    }

    #[test]
    fn an_edited_sentence_is_one_run() {
        let a = "Late on Friday divers found the hull of the ferry in shallow water near the old pier.";
        let b = "Officials said divers found the hull of the vessel in shallow water close to the old pier.";
        let runs = found(a, b);
        assert_eq!(runs.len(), 1);
        assert!(runs[0].0.starts_with("divers found") && runs[0].0.ends_with("the old pier"));
        assert!(runs[0].1.starts_with("divers found") && runs[0].1.ends_with("the old pier"));
    }

    #[test]
    fn swapped_sentences_are_two_runs() {
        let one = "Divers searched the flooded car deck until nightfall.";
        let two = "Relatives waited behind barriers at the harbour gate.";
        let runs = found(&format!("{one} {two}"), &format!("{two} {one}"));
        assert_eq!(runs.len(), 2);
        assert!(runs.iter().all(|(a, b)| a == b));
    }

    #[test]
    fn a_repeated_sentence_ends() {
        let text = "the same five words again ".repeat(400);
        assert!(!found(&text, &text).is_empty());
    }

    #[test]
    fn quoted_words_seed_nothing() {
        let quote = "“we searched the flooded car deck until nightfall”";
        assert!(found(&format!("She said {quote}."), &format!("Asked, Verhaven replied {quote}")).is_empty());
    }
}
