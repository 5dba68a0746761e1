//! What the record of several reports holds: quotations, claims, differences, positions, agreements, next.
//!
//! How an item is written stands at the head of `differences.md`.

use std::collections::BTreeSet;

use rashomon::align::{Account, align};
use rashomon::annotate::{Annotator, Rules};
use rashomon::record::{
    self, Claim, Difference, Evidence, Position, Quotation, Story, TimelineEntry, Variant,
};
use rashomon::source;

use crate::markdown::{Case, Source, run};
use crate::notation::{Item, holds, normal};

#[test]
fn quotations() {
    run("quotations.md", 40, answer);
}

#[test]
fn claims() {
    run("claims.md", 40, answer);
}

#[test]
fn bodies() {
    run("bodies.md", 10, answer);
}

#[test]
fn clauses() {
    run("clauses.md", 15, answer);
}

#[test]
fn differences() {
    run("differences.md", 60, answer);
}

#[test]
fn positions() {
    run("positions.md", 25, answer);
}

#[test]
fn next() {
    run("next.md", 25, answer);
}

fn answer(case: &Case) -> Vec<String> {
    let accounts: Vec<Account> = case.reports.iter().filter_map(account).collect();
    if accounts.len() != case.reports.len() || case.items.is_empty() {
        return vec!["a report cannot be read, or nothing is asked for".to_owned()];
    }
    let story = align(&accounts.iter().collect::<Vec<_>>());
    let items: Vec<Item> = case.items.iter().map(|item| Item::parse(item)).collect();
    let mut faults = Vec::new();
    for list in ["difference", "position", "agreement", "next"] {
        let of: Vec<&Item> = items.iter().filter(|item| item.list() == list).collect();
        if !of.is_empty() {
            faults.extend(whole_list(&of, &lines(&story, list)));
        }
    }
    faults.extend(items.iter().filter_map(|item| fault(&story, item)));
    let twice = story.claims.iter().filter(|claim| has_a_place_twice(&claim.evidence));
    faults.extend(twice.map(|claim| format!("rests on one place twice: {}", claim.text)));
    faults
}

/// Whether a place stands twice among the evidence of a line.
fn has_a_place_twice(evidence: &[Evidence]) -> bool {
    evidence.iter().collect::<BTreeSet<_>>().len() < evidence.len()
}

/// A report as a line of JSON, so that it is read as in life.
fn account(source: &Source) -> Option<Account> {
    let said = |n: usize| source.introduction.get(n).cloned().unwrap_or_default();
    let (id, text) = (said(0), &source.text);
    let line = serde_json::json!({ "id": id, "outlet": said(1), "published_at": said(2), "text": text });
    let report = source::read(&format!("{id}.jsonl"), line.to_string().as_bytes()).reports.pop()?;
    let layers = Rules.annotate(&report);
    Some(Account::new(layers, report))
}

/// An entry of one of the lists that a case gives whole.
struct Line {
    /// "Karsova rejects", "2031-05-20 planned", a kind of difference.
    key: String,
    /// Its words.
    text: String,
    /// Who is committed.
    by: Vec<String>,
    reports: BTreeSet<String>,
    /// To whom it is given; empty where a report states it itself.
    according_to: String,
    difference: Option<Difference>,
}

fn lines(story: &Story, list: &str) -> Vec<Line> {
    let line = |key: String, text: &str, by: &[String], evidence: &[Evidence]| {
        let words: Vec<&str> = std::iter::once(text).chain(evidence.iter().map(Evidence::exact)).collect();
        let (text, by, reports) = (words.join(" / "), by.to_vec(), reports(evidence));
        Line { key, text, by, reports, according_to: String::new(), difference: None }
    };
    let given = |line: Line, attributed_to: &Option<String>, source: &Option<record::Source>| Line {
        according_to: whose(story, attributed_to, source),
        ..line
    };
    match list {
        "difference" => story.differences.iter().map(of_difference).collect(),
        "position" => {
            let day = |on: &Option<String>| on.clone().unwrap_or_else(|| "?".to_owned());
            let lapsed = |p: &Position| p.lapsed.as_ref().map_or(String::new(), |l| format!(", {}", l.kind));
            let bare = |p: &Position| match &p.before {
                None => format!("{} {}", p.party, p.stance),
                Some(b) => {
                    let (on, before) = (day(&p.on), day(&b.on));
                    format!("{} {} on {on} before {} on {before}", p.party, p.stance, b.stance)
                }
            };
            let key = |p: &Position| bare(p) + &lapsed(p);
            story.positions.iter().map(|p| line(key(p), &p.issue, &[], &p.evidence)).collect()
        }
        "agreement" => {
            let parties = |parties: &[String]| match parties {
                [] => "?".to_owned(),
                parties => parties.join(", "),
            };
            let agreements = story.agreements.iter();
            let of = |a: &record::Agreement| line(parties(&a.parties), &a.text, &[], &a.evidence);
            agreements.map(|a| given(of(a), &a.attributed_to, &a.source)).collect()
        }
        _ => {
            let key =
                |when: &Option<String>, status: &str| format!("{} {status}", when.as_deref().unwrap_or("?"));
            let of = |n: &record::Next| {
                let before = n.before.iter().map(|b| format!(" before {}", key(&b.when, &b.status)));
                let whole = key(&n.when, &n.status) + &before.collect::<String>();
                line(whole, &n.text, &n.who, &n.evidence)
            };
            story.next.iter().map(|n| given(of(n), &n.attributed_to, &n.source)).collect()
        }
    }
}

fn whose(story: &Story, attributed_to: &Option<String>, source: &Option<record::Source>) -> String {
    let named = attributed_to.as_ref().and_then(|id| name(story, id));
    named.or(source.as_ref().map(|source| source.text.clone())).unwrap_or_default()
}

/// Whether a line is given to whom the item says, as far as it says.
fn is_given(item: &Item, to: &str) -> bool {
    match item.according_to.as_deref() {
        None => true,
        Some("nobody") => to.is_empty(),
        Some(source) => holds(to, source),
    }
}

fn of_difference(difference: &Difference) -> Line {
    let readings = difference.readings.iter().map(|r| format!("{} “{}”", r.value, r.text));
    let (key, text) = (difference.kind.clone(), readings.collect::<Vec<_>>().join(" | "));
    let reports = difference.readings.iter().flat_map(|r| reports(&r.evidence)).collect();
    let according_to = String::new();
    Line { key, text, by: Vec::new(), reports, according_to, difference: Some(difference.clone()) }
}

fn reports(evidence: &[Evidence]) -> BTreeSet<String> {
    evidence.iter().map(|e| e.report().to_owned()).collect()
}

/// What a case says of a list is all that the list holds; `no difference of KIND` speaks of that kind alone.
fn whole_list(items: &[&Item], lines: &[Line]) -> Vec<String> {
    let mut rest: Vec<&Line> = lines.iter().collect();
    let mut faults = Vec::new();
    for item in items.iter().filter(|item| !item.head.starts_with("no ")) {
        match rest.iter().position(|line| fits(item, line)) {
            Some(at) => _ = rest.remove(at),
            None => faults.push(format!("missing: {} {} {}", item.head, item.rest, item.words.join(" … "))),
        }
    }
    let kinds: Vec<&str> =
        items.iter().filter_map(|item| item.head.strip_prefix("no difference of ")).collect();
    let spoken_of =
        |line: &&&Line| kinds.is_empty() || kinds.contains(&line.key.as_str()) || items.len() > kinds.len();
    faults.extend(rest.iter().filter(spoken_of).map(|line| found(line)));
    faults
}

fn found(line: &Line) -> String {
    let compatible = match line.difference.as_ref().map(|d| d.compatible) {
        None => "",
        Some(None) => ", unknown",
        Some(Some(true)) => ", compatible",
        Some(Some(false)) => ", incompatible",
    };
    let reports: Vec<&str> = line.reports.iter().map(String::as_str).collect();
    let by = if line.by.is_empty() { String::new() } else { format!(" by {}", line.by.join(", ")) };
    let given = match line.according_to.as_str() {
        "" => String::new(),
        source => format!(", according to {source}"),
    };
    format!("found:   {}{compatible}: {}{by}{given} in {}", line.key, line.text, reports.join(" and "))
}

fn fits(item: &Item, line: &Line) -> bool {
    let same_reports =
        item.reports.is_empty() || item.reports.iter().cloned().collect::<BTreeSet<_>>() == line.reports;
    let key = match &line.difference {
        Some(difference) => differs_so(item, difference),
        None => same_key(&item.rest, &line.key),
    };
    let key = key && is_given(item, &line.according_to);
    let by = item.by.iter().all(|name| line.by.iter().any(|other| holds(other, name)));
    key && same_reports && by && item.stands_in(&line.text)
}

/// The same parts between commas, in whatever order. What came before a plan need not be said.
fn same_key(a: &str, b: &str) -> bool {
    let plan = |text: &str| text.split_whitespace().nth(1).is_some_and(|status| STATUSES.contains(&status));
    let b = if plan(b) && !a.contains(" before ") { b.split(" before ").next().unwrap_or(b) } else { b };
    let parts = |text: &str| text.split(", ").map(normal).collect::<BTreeSet<_>>();
    parts(a) == parts(b)
}

/// What stands behind the time of a plan.
const STATUSES: [&str; 6] = ["planned", "proposed", "postponed", "cancelled", "barred", "brought"];

/// Whether a difference is of the item's kind and has its readings, each once, and no other.
fn differs_so(item: &Item, difference: &Difference) -> bool {
    let mut head = item.head.split(", ");
    let kind = head.next().and_then(|head| head.strip_prefix("difference "));
    let compatible = match head.next() {
        Some("compatible") => difference.compatible == Some(true),
        Some("incompatible") => difference.compatible == Some(false),
        Some("unknown") => difference.compatible.is_none(),
        _ => true,
    };
    let readings: Vec<String> =
        difference.readings.iter().map(|r| format!("{} / {}", r.value, r.text)).collect();
    let wanted: Vec<&str> = item.rest.split(" | ").collect();
    kind == Some(difference.kind.as_str())
        && compatible
        && wanted.len() == readings.len()
        && pair(&wanted, &readings)
}

/// Whether each of `wanted` stands in a reading of its own.
fn pair(wanted: &[&str], readings: &[String]) -> bool {
    let Some((first, rest)) = wanted.split_first() else { return true };
    (0..readings.len()).any(|i| {
        let mut others = readings.to_vec();
        let reading = others.remove(i);
        holds(&reading, first) && pair(rest, &others)
    })
}

/// What is wrong with an item of a list that a case does not give whole.
fn fault(story: &Story, item: &Item) -> Option<String> {
    let (holds, found) = match item.head.as_str() {
        "no quotation" | "one quotation" | "two quotations" | "three quotations" => {
            (number_of_quotations(story, item), quotations_of(story))
        }
        "quotation" => (has_quotation(story, item), quotations_of(story)),
        "one claim" => (has_claim(story, item), claims_of(story)),
        "no claim" => (!has_claim(story, item), claims_of(story)),
        "apart" => (stand_apart(story, item), claims_of(story)),
        "pronoun" => (has_pronoun(story, item), format!("{:?}", pronouns_of(story))),
        "no pronoun" => (!names_pronoun(story, item), format!("{:?}", pronouns_of(story))),
        "timeline" => (has_entry(story, item), timeline_of(story)),
        "no timeline" => (!has_entry(story, item), timeline_of(story)),
        "origins" => (has_origins(story, item), format!("{:?}", origins_of(story, item))),
        _ if ["difference", "position", "agreement", "next"].contains(&item.list()) => return None,
        _ => (false, "not an item".to_owned()),
    };
    let Item { head, rest, words, .. } = item;
    (!holds).then(|| format!("{head} {rest} “{}”: {found}", words.join("” “")))
}

fn number_of_quotations(story: &Story, item: &Item) -> bool {
    let wanted = ["no", "one", "two", "three"].iter().position(|n| item.head.starts_with(n));
    Some(story.quotations.len()) == wanted && (item.rest.is_empty() || has_quotation(story, item))
}

/// Whether a claim rests on exactly the reports of the item and has all its words, each in one of its tellings.
fn has_claim(story: &Story, item: &Item) -> bool {
    let letters = letters(&item.rest);
    story.claims.iter().any(|claim| {
        let named = claim.attributed_to.as_ref().and_then(|id| name(story, id));
        let by = named.or(claim.source.as_ref().map(|source| source.text.clone()));
        (letters.is_empty() || reports(&claim.evidence) == letters)
            && item.by.iter().all(|wanted| by.as_ref().is_some_and(|by| holds(by, wanted)))
            && item.words.iter().all(|words| claim.evidence.iter().any(|e| holds(e.exact(), words)))
    })
}

/// Whether both words are claims, and no claim has both.
fn stand_apart(story: &Story, item: &Item) -> bool {
    let with = |words: &String| -> BTreeSet<&str> {
        let here = |c: &&Claim| c.evidence.iter().any(|e| holds(e.exact(), words));
        story.claims.iter().filter(here).map(|c| c.id.as_str()).collect()
    };
    let [a, b] = &item.words[..] else { return false };
    let (a, b) = (with(a), with(b));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

/// Whether a line with the second words of the item says that a pronoun, the first words, means who is named.
fn has_pronoun(story: &Story, item: &Item) -> bool {
    let [pronoun, line] = &item.words[..] else { return false };
    let means = |(text, word, name): &(&str, &str, &str)| {
        holds(text, line) && holds(word, pronoun) && item.by.iter().any(|by| by == name)
    };
    pronouns_of(story).iter().any(means)
}

/// Whether any line says whom the words mean.
fn names_pronoun(story: &Story, item: &Item) -> bool {
    pronouns_of(story).iter().any(|(_, word, _)| item.words.iter().any(|words| holds(word, words)))
}

/// Line, pronoun and name.
fn pronouns_of(story: &Story) -> Vec<(&str, &str, &str)> {
    let claims = story.claims.iter().map(|c| (c.text.as_str(), &c.pronouns));
    let next = story.next.iter().map(|n| (n.text.as_str(), &n.pronouns));
    let timeline = story.timeline.iter().map(|t| (t.text.as_str(), &t.pronouns));
    let lines = claims.chain(next).chain(timeline);
    lines
        .flat_map(|(text, all)| all.iter().map(move |p| (text, p.evidence.exact(), p.name.as_str())))
        .collect()
}

/// A date that was completed ("2031-05-12?") counts as that date.
fn has_entry(story: &Story, item: &Item) -> bool {
    story.timeline.iter().any(|entry| {
        let exact: Vec<&str> = entry.evidence.iter().map(Evidence::exact).collect();
        entry.when.trim_end_matches('?') == item.rest
            && item.stands_in(&exact.join(" / "))
            && is_given(item, &whose(story, &entry.attributed_to, &entry.source))
            && (item.reports.is_empty() || reports(&entry.evidence) == item.reports.iter().cloned().collect())
    })
}

fn has_origins(story: &Story, item: &Item) -> bool {
    origins_of(story, item).iter().any(|n| n.to_string() == item.rest)
}

/// The independent tellings of each claim and quotation with the item's words.
fn origins_of(story: &Story, item: &Item) -> Vec<usize> {
    let quoted = |q: &&Quotation| q.variants.iter().any(|v| item.stands_in(&v.text));
    let claimed = |c: &&Claim| c.evidence.iter().any(|e| item.stands_in(e.exact()));
    let quotations = story.quotations.iter().filter(quoted).map(|q| q.origins);
    quotations.chain(story.claims.iter().filter(claimed).map(|c| c.origins)).collect()
}

/// "A and B, truncated": the letters.
fn letters(rest: &str) -> BTreeSet<String> {
    let parts = rest.split([' ', ',']).filter(|part| part.len() == 1 && part.chars().all(char::is_uppercase));
    parts.map(str::to_owned).collect()
}

/// Whether one quotation stands in exactly the reports of the item, with its speakers, its words and what differs.
fn has_quotation(story: &Story, item: &Item) -> bool {
    story.quotations.iter().any(|quotation| {
        let reports: BTreeSet<String> =
            quotation.variants.iter().map(|v| v.evidence.report().to_owned()).collect();
        let wanted = letters(&item.rest);
        let differs = |kind: &str| !item.rest.contains(kind) || quotation.differs.iter().any(|d| d == kind);
        let same = !item.rest.contains("same words") || quotation.differs.is_empty();
        let told = |words: &String| quotation.variants.iter().any(|v| holds(&v.text, words));
        (wanted.is_empty() || wanted == reports)
            && differs("truncated")
            && differs("wording")
            && same
            && item.words.iter().all(told)
            && (item.by.is_empty() || spoken_by(story, quotation, &item.by))
    })
}

fn spoken_by(story: &Story, quotation: &Quotation, by: &[String]) -> bool {
    let of = |id: &Option<String>| id.as_ref().and_then(|id| name(story, id));
    let mut speakers: BTreeSet<String> = quotation.variants.iter().filter_map(|v| of(&v.speaker)).collect();
    if speakers.is_empty() {
        speakers.extend(quotation.speaker_name.clone());
    }
    match by {
        [nobody] if nobody == "?" => speakers.is_empty(),
        by => {
            by.len() == speakers.len()
                && by.iter().all(|name| speakers.iter().any(|other| holds(other, name)))
        }
    }
}

fn name(story: &Story, id: &str) -> Option<String> {
    story.entities.iter().find(|e| e.id == id).map(|e| e.name.clone())
}

fn quotations_of(story: &Story) -> String {
    let line = |q: &Quotation| {
        let variant = |v: &Variant| {
            let speaker = v.speaker.as_ref().and_then(|id| name(story, id));
            format!("{} “{}” {}", v.evidence.report(), v.text, speaker.as_deref().unwrap_or("?"))
        };
        let variants: Vec<String> = q.variants.iter().map(variant).collect();
        format!("{} ({})", variants.join(" = "), q.differs.join(", "))
    };
    story.quotations.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn claims_of(story: &Story) -> String {
    let line = |c: &Claim| {
        let evidence = c.evidence.iter().map(|e| format!("{} “{}”", e.report(), e.exact()));
        evidence.collect::<Vec<_>>().join(" = ")
    };
    story.claims.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn timeline_of(story: &Story) -> String {
    let line = |entry: &TimelineEntry| format!("{} {}", entry.when, entry.text);
    story.timeline.iter().map(line).collect::<Vec<_>>().join("; ")
}

#[test]
fn each_item_can_fail() {
    let source = |id: &str| Source {
        introduction: [id, "The Courier", "2031-05-14"].map(str::to_owned).into(),
        text: "“The dam is dry and empty,” said Ada Brandt.".to_owned(),
    };
    let case = |items: &[&str]| Case {
        title: String::new(),
        line: 1,
        reports: vec![source("A"), source("B")],
        items: items.iter().map(|&item| item.to_owned()).collect(),
        known_miss: false,
    };
    assert_eq!(
        answer(&case(&["one quotation: A and B, by Ada Brandt, same words", "no difference"])),
        [""; 0]
    );
    for wrong in [
        "no quotation",
        "two quotations",
        "one quotation: A, by Ada Brandt",
        "one quotation: A and B, by Karl Munk",
        "one quotation: A and B, truncated",
        "quotation: A and B \"the dam is wet\"",
        "one claim: A \"the dam\"",
        "apart: \"dam\" \"dry\"",
        "timeline: 2031-05-12 \"dam\"",
        "pronoun: \"she\" \"dam\", by Ada Brandt",
        "origins: 7 \"dam\"",
        "difference number: 12 | 14",
        "position: Norway rejects \"the dam\"",
        "agreement: ? \"the dam\"",
        "next: ? planned \"the dam\"",
        "no such item",
    ] {
        assert_eq!(answer(&case(&[wrong])).len(), 1, "{wrong}");
    }
}
