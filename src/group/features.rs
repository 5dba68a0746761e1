//! What speaks for and against two reports telling of one event, as numbers.
//!
//! In: two [`Sketch`]es. Out: [`Features`], the same whichever comes first. It does not know what a feature is worth:
//! that was learnt (`models/group`).
//!
//! Each feature is a share or a logarithm and none counts words of a subject, so that they mean the same in another
//! year, for another outlet and in a short text.

use super::document::Term;
use super::sketch::{BODY, ENTITY, Entry, LEAD, NUMBER, PAIR, PERSON, PLACE, Sketch, TITLE};

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
];

/// How many features there are.
pub const COUNT: usize = 31;

/// The first feature where two reports share no term.
pub const NOTHING_SHARED: f32 = -4.0;

/// Reports of fewer or of more words are taken for as long as that: nothing was learnt beyond.
const LEAST_WORDS: u32 = 80;
const MOST_WORDS: u32 = 2_000;

/// The features of a pair of reports.
pub type Features = [f32; COUNT];

/// What two sketches share, and what each has.
#[derive(Default)]
struct Sums {
    all: [f32; 3],
    title: [f32; 3],
    lead: [f32; 3],
    numbers: [f32; 3],
    pairs: [f32; 3],
    persons: [f32; 3],
    places: [f32; 3],
    bodies: [f32; 3],
    /// Rarity of the one's title terms: found in the other's text, and in all; then the other way round.
    titles: [[f32; 2]; 2],
    leads: [[f32; 2]; 2],
    lead_numbers: [f32; 3],
    rarest: Vec<f32>,
}

/// Adds to the squares of either side and, where both have it, to the product.
fn add(sum: &mut [f32; 3], a: Option<f32>, b: Option<f32>) {
    sum[0] += a.unwrap_or(0.0) * b.unwrap_or(0.0);
    sum[1] += a.map_or(0.0, |a| a * a);
    sum[2] += b.map_or(0.0, |b| b * b);
}

/// The cosine of two vectors by their sums, 0 where one is empty.
fn cosine(sum: [f32; 3]) -> f32 {
    let length = (sum[1] * sum[2]).sqrt();
    if length > 0.0 { sum[0] / length } else { 0.0 }
}

impl Sums {
    fn of(a: &[Entry], b: &[Entry]) -> Self {
        let mut sums = Sums::default();
        let (mut i, mut j) = (0, 0);
        loop {
            let (left, right) = (a.get(i), b.get(j));
            let order = match (left, right) {
                (Some(x), Some(y)) => x.term.cmp(&y.term),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (None, None) => break,
            };
            let (left, right) = (left.filter(|_| order.is_le()), right.filter(|_| order.is_ge()));
            i += usize::from(left.is_some());
            j += usize::from(right.is_some());
            sums.add(left.copied(), right.copied());
        }
        sums.rarest.sort_unstable_by(|x, y| y.total_cmp(x));
        sums
    }

    fn add(&mut self, a: Option<Entry>, b: Option<Entry>) {
        let Some(any) = a.or(b) else { return };
        let weight = |e: Option<Entry>| e.map(Entry::weight);
        if any.is(ENTITY) {
            let sum = match any {
                e if e.is(PERSON) => &mut self.persons,
                e if e.is(PLACE) => &mut self.places,
                _ => &mut self.bodies,
            };
            return add(sum, weight(a), weight(b));
        }
        add(&mut self.all, weight(a), weight(b));
        if any.is(PAIR) {
            return add(&mut self.pairs, weight(a), weight(b));
        }
        let marked = |e: Option<Entry>, mark| e.filter(|e| e.is(mark)).map(Entry::rarity);
        add(&mut self.title, marked(a, TITLE), marked(b, TITLE));
        add(&mut self.lead, marked(a, LEAD), marked(b, LEAD));
        let both = a.is_some() && b.is_some();
        for (side, e) in [a, b].into_iter().enumerate() {
            for (sums, mark) in [(&mut self.titles, TITLE), (&mut self.leads, LEAD)] {
                let rarity = marked(e, mark).unwrap_or(0.0);
                sums[side][0] += if both { rarity } else { 0.0 };
                sums[side][1] += rarity;
            }
        }
        if any.is(NUMBER) {
            add(&mut self.numbers, a.map(Entry::rarity), b.map(Entry::rarity));
            // A number of one lead that stands anywhere in the other's text speaks for no difference.
            let led = |e, other: Option<Entry>| marked(e, LEAD).filter(|_| other.is_none());
            self.lead_numbers[1] += led(a, b).unwrap_or(0.0);
            self.lead_numbers[2] += led(b, a).unwrap_or(0.0);
            self.lead_numbers[0] +=
                marked(a, LEAD).filter(|_| both).or(marked(b, LEAD).filter(|_| both)).unwrap_or(0.0);
        }
        if both {
            self.rarest.push(any.rarity());
        }
    }
}

/// The features of `a` and `b`.
pub fn of(a: &Sketch, b: &Sketch) -> Features {
    let sums = Sums::of(&a.entries, &b.entries);
    let share = |[found, all]: [f32; 2]| if all > 0.0 { found / all } else { 0.0 };
    let (titles, leads) = (sums.titles.map(share), sums.leads.map(share));
    let mean = |n: usize| sums.rarest.iter().take(n).sum::<f32>() / n as f32;
    let all = cosine(sums.all);
    let log_all = if all > 0.0 { (all + 0.02).ln() } else { NOTHING_SHARED };
    let apart = a.day.zip(b.day).map(|(x, y)| x.abs_diff(y));
    let flag = |yes: bool| f32::from(u8::from(yes));
    let size = |words: u32| (words.clamp(LEAST_WORDS, MOST_WORDS) as f32 + 20.0).ln();
    let (shorter, longer) = (size(a.words.min(b.words)), size(a.words.max(b.words)));
    let [shared, only_a, only_b] = sums.lead_numbers;
    let titled = sums.titles.iter().all(|t| t[1] > 0.0);
    [
        log_all,
        cosine(sums.title).max(0.0).sqrt(),
        (cosine(sums.lead) + 0.02).ln(),
        cosine(sums.numbers).max(0.0).sqrt(),
        cosine(sums.persons).max(0.0).sqrt(),
        cosine(sums.places).max(0.0).sqrt(),
        cosine(sums.bodies).max(0.0).sqrt(),
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
        shared / (shared + only_a + only_b + 3.0),
        if shared == 0.0 { (only_a.min(only_b) / 10.0).min(2.0) } else { 0.0 },
        against(a, b, PERSON),
        against(a, b, PLACE),
        against(a, b, BODY),
        shorter,
        longer,
        if apart.is_none() { log_all } else { 0.0 },
        shorter * log_all,
        flag(titled && titles[0].max(titles[1]) < 0.25),
        weekday_fits(a, b),
        cosine(sums.pairs).max(0.0).sqrt(),
    ]
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
fn against(a: &Sketch, b: &Sketch, mark: u8) -> f32 {
    let main = |s: &Sketch| -> Option<Term> {
        let of_kind = s.entries.iter().filter(|e| e.is(mark) && e.marks & ENTITY == mark);
        let heavier = |e: &&Entry| e.weight() * if e.is(LEAD) { 2.0 } else { 1.0 };
        of_kind.max_by(|x, y| heavier(x).total_cmp(&heavier(y)).then(y.term.cmp(&x.term))).map(|e| e.term)
    };
    let Some((x, y)) = main(a).zip(main(b)) else { return 0.0 };
    let has = |s: &Sketch, term: Term| s.entries.binary_search_by_key(&term, |e| e.term).is_ok();
    f32::from(u8::from(has(b, x))) + f32::from(u8::from(has(a, y))) - 1.0
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
    fn empty_reports_have_finite_features() {
        let empty = sketch(None, "", "");
        assert!(of(&empty, &empty).iter().all(|f| f.is_finite()));
    }
}
