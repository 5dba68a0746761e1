//! A run that is killed at any instant: no report that was acknowledged is lost, and nothing is half written.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rashomon::store::Store;
use serde_json::Value;

use crate::keeping::Desk;
use crate::stream;

/// Numbers that are always the same.
struct Chance(u64);

impl Chance {
    /// A number below `bound`.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// When a run is killed.
#[derive(Clone, Copy)]
enum Moment {
    /// So long after it was started: it may not even have made its database.
    AfterStart(Duration),
    /// So long after the first line that acknowledges a report that was not known before.
    AfterNews(Duration),
}

impl Moment {
    /// One of four from the start on, the others while the run keeps reports.
    fn by(chance: &mut Chance) -> Self {
        let after = Duration::from_micros(chance.below(400_000));
        if chance.below(4) == 0 { Moment::AfterStart(after) } else { Moment::AfterNews(after) }
    }
}

/// A run of `add` that ended or was killed.
struct Run {
    /// The ids that it acknowledged, known before or not.
    acknowledged: Vec<String>,
    /// How many of them were not known before.
    new: usize,
    killed: bool,
}

fn add_and_kill(input: &str, db: &str, moment: Moment) -> Run {
    let mut run = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(["add", input, "--db", db, "--format", "jsonl", "--batch", "4"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let lines = BufReader::new(run.stdout.take().expect("the standard output"));
    let (tell, told) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        // A line that the kill cut off was not acknowledged.
        let whole = lines.split(b'\n').map_while(Result::ok);
        for line in whole.filter_map(|line| serde_json::from_slice::<Value>(&line).ok()) {
            let new = line["became"] == "new";
            tell.send((line["id"].as_str().expect("an id").to_owned(), new)).expect("somebody who counts");
        }
    });
    let mut heard = Vec::new();
    let mut until = match moment {
        Moment::AfterStart(after) => Some(Instant::now() + after),
        Moment::AfterNews(_) => None,
    };
    let mut ended = None;
    while ended.is_none() && until.is_none_or(|until| Instant::now() < until) {
        std::thread::sleep(Duration::from_millis(1));
        heard.extend(told.try_iter());
        if let (None, Moment::AfterNews(after), true) = (until, moment, heard.iter().any(|(_, new)| *new)) {
            until = Some(Instant::now() + after);
        }
        ended = run.try_wait().expect("a state");
    }
    let killed = ended.is_none();
    if killed {
        run.kill().expect("SIGKILL");
    }
    run.wait().expect("an end");
    reader.join().expect("lines");
    heard.extend(told.try_iter());
    let new = heard.iter().filter(|(_, new)| *new).count();
    Run { acknowledged: heard.into_iter().map(|(id, _)| id).collect(), new, killed }
}

/// Kills `kills` runs over `input`, each at another instant, going on from where the last one was killed; whenever a run
/// comes to its end, a new database is begun.
fn kill(desk: &Desk, input: &str, kills: usize, seed: u64) {
    let mut chance = Chance(seed);
    let (mut killed, mut amid, mut database, mut acknowledged) = (0, 0, 0, BTreeSet::new());
    while killed < kills {
        let db = desk.path(&format!("{database}.db"));
        let run = add_and_kill(input, &db, Moment::by(&mut chance));
        acknowledged.extend(run.acknowledged);
        killed += usize::from(run.killed);
        amid += usize::from(run.killed && run.new > 0);
        if Path::new(&db).exists() && !(run.killed && is_empty(&db)) {
            let store = Store::open(Path::new(&db)).expect("a database that opens");
            assert_eq!(store.check().expect("an answer"), Vec::<String>::new(), "after kill {killed}");
            for id in &acknowledged {
                assert!(store.has_id(id).expect("an answer"), "{id} was acknowledged and is lost");
            }
        } else {
            assert!(acknowledged.is_empty());
        }
        if !run.killed {
            let _ = std::fs::remove_file(&db);
            database += 1;
            acknowledged.clear();
        }
    }
    println!(
        "{killed} kills, {amid} of them after new reports were acknowledged; {database} runs came to an end"
    );
    assert!(2 * amid >= kills, "only {amid} of {kills} kills came after new reports were acknowledged");
}

fn is_empty(db: &str) -> bool {
    std::fs::metadata(db).is_ok_and(|file| file.len() == 0)
}

#[test]
fn a_killed_run_loses_nothing_that_it_acknowledged() {
    let desk = Desk::new("killed");
    let input = desk.file("in.jsonl", &stream::lines(60));
    kill(&desk, &input, 12, 7);
}

#[test]
#[ignore = "takes minutes: `just kills`"]
fn two_hundred_killed_runs_over_a_stream_lose_nothing() {
    let input = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/stories/stream.jsonl");
    assert!(Path::new(input).is_file(), "the stream lies beside the repository, in ../shared");
    kill(&Desk::new("killed-often"), input, 200, 11);
}
