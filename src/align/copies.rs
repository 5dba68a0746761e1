//! What the reports of a story copied from each other.
//!
//! In: the [`Account`]s of one story. Out: [`Copies`]: the passages that two reports share, with spans on both
//! sides, and how many of a line's tellings are independent. It does not know who copied: a passage shared by
//! two may come from a third that nobody gave us; [`likely_origin`] says what speaks for whom.
//!
//! Each report is compared with each other as long as few share a passage; what more share is told once for each beside the
//! one that likely had it first ([`precedence`]). Tellings are folded over that one too, be it among them or not.
//!
//! Quoted speech is shared by all who heard it and proves nothing: words between quotation marks do not count, nor sentences in
//! which somebody speaks in person on both sides, though a passage may run through them. What the other words prove,
//! `judgement` weighs.

mod judgement;
mod origin;
mod owners;
mod passages;
mod words;

pub use origin::{credited, likely_origin};

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::align::Account;
use crate::record::{self, Evidence};
use crate::span::Span;

use judgement::{Forms, Judge, is_plain};
use passages::Run;
use words::Word;

/// A passage that two reports share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPassage {
    /// The index of the one account, and where in its text.
    pub a: (usize, Span),
    /// The index of the other, which is the larger, and where in its text.
    pub b: (usize, Span),
    /// How many words outside quotation marks are the same, in the same order.
    pub words: usize,
    /// Whether every word is the same.
    pub verbatim: bool,
}

/// All passages that the reports of a story share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// By pair of reports, then by place in the first.
    pub passages: Vec<SharedPassage>,
    /// For each report the number of its words outside regions.
    words: Vec<usize>,
    /// For each report its outlet, folded.
    outlets: Vec<Option<String>>,
    /// For each report the owner of its outlet, where it is known.
    owners: Vec<Option<&'static str>>,
    /// For each report its passages, as indices.
    of_report: Vec<Vec<usize>>,
    /// For each pair and side, how many words lie in shared passages.
    shared: BTreeMap<(usize, usize), usize>,
}

impl Copies {
    /// Compares the reports of one story.
    pub fn of(accounts: &[&Account]) -> Self {
        let words: Vec<Vec<Word>> = accounts.iter().map(|a| words::of(a)).collect();
        let outlet = |a: &&Account| Some(owners::folded(a.report.outlet.as_ref()?)).filter(|o| !o.is_empty());
        let mut copies = Copies {
            words: words.iter().map(Vec::len).collect(),
            outlets: accounts.iter().map(outlet).collect(),
            owners: accounts.iter().map(|a| owners::owner(&a.report)).collect(),
            of_report: vec![Vec::new(); accounts.len()],
            ..Copies::default()
        };
        let forms: Vec<OnceCell<Forms>> = words.iter().map(|_| OnceCell::new()).collect();
        for ((a, b), seeds) in passages::seeds(&words, &precedence(accounts)) {
            let runs = passages::runs(&words[a], &words[b], &seeds);
            let forms = [&forms[a], &forms[b]];
            let judge = Judge { a: &words[a], b: &words[b], forms, report: &accounts[a].report };
            let mut runs = judge.passages(&runs);
            runs.sort_by_key(|run| (run.a.start, run.b.start));
            for run in &runs {
                *copies.shared.entry((a, b)).or_default() += run.a.len();
                *copies.shared.entry((b, a)).or_default() += run.b.len();
                [a, b].into_iter().for_each(|r| copies.of_report[r].push(copies.passages.len()));
                copies.passages.push(passage((a, &words[a]), (b, &words[b]), run));
            }
        }
        copies
    }

    /// The part of the words of report `of` (0 to 1) that the passages it shares with `with` make up.
    pub fn share(&self, of: usize, with: usize) -> f64 {
        let shared = self.shared.get(&(of, with)).copied().unwrap_or(0) as f64;
        let words = self.words.get(of).copied().unwrap_or(0).max(1) as f64;
        (shared / words).min(1.0)
    }

    /// How many of `tellings`, each a report and the span of its words, are independent.
    pub fn origins(&self, tellings: &[(usize, Span)]) -> usize {
        self.fold(tellings).len()
    }

    /// How many of `tellings` are independent whatever the owners are that are not known: the origins of an owner that is known, and one
    /// where there is none, since the others may be of these or of one more.
    pub fn origins_at_least(&self, tellings: &[(usize, Span)]) -> usize {
        let is_known = |report: &usize| self.owners.get(*report).is_some_and(Option::is_some);
        let known = self.fold(tellings).iter().filter(|group| group.iter().any(is_known)).count();
        known.max(usize::from(!tellings.is_empty()))
    }

    /// The independent origins of `tellings`, each as the ascending indices of the reports that it folds.
    ///
    /// Folded are tellings of one report, of reports of one outlet or of outlets of one owner, and those that were copied from
    /// the same words. A report whose outlet or owner is unknown is not folded with any by it.
    pub fn fold(&self, tellings: &[(usize, Span)]) -> Vec<Vec<usize>> {
        let reports: BTreeSet<usize> = tellings.iter().map(|(report, _)| *report).collect();
        let mut folding = Folding::new(reports.iter().copied());
        let mut first_of: BTreeMap<(bool, &str), usize> = BTreeMap::new();
        for report in &reports {
            let outlet = self.outlets.get(*report).and_then(Option::as_deref).map(|o| (false, o));
            let owner = self.owners.get(*report).copied().flatten().map(|o| (true, o));
            for name in outlet.into_iter().chain(owner) {
                folding.join(*first_of.entry(name).or_insert(*report), *report);
            }
        }
        for places in self.copied_from(tellings).values_mut() {
            places.sort_unstable_by_key(|(span, report)| (span.start, span.end, *report));
            for pair in places.windows(2) {
                if lies_in(pair[1].0, pair[0].0) || lies_in(pair[0].0, pair[1].0) {
                    folding.join(pair[0].1, pair[1].1);
                }
            }
        }
        folding.groups()
    }

    /// For each report that `tellings` may have been copied from, the stretches of it that they share, each with the report
    /// of the telling; a telling counts as copied from its own words too.
    fn copied_from(&self, tellings: &[(usize, Span)]) -> BTreeMap<usize, Vec<(Span, usize)>> {
        let mut places: BTreeMap<usize, Vec<(Span, usize)>> = BTreeMap::new();
        for (report, span) in tellings {
            places.entry(*report).or_default().push((*span, *report));
            for passage in self.of_report.get(*report).into_iter().flatten().map(|p| &self.passages[*p]) {
                let (own, other) =
                    if passage.a.0 == *report { (passage.a, passage.b) } else { (passage.b, passage.a) };
                if lies_in(*span, own.1) {
                    places.entry(other.0).or_default().push((counterpart(*span, own.1, other.1), *report));
                }
            }
        }
        places
    }
}

impl Copies {
    /// The passages, for the record.
    pub fn write(&self, accounts: &[&Account]) -> Vec<record::Copy> {
        let report = |i: usize| &accounts[i].report;
        let write = |passage: &SharedPassage| {
            let (a, b) = (passage.a.0, passage.b.0);
            let (origin, reason) = likely_origin(accounts, (a, b), self);
            // Four decimals say all that a share of some hundred words can say.
            let share = |of, with| (report(of).id.clone(), (self.share(of, with) * 1e4).round() / 1e4);
            record::Copy {
                passages: [passage.a, passage.b].map(|(i, span)| Evidence::new(report(i), span)).to_vec(),
                share: BTreeMap::from([share(a, b), share(b, a)]),
                kind: if self.is_own(a, b) { "standing" } else { "copy" }.to_owned(),
                origin,
                reason,
            }
        };
        self.passages.iter().map(write).collect()
    }

    /// Whether two reports are of one outlet, so that what they share is its own standing text.
    fn is_own(&self, a: usize, b: usize) -> bool {
        let outlet = |r: usize| self.outlets.get(r).and_then(Option::as_ref);
        outlet(a).is_some() && outlet(a) == outlet(b)
    }

    /// Which reports of a story count as one by their outlet or its owner, of which outlets the owner is not known, and of which
    /// reports the outlet: those count as independent only because nothing is known of them.
    pub fn foldings(&self, accounts: &[&Account]) -> Vec<record::Folding> {
        let mut by: BTreeMap<(&str, String), Vec<String>> = BTreeMap::new();
        let mut outlets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (i, account) in accounts.iter().enumerate() {
            let Some(outlet) = &self.outlets[i] else {
                by.entry(("unknown outlet", String::new())).or_default().push(account.report.id.clone());
                continue;
            };
            let name = account.report.outlet.as_deref().unwrap_or(outlet).trim();
            by.entry(("outlet", outlet.clone())).or_default().push(account.report.id.clone());
            match self.owners[i] {
                Some(owner) => {
                    outlets.entry(owner).or_default().insert(outlet);
                    by.entry(("owner", owner.to_owned())).or_default().push(account.report.id.clone());
                }
                None => {
                    by.entry(("unknown owner", name.to_owned())).or_default().push(account.report.id.clone())
                }
            }
        }
        let told = |kind: &str, name: &str, reports: &[String]| match kind {
            "outlet" => reports.len() > 1,
            "owner" => outlets.get(name).is_some_and(|o| o.len() > 1),
            _ => true,
        };
        by.into_iter()
            .filter(|((kind, name), reports)| told(kind, name, reports))
            .map(|((kind, name), reports)| record::Folding { kind: kind.to_owned(), name, reports })
            .collect()
    }
}

/// The reports in the order in which they likely had what they share: by time of publication, those without last, and among
/// equals those that an agency published first.
fn precedence(accounts: &[&Account]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    let rank = |i: &usize| {
        let report = &accounts[*i].report;
        let published = report.published_at.map(|p| (p.date, p.time));
        (published.is_none(), published, !origin::is_agency(report), *i)
    };
    order.sort_by_key(rank);
    order
}

/// Where about in `theirs` stands what stands at `span` in `own`, the same passage in another report.
fn counterpart(span: Span, own: Span, theirs: Span) -> Span {
    let length = own.len().max(1) as u64;
    let at = |byte: u32| {
        let within = u64::from(byte.clamp(own.start, own.end) - own.start);
        theirs.start + (within * theirs.len() as u64 / length) as u32
    };
    Span::new(at(span.start) as usize..at(span.end) as usize)
}

/// Whether at least half of `telling` lies in `passage`.
fn lies_in(telling: Span, passage: Span) -> bool {
    let shared = telling.end.min(passage.end).saturating_sub(telling.start.max(passage.start));
    shared > 0 && shared as usize * 2 >= telling.len()
}

fn passage(a: (usize, &[Word]), b: (usize, &[Word]), run: &Run) -> SharedPassage {
    let span = |words: &[Word], range: &std::ops::Range<usize>| {
        words[range.start].span.cover(words[range.end - 1].span)
    };
    SharedPassage {
        a: (a.0, span(a.1, &run.a)),
        b: (b.0, span(b.1, &run.b)),
        words: run.shared.iter().filter(|(i, j)| is_plain(&a.1[*i], &b.1[*j])).count(),
        verbatim: run.shared.len() == run.a.len() && run.shared.len() == run.b.len(),
    }
}

/// Which reports are one origin (union-find; the smallest index stands for its group).
struct Folding {
    parent: BTreeMap<usize, usize>,
}

impl Folding {
    fn new(reports: impl Iterator<Item = usize>) -> Self {
        Folding { parent: reports.map(|r| (r, r)).collect() }
    }

    fn root(&self, mut report: usize) -> usize {
        while let Some(parent) = self.parent.get(&report).filter(|p| **p != report) {
            report = *parent;
        }
        report
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent.insert(a.max(b), a.min(b));
    }

    fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        self.parent.keys().for_each(|r| groups.entry(self.root(*r)).or_default().push(*r));
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{Annotations, Quote};
    use crate::report::{Report, Text};

    /// An account with its quotes marked.
    pub(super) fn account(id: &str, text: &str) -> Account {
        let mut layers = Annotations::default();
        let mut from = 0;
        while let Some((start, end)) = text[from..].find('“').and_then(|s| {
            let start = from + s;
            text[start..].find('”').map(|e| (start, start + e + '”'.len_utf8()))
        }) {
            let outer = Span::new(start..end);
            let inner = Span::new(start + '“'.len_utf8()..end - '”'.len_utf8());
            layers.quotes.push(Quote { outer, inner, closed: true, continues: false, nested: false });
            from = end;
        }
        let report = Report {
            id: id.to_owned(),
            source: id.to_owned(),
            outlet: None,
            title: None,
            url: None,
            published_at: None,
            language: None,
            credits: Vec::new(),
            text: Text::new(text),
            regions: Vec::new(),
            remarks: Vec::new(),
        };
        Account::new(layers, report)
    }

    const WIRE: &str =
        "The ferry struck a sandbank shortly before dawn and began to take on water through a torn bow door.";
    const DESK: &str = "It struck a sandbank shortly before dawn on Friday and began to take on water through its torn bow door, officials said.";
    const OWN: &str =
        "Passengers described a loud bang before sunrise, after which water rose quickly on the lower deck.";

    fn copies(accounts: &[Account]) -> Copies {
        Copies::of(&accounts.iter().collect::<Vec<_>>())
    }

    fn whole(account: &Account) -> Span {
        Span::new(0..account.report.text.as_str().len())
    }

    #[test]
    fn a_lightly_edited_sentence_is_found_with_spans_on_both_sides() {
        let accounts = [account("a", &format!("Port Meridia woke to sirens. {WIRE}")), account("b", DESK)];
        let found = copies(&accounts).passages;
        assert_eq!(found.len(), 1);
        assert!(accounts[0].report.slice(found[0].a.1).starts_with("struck a sandbank"));
        assert!(accounts[1].report.slice(found[0].b.1).ends_with("torn bow door"));
        assert!(!found[0].verbatim && found[0].words >= 14);
    }

    #[test]
    fn the_same_event_in_own_words_is_no_copy() {
        assert!(copies(&[account("a", WIRE), account("b", OWN)]).passages.is_empty());
    }

    #[test]
    fn shared_speech_is_no_copy() {
        let speech =
            "“we heard a loud bang and then the water came up through the car deck very quickly indeed”";
        let accounts = [
            account("a", &format!("{speech} Verhaven said.")),
            account("b", &format!("She told us: {speech}")),
        ];
        assert!(copies(&accounts).passages.is_empty());
    }

    #[test]
    fn names_and_offices_are_no_copy() {
        let list = "with Prime Minister Oren Talbach, Foreign Minister Ilse Verhaven, national security adviser Ruy Montal and the president of the Senate";
        let accounts =
            [account("a", &format!("She met {list}.")), account("b", &format!("Talks began {list}."))];
        assert!(copies(&accounts).passages.is_empty());
    }

    #[test]
    fn share_is_of_each_reports_own_length() {
        let accounts = [account("a", WIRE), account("b", &format!("{WIRE} {OWN}"))];
        let copies = copies(&accounts);
        assert_eq!(copies.share(0, 1), 1.0);
        assert!(copies.share(1, 0) > 0.4 && copies.share(1, 0) < 0.7);
    }

    #[test]
    fn copied_tellings_are_one_origin() {
        let accounts = [account("a", WIRE), account("b", DESK), account("c", OWN)];
        let tellings: Vec<(usize, Span)> = accounts.iter().map(whole).enumerate().collect();
        let copies = copies(&accounts);
        assert_eq!(copies.fold(&tellings), [vec![0, 1], vec![2]]);
        assert_eq!(copies.origins(&tellings[1..]), 2);
        assert_eq!(copies.origins(&[]), 0);
    }

    #[test]
    fn a_telling_outside_the_copied_passage_is_independent() {
        let accounts = [account("a", &format!("{WIRE} {OWN}")), account("b", DESK)];
        let own = Span::new(WIRE.len() + 1..WIRE.len() + 1 + OWN.len());
        assert_eq!(copies(&accounts).origins(&[(0, own), (1, whole(&accounts[1]))]), 2);
    }

    #[test]
    fn copies_of_a_third_report_are_one_origin_though_it_tells_nothing() {
        let edit = |n: usize| format!("Harbour notice {n}. {WIRE}");
        let accounts: Vec<Account> = (0..30).map(|n| account(&format!("{n:02}"), &edit(n))).collect();
        let found = copies(&accounts);
        assert_eq!(found.passages.len(), 29);
        let tellings: Vec<(usize, Span)> = accounts
            .iter()
            .enumerate()
            .skip(1)
            .map(|(i, a)| {
                (i, Span::new(a.report.text.as_str().len() - WIRE.len()..a.report.text.as_str().len()))
            })
            .collect();
        assert_eq!(found.origins(&tellings), 1);
    }

    #[test]
    fn outlets_of_one_owner_are_one_origin_and_the_record_says_so() {
        let mut accounts = [account("a", WIRE), account("b", OWN), account("c", "Nobody was hurt.")];
        for (account, outlet) in accounts.iter_mut().zip(["The Verge", "Polygon", "Meridia Post"]) {
            account.report.outlet = Some(outlet.to_owned());
        }
        let tellings: Vec<(usize, Span)> = accounts.iter().map(whole).enumerate().collect();
        let found = copies(&accounts);
        assert_eq!(found.fold(&tellings), [vec![0, 1], vec![2]]);
        // The third may be theirs as well.
        assert_eq!((found.origins(&tellings), found.origins_at_least(&tellings)), (2, 1));
        let said: Vec<(String, String)> = found
            .foldings(&accounts.iter().collect::<Vec<_>>())
            .into_iter()
            .map(|f| (f.kind, f.reports.join("")))
            .collect();
        assert_eq!(
            said,
            [("owner".to_owned(), "ab".to_owned()), ("unknown owner".to_owned(), "c".to_owned())]
        );
    }

    #[test]
    fn the_record_says_of_which_reports_nobody_knows_the_outlet() {
        let accounts = [account("a", WIRE), account("b", OWN)];
        let accounts: Vec<&Account> = accounts.iter().collect();
        let said = Copies::of(&accounts).foldings(&accounts);
        assert_eq!(said.len(), 1);
        assert_eq!((said[0].kind.as_str(), said[0].reports.join("")), ("unknown outlet", "ab".to_owned()));
    }

    #[test]
    fn what_one_outlet_repeats_is_standing_text() {
        let mut accounts = [account("a", WIRE), account("b", WIRE)];
        accounts.iter_mut().for_each(|a| a.report.outlet = Some("Meridia Post".to_owned()));
        let accounts: Vec<&Account> = accounts.iter().collect();
        assert_eq!(Copies::of(&accounts).write(&accounts)[0].kind, "standing");
    }

    #[test]
    fn reports_of_one_outlet_are_one_origin_and_unknown_outlets_are_not() {
        let mut accounts = [account("a", WIRE), account("b", OWN), account("c", "Nobody was hurt.")];
        accounts[0].report.outlet = Some("Meridia Post".to_owned());
        accounts[2].report.outlet = Some("meridia post ".to_owned());
        let tellings: Vec<(usize, Span)> = accounts.iter().map(whole).enumerate().collect();
        assert_eq!(copies(&accounts).fold(&tellings), [vec![0, 2], vec![1]]);
    }
}
