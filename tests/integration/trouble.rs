//! Databases that are missing, foreign, read-only, too new, on a full disk: each error names the file.

use std::fs;
use std::path::Path;
use std::process::Command;

use rashomon::store::Store;

use crate::keeping::Desk;
use crate::stream;

#[test]
fn a_missing_database_is_named_and_not_made() {
    let desk = Desk::new("missing");
    for args in [&["stories"][..], &["story", "s1"], &["search", "dam"], &["said", "Voss"], &["rebuild"]] {
        desk.test(args).status(1).stderr_has("news.db: there is no such database").run();
    }
    assert!(!fs::exists(desk.path("news.db")).expect("an answer"));
}

#[test]
fn another_file_is_left_as_it_is() {
    let desk = Desk::new("foreign");
    let text = "This is a letter to the editor, and no database.\n".repeat(200);
    desk.file("news.db", &text);
    let input = desk.file("in.jsonl", &stream::lines(1));
    desk.test(&["add", &input]).status(1).stderr_has("news.db: this is not a database of Rashomon's").run();
    desk.test(&["stories"]).status(1).stderr_has("news.db: this is not a database of Rashomon's").run();
    assert_eq!(fs::read_to_string(desk.path("news.db")).expect("a file"), text);
}

#[test]
fn a_folder_in_its_place_is_an_error_with_its_name() {
    let desk = Desk::new("folder");
    fs::create_dir(desk.path("news.db")).expect("a folder");
    let input = desk.file("in.jsonl", &stream::lines(1));
    desk.test(&["add", &input]).status(1).stderr_has("news.db: ").run();
}

#[test]
fn a_database_of_a_later_program_is_refused() {
    let desk = Desk::new("later");
    let input = desk.file("in.jsonl", &stream::lines(1));
    desk.run(&["add", &input]);
    let db = rusqlite::Connection::open(desk.path("news.db")).expect("a database");
    db.pragma_update(None, "user_version", 999).expect("a number");
    drop(db);
    desk.test(&["add", &input]).status(1).stderr_has("news.db: this database has schema 999").run();
    desk.test(&["stories"]).status(1).stderr_has("use a later program").run();
}

/// A file system of its own, where the test may mount one.
struct Disk(String);

impl Disk {
    fn new(desk: &Desk, megabytes: u32) -> Option<Self> {
        let at = desk.path("disk");
        fs::create_dir(&at).expect("a folder");
        let size = format!("size={megabytes}m");
        mount(&["-t", "tmpfs", "-o", &size, "tmpfs", &at]).then_some(Disk(at))
    }

    fn make_read_only(&self) {
        assert!(mount(&["-o", "remount,ro", &self.0]));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

fn mount(args: &[&str]) -> bool {
    Command::new("mount").args(args).output().is_ok_and(|done| done.status.success())
}

#[test]
fn a_full_disk_is_named_and_what_was_acknowledged_is_kept() {
    let desk = Desk::new("full");
    let Some(disk) = Disk::new(&desk, 2) else {
        return eprintln!("skipped: no file system may be mounted here");
    };
    let db = format!("{}/news.db", disk.0);
    let input = desk.file("in.jsonl", &stream::lines(600));
    let run = desk
        .test(&["add", &input, "--db", &db, "--format", "jsonl", "--batch", "16"])
        .status(1)
        .stderr_has("news.db: the disk is full")
        .run();
    let acknowledged = run.json_lines();
    assert!((16..600).contains(&acknowledged.len()), "{} reports", acknowledged.len());
    let store = Store::open_to_read(Path::new(&db)).expect("a database");
    assert_eq!(store.check().expect("an answer"), Vec::<String>::new());
    for line in acknowledged {
        assert!(store.has_id(line["id"].as_str().expect("an id")).expect("an answer"));
    }
}

#[test]
fn a_read_only_database_can_be_read_and_says_why_it_cannot_be_written() {
    let desk = Desk::new("readonly");
    let Some(disk) = Disk::new(&desk, 8) else {
        return eprintln!("skipped: no file system may be mounted here");
    };
    let db = format!("{}/news.db", disk.0);
    let input = desk.file("in.jsonl", &stream::lines(6));
    desk.run(&["add", &input, "--db", &db]);
    disk.make_read_only();
    desk.test(&["add", &input, "--db", &db]).status(1).stderr_has("news.db: it cannot be written to").run();
    assert_eq!(desk.run(&["stories", "--db", &db]).stdout.lines().count(), 2);
    let new = format!("{}/other/new.db", disk.0);
    desk.test(&["add", &input, "--db", &new]).status(1).stderr_has("new.db: it cannot be written to").run();
}
