//! Ctrl-C: a run ends where nothing is half done, soon, and the next one goes on from there.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rashomon::annotate::Model;
use rashomon::pipeline::rebuild::{Stage, Step, rebuild};
use rashomon::store::Store;

use crate::keeping::{Desk, became};
use crate::server::{Server, reply};
use crate::stream;

/// What a shell expects of a program that Ctrl-C ended.
const STOPPED: i32 = 130;

/// A run of the program in the background.
fn start(args: &[&str], db: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(args)
        .args(["--db", db, "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program")
}

fn press_ctrl_c(run: &Child) {
    let sent = Command::new("kill").args(["-INT", &run.id().to_string()]).status().expect("kill");
    assert!(sent.success());
}

/// The exit code of `run`, which was asked for an end: it may finish a batch or a request first, and no more.
fn end(mut run: Child) -> Option<i32> {
    let begun = Instant::now();
    loop {
        if let Some(status) = run.try_wait().expect("a state") {
            return status.code();
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not end");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn what_was_told_before_the_end_is_known_to_the_next_run_and_the_rest_is_new() {
    let (desk, count) = (Desk::new("stopped"), 400);
    let input = desk.file("in.jsonl", &stream::lines(count));
    let mut run = start(&["add", &input, "--batch", "4"], &desk.path("news.db"));
    let mut lines = BufReader::new(run.stdout.take().expect("the standard output")).lines();
    lines.next().expect("a line").expect("UTF-8");
    press_ctrl_c(&run);
    let told = 1 + lines.count();
    assert_eq!(end(run), Some(STOPPED));
    assert!(told < count, "it was asked for an end after its first report");
    assert_eq!(told % 4, 0, "a batch is kept and told as a whole");

    let again = desk.lines(&["add", &input]);
    let of = |what: &str| became(&again).iter().filter(|became| **became == what).count();
    assert_eq!((of("known"), of("new")), (told, count - told));
    let store = Store::open(Path::new(&desk.path("news.db"))).expect("a database");
    assert_eq!(store.check().expect("an answer"), Vec::<String>::new());
}

#[test]
fn a_watch_ends_while_it_waits_for_a_host_and_while_it_waits_for_the_next_round() {
    let feed = "<rss version='2.0'><channel><title>Post</title><item><link>/1</link></item></channel></rss>";
    let server = Server::new(move |request, stream| match request.path.as_str() {
        "/feed" => reply(stream, "200 OK", &["Content-Type: application/rss+xml"], feed.as_bytes()),
        _ => reply(stream, "404 Not Found", &[], b""),
    });
    let desk = Desk::new("watch-stopped");
    for (pause, page_is_asked) in [("3600", 0), ("0", 1)] {
        let run = start(
            &["watch", &server.url("/feed"), "--allow-private", "--pause", pause],
            &desk.path(&format!("{pause}.db")),
        );
        let feeds = server.asked("/feed").len();
        let begun = Instant::now();
        while server.asked("/feed").len() == feeds || server.asked("/1").len() < page_is_asked {
            assert!(begun.elapsed() < Duration::from_secs(60), "it does not begin");
            thread::sleep(Duration::from_millis(10));
        }
        thread::sleep(Duration::from_millis(300));
        press_ctrl_c(&run);
        assert_eq!(end(run), Some(STOPPED), "after a pause of {pause} s");
        assert_eq!(server.asked("/1").len(), page_is_asked);
    }
}

#[test]
fn a_stopped_rebuild_goes_on_after_what_it_did() {
    let desk = Desk::new("rebuild-stopped");
    desk.run(&["add", &desk.file("in.jsonl", &stream::lines(90))]);
    let before = desk.records();
    let store = Store::open(Path::new(&desk.path("news.db"))).expect("a database");
    let now = || "2031-06-01T12:00:00Z".to_owned();
    // Stops at the given stage. Gives all stages that were told of.
    let run = |until: Stage| {
        let mut stages = Vec::new();
        let step = rebuild(&store, Model::KEPT.annotator(), &now, &mut |stage| {
            stages.push(stage);
            if stage == until { Step::Stop } else { Step::GoOn }
        });
        (step.expect("a rebuild"), stages)
    };
    use Stage::{Placed, Read};
    assert_eq!(run(Read(64)), (Step::Stop, vec![Read(0), Read(64)]));
    assert_eq!(desk.records(), before);
    assert_eq!(run(Placed(64)), (Step::Stop, vec![Read(64), Read(90), Placed(0), Placed(64)]));
    assert_eq!(desk.records(), before, "stories are made anew as a whole or not at all");
    assert_eq!(run(Read(1)), (Step::GoOn, vec![Read(90), Placed(0), Placed(64), Placed(90)]));
    assert_eq!(desk.records(), before);
    assert_eq!(run(Read(0)), (Step::Stop, vec![Read(0)]), "the next one begins from the start");
    assert_eq!(store.check().expect("an answer"), Vec::<String>::new());
}
