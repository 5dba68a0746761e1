//! What is found in one report: who said which words, which day is meant, how many of what.

use rashomon::annotate::{Annotations, Annotator, AttributionKind, Interval, Rules};
use rashomon::report::Report;
use rashomon::source;
use rashomon::span::Span;

use crate::markdown::{Case, differences, run};

fn read(case: &Case) -> Option<(Report, Annotations)> {
    let text = &case.reports.first()?.text;
    let report = source::read("case.txt", text.as_bytes()).reports.into_iter().next()?;
    let layers = Rules.annotate(&report);
    Some((report, layers))
}

/// `content → right`, both trimmed.
fn sides(item: &str) -> (&str, &str) {
    let (left, right) = item.split_once(" → ").unwrap_or((item, ""));
    (left.trim(), right.trim())
}

#[test]
fn quotes() {
    run("quotes.md", 10, |case| {
        let Some((report, layers)) = &read(case) else { return vec!["it cannot be read".to_owned()] };
        let items = &case.items;
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
    run("times.md", 40, |case| {
        let Some((report, layers)) = &read(case) else { return vec!["it cannot be read".to_owned()] };
        let items = &case.items;
        let found = layers
            .times
            .iter()
            .map(|time| format!("{} → {}", report.slice(time.span), time.value.as_deref().unwrap_or("?")));
        differences(items, &found.collect::<Vec<_>>())
    });
}

#[test]
fn quantities() {
    run("quantities.md", 10, |case| {
        let Some((report, layers)) = &read(case) else { return vec!["it cannot be read".to_owned()] };
        let items = &case.items;
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
}
