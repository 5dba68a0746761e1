//! A database of each schema that was shipped opens, and says what it said: `tests/databases`.
//!
//! Those of earlier schemas were written by the programs that had them; `just database` writes today's.

use std::fs;
use std::path::Path;

use rashomon::store::{SCHEMA, Store};
use serde_json::json;

use crate::keeping::Desk;

const REPORTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/databases/reports.jsonl");

fn database(schema: i64) -> String {
    format!("{}/tests/databases/schema-{schema}.db", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_schema_has_its_database() {
    for schema in 1..=SCHEMA {
        assert!(Path::new(&database(schema)).is_file(), "{} is missing", database(schema));
    }
}

#[test]
fn an_earlier_database_opens_and_goes_on() {
    for schema in 1..=SCHEMA {
        let desk = Desk::new(&format!("schema-{schema}"));
        fs::copy(database(schema), desk.path("news.db")).expect("a copy");
        let stories = desk.lines(&["stories"]);
        assert_eq!(stories.len(), 2, "schema {schema}");
        let ferry = stories.iter().find(|s| s["reports"] == 2).expect("two reports of the ferry");
        let record = desk.run(&["story", ferry["id"].as_str().expect("an id"), "--format", "json"]).json();
        let change = &record["stories"][0]["versions"][0]["changes"][0];
        assert!(change["before"]["exact"].as_str().expect("words").starts_with("Twelve"));
        assert!(change["after"]["exact"].as_str().expect("words").starts_with("Fourteen"));
        assert_eq!(desk.lines(&["search", "wooden roof"])[0]["id"], "roof-1");
        // Today's program goes on with it: it knows these reports, and puts a new one beside them.
        let known = desk.lines(&["add", REPORTS]);
        assert!(known.iter().all(|line| line["became"] == "known"), "{known:?}");
        let third = json!({
            "id": "ferry-3", "outlet": "Halden Post", "published_at": "2031-05-13",
            "title": "Ferry Halka still on the rocks off Ostervik",
            "text": "The ferry Halka, which ran aground off Ostervik on Monday with 214 people aboard, is still on the rocks. \
                     Twelve people were hurt, and Captain Lena Voss said there was no warning from the harbour.",
        });
        let added = desk.lines(&["add", &desk.file("third.jsonl", &third.to_string())]);
        assert_eq!((&added[0]["became"], &added[0]["story"]), (&json!("new"), &ferry["id"]));
        let store = Store::open(Path::new(&desk.path("news.db"))).expect("a database");
        assert_eq!(store.check().expect("an answer"), Vec::<String>::new(), "schema {schema}");
    }
}

#[test]
#[ignore = "writes tests/databases: `just database`, once for each schema, before it is shipped"]
fn write_a_database_of_todays_schema() {
    let desk = Desk::new("ships");
    let first = fs::read_to_string(REPORTS).expect("the reports");
    let line = first.lines().next().expect("a report").replace("Twelve people", "Fourteen people");
    // Named from their folder: whose it was is nobody's business.
    desk.test(&["add", "first.jsonl"]).file("first.jsonl", &first).run();
    desk.test(&["add", "later.jsonl"]).file("later.jsonl", &line).run();
    desk.test(&["add", "blank.txt"]).file("blank.txt", " \n").status(1).stderr_has("blank.txt").run();
    let story = |id: &str| {
        let hits = desk.lines(&["search", "halka"]);
        let hit = hits.iter().find(|hit| hit["id"] == id).expect("a report");
        hit["story"].as_str().expect("a story").to_owned()
    };
    let ferry = story("ferry-1");
    let by = ["--why", "One wreck", "--who", "Ana Desk"];
    let repair = |what: &[&str]| desk.run(&[&["repair"][..], what, &by[..]].concat());
    repair(&["split", &ferry, "ferry-2"]);
    repair(&["join", &ferry, &story("ferry-2")]);
    let db = rusqlite::Connection::open(desk.path("news.db")).expect("a database");
    db.execute_batch("PRAGMA journal_mode = DELETE").expect("one file");
    drop(db);
    fs::copy(desk.path("news.db"), database(SCHEMA)).expect("a copy");
}
