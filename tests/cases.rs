//! Prose with the expected answer: `tests/cases/*.md`, which an editor can write.
//!
//! A case is a heading, a report in a fenced `text` block, and a list of what must be found in it; how an item is
//! written stands at the head of each file. What is not listed must not be found. Cases below the heading
//! "# Known misses" must fail: one that holds by now has to move up.

use std::fs;
use std::path::Path;

use rashomon::annotate::{Annotations, Annotator, AttributionKind, Interval, Rules};
use rashomon::report::Report;
use rashomon::source;
use rashomon::span::Span;

/// One case of a file.
struct Case {
    title: String,
    line: usize,
    report: String,
    items: Vec<String>,
    known_miss: bool,
}

fn parse(markdown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut known_miss, mut fenced) = (false, false);
    for (number, line) in markdown.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            if let Some(case) = cases.last_mut() {
                case.report += &format!("{line}\n");
            }
        } else if let Some(title) = line.strip_prefix("## ") {
            let (title, line) = (title.to_owned(), number + 1);
            cases.push(Case { title, line, report: String::new(), items: Vec::new(), known_miss });
        } else if let Some(title) = line.strip_prefix("# ") {
            known_miss = title == "Known misses";
        } else if let (Some(item), Some(case)) = (line.strip_prefix("- "), cases.last_mut()) {
            case.items.push(item.to_owned());
        }
    }
    cases
}

/// Runs the cases of a file; `answer` says what is wrong with one.
fn run(file: &str, answer: fn(&Report, &Annotations, &[String]) -> Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let cases = parse(&fs::read_to_string(&path).expect("the cases"));
    assert!(cases.len() >= 10, "{file}: only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let report = source::read("case.txt", case.report.as_bytes()).reports.into_iter().next();
        let faults = report.map_or_else(
            || vec!["the report cannot be read".to_owned()],
            |report| answer(&report, &Rules.annotate(&report), &case.items),
        );
        let place = format!("tests/cases/{file}:{} {}", case.line, case.title);
        match (faults.is_empty(), case.known_miss) {
            (false, false) => wrong.push(format!("{place}\n    {}", faults.join("\n    "))),
            (true, true) => wrong.push(format!("{place}\n    holds now: move it up")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// What of `expected` is not in `found`, and the other way round, each as often as it stands there.
fn differences(expected: &[String], found: &[String]) -> Vec<String> {
    let mut rest = found.to_vec();
    let mut faults = Vec::new();
    for item in expected {
        match rest.iter().position(|other| other == item) {
            Some(at) => _ = rest.remove(at),
            None => faults.push(format!("missing: {item}")),
        }
    }
    faults.extend(rest.into_iter().map(|item| format!("found:   {item}")));
    faults
}

/// `content → right`, both trimmed.
fn sides(item: &str) -> (&str, &str) {
    let (left, right) = item.split_once(" → ").unwrap_or((item, ""));
    (left.trim(), right.trim())
}

#[test]
fn quotes() {
    run("quotes.md", |report, layers, items| {
        let words = |span: Span| words(report.slice(span));
        let mut found = Vec::new();
        for attribution in &layers.attributions {
            let content: Vec<String> = attribution.content.iter().map(|&span| words(span)).collect();
            let speaker = attribution.speaker.map_or("?", |entity| layers.entities[entity].name.as_str());
            let line = format!("{} → {speaker}", content.join(" … "));
            // Indirect speech has no marks that would settle its edges: only what is listed is asked for.
            let listed = |item: &&String| expected_quote(item) == line;
            if attribution.kind != AttributionKind::Indirect || items.iter().any(|item| listed(&item)) {
                found.push(line);
            }
        }
        differences(&items.iter().map(|item| expected_quote(item)).collect::<Vec<_>>(), &found)
    });
}

fn expected_quote(item: &str) -> String {
    let (content, speaker) = sides(item);
    let fragments: Vec<String> = content.split(" … ").map(words).collect();
    format!("{} → {speaker}", fragments.join(" … "))
}

/// The words alone, so that marks at the edges do not matter.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn times() {
    run("times.md", |report, layers, items| {
        let found = layers
            .times
            .iter()
            .map(|time| format!("{} → {}", report.slice(time.span), time.value.as_deref().unwrap_or("?")));
        differences(items, &found.collect::<Vec<_>>())
    });
}

#[test]
fn quantities() {
    run("quantities.md", |report, layers, items| {
        let mut faults = Vec::new();
        let mut rest: Vec<_> = layers.quantities.iter().collect();
        for item in items {
            let (expression, meaning) = sides(item);
            let at = rest.iter().position(|quantity| report.slice(quantity.span) == expression);
            match at.map(|at| rest.remove(at)) {
                None => faults.push(format!("missing: {item}")),
                Some(quantity) if !means(quantity.interval, &quantity.unit, meaning) => {
                    faults.push(format!("{expression} is {:?} {}", quantity.interval, quantity.unit));
                }
                Some(_) => {}
            }
        }
        faults.extend(rest.iter().map(|quantity| format!("found:   {}", report.slice(quantity.span))));
        faults
    });
}

/// Whether an interval and its unit are what an editor wrote: `over 4 hour`, `under 5 hour`, `at least 12 person`,
/// `at most 3 percent`, `about 200 skipper`, `3 to 5 kilometre`, `64 barge`.
fn means(interval: Interval, unit: &str, meaning: &str) -> bool {
    let Interval { low, low_open, high, high_open } = interval;
    let number = |text: &str| text.replace(',', "").parse::<f64>().unwrap_or(f64::NAN);
    let parts: Vec<&str> = meaning.split(' ').collect();
    let (holds, of) = match parts[..] {
        ["over", n, of] => (low == number(n) && low_open, of),
        ["under", n, of] => (high == number(n) && high_open, of),
        ["at", "least", n, of] => (low == number(n) && !low_open && high > low, of),
        ["at", "most", n, of] => (high == number(n) && !high_open && low < high, of),
        ["about", n, of] => (low < number(n) && number(n) < high, of),
        [a, "to", b, of] => (low == number(a) && high == number(b) && !low_open && !high_open, of),
        [n, of] => (interval == Interval::exact(number(n)), of),
        _ => panic!("not a quantity: {meaning}"),
    };
    holds && unit == of
}

#[test]
fn an_editors_notation() {
    let above = Interval { low: 4.0, low_open: true, high: f64::INFINITY, high_open: true };
    assert!(means(above, "hour", "over 4 hour") && !means(above, "hour", "at least 4 hour"));
    assert!(
        means(Interval::exact(64.0), "barge", "64 barge")
            && !means(Interval::exact(64.0), "ship", "64 barge")
    );
    let around = Interval { low: 180.0, low_open: false, high: 220.0, high_open: false };
    assert!(means(around, "person", "about 200 person") && means(around, "person", "180 to 220 person"));
    assert_eq!(expected_quote("“No,” … “never again.” → Ada Brandt"), "No … never again → Ada Brandt");
    assert_eq!(differences(&["a".to_owned()], &["b".to_owned()]), ["missing: a", "found:   b"]);
}

#[test]
fn a_case_is_a_heading_a_report_and_a_list() {
    let cases = parse(
        "# T\n\n## One\n```text\n date 2031-05-20\n# no heading\n```\n- a → b\n\n# Known misses\n## Two\n",
    );
    assert_eq!(cases.len(), 2);
    assert_eq!((cases[0].report.as_str(), cases[0].items.len()), (" date 2031-05-20\n# no heading\n", 1));
    assert!(!cases[0].known_miss && cases[1].known_miss);
}
