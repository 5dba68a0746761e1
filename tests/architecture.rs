//! ARCHITECTURE.md tells the truth: every path that it names is there, every module has its heading, and every
//! file opens by saying what it is.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// The paths in backticks: with a slash, or a file of a known kind.
fn paths(markdown: &str) -> Vec<String> {
    let quoted = Regex::new(r"`([\w.*/-]+)`").expect("a valid expression");
    let known = Regex::new(r"^(\.?[\w-]+/.*|[\w-]+\.(rs|md|toml|json))$").expect("a valid expression");
    let found = quoted.captures_iter(markdown).map(|c| c[1].to_owned());
    found.filter(|path| known.is_match(path)).filter(|path| !path.starts_with("rashomon/")).collect()
}

/// A module may be named without saying whether it is a file or a folder.
fn exists(path: &str) -> bool {
    root().join(path).exists() || root().join(format!("{path}.rs")).exists()
}

#[test]
fn every_path_that_a_page_names_exists() {
    for page in ["ARCHITECTURE.md", "README.md"] {
        let found = paths(&text(page));
        assert!(!found.is_empty(), "{page} names no path");
        let missing: Vec<&String> = found.iter().filter(|path| !exists(path)).collect();
        assert!(missing.is_empty(), "{page} names what is not there: {missing:?}");
    }
}

#[test]
fn every_module_has_a_heading() {
    let map = text("ARCHITECTURE.md");
    let headings: Vec<&str> = map.lines().filter(|line| line.starts_with("## ")).collect();
    let library = text("src/lib.rs");
    let modules: Vec<&str> =
        library.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(modules.len() >= 10, "{modules:?}");
    for module in modules {
        let path = Regex::new(&format!("`src/{module}(/|\\.rs)?`")).expect("a valid expression");
        assert!(headings.iter().any(|heading| path.is_match(heading)), "no heading names src/{module}");
    }
}

#[test]
fn every_layer_stands_in_the_table() {
    let (map, annotate) = (text("ARCHITECTURE.md"), text("src/annotate/mod.rs"));
    let module = Regex::new(r"(?m)^(?:pub )?mod (\w+);").expect("a valid expression");
    let modules = module.captures_iter(&annotate).map(|c| c[1].to_owned());
    for module in modules.filter(|module| module != "testing") {
        let path = Regex::new(&format!("`src/annotate/{module}(/|\\.rs)?`")).expect("a valid expression");
        assert!(path.is_match(&map), "ARCHITECTURE.md does not say what src/annotate/{module} answers");
    }
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    let rooms = ["src", "network/src", "eval/src", "eval/tests", "tests", "benches", "fuzz/fuzz_targets"];
    let files: Vec<PathBuf> = rooms.iter().flat_map(|room| rust_files(&root().join(room))).collect();
    assert!(files.len() > 30, "only {} files", files.len());
    let silent: Vec<&PathBuf> = files.iter().filter(|file| !opens_with_doc(file)).collect();
    assert!(silent.is_empty(), "these open without `//!`: {silent:?}");
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files = entries.flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect()
}

fn opens_with_doc(file: &Path) -> bool {
    fs::read_to_string(file).expect("a readable file").starts_with("//!")
}
