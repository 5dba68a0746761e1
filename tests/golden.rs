//! Whole reports and what was found in them.
//!
//! For each `tests/golden/NAME.txt`, an invented report, `NAME.expected` says what `annotate` finds, a line a finding, so
//! that a change reads well in a diff. `just bless` accepts what is found now; read the diff before you commit it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use rashomon::annotate::{Annotations, Annotator, Attribution, EntityIndex, Event, Interval, Rules};
use rashomon::report::Report;
use rashomon::source;
use rashomon::span::Span;

fn goldens() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(folder).expect("the folder of goldens").map(|e| e.expect("an entry").path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    paths
}

fn report(path: &Path) -> Report {
    let bytes = fs::read(path).expect("a readable golden");
    let name = path.file_name().expect("a name").to_string_lossy();
    let mut reading = source::read(&name, &bytes);
    assert!(reading.refusals.is_empty(), "{name}: {:?}", reading.refusals);
    assert_eq!(reading.reports.len(), 1, "{name}");
    reading.reports.remove(0)
}

#[test]
fn goldens_are_annotated_as_expected() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut changed = Vec::new();
    for path in goldens() {
        let report = report(&path);
        let found = Dump { report: &report, layers: &Rules.annotate(&report) }.text();
        let expected = path.with_extension("expected");
        if bless {
            fs::write(&expected, found).expect("a writable golden");
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            changed.push(first_difference(&expected, &found));
        }
    }
    assert!(changed.is_empty(), "`just bless` accepts, after reading:\n{}", changed.join("\n"));
}

#[test]
fn every_span_slices_real_text() {
    for path in goldens() {
        let report = report(&path);
        let layers = Rules.annotate(&report);
        let text = report.text.as_str();
        for span in spans(&layers).into_iter().chain(report.regions.iter().map(|region| region.span)) {
            assert!(
                text.get(span.range()).is_some_and(|words| !words.is_empty()),
                "{}: {span:?}",
                path.display()
            );
        }
    }
}

fn spans(layers: &Annotations) -> Vec<Span> {
    let mut spans: Vec<Span> = layers.tokens.iter().map(|t| t.span).collect();
    spans.extend(layers.sentences.iter().map(|s| s.span));
    spans.extend(layers.quotes.iter().map(|q| q.outer));
    spans.extend(layers.times.iter().map(|t| t.span));
    spans.extend(layers.quantities.iter().flat_map(|q| [q.span, q.number]));
    spans.extend(layers.mentions.iter().flat_map(|m| [m.span, m.head]));
    spans.extend(layers.entities.iter().flat_map(|e| e.roles.iter().copied()));
    spans.extend(layers.events.iter().flat_map(|e| [e.span, e.trigger]));
    for attribution in &layers.attributions {
        let Attribution { source, cue, content, via, .. } = attribution;
        spans.extend([source, cue, content, via].into_iter().flatten());
    }
    spans
}

fn first_difference(expected: &Path, found: &str) -> String {
    let name = expected.display();
    let Ok(text) = fs::read_to_string(expected) else { return format!("{name} is not there") };
    let mut pairs = text.lines().chain([""]).zip(found.lines().chain([""])).enumerate();
    let (number, (was, is)) = pairs.find(|(_, (was, is))| was != is).unwrap_or_default();
    format!("{name}:{}\n  was {was}\n  is  {is}", number + 1)
}

/// What was found in a report, as lines.
struct Dump<'a> {
    report: &'a Report,
    layers: &'a Annotations,
}

impl Dump<'_> {
    fn text(&self) -> String {
        let layers = self.layers;
        let mut text =
            format!("published {}\n", self.report.published_at.map_or("-".to_owned(), |at| at.edtf()));
        let mut section = |name: &str, lines: Vec<String>| {
            let _ = writeln!(text, "\n{name}");
            lines.iter().for_each(|line| _ = writeln!(text, "  {line}"));
        };
        let regions =
            self.report.regions.iter().map(|r| format!("{}: {}", r.kind.name(), self.words(r.span)));
        section("regions", regions.collect());
        section("sentences", self.sentences());
        section("quotes", self.quotes());
        section("attributions", layers.attributions.iter().map(|a| self.attribution(a)).collect());
        section("entities", (0..layers.entities.len()).map(|i| self.entity(i)).collect());
        section("times", self.times());
        section("quantities", self.quantities());
        section("events", layers.events.iter().map(|e| self.event(e)).collect());
        text
    }

    /// The words of a span on one line.
    fn words(&self, span: Span) -> String {
        self.report.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn fragments(&self, spans: &[Span]) -> String {
        let fragments: Vec<String> = spans.iter().map(|&span| self.words(span)).collect();
        if fragments.is_empty() { "-".to_owned() } else { fragments.join(" … ") }
    }

    fn name(&self, entity: Option<EntityIndex>) -> &str {
        entity.map_or("?", |i| &self.layers.entities[i].name)
    }

    fn sentences(&self) -> Vec<String> {
        let line = |s: &rashomon::annotate::Sentence| {
            let furniture = if s.furniture { " (furniture)" } else { "" };
            format!("¶{}{furniture} {}", s.paragraph, self.words(s.span))
        };
        self.layers.sentences.iter().map(line).collect()
    }

    fn quotes(&self) -> Vec<String> {
        let line = |q: &rashomon::annotate::Quote| {
            let flags = [(!q.closed, "open"), (q.continues, "continues"), (q.nested, "nested")];
            let flags: Vec<&str> = flags.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
            format!("{} {}", self.words(q.outer), flags.join(" ")).trim_end().to_owned()
        };
        self.layers.quotes.iter().map(line).collect()
    }

    fn attribution(&self, a: &Attribution) -> String {
        let via = if a.via.is_empty() { String::new() } else { format!(" via {}", self.fragments(&a.via)) };
        let (source, cue) = (self.fragments(&a.source), self.fragments(&a.cue));
        let (kind, speaker) = (a.kind.name(), self.name(a.speaker));
        format!("{kind} {speaker} [{source}] [{cue}]{via}: {}", self.fragments(&a.content))
    }

    fn entity(&self, index: EntityIndex) -> String {
        let entity = &self.layers.entities[index];
        let party = entity.party.as_ref().map_or(String::new(), |party| format!(" of {}", party.name));
        let roles: Vec<String> = entity.roles.iter().map(|&role| self.words(role)).collect();
        let mentions = entity.mentions.iter().map(|&i| self.words(self.layers.mentions[i].span));
        let mentions: Vec<String> = mentions.collect();
        let (kind, name) = (entity.kind.name(), &entity.name);
        format!("{kind} {name}{party} ({}): {}", roles.join("; "), mentions.join(" | "))
    }

    fn times(&self) -> Vec<String> {
        let line = |t: &rashomon::annotate::TimeExpression| {
            format!("{} {} {}", t.kind.name(), t.value.as_deref().unwrap_or("?"), self.words(t.span))
        };
        self.layers.times.iter().map(line).collect()
    }

    fn quantities(&self) -> Vec<String> {
        let line = |q: &rashomon::annotate::Quantity| {
            format!("{} {}: {}", interval(q.interval), q.unit, self.words(q.span))
        };
        self.layers.quantities.iter().map(line).collect()
    }

    fn event(&self, event: &Event) -> String {
        let mention =
            |i: Option<usize>| i.map_or("?".to_owned(), |i| self.words(self.layers.mentions[i].span));
        let when = event.when.map_or("?".to_owned(), |i| self.words(self.layers.times[i].span));
        let denied = if event.happened { "" } else { " denied" };
        format!(
            "{} {}{denied} {} → {} at {} on {when}: {}",
            event.root,
            event.modality.name(),
            mention(event.actor),
            mention(event.recipient),
            mention(event.place),
            self.words(event.trigger)
        )
    }
}

fn interval(i: Interval) -> String {
    let (open, close) = (if i.low_open { '(' } else { '[' }, if i.high_open { ')' } else { ']' });
    format!("{open}{}, {}{close}", i.low, i.high)
}
