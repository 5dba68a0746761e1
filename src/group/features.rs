//! What speaks for and against two reports telling of one event, as numbers.
//!
//! In: two [`Sketch`]es. Out: [`Features`], the same whichever comes first. It does not know what a feature is worth:
//! that was learnt (`models/group`).
//!
//! Each feature is a share or a logarithm and none counts words of a subject, so that they mean the same in another
//! year, for another outlet and in a short text.

use super::document::Term;
use super::entries::{self, Entries, Totals};
use super::limits;
use super::sketch::{Entry, LEAD, NUMBER, PAIR, Sketch, TITLE};

/// The names of the features, in their order.
pub const NAMES: [&str; COUNT] = [
    "all",
    "title",
    "lead",
    "numbers",
    "persons",
    "places",
    "bodies",
    "title_in_body",
    "lead_in_body_less",
    "lead_in_body_more",
    "rarest",
    "rarest_five",
    "rarest_twenty",
    "same_day",
    "next_day",
    "days_apart",
    "undated",
    "weekdays",
    "days_told",
    "lead_numbers",
    "numbers_against",
    "persons_against",
    "places_against",
    "bodies_against",
    "shorter",
    "longer",
    "all_if_undated",
    "all_by_shorter",
    "titles_against",
    "weekday_fits",
    "pairs",
    "rows",
    "quoted",
];

/// How many features there are.
pub const COUNT: usize = 33;

/// The first feature where two reports share no term.
pub const NOTHING_SHARED: f32 = -4.0;

/// Reports of fewer or of more words are taken for as long as that: nothing was learnt beyond.
const LEAST_WORDS: u32 = 80;
const MOST_WORDS: u32 = 2_000;

/// The features of a pair of reports.
pub type Features = [f32; COUNT];

/// What two sketches share: products of weights or rarities, and sums.
#[derive(Default)]
struct Shared {
    all: f32,
    title: f32,
    lead: f32,
    numbers: f32,
    pairs: f32,
    entities: [f32; 3],
    /// Rarity of the one's title terms that stand anywhere in the other; then the other way round.
    titles: [f32; 2],
    leads: [f32; 2],
    /// Rarity of the numbers of either lead that both have, and of those of each lead.
    lead_numbers: f32,
    of_leads: [f32; 2],
    rarest: Vec<f32>,
}

impl Shared {
    fn of(a: &Entries, b: &Entries) -> Self {
        let mut shared = Shared::default();
        a.common(b, |a, b| shared.add(a, b));
        shared.rarest.sort_unstable_by(|x, y| y.total_cmp(x));
        shared
    }

    fn add(&mut self, a: Entry, b: Entry) {
        let weights = a.weight() * b.weight();
        if let Some(sort) = entries::sort(a) {
            self.entities[sort] += weights;
            return;
        }
        self.all += weights;
        if a.is(PAIR) {
            self.pairs += weights;
            return;
        }
        let (rarity, both) = (a.rarity(), |mark| a.is(mark) && b.is(mark));
        let square = rarity * b.rarity();
        self.title += if both(TITLE) { square } else { 0.0 };
        self.lead += if both(LEAD) { square } else { 0.0 };
        for (side, entry) in [a, b].into_iter().enumerate() {
            self.titles[side] += if entry.is(TITLE) { rarity } else { 0.0 };
            self.leads[side] += if entry.is(LEAD) { rarity } else { 0.0 };
            self.of_leads[side] += if entry.is(LEAD) && entry.is(NUMBER) { rarity } else { 0.0 };
        }
        if a.is(NUMBER) {
            self.numbers += square;
            self.lead_numbers += if a.is(LEAD) || b.is(LEAD) { rarity } else { 0.0 };
        }
        self.rarest.push(rarity);
    }
}

/// The cosine of two vectors by their product and the squares of their lengths, 0 where one is empty.
fn cosine(product: f32, a: f32, b: f32) -> f32 {
    let length = (a * b).sqrt();
    if length > 0.0 { product / length } else { 0.0 }
}

/// The features of `a` and `b`.
pub fn of(a: &Sketch, b: &Sketch) -> Features {
    let shared = Shared::of(&a.entries, &b.entries);
    let (of_a, of_b) = (a.entries.totals(), b.entries.totals());
    let share = |found: f32, all: f32| if all > 0.0 { found / all } else { 0.0 };
    let titles = [share(shared.titles[0], of_a.of_title), share(shared.titles[1], of_b.of_title)];
    let leads = [share(shared.leads[0], of_a.of_lead), share(shared.leads[1], of_b.of_lead)];
    let mean = |n: usize| shared.rarest.iter().take(n).sum::<f32>() / n as f32;
    let entities =
        |sort: usize| cosine(shared.entities[sort], of_a.entities[sort], of_b.entities[sort]).max(0.0).sqrt();
    let all = cosine(shared.all, of_a.all, of_b.all);
    let log_all = if all > 0.0 { (all + 0.02).ln() } else { NOTHING_SHARED };
    let apart = a.day.zip(b.day).map(|(x, y)| x.abs_diff(y));
    let flag = |yes: bool| f32::from(u8::from(yes));
    let size = |words: u32| (words.clamp(LEAST_WORDS, MOST_WORDS) as f32 + 20.0).ln();
    let (shorter, longer) = (size(a.words.min(b.words)), size(a.words.max(b.words)));
    // A number of one lead that stands anywhere in the other's text speaks for no difference.
    let only = |of: &Totals, side: usize| (of.lead_numbers - shared.of_leads[side]).max(0.0);
    let (both, only_a, only_b) = (shared.lead_numbers, only(of_a, 0), only(of_b, 1));
    let titled = of_a.of_title > 0.0 && of_b.of_title > 0.0;
    [
        log_all,
        cosine(shared.title, of_a.title, of_b.title).max(0.0).sqrt(),
        (cosine(shared.lead, of_a.lead, of_b.lead) + 0.02).ln(),
        cosine(shared.numbers, of_a.numbers, of_b.numbers).max(0.0).sqrt(),
        entities(0),
        entities(1),
        entities(2),
        ((titles[0] + titles[1]) / 2.0).sqrt(),
        leads[0].min(leads[1]),
        leads[0].max(leads[1]),
        mean(1),
        mean(5),
        mean(20),
        flag(apart == Some(0)),
        flag(apart == Some(1)),
        apart.map_or(0.0, |d| (d.max(1) as f32).ln()),
        flag(apart.is_none()),
        agreement(a.weekdays, b.weekdays),
        days_told(&a.days, &b.days),
        both / (both + only_a + only_b + 3.0),
        if both == 0.0 { (only_a.min(only_b) / 10.0).min(2.0) } else { 0.0 },
        against(a, b, 0),
        against(a, b, 1),
        against(a, b, 2),
        shorter,
        longer,
        if apart.is_none() { log_all } else { 0.0 },
        shorter * log_all,
        flag(titled && titles[0].max(titles[1]) < 0.25),
        weekday_fits(a, b),
        cosine(shared.pairs, of_a.pairs, of_b.pairs).max(0.0).sqrt(),
        rows(&a.rows, &b.rows),
        quoted(&a.quoted, &b.quoted),
    ]
}

/// The part of the rows of words of either lead that both have.
fn rows(a: &[Term], b: &[Term]) -> f32 {
    cosine(common(a, b) as f32, a.len() as f32, b.len() as f32).max(0.0).sqrt()
}

/// Words between quotation marks that it takes to say something.
const SOME_QUOTED: f32 = 5.0;

/// The part of the quoted rows of words that both have, by the report that quotes less. Of those that quote much only the rows
/// with low hashes are kept: no row above the highest of a full list can be compared.
fn quoted(a: &[Term], b: &[Term]) -> f32 {
    let highest =
        |rows: &[Term]| rows.last().copied().filter(|_| rows.len() >= limits::QUOTED).unwrap_or(Term::MAX);
    let bound = highest(a).min(highest(b));
    let [a, b] = [a, b].map(|rows| &rows[..rows.partition_point(|row| *row <= bound)]);
    common(a, b) as f32 / (a.len().min(b.len()) as f32 + SOME_QUOTED)
}

/// How many terms stand in both of two ascending lists.
fn common(a: &[Term], b: &[Term]) -> usize {
    let (mut i, mut j, mut found) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        found += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    found
}

/// Where only one has a date: 1 if the other names the day of the week of it or of the day before, -1 if it names only others;
/// else 0.
fn weekday_fits(a: &Sketch, b: &Sketch) -> f32 {
    let (undated, day) = match (a.day, b.day) {
        (None, Some(day)) => (a, day),
        (Some(day), None) => (b, day),
        _ => return 0.0,
    };
    if undated.weekdays == 0 {
        return 0.0;
    }
    // 1970-01-01 was a Thursday; bits count from Monday.
    let bit = |day: i32| 1 << (day.saturating_add(3)).rem_euclid(7);
    let told = bit(day) | bit(day.saturating_sub(1));
    if undated.weekdays & told != 0 { 1.0 } else { -1.0 }
}

/// 1 where both name a common day of the week, -1 where both name days but none in common, else 0.
fn agreement(a: u8, b: u8) -> f32 {
    match (a, b) {
        (0, _) | (_, 0) => 0.0,
        _ if a & b != 0 => 1.0,
        _ => -1.0,
    }
}

/// The part of the days told of that both tell of, by the one that tells of fewer.
fn days_told(a: &[i32], b: &[i32]) -> f32 {
    let common = a.iter().filter(|d| b.binary_search(d).is_ok()).count();
    if common == 0 { 0.0 } else { common as f32 / a.len().min(b.len()) as f32 }
}

/// 1 where the main entity of that sort of each stands in the other too, -1 where neither does, else 0.
fn against(a: &Sketch, b: &Sketch, sort: usize) -> f32 {
    let main = |s: &Sketch| s.entries.totals().main[sort];
    let Some((x, y)) = main(a).zip(main(b)) else { return 0.0 };
    f32::from(u8::from(b.entries.has(x))) + f32::from(u8::from(a.entries.has(y))) - 1.0
}

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;
    use crate::annotate::{Annotator, Rules};

    fn sketch(day: Option<&str>, title: &str, text: &str) -> Sketch {
        let report = report("a", day, title, text);
        Sketch::of(&report, &Rules.annotate(&report))
    }

    fn value(features: &Features, name: &str) -> f32 {
        features[NAMES.iter().position(|n| *n == name).expect("a feature")]
    }

    fn pair() -> (Sketch, Sketch) {
        (
            sketch(
                Some("2031-03-05"),
                "Ferry aground",
                "Ilse Verhaven said on Tuesday that 214 people were aboard the ferry.",
            ),
            sketch(
                Some("2031-03-06"),
                "Ferry wreck",
                "The ferry sank near Kestria on Tuesday with 190 people, Oren Talbach said.",
            ),
        )
    }

    #[test]
    fn features_do_not_depend_on_who_comes_first() {
        let (a, b) = pair();
        assert_eq!(of(&a, &b), of(&b, &a));
        assert!(of(&a, &b).iter().all(|f| f.is_finite()));
    }

    #[test]
    fn other_people_and_numbers_speak_against() {
        let (a, b) = pair();
        let found = of(&a, &b);
        assert_eq!(value(&found, "persons_against"), -1.0);
        assert!(value(&found, "numbers_against") > 0.0);
        assert_eq!((value(&found, "weekdays"), value(&found, "next_day")), (1.0, 1.0));
        assert!(value(&of(&a, &a), "persons_against") == 1.0 && value(&of(&a, &a), "numbers_against") == 0.0);
    }

    #[test]
    fn the_weekday_of_an_undated_report_fits_the_date_of_another_or_not() {
        let undated = sketch(None, "Ferry aground", "The ferry ran aground on Tuesday off Port Meridia.");
        let fits = |day: &str| {
            let dated = sketch(Some(day), "Ferry wreck", "The ferry is lost.");
            value(&of(&undated, &dated), "weekday_fits")
        };
        // 2031-03-04 is a Tuesday.
        let days = ["2031-03-03", "2031-03-04", "2031-03-05", "2031-03-06"];
        assert_eq!(days.map(fits), [-1.0, 1.0, 1.0, -1.0]);
        assert_eq!(value(&of(&undated, &undated), "weekday_fits"), 0.0);
    }

    #[test]
    fn the_same_words_between_marks_speak_for_it() {
        let told = |text: &str| sketch(None, "", text);
        let a =
            told("“Nobody was hurt when it happened,” she said. “We will find out why the ferry sailed.”");
        let b = told("Verhaven: “We will find out why the ferry sailed at all.”");
        let other = told("Verhaven: “The island has to build its own ferries from now on.”");
        let quoted = |a: &Sketch, b: &Sketch| value(&of(a, b), "quoted");
        assert!(quoted(&a, &b) > 0.3 && quoted(&a, &other) == 0.0);
        assert_eq!(quoted(&told("It sank."), &b), 0.0);
    }

    #[test]
    fn lists_that_were_cut_are_compared_as_far_as_both_go() {
        let full: Vec<Term> = (0..limits::QUOTED as Term).map(|n| 2 * n).collect();
        let beyond = [full[3], 1_000, 1_001];
        assert_eq!(quoted(&full, &beyond), 1.0 / (1.0 + SOME_QUOTED));
        assert_eq!(quoted(&full, &[]), 0.0);
    }

    #[test]
    fn words_that_follow_each_other_in_both_leads_speak_for_it() {
        let a = sketch(None, "", "The ferry Alkyone struck a sandbank off Port Meridia.");
        let b = sketch(None, "", "A ferry, Alkyone, struck the pier.");
        let c = sketch(None, "", "Meridia has a port; a sandbank lies before the ferry.");
        assert!(value(&of(&a, &b), "rows") > value(&of(&a, &c), "rows"));
    }

    #[test]
    fn empty_reports_have_finite_features() {
        let empty = sketch(None, "", "");
        assert!(of(&empty, &empty).iter().all(|f| f.is_finite()));
    }
}
