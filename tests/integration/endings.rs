//! How a run ends: exit codes, complaints, readers that go away.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::support::{FERRY, Test, with_ferry};

#[test]
fn nothing_readable_is_a_failure() {
    let run = Test::new(&["read", "none.txt"]).status(1).stderr_has("none.txt: ").run();
    assert_eq!(run.stderr.lines().count(), 1);
    assert_eq!(run.stdout, "");
}

#[test]
fn json_is_printed_even_where_nothing_was_read() {
    let run = Test::new(&["read", "none.txt", "--format", "json"]).status(1).stderr_has("none.txt").run();
    let json = run.json();
    assert_eq!(json["schema"], "rashomon/1");
    assert_eq!(json["refusals"][0]["kind"], "not_found");
    assert_eq!(json["reports"], serde_json::json!([]));
}

#[test]
fn a_refusal_does_not_stop_the_rest() {
    let run = with_ferry(&["read", "inbox", "empty.txt", "--format", "json"])
        .file("empty.txt", "")
        .status(2)
        .stderr_has("empty.txt: ")
        .run();
    let json = run.json();
    assert_eq!(json["reports"].as_array().map(Vec::len), Some(2));
    assert_eq!(json["refusals"][0]["kind"], "empty");
}

#[test]
fn each_filter_ends_alike() {
    for filter in ["annotate", "text", "group"] {
        with_ferry(&[filter, "inbox"]).run();
        with_ferry(&[filter, "inbox", "none.txt"]).status(2).stderr_has("none.txt").run();
        Test::new(&[filter, "none.txt"]).status(1).stderr_has("none.txt").run();
    }
}

#[test]
fn a_file_that_cannot_be_written_is_fatal() {
    with_ferry(&["read", "inbox", "-o", "no/such/folder/page.html", "--format", "html"])
        .status(1)
        .stderr_has("no/such/folder/page.html")
        .run();
}

#[test]
fn a_complaint_cannot_steer_the_terminal() {
    let run = Test::new(&["read", "a\x1b[2Jb\nc.txt"]).status(1).stderr_has("a[2Jb c.txt").run();
    assert!(!run.stderr.contains('\x1b'));
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    drop(child.stdout.take());
    let mut complaints = String::new();
    child.stderr.take().expect("the standard error").read_to_string(&mut complaints).expect("UTF-8");
    assert_eq!(complaints, "");
    assert_eq!(child.wait().expect("an end").code(), Some(0));
}

#[test]
fn the_standard_input_is_a_path_too() {
    let run = Test::new(&["text", "-"]).stdin(FERRY[0].1).run();
    assert!(run.json_lines()[0]["text"].as_str().expect("text").contains("All ferries in the port"));
}
