//! Opens what was named on the command line.
//!
//! In: paths (files, folders, `-`, addresses). Out: the reports in them and the refusals, in an order that does not
//! depend on the order of the paths. It does not know what a report says, nor how a page is got.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Meter;
use super::web::{self, NoVisits, Reach};
use crate::fetch::{Fetcher, Options};
use crate::report::{Refusal, RefusalKind, Report};
use crate::source::{self, Item, MAX_REPORT_BYTES, Reading, Sink};

/// How much of a large file is looked at before it is refused.
const PEEK_BYTES: usize = 1 << 16;

/// Hexadecimal digits that tell two reports of one id apart.
const TAG_DIGITS: usize = 8;

/// Extensions of files that are read where they lie in a folder. A list of addresses must be named itself: a folder reaches for no network.
const READ: [&str; 13] =
    ["txt", "text", "jsonl", "ndjson", "json", "html", "htm", "xhtml", "xml", "rss", "atom", "warc", "ninjs"];

/// A file to read.
struct Found {
    path: PathBuf,
    /// Whether it was named itself. In a folder, what is not text is passed over.
    named: bool,
}

impl Found {
    /// How large it is, in bytes; `None` where nobody can tell.
    fn size(&self) -> Option<u64> {
        if web::address(&self.path).is_some() {
            return Some(Meter::PAGE_BYTES);
        }
        if self.path == Path::new("-") {
            return None;
        }
        // What is not there is refused later, and takes no time.
        Some(fs::metadata(&self.path).map_or(0, |data| data.len()))
    }
}

/// Reads all `paths` as [`each_with`] does, with the defaults of a [`Fetcher`].
pub fn collect(paths: &[PathBuf]) -> Reading {
    collect_with(paths, &Fetcher::new(Options::default()))
}

/// Reads all `paths`. A folder is read with all that lies in it, but for hidden files and files of other kinds; `-` is the standard
/// input; an address, and each address in a list that is named itself, is got by `web`. Every report's id is unique, and no report
/// stands there twice.
pub fn collect_with(paths: &[PathBuf], web: &Fetcher) -> Reading {
    let mut reading = Reading::default();
    each_with(paths, web, &mut |item| {
        reading.push(item);
        ControlFlow::Continue(())
    });
    reading.reports = distinct(reading.reports);
    reading.refusals.sort_by(|a, b| (&a.source, &a.message).cmp(&(&b.source, &b.message)));
    reading.refusals.dedup();
    reading
}

/// Reads `paths` as [`each_with`] does, with the defaults of a [`Fetcher`].
pub fn each(paths: &[PathBuf], take: &mut Sink) {
    each_with(paths, &Fetcher::new(Options::default()), take);
}

/// Hands each report and each refusal of `paths` to `take` as it is read, in the order of their sources, until
/// `take` breaks off. It holds one report at a time; two of them may have the same id.
pub fn each_with(paths: &[PathBuf], web: &Fetcher, take: &mut Sink) {
    each_within(paths, Reach { web, visits: &NoVisits, meter: &Meter::default() }, take);
}

/// The same, with what is known of earlier visits: what did not change since is not handed on. It says how far it is.
pub fn each_within(paths: &[PathBuf], reach: Reach, take: &mut Sink) {
    let mut found = BTreeMap::new();
    let mut refusals = Vec::new();
    for path in paths {
        find(path, &mut found, &mut refusals);
    }
    if refusals.into_iter().any(|refusal| take(Err(refusal)).is_break()) {
        return;
    }
    // A file that was named in two ways is read under the first of its names.
    let mut seen = BTreeSet::new();
    found.retain(|_, file| fs::canonicalize(&file.path).map_or(true, |real| seen.insert(real)));
    found.values().for_each(|file| reach.meter.expect(file.size()));
    for (source, file) in found {
        let until = reach.meter.read() + file.size().unwrap_or_default();
        let mut flow = ControlFlow::Continue(());
        let mut within = |item| {
            flow = take(item);
            flow
        };
        match web::address(&file.path) {
            Some(url) => web::each(&url, reach, &mut within),
            None => open(&source, &file, reach, &mut within),
        }
        if flow.is_break() {
            return;
        }
        reach.meter.reach(until);
    }
}

/// Adds the files that `path` names, by the name that they are shown with.
fn find(path: &Path, found: &mut BTreeMap<String, Found>, refusals: &mut Vec<Refusal>) {
    if path != Path::new("-") && web::address(path).is_none() && path.is_dir() {
        let before = refusals.len();
        let files = walk(path, refusals);
        if files.is_empty() && refusals.len() == before {
            let message = "no file that can be read lies in this folder".to_owned();
            refusals.push(Refusal { source: show(path), kind: RefusalKind::NoReports, message });
        }
        for path in files {
            found.entry(show(&path)).or_insert(Found { path, named: false });
        }
    } else {
        found.insert(show(path), Found { path: path.to_owned(), named: true });
    }
}

/// The readable files under `folder`. Links to folders are not followed: they may lead back.
fn walk(folder: &Path, refusals: &mut Vec<Refusal>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => {
                refusals.push(unreadable(&show(&folder), &error));
                continue;
            }
        };
        for entry in entries {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(path),
                Ok(kind) if kind.is_file() || (kind.is_symlink() && path.is_file()) => files.push(path),
                _ => {}
            }
        }
    }
    files.retain(|path| is_report_by_name(path));
    files
}

fn is_report_by_name(path: &Path) -> bool {
    let Some(extension) = path.extension() else { return true };
    let extension = extension.to_string_lossy().to_ascii_lowercase();
    if extension == "gz" {
        // Of `photo.tar.gz` what is within is no report.
        return path
            .file_stem()
            .is_some_and(|stem| Path::new(stem).extension().is_some() && is_report_by_name(Path::new(stem)));
    }
    READ.contains(&extension.as_str())
}

/// A path as it is shown, the same whether it was named `a.txt` or `./a.txt`.
fn show(path: &Path) -> String {
    if web::address(path).is_some() {
        return path.to_string_lossy().into_owned();
    }
    let shown: PathBuf = path.components().filter(|c| !matches!(c, std::path::Component::CurDir)).collect();
    let shown = shown.to_string_lossy().into_owned();
    if shown.is_empty() { ".".to_owned() } else { shown }
}

fn open(source: &str, file: &Found, reach: Reach, take: &mut Sink) {
    let pass_over_binary = !file.named && file.path.extension().is_none();
    let mut take = |item: Item| match item {
        Err(refusal) if pass_over_binary && refusal.kind == RefusalKind::Binary => ControlFlow::Continue(()),
        item => take(item),
    };
    if file.named
        && let Some(found) = web::list_in(&file.path)
    {
        return web::follow(source, found, reach, &mut take);
    }
    let read = if file.path == Path::new("-") {
        source::read_from(source, io::stdin().lock(), &mut take)
    } else {
        read_file(source, &file.path, reach.meter, &mut take)
    };
    if let Err(error) = read {
        let _ = take(Err(unreadable(source, &error)));
    }
}

/// Reads a file; one that is too large is refused by its size, before it is read.
fn read_file(source: &str, path: &Path, meter: &Meter, take: &mut Sink) -> io::Result<()> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut input = BufReader::with_capacity(PEEK_BYTES, meter.count(file));
    if size > MAX_REPORT_BYTES as u64 && !source::may_be_large(source, input.fill_buf()?) {
        let _ = take(Err(source::too_large(source)));
        return Ok(());
    }
    source::read_from(source, input, take)
}

fn unreadable(source: &str, error: &io::Error) -> Refusal {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => RefusalKind::NotFound,
        _ => RefusalKind::Unreadable,
    };
    Refusal { source: source.to_owned(), kind, message: error.to_string() }
}

/// `reports` with each one once, and each under an id of its own.
fn distinct(mut reports: Vec<Report>) -> Vec<Report> {
    let mut seen = BTreeSet::new();
    reports.retain(|r| seen.insert((r.id.clone(), r.source.clone(), r.text.as_str().to_owned())));
    let mut times = BTreeMap::<String, usize>::new();
    for report in &reports {
        *times.entry(report.id.clone()).or_default() += 1;
    }
    for report in &mut reports {
        if times[&report.id] > 1 {
            let tag = tag(report);
            report.id = format!("{}-{tag}", report.id);
        }
    }
    reports
}

/// What tells `report` from another of its id, whatever else is read beside it.
pub(super) fn tag(report: &Report) -> String {
    let hash =
        Sha256::new().chain_update(&report.source).chain_update([0]).chain_update(report.text.as_str());
    let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    digits[..TAG_DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// A folder that goes when the test ends.
    struct Folder(PathBuf);

    impl Folder {
        fn new(files: &[(&str, &str)]) -> Self {
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let root = std::env::temp_dir().join(format!("rashomon-inputs-{}-{number}", std::process::id()));
            for (name, text) in files {
                let path = root.join(name);
                fs::create_dir_all(path.parent().expect("parent")).expect("folder");
                fs::write(path, text).expect("file");
            }
            fs::create_dir_all(&root).expect("folder");
            Folder(root)
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.join(name)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn ids(reading: &Reading) -> Vec<&str> {
        reading.reports.iter().map(|r| r.id.as_str()).collect()
    }

    #[test]
    fn a_folder_gives_its_texts_in_one_order() {
        let folder = Folder::new(&[
            ("b.txt", "Second."),
            ("a/z.text", "First."),
            ("c.jsonl", "{\"id\": 10, \"text\": \"x\"}\n{\"id\": 9, \"text\": \"y\"}"),
            ("README.md", "Not a report."),
            ("d/page.html", "<p>Fourth.</p>"),
            ("picture.png", "Not a report."),
            ("feeds.opml", "<opml/>"),
            (".hidden.txt", "Not a report."),
            ("wire", "Third."),
        ]);
        let reading = collect(std::slice::from_ref(&folder.0));
        assert_eq!(ids(&reading), ["z", "b", "10", "9", "page", "wire"]);
        assert!(reading.refusals.is_empty());
    }

    #[test]
    fn the_order_of_the_paths_does_not_matter() {
        let folder = Folder::new(&[("a/x.txt", "One."), ("b/x.txt", "Two."), ("b/y.txt", "Three.")]);
        let one = collect(&[folder.at("b"), folder.at("a/x.txt"), folder.at("none.txt")]);
        let other = collect(&[folder.at("none.txt"), folder.at("a/./x.txt"), folder.at("a"), folder.at("b")]);
        assert_eq!((&one.reports, &one.refusals), (&other.reports, &other.refusals));
        assert_eq!(one.reports.len(), 3);
        assert_eq!(one.refusals[0].kind, RefusalKind::NotFound);
    }

    #[test]
    fn reports_of_one_id_are_told_apart() {
        let folder = Folder::new(&[("a/x.txt", "One."), ("b/x.txt", "One."), ("b/y.txt", "One.")]);
        let reading = collect(std::slice::from_ref(&folder.0));
        let ids = ids(&reading);
        assert!(ids[0].starts_with("x-") && ids[1].starts_with("x-") && ids[0] != ids[1], "{ids:?}");
        assert_eq!((ids[0].len(), ids[2]), (2 + TAG_DIGITS, "y"));
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_the_rest_goes_on() {
        let folder = Folder::new(&[
            ("empty/.keep", ""),
            ("blank.txt", " \n"),
            ("a.txt", "It rained."),
            ("program", "\x7fELF\0\0"),
            ("photo.png", "\x7fPNG\0"),
        ]);
        let reading = collect(&[folder.0.clone(), folder.at("empty"), folder.at("photo.png")]);
        assert_eq!(ids(&reading), ["a"]);
        let kinds: Vec<_> = reading.refusals.iter().map(|r| r.kind).collect();
        assert_eq!(kinds, [RefusalKind::Empty, RefusalKind::NoReports, RefusalKind::Binary]);
    }

    #[test]
    fn a_large_text_is_refused_by_its_size_and_large_json_lines_are_not() {
        let folder = Folder::new(&[("big.txt", "It rained."), ("lines", "{\"text\": \"It rained.\"}\n")]);
        for name in ["big.txt", "lines"] {
            // A sparse file: it has the size, but takes no room.
            let file = File::options().write(true).open(folder.at(name)).expect("file");
            file.set_len(MAX_REPORT_BYTES as u64 * 3).expect("size");
        }
        let reading = collect(&[folder.at("big.txt"), folder.at("lines")]);
        assert_eq!(reading.refusals[0].kind, RefusalKind::TooLarge);
        assert_eq!(reading.reports.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_back_do_no_harm() {
        let folder = Folder::new(&[("a/x.txt", "It rained.")]);
        std::os::unix::fs::symlink(&folder.0, folder.at("a/up")).expect("link");
        std::os::unix::fs::symlink(folder.at("a/x.txt"), folder.at("y.txt")).expect("link");
        let reading = collect(std::slice::from_ref(&folder.0));
        assert_eq!(ids(&reading), ["x"], "a link to a file that is read anyway adds nothing");
    }
}
