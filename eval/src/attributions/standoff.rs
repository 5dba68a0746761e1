//! Gold attributions and predicted ones, as files.
//!
//! In: a folder of PolNeAR (`text/NAME.txt`, `attributions/NAME_xxxx.ann` in brat standoff) or a JSON Lines file
//! of predictions. Out: spans of code points, as given. It does not know the words that they mark.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::words::Given;

/// Who said what, as spans; each role may have several fragments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spans {
    /// The words for whom it is given to.
    #[serde(default)]
    pub source: Vec<Given>,
    /// The words that attribute.
    #[serde(default)]
    pub cue: Vec<Given>,
    /// The words that are attributed.
    #[serde(default)]
    pub content: Vec<Given>,
}

/// An article with what its annotator marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its text.
    pub text: String,
    /// Its attributions that have a content.
    pub attributions: Vec<Spans>,
    /// Its furniture, where a prediction is neither right nor wrong.
    pub discard: Vec<Given>,
}

/// One line of a file of predictions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Prediction {
    /// The article's name.
    pub doc: String,
    /// Its attributions.
    pub attributions: Vec<Spans>,
}

/// Reads the articles of the PolNeAR folder `split` that have an annotation, by name. Where several people
/// annotated one article, the first in sorted order counts.
pub fn read_articles(split: &Path) -> Result<BTreeMap<String, Article>> {
    let annotations = files(&split.join("attributions"), "ann")?;
    let mut articles = BTreeMap::new();
    for path in files(&split.join("text"), "txt")? {
        let name = stem(&path);
        let Some(annotation) = annotations.iter().find(|a| is_annotation_of(&stem(a), &name)) else {
            continue;
        };
        let (attributions, discard) = parse(&read(annotation)?)
            .with_context(|| format!("{}: not brat standoff", annotation.display()))?;
        articles.insert(name, Article { text: read(&path)?, attributions, discard });
    }
    Ok(articles)
}

/// Reads predictions; those for one article may stand on several lines.
pub fn read_predictions(path: &Path) -> Result<BTreeMap<String, Vec<Spans>>> {
    let mut predictions: BTreeMap<String, Vec<Spans>> = BTreeMap::new();
    for (number, line) in read(path)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = || format!("{}:{}: not a prediction", path.display(), number + 1);
        let line: Prediction = serde_json::from_str(line).with_context(place)?;
        predictions.entry(line.doc).or_default().extend(line.attributions);
    }
    Ok(predictions)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths: std::io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths?;
    paths.retain(|path| path.extension().is_some_and(|e| e == extension));
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// `NAME_xxxx`, the x being the annotator in hexadecimal.
fn is_annotation_of(annotation: &str, name: &str) -> bool {
    let annotator = annotation.strip_prefix(name).and_then(|rest| rest.strip_prefix('_'));
    annotator.is_some_and(|a| a.len() == 4 && a.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
}

/// The attributions and the discarded spans of a standoff file: an attribution for each event (E line) that has
/// a content; several contents of one event are one.
fn parse(standoff: &str) -> Result<(Vec<Spans>, Vec<Given>)> {
    let mut marks: BTreeMap<&str, (&str, Vec<Given>)> = BTreeMap::new();
    let mut order = Vec::new();
    let mut events = Vec::new();
    // A line that is neither is the rest of a marked text that holds a line break.
    for line in standoff.split('\n') {
        let mut columns = line.trim_end_matches('\r').split('\t');
        let (Some(id), Some(body)) = (columns.next(), columns.next()) else { continue };
        if is_id(id, 'T') {
            let (kind, offsets) = body.split_once(' ').context(line.to_owned())?;
            marks.insert(id, (kind, parse_offsets(offsets).context(line.to_owned())?));
            order.push(id);
        } else if is_id(id, 'E') {
            events.push(body);
        }
    }
    let attributions = events.into_iter().map(|event| attribution(event, &marks));
    let attributions = attributions.filter(|a| !a.content.is_empty()).collect();
    let discarded = order.iter().map(|id| &marks[id]).filter(|(kind, _)| *kind == "Discard");
    Ok((attributions, discarded.flat_map(|(_, spans)| spans.clone()).collect()))
}

fn is_id(id: &str, letter: char) -> bool {
    id.strip_prefix(letter).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// `10 25;30 41`.
fn parse_offsets(offsets: &str) -> Result<Vec<Given>> {
    let pair = |pair: &str| {
        let mut numbers = pair.split_whitespace().map(str::parse);
        match (numbers.next(), numbers.next()) {
            (Some(start), Some(end)) => Ok((start?, end?)),
            _ => anyhow::bail!("not two offsets: {pair}"),
        }
    };
    offsets.split(';').map(pair).collect()
}

/// `Attribution:T4 Content:T3 Cue:T2 Source:T1 Source2:T9`.
fn attribution(event: &str, marks: &BTreeMap<&str, (&str, Vec<Given>)>) -> Spans {
    let mut spans = Spans::default();
    for argument in event.split_whitespace().skip(1) {
        let Some((role, id)) = argument.split_once(':') else { continue };
        let role = role.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
        let fragments = match role.as_str() {
            "source" => &mut spans.source,
            "cue" => &mut spans.cue,
            "content" => &mut spans.content,
            _ => continue,
        };
        fragments.extend(marks.get(id).into_iter().flat_map(|(_, offsets)| offsets));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_join_their_marks() {
        let (attributions, discard) = parse(
            "T1\tSource 0 3\tAda\nT2\tCue 4 8\tsaid\nT3\tContent 9 12;14 20\tno, “never\nagain”\nT4\tDiscard 30 40\tx\n\
             T5\tContent 22 25\tyes\nE1\tAttribution:T2 Source:T1 Cue:T2 Content:T3 Content2:T5\r\n\
             E2\tAttribution:T2 Cue:T2\n#1\tNote E1\tsure\n",
        )
        .expect("standoff");
        assert_eq!(
            attributions,
            [Spans { source: vec![(0, 3)], cue: vec![(4, 8)], content: vec![(9, 12), (14, 20), (22, 25)] }]
        );
        assert_eq!(discard, [(30, 40)]);
    }

    #[test]
    fn broken_offsets_are_an_error() {
        assert!(parse("T1\tSource 0\tAda").is_err());
        assert!(parse("T1\tSource a b\tAda").is_err());
    }

    #[test]
    fn the_annotator_is_four_hexadecimal_digits() {
        assert!(is_annotation_of("flood_0a9f", "flood"));
        assert!(!is_annotation_of("flood_two_0a9f", "flood") && !is_annotation_of("flood_0A9F", "flood"));
    }
}
