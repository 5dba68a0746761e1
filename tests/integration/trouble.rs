//! Databases that are missing, foreign, read-only, too new, on a full disk: each error names the file.

use std::fs;

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

/// A file system of a megabyte, or nothing where the test may not mount one.
#[cfg(target_os = "linux")]
fn small_disk(desk: &Desk, options: &str) -> Option<SmallDisk> {
    let at = desk.path("disk");
    fs::create_dir(&at).expect("a folder");
    let mount = std::process::Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs", &at]).output();
    mount.is_ok_and(|done| done.status.success()).then_some(SmallDisk(at))
}

#[cfg(target_os = "linux")]
struct SmallDisk(String);

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}
