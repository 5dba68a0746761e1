//! How much of a page's report is found, and how fast?
//!
//! In: saved pages with the bodies that others marked. Out: precision, recall and F1 of the body, F1 of the names in the byline, the share of right
//! dates and headlines, and pages a second; with `--beside`, the same of Python's trafilatura on the same pages. It does not know how a page is
//! read.

mod gold;
mod overlap;
mod peer;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use rashomon::report::{PublishedAt, Report};
use rashomon::source;

use crate::figures::{DATA, Figure};
use crate::processor::processor_seconds;
use gold::Page;
use overlap::Overlap;

/// Pages of many publishers, with body, authors, date and title.
pub const FUNDUS: &str = "html/fundus";
/// Pages with the body that Readability's own authors checked.
pub const READABILITY: &str = "html/readability";

/// How often all pages are read to time it.
const ROUNDS: usize = 5;

/// What to measure.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Folder of the data.
    #[arg(long, default_value = DATA)]
    data: PathBuf,
    /// A Python with trafilatura, to be measured on the same pages.
    #[arg(long, value_name = "PYTHON")]
    beside: Option<PathBuf>,
    /// Show this many of the pages that are read worst.
    #[arg(long, default_value_t = 0)]
    worst: usize,
}

/// Measures and prints.
pub fn run(options: &Options) -> Result<()> {
    for (corpus, pages) in
        [(FUNDUS, gold::fundus as fn(&Path) -> Result<Vec<Page>>), (READABILITY, gold::readability)]
    {
        let pages = pages(&options.data.join(corpus))?;
        println!("{corpus}: {} pages", pages.len());
        let (scores, read) = measure(&pages)?;
        println!("  rashomon      {scores}");
        if let Some(python) = &options.beside {
            let peer = peer::measure(python, &pages)?;
            println!("  trafilatura   {}", peer.body_line());
            println!("  times its speed: {:.1}", scores.pages_per_second / peer.pages_per_second);
        }
        for (overlap, path) in worst(&pages, &read, options.worst) {
            println!(
                "    {:.3} too much {:.3} too little {:.3}  {}",
                overlap.share(),
                overlap.extra,
                overlap.missing,
                path.display()
            );
        }
    }
    Ok(())
}

/// The figures on fundus.
pub fn fundus_figures(data: &Path) -> Result<Vec<Figure>> {
    let (scores, _) = measure(&gold::fundus(&data.join(FUNDUS))?)?;
    let figure = |name, what, value: f64| Figure { name, what, value: 100.0 * value };
    Ok(vec![
        figure("extraction.fundus", "bodies of news pages, F1 of word 4-grams", scores.body.f1()),
        figure("extraction.bylines", "… names in their bylines, F1", scores.names.f1()),
        figure("extraction.days", "… with the right day of publication", scores.days.share()),
    ])
}

/// The figures on Readability's pages.
pub fn readability_figures(data: &Path) -> Result<Vec<Figure>> {
    let (scores, _) = measure(&gold::readability(&data.join(READABILITY))?)?;
    let what = "bodies of pages of all kinds, F1 of word 4-grams";
    Ok(vec![Figure { name: "extraction.readability", what, value: 100.0 * scores.body.f1() }])
}

/// What was measured on a set of pages.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    /// 4-grams of the body, each page with the same weight.
    pub body: Overlap,
    /// Its words.
    pub words: Overlap,
    /// Names in bylines, over all pages that have some.
    pub names: Overlap,
    days: Share,
    instants: Share,
    titles: Share,
    /// Of processor time, on one core.
    pub pages_per_second: f64,
}

impl Scores {
    /// Adds a page's body.
    pub fn add_body(&mut self, gold: &str, found: &str) {
        self.body += overlap::of(gold, found, 4).weighed();
        self.words += overlap::of(gold, found, 1).weighed();
    }

    /// The figures of the body, and the speed.
    pub fn body_line(&self) -> String {
        let (body, words) = (self.body, self.words);
        format!(
            "F1 {:.3} (precision {:.3}, recall {:.3}), of single words {:.3}; {:.0} pages a second",
            body.f1(),
            body.precision(),
            body.recall(),
            words.f1(),
            self.pages_per_second
        )
    }
}

impl std::fmt::Display for Scores {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.body_line())?;
        if self.titles.all > 0 {
            write!(
                f,
                "\n                names F1 {:.3} (precision {:.3}, recall {:.3}); right day {}, right instant {}, right title {}",
                self.names.f1(),
                self.names.precision(),
                self.names.recall(),
                self.days,
                self.instants,
                self.titles
            )?;
        }
        Ok(())
    }
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }

    fn share(self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.right, self.all)
    }
}

fn measure(pages: &[Page]) -> Result<(Scores, Vec<Option<Report>>)> {
    let bytes = pages.iter().map(|page| load(&page.path)).collect::<Result<Vec<_>>>()?;
    // What is made once, whatever is read, is made before: so it is for the peer.
    if let Some(first) = bytes.first() {
        source::read("page.html", first);
    }
    let read = || -> Vec<Option<Report>> {
        bytes.iter().map(|bytes| source::read("page.html", bytes).reports.pop()).collect()
    };
    let begun = processor_seconds();
    // The system counts in hundredths of a second, which is a few pages.
    (1..ROUNDS).for_each(|_| drop(read()));
    let read = read();
    let seconds = (processor_seconds() - begun) / ROUNDS as f64;
    let mut scores = Scores { pages_per_second: pages.len() as f64 / seconds.max(0.01), ..Scores::default() };
    for (page, report) in pages.iter().zip(&read) {
        let body = report.as_ref().map(Report::body).unwrap_or_default();
        scores.add_body(&page.body, &body);
        if !page.authors.is_empty() {
            scores.names += names(&page.authors, report.as_ref().and_then(Report::byline));
        }
        if let Some(gold) = page.published_at {
            let found = report.as_ref().and_then(|r| r.published_at);
            scores.days.add(found.is_some_and(|found| is_day_of(found, gold)));
            scores.instants.add(found.is_some_and(|found| instant(found) == instant(gold)));
        }
        if let Some(title) = &page.title {
            let found = report.as_ref().and_then(|r| r.title.as_deref());
            scores.titles.add(found.is_some_and(|found| plain(found) == plain(title)));
        }
    }
    Ok((scores, read))
}

fn worst<'p>(pages: &'p [Page], read: &[Option<Report>], most: usize) -> Vec<(Overlap, &'p Path)> {
    let of = |(page, report): (&'p Page, &Option<Report>)| {
        let body = report.as_ref().map(Report::body).unwrap_or_default();
        (overlap::of(&page.body, &body, 4).weighed(), page.path.as_path())
    };
    let mut all: Vec<_> = pages.iter().zip(read).map(of).collect();
    all.sort_by(|a, b| a.0.share().total_cmp(&b.0.share()));
    all.truncate(most);
    all
}

/// The bytes of a page, decompressed.
pub(crate) fn load(path: &Path) -> Result<Vec<u8>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    if path.extension().is_none_or(|extension| extension != "gz") {
        return Ok(bytes);
    }
    let mut page = Vec::new();
    MultiGzDecoder::new(&bytes[..]).read_to_end(&mut page).with_context(|| path.display().to_string())?;
    Ok(page)
}

fn names(gold: &[String], byline: Option<&str>) -> Overlap {
    let gold: BTreeSet<String> = gold.iter().map(|name| plain(name)).collect();
    let found: BTreeSet<String> =
        byline.unwrap_or_default().split(", ").map(plain).filter(|n| !n.is_empty()).collect();
    let both = gold.intersection(&found).count() as f64;
    Overlap { both, extra: found.len() as f64 - both, missing: gold.len() as f64 - both }
}

/// Letters and digits in lower case, with single spaces between the words.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether `found` names the day of `gold`: in its own zone or in that of `gold`, which fundus gives as UTC or as the page does.
fn is_day_of(found: PublishedAt, gold: PublishedAt) -> bool {
    found.date == gold.date || instant(found).is_some() && instant(found) == instant(gold)
}

/// Seconds since 1970, where time and zone are known.
fn instant(at: PublishedAt) -> Option<i64> {
    let seconds = at.time?.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
    Some(seconds - 60 * i64::from(at.offset_minutes?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(given: &str) -> PublishedAt {
        PublishedAt::parse(given).expect(given)
    }

    #[test]
    fn an_instant_is_the_same_in_every_zone_and_a_day_is_none() {
        assert_eq!(instant(at("2031-05-14T01:00:00+02:00")), instant(at("2031-05-13T23:00:00Z")));
        assert_eq!(instant(at("2031-05-14")), None);
        assert!(is_day_of(at("2031-05-14T01:00:00+02:00"), at("2031-05-13T23:00:00Z")));
        assert!(!is_day_of(at("2031-05-14"), at("2031-05-13T23:00:00Z")));
    }

    #[test]
    fn names_are_compared_without_case_and_marks() {
        let gold = ["Ana O'Brit".to_owned(), "Jo Ray".to_owned()];
        let found = names(&gold, Some("ANA O’BRIT, Al Moss"));
        assert_eq!((found.both, found.extra, found.missing), (1.0, 1.0, 1.0));
        assert_eq!(names(&gold, None).missing, 2.0);
    }
}
