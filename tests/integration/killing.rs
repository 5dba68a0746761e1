//! A run that is killed at any instant: no report that was acknowledged is lost, and nothing is half written.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
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

/// What a run of `add` acknowledged before it ended or was killed, and whether it was.
fn add_and_kill(input: &str, db: &str, after: Duration) -> (Vec<String>, bool) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_rashomon"))
        .args(["add", input, "--db", db, "--format", "jsonl", "--batch", "4"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let lines = BufReader::new(run.stdout.take().expect("the standard output"));
    let reader = std::thread::spawn(move || {
        // A line that the kill cut off was not acknowledged.
        let whole = lines.split(b'\n').map_while(Result::ok);
        let lines = whole.filter_map(|line| serde_json::from_slice::<Value>(&line).ok());
        lines.filter_map(|line| Some(line["id"].as_str()?.to_owned())).collect::<Vec<String>>()
    });
    let begun = Instant::now();
    let mut ended = None;
    while ended.is_none() && begun.elapsed() < after {
        std::thread::sleep(Duration::from_millis(1));
        ended = run.try_wait().expect("a state");
    }
    let killed = ended.is_none();
    if killed {
        run.kill().expect("SIGKILL");
    }
    run.wait().expect("an end");
    (reader.join().expect("lines"), killed)
}

/// Kills `kills` runs over `input`, each at another instant, going on from where the last one was killed; whenever a run
/// comes to its end, a new database is begun.
fn kill(desk: &Desk, input: &str, kills: usize, seed: u64) {
    let mut chance = Chance(seed);
    let (mut killed, mut database, mut acknowledged) = (0, 0, BTreeSet::new());
    while killed < kills {
        let db = desk.path(&format!("{database}.db"));
        // From before the file is there to some batches later.
        let after = Duration::from_micros(chance.below(400_000));
        let (ids, was_killed) = add_and_kill(input, &db, after);
        acknowledged.extend(ids);
        killed += usize::from(was_killed);
        if Path::new(&db).exists() && !(was_killed && is_empty(&db)) {
            let store = Store::open(Path::new(&db)).expect("a database that opens");
            assert_eq!(store.check().expect("an answer"), Vec::<String>::new(), "after kill {killed}");
            for id in &acknowledged {
                assert!(store.has_id(id).expect("an answer"), "{id} was acknowledged and is lost");
            }
        } else {
            assert!(acknowledged.is_empty());
        }
        if !was_killed {
            let _ = std::fs::remove_file(&db);
            database += 1;
            acknowledged.clear();
        }
    }
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
