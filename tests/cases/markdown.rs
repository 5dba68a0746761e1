//! Cases out of Markdown, and what became of them.
//!
//! In: a file of `tests/cases`. Out: its [`Case`]s, run. It does not know what an item means.

use std::fs;
use std::io::Write;
use std::path::Path;

/// One case of a file.
pub struct Case {
    /// Its heading.
    pub title: String,
    /// The line of the heading.
    pub line: usize,
    /// Its reports, in order.
    pub reports: Vec<Source>,
    /// What must be found.
    pub items: Vec<String>,
    /// Whether it stands below "# Known misses".
    pub known_miss: bool,
}

/// A report of a case.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// What introduces it: "A", "The Courier", "2031-05-14"; empty in cases of one report.
    pub introduction: Vec<String>,
    /// Its words: a fenced block or a block quotation.
    pub text: String,
}

/// The cases of a file. A line `**A**, The Courier, 2031-05-14:` introduces a report; without one the first block is it.
pub fn parse(markdown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut known_miss, mut fenced) = (false, false);
    for (number, line) in markdown.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if !fenced && let Some(title) = line.strip_prefix("## ") {
            let (title, line) = (title.to_owned(), number + 1);
            cases.push(Case { title, line, reports: Vec::new(), items: Vec::new(), known_miss });
        } else if !fenced && let Some(title) = line.strip_prefix("# ") {
            known_miss = title == "Known misses";
        } else if let Some(case) = cases.last_mut() {
            case.take(line, fenced);
        }
    }
    cases
}

impl Case {
    fn take(&mut self, line: &str, fenced: bool) {
        let quoted = line.strip_prefix("> ").or_else(|| line.strip_prefix('>'));
        if let Some(words) = Some(line).filter(|_| fenced).or(quoted) {
            if self.reports.is_empty() {
                self.reports.push(Source::default());
            }
            self.reports.iter_mut().next_back().expect("a report").text += &format!("{words}\n");
        } else if let Some(item) = line.strip_prefix("- ") {
            self.items.push(item.to_owned());
        } else if line.starts_with("**") {
            let words = line.trim_end_matches(':').replace("**", "");
            let introduction = words.split(", ").map(str::to_owned).collect();
            self.reports.push(Source { introduction, text: String::new() });
        }
    }
}

/// Runs the cases of a file, of which there must be at least `least`; `answer` says what is wrong with one.
pub fn run(file: &str, least: usize, answer: fn(&Case) -> Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let cases = parse(&fs::read_to_string(&path).expect("the cases"));
    assert!(cases.len() >= least, "{file}: only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let faults = answer(case);
        let place = format!("tests/cases/{file}:{} {}", case.line, case.title);
        match (faults.is_empty(), case.known_miss) {
            (false, false) => wrong.push(format!("{place}\n    {}", faults.join("\n    "))),
            (true, true) => wrong.push(format!("{place}\n    holds now: move it up")),
            (false, true) if std::env::var_os("MISSES").is_some() => {
                say(&format!("miss {place}\n    {}", faults.join("\n    ")));
            }
            _ => {}
        }
    }
    let misses = cases.iter().filter(|case| case.known_miss).count();
    say(&format!("{file}: {} cases, {misses} of them known misses", cases.len()));
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// Says it even where the test runner keeps what passing tests print.
fn say(line: &str) {
    // A closed terminal is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// What of `expected` is not in `found`, and the other way round, each as often as it stands there.
pub fn differences(expected: &[String], found: &[String]) -> Vec<String> {
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

#[test]
fn a_case_is_a_heading_a_report_and_a_list() {
    let cases = parse(
        "# T\n\n## One\n```text\n date 2031-05-20\n# no heading\n```\n- a → b\n\n# Known misses\n## Two\n",
    );
    assert_eq!(cases.len(), 2);
    assert_eq!(
        (cases[0].reports[0].text.as_str(), cases[0].items.len()),
        (" date 2031-05-20\n# no heading\n", 1)
    );
    assert!(!cases[0].known_miss && cases[1].known_miss);
}

#[test]
fn a_case_may_have_several_reports() {
    let cases = parse("## One\n**A**, Courier, 2031-05-14:\n> a\n>\n> b\n\n**B**, Post:\n```\nc\n```\n- d\n");
    let texts: Vec<&str> = cases[0].reports.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(texts, ["a\n\nb\n", "c\n"]);
    assert_eq!(cases[0].reports[0].introduction, ["A", "Courier", "2031-05-14"]);
    assert_eq!(cases[0].items, ["d"]);
}

#[test]
fn what_is_missing_and_what_is_too_much() {
    assert_eq!(differences(&["a".to_owned()], &["b".to_owned()]), ["missing: a", "found:   b"]);
}
