//! Which reports leave a claim out, and which tell it in words that nobody joined.
//!
//! In: `eval/labels/train-coverage.tsv` (its rule stands in `eval/labels/README.md`) and the reports that it names. Out: for each labelled
//! claim and report what the program says and what a reader said. It does not know what the features are worth.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rashomon::align::propositions::model::Model;

use super::labels::{self, Story};

/// The labels, seen from the repository's root.
const LABELS: &str = "eval/labels/train-coverage.tsv";

/// What a reader says of a claim and a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The report tells it, in whatever words.
    Whole,
    /// Only a part of it, in passing, or with another number, day, actor or stage.
    Partly,
    /// It does not.
    Not,
}

/// What the program says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The report carries it.
    Carried,
    /// It may tell it elsewhere.
    Unclear,
    /// It leaves it out.
    Absent,
}

/// A labelled claim and report.
pub struct Labelled {
    /// The story.
    pub story: String,
    /// What a reader says.
    pub told: Told,
    /// What the program says.
    pub said: Said,
    /// Where the program would look for it in a report of which it is not certain: whether that overlaps the words in which a reader
    /// found it told.
    pub found: Option<bool>,
    /// What they share; `None` where no term is shared, or the claim is joined with the report.
    pub features: Option<Vec<f64>>,
}

/// How often the program is right that a report leaves a claim out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Of what the program says is left out: told, told in part, not told.
    pub absent: [usize; 3],
    /// Of what the program calls unclear, the same.
    pub unclear: [usize; 3],
    /// Of what the program joins, the same.
    pub carried: [usize; 3],
    /// Of what it calls unclear and is told: where it points at the words that tell it, and all.
    pub found: [usize; 2],
}

impl Score {
    fn count(&mut self, pair: &Labelled) {
        let of = match pair.said {
            Said::Carried => &mut self.carried,
            Said::Unclear => &mut self.unclear,
            Said::Absent => &mut self.absent,
        };
        of[pair.told as usize] += 1;
        if let Some(found) = pair.found.filter(|_| pair.told == Told::Whole) {
            self.found[0] += usize::from(found);
            self.found[1] += 1;
        }
    }

    /// Of what is said to be left out, how much is: what is told in part counts as wrong.
    pub fn precision(&self) -> f64 {
        100.0 * self.absent[Told::Not as usize] as f64 / self.absent.iter().sum::<usize>().max(1) as f64
    }

    /// Of what is told, how much is said to be left out.
    pub fn denied(&self) -> f64 {
        let told = |of: &[usize; 3]| of[Told::Whole as usize];
        let all = told(&self.absent) + told(&self.unclear) + told(&self.carried);
        100.0 * told(&self.absent) as f64 / all.max(1) as f64
    }

    /// Of what is left out, how much is said to be.
    pub fn recall(&self) -> f64 {
        let not = |of: &[usize; 3]| of[Told::Not as usize];
        let all = not(&self.absent) + not(&self.unclear) + not(&self.carried);
        100.0 * not(&self.absent) as f64 / all.max(1) as f64
    }
}

/// Scores the stories that are held out.
pub fn score(data: &Path) -> Result<Score> {
    let mut score = Score::default();
    read(data, Model::shipped(), labels::is_held_out)?.iter().for_each(|pair| score.count(pair));
    Ok(score)
}

/// The labelled claims and reports of the stories that are `wanted`.
pub fn read(data: &Path, model: &Model, wanted: impl Fn(&str) -> bool) -> Result<Vec<Labelled>> {
    let mut pairs = Vec::new();
    each(data, model, wanted, |story, line| {
        pairs.extend(pair(story, line)?);
        Ok(())
    })?;
    Ok(pairs)
}

/// Hands each labelled claim and report to `take`, with its story.
fn each(
    data: &Path,
    model: &Model,
    wanted: impl Fn(&str) -> bool,
    mut take: impl FnMut(&Story, &Line) -> Result<()>,
) -> Result<()> {
    let text = fs::read_to_string(LABELS).context(LABELS)?;
    let lines =
        labels::by_story(LABELS, &text, wanted, |line| Line::read(line).map(|line| (line.story, line)))?;
    for (story, reports) in labels::reports(data, |story| lines.contains_key(story))? {
        let read = Story::read(reports, model);
        lines.get(story.as_str()).into_iter().flatten().try_for_each(|line| take(&read, line))?;
    }
    Ok(())
}

/// What the labels say of pairs of statements: where a report tells a claim, those two are one; where it does not tell it, none of its statements is one
/// with it that nothing forbids to be. As in [`labels::read`].
pub fn statements(
    data: &Path,
    model: &Model,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<labels::Labelled>> {
    let mut pairs = Vec::new();
    each(data, model, wanted, |story, line| {
        match (line.told, line.words) {
            (Told::Whole, Some(words)) => {
                let places = [line.claim, (line.other, words)];
                pairs.push(story.pair(&labels::Line { story: line.story, one: true, places })?);
            }
            (Told::Not, _) => pairs.extend(story.others(line.story, line.claim, line.other)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(pairs)
}

/// A labelled pair as the program sees it; `None` where its sentences are cut so otherwise by now that the claim is none.
fn pair(story: &Story, line: &Line) -> Result<Option<Labelled>> {
    let other = story.accounts.iter().position(|a| a.report.id == line.other);
    let other = other.with_context(|| format!("no report {}", line.other))?;
    let group = story.at(line.claim)?.into_iter().find_map(|i| story.claim[i]);
    let Some(group) = group else { return Ok(None) };
    let carried = story.found.groups[group].iter().any(|i| story.found.statements[*i].account == other);
    let features = story.found.elsewhere[group].get(&other).filter(|_| !carried);
    let nearest = story.found.unclear[group].get(&other);
    let said = match (carried, nearest) {
        (true, _) => Said::Carried,
        (false, Some(_)) => Said::Unclear,
        (false, None) => Said::Absent,
    };
    let text = &story.accounts[other].report.text;
    let words = line.words.and_then(|[start, end]| text.span_of_code_points(start, end));
    let found = nearest.filter(|_| !carried).zip(words).map(|(nearest, words)| nearest.overlaps(words));
    let features = features.map(|like| like.features.to_vec());
    Ok(Some(Labelled { story: line.story.to_owned(), told: line.told, said, found, features }))
}

struct Line<'a> {
    story: &'a str,
    told: Told,
    claim: labels::Place<'a>,
    other: &'a str,
    /// Where the other report tells it, in code points.
    words: Option<[usize; 2]>,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Result<Self> {
        let [story, _, label, report, start, end, other, first, last] =
            line.split('\t').collect::<Vec<_>>()[..]
        else {
            bail!("not nine columns")
        };
        let told = match label {
            "told" => Told::Whole,
            "partly" => Told::Partly,
            "not" => Told::Not,
            _ => bail!("no label: {label}"),
        };
        let words = first.parse().ok().zip(last.parse().ok()).map(|(first, last)| [first, last]);
        Ok(Line { story, told, claim: (report, [start.parse()?, end.parse()?]), other, words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_claim_and_a_report() {
        let line = Line::read("s\tlead\tpartly\ta\t3\t9\tb\t0\t4").expect("a line");
        assert!(line.told == Told::Partly && line.claim == ("a", [3, 9]) && line.words == Some([0, 4]));
        assert!(Line::read("s\tlead\tmaybe\ta\t3\t9\tb\t0\t4").is_err() && Line::read("s\tlead").is_err());
    }

    #[test]
    fn only_of_what_is_told_it_counts_where_the_program_points() {
        let pair = |told, found| Labelled {
            story: String::new(),
            told,
            said: Said::Unclear,
            found: Some(found),
            features: None,
        };
        let mut score = Score::default();
        [pair(Told::Whole, true), pair(Told::Whole, false), pair(Told::Partly, true)]
            .iter()
            .for_each(|pair| score.count(pair));
        assert_eq!((score.found, score.unclear), ([1, 2], [2, 1, 0]));
    }

    #[test]
    fn what_is_told_in_part_is_not_left_out() {
        let score = Score { absent: [1, 2, 7], unclear: [6, 3, 3], carried: [3, 0, 0], found: [0, 0] };
        assert!((score.precision() - 70.0).abs() < 1e-9 && (score.recall() - 70.0).abs() < 1e-9);
        assert!((score.denied() - 10.0).abs() < 1e-9);
    }
}
