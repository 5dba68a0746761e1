//! How well expressions of time are found and resolved.
//!
//! In: the folder of MEANTIME (CAT XML with TIMEX3). Out: span and value F1. It does not know how the expressions
//! are found. Only the first six sentences of each document are annotated there, so only those are compared.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use rashomon::annotate::{Annotator, Rules, TimeExpression};
use rashomon::report::{PublishedAt, Report, Text};
use rashomon::span::Span;
use regex::Regex;

use crate::figures::Figure;

/// What the floors are measured on, within the data.
pub const CORPUS: &str = "meantime";

/// Sentences of a document that are annotated.
const ANNOTATED: usize = 6;

/// Counts of expressions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// In the gold standard.
    pub gold: usize,
    /// Found.
    pub found: usize,
    /// Found with the very span.
    pub strict: usize,
    /// Found with a span that overlaps.
    pub overlapping: usize,
    /// Found with a span that overlaps, and the type.
    pub kind: usize,
    /// Found with a span that overlaps, and the value.
    pub value: usize,
}

impl Score {
    fn f1(&self, hits: usize) -> f64 {
        200.0 * hits as f64 / (self.gold + self.found).max(1) as f64
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Score { gold, found, .. } = self;
        writeln!(f, "times: {gold} in the gold standard, {found} found")?;
        for (name, hits) in [
            ("strict span", self.strict),
            ("span", self.overlapping),
            ("type", self.kind),
            ("value", self.value),
        ] {
            writeln!(f, "  {name:<12} F1 {:5.1}", self.f1(hits))?;
        }
        Ok(())
    }
}

/// The figures for the floors and the README.
pub fn figures(data: &Path) -> Result<Vec<Figure>> {
    let score = score(&data.join(CORPUS))?;
    let f1 = |name, what, hits| Figure { name, what, value: score.f1(hits) };
    Ok(vec![
        f1("times.span", "expressions of time found, F1", score.overlapping),
        f1("times.value", "… with the right value, F1", score.value),
    ])
}

/// Scores the rules on the documents under `dir`, which holds a folder of XML files for each topic.
pub fn score(dir: &Path) -> Result<Score> {
    let mut score = Score::default();
    for topic in sorted(dir)?.into_iter().filter(|p| p.is_dir()) {
        for file in sorted(&topic)? {
            let xml = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            if let Some(document) = Document::parse(&xml)? {
                document.compare(&mut score);
            }
        }
    }
    Ok(score)
}

fn sorted(dir: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = std::fs::read_dir(dir).with_context(|| dir.display().to_string())?;
    let mut paths = entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

struct Gold {
    span: Span,
    kind: String,
    value: String,
}

struct Document {
    report: Report,
    /// Where the annotated sentences end.
    end: u32,
    gold: Vec<Gold>,
}

impl Document {
    /// `None` where the document does not say when it was written.
    fn parse(xml: &str) -> Result<Option<Self>> {
        let (text, tokens, end) = words(xml)?;
        let (mut gold, mut created) = (Vec::new(), None);
        let timex = Regex::new(r"(?s)<TIMEX3 ([^>]*?)(?:/>|>(.*?)</TIMEX3>)")?;
        let anchor = Regex::new(r#"token_anchor t_id="(\d+)""#)?;
        for found in timex.captures_iter(xml) {
            let value = attribute(&found[1], "value")?;
            if found[1].contains("CREATION_TIME") {
                created = value.parse::<Date>().ok();
            }
            let anchors = found.get(2).map_or("", |m| m.as_str());
            let spans = anchor.captures_iter(anchors).filter_map(|a| tokens.get(&a[1]).copied());
            if let Some(span) = spans.reduce(Span::cover) {
                gold.push(Gold { span, kind: attribute(&found[1], "type")?, value });
            }
        }
        let report = |created| Report {
            id: "gold".into(),
            source: "gold".into(),
            outlet: None,
            title: None,
            url: None,
            published_at: Some(PublishedAt::day(created)),
            language: Some("en".into()),
            credits: vec![],
            text: Text::new(text),
            regions: vec![],
            remarks: vec![],
        };
        Ok(created.map(|created| Document { report: report(created), end, gold }))
    }

    fn compare(&self, score: &mut Score) {
        let times = Rules.annotate(&self.report).times;
        let found: Vec<&TimeExpression> = times.iter().filter(|t| t.span.start < self.end).collect();
        score.gold += self.gold.len();
        score.found += found.len();
        for gold in &self.gold {
            score.strict += usize::from(found.iter().any(|t| t.span == gold.span));
            let Some(time) = found.iter().filter(|t| t.span.overlaps(gold.span)).max_by_key(|t| t.span.len())
            else {
                self.show("missed", Some(gold), None);
                continue;
            };
            score.overlapping += 1;
            score.kind += usize::from(time.kind.name() == gold.kind);
            match meaning_of_gold(&gold.value) == meaning(time) {
                true => score.value += 1,
                false => self.show("value", Some(gold), Some(time)),
            }
        }
        for time in found.iter().filter(|t| !self.gold.iter().any(|g| g.span.overlaps(t.span))) {
            self.show("surplus", None, Some(time));
        }
    }

    /// Prints a disagreement where `EVAL_SHOW` is set.
    fn show(&self, what: &str, gold: Option<&Gold>, time: Option<&TimeExpression>) {
        if std::env::var_os("EVAL_SHOW").is_none() {
            return;
        }
        let gold = gold.map(|g| format!("{:?} {}", self.report.slice(g.span), g.value)).unwrap_or_default();
        let time = time.map(|t| format!("{:?} {:?}", self.report.slice(t.span), t.value)).unwrap_or_default();
        eprintln!("{what}: {gold} | {time}");
    }
}

type Words = (String, BTreeMap<String, Span>, u32);

/// The text, the span of each token by its id, and where the annotated sentences end.
fn words(xml: &str) -> Result<Words> {
    let token = Regex::new(r#"<token number="\d+" sentence="(\d+)" t_id="(\d+)">([^<]*)</token>"#)?;
    let (mut text, mut spans, mut end, mut last) = (String::new(), BTreeMap::new(), 0, 0);
    for found in token.captures_iter(xml) {
        let sentence: usize = found[1].parse()?;
        let word = found[3].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        let closes = matches!(word.as_str(), "," | "." | ";" | ":" | ")" | "?" | "!" | "%" | "''")
            || word.starts_with('\'');
        if sentence != last {
            text.push_str("\n\n");
        } else if !closes && !text.ends_with(['(', '$']) && !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&word);
        last = sentence;
        spans.insert(found[2].to_owned(), Span::new(start..text.len()));
        if sentence < ANNOTATED {
            end = text.len() as u32;
        }
    }
    Ok((text, spans, end))
}

fn attribute(attributes: &str, name: &str) -> Result<String> {
    let value = Regex::new(&format!(r#"(?:^| ){name}="([^"]*)""#))?;
    Ok(value.captures(attributes).map(|c| c[1].to_owned()).unwrap_or_default())
}

/// What a value means, however it is written.
#[derive(Clone, Debug, PartialEq)]
enum Meaning {
    /// Not resolved: `PRESENT_REF`, `PXY`, `XXXX-XX-XX`.
    Open,
    Days(Date, Date),
    /// A day and a time of day.
    Clock(String),
    /// A length of time or what recurs, in months and in seconds.
    Length(i64, i64),
    /// Anything else, as it is written.
    Other(String),
}

fn meaning(time: &TimeExpression) -> Meaning {
    let Some(value) = time.value.as_deref() else { return Meaning::Open };
    match time.days {
        _ if value.contains('T') && !value.starts_with('P') => {
            Meaning::Clock(value.trim_end_matches("Z").replace(":00", ""))
        }
        Some((first, last)) => Meaning::Days(first, last),
        None => length(value).unwrap_or_else(|| Meaning::Other(value.to_owned())),
    }
}

fn meaning_of_gold(value: &str) -> Meaning {
    let part_of_day = Regex::new("T(MO|AF|EV|NI)$").map(|r| r.replace(value, "").into_owned());
    let value = part_of_day.unwrap_or_default();
    if let Some(length) = length(&value) {
        return length;
    }
    if value.contains('T') && !value.ends_with("_REF") {
        return Meaning::Clock(value.trim_end_matches('Z').replace(":00", ""));
    }
    days_of_gold(&value).map_or(Meaning::Open, |(first, last)| Meaning::Days(first, last))
}

fn days_of_gold(value: &str) -> Option<(Date, Date)> {
    let number = |part: &str| part.parse::<i16>().ok();
    let parts: Vec<&str> = value.split('-').collect();
    let year = number(parts.first()?)?;
    match parts.as_slice() {
        [decade] if decade.len() == 3 => {
            Some((Date::new(year * 10, 1, 1).ok()?, Date::new(year * 10 + 9, 12, 31).ok()?))
        }
        [_] => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        [_, week, weekend @ ..] if week.starts_with('W') => {
            let monday = ISOWeekDate::new(year, number(&week[1..])? as i8, Weekday::Monday).ok()?.date();
            let first = if weekend.is_empty() { monday } else { monday.checked_add(5.days()).ok()? };
            Some((first, monday.checked_add(6.days()).ok()?))
        }
        [_, quarter] if quarter.starts_with('Q') => {
            let month = (number(&quarter[1..])? as i8 - 1) * 3 + 1;
            let first = Date::new(year, month, 1).ok()?;
            Some((first, first.checked_add(2.months()).ok()?.last_of_month()))
        }
        [_, month] => {
            let first = Date::new(year, number(month)? as i8, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        [_, month, day] => {
            let day = Date::new(year, number(month)? as i8, number(day)? as i8).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}

/// "P2.5Y" and "P2Y6M" are the same length.
fn length(value: &str) -> Option<Meaning> {
    let rest = value.strip_prefix('P')?;
    let (mut months, mut seconds, mut number, mut in_time) = (0.0, 0.0, String::new(), false);
    for c in rest.chars() {
        if c.is_ascii_digit() || c == '.' {
            number.push(c);
            continue;
        }
        if c == 'T' {
            in_time = true;
            continue;
        }
        let count: f64 = std::mem::take(&mut number).parse().ok()?;
        match (c, in_time) {
            ('Y', _) => months += 12.0 * count,
            ('M', false) => months += count,
            ('W', _) => seconds += 604_800.0 * count,
            ('D', _) => seconds += 86_400.0 * count,
            ('H', _) => seconds += 3600.0 * count,
            ('M', true) => seconds += 60.0 * count,
            ('S', _) => seconds += count,
            _ => return None,
        }
    }
    number.is_empty().then_some(Meaning::Length(months.round() as i64, seconds as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn one_meaning_has_many_spellings() {
        assert_eq!(length("P2.5Y"), length("P2Y6M"));
        assert_ne!(length("PT5M"), length("P5M"));
        assert_eq!(length("PXY"), None);
        assert_eq!(meaning_of_gold("PRESENT_REF"), Meaning::Open);
        assert_eq!(meaning_of_gold("2010-07-16TMO"), Meaning::Days(date(2010, 7, 16), date(2010, 7, 16)));
        assert_eq!(meaning_of_gold("2008-Q2"), Meaning::Days(date(2008, 4, 1), date(2008, 6, 30)));
        assert_eq!(meaning_of_gold("2004-W47"), Meaning::Days(date(2004, 11, 15), date(2004, 11, 21)));
        assert_eq!(meaning_of_gold("2009-12-15T18:00Z"), Meaning::Clock("2009-12-15T18".into()));
    }
}
