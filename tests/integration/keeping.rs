//! `add`, `stories`, `story`, `search`, `said` and `rebuild`: what is kept, and what comes out again.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::stream;
use crate::support::{Run, Test};

/// A database of one test, and the runs over it.
pub struct Desk {
    folder: PathBuf,
}

impl Desk {
    pub fn new(name: &str) -> Self {
        let folder =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("desk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        Desk { folder }
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().expect("UTF-8").to_owned()
    }

    pub fn file(&self, name: &str, content: &str) -> String {
        fs::write(self.folder.join(name), content).expect("a file");
        self.path(name)
    }

    pub fn test(&self, args: &[&str]) -> Test {
        Test::new(args).env("RASHOMON_DB", &self.path("news.db"))
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.test(args).run()
    }

    pub fn lines(&self, args: &[&str]) -> Vec<Value> {
        let args: Vec<&str> = args.iter().copied().chain(["--format", "jsonl"]).collect();
        self.run(&args).json_lines()
    }

    /// The records of all stories, in the order of their ids.
    pub fn records(&self) -> Vec<String> {
        let stories = self.lines(&["stories", "--most", "1000"]);
        let mut ids: Vec<&str> = stories.iter().filter_map(|s| s["id"].as_str()).collect();
        ids.sort_unstable();
        ids.iter().map(|id| self.run(&["story", id, "--format", "json"]).stdout.clone()).collect()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub fn became(lines: &[Value]) -> Vec<&str> {
    lines.iter().filter_map(|line| line["became"].as_str()).collect()
}

#[test]
fn the_same_report_twice_changes_nothing() {
    let desk = Desk::new("twice");
    let input = desk.file("in.jsonl", &stream::lines(9));
    assert_eq!(became(&desk.lines(&["add", &input])), ["new"; 9]);
    let before = desk.records();
    assert_eq!(became(&desk.lines(&["add", &input])), ["known"; 9]);
    let twice = desk.file("twice.jsonl", &stream::lines(9).repeat(2));
    assert_eq!(became(&desk.lines(&["add", &twice])), ["known"; 18]);
    assert_eq!(desk.records(), before);
    assert!(desk.run(&["add", &input]).stdout.starts_with("0 new, 0 changed, 9 known"));
}

#[test]
fn three_outlets_on_one_event_are_one_story_and_its_record_is_that_of_read() {
    let desk = Desk::new("story");
    let input = desk.file("in.jsonl", &stream::lines(12));
    desk.run(&["add", &input]);
    let stories = desk.lines(&["stories", "--reports", "3"]);
    assert_eq!(stories.len(), 4, "{stories:?}");
    let id = stories[0]["id"].as_str().expect("an id");
    let kept = desk.run(&["story", id, "--format", "json"]).json();
    assert_eq!(kept["stories"][0]["id"], id);
    assert_eq!(kept["stories"][0]["versions"], json!([]));
    let ids: Vec<&Value> = kept["reports"].as_array().expect("reports").iter().map(|r| &r["id"]).collect();
    let own: String = ids
        .iter()
        .map(|id| {
            let n: usize =
                id.as_str().and_then(|id| id.strip_prefix('r')).expect("an id").parse().expect("a number");
            format!("{}\n", stream::report(n))
        })
        .collect();
    // A database annotates with the fast model, `read` by itself with the accurate one.
    let own = desk.file("own.jsonl", &own);
    let read = desk.run(&["read", &own, "--model", "fast", "--format", "json"]).json();
    let texts = |record: &Value| -> Vec<Value> {
        record["stories"][0]["claims"].as_array().expect("claims").iter().map(|c| c["text"].clone()).collect()
    };
    assert!(!texts(&kept).is_empty());
    assert_eq!(texts(&kept), texts(&read));
    assert_eq!(kept["stories"][0]["claims"][0]["evidence"][0]["version"], 1);
    assert!(read["stories"][0]["claims"][0]["evidence"][0].get("version").is_none());
}

#[test]
fn what_an_outlet_changed_is_a_version_and_evidence_names_it() {
    let desk = Desk::new("versions");
    desk.run(&["add", &desk.file("in.jsonl", &stream::lines(3))]);
    let mut changed = stream::report(1);
    let text = changed["text"].as_str().expect("a text").replace("3 people were hurt", "5 people were hurt");
    changed["text"] = text.as_str().into();
    let lines = desk.lines(&["add", &desk.file("later.jsonl", &changed.to_string())]);
    assert_eq!((became(&lines), &lines[0]["version"]), (vec!["version"], &json!(2)));

    let story = lines[0]["story"].as_str().expect("a story");
    let record = desk.run(&["story", story, "--format", "json"]).json();
    let version = &record["stories"][0]["versions"][0];
    assert_eq!(
        (&version["report"], &version["before"], &version["after"]),
        (&json!("r1"), &json!(1), &json!(2))
    );
    assert_eq!(version["outlet"], changed["outlet"]);
    let change = &version["changes"][0];
    assert_eq!(version["changes"].as_array().map(Vec::len), Some(1));
    assert_eq!((&change["kind"], &change["before"]["version"]), (&json!("changed"), &json!(1)));
    assert!(change["before"]["exact"].as_str().expect("words").starts_with("3 people"));
    assert!(change["after"]["exact"].as_str().expect("words").starts_with("5 people"));
    for claim in record["stories"][0]["claims"].as_array().expect("claims") {
        for evidence in claim["evidence"].as_array().expect("evidence") {
            let newest = if evidence["report"] == "r1" { 2 } else { 1 };
            assert_eq!(evidence["version"], newest);
        }
    }
    // What it said first is known still, and is found no more.
    assert_eq!(became(&desk.lines(&["add", &desk.path("in.jsonl")])), ["known"; 3]);
    assert_eq!(desk.lines(&["search", "\"3 people were hurt\""]).len(), 1, "only the first report says so");
}

#[test]
fn words_are_found_where_they_stand_and_filters_hold() {
    let desk = Desk::new("search");
    desk.run(&["add", &desk.file("in.jsonl", &stream::lines(24))]);
    let ids = |args: &[&str]| -> Vec<String> {
        let mut args: Vec<&str> = args.to_vec();
        args.insert(0, "search");
        let mut ids: Vec<String> =
            desk.lines(&args).iter().map(|hit| hit["id"].as_str().expect("an id").to_owned()).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&["ostervik"]), ["r3", "r4", "r5"]);
    assert_eq!(ids(&["ostervik", "--outlet", "the sound courier"]), ["r4"]);
    assert_eq!(ids(&["inspector", "--from", "2031-01-16", "--to", "2031-01-16"]), ["r3", "r4", "r5"]);
    assert_eq!(ids(&["council -velm ostervik"]), ["r3", "r4", "r5"]);
    assert_eq!(ids(&["repairs", "--speaker", "Ilse Brekke"]).len(), 9);
    assert_eq!(ids(&["repairs", "--speaker", "Tomas Brekke"]).len(), 0);
    let hit = &desk.lines(&["search", "ostervik"])[0];
    let text: Vec<char> = hit["snippet"]["text"].as_str().expect("a text").chars().collect();
    let mark: Vec<usize> = serde_json::from_value(hit["snippet"]["marks"][0].clone()).expect("a mark");
    assert_eq!(text[mark[0]..mark[1]].iter().collect::<String>(), "Ostervik");
    assert!(desk.run(&["search", "ostervik", "--most", "1"]).stdout.contains("[Ostervik]"));
    let story = hit["story"].as_str().expect("a story");
    assert_eq!(ids(&["hurt", "--story", story]), ["r3", "r4", "r5"]);
    assert_eq!(ids(&["\"'(*", "--most", "3"]).len(), 0);
}

#[test]
fn what_somebody_said_comes_with_its_words() {
    let desk = Desk::new("said");
    desk.run(&["add", &desk.file("in.jsonl", &stream::lines(24))]);
    let said = desk.lines(&["said", "Ilse Voss", "--about", "repair"]);
    // Nine reports of three events; the three of one event have the same words.
    assert_eq!(said.len(), 3, "{said:?}");
    for saying in &said {
        assert!(saying["text"].as_str().expect("words").contains("asked for repairs"));
        assert_eq!(saying["evidence"].as_array().map(Vec::len), Some(3));
    }
    let evidence = &said[0]["evidence"][0];
    let n: usize = evidence["report"].as_str().and_then(|r| r[1..].parse().ok()).expect("a number");
    let report = stream::report(n);
    let text: Vec<char> = report["text"].as_str().expect("a text").chars().collect();
    let at = |key: &str| evidence[key].as_u64().expect(key) as usize;
    assert_eq!(
        text[at("start")..at("end")].iter().collect::<String>(),
        evidence["exact"].as_str().expect("words")
    );
    assert!(desk.lines(&["said", "Ilse Voss", "--about", "lighthouse"]).is_empty());
    assert!(desk.lines(&["said", "Tomas Voss"]).is_empty());
}

#[test]
fn rebuilt_is_as_at_first() {
    let desk = Desk::new("rebuilt");
    for (i, batch) in [stream::lines(9), stream::lines(21)].iter().enumerate() {
        desk.run(&["add", &desk.file(&format!("{i}.jsonl"), batch), "--batch", "4"]);
    }
    let before = desk.records();
    assert!(before.len() >= 7);
    desk.run(&["rebuild"]);
    assert_eq!(desk.records(), before);
    assert_eq!(desk.lines(&["search", "ostervik"]).len(), 3);
    let other = Desk::new("first");
    other.run(&["add", &other.file("all.jsonl", &stream::lines(21))]);
    let ids =
        |desk: &Desk| -> Vec<Value> { desk.lines(&["stories"]).iter().map(|s| s["id"].clone()).collect() };
    assert_eq!(ids(&other), ids(&desk));
}

#[test]
fn a_refusal_is_told_and_the_rest_is_kept() {
    let desk = Desk::new("refusal");
    let input = desk.file("in.jsonl", &format!("{}{{\"text\": \n{}", stream::lines(2), stream::report(2)));
    let run = desk.test(&["add", &input]).status(2).stderr_has("in.jsonl:3: ").run();
    assert!(run.stdout.starts_with("3 new, 0 changed, 0 known, 1 not read"), "{}", run.stdout);
    desk.test(&["add", "none.txt"]).status(1).stderr_has("none.txt").run();
}

#[test]
fn what_is_exported_can_be_read_again() {
    let desk = Desk::new("export");
    let input = desk.file("in.jsonl", &stream::lines(6));
    desk.run(&["add", &input]);
    let lines = desk.run(&["export", "--format", "jsonl"]);
    assert_eq!(lines.json_lines().len(), 6);
    let other = Desk::new("export-again");
    other.run(&["add", &other.file("out.jsonl", &lines.stdout)]);
    assert_eq!(other.lines(&["stories"]), desk.lines(&["stories"]));
    let known = desk.lines(&["add", &desk.file("out.jsonl", &lines.stdout)]);
    assert_eq!(became(&known), ["known"; 6]);

    let csv = desk.run(&["export", "--of", "quotations", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let speakers: Vec<String> = reader.records().map(|r| r.expect("a row")[2].to_owned()).collect();
    assert!(speakers.len() >= 6 && speakers.iter().all(|s| s.starts_with("Ilse ")), "{speakers:?}");
    let records = desk.run(&["export", "--of", "stories", "--format", "json"]).json();
    assert_eq!(records.as_array().map(Vec::len), Some(2));
    assert_eq!(records[0]["schema"], "rashomon/1");
    let items = desk.run(&["export", "--format", "ninjs", "--from", "2031-01-02"]).json_lines();
    assert_eq!(items.len(), 3);
    assert_eq!(items[0]["bodies"][0]["value"], stream::report(3)["text"]);
    desk.test(&["export", "--of", "stories", "--format", "csv"])
        .status(1)
        .stderr_has("--of quotations")
        .run();
    #[cfg(not(feature = "parquet"))]
    desk.test(&["export", "--format", "parquet"]).status(1).stderr_has("--features parquet").run();
}

#[test]
fn a_repair_outlasts_later_runs_and_can_be_taken_back() {
    let desk = Desk::new("repair");
    desk.run(&["add", &desk.file("in.jsonl", &stream::lines(6))]);
    let story = |id: &str| -> String {
        let hit = desk.lines(&["search", "hurt", "--most", "100"]).into_iter().find(|hit| hit["id"] == id);
        hit.expect("a report")["story"].as_str().expect("a story").to_owned()
    };
    let (velm, ostervik) = (story("r0"), story("r3"));
    assert_ne!(velm, ostervik);
    let by = ["--why", "Another event", "--who", "Ana Desk"];
    let repair = |args: &[&str]| desk.run(&[&["repair"][..], args, &by[..]].concat());

    assert!(repair(&["move", "r2", &ostervik]).stdout.starts_with("repair 1;"));
    assert_eq!((story("r0"), story("r1"), story("r2")), (velm.clone(), velm.clone(), ostervik.clone()));
    desk.run(&["add", &desk.file("more.jsonl", &stream::lines(12))]);
    desk.run(&["rebuild"]);
    assert_eq!((story("r1"), story("r2"), story("r3")), (velm.clone(), ostervik.clone(), ostervik.clone()));

    repair(&["split", &ostervik, "r4"]);
    assert_ne!(story("r4"), story("r3"));
    repair(&["join", &velm, &story("r4")]);
    assert_eq!(story("r4"), story("r0"));
    let stories = || desk.lines(&["stories"]);
    let before = stories();
    desk.run(&["rebuild"]);
    assert_eq!(stories(), before, "a story that a person changed keeps its id");
    let list = desk.lines(&["repair", "list"]);
    let kinds: Vec<&Value> = list.iter().map(|said| &said["kind"]).collect();
    assert_eq!(kinds, ["move", "split", "join"]);
    assert_eq!((&list[0]["who"], &list[0]["why"]), (&json!("Ana Desk"), &json!("Another event")));

    for number in ["3", "2", "1"] {
        desk.run(&["repair", "undo", number]);
    }
    assert_eq!((story("r2"), story("r4")), (story("r1"), story("r3")));
    assert_ne!(story("r2"), story("r4"));
    desk.test(&["repair", "undo", "1"]).status(1).stderr_has("no repair of number 1 holds").run();
    desk.test(&[&["repair", "move", "r9", "nowhere"][..], &by[..]].concat())
        .status(1)
        .stderr_has("nowhere")
        .run();
}

#[test]
fn claims_and_entities_are_the_same_or_not_as_a_person_says() {
    let desk = Desk::new("judged");
    desk.run(&["add", &desk.file("in.jsonl", &stream::lines(6))]);
    let story = desk.lines(&["search", "velm"])[0]["story"].as_str().expect("a story").to_owned();
    let record = || desk.run(&["story", &story, "--format", "json"]).json()["stories"][0].clone();
    let by = ["--why", "They count differently", "--who", "Ana Desk"];
    let repair = |args: &[&str]| desk.run(&[&["repair"][..], args, &by[..]].concat());
    let claims = |record: &Value| record["claims"].as_array().expect("claims").clone();
    let before = record();
    let shared = claims(&before).into_iter().find(|c| c["evidence"].as_array().map(Vec::len) > Some(1));
    let shared = shared.expect("a claim of two reports");
    let report = |i: usize| shared["evidence"][i]["report"].as_str().expect("a report");
    let label = |i: usize| format!("{}@{}", shared["id"].as_str().expect("an id"), report(i));
    repair(&["different", &story, &label(0), &label(1)]);
    let parted = record();
    assert_eq!(claims(&parted).len(), claims(&before).len() + 1);
    let words = |i: usize| &shared["evidence"][i]["exact"];
    let together = |record: &Value| {
        claims(record).iter().any(|claim| {
            let evidence = claim["evidence"].as_array().expect("evidence");
            [0, 1]
                .iter()
                .all(|i| evidence.iter().any(|e| e["report"] == report(*i) && e["exact"] == *words(*i)))
        })
    };
    assert!(together(&before) && !together(&parted));
    desk.run(&["add", &desk.file("more.jsonl", &stream::lines(12))]);
    desk.run(&["rebuild"]);
    assert!(!together(&record()), "a later run heeds it");
    desk.run(&["repair", "undo", "1"]);
    assert_eq!(record(), before);

    let names = |record: &Value| record["entities"].as_array().expect("entities").len();
    repair(&["same", &story, "e1", "e2"]);
    assert_eq!(names(&record()), names(&before) - 1);
    desk.test(&[&["repair", "same", &story, "e1", "c1"][..], &by[..]].concat())
        .status(1)
        .stderr_has("e1 and c1")
        .run();
    desk.test(&[&["repair", "same", &story, "e1", "e99"][..], &by[..]].concat())
        .status(1)
        .stderr_has("e99")
        .run();
}

#[test]
fn what_somebody_said_and_what_is_exported_heed_what_a_person_said_of_names() {
    let desk = Desk::new("said-repaired");
    // One of them is called by the name of her husband.
    let other = stream::report(1).to_string().replace("Ilse Voss", "Anna Lund");
    let reports = format!("{}\n{other}\n{}\n", stream::report(0), stream::report(2));
    desk.run(&["add", &desk.file("in.jsonl", &reports)]);
    let tellings = |name: &str| -> usize {
        desk.lines(&["said", name]).iter().map(|s| s["evidence"].as_array().map_or(0, Vec::len)).sum()
    };
    let (voss, lund) = (tellings("Ilse Voss"), tellings("Anna Lund"));
    assert!(voss > 0 && lund > 0, "{voss} {lund}");
    let story = desk.lines(&["search", "velm"])[0]["story"].as_str().expect("a story").to_owned();
    let record = || desk.run(&["story", &story, "--format", "json"]).json()["stories"][0].clone();
    let entity = |name: &str| -> String {
        let record = record();
        let entities = record["entities"].as_array().expect("entities").clone();
        let found = entities.iter().find(|entity| entity["name"] == name).expect(name);
        found["id"].as_str().expect("an id").to_owned()
    };
    let speakers = || -> Vec<String> {
        let csv = desk.run(&["export", "--of", "quotations", "--format", "csv"]);
        let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
        let mut speakers: Vec<String> = reader.records().map(|r| r.expect("a row")[2].to_owned()).collect();
        speakers.sort();
        speakers.dedup();
        speakers
    };
    assert_eq!(speakers(), ["Anna Lund", "Ilse Voss"]);
    let found = |name: &str| desk.lines(&["search", "velm", "--speaker", name]).len();
    assert_eq!((found("Ilse Voss"), found("Anna Lund")), (2, 1));
    let (one, two) = (entity("Ilse Voss"), entity("Anna Lund"));
    desk.run(&["repair", "same", &story, &one, &two, "--why", "She was born Lund", "--who", "Ana Desk"]);
    assert_eq!((tellings("Ilse Voss"), tellings("Anna Lund")), (voss + lund, voss + lund));
    assert_eq!((found("Ilse Voss"), found("Anna Lund"), found("Tomas Voss")), (3, 3, 0));
    assert_eq!(speakers().len(), 1);
    assert_eq!(tellings("Tomas Voss"), 0);
    desk.run(&["rebuild"]);
    assert_eq!(tellings("Ilse Voss"), voss + lund);
    desk.run(&["repair", "undo", "1"]);
    assert_eq!((tellings("Ilse Voss"), tellings("Anna Lund")), (voss, lund));
    assert_eq!(speakers(), ["Anna Lund", "Ilse Voss"]);
}
