//! [`Test`]: a folder with files, a command line, and what is expected of the run.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A run of the program in a folder of its own.
pub struct Test {
    folder: PathBuf,
    args: Vec<String>,
    envs: Vec<(String, String)>,
    stdin: Vec<u8>,
    status: i32,
    stderr_has: Vec<String>,
}

/// What a run printed.
pub struct Run {
    /// The standard output.
    pub stdout: String,
    /// The standard error.
    pub stderr: String,
    folder: PathBuf,
}

impl Test {
    /// A run that is expected to end well.
    pub fn new(args: &[&str]) -> Self {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        let name = format!("run-{}-{}", std::process::id(), RUNS.fetch_add(1, Ordering::Relaxed));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).expect("a folder");
        Test {
            folder,
            args: args.iter().map(|a| (*a).to_owned()).collect(),
            envs: Vec::new(),
            stdin: Vec::new(),
            status: 0,
            stderr_has: Vec::new(),
        }
    }

    /// A file in the folder of the run.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
        self
    }

    /// What stands on the standard input.
    pub fn stdin(mut self, content: impl Into<Vec<u8>>) -> Self {
        self.stdin = content.into();
        self
    }

    /// A variable of the environment.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.envs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The exit code, where it is not 0.
    pub fn status(mut self, status: i32) -> Self {
        self.status = status;
        self
    }

    /// Words of the standard error; without them it must be empty.
    pub fn stderr_has(mut self, words: &str) -> Self {
        self.stderr_has.push(words.to_owned());
        self
    }

    /// Runs it, and holds it to what is expected.
    pub fn run(self) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rashomon"))
            .args(&self.args)
            .current_dir(&self.folder)
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .envs(self.envs.iter().cloned())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        // A run that does not read its input may close it first.
        let _ = child.stdin.take().expect("the standard input").write_all(&self.stdin);
        let output = child.wait_with_output().expect("an end");
        let run = Run {
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
            folder: self.folder,
        };
        assert_eq!(output.status.code(), Some(self.status), "{:?}: {}", self.args, run.stderr);
        for words in &self.stderr_has {
            assert!(run.stderr.contains(words), "{words:?} is not in {:?}", run.stderr);
        }
        assert_eq!(run.stderr.is_empty(), self.stderr_has.is_empty(), "{}", run.stderr);
        run
    }
}

impl Run {
    /// The lines of the standard output as JSON.
    pub fn json_lines(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// The standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).expect(&self.stdout)
    }

    /// A file that the run wrote.
    pub fn file(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).expect(name)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Two invented reports of one event.
pub const FERRY: [(&str, &str); 2] = [
    (
        "inbox/coast.txt",
        "Ferries stand still in Marwick\n\nAll ferries in the port of Marwick stood still on Monday. “We will not \
         sail without a contract,” said Hanne Lund, who leads the seamen's union. The port authority said that \
         the strike would cost 4 million euros a day.\n",
    ),
    (
        "inbox/island.txt",
        "Marwick strike cuts off the islands\n\nThe seamen of Marwick began a strike on Monday. All ferries stood \
         still. “We will not sail without a contract,” Hanne Lund said. Talks with the port authority are to go \
         on on Thursday.\n",
    ),
];

/// A run with those reports in its `inbox`.
pub fn with_ferry(args: &[&str]) -> Test {
    FERRY.iter().fold(Test::new(args), |test, (name, text)| test.file(name, text))
}
