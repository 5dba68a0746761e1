//! The places that `training/cues.py` learns from, and the attributions that the scorer reads.
//!
//! In: a folder of texts. Out: files beside each other in `target/`. Both are run by name only.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::complements::Complement;
use super::contents::{self, Reach};
use super::cues;
use super::frames;
use super::words::Words;
use super::{adjuncts, cue_features, model, sources};
use crate::annotate::{Annotations, Annotator, Rules};
use crate::report::{Report, Text, mark_regions};
use crate::span::Span;

fn report(path: &Path) -> Report {
    let bytes = std::fs::read(path).unwrap_or_default();
    let text = Text::new(String::from_utf8_lossy(&bytes).into_owned());
    let regions = mark_regions(&text);
    let id = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    Report {
        source: id.clone(),
        id,
        outlet: None,
        title: None,
        url: None,
        published_at: None,
        language: None,
        credits: Vec::new(),
        text,
        regions,
        remarks: Vec::new(),
    }
}

fn texts() -> Vec<PathBuf> {
    let folder = std::env::var("TEXTS").expect("TEXTS names a folder of texts");
    let entries = std::fs::read_dir(folder).expect("TEXTS is a folder").flatten();
    let mut paths: Vec<PathBuf> =
        entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    paths
}

fn out(name: &str, content: &str) {
    let to = std::env::var("OUT").expect("OUT names a folder");
    std::fs::write(Path::new(&to).join(name), content).expect("OUT can be written");
}

#[test]
#[ignore = "run by training/cues.py"]
fn export_places() {
    let mut lines = String::new();
    for path in texts() {
        let report = report(&path);
        let layers = Rules.annotate(&report);
        let _ = writeln!(lines, "D\t{}", report.id);
        let words = Words::new(&report, &layers);
        for frame in frames::find(&words, &layers) {
            frame_places(&report, &layers, &words, &frame, &mut lines);
        }
    }
    out("places.tsv", &lines);
}

fn frame_places(
    report: &Report,
    _layers: &Annotations,
    words: &Words,
    frame: &frames::Frame,
    lines: &mut String,
) {
    let at = |r: &std::ops::Range<usize>| report.text.code_points(words.span(r));
    let found = cues::find(words, frame);
    for cue in cues::candidates(words, frame) {
        let i = cue.head;
        let (s, e) = at(&(i..i + 1));
        let verb = if words.pos(i).is_verb() { "v" } else { "n" };
        let _ = write!(lines, "C\t{s}\t{e}\t{verb}\t");
        cue_features::tell(words, frame, &cue, &mut |f| lines.extend(model::texts(&f).chain(["\u{1}"])));
        lines.push('\n');
        if cues::probability(words, frame, &cue) < 0.1 {
            continue;
        }
        let skipped = adjuncts::skip(words, i, cue.tokens.end, frame.tokens.end);
        let start = skipped.end + usize::from(words.is(skipped.end, &[",", ":"]));
        let limit = sources::trimmed(words, start, frame.tokens.end);
        if start >= limit {
            continue;
        }
        let complement = Complement::at(words, skipped.end, limit);
        let reach = Reach { frame, cues: &found, cue: &cue, complement, start };
        let _ = writeln!(lines, "S\t{}\t{}", at(&(start..limit)).0, at(&(start..limit)).1);
        for end in contents::possible_ends(words, &reach, limit) {
            let _ = write!(lines, "E\t{}\t", at(&(end - 1..end)).1);
            contents::features(words, &reach, end, &mut |f| lines.extend(model::texts(&f).chain(["\u{1}"])));
            lines.push('\n');
        }
    }
}

#[test]
#[ignore = "run by hand before scoring"]
fn export_attributions() {
    let mut lines = String::new();
    for path in texts() {
        let report = report(&path);
        let layers = Rules.annotate(&report);
        let spans = |spans: &[Span]| -> Vec<(usize, usize)> {
            spans.iter().map(|s| report.text.code_points(*s)).collect()
        };
        let all: Vec<_> = layers.attributions.iter().map(|a| {
            serde_json::json!({"source": spans(&a.source), "cue": spans(&a.cue), "content": spans(&a.content),
                "via": spans(&a.via), "kind": a.kind.name()})
        }).collect();
        let words = Words::new(&report, &layers);
        let mut sure = Vec::new();
        for frame in frames::find(&words, &layers) {
            for cue in cues::candidates(&words, &frame) {
                let (s, e) = report.text.code_points(words.span(&(cue.head..cue.head + 1)));
                sure.push((s, e, cues::probability(&words, &frame, &cue)));
            }
        }
        let _ = writeln!(
            lines,
            "{}",
            serde_json::json!({"doc": report.id, "attributions": all, "candidates": sure})
        );
    }
    out("preds.jsonl", &lines);
}
