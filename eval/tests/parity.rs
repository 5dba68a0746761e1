//! Our figures are those of `score_attributions.py`, to the last digit.
//!
//! The fixtures' table was printed by that program and read by hand. Where the data and Python are there, both
//! programs also score seeded distortions of PolNeAR's own gold, and every number must be the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rashomon_eval::attributions::standoff::{Prediction, Spans, read_articles};
use rashomon_eval::attributions::words::{is_space, is_word};
use rashomon_eval::splitmix::SplitMix;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Standard output of `command`, which must succeed.
fn output(command: &mut Command) -> String {
    let output = command.stderr(Stdio::inherit()).output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", output.status);
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn eval(gold: &Path, predictions: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eval"));
    command.arg("attributions").arg("--data").arg(gold).arg("--pred").arg(predictions);
    command
}

fn python_is_there() -> bool {
    Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_ok_and(|s| s.success())
}

#[test]
fn the_fixtures_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/harbour");
    let expected = fs::read_to_string(folder.join("expected.txt")).expect("the table");
    assert_eq!(output(&mut eval(&folder, &folder.join("predictions.jsonl"))), expected);
}

#[test]
fn every_number_is_pythons() {
    let (gold, scorer) =
        (root().join("../shared/data/polnear/dev"), root().join("../shared/tools/score_attributions.py"));
    if !gold.is_dir() || !scorer.is_file() || !python_is_there() {
        println!("skipped: ../shared or python3 is absent");
        return;
    }
    let scratch = std::env::temp_dir().join(format!("rashomon-parity-{}", std::process::id()));
    fs::create_dir_all(&scratch).expect("a folder");
    let (ours, theirs, predictions) =
        (scratch.join("ours.json"), scratch.join("theirs.json"), scratch.join("predictions.jsonl"));
    for seed in 0..4 {
        fs::write(&predictions, distorted(&gold, seed)).expect("predictions");
        let table = output(eval(&gold, &predictions).arg("--json").arg(&ours));
        let mut python = Command::new("python3");
        python.arg(&scorer).arg("--gold").arg(&gold).arg("--pred").arg(&predictions);
        assert_eq!(table, output(python.arg("--json").arg(&theirs)), "seed {seed}");
        let compared = same(&json(&ours), &json(&theirs), &format!("seed {seed}"));
        assert!(compared > 150, "only {compared} numbers compared");
    }
    fs::remove_dir_all(&scratch).expect("the folder goes");
}

#[test]
fn letters_and_white_space_are_pythons() {
    if !python_is_there() {
        println!("skipped: python3 is absent");
        return;
    }
    // Its Unicode may be older than ours, so that only characters that it knows are compared.
    let script = "import re, unicodedata as u\n\
        for c in map(chr, range(0x110000)):\n    \
            if u.category(c) not in ('Cn', 'Cs'):\n        \
                print(ord(c), int(bool(re.match(r'\\w', c))), int(c.isspace()))";
    let table = output(Command::new("python3").arg("-c").arg(script));
    let mut compared = 0;
    for line in table.lines() {
        let numbers: Vec<u32> = line.split(' ').map(|n| n.parse().expect("a number")).collect();
        let c = char::from_u32(numbers[0]).expect("a character");
        assert_eq!((is_word(c), is_space(c)), (numbers[1] == 1, numbers[2] == 1), "{c:?}");
        compared += 1;
    }
    assert!(compared > 100_000);
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("figures")).expect("JSON")
}

/// Compares number by number and key by key; how many numbers were compared.
fn same(ours: &Value, theirs: &Value, at: &str) -> usize {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>(), "{at}");
            a.iter().map(|(key, value)| same(value, &b[key], &format!("{at}, {key}"))).sum()
        }
        (Value::Number(a), Value::Number(b)) => {
            assert_eq!(a.as_f64(), b.as_f64(), "{at}");
            1
        }
        _ => {
            assert_eq!(ours, theirs, "{at}");
            1
        }
    }
}

/// The gold of every article, with the mistakes that an extractor makes; `seed` 0 makes none.
fn distorted(gold: &Path, seed: u64) -> String {
    let mut chance = SplitMix::new(seed);
    let mut lines = String::new();
    for (doc, article) in read_articles(gold).expect("articles") {
        let mut attributions = article.attributions;
        if seed > 0 {
            attributions = attributions.into_iter().flat_map(|a| distort(a, seed, &mut chance)).collect();
            let length = article.text.chars().count() as i64;
            attributions.push(stray(length, &mut chance));
        }
        if seed > 0 && chance.one_in(20) {
            continue;
        }
        lines += &serde_json::to_string(&Prediction { doc, attributions }).expect("JSON");
        lines.push('\n');
    }
    lines
}

/// What becomes of one attribution: nothing, itself, or two. The greater `seed`, the more goes wrong.
fn distort(mut spans: Spans, seed: u64, chance: &mut SplitMix) -> Vec<Spans> {
    let rare = 12 / seed as usize;
    if chance.one_in(rare) {
        return Vec::new();
    }
    if chance.one_in(rare) {
        shift(&mut spans.content, chance);
    }
    if chance.one_in(rare) {
        shift(&mut spans.source, chance);
        shift(&mut spans.cue, chance);
    }
    if chance.one_in(rare) {
        std::mem::swap(&mut spans.source, &mut spans.cue);
    }
    if chance.one_in(rare) {
        spans.source.clear();
    }
    if chance.one_in(rare) {
        spans.content = cover(&spans.content);
    }
    if chance.one_in(rare) {
        let mut half = spans.clone();
        half.content = spans.content.split_off(spans.content.len() / 2);
        return vec![half, spans];
    }
    if chance.one_in(rare) {
        let middle = |&(start, end): &(i64, i64)| [(start, (start + end) / 2), ((start + end) / 2 + 4, end)];
        spans.content = spans.content.iter().flat_map(middle).collect();
    }
    if chance.one_in(2 * rare) {
        let mut twin = spans.clone();
        shift(&mut twin.cue, chance);
        return vec![spans, twin];
    }
    vec![spans]
}

fn shift(spans: &mut [(i64, i64)], chance: &mut SplitMix) {
    for (start, end) in spans {
        *start += chance.below(40) as i64 - 20;
        *end += chance.below(40) as i64 - 20;
    }
}

fn cover(spans: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let ends = spans.iter().map(|s| s.0).min().zip(spans.iter().map(|s| s.1).max());
    ends.into_iter().collect()
}

/// An attribution that nobody made, perhaps over the text's end.
fn stray(length: i64, chance: &mut SplitMix) -> Spans {
    let start = chance.below(length as usize) as i64;
    Spans { content: vec![(start, start + 60)], cue: vec![(start - 9, start - 4)], ..Spans::default() }
}
