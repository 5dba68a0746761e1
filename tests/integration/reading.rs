//! `read`: formats, width and colour.

use crate::support::with_ferry;

#[test]
fn the_text_keeps_to_its_width_and_has_no_colour_in_a_pipe() {
    let run = with_ferry(&["read", "inbox", "--width", "50"]).run();
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 50), "{}", run.stdout);
    assert!(run.stdout.contains("2 reports") && !run.stdout.contains('\x1b'));
}

#[test]
fn colour_follows_the_flag_and_the_environment() {
    let coloured = |run: crate::support::Run| run.stdout.contains('\x1b');
    assert!(coloured(with_ferry(&["read", "inbox", "--color", "always"]).run()));
    assert!(coloured(with_ferry(&["read", "inbox"]).env("CLICOLOR_FORCE", "1").run()));
    let both = with_ferry(&["read", "inbox"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!coloured(both.run()));
    assert!(!coloured(with_ferry(&["read", "inbox", "--color", "never"]).env("CLICOLOR_FORCE", "1").run()));
}

#[test]
fn the_page_goes_into_a_file() {
    let run = with_ferry(&["read", "inbox", "--format", "html", "--output", "page.html"]).run();
    assert_eq!(run.stdout, "");
    let page = run.file("page.html");
    assert!(page.starts_with("<!doctype html>") && page.contains("Content-Security-Policy"));
    assert!(page.contains("All ferries in the port of Marwick"));
}

#[test]
fn the_order_of_the_paths_changes_nothing() {
    for format in ["text", "json", "html"] {
        let one = with_ferry(&["read", "inbox/coast.txt", "inbox/island.txt", "--format", format]).run();
        let other = with_ferry(&["read", "inbox/island.txt", "inbox/coast.txt", "--format", format]).run();
        assert!(one.stdout == other.stdout, "{format}");
    }
}

#[test]
fn reports_of_one_story_can_be_said_to_be_that() {
    let stories = |flags: &[&str]| {
        let test = with_ferry(&[&["read", "inbox", "--format", "json"], flags].concat());
        let other = "Date: 2031-02-03\n\nThe council of Lumbe raised the water tax by a tenth on Monday.\n";
        test.file("inbox/tax.txt", other).run().json()["stories"].as_array().map_or(0, Vec::len)
    };
    assert_eq!([stories(&[]), stories(&["--one-story"])], [2, 1]);
}
