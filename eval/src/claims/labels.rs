//! Which statements of ordinary news are one claim: labels by span.
//!
//! In: `eval/labels/train-claims.tsv` (its rule stands in `eval/labels/README.md`) and the reports that it names. Out: each labelled
//! pair with what its statements share, and whether the claims hold it as one. It does not know what the features are worth.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rashomon::align::propositions::model::Model;
use rashomon::align::{Account, Assertions, Compared, assertions};
use rashomon::annotate;
use rashomon::report::Report;
use rashomon::span::Span;
use sha2::{Digest, Sha256};

use super::events::Counts;

/// The labels, seen from the repository's root.
pub const LABELS: &str = "eval/labels/train-claims.tsv";
/// The reports that they are of, within the data.
pub const REPORTS: &str = "stories/train.jsonl";

/// A story is held out where the SHA-256 of this and its name begins with a byte that is divisible by three.
const SEED: &str = "claims-held-1";

/// How much of two spans must be common for a statement to be the one that was labelled: sentences may be cut otherwise by now.
const SAME_PLACE: f64 = 0.5;

/// A labelled pair.
pub struct Labelled {
    /// The story.
    pub story: String,
    /// Whether an editor would print one line with both as evidence.
    pub one: bool,
    /// What the two share; `None` where they are not compared.
    pub features: Option<Vec<f64>>,
    /// Whether nothing forbids that they are one in other words.
    pub may_be_one: bool,
    /// Whether the program's claims hold them as one.
    pub joined: bool,
}

/// Whether nothing is learnt from a story.
pub fn is_held_out(story: &str) -> bool {
    Sha256::digest(format!("{SEED}:{story}"))[0].is_multiple_of(3)
}

/// How well the claims hold what is labelled as one, over the stories that are held out.
pub fn score(data: &Path) -> Result<Counts> {
    let mut counts = Counts::default();
    for pair in read(data, Model::shipped(), is_held_out)? {
        counts.count(pair.joined, pair.one);
    }
    Ok(counts)
}

/// The labelled pairs of the stories that are `wanted`; what they share is by `model`.
pub fn read(data: &Path, model: &Model, wanted: impl Fn(&str) -> bool) -> Result<Vec<Labelled>> {
    let text = fs::read_to_string(LABELS).context(LABELS)?;
    let lines = by_story(LABELS, &text, wanted, |line| Line::read(line).map(|line| (line.story, line)))?;
    let mut pairs = Vec::new();
    for (story, reports) in reports(data, |story| lines.contains_key(story))? {
        let read = Story::read(reports, model);
        for line in lines.get(story.as_str()).into_iter().flatten() {
            pairs.push(read.pair(line)?);
        }
    }
    Ok(pairs)
}

/// The lines of a file of labels by their story, of the stories that are `wanted`; `read` gives the story of a line and what it says.
pub fn by_story<'t, L>(
    file: &str,
    text: &'t str,
    wanted: impl Fn(&str) -> bool,
    read: impl Fn(&'t str) -> Result<(&'t str, L)>,
) -> Result<BTreeMap<&'t str, Vec<L>>> {
    let mut lines: BTreeMap<&str, Vec<L>> = BTreeMap::new();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        let (story, line) = read(line).with_context(|| format!("{file}:{}", n + 1))?;
        lines.entry(story).or_default().push(line);
    }
    lines.retain(|story, _| wanted(story));
    Ok(lines)
}

/// The reports of the stories that are `wanted`.
pub fn reports(data: &Path, wanted: impl Fn(&str) -> bool) -> Result<BTreeMap<String, Vec<Report>>> {
    let mut reports: BTreeMap<String, Vec<Report>> = BTreeMap::new();
    for labelled in crate::stories::read(&data.join(REPORTS))? {
        if let Some(story) = labelled.story.filter(|story| wanted(story)) {
            reports.entry(story).or_default().push(labelled.report);
        }
    }
    Ok(reports)
}

/// Where a statement was labelled: report, and code points.
pub type Place<'a> = (&'a str, [usize; 2]);

/// A line of the labels.
pub struct Line<'a> {
    /// The story.
    pub story: &'a str,
    /// Whether the two are one claim.
    pub one: bool,
    /// Where they stand.
    pub places: [Place<'a>; 2],
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Result<Self> {
        let [story, label, a, a_start, a_end, b, b_start, b_end] = line.split('\t').collect::<Vec<_>>()[..]
        else {
            bail!("not eight columns")
        };
        let one = match label {
            "same" | "more" => true,
            "other" => false,
            _ => bail!("no label: {label}"),
        };
        let a = (a, [a_start.parse()?, a_end.parse()?]);
        Ok(Line { story, one, places: [a, (b, [b_start.parse()?, b_end.parse()?])] })
    }
}

/// A story with what its reports state.
pub struct Story {
    /// Its reports.
    pub accounts: Vec<Account>,
    /// What they state.
    pub found: Assertions,
    /// For each statement the number of its claim.
    pub claim: Vec<Option<usize>>,
}

impl Story {
    /// Reads reports as one story; what its statements share is by `model`.
    pub fn read(reports: Vec<Report>, model: &Model) -> Self {
        let annotator = annotate::Model::Accurate.annotator();
        let account = |report| Account::new(annotator.annotate(&report), report);
        let accounts: Vec<Account> = reports.into_iter().map(account).collect();
        let found = assertions(&accounts.iter().collect::<Vec<_>>(), model);
        let mut claim = vec![None; found.statements.len()];
        for (n, group) in found.groups.iter().enumerate() {
            group.iter().for_each(|i| claim[*i] = Some(n));
        }
        Story { accounts, found, claim }
    }

    /// A labelled pair as the program sees it.
    pub fn pair(&self, line: &Line) -> Result<Labelled> {
        let [a, b] = [self.at(line.places[0])?, self.at(line.places[1])?];
        let pairs = || a.iter().flat_map(|i| b.iter().map(move |j| [*i.min(j), *i.max(j)]));
        let compared = pairs().find_map(|pair| self.found.compared.iter().find(|c| c.pair == pair));
        Ok(Labelled {
            story: line.story.to_owned(),
            one: line.one,
            features: compared.map(|c| c.features.to_vec()),
            may_be_one: compared.is_some_and(|c| c.obstacles.is_empty()),
            joined: pairs().any(|pair| self.are_one(pair) && (line.one || !self.is_of_parts(pair))),
        })
    }

    /// All statements of a report that are compared with what stands at a place, as pairs that are not one.
    pub fn others(&self, story: &str, place: Place, report: &str) -> Result<Vec<Labelled>> {
        let Some(claim) = self.at(place)?.first().copied() else { return Ok(Vec::new()) };
        let of_report = |i: usize| self.accounts[self.found.statements[i].account].report.id == report;
        let pairs = self.found.compared.iter().filter(|c| c.obstacles.is_empty());
        let others = pairs.filter(|c| match c.pair {
            [a, b] if a == claim => of_report(b),
            [a, b] if b == claim => of_report(a),
            _ => false,
        });
        let labelled = |c: &Compared| Labelled {
            story: story.to_owned(),
            one: false,
            features: Some(c.features.to_vec()),
            may_be_one: true,
            joined: self.are_one(c.pair),
        };
        Ok(others.map(labelled).collect())
    }

    fn are_one(&self, [i, j]: [usize; 2]) -> bool {
        self.claim[i].is_some() && self.claim[i] == self.claim[j]
    }

    /// What two state besides may be one where they are not.
    fn is_of_parts(&self, pair: [usize; 2]) -> bool {
        pair.iter().any(|i| self.found.statements[*i].part)
    }

    /// The statements at a place: the one that fits best first, wholes before parts.
    pub fn at(&self, (report, [start, end]): Place) -> Result<Vec<usize>> {
        let account = self.accounts.iter().position(|a| a.report.id == report);
        let account = account.with_context(|| format!("no report {report}"))?;
        let span = self.accounts[account].report.text.span_of_code_points(start, end);
        let span = span.with_context(|| format!("no such place in {report}: {start}–{end}"))?;
        let statements = self.found.statements.iter().enumerate().filter(|(_, s)| s.account == account);
        let mut at: Vec<(f64, bool, usize)> =
            statements.map(|(i, s)| (common(s.span, span), s.part, i)).collect();
        at.retain(|(common, ..)| *common >= SAME_PLACE);
        at.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2))));
        Ok(at.into_iter().map(|(.., i)| i).collect())
    }
}

/// What part of two spans together is in both.
fn common(a: Span, b: Span) -> f64 {
    let both = f64::from(a.end.min(b.end)) - f64::from(a.start.max(b.start));
    both.max(0.0) / (f64::from(a.end.max(b.end)) - f64::from(a.start.min(b.start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_two_places() {
        let line = Line::read("s\tmore\ta\t3\t9\tb\t0\t4").expect("a line");
        assert!(line.one && line.places == [("a", [3, 9]), ("b", [0, 4])]);
        assert!(Line::read("s\tmaybe\ta\t3\t9\tb\t0\t4").is_err() && Line::read("s\tsame").is_err());
    }

    #[test]
    fn half_a_place_is_half_common() {
        assert!((common(Span::new(0..10), Span::new(5..10)) - 0.5).abs() < 1e-9);
        assert!(common(Span::new(0..5), Span::new(7..9)) == 0.0);
    }
}
